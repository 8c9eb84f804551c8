"""How similar pictures are to each other: a matrix of all pairs, and the most similar ones. Main
thread only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.picture.score_list import ScoreList
from trtstudio.gui.picture.similarity_matrix import SimilarityMatrix
from trtstudio.gui.theme import GRID
from trtstudio.model.run import Array

_MOST_PAIRS = 100
MOST_PICTURES = 400
"""More are no more to be told apart, and would keep the window waiting."""

_LIST_WIDTH = 320


@dataclass(frozen=True, slots=True, eq=False)
class Similar:
    """A picture: its name, its embedding of length 1, and a small image, which may be empty."""

    name: str
    embedding: Array
    image: QImage


class SimilarityView(QWidget):
    """Picking a pair marks it in the matrix."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[tuple[int, int]] = []
        self.matrix = SimilarityMatrix()
        self.pairs = ScoreList()
        self.pairs.setAccessibleName(self.tr("The most similar pairs"))
        self.pairs.setFixedWidth(_LIST_WIDTH)
        self.pairs.currentRowChanged.connect(self._mark)
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "muted")
        heading = QLabel(self.tr("The most similar pairs"))
        heading.setProperty("role", "heading")
        column = QVBoxLayout()
        column.setSpacing(GRID // 2)
        column.addWidget(heading)
        column.addWidget(self.pairs, 1)
        column.addWidget(self.note)
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self.matrix, 1)
        row.addLayout(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def show_pictures(self, pictures: Sequence[Similar]) -> None:
        """Compare each two of these; of very many the newest."""
        from trtstudio.vision.similarity import closest_pairs

        left_out = max(0, len(pictures) - MOST_PICTURES)
        shown = pictures[left_out:]
        vectors = np.stack([picture.embedding for picture in shown])
        names = [picture.name for picture in shown]
        self.matrix.show_matrix(
            np.clip(vectors @ vectors.T, -1, 1), names, [picture.image for picture in shown]
        )
        found = closest_pairs(vectors, _MOST_PAIRS)
        self._pairs = [(pair.first, pair.second) for pair in found]
        self.pairs.show_scores(
            (f"{names[pair.first]}  ·  {names[pair.second]}", pair.cosine, 0) for pair in found
        )
        words = self.tr("The newest {count:,} pictures are compared.")
        self.note.setText(words.format(count=len(shown)))
        self.note.setVisible(left_out > 0)

    def clear(self) -> None:
        """Keep nothing."""
        self._pairs = []
        self.pairs.clear()
        self.matrix.show_matrix(np.zeros((0, 0)), [], [])

    def _mark(self, row: int) -> None:
        self.matrix.mark(self._pairs[row] if 0 <= row < len(self._pairs) else None)
