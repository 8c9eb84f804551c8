"""Weights read by place against ``onnx.numpy_helper.to_array``."""

import os
from collections.abc import Callable
from math import prod
from pathlib import Path

import ml_dtypes
import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from onnx.numpy_helper import to_array

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, WeightPlace
from trtstudio.model.onnx import weights
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.weights import open_weight, read_first, read_weight

NUMERIC = [t for t in TensorProto.DataType.values() if t not in (0, TensorProto.STRING)]
LIGHT = Path(onnx.__file__).parent / "backend/test/data/light"


def write_model(path: Path, *tensors: TensorProto) -> Graph:
    """A model with these weights, as read from its file."""
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([helper.make_node("Op", ["w"], ["y"])], "g", [], [info], tensors)
    path.write_bytes(helper.make_model(graph).SerializeToString())
    return read_onnx(path)


def place_of(graph: Graph, name: str = "w") -> WeightPlace:
    return graph.weights[[t.name for t in graph.tensors].index(name)]


def random_values(data_type: int, shape: tuple[int, ...]) -> np.ndarray:
    """Values of every bit pattern but NaN, of which there are many."""
    dtype = helper.tensor_dtype_to_np_dtype(data_type)
    bits = np.random.default_rng(0).integers(0, 256, prod(shape) * dtype.itemsize, np.uint8)
    if dtype.kind in "fcV":
        return (bits.astype(np.float32)[: prod(shape)] / 64 - 2).astype(dtype).reshape(shape)
    return bits.view(np.uint8).astype(dtype)[: prod(shape)].reshape(shape)


def assert_same(found: np.ndarray, want: np.ndarray) -> None:
    assert (found.dtype, found.shape) == (want.dtype, want.shape)
    np.testing.assert_array_equal(found.astype(complex), want.astype(complex))


@pytest.mark.parametrize("shape", [(3, 5, 7), (), (0,), (1,)], ids=str)
@pytest.mark.parametrize("raw", [True, False], ids=["raw", "typed"])
@pytest.mark.parametrize("data_type", NUMERIC, ids=TensorProto.DataType.Name)
def test_reads_every_dtype(
    tmp_path: Path, data_type: int, raw: bool, shape: tuple[int, ...]
) -> None:
    values = random_values(data_type, shape)
    content = numpy_helper.from_array(values, "w").raw_data if raw else values.reshape(-1)
    tensor = helper.make_tensor("w", data_type, shape, content, raw=raw)
    path = tmp_path / "model.onnx"
    found = read_weight(path, place_of(write_model(path, tensor)))
    assert_same(found, to_array(tensor))


@pytest.mark.parametrize("path", sorted(LIGHT.glob("*.onnx")), ids=lambda path: path.stem)
def test_reads_all_weights_of_real_models(path: Path) -> None:
    graph = read_onnx(path)
    names = {t.name: i for i, t in enumerate(graph.tensors)}
    initializers = onnx.load(path).graph.initializer
    assert len(initializers) <= len(graph.weights)
    for tensor in initializers:
        assert_same(read_weight(path, graph.weights[names[tensor.name]]), to_array(tensor))


@settings(max_examples=60)
@given(values=st.lists(st.integers(-(2**63), 2**63 - 1), max_size=60), block=st.integers(1, 40))
def test_numbers_may_go_on_in_the_next_block(values: list[int], block: int, scratch: Path) -> None:
    tensor = helper.make_tensor("w", TensorProto.INT64, [len(values)], values)
    place = place_of(write_model(scratch, tensor))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weights, "_BLOCK_BYTES", block)
        assert read_weight(scratch, place).tolist() == values


def test_reads_numbers_that_are_not_packed(scratch: Path) -> None:
    tensor = TensorProto(name="w", data_type=TensorProto.INT8, dims=[3]).SerializeToString()
    tensor += b"".join(bytes([5 << 3, n]) for n in (1, 2, 3))
    write_model(scratch)
    piece = bytes([5 << 3 | 2, len(tensor)]) + tensor  # the graph goes on in a second field
    scratch.write_bytes(scratch.read_bytes() + bytes([7 << 3 | 2, len(piece)]) + piece)
    assert read_weight(scratch, place_of(read_onnx(scratch))).tolist() == [1, 2, 3]


