"""Where an answer is saved, and as what: as was chosen, unless the file's name says otherwise."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.run.files import RunFiles
from trtstudio.gui.run.saving import Form, destination
from trtstudio.gui.workspace import Workspace


@pytest.mark.parametrize(
    ("name", "wanted", "saved", "form"),
    [
        ("a-answer.png", "pictures", "a-answer.png", "pictures"),
        ("a-answer.png", "json", "a-answer.json", "json"),
        ("a-answer.png", "csv", "a-answer.csv", "csv"),
        ("a-answer.PNG", "coco", "a-answer.json", "coco"),
        ("a-answer.jpg", "yolo", "a-answer.txt", "yolo"),
        ("answer", "yolo", "answer.txt", "yolo"),
        ("answer", "pictures", "answer.png", "pictures"),
        ("v1.2 answer", "csv", "v1.2 answer.csv", "csv"),
        ("a.json", "coco", "a.json", "coco"),
        ("a.json", "pictures", "a.json", "json"),
        ("a.csv", "coco", "a.csv", "csv"),
        ("a.webp", "pictures", "a.webp", "pictures"),
        ("a.docx", "pictures", "a.docx", "pictures"),  # writing it says that it is unknown
    ],
)
def test_the_chosen_format_counts(name: str, wanted: Form, saved: str, form: Form) -> None:
    assert destination(Path("x") / name, wanted) == (Path("x") / saved, form)


def test_what_the_dialog_did_not_ask_about_is_asked(
    qtbot: QtBot, idle: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    files, asked = RunFiles(idle, page), []
    kinds: dict[str, Form] = {"PNG (*.png)": "pictures", "JSON (*.json)": "json"}

    def choose(_page: QWidget, _title: str, name: str, _kinds: str, kind: str) -> tuple[str, str]:
        asked.append((Path(name).name, kind))
        return str(tmp_path / Path(name).name), "JSON (*.json)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    assert files._ask_form("a.png", kinds) == (tmp_path / "a.json", "json")
    (tmp_path / "a.json").write_text("")
    assert files._ask_form("a.png", kinds) == (tmp_path / "a.json", "json")
    assert asked == [("a.png", ""), ("a.png", ""), ("a.json", "JSON (*.json)")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert files._ask_form("a.png", kinds) is None
