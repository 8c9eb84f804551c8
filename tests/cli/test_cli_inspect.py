"""``trtstudio inspect`` of a plan's inputs and outputs, and of shapes that a file leaves open."""

import json
from pathlib import Path

import onnx
import pytest

from trtstudio.cli import main
from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.formats import read
from trtstudio.model.graph import Graph, Layer, ShapeRange, Tensor
from trtstudio.model.plan.record import BuildRecord, write_record

HEAD = bytes.fromhex(  # of a plan by TensorRT-RTX 1.7.1.116
    "767472740000000002000000000000009c840700000000000107017476747274"
    "040000000000000000000000000000000000000000000000604e010000000000"
    "4e474e45000000007000000000000000c7350600000000005448475700000000"
    "3836060000000000604e0100000000007074727464000000b335060000000000"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of two profiles with the record of its build."""
    path = tmp_path / "net.plan"
    path.write_bytes(HEAD)
    with path.open("r+b") as file:
        file.truncate(int.from_bytes(HEAD[16:24], "little"))
    x = Tensor("x", "float16", (-1, 3), "input", "DEVICE", "Row major linear FP16 format")
    y = Tensor("y", "float32", (-1, 5), "output", "HOST")
    profiles = (
        {"x": ShapeRange((1, 3), (2, 3), (4, 3))},
        {"x": ShapeRange((8, 3), (8, 3), (16, 3)), "n": ShapeRange((1,), (2,), (3,), values=True)},
    )
    engine = Graph("engine", "net", [Layer(0, "k", "kgen", (0,), (1,))], [x, y], (0,), (1,))
    result = BuildResult(str(path), 0, "", "", 0.0, (), profiles, {}, engine)
    write_record(BuildRecord(BuildRequest("net.onnx", str(path)), result, ""))
    return path


@pytest.fixture
def bare_sample(sample_model: Path, tmp_path: Path) -> Path:
    model = onnx.load(sample_model)
    del model.graph.value_info[:]
    onnx.save(model, tmp_path / "bare.onnx")
    return tmp_path / "bare.onnx"


def test_the_inputs_and_outputs_of_a_plan(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(plan)]) == 0
    rows = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "input x float16 ? x 3 device Row major linear FP16 format" in rows
    assert "output y float32 ? x 5 host" in rows
    assert "0 x 1 x 3 2 x 3 4 x 3" in rows
    assert "1 x 8 x 3 8 x 3 16 x 3" in rows
    assert "1 n 1 2 3" in rows


def test_the_same_as_json(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "--json", str(plan)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["inputs"] == [
        {
            "name": "x",
            "dtype": "float16",
            "shape": [-1, 3],
            "location": "DEVICE",
            "format": "Row major linear FP16 format",
        }
    ]
    assert told["outputs"][0]["location"] == "HOST"
    first, second = told["profiles"]
    assert {k: first["x"][k] for k in ("min", "opt", "max")} == {
        "min": [1, 3],
        "opt": [2, 3],
        "max": [4, 3],
    }
    assert second["n"]["values"] is True


def test_shapes_that_the_file_leaves_open(
    bare_sample: Path, sample_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = read(sample_model).graph
    assert wanted is not None
    assert main(["inspect", "--json", "--costs", str(bare_sample)]) == 0
    told = json.loads(capsys.readouterr().out)
    first = told["layers"][0]["outputs"][0]
    assert first["inferred"] is True
    assert first["shape"] == ["N", 32, 112, 112]
    assert "inferred" not in told["inputs"][0]
    assert main(["inspect", "--json", "--costs", str(sample_model)]) == 0
    stated = json.loads(capsys.readouterr().out)
    assert told["costs"] == stated["costs"]


def test_what_cannot_be_inferred_is_a_warning(
    bare_sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = onnx.load(bare_sample)
    del model.opset_import[:]
    bare_sample.write_bytes(model.SerializeToString())
    assert main(["inspect", str(bare_sample)]) == 0
    said = capsys.readouterr()
    assert "warning: onnx cannot infer the shapes of bare.onnx." in said.err
    assert "94 layers" in said.out
