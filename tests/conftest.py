"""Fixtures for all tests: real models and pictures, and which tests a machine can run."""

import os
import shutil
import signal
import struct
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says something about the machine only.
settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # tests ask ONNX Runtime for answers themselves

# A shell has what it runs in the background ignore Control-C, and so would processes of ours.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
# Processes that tests start find the package too, installed or not.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
SHARED_SAMPLES = ROOT.parent / "shared" / "samples"


@cache
def gpu_problem() -> str:
    """Why tests that need a GPU cannot run here, or nothing."""
    if not shutil.which("nvidia-smi") and not Path("/proc/driver/nvidia").exists():
        return "no NVIDIA GPU on this machine"
    from cuda.bindings import runtime

    error, count = runtime.cudaGetDeviceCount()
    return "" if not int(error) and count else f"the CUDA driver does not answer ({error})"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if any("gpu" in item.keywords for item in items) and (problem := gpu_problem()):
        for item in items:
            if "gpu" in item.keywords:
                item.add_marker(pytest.mark.skip(reason=problem))


@pytest.fixture(scope="session")
def sample_model() -> Path:
    """The bundled classifier."""
    from trtstudio import assets

    return assets.SAMPLE_MODEL


@pytest.fixture(scope="session")
def sample_pictures() -> tuple[Path, ...]:
    """The bundled pictures."""
    from trtstudio import assets

    return assets.sample_pictures()


@pytest.fixture(scope="session")
def yolox_model() -> Path:
    """A real detector, where it is at hand."""
    path = SHARED_SAMPLES / "yolox_nano.onnx"
    if not path.exists():
        pytest.skip("shared/samples/yolox_nano.onnx is not here")
    return path


@pytest.fixture(scope="session")
def light_models() -> tuple[Path, ...]:
    """The nine real structures with constant weights that the onnx package brings along."""
    import onnx

    folder = Path(onnx.__file__).parent / "backend" / "test" / "data" / "light"
    models = tuple(sorted(folder.glob("light_*.onnx")))
    assert len(models) == 9
    return models


