import base64
import os
import struct
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.vision.exif import orientation
from trtstudio.vision.picture import find_pictures, read_picture, write_picture

# 8 x 8 pixels, wholly magenta and yellow, which is red; written by Pillow 12.
CMYK_JPEG = base64.b64decode(
    "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcG"
    "BggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAAB"
    "AgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNi"
    "coIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SV"
    "lpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4E"
    "QwBNAFkASwAAPwD9/K/n/r+f+v38r//Z"
)


def _encode(suffix: str, bgr: np.ndarray) -> bytes:
    done, data = cv2.imencode(suffix, bgr)
    assert done
    return bytes(data)


def _read(path: Path, data: bytes) -> np.ndarray:
    path.write_bytes(data)
    return read_picture(path).pixels


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _exif(orientation: int, order: str = ">") -> bytes:
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    begin = b"MM\0*" if order == ">" else b"II*\0"
    return begin + struct.pack(f"{order}IH", 8, 1) + entry + b"\0\0\0\0"


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tif"])
def test_reads_what_it_wrote(tmp_path: Path, noise: np.ndarray, suffix: str) -> None:
    path = tmp_path / f"Bild für 测试{suffix}"
    write_picture(path, noise)
    assert np.array_equal(read_picture(path).pixels, noise)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_lossy_formats_keep_the_channels_in_order(tmp_path: Path, suffix: str) -> None:
    red = np.zeros((32, 32, 3), np.uint8)
    red[..., 0] = 250
    path = tmp_path / f"red{suffix}"
    write_picture(path, red)
    assert np.abs(read_picture(path).pixels.astype(int) - red).max() < 12


def test_content_counts_not_the_name(tmp_path: Path, noise: np.ndarray) -> None:
    data = _encode(".png", noise[..., ::-1])
    assert np.array_equal(_read(tmp_path / "picture.jpg", data), noise)


def test_grey_becomes_rgb(tmp_path: Path, noise: np.ndarray) -> None:
    pixels = _read(tmp_path / "grey.png", _encode(".png", noise[..., 0]))
    assert np.array_equal(pixels, np.repeat(noise[..., :1], 3, axis=2))


@pytest.mark.parametrize("channels", [1, 3])
def test_16_bits_keep_the_high_byte(tmp_path: Path, channels: int) -> None:
    values = np.array([0, 255, 256, 0x1234, 0xFFFF], np.uint16)
    wide = np.tile(values[None, :, None], (4, 1, channels)).squeeze()
    pixels = _read(tmp_path / "wide.png", _encode(".png", wide))
    assert pixels.dtype == np.uint8
    assert pixels[0, :, 0].tolist() == [0, 0, 1, 0x12, 0xFF]


def test_floating_point_is_read_as_0_to_1(tmp_path: Path) -> None:
    values = np.tile(np.float32([[-1, 0, 0.5, 1, 9]]), (3, 1))
    pixels = _read(tmp_path / "float.tif", _encode(".tif", values))
    assert pixels[0, :, 0].tolist() == [0, 0, 128, 255, 255]


def test_transparent_pixels_are_laid_on_white(tmp_path: Path) -> None:
    bgra = np.zeros((1, 3, 4), np.uint8)
    bgra[0] = [(0, 0, 200, 255), (0, 0, 200, 0), (0, 0, 200, 51)]
    pixels = _read(tmp_path / "alpha.png", _encode(".png", bgra))
    assert pixels[0].tolist() == [[200, 0, 0], [255, 255, 255], [244, 204, 204]]


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (1, lambda p: p),
        (2, lambda p: p[:, ::-1]),
        (3, lambda p: p[::-1, ::-1]),
        (4, lambda p: p[::-1]),
        (5, lambda p: p.transpose(1, 0, 2)),
        (6, lambda p: np.rot90(p, -1)),
        (7, lambda p: np.rot90(p, 2).transpose(1, 0, 2)),
        (8, lambda p: np.rot90(p, 1)),
    ],
)
def test_exif_turns_the_picture(
    tmp_path: Path, noise: np.ndarray, orientation: int, turn: object
) -> None:
    assert callable(turn)
    data = _encode(".png", noise[..., ::-1])
    chunk = _png_chunk(b"eXIf", _exif(orientation))
    pixels = _read(tmp_path / "turned.png", data[:33] + chunk + data[33:])
    assert np.array_equal(pixels, turn(noise))


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("order", ["<", ">"])
def test_exif_turns_what_has_alpha_as_opencv_turns_what_has_none(
    tmp_path: Path, noise: np.ndarray, turn: int, order: str
) -> None:
    exif = _exif(turn, order)
    opaque = np.dstack((noise[..., ::-1], np.full(noise.shape[:2], 255, np.uint8)))
    turned = []
    for pixels in (noise[..., ::-1], opaque):
        data = _encode(".png", pixels)
        turned.append(_read(tmp_path / "a.png", data[:33] + _png_chunk(b"eXIf", exif) + data[33:]))
    assert np.array_equal(*turned)
    webp = _with_exif(_encode(".webp", opaque), exif, noise.shape[1], noise.shape[0])
    assert np.array_equal(_read(tmp_path / "a.webp", webp), turned[0])


