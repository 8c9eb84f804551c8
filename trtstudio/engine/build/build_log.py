"""What TensorRT says while it builds. Called from its threads."""

import re
from collections.abc import Callable
from typing import get_args

from trtstudio.model.build.build import LogLine
from trtstudio.model.build.build_options import Severity
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.plan.engine_table import read_build_log_table

_MISFIT = re.compile(r"Profile k(MIN|OPT|MAX) values are not self-consistent")
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class BuildLog:
    """Passes the log on, from ``least`` upwards, and keeps from it the fused layer table, which
    TensorRT writes there in full, with or without a GPU.
    """

    def __init__(self, on_log: Callable[[LogLine], None], least: Severity) -> None:
        self._on_log = on_log
        self._passed = frozenset(_SEVERITIES[_SEVERITIES.index(least) :])
        self._table = ""
        self._misfits: dict[str, None] = {}

    def hear(self, line: LogLine) -> None:
        """Take one line."""
        if line.severity in self._passed:
            self._on_log(line)
        if line.severity == "verbose" and line.text.startswith("Layers:"):
            self._table = line.text
        if misfit := _MISFIT.search(line.text):
            self._misfits[misfit[1].lower()] = None

    def warnings(self) -> tuple[str, ...]:
        """What TensorRT only mentions, and what will fail when the plan runs."""
        return tuple(
            f"The {bound} sizes of a profile break the model: TensorRT builds a plan all the same, "
            "which fails when it runs with them."
            for bound in self._misfits
        )

    def table(self) -> tuple[Graph | None, tuple[str, ...]]:
        """The layers of the engine, or None and a warning: a plan is good without them."""
        if not self._table:
            return None, ("TensorRT did not list the layers of this engine.",)
        try:
            return read_build_log_table(self._table), ()
        except StudioError as error:
            return None, (error.message,)
