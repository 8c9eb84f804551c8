"""What files are by their first bytes."""

import io
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from trtstudio.model import content
from trtstudio.model.errors import StudioError

PICTURE = np.zeros((8, 8, 3), np.uint8)


def encoded(extension: str) -> bytes:
    return cv2.imencode(extension, PICTURE)[1].tobytes()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data.pkl", "x")
    return file.getvalue()


def saved_array() -> bytes:
    file = io.BytesIO()
    np.save(file, PICTURE)
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (encoded(".png"), "a PNG picture"),
        (encoded(".jpg"), "a JPEG picture"),
        (encoded(".bmp"), "a BMP picture"),
        (encoded(".webp"), "a WebP picture"),
        (encoded(".tiff"), "a TIFF picture"),
        (zipped(), "a ZIP archive"),
        (saved_array(), "a NumPy array"),
        (b"\n <!DOCTYPE html><html></html>", "a web page"),
        ("naïve 模型 text\n".encode(), "a text file"),
        (("模" * 400).encode()[: content.HEAD_BYTES], "a text file"),
        ("text".encode("utf-16"), "a text file"),
        (b'[\n  {"a": 1}]', "a text file"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a Git LFS pointer"),
        (b'\x10\0\0\0\0\0\0\0{"w": 1}', "a safetensors file"),
    ],
)
def test_says_what_a_foreign_file_is(head: bytes, what: str) -> None:
    assert not content.is_plan(head)
    with pytest.raises(StudioError, match=what) as error:
        content.refuse_foreign("file.onnx", head)
    assert error.value.hint


def test_says_why_there_is_nothing_to_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.onnx"
    empty.touch()
    for path, what in ((empty, "is empty"), (tmp_path, "a folder"), (tmp_path / "no", "not exist")):
        with pytest.raises(StudioError, match=what) as error:
            content.read_head(path)
        assert error.value.hint