def test_reads_the_first_values(tmp_path: Path) -> None:
    values = np.arange(12, dtype=np.float32).reshape(3, 4)
    path = tmp_path / "model.onnx"
    place = place_of(write_model(path, numpy_helper.from_array(values, "w")))
    assert read_weight(path, place, 5).tolist() == [0, 1, 2, 3, 4]
    assert_same(read_weight(path, place, 12), values)
    assert read_weight(path, place, 0).shape == (0,)


def test_reads_constants_and_what_a_body_takes_from_outside(
    dynamic_onnx: Path, dynamic_model: onnx.ModelProto
) -> None:
    graph = read_onnx(dynamic_onnx)
    want = dynamic_model.graph.node[2].attribute[0].t
    assert_same(read_weight(dynamic_onnx, place_of(graph, "table")), to_array(want))


def external_tensor(shape: list[int], **entries: object) -> TensorProto:
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=shape)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in entries.items():
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def test_reads_external_data(tmp_path: Path) -> None:
    values = np.arange(6, dtype=np.float32).reshape(2, 3)
    (tmp_path / "w.bin").write_bytes(b"\xff" * 8 + values.tobytes() + b"\xff" * 8)
    tensor = external_tensor([2, 3], location="w.bin", offset=8, length=24)
    path = tmp_path / "model.onnx"
    place = place_of(write_model(path, tensor))
    assert_same(read_weight(path, place), values)
    (tmp_path / "w.bin").write_bytes(bytes(31))
    with pytest.raises(StudioError, match="fewer values than its shape asks for: 2 x 3"):
        read_weight(path, place)
    (tmp_path / "w.bin").unlink()
    with pytest.raises(StudioError, match=r"keeps the weight w in w\.bin, which cannot be read"):
        read_weight(path, place)


def rewrite(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def touch(path: Path) -> None:
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))


