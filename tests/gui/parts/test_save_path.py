"""Where something is saved, and as what: as was chosen, unless the name says otherwise. Nothing is
overwritten that the dialog did not ask about.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.parts.save_path import ask_save_form, ask_save_path, completed

PICTURE, JSON, COCO, TABLE = (
    "Pictures (*.png *.jpg)",
    "JSON (*.json)",
    "COCO data set (*.json)",
    "表 (*.csv)",
)
KINDS = (PICTURE, JSON, COCO, TABLE)

Ask = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("name", "chosen", "saved", "kind"),
    [
        ("a.png", PICTURE, "a.png", PICTURE),
        ("a.png", JSON, "a.json", JSON),  # only proposed
        ("a.PNG", COCO, "a.json", COCO),
        ("a.jpg", PICTURE, "a.jpg", PICTURE),
        ("a.jpg", TABLE, "a.jpg", PICTURE),  # typed
        ("a.json", COCO, "a.json", COCO),
        ("a.json", PICTURE, "a.json", JSON),
        ("a.CSV", COCO, "a.CSV", TABLE),
        ("a", TABLE, "a.csv", TABLE),
        ("v1.2", TABLE, "v1.2.csv", TABLE),
        ("a.docx", PICTURE, "a.docx.png", PICTURE),
        ("a", "", "a.png", PICTURE),  # a dialog that does not tell what was chosen
        ("a.csv", "", "a.csv", TABLE),
    ],
)
def test_the_chosen_kind_counts(name: str, chosen: str, saved: str, kind: str) -> None:
    found = completed(Path("x.y") / name, chosen, KINDS, ".png")
    assert found == (Path("x.y") / saved, kind)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Let the dialog answer these in turn, a name or a name with its kind; it gives what each was
    proposed.
    """

    def choose(*answers: Path | str | tuple[Path, str]) -> list[str]:
        proposed, turns = [], iter(answers)

        def ask(_: QWidget, title: str, name: str, kinds: str, kind: str) -> tuple[str, str]:
            assert title == "Save"
            proposed.append(name)
            turn = next(turns)
            chosen, told = turn if isinstance(turn, tuple) else (turn, kind)
            assert not told or told in kinds.split(";;")
            return str(chosen), told

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        return proposed

    return choose


def test_the_name_with_its_suffix_is_asked_about(
    parent: QWidget, tmp_path: Path, answer: Ask
) -> None:
    def ask() -> Path | None:
        return ask_save_path(parent, "Save", "sheet.png", PICTURE)

    bare, whole, other = tmp_path / "sheet", tmp_path / "sheet.png", tmp_path / "other.jpg"
    proposed = answer(bare)
    assert ask() == whole and proposed == ["sheet.png"]
    whole.touch()
    proposed = answer(bare, whole)
    assert ask() == whole and proposed == ["sheet.png", str(whole)]
    other.touch()
    answer(bare, other)
    assert ask() == other  # the dialog asked about this one
    answer(bare, bare, tmp_path / "third")
    assert ask() == tmp_path / "third.png"
    answer(bare, "")
    assert ask() is None
    answer("")
    assert ask() is None


def test_another_kind_is_asked_about(parent: QWidget, tmp_path: Path, answer: Ask) -> None:
    forms = {PICTURE: 1, JSON: 2, COCO: 3, TABLE: 4}
    picture, table = tmp_path / "a.png", tmp_path / "a.csv"
    table.touch()
    answer((picture, TABLE), table)  # the kind stays chosen
    assert ask_save_form(parent, "Save", str(picture), forms) == (table, 4)
    answer((picture, TABLE), (table, COCO))  # now it is the table that is proposed
    assert ask_save_form(parent, "Save", str(picture), forms) == (tmp_path / "a.json", 3)


def test_a_folder_that_is_none_is_for_the_writing_to_tell(
    parent: QWidget, tmp_path: Path, answer: Ask
) -> None:
    (tmp_path / "file").touch()
    answer(tmp_path / "file" / "a")
    found = ask_save_path(parent, "Save", "b.csv", TABLE)
    assert found == tmp_path / "file" / "a.csv"
