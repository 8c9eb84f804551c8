"""Where the core has words for its user beside its whole sentences, for ``core_texts.py``. What is
missing here shows up as English in the Chinese window.
"""

LAYERS = ("model", "engine", "vision", "host")
NO_PROSE = (
    "model/build/commands",
    "model/network_text.py",
    "model/onnx/flops.py",
    "model/history.py",
)
"""What is written there is code, or a format of somebody else's."""

SHOWN: dict[str, tuple[int | str, ...]] = {
    "StudioError": (0, "message", "hint"),
    "CudaError": (0, "message", "hint"),
    "EngineDied": (0, "message", "hint"),
    "Cancelled": (0,),
    "words": (0,),
    "Finding": (1, 2),
    "_finding": (2,),
    "ProfileProblem": (1,),
    "Progress": (0,),
    "enter": (0,),
    "steps": (0,),
    "refusals": (0,),
    "_refusals": (0,),
    "_require": (1,),
    "_require_room": (0, 1, 2),
    "_order_problems": (0, 1, 2, 3),
    "_checked": (0, 1, 2),
    "_check_known": (0, 1, 2, 3),
    "refuse_missing": (0, 1, 2),
    "lacks": (0,),
    "Match": (2,),
    "Part": (1, 2),
    "Guess": (2,),
    "Head": (1, 2),
    "Need": (2,),
    "Step": (0,),
    "Preset": (1,),
    "_Said": (0, 1),
    "MemoryItem": ("source",),
}
"""Which arguments of a call are shown, by position or name."""

PHRASES: dict[str, tuple[str, ...]] = {
    "model/measure/bench.py": ("HELD_DOWN", "method"),
    "model/content.py": ("_MAGIC",),
    "model/files.py": ("_explanation",),
    "model/measure/loop.py": ("option_words",),
    "model/onnx/outline.py": ("_broken",),
    "model/statistics.py": ("missing_precision",),
    "model/build/targets.py": ("_reasons_of_rtx",),
    "engine/measure/benchmark_verdict.py": ("_limits",),
    "engine/build/build_check.py": ("_NAMES",),
    "engine/conversion/convert.py": ("_listed",),
    "engine/conversion/samples.py": ("warnings",),
    "engine/run/flight.py": ("capture",),
    "engine/run/loading.py": ("_WORDS",),
    "engine/measure/loop_causes.py": (
        "_effect",
        "_pinned",
        "_overlap",
        "_cuda_graph",
        "_transfers",
        "_spin",
        "_streams",
        "_where_the_time_goes",
    ),
    "engine/measure/memory.py": ("_known",),
    "engine/measure/nvml.py": ("_REASONS",),
    "engine/run/onnx_session.py": ("_KNOWN",),
    "engine/build/parser.py": ("_operators", "_operator", "explain"),
    "engine/measure/plan_memory.py": ("_activations",),
    "engine/run/profiles.py": ("choose_profile", "_words"),
    "vision/picture.py": ("_note",),
    "vision/preprocess.py": ("__post_init__",),
    "vision/settings.py": ("__post_init__",),
    "host/engines.py": ("_ALONE",),
}
NOT_SHOWN = frozenset(
    {
        "AssertionError",
        "Malformed",
        "Thread",
        "TypeError",
        "ValueError",
        "compile",
        "execute",
        "executemany",
        "finditer",
        "fullmatch",
        "get",
        "join",
        "removeprefix",
        "say",
        "search",
        "startswith",
        "strip",
        "sub",
    }
)
"""Calls that are given no sentence for the user."""
