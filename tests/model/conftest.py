"""Small models and plans that every test of ``model`` may open."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.profile_text import parse_profile
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.measure.bench import COLUMNS, BenchResult, ClockSample, Samples
from trtstudio.model.measure.latency import summarize
from trtstudio.model.onnx.file import read_onnx

ONE = "1x3x224x224"

# The first bytes of real plans, built by TensorRT-RTX 1.7.1.116 and 1.4.0.76 for SM86, by 1.5.0.114
# and 1.6.1.120 for SM86 and SM120.
RTX_17_HEAD = bytes.fromhex(
    "767472740000000002000000000000009c840700000000000107017476747274"
    "040000000000000000000000000000000000000000000000604e010000000000"
    "4e474e45000000007000000000000000c7350600000000005448475700000000"
    "3836060000000000604e0100000000007074727464000000b335060000000000"
)
RTX_14_HEAD = bytes.fromhex(
    "7674727400000000020000000000000004700700000000000104004c76747274"
    "04000000000000000000000000000000dc32000000000000604e010000000000"
    "4e474e450000000070000000000000002f210600000000005448475700000000"
    "a021060000000000604e010000000000707472745e0000001b21060000000000"
)
RTX_15_HEAD = bytes.fromhex(
    "76747274000000000200000000000000dcfe1500000000000105007276747274"
    "140000000000000000000000000000003a2f0000000000000027000000000000"
    "4e474e4500000000700000000000000065d71500000000005448475700000000"
    "d8d71500000000000027000000000000707472745e00000051d7150000000000"
)
RTX_16_HEAD = bytes.fromhex(
    "767472740000000002000000000000001c751a00000000000106017876747274"
    "140000000000000000000000000000003a2f0000000000000027000000000000"
    "4e474e45000000007000000000000000a54d1a00000000005448475700000000"
    "184e1a000000000000270000000000007074727462000000914d1a0000000000"
)
RTX_HEADS = {"1.4": RTX_14_HEAD, "1.5": RTX_15_HEAD, "1.6": RTX_16_HEAD, "1.7": RTX_17_HEAD}


@pytest.fixture(scope="session")
def rtx_heads() -> dict[str, bytes]:
    """The headers of real plans by the release that built them."""
    return RTX_HEADS


@pytest.fixture(scope="session")
def rtx_17_head() -> bytes:
    """The header of a real plan: SM86, TensorRT-RTX 1.7.1.116."""
    return RTX_17_HEAD


@pytest.fixture(scope="session")
def build_logs() -> dict[str, str]:
    """What real builds logged: 1.7 of several dtypes, 1.4 of a dynamic batch; 1.5 and 1.6 of two
    profiles, and names that hold brackets.
    """
    folder = Path(__file__).parent / "data"
    return {v: (folder / f"build_log_rtx_{v}.txt").read_text("utf-8") for v in RTX_HEADS}


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file for hypothesis to write over and over."""
    return tmp_path_factory.mktemp("fuzz") / "file.bin"


