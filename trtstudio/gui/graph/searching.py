"""Marks what is searched for in a graph, and goes from one to the next. Main thread only."""

from PySide6.QtCore import QObject

from trtstudio.gui.graph.board import Board
from trtstudio.gui.graph.finder import Finder
from trtstudio.gui.graph.tool_bar import ToolBar
from trtstudio.gui.rows.layer_query import Query


class Searching(QObject):
    """Brings the search box, what is found and the board together."""

    def __init__(self, tools: ToolBar, board: Board) -> None:
        super().__init__(board)
        self._tools, self._board = tools, board
        self._finder = Finder(self)
        self._jump = 0
        self._finder.finished.connect(self._mark)
        tools.query_changed.connect(self.ask)
        tools.next_requested.connect(self.go_to_next)
        board.drawing_changed.connect(self._mark)
        board.canvas.node_chosen.connect(lambda _: self._show_count())

    def ask(self, query: Query) -> None:
        """Mark what matches."""
        if self._board.sheet is not None and query != self._finder.query:
            self._finder.ask(self._board.sheet.graph, query)
            self._show_count()

    def go_to_next(self, way: int = 1) -> None:
        """Go to the next node that matches, or the one before with ``way`` -1; round the end."""
        if self._finder.is_looking:
            self._jump = way
            return
        found, canvas = list(self._board.canvas.marks.found), self._board.canvas
        if found:
            current = canvas.marks.current
            at = found.index(current) + way if current in found else min(way, 0)
            canvas.choose(found[at % len(found)])

    def _mark(self) -> None:
        board, finder = self._board, self._finder
        if (
            board.sheet is not None
            and finder.query.terms
            and not finder.is_about(board.sheet.graph)
        ):
            finder.ask(board.sheet.graph, finder.query)
        board.canvas.marks.found = finder.nodes(board.drawing) if board.drawing else {}
        board.minimap.redraw()
        board.canvas.update()
        self._show_count()
        jump, self._jump = self._jump, 0
        if jump and not finder.is_looking:
            self.go_to_next(jump)

    def _show_count(self) -> None:
        marks = self._board.canvas.marks
        found = list(marks.found)
        if not self._finder.query.terms:
            text = ""
        elif self._finder.is_looking:
            text = self.tr("Looking ...")
        elif marks.current in found:
            at = found.index(marks.current) + 1
            text = self.tr("{at:,} of {count:,}").format(at=at, count=len(found))
        else:
            text = self.tr("{count:,} found").format(count=len(found))
        self._tools.show_count(text)
