"""What several GPUs do at the same time, as a table. Main thread only."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject

from trtstudio.gui.measure.measurement import Measurement
from trtstudio.gui.measure.parallel import Parallel
from trtstudio.gui.parts.column_model import Column, ColumnModel


class Row(NamedTuple):
    """A GPU: its number and name, its throughput alone, and what it does beside the others; None
    for what is not known.
    """

    number: int
    device: str
    alone_qps: float | None
    together_qps: float | None
    median_ms: float | None


class ParallelModel(ColumnModel):
    """A row a GPU, with its figures so far."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.columns = (
            Column(self.tr("GPU"), lambda row: str(row.number), lambda row: row.number, True),
            Column(self.tr("Device"), lambda row: row.device, lambda row: row.device),
            Column(
                self.tr("Alone (1/s)"),
                lambda row: _text(row.alone_qps, ",.1f"),
                lambda row: row.alone_qps or 0.0,
                True,
            ),
            Column(
                self.tr("Together (1/s)"),
                lambda row: _text(row.together_qps, ",.1f"),
                lambda row: row.together_qps or 0.0,
                True,
            ),
            Column(
                self.tr("Median (ms)"),
                lambda row: _text(row.median_ms, ".3f"),
                lambda row: row.median_ms or 0.0,
                True,
            ),
        )

    def show_work(self, work: Parallel | None) -> None:
        """Show what is known. The rows stay where they are while only their figures change."""
        rows = [_row(work, number) for number in work.devices] if work and work.live else []
        if rows == self.rows:
            return
        if [row.number for row in rows] != [row.number for row in self.rows]:
            self.set_rows(rows)
            return
        self.rows = rows
        last = self.index(len(rows) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)


def _row(work: Parallel, number: int) -> Row:
    live = work.live.get(number)
    is_first, is_together = number == work.devices[0], work.alone is not None
    alone_qps = live.throughput_qps if live is not None and live.count else None
    if work.alone is not None:
        alone_qps = work.alone.throughput_qps
    info = work.sessions.get(number)
    return Row(
        number,
        info.device if info is not None else "",
        alone_qps if is_first else None,
        live.throughput_qps if live is not None and live.count and is_together else None,
        _median_ms(live) if live is not None and is_together else None,
    )


def _median_ms(measurement: Measurement) -> float | None:
    if measurement.result is not None:
        return measurement.result.latency_ms.median
    times = measurement.times("latency_ms")
    return float(np.median(times)) if times.size else None


def _text(value: float | None, form: str) -> str:
    return "" if value is None else f"{value:{form}}"