@pytest.fixture(scope="session")
def dynamic_model() -> onnx.ModelProto:
    """Symbols and a nameless size, many kinds of attribute, an absent input, an If."""
    float_info = helper.make_tensor_value_info
    body = helper.make_graph(
        [helper.make_node("Identity", ["a"], ["then"])],
        "body",
        [],
        [float_info("then", TensorProto.FLOAT, None)],
    )
    table = numpy_helper.from_array(np.arange(12, dtype=np.float32).reshape(3, 4))
    nodes = [
        helper.make_node("Conv", ["x:0", "w/1"], ["a"], name="conv", pads=[1, 1, 1, 1], alpha=0.1),
        helper.make_node("Resize", ["a", "", "scales"], ["b"], mode="nearest"),
        helper.make_node("Constant", [], ["table"], name="table", value=table),
        helper.make_node("Constant", [], ["two"], value=numpy_helper.from_array(np.int64(2))),
        helper.make_node("If", ["flag"], ["c"], then_branch=body, else_branch=body),
        helper.make_node(
            "Gelu", ["b"], ["y"], name="gelu", domain="com.microsoft", names=["p", "q"]
        ),
    ]
    graph = helper.make_graph(
        nodes,
        "net",
        [
            float_info("x:0", TensorProto.FLOAT, ["N", 3, "H", "W"]),
            float_info("flag", TensorProto.BOOL, []),
            float_info("w/1", TensorProto.FLOAT, [8, 3, 3, 3]),
        ],
        [
            float_info("y", TensorProto.FLOAT, ["N", 8, None, "W"]),
            float_info("c", TensorProto.FLOAT16, None),
        ],
        [
            numpy_helper.from_array(np.zeros((8, 3, 3, 3), np.float32), "w/1"),
            numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), "scales"),
        ],
        value_info=[float_info("a", TensorProto.FLOAT, ["N", 8, "H", "W"])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="tests")
    helper.set_model_props(model, {"names": '{"0": "cat"}', "作者": "某人"})
    return model


@pytest.fixture
def dynamic_onnx(tmp_path: Path, dynamic_model: onnx.ModelProto) -> Path:
    """``dynamic_model`` in a file whose path has spaces and is not ASCII."""
    folder = tmp_path / "my models 模型"
    folder.mkdir()
    path = folder / "net é.onnx"
    path.write_bytes(dynamic_model.SerializeToString())
    return path


@pytest.fixture
def make_plan(tmp_path: Path) -> Callable[..., Path]:
    """Writes a plan with a real header and as many bytes as that states, most of them a hole."""

    def make(head: bytes = RTX_17_HEAD, *, prefix: bytes = b"", missing_bytes: int = 0) -> Path:
        path = tmp_path / "net.plan"
        size = int.from_bytes(head[16:24], "little")
        path.write_bytes(prefix + head)
        with path.open("r+b") as file:
            file.truncate(len(prefix) + size - missing_bytes)
        return path

    return make


# ---------------------------------------------------------------- what TensorRT makes of the sample


@pytest.fixture(scope="session")
def sample_graph(sample_model: Path) -> Graph:
    """The sample as written."""
    return read_onnx(sample_model)


@pytest.fixture(scope="session")
def sample_network(sample_model: Path) -> Graph:
    """The sample as TensorRT parses it."""
    from trtstudio.engine.build.network import read_network

    _require_tensorrt()
    return read_network(sample_model)


@pytest.fixture(scope="session")
def build_engine(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Graph]:
    """Builds a model for a GPU that need not be here, and answers its kernels."""
    from trtstudio.engine.build.build import build

    def build_engine(model: Path, precision: str = "keep", profiles: Sequence[str] = ()) -> Graph:
        _require_tensorrt()
        request = BuildRequest(
            model=str(model),
            plan=str(tmp_path_factory.mktemp("plans") / "net.plan"),
            profiles=tuple(map(parse_profile, ([text] for text in profiles))),
            precision=precision,
            targets=("sm_86",),
        )
        result = build(
            request, on_progress=lambda _: None, on_log=lambda _: None, cancelled=lambda: False
        )
        assert result.engine is not None
        return result.engine

    return build_engine


@pytest.fixture(scope="session")
def engine_fp32(sample_model: Path, build_engine: Callable[..., Graph]) -> Graph:
    """The sample's engine, for one picture."""
    return build_engine(sample_model, profiles=[f"images={ONE},{ONE},{ONE}"])


@pytest.fixture(scope="session")
def engine_fp16(sample_model: Path, build_engine: Callable[..., Graph]) -> Graph:
    """The same in FP16, which is done by converting the model."""
    return build_engine(sample_model, "fp16", [f"images={ONE},{ONE},{ONE}"])


