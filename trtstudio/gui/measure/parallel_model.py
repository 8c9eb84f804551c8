"""What several GPUs did at the same time, as a table. Main thread only."""

from typing import NamedTuple

from PySide6.QtCore import QObject

from trtstudio.gui.measure.parallel_benchmarks import Parallel
from trtstudio.gui.parts.column_model import Column, ColumnModel
from trtstudio.model.measure.bench import BenchResult


class Row(NamedTuple):
    """A GPU: its number, what it did alone, and beside the others."""

    number: int
    alone: BenchResult | None
    together: BenchResult | None

    @property
    def device(self) -> str:
        """Its name, once it was measured."""
        found = self.together or self.alone
        return found.device if found is not None else ""


class ParallelModel(ColumnModel):
    """A row a GPU."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.columns = (
            Column(self.tr("GPU"), lambda row: str(row.number), lambda row: row.number, True),
            Column(self.tr("Device"), lambda row: row.device, lambda row: row.device),
            Column(
                self.tr("Alone (1/s)"),
                lambda row: _rate(row.alone),
                lambda row: _key(row.alone),
                True,
            ),
            Column(
                self.tr("Together (1/s)"),
                lambda row: _rate(row.together),
                lambda row: _key(row.together),
                True,
            ),
            Column(
                self.tr("Median (ms)"),
                lambda row: f"{row.together.latency_ms.median:.3f}" if row.together else "",
                lambda row: row.together.latency_ms.median if row.together else 0.0,
                True,
            ),
        )

    def show_work(self, work: Parallel | None) -> None:
        """Show what is known."""
        numbers = work.devices if work is not None and work.alone is not None else ()
        rows = [
            Row(number, work.alone if place == 0 else None, work.together.get(number))
            for place, number in enumerate(numbers)
            if work is not None
        ]
        if len(rows) != len(self.rows) or any(a != b for a, b in zip(rows, self.rows, strict=True)):
            self.set_rows(rows)


def _rate(result: BenchResult | None) -> str:
    return f"{result.throughput_qps:,.1f}" if result is not None else ""


def _key(result: BenchResult | None) -> float:
    return result.throughput_qps if result is not None else 0.0
