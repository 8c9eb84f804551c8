"""What pictures are found in files, folders, lists and URLs."""

import os
from pathlib import Path
from typing import Any

import cv2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch.frames import count_frames, frames_of
from trtstudio.vision.batch.sources import Source, find_sources, local_path, read_list


def names(paths: list[Path], *, recursive: bool = False) -> list[str]:
    return [source.path.name for source in find_sources(paths, recursive=recursive)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.jpg", "a.PNG", "notes.txt", "clip.mp4", ".hidden.jpg", "deep/c.jpg"):
        path = tmp_path / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path / "pictures"


def test_a_folder_stands_for_its_files_and_hidden_ones_are_left_out(folder: Path) -> None:
    assert names([folder]) == ["a.PNG", "b.jpg", "clip.mp4", "notes.txt"]
    assert names([folder], recursive=True)[-1] == "c.jpg"
    found = {source.path.name: source for source in find_sources([folder])}
    assert not found["notes.txt"].is_expected and found["a.PNG"].is_expected
    assert found["clip.mp4"].is_video and not found["b.jpg"].is_video


def test_folders_that_link_to_themselves_end(folder: Path) -> None:
    try:
        (folder / "deep" / "loop").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert names([folder], recursive=True).count("c.jpg") == 1


def test_a_folder_that_cannot_be_read_is_a_source_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scan(path: Path) -> Any:
        if Path(path).name == "deep":
            raise PermissionError("not allowed")
        return real(path)

    monkeypatch.setattr(os, "scandir", scan)
    assert names([folder], recursive=True)[-2:] == ["notes.txt", "deep"]


def test_a_list_names_files_relative_to_itself(folder: Path) -> None:
    text = f"# my pictures\n\nb.jpg\ngone.jpg\n{(folder / 'a.PNG').as_uri()}\ndeep\n"
    (folder / "list.txt").write_text(f"\ufeff{text}", encoding="utf-8")
    assert names([folder / "list.txt"]) == ["b.jpg", "gone.jpg", "a.PNG", "c.jpg"]


def test_a_name_in_a_list_that_begins_as_a_home_folder_does(folder: Path) -> None:
    (folder / "~a.jpg").write_bytes(b"x")
    (folder / "list.txt").write_text("~a.jpg\n~/b.jpg")
    assert read_list(folder / "list.txt") == [folder / "~a.jpg", Path.home() / "b.jpg"]


@pytest.mark.parametrize(
    "content", [b"", b"# only this\n", b"\xff\xfe\x00", b"gone.jpg\n", b"a\0b"]
)
def test_what_is_no_list_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    with pytest.raises(StudioError, match="list"):
        read_list(path)


def test_urls_of_files_and_of_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a b ü.jpg"
    assert local_path(path.as_uri()) == path
    assert local_path(str(path)) == path
    for text in ("http://example.org/cat.jpg", "file://host/cat.jpg", "http://[no", "file://[no"):
        with pytest.raises(StudioError, match="not on this machine"):
            local_path(text)


@given(
    st.text(st.characters(blacklist_characters="\0/\\", blacklist_categories=("Cs",)), min_size=1)
)
@example("100%25 cat#1?.jpg")
def test_every_name_comes_back_from_its_url(name: str) -> None:
    path = Path("/folder").absolute() / name
    if path.name == name and name not in (".", ".."):
        assert local_path(path.as_uri()) == path


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_comes_back_from_its_url() -> None:
    path = Path(os.fsdecode(b"/folder/\xff%41.jpg"))
    assert local_path(path.as_uri()) == path
    assert local_path("file:///folder/" + path.name.replace("%", "%25")) == path


def test_cameras_and_frames() -> None:
    assert Source(Path("camera:1")).camera == 1
    assert Source(Path("camera:1"), 7).camera is None
    assert Source(Path("camera:one")).camera is None
    assert Source(Path("x/clip.mp4"), 7).name == "clip.mp4 #7"


def test_links_that_lead_nowhere_are_sources_too(folder: Path) -> None:
    try:
        (folder / "gone.jpg").symlink_to(folder / "nothing.jpg")
        (folder / "itself.jpg").symlink_to(folder / "itself.jpg")
        (folder / "other").symlink_to(folder / "deep", target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert {"gone.jpg", "itself.jpg"} < set(names([folder]))
    assert "other" not in names([folder])


def test_a_line_that_leads_elsewhere_is_a_row_that_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also that of a video, which FFmpeg would fetch."""
    monkeypatch.setattr(cv2, "VideoCapture", pytest.fail)
    urls = ["http://example.org/cat.jpg", "https://example.org/clip.mp4"]
    (folder / "list.txt").write_text("\n".join([*urls, "b.jpg"]))
    sources = list(find_sources([folder / "list.txt"]))
    assert [source.name for source in sources] == ["cat.jpg", "clip.mp4", "b.jpg"]
    assert count_frames(sources) == 3
    for url, frame in zip(urls, frames_of(sources), strict=False):
        with pytest.raises(StudioError) as told:
            frame.read()
        assert told.value.message.startswith(f"{url} is not on this machine")
        assert "Download it" in told.value.hint


def test_a_list_of_nothing_but_what_leads_elsewhere_says_so(folder: Path) -> None:
    (folder / "list.txt").write_text("http://example.org/cat.jpg\nhttps://example.org/b.jpg\n")
    with pytest.raises(StudioError, match="not on this machine"):
        names([folder / "list.txt"])
