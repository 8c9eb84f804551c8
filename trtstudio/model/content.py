"""What a file is by its first bytes, and the errors for what is no model. Safe in any thread."""

from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.files import open_file, unreadable

HEAD_BYTES = 512
PLAN_MAGIC = (b"ftrt", b"vtrt", b"ptrt")

_PICTURE = "Open an ONNX model or a TensorRT plan first, then drop the picture on it."
_EXPORT = "Export it to ONNX where it was made, and open the .onnx file."
_UNPACK = "Unpack it and open the .onnx file or the plan inside."
_MODEL = "Open an ONNX model (.onnx) or a TensorRT plan (.plan, .engine, .trt)."
_LFS = "Run 'git lfs pull' in the folder that it came from, then open it again."

_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG\r\n", "a PNG picture", _PICTURE),
    (0, b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (0, b"BM", "a BMP picture", _PICTURE),
    (0, b"GIF8", "a GIF picture", _PICTURE),
    (8, b"WEBP", "a WebP picture", _PICTURE),
    (0, b"II*\0", "a TIFF picture", _PICTURE),
    (0, b"MM\0*", "a TIFF picture", _PICTURE),
    (0, b"version https://git-lfs", "a Git LFS pointer, which stands for the file itself", _LFS),
    (0, b"PK\x03\x04", "a ZIP archive (a PyTorch checkpoint or NumPy arrays, perhaps)", _EXPORT),
    (0, b"\x1f\x8b", "a gzip archive", _UNPACK),
    (0, b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (0, b"%PDF", "a PDF document", _MODEL),
    (0, b"\x7fELF", "a program or a shared library", _MODEL),
    (0, b"\x89HDF", "an HDF5 file (a Keras model, perhaps)", _EXPORT),
    (0, b"GGUF", "a GGUF model", _EXPORT),
    (0, b"\x93NUMPY", "a NumPy array", "Open a model first, then drop the array on it."),
    (4, b"TFL3", "a TensorFlow Lite model", _EXPORT),
    (4, b"ORTM", "a model in ONNX Runtime's own format", _EXPORT),
    (8, b'{"', "a safetensors file, which holds weights without a graph", _EXPORT),
)


def read_head(path: Path) -> bytes:
    """The file's first bytes. Raises StudioError where there is no file, or nothing in it."""
    try:
        with open_file(path) as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise unreadable(path, error) from error
    if not head:
        raise StudioError(
            f"{path.name} is empty.",
            hint="The download or export that made it did not finish; make it again.",
        )
    return head


def refuse_foreign(name: str, head: bytes) -> None:
    """Raise StudioError where a file that starts with ``head`` is known to be no model."""
    for offset, magic, what, hint in _MAGIC:
        if head.startswith(magic, offset):
            raise StudioError(f"{name} is {what}, not a model.", hint=hint)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        raise StudioError(
            f"{name} is a web page, not a model.",
            hint="The server answered with a page instead of the file; download the file itself.",
        )
    if _is_text(head):
        raise StudioError(f"{name} is a text file, not a model.", hint=_MODEL)


def is_plan(head: bytes) -> bool:
    """Whether a file that starts with ``head`` is a TensorRT plan, perhaps behind a JSON prefix."""
    return head[:4] in PLAN_MAGIC or (head[3:5] == b"\0{" and head[5:6] in b'"} \r\n')


def not_a_model(name: str, details: str = "") -> StudioError:
    """The error for a file that is nothing that this program knows."""
    return StudioError(
        f"{name} is neither an ONNX model nor a TensorRT plan.", hint=_MODEL, details=details
    )


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # The last character may be cut off at the end of the head.
    text = head.decode("utf-8", "ignore")
    whole = len(text.encode()) >= len(head) - 3
    return whole and all(c.isprintable() or c in "\t\n\r\f" for c in text)
