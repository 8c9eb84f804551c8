"""What is dragged or pasted: files by their URLs or as text, pictures, and what is neither."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from trtstudio.gui.parts.drop_area import DropPage, local_paths, paths_in


def text(*lines: str) -> QMimeData:
    mime = QMimeData()
    mime.setText("\n".join(lines))
    return mime


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "图 1 #7%20.jpg"
    path.touch()
    return path


def test_paths_and_urls_as_text_are_files(picture: Path) -> None:
    url = QUrl.fromLocalFile(str(picture)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    assert url.startswith("file://") and " " not in url
    for words in (str(picture), url, f'"{picture}"', f"'{picture}' ", f"\r\n{picture}\r\n"):
        assert local_paths(text(words)) == [picture]
    assert local_paths(text(str(picture), url)) == [picture, picture]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "a picture of a cat",
        "cat.jpg",
        "https://example.com/cat.jpg",
        "mailto:cat@example.com",
        "look at\n/x/cat.jpg",
        "/",
        "//",
        "/.",
        "file://",
        "file:///",
        ":/x",
        ":/qt-project.org",
        "/* a comment */",
        "// a comment",
    ],
)
def test_other_text_is_no_file(words: str) -> None:
    assert local_paths(text(words)) == []


def test_text_is_a_list_of_files_where_every_line_names_one(picture: Path) -> None:
    gone = picture.with_name("gone.jpg")  # said where it is opened
    assert local_paths(text(str(gone), str(picture))) == [gone, picture]
    assert local_paths(text(str(picture), "/")) == []
    broken = picture.with_name("a\nb.jpg")
    url = QUrl.fromLocalFile(str(broken)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    assert "%0A" in url and local_paths(text(str(picture), url)) == []
    assert len(local_paths(text(*[str(picture)] * 10_000))) == 10_000
    assert local_paths(text(*[str(picture)] * 10_001)) == []


def test_urls_count_more_than_the_text_beside_them(tmp_path: Path) -> None:
    mime = text(str(tmp_path / "text.jpg"))
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "url.jpg")), QUrl("https://example.com/c.jpg")])
    assert local_paths(mime) == [tmp_path / "url.jpg"]


def test_an_address_is_a_path_where_there_is_nothing_better(tmp_path: Path) -> None:
    address = "https://example.com/cat.jpg"
    browser = QMimeData()
    browser.setUrls([QUrl(address)])
    for mime in (browser, text(f" {address}\n"), text(address, address)):
        assert paths_in(mime) == [Path(address)]
    assert paths_in(text("look at", address)) == paths_in(QMimeData()) == []
    browser.setImageData(QImage(2, 2, QImage.Format.Format_RGB888))
    assert paths_in(browser) == []
    browser.setUrls([QUrl(address), QUrl.fromLocalFile(str(tmp_path / "a.jpg"))])
    assert paths_in(browser) == [tmp_path / "a.jpg"]


def test_a_page_takes_a_path_as_text(qtbot: QtBot, picture: Path) -> None:
    page = DropPage()
    qtbot.addWidget(page)
    dropped: list[list[Path]] = []
    page.paths_dropped.connect(dropped.append)
    assert page.accept_mime(text(str(picture))) and dropped == [[picture]]
    assert not page.accept_mime(text("a picture of a cat"))
