"""``trtstudio refit``."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict

from trtstudio.cli.output import Phases, Report, say
from trtstudio.engine.run.refit import refit as give_weights
from trtstudio.model.quantities import format_bytes
from trtstudio.model.refit import RefitRequest


def refit(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Give the engine the model's weights, and tell where it is now."""
    output = options.output or options.plan
    request = RefitRequest(str(options.plan), str(options.model), str(output))
    result = give_weights(request, on_progress=Phases(), cancelled=cancelled)
    for warning in result.warnings:
        say(f"warning: {warning}")
    text = (
        f"{result.plan}: {format_bytes(result.plan_bytes)}, {result.weights} weights, "
        f"{result.seconds:.1f} s"
    )
    return Report(0, asdict(result), text)