def _with_exif(webp: bytes, exif: bytes, width: int, height: int) -> bytes:
    """The same file in WebP's extended form, with this metadata behind its picture."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    head = b"VP8X" + struct.pack("<IB3x", 10, 0b0001_1000) + size  # alpha and EXIF
    tail = b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2)
    body = b"WEBP" + head + webp[12:] + tail
    return b"RIFF" + struct.pack("<I", len(body)) + body


@given(st.binary(max_size=60), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]))
def test_damaged_metadata_leave_a_picture_as_it_is(data: bytes, head: bytes) -> None:
    assert 1 <= orientation(head + data) <= 8
    chunk = struct.pack("<4sI", b"EXIF", len(data)) + data
    assert 1 <= orientation(b"RIFF\0\0\0\0WEBP" + chunk) <= 8


def test_exif_turns_a_jpeg(tmp_path: Path, noise: np.ndarray) -> None:
    data = _encode(".jpg", noise[..., ::-1])
    body = b"Exif\0\0" + _exif(6)
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    plain = _read(tmp_path / "plain.jpg", data)
    turned = _read(tmp_path / "turned.jpg", data[:2] + segment + data[2:])
    assert np.array_equal(turned, np.rot90(plain, -1))


@pytest.mark.parametrize("extra", [b"", b"garbage behind its end", b"\xff\xda\0\1"])
def test_a_jpeg_is_what_opencv_makes_of_its_bytes(
    tmp_path: Path, noise: np.ndarray, extra: bytes
) -> None:
    data = _encode(".jpg", noise) + extra
    expected = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    assert np.array_equal(_read(tmp_path / "照片 é.jpg", data), expected)


@pytest.mark.parametrize("length", [4095, 4096, 4097, 8191, 8192, 8193])
def test_a_jpeg_of_any_length_is_whole_or_damaged(
    tmp_path: Path, noise: np.ndarray, length: int
) -> None:
    """Its two ends are read apart, 4,096 bytes each."""
    small = _encode(".jpg", noise[:16, :16])
    comment = length - len(small)
    data = small[:2] + b"\xff\xfe" + struct.pack(">H", comment - 2) + bytes(comment - 4) + small[2:]
    assert len(data) == length
    expected = cv2.imdecode(np.frombuffer(small, np.uint8), cv2.IMREAD_COLOR_RGB)
    assert np.array_equal(_read(tmp_path / "a.jpg", data), expected)
    assert np.array_equal(_read(tmp_path / "a.jpg", data + bytes(5000)), expected)
    with pytest.raises(StudioError, match="damaged"):
        _read(tmp_path / "a.jpg", data[:-2])


def test_a_jpeg_that_opencv_cannot_open_by_name_is_read_from_its_bytes(
    tmp_path: Path, noise: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _encode(".jpg", noise)
    expected = _read(tmp_path / "a.jpg", data)
    monkeypatch.setattr(cv2, "imread", lambda *_: None)  # as Windows does with many names
    assert np.array_equal(_read(tmp_path / "a.jpg", data), expected)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_names_that_are_no_unicode(tmp_path: Path, noise: np.ndarray) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.jpg")
    write_picture(path, noise)
    assert read_picture(path).pixels.shape == noise.shape
    with pytest.raises(StudioError, match="format is unknown"):
        write_picture(tmp_path / os.fsdecode(b"a.\xe9"), noise)


def test_a_large_file_that_is_no_picture_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trtstudio.vision.picture._MOST_UNKNOWN_BYTES", 10_000)
    path = tmp_path / "archive.tar"
    path.write_bytes(b"ustar" + bytes(50_000))
    seen: list[int] = []
    monkeypatch.setattr(cv2, "imdecode", lambda data, _: seen.append(len(data)))
    with pytest.raises(StudioError, match="not a picture"):
        read_picture(path)
    assert seen == [4096]


def test_every_problem_is_told_with_a_hint(tmp_path: Path, noise: np.ndarray) -> None:
    whole = _encode(".png", noise)
    huge = b"\x89PNG\r\n\x1a\n" + _png_chunk(
        b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    )
    files = {
        "empty": b"",
        "not a picture": b"hello, world\n" * 9,
        "damaged or incomplete": whole[: len(whole) // 2],
        "too large": huge
        + _png_chunk(b"IDAT", zlib.compress(bytes(99)))
        + _png_chunk(b"IEND", b""),
    }
    for words, data in files.items():
        (tmp_path / "file.png").write_bytes(data)
        with pytest.raises(StudioError, match=words) as caught:
            read_picture(tmp_path / "file.png")
        assert caught.value.hint
    for path, words in ((tmp_path / "missing.png", "does not exist"), (tmp_path, "is a folder")):
        with pytest.raises(StudioError, match=words) as caught:
            read_picture(path)
        assert caught.value.message == f"{path} {words}." and caught.value.details


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    with pytest.raises(StudioError, match=r"a\.jpg is no ordinary file"):
        read_picture(tmp_path / "a.jpg")


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp", ".tif"])
def test_no_cut_off_picture_passes(tmp_path: Path, noise: np.ndarray, suffix: str) -> None:
    data = _encode(suffix, noise)
    for length in range(1, len(data) * 3 // 4, max(1, len(data) // 15)):
        with pytest.raises(StudioError):
            _read(tmp_path / "cut", data[:length])


def test_unknown_formats_cannot_be_written(tmp_path: Path, noise: np.ndarray) -> None:
    with pytest.raises(StudioError, match="format is unknown"):
        write_picture(tmp_path / "a.xyz", noise)
    assert not list(tmp_path.iterdir())


def test_finds_pictures_by_suffix_in_order(tmp_path: Path) -> None:
    for name in ("b.PNG", "a.jpeg", "notes.txt", "c.webp"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "folder.png").mkdir()
    assert [p.name for p in find_pictures(tmp_path)] == ["a.jpeg", "b.PNG", "c.webp"]


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    pixels = _read(tmp_path / "print.jpg", CMYK_JPEG)
    assert pixels.shape == (8, 8, 3)
    assert np.abs(pixels.astype(int) - (255, 0, 0)).max() < 8


def test_a_high_dynamic_range_is_exposed_and_said(tmp_path: Path) -> None:
    light = np.zeros((10, 10, 3), np.float32)
    light[:5] = 50.0  # far above 1: half of the picture becomes white
    light[5, :, 2] = 25.0  # BGR: red
    (tmp_path / "sun.hdr").write_bytes(_encode(".hdr", light))
    picture = read_picture(tmp_path / "sun.hdr")
    assert "high dynamic range" in picture.note
    assert (picture.pixels[0] > 250).all()
    red = picture.pixels[5, 0].tolist()
    assert red == pytest.approx([255 * 0.5 ** (1 / 2.2), 0, 0], abs=3)
    assert (picture.pixels[9] == 0).all()


def test_openexr_says_why_it_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENCV_IO_ENABLE_OPENEXR", raising=False)
    (tmp_path / "a.exr").write_bytes(b"v/1\x01" + bytes(200))
    with pytest.raises(StudioError) as caught:
        read_picture(tmp_path / "a.exr")
    assert caught.value.hint


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".tif"])
def test_the_first_of_several_frames_is_taken_and_said(tmp_path: Path, suffix: str) -> None:
    frames = [np.full((16, 16, 3), value, np.uint8) for value in (200, 90)]
    path = tmp_path / f"frames{suffix}"
    if suffix == ".tif":
        done, data = cv2.imencodemulti(suffix, frames)
        assert done
        path.write_bytes(bytes(data))
    else:
        animation = cv2.Animation()
        animation.frames = frames
        animation.durations = np.array([100, 100])
        done, data = cv2.imencodeanimation(suffix, animation)
        assert done
        path.write_bytes(bytes(data))
    picture = read_picture(path)
    assert picture.note == "the first of several frames"
    assert abs(picture.pixels.mean() - 200) < 20  # GIF has few colours
    single = tmp_path / f"single{suffix}"
    single.write_bytes(_encode(suffix, frames[0]))
    assert read_picture(single).note == ""


def test_a_hundred_megapixels_are_read(tmp_path: Path) -> None:
    rows = np.arange(10_000, dtype=np.uint16)[:, None] % 251
    pixels = np.broadcast_to(rows.astype(np.uint8), (10_000, 10_000))
    picture = read_picture_of(tmp_path / "huge.png", pixels)
    assert picture.shape == (10_000, 10_000, 3)
    assert picture[5_000, 9_999].tolist() == [5_000 % 251] * 3


def read_picture_of(path: Path, grey: np.ndarray) -> np.ndarray:
    done, data = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    assert done
    return _read(path, bytes(data))


HEIC = b"\0\0\0\x18ftypheic" + bytes(40)


def test_heic_is_read_where_the_library_is(
    tmp_path: Path, noise: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear = np.dstack((noise, np.full(noise.shape[:2], 255, np.uint8)))
    for pixels in (noise, clear):
        library = SimpleNamespace(open_heif=lambda _, p=pixels, **__: p)
        monkeypatch.setitem(sys.modules, "pillow_heif", library)
        assert np.array_equal(_read(tmp_path / "phone.heic", HEIC), noise)


def test_heic_without_the_library_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(StudioError, match="HEIC") as caught:
        _read(tmp_path / "phone.heic", HEIC)
    assert "pip install pillow-heif" in caught.value.hint


def test_a_damaged_heic_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("bad")

    monkeypatch.setitem(sys.modules, "pillow_heif", SimpleNamespace(open_heif=refuse))
    with pytest.raises(StudioError, match="damaged"):
        _read(tmp_path / "phone.heic", HEIC)
