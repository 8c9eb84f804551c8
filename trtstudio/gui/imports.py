"""What the first clicks will need, imported once the window is there.

Importing a module makes the classes in it, and PySide looks through the classes of Qt's kind
without Python's lock: made in another thread than the main one they crash the process, rarely and
anywhere. So a worker imports only what knows no Qt; the main thread imports the rest, one module
at a time.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec

_OURS = "trtstudio."
_WINDOW = "trtstudio.gui."

_MEASURE_VIEWS = ("benchmark", "why", "sweep", "gpus", "layers", "memory", "kept")

_PAGES = tuple(
    _WINDOW + name
    for name in (
        "inspect.model_page",
        "graph.graph_view",
        "build.page",
        "run.page",
        "measure.page",
        *(f"measure.{view}" for view in _MEASURE_VIEWS),
        "lettering",
    )
)

_WITHOUT_QT = (
    "onnx",
    "numpy.ma",
    "multiprocessing.connection",
    "pydoc",
    "trtstudio.vision.picture_model",
)
"""With what pyqtgraph brings along."""

_WITH_QT = (
    "PySide6.QtTest",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "trtstudio.gui.parts.pyqtgraph_import",
    "qtpy.QtCore",
    "qtpy.QtGui",
    "qtpy.QtWidgets",
    "superqt",
)
"""Of others, each after what it imports itself."""


def import_without_qt() -> list[str]:
    """Import what knows no Qt; the names of the window's modules, for ``import_with_qt``. In a
    worker."""
    names = in_order(_PAGES)
    for name in (*_WITHOUT_QT, *names):
        if not name.startswith(_WINDOW):
            import_module(name)
    return [name for name in names if name.startswith(_WINDOW)]


def import_with_qt(names: Iterable[str]) -> Iterator[None]:
    """Import what Qt's classes are made in, one module a step. Main thread only."""
    for name in (*_WITH_QT, *names):
        with suppress(ImportError):  # whoever needs it will say so
            import_module(name)
        yield


def in_order(names: Iterable[str]) -> list[str]:
    """These modules of ours and all that they import of ours at their top, each after what it
    imports itself. Any thread: of them only packages are imported, and the window's are empty.
    """
    found: dict[str, None] = {}
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name not in seen:
            seen.add(name)
            for inner in _imported_by(name):
                visit(inner)
            found[name] = None

    for name in names:
        visit(name)
    return list(found)


def _imported_by(name: str) -> list[str]:
    spec = find_spec(name)
    loader = spec.loader if spec is not None else None
    code = loader.get_code(name) if isinstance(loader, InspectLoader) else None
    if code is None:
        return []
    # Of all names in code only those of imports have dots.
    return [inner for inner in code.co_names if inner.startswith(_OURS)]
