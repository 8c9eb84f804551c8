"""What an engine process does not outlive. Engine process only."""

import sys

from trtstudio.model.errors import Cancelled, EngineDied, StudioError


def fatal(error: StudioError) -> EngineDied | None:
    """The error as the end of this process, where it left no usable GPU behind; else None."""
    if isinstance(error, EngineDied):
        return error
    # What has not loaded CUDA has lost nothing of it.
    if isinstance(error, Cancelled) or "trtstudio.engine.cuda" not in sys.modules:
        return None
    from trtstudio.engine.fault import lost_gpu

    words = lost_gpu()
    if not words:
        return None
    return EngineDied(
        f"The GPU stopped working for the engine process: {words}.",
        hint="The process starts again by itself; what was loaded in it must be loaded again. If "
        "the same model does this again, build its engine anew.",
        details="\n".join(filter(None, (error.message, error.details))),
    )