@pytest.mark.parametrize(
    ("change", "words"),
    [(rewrite, "has changed since"), (touch, "has changed since"), (Path.unlink, "does not exist")],
)
def test_says_that_the_file_is_another(
    tmp_path: Path, change: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "model.onnx"
    place = place_of(write_model(path, numpy_helper.from_array(np.zeros(4), "w")))
    change(path)
    with pytest.raises(StudioError, match=words) as error:
        read_weight(path, place)
    assert error.value.hint


def test_says_that_the_file_became_shorter_while_open(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    graph = write_model(path, numpy_helper.from_array(np.zeros(1 << 20, np.uint8), "w"))
    with (
        pytest.raises(StudioError, match="became shorter while it was read"),
        open_weight(path, place_of(graph)) as weight,
    ):
        next(weight.pieces)
        os.truncate(path, 1000)
        list(weight.pieces)


@pytest.mark.parametrize(
    ("tensor", "words"),
    [
        (helper.make_tensor("w", TensorProto.STRING, [1], [b"a"]), "holds text"),
        (TensorProto(name="w", data_type=99, dims=[1], raw_data=b"a"), "unknown dtype"),
        (TensorProto(name="w", data_type=1, dims=[2], raw_data=bytes(7)), "fewer values"),
        (TensorProto(name="w", data_type=7, dims=[3], int64_data=[1, 2]), "fewer values"),
        (TensorProto(name="w", data_type=1, dims=[2**63 - 1] * 9), "fewer values"),
        (TensorProto(name="w", data_type=3, dims=[2**40], int32_data=[1]), "fewer values"),
        (TensorProto(name="w", data_type=7, dims=[4], int64_data=[300, 300]), "fewer values"),
    ],
    ids=range(7),
)
def test_refuses_in_words(tmp_path: Path, tensor: TensorProto, words: str) -> None:
    path = tmp_path / "model.onnx"
    graph = write_model(path, tensor)
    with pytest.raises(StudioError, match=words) as error:
        read_weight(path, place_of(graph))
    assert error.value.hint


def test_more_dimensions_than_numpy_has(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    graph = write_model(path, TensorProto(name="w", data_type=1, dims=[1] * 100, raw_data=bytes(4)))
    assert read_weight(path, place_of(graph)).tolist() == [0.0]


@settings(max_examples=300)
@given(data=st.data())
def test_damage_is_an_error_or_values(data: st.DataObject, scratch: Path) -> None:
    data_type = data.draw(st.sampled_from(NUMERIC))
    values = random_values(data_type, (3, 2)).reshape(-1)
    tensors = [
        helper.make_tensor("w", data_type, [3, 2], values),
        numpy_helper.from_array(values, "v"),
    ]
    graph = write_model(scratch, *tensors)
    place = graph.weights[data.draw(st.sampled_from(sorted(graph.weights)))]
    whole, status = bytearray(scratch.read_bytes()), scratch.stat()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(place.start, place.end - 1))
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
    scratch.write_bytes(whole)
    os.utime(scratch, ns=(0, status.st_mtime_ns))
    try:
        read = read_weight(scratch, place)
    except StudioError as error:
        assert error.message
    else:
        assert read.size < 1000


def test_sparse_weights_give_what_they_store(tmp_path: Path) -> None:
    values = numpy_helper.from_array(np.array([1, 2], np.float32), "w")
    indices = numpy_helper.from_array(np.array([3, 7]))
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, [4, 4])
    node = helper.make_node("Relu", ["w"], ["y"])
    sparse = [helper.make_sparse_tensor(values, indices, [4, 4])]
    graph = helper.make_graph([node], "g", [], [info], sparse_initializer=sparse)
    path = tmp_path / "model.onnx"
    path.write_bytes(helper.make_model(graph).SerializeToString())
    assert read_weight(path, place_of(read_onnx(path))).tolist() == [1, 2]


def test_bfloat16_is_bfloat16(tmp_path: Path) -> None:
    values = np.array([1.5, -2], ml_dtypes.bfloat16)
    path = tmp_path / "model.onnx"
    graph = write_model(path, numpy_helper.from_array(values, "w"))
    assert_same(read_weight(path, place_of(graph)), values)


@pytest.mark.parametrize("data_type", [TensorProto.FLOAT, TensorProto.INT8, TensorProto.INT4])
def test_a_sample_is_from_all_over_the_weight(data_type: int, tmp_path: Path) -> None:
    values = np.repeat(np.arange(-8, 8), 20_000)
    tensor = helper.make_tensor("w", data_type, values.shape, values)
    if data_type == TensorProto.FLOAT:  # raw; the others are varints
        tensor = numpy_helper.from_array(values.astype(np.float32), "w")
    place = place_of(write_model(tmp_path / "net.onnx", tensor))
    with open_weight(tmp_path / "net.onnx", place, 20_000) as weight:
        found = np.concatenate(list(weight.pieces)).astype(int)
    assert 0 < len(found) <= 20_000
    if tensor.raw_data:
        assert set(found) == set(values)
        assert np.all(np.diff(found) >= 0)
    else:
        assert np.array_equal(found, values[:20_000])


@settings(max_examples=40)
@given(count=st.integers(200, 9000), most=st.integers(1, 4000), item=st.sampled_from("bhfd"))
def test_samples_are_values_of_the_weight(count: int, most: int, item: str, scratch: Path) -> None:
    values = np.arange(count).astype(item)
    place = place_of(write_model(scratch, numpy_helper.from_array(values, "w")))
    with open_weight(scratch, place, most) as weight:
        found = np.concatenate(list(weight.pieces))
    if count <= 2 * most:
        assert np.array_equal(found, values)
    else:
        assert np.all(np.isin(found, values)) and len(found)


@pytest.mark.parametrize(
    ("shape", "limit", "first"),
    [
        ((6, 5), 30, (6, 5)),
        ((6, 5), 29, (5, 5)),
        ((6, 5), 5, (1, 5)),
        ((6, 5), 4, (4,)),
        ((30,), 7, (7,)),
        ((0, 5), 4, (0, 5)),
        ((), 1, ()),
    ],
)
def test_the_first_along_the_first_axis(
    shape: tuple[int, ...], limit: int, first: tuple[int, ...], tmp_path: Path
) -> None:
    values = np.arange(prod(shape), dtype=np.float32).reshape(shape)
    place = place_of(write_model(tmp_path / "net.onnx", numpy_helper.from_array(values, "w")))
    found, whole = read_first(tmp_path / "net.onnx", place, limit)
    assert (found.shape, whole) == (first, shape)
    assert np.array_equal(found.reshape(-1), values.reshape(-1)[: found.size])
