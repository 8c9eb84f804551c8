"""Models with other input shapes than they declare."""

from collections.abc import Callable
from pathlib import Path

import onnx
import pytest

from trtstudio.engine.build.reshaping import reshaped
from trtstudio.model.errors import StudioError

MakeModel = Callable[..., Path]


def test_sizes_are_replaced_and_symbols_stay(make_model: MakeModel) -> None:
    path = make_model(external=True)
    model = onnx.load_from_string(reshaped(path, {"x": (-1, 3, 32, -1)}))
    dims = model.graph.input[0].type.tensor_type.shape.dim
    assert [dim.dim_param or dim.dim_value for dim in dims] == ["N", 3, 32, "W"]
    assert not model.graph.output[0].type.tensor_type.HasField("shape")
    original = onnx.load(path, load_external_data=False)
    assert model.graph.node == original.graph.node
    assert model.graph.initializer == original.graph.initializer  # still outside


@pytest.mark.parametrize("shapes", [{"z": (1, 3, 32, 32)}, {"x": (1, 3)}])
def test_what_does_not_fit_is_refused(
    make_model: MakeModel, shapes: dict[str, tuple[int, ...]]
) -> None:
    with pytest.raises(StudioError, match="has no input") as caught:
        reshaped(make_model(), shapes)
    assert caught.value.hint


def test_no_model(tmp_path: Path) -> None:
    path = tmp_path / "a.onnx"
    path.write_bytes(b"\xff\xff")
    with pytest.raises(StudioError, match=r"a\.onnx"):
        reshaped(path, {})
