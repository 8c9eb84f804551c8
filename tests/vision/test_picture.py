import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.vision.picture import find_pictures, read_picture, write_picture


def _encode(suffix: str, bgr: np.ndarray) -> bytes:
    done, data = cv2.imencode(suffix, bgr)
    assert done
    return bytes(data)


def _read(path: Path, data: bytes) -> np.ndarray:
    path.write_bytes(data)
    return read_picture(path).pixels


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _exif(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"


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


def test_exif_turns_a_jpeg(tmp_path: Path, noise: np.ndarray) -> None:
    data = _encode(".jpg", noise[..., ::-1])
    body = b"Exif\0\0" + _exif(6)
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    plain = _read(tmp_path / "plain.jpg", data)
    turned = _read(tmp_path / "turned.jpg", data[:2] + segment + data[2:])
    assert np.array_equal(turned, np.rot90(plain, -1))


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
    for path in (tmp_path / "missing.png", tmp_path):
        with pytest.raises(StudioError, match="cannot be read"):
            read_picture(path)


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
