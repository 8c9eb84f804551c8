import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.vision.labels import check_labels, label_of, labels_from_metadata, read_labels

NAMES = st.lists(st.text(), min_size=1, max_size=12)


@given(NAMES.filter(lambda names: names != [str(number) for number in range(len(names))]))
def test_every_way_of_writing_names(names: list[str]) -> None:
    numbered = dict(enumerate(names))
    backwards = dict(reversed(numbered.items()))
    for written in (
        json.dumps(names),
        json.dumps(numbered),
        json.dumps(backwards),
        repr(names),
        repr(numbered),
        repr(backwards),
    ):
        assert labels_from_metadata({"names": written}) == tuple(names)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "{}",
        "names",
        "[1, 2]",
        "{0: 'a', 2: 'c'}",
        "{'a': 'b'}",
        "3",
        "__import__('os')",
        "(" * 5000,
        "[" * 100_000,
        "'a' 'b",
        "{0: 'a'}}",
        "{0: '0', 1: '1'}",  # Ultralytics' names of classes that have none
        '["0"]',
    ],
    ids=lambda written: written[:12],
)
def test_anything_else_is_no_names(written: str) -> None:
    assert labels_from_metadata({"names": written}) is None
    assert labels_from_metadata({}) is None


@given(st.text())
def test_no_text_breaks_it(written: str) -> None:
    labels_from_metadata({"names": written})


def test_reads_lines_and_json(tmp_path: Path) -> None:
    path = tmp_path / "labels.txt"
    path.write_bytes("﻿cat\r\n\r\n  dog \r\n猫\r\n".encode())
    assert read_labels(path) == ("cat", "dog", "猫")
    path.write_text('["cat", "dog"]')
    assert read_labels(path) == ("cat", "dog")
    path.write_text('{"1": "dog", "0": "cat"}')
    assert read_labels(path) == ("cat", "dog")


def test_of_a_list_of_characters_the_spaces_are_some_too(tmp_path: Path) -> None:
    path = tmp_path / "ppocr_keys_v1.txt"
    path.write_text("a\n\u3000\n疗\n \n", "utf-8")
    assert read_labels(path) == ("a", "\u3000", "疗", " ")


@pytest.mark.parametrize("data", [b"", b"\n \n", b"[1, 2]", b"\xff\xfe\x00", b"{}"])
def test_a_file_without_labels_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "labels.txt"
    path.write_bytes(data)
    with pytest.raises(StudioError) as caught:
        read_labels(path)
    assert caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "labels.txt")
    with pytest.raises(StudioError, match="no ordinary file"):
        read_labels(tmp_path / "labels.txt")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="cannot be read"):
        read_labels(tmp_path / "missing.txt")


def test_the_wrong_number_of_labels_is_told() -> None:
    check_labels(None, 3)
    check_labels(("a", "b", "c"), 3)
    with pytest.raises(StudioError, match=r"2 labels.* 3 classes"):
        check_labels(("a", "b"), 3)


def test_a_class_without_a_name_has_its_number() -> None:
    assert (label_of(None, 7), label_of(("a", "b"), 1)) == ("class 7", "b")