@pytest.fixture(scope="session")
def bad_files(
    sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder of what nobody can use, each file named after what is wrong with it."""
    folder = tmp_path_factory.mktemp("bad") / "坏 files é"
    folder.mkdir()
    for name, content in {
        "text.onnx": b"hello, I am no model\n",
        "picture.onnx": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "empty.onnx": b"",
        "cut.onnx": sample_model.read_bytes()[:100_000],
        "release.plan": _rtx_plan((1, 4, 0, 76)),
        "product.plan": _plan(b"ftrt", (10, 15, 1, 29), b"rtrt"),
        "cut.plan": _rtx_plan((1, 7, 1, 116))[:-1],
        "header.plan": b"vtrt\0\0",
        "text.jpg": b"hello, I am no picture\n",
        "cut.jpg": sample_pictures[0].read_bytes()[:5000],
    }.items():
        (folder / name).write_bytes(content)
    _save_unusable_models(folder)
    return folder


def _rtx_plan(version: tuple[int, ...]) -> bytes:
    """A plan of TensorRT-RTX for sm_86, laid out as the real ones are."""
    return _plan(b"vtrt", version, b"vtrt" + struct.pack("<I28x", 4))


def _plan(magic: bytes, version: tuple[int, ...], rest: bytes) -> bytes:
    """A header with one section of 100 bytes behind it."""
    begin = 28 + len(rest) + 24
    head = struct.pack("<4sIQQ4B", magic, 0, 1, begin + 100, *version)
    return head + rest + struct.pack("<4s4xQQ", b"NGNE", begin, 100) + bytes(100)


def _save_unusable_models(folder: Path) -> None:
    """Whole ONNX files with something that they need missing, here or in TensorRT."""
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    def save(name: str, nodes: list[onnx.NodeProto], shape: list[int] | None) -> None:
        given, gives = (
            [helper.make_tensor_value_info(end, TensorProto.FLOAT, shape)] for end in ("x", "y")
        )
        weight = numpy_helper.from_array(np.ones((4, 4), np.float32), "w")
        graph = helper.make_graph(nodes, "bad", given, gives, [weight])
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.example", 1)]
        model = helper.make_model(graph, ir_version=8, opset_imports=opsets)
        beside = {"save_as_external_data": True, "location": "w.bin", "size_threshold": 0}
        onnx.save(model, folder / name, **(beside if name == "weights.onnx" else {}))

    save("weights.onnx", [helper.make_node("MatMul", ["x", "w"], ["y"], name="product")], [1, 4])
    (folder / "w.bin").rename(folder / "w.bin.elsewhere")
    swish = [
        helper.make_node("Swish2", [given], [gives], name=f"swish_{gives}", domain="com.example")
        for given, gives in (("x", "a"), ("a", "b"))
    ]
    dice = helper.make_node("Bernoulli", ["b"], ["y"], name="dice")
    save("operators.onnx", [*swish, dice], [1, 4])
    save("rank.onnx", [helper.make_node("Relu", ["x"], ["y"])], None)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no small file system can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def _settle(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, caches and histories never touch the user's own."""
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True, scope="session")
def _folders_of_what_many_tests_share(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        _settle(tmp_path_factory.mktemp("home"), monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    _settle(tmp_path_factory.mktemp("home"), monkeypatch)


@pytest.fixture(scope="session")
def text_models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A detector for which all that is dark is text, and a reader for which what is red says ``a``
    and what is blue ``b``.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    folder = tmp_path_factory.mktemp("text")
    weights = {
        "gain": np.float32([-8]),
        "bias": np.float32([-2]),
        # Of blue, green and red: the blank is white, a is red, b is blue.
        "w": np.float32([[2, 2, 2], [-6, 0, 6], [6, 0, -6]]).reshape(3, 3, 1, 1),
        "sure": np.float32([1, 0, 0]),  # grey is blank too
        "two": np.int64([2]),
    }
    detector = [
        helper.make_node("ReduceMean", ["x"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("Mul", ["mean", "gain"], ["dark"]),
        helper.make_node("Add", ["dark", "bias"], ["logit"]),
        helper.make_node("Sigmoid", ["logit"], ["sigmoid_0.tmp_0"]),
    ]
    pool = {"kernel_shape": [48, 8], "strides": [48, 8]}
    reader = [
        helper.make_node("AveragePool", ["x"], ["steps"], **pool),
        helper.make_node("Conv", ["steps", "w", "sure"], ["scores"]),
        helper.make_node("Squeeze", ["scores", "two"], ["flat"]),
        helper.make_node("Transpose", ["flat"], ["turned"], perm=[0, 2, 1]),
        helper.make_node("Softmax", ["turned"], ["y"], axis=2),
    ]
    paths = []
    for name, nodes, shapes, used, characters in (
        ("finds", detector, (["N", 3, "H", "W"], ["N", 1, "H", "W"]), ("gain", "bias"), ""),
        ("reads", reader, (["N", 3, 48, "W"], ["N", "T", 3]), ("w", "sure", "two"), "a\nb"),
    ):
        kinds = [
            helper.make_tensor_value_info(tensor, TensorProto.FLOAT, shape)
            for tensor, shape in zip(("x", nodes[-1].output[0]), shapes, strict=True)
        ]
        kept = [numpy_helper.from_array(weights[key], key) for key in used]
        graph = helper.make_graph(nodes, name, kinds[:1], kinds[1:], kept)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        if characters:
            helper.set_model_props(model, {"character": characters})
        paths.append(folder / f"{name}.onnx")
        onnx.save(model, paths[-1])
    return paths[0], paths[1]


@pytest.fixture(scope="session")
def text_picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A red and below it a blue bar on white; PP-OCR's preprocessing pads nothing."""
    import cv2

    pixels = np.full((240, 460, 3), 255, np.uint8)
    pixels[30:55, 40:200] = (0, 0, 255)
    pixels[100:125, 60:260] = (255, 0, 0)
    path = tmp_path_factory.mktemp("page") / "page.png"
    cv2.imwrite(str(path), pixels)
    return path


@pytest.fixture(scope="session")
def embedding_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The colours of sixteen parts of a picture as its embedding."""
    import onnx
    from onnx import TensorProto, helper

    nodes = [
        helper.make_node("AveragePool", ["x"], ["parts"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Flatten", ["parts"], ["embedding"]),
    ]
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 32, 32])
    gives = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, 48])
    graph = helper.make_graph(nodes, "embeds", [given], [gives])
    path = tmp_path_factory.mktemp("embedding") / "embeds.onnx"
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)
    return path


@pytest.fixture(scope="session")
def scaler(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """y = x * scale + k=0, of any number of rows of 3; ``k=0`` is an input with such a name."""
    import onnx
    from onnx import TensorProto, helper

    shapes = {"x": ["n", 3], "scale": [], "k=0": [3], "y": ["n", 3]}
    values = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items()]
    nodes = [
        helper.make_node("Mul", ["x", "scale"], ["scaled"], name="scaled"),
        helper.make_node("Add", ["scaled", "k=0"], ["y"], name="shifted"),
    ]
    graph = helper.make_graph(nodes, "scaler", values[:3], values[3:])
    path = tmp_path_factory.mktemp("scaler") / "scaler.onnx"
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)
    return path