@pytest.fixture(scope="session")
def engine_of_two_profiles(sample_model: Path, build_engine: Callable[..., Graph]) -> Graph:
    """The sample's engine for one picture, and for up to eight."""
    one, many = f"images={ONE},{ONE},{ONE}", "images=2x3x224x224,4x3x224x224,8x3x224x224"
    return build_engine(sample_model, profiles=[one, many])


@pytest.fixture(scope="session")
def quantized_model(sample_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with Q/DQ nodes, as ONNX Runtime quantizes it."""
    from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static

    class OneRandomPicture(CalibrationDataReader):
        def __init__(self) -> None:
            pixels = np.random.default_rng(0).normal(size=(1, 3, 224, 224)).astype(np.float32)
            self._feeds = iter([{"images": pixels}])

        def get_next(self) -> dict[str, np.ndarray] | None:
            return next(self._feeds, None)

    path = tmp_path_factory.mktemp("models") / "quantized.onnx"
    quantize_static(
        sample_model,
        path,
        OneRandomPicture(),
        activation_type=QuantType.QInt8,
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"ActivationSymmetric": True, "QuantizeBias": False},
    )
    return path


@pytest.fixture(scope="session")
def engine_int8(quantized_model: Path, build_engine: Callable[..., Graph]) -> Graph:
    """The engine of the quantized sample."""
    return build_engine(quantized_model, profiles=[f"images={ONE},{ONE},{ONE}"])


def _require_tensorrt() -> None:
    from trtstudio.engine.runtime import is_rtx, load

    try:
        if is_rtx(load()):
            return
    except StudioError as error:
        pytest.skip(error.message)
    pytest.skip("this TensorRT cannot build for another GPU")


# --------------------------------------------------------------------------------------- benchmarks


@pytest.fixture
def measured() -> Callable[..., BenchResult]:
    """Makes a benchmark's result of these latencies in ms, one after another."""

    def make(latencies_ms: Sequence[float], batch: int = 1, **changes: Any) -> BenchResult:
        times = np.array(latencies_ms, np.float32)
        table = np.zeros((len(times), len(COLUMNS)), np.float32)
        table[:, COLUMNS.index("latency_ms")] = times
        table[:, COLUMNS.index("gpu_ms")] = times / 2
        table[:, COLUMNS.index("end_s")] = np.cumsum(times) / 1000
        found = BenchResult(
            runtime="TensorRT 11",
            device="GPU",
            iterations=len(times),
            throughput_qps=len(times) / (float(times.sum()) or 1.0) * 1000,
            latency_ms=summarize(times),
            gpu_ms=summarize(times / 2),
            h2d_ms=None,
            d2h_ms=None,
            enqueue_ms=None,
            shapes={"x": (batch, 3)},
            samples=Samples(table),
            clocks=(ClockSample(0.0, 1980), ClockSample(0.1, 1755, throttle=("power cap",))),
            seconds=float(times.sum()) / 1000,
        )
        return replace(found, **changes)

    return make


@pytest.fixture(params=[False, True], ids=["inside", "external"])
def odd_weights_model(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Weights with NaN and beyond FP16's range, in the file or beside it."""
    weights = {
        "fine": [1, -65504, np.inf],
        "nan": [np.nan, 1, np.nan],
        "large": [65505, -70000, 1e38],
        "both": [np.nan, 1e5, 0],
    }
    arrays = {name: np.array(values, np.float32) for name, values in weights.items()}
    arrays["whole"] = np.array([1 << 40, 0, 0])
    nodes = [
        helper.make_node("Cast", ["whole"], ["f"], to=TensorProto.FLOAT),
        helper.make_node("Sum", ["x", "f", *weights], ["y"]),
    ]
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [3]) for name in "xy"]
    initializers = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    graph = helper.make_graph(nodes, "g", values[:1], values[1:], initializers)
    path = tmp_path / "m.onnx"
    onnx.save(
        helper.make_model(graph),
        path,
        save_as_external_data=request.param,
        size_threshold=0,
        location="m.bin",
    )
    return path
