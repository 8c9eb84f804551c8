"""The Chinese window: every text of the window and of the core is translated, the compiled file is
what the ``.ts`` says, and the window finds its texts at run time.
"""

import importlib.util
import re
import string
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)
from superqt import QElidingLabel

from trtstudio.gui import settings
from trtstudio.gui.app import language
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.notice_frame import NoticeFrame
from trtstudio.gui.shell import actions
from trtstudio.gui.shell.page_stack import PAGES
from trtstudio.gui.shell.window import MainWindow

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "translate.py"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    """packaging/translate.py, which is no part of the package."""
    sys.path.insert(0, str(SCRIPT.parent))  # where it finds the modules beside it
    spec = importlib.util.spec_from_file_location("translate", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["translate"] = module  # where its dataclass looks for itself
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(SCRIPT.parent))


def placeholders(text: str) -> list[tuple[str, str]]:
    return sorted((name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name)


def mnemonics(text: str) -> list[str]:
    return re.findall(r"&([A-Z])", text.upper())


def tags(text: str) -> list[str]:
    return re.findall(r"<[^>]+>", text)


def test_every_text_is_translated_and_nothing_else(script: ModuleType) -> None:
    translations = script.read_ts()
    texts = script.all_texts()
    assert len(texts) > 1000
    assert [text for text in texts if not translations.get(text)] == []
    assert set(translations) - set(texts) == set()


@pytest.mark.parametrize("parts", [placeholders, mnemonics, tags])
def test_what_is_not_prose_is_the_same(script: ModuleType, parts) -> None:
    pairs = [(text.source, chinese) for text, chinese in script.read_ts().items()]
    assert any(parts(source) for source, _ in pairs)
    assert [pair for pair in pairs if parts(pair[0]) != parts(pair[1])] == []


def test_what_a_sentence_names_is_called_so_where_it_is(script: ModuleType) -> None:
    """A button that a sentence tells to press has that name."""
    texts = script.read_ts().values()
    names = {re.sub(r"\(&\w\)", "", text).strip("… ") for text in texts}
    named = [(name, text) for text in texts for name in re.findall("“([^”{}]+)”", text)]
    assert named
    assert [(name, text) for name, text in named if name.strip("… ") not in names] == []


def test_compiled_file_is_up_to_date(script: ModuleType, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    script.compile_qm(script.TS, fresh)
    assert fresh.read_bytes() == script.TS.with_suffix(".qm").read_bytes()


@pytest.mark.usefixtures("chinese")
def test_qt_finds_every_text(script: ModuleType) -> None:
    wrong = {
        text: found
        for text, wanted in script.read_ts().items()
        if wanted and (found := QCoreApplication.translate(text.context, text.source)) != wanted
    }
    assert wrong == {}


def test_update_keeps_translations_and_follows_a_text_that_moved(
    script: ModuleType, tmp_path: Path
) -> None:
    kept, moved, new = (script.Text("A", "kept & <b>"), script.Text("B", "m"), script.Text("B", ""))
    known = {kept: "保留 & <b>", script.Text("A", "m"): "移动", script.Text("A", "gone"): "没了"}
    merged = script.merge([kept, moved, new], known)
    assert merged == {kept: "保留 & <b>", moved: "移动", new: ""}
    path = tmp_path / "x.ts"
    script.write_ts(merged, path)
    assert script.read_ts(path) == merged


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("class A:\n def f(self):\n  def g(): self.tr('x' 'y')", [("A", "xy")]),
        ("def _tr(t):\n return translate('C', t)\n_tr('x')", [("C", "x")]),
        ("a = QT_TRANSLATE_NOOP('C', 'x'); translate('C', a)", [("C", "x")]),
        ("'x'.translate(table)", []),
    ],
)
def test_reader(
    script: ModuleType, tmp_path: Path, source: str, found: list[tuple[str, str]]
) -> None:
    (tmp_path / "m.py").write_text(source)
    assert script.find_texts(tmp_path) == [script.Text(*pair) for pair in found]


@pytest.mark.parametrize(
    "source", ["class A:\n def f(self): self.tr(f'{x}')", "window.tr('x')", "_tr('x')"]
)
def test_reader_refuses_what_could_not_be_found(
    script: ModuleType, tmp_path: Path, source: str
) -> None:
    (tmp_path / "m.py").write_text(source)
    with pytest.raises(SystemExit, match=r"m\.py:\d+: "):
        script.find_texts(tmp_path)


def test_language_is_the_chosen_one_else_the_first_of_the_system(monkeypatch) -> None:
    system = SimpleNamespace(uiLanguages=lambda: ["en-GB", "zh-Hans-CN"])
    monkeypatch.setattr(QLocale, "system", lambda: system)
    assert language().name() == "en_GB"
    settings.save_text("language", "zh_CN")
    assert language().name() == "zh_CN"


@pytest.mark.parametrize(("chosen", "build"), [("en", "Build"), ("zh_CN", "构建")])
def test_chosen_language_is_loaded(speak: Callable[[str], None], chosen: str, build: str) -> None:
    speak(chosen)
    assert QCoreApplication.translate("Rail", "Build") == build


@pytest.mark.usefixtures("chinese")
def test_text_of_a_base_class_is_found(qtbot) -> None:
    class Derived(NoticeFrame):
        pass

    frame = Derived(Notice("info", "x"))
    qtbot.addWidget(frame)
    assert frame.details_button.text() == "详细信息"


@pytest.mark.usefixtures("chinese", "window", "sample_document")
def test_window_is_chinese_and_nothing_is_cut_off(
    script: ModuleType, window: MainWindow, qtbot
) -> None:
    menus = [action.text() for action in window.menuBar().actions()]
    assert menus == ["文件(&F)", "查看(&V)", "帮助(&H)"]
    names = [button.text() for button in window.rail.findChildren(QAbstractButton)]
    assert names == ["模型", "构建", "运行", "测量"]
    english = {text.source for text, ours in script.read_ts().items() if ours != text.source}
    window.resize(1280, 720)
    with qtbot.waitSignal(window.workspace.installation_changed, timeout=60_000):
        window.workspace.probe()
    for name in PAGES:
        window.show_page(name)
        qtbot.waitUntil(lambda: not window.workspace.jobs.running)  # it comes and goes in the bar
        qtbot.wait(100)
        assert english.intersection(visible_texts(window)) == set(), name
        assert cut_off(window) == [], name


def visible_texts(window: MainWindow) -> Iterator[str]:
    """What is to be read, and what is said of it."""
    yield from (action.text() for action in window.findChildren(QAction))
    for widget in window.findChildren(QWidget):
        yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()


def cut_off(window: MainWindow) -> list[str]:
    """The words that have less room than they take."""
    return [
        widget.text()
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton)
        and widget.isVisible()
        and re.search("[\u4e00-\u9fff]", widget.text())
        and not may_be_cut(widget)
        and widget.fontMetrics().horizontalAdvance(widget.text().replace("&", "")) > widget.width()
    ]


def may_be_cut(widget: QWidget) -> bool:
    """Whether it wraps, elides or does not show its words."""
    if isinstance(widget, QToolButton):
        return widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(widget, QElidingLabel) or (isinstance(widget, QLabel) and widget.wordWrap())


def test_language_is_chosen_in_the_menu(window: MainWindow) -> None:
    found = {a.text(): a for a in window.findChildren(QAction)}
    found[actions.LANGUAGES["zh_CN"]].trigger()
    assert settings.load_text("language", "system") == "zh_CN"
    assert "next start" in window.notices.frames[0].notice.message
