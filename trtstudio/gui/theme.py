"""Colours, fonts and the style sheet, in light and dark. Main thread only."""

import sys
from dataclasses import dataclass
from string import Template
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from trtstudio import assets

Mode = Literal["system", "light", "dark"]

GRID = 8
"""Every margin and gap is a multiple of this many pixels."""


@dataclass(frozen=True, slots=True)
class Colors:
    """The palette of one mode. Text on ``window`` and ``surface`` has a contrast of at least
    4.5:1.
    """

    window: str
    surface: str
    raised: str
    border: str
    outline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    selection: str
    info: str
    warning: str
    error: str
    series: tuple[str, ...]
    """For curves and categories; a colour-blind-safe set (after Okabe and Ito, 2008)."""
    dtypes: tuple[tuple[str, str], ...]
    """A prefix of a dtype's name and its colour, the most specific first."""

    def dtype(self, name: str) -> str:
        """The colour that stands for a dtype everywhere."""
        return next((color for prefix, color in self.dtypes if name.startswith(prefix)), self.muted)

    def layer(self, kind: str) -> str:
        """The colour that stands for a kind of layer everywhere, by the vocabularies of ONNX,
        TensorRT and its kernels."""
        kind = kind.lower()
        for index, words in enumerate(_LAYER_FAMILIES):
            if any(word in kind for word in words):
                return self.series[index % len(self.series)]
        return self.muted


_LAYER_FAMILIES = (
    ("conv", "correlation"),
    ("gemm", "matmul", "matrix_multiply", "fully"),
    ("relu", "sigmoid", "activation", "clip", "softmax", "tanh", "gelu", "unary"),
    ("pool", "reduce"),
    ("norm", "scale"),
    ("add", "mul", "sub", "div", "elementwise", "kgen", "pointwise", "fusion"),
    ("shape", "shuffle", "reshape", "transpose", "slice", "concat", "gather", "cast", "resize"),
)

LIGHT = Colors(
    window="#f4f6f8",
    surface="#ffffff",
    raised="#e9edf2",
    border="#d3dae3",
    outline="#8b97a8",
    text="#1a212c",
    muted="#566273",
    accent="#0b6e66",
    on_accent="#ffffff",
    selection="#cfe8e5",
    info="#1d5fa8",
    warning="#8a5300",
    error="#b3261e",
    series=("#0b6e66", "#a8480d", "#1d5fa8", "#8a2f78", "#7a5c00", "#3d6b1f", "#5a5f69"),
    dtypes=(
        ("float32", "#1d5fa8"),
        ("float16", "#0b6e66"),
        ("bfloat16", "#3d6b1f"),
        ("float8", "#8a2f78"),
        ("int8", "#a8480d"),
        ("int4", "#7a5c00"),
        ("float", "#1d5fa8"),
    ),
)

DARK = Colors(
    window="#14181e",
    surface="#1b2028",
    raised="#252c36",
    border="#363f4c",
    outline="#657184",
    text="#e7ebf0",
    muted="#9ba7b6",
    accent="#3fc4b4",
    on_accent="#08211e",
    selection="#1f4a47",
    info="#7db4f0",
    warning="#f0b357",
    error="#ff8a80",
    series=("#3fc4b4", "#f0985a", "#7db4f0", "#dd91cb", "#e3c65b", "#9ccc6a", "#a9b2be"),
    dtypes=(
        ("float32", "#7db4f0"),
        ("float16", "#3fc4b4"),
        ("bfloat16", "#9ccc6a"),
        ("float8", "#dd91cb"),
        ("int8", "#f0985a"),
        ("int4", "#e3c65b"),
        ("float", "#7db4f0"),
    ),
)


class Theme(QObject):
    """The mode in force. Widgets that paint themselves use ``colors``, again after ``changed``."""

    changed = Signal()

    def __init__(self, mode: Mode = "system") -> None:
        super().__init__()
        self.mode: Mode = mode
        self.colors = LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def apply(self, mode: Mode | None = None) -> None:
        """Put ``mode`` (or the one in force) into effect for the whole application."""
        self.mode = mode or self.mode
        self.colors = DARK if self._is_dark() else LIGHT
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(_palette(self.colors))
        app.setStyleSheet(_style_sheet(self.colors))
        self.changed.emit()

    def _is_dark(self) -> bool:
        if self.mode == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self.mode == "dark"

    def _system_changed(self) -> None:
        if self.mode == "system":
            self.apply()


_NAMES = tuple(n for n in Colors.__slots__ if n not in ("series", "dtypes"))
_theme: Theme | None = None


def theme() -> Theme:
    """The application's theme, made on first use (after the QApplication)."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def colors() -> Colors:
    """The colours in force."""
    return theme().colors


def mono_font() -> QFont:
    """The face for names, shapes and logs."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def ui_font() -> QFont:
    """The application's face: the system's own, which on Windows is not what Qt picks by itself."""
    font = QGuiApplication.font()
    if sys.platform == "win32":
        font.setFamilies(["Segoe UI", "Microsoft YaHei UI"])
    return font


def _style_sheet(c: Colors) -> str:
    values = {name: str(getattr(c, name)) for name in _NAMES}
    icons = (assets.ROOT / "icons").as_posix()
    sheet = Template((assets.ROOT / "style.qss").read_text("utf-8"))
    return sheet.substitute(values, mode="dark" if c is DARK else "light", icons=icons)


def _palette(c: Colors) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, color in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.surface),
        (role.AlternateBase, c.window),
        (role.Text, c.text),
        (role.Button, c.raised),
        (role.ButtonText, c.text),
        (role.BrightText, c.error),
        (role.ToolTipBase, c.raised),
        (role.ToolTipText, c.text),
        (role.PlaceholderText, c.muted),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.info),
        (role.Accent, c.accent),
        (role.Mid, c.border),
    ):
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.muted))
    return palette
