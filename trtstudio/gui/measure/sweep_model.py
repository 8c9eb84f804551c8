"""The points of a sweep as a table. Main thread only."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from trtstudio.gui.parts.column_model import Column, ColumnModel
from trtstudio.model.measure.bench import BenchResult, SweepPoint
from trtstudio.model.measure.sweep_axes import PRECISION, AxisValue, value_words


class SweepModel(ColumnModel):
    """A row a point: its value on every axis, then its figures or why it has none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self._axes: tuple[str, ...] = ()
        self._figures = (
            _number(self.tr("Median (ms)"), ".3f", lambda r: r.latency_ms.median),
            _number(self.tr("p99 (ms)"), ".3f", lambda r: r.latency_ms.p99),
            _number(self.tr("Per second"), ",.1f", lambda r: r.throughput_qps),
            _number(
                self.tr("Compute (ms)"), ".3f", lambda r: r.gpu_ms.median if r.gpu_ms else None
            ),
            Column(self.tr("Why not"), lambda p: p.problem, lambda p: p.problem),
        )
        self.columns = self._figures

    def show_points(
        self,
        axes: Sequence[str],
        points: Sequence[SweepPoint],
        words: Callable[[AxisValue], str] = value_words,
    ) -> None:
        """Show these; when more come, only they are added. ``words`` are those of a value."""
        rows = list(points)
        known = len(self.rows)
        if tuple(axes) != self._axes or not _begins_with(rows, self.rows):
            self._axes = tuple(axes)
            self.beginResetModel()
            self.columns = (*(_axis(name, words) for name in axes), *self._figures)
            self.rows = rows
            self.endResetModel()
        elif len(rows) > known:
            self.beginInsertRows(self.index(-1, -1), known, len(rows) - 1)
            self.rows = rows
            self.endInsertRows()

    def tip(self, row: SweepPoint) -> str:
        return row.problem


def _begins_with(points: Sequence[SweepPoint], known: Sequence[SweepPoint]) -> bool:
    return len(points) >= len(known) and all(
        a is b for a, b in zip(points[: len(known)], known, strict=True)
    )


def _axis(name: str, words: Callable[[AxisValue], str]) -> Column:
    def value(point: SweepPoint) -> AxisValue:
        return point.values[name]

    def text(point: SweepPoint) -> str:
        return words(value(point))

    return Column(name, text, value, name != PRECISION)


def _number(heading: str, form: str, of: Callable[[BenchResult], float | None]) -> Column:
    def value(point: SweepPoint) -> float | None:
        return of(point.result) if point.result is not None else None

    def text(point: SweepPoint) -> str:
        found = value(point)
        return "" if found is None else f"{found:{form}}"

    def key(point: SweepPoint) -> float:
        return value(point) or 0.0

    return Column(heading, text, key, True)
