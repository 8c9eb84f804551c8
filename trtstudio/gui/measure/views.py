"""The views of the Measure page, in the order of its segments, each made when it is first shown.
Main thread only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QWidget

from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.workspace import Workspace

Make = Callable[[Workspace, Runs, Measurements], QWidget]


@runtime_checkable
class Stoppable(Protocol):
    """A view with something under way that Esc ends."""

    def stop(self) -> None:
        """End it; what there is stays."""


@runtime_checkable
class Leading(Protocol):
    """A view from which one goes on to another page."""

    page_requested: SignalInstance


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One segment. ``needs_document``: without one the page shows a hint instead;
    ``loads_model``: the runtime bar stands above it, and showing it loads the document's model.
    """

    key: str
    title: str
    make: Make
    needs_document: bool = True
    loads_model: bool = True


def measure_views() -> tuple[MeasureView, ...]:
    """All of them, titled in the language in use."""
    return (
        MeasureView("benchmark", _tr("Benchmark"), _benchmark),
        MeasureView("why", _tr("Why slower?"), _why),
        MeasureView("sweep", _tr("Sweep"), _sweep),
        MeasureView("gpus", _tr("GPUs"), _gpus),
        MeasureView("layers", _tr("Layers"), _layers),
        MeasureView("memory", _tr("Memory"), _memory, loads_model=False),
        MeasureView("kept", _tr("Kept runs"), _kept, needs_document=False, loads_model=False),
    )


def _benchmark(workspace: Workspace, runs: Runs, measurements: Measurements) -> QWidget:
    from trtstudio.gui.measure.benchmark import BenchmarkView

    return BenchmarkView(workspace, runs, measurements)


def _why(workspace: Workspace, runs: Runs, measurements: Measurements) -> QWidget:
    from trtstudio.gui.measure.why import WhyView

    return WhyView(workspace, runs, measurements)


def _sweep(workspace: Workspace, runs: Runs, measurements: Measurements) -> QWidget:
    from trtstudio.gui.measure.sweep import SweepView

    return SweepView(workspace, runs, measurements)


def _gpus(workspace: Workspace, runs: Runs, measurements: Measurements) -> QWidget:
    from trtstudio.gui.measure.gpus import GpusView

    return GpusView(workspace, runs, measurements)


def _kept(workspace: Workspace, runs: Runs, measurements: Measurements) -> QWidget:
    from trtstudio.gui.measure.kept import KeptRunsView

    return KeptRunsView(workspace, runs, measurements)


def _layers(workspace: Workspace, runs: Runs, measurements: Measurements) -> QWidget:
    from trtstudio.gui.measure.layers import LayersView

    return LayersView(workspace, runs, measurements)


def _memory(workspace: Workspace, runs: Runs, _: Measurements) -> QWidget:
    from trtstudio.gui.measure.memory import MemoryView

    return MemoryView(workspace, runs)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MeasureViews", text)
