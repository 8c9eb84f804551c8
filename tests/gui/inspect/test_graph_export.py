"""Rows as text, CSV and JSON, read back by Python's own readers."""

import csv
import io
import json
from pathlib import Path

import pytest

from trtstudio.gui.inspect.graph_export import Excerpt, ExportFormat, export, save
from trtstudio.gui.rows.graph_rows import FIRST_LAYER, INPUTS, OUTPUTS, Column, GraphRows, Place
from trtstudio.gui.rows.outline import TOP
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.network_text import network_text

COLUMNS = {Column.PLACE: "#", Column.NAME: "Name", Column.SHAPE: "Shape"}


def graph() -> Graph:
    tensors = [
        Tensor('in,"put', "float32", ("N", 3), "input"),
        Tensor("hidden\nname", "float16", (2,)),
        Tensor("y", "", None, "output"),
    ]
    body = Graph("onnx", "body", [Layer(0, "inner", "Abs", (), (0,))], [Tensor("i")], (), (0,))
    layers = [
        Layer(0, "first", "Conv", (0, None), (1,), {"pads": [1, 1], "bad": float("nan")}),
        Layer(1, "loop", "Loop", (1,), (2,), {}, ("loop",), (body,)),
    ]
    return Graph("onnx", "g", layers, tensors, (0,), (2,))


def made(kind: ExportFormat, *places: Place) -> str:
    return export(Excerpt(GraphRows(graph()), places, COLUMNS), kind)


def test_text_is_one_line_a_row() -> None:
    text = made("text", (FIRST_LAYER, TOP), (FIRST_LAYER, 2), (FIRST_LAYER + 1, TOP))
    assert text == "0\tfirst\t2\nOut 0\thidden name\t2\n1\tloop"


def test_csv_is_read_back() -> None:
    text = made("csv", (INPUTS, 0), (FIRST_LAYER, TOP), (FIRST_LAYER, 2))
    assert list(csv.reader(io.StringIO(text))) == [
        ["#", "Name", "Shape"],
        ["In 0", 'in,"put', "N x 3"],
        ["0", "first", "2"],
        ["Out 0", "hidden\nname", "2"],
    ]


def test_json_tells_all_of_a_layer() -> None:
    told = json.loads(made("json", (FIRST_LAYER, TOP), (FIRST_LAYER, 0), (FIRST_LAYER + 1, TOP)))
    assert list(told) == ["view", "layers"]
    first, loop = told["layers"]
    assert first == {
        "index": 0,
        "name": "first",
        "type": "Conv",
        "inputs": [{"name": 'in,"put', "dtype": "float32", "shape": ["N", 3]}, None],
        "outputs": [{"name": "hidden\nname", "dtype": "float16", "shape": [2]}],
        "attributes": {"pads": [1, 1], "bad": None},
        "origins": [],
    }
    assert [body["name"] for body in loop["subgraphs"]] == ["body"]
    assert loop["subgraphs"][0]["layers"][0]["name"] == "inner"


def test_json_of_single_rows() -> None:
    told = json.loads(made("json", (INPUTS, TOP), (OUTPUTS, 0), (FIRST_LAYER, 1)))
    assert [t["name"] for t in told["inputs"]] == ['in,"put']
    assert [t["name"] for t in told["tensors"]] == ["y"]
    told = json.loads(made("json", (FIRST_LAYER + 1, 2), (FIRST_LAYER + 1, 3)))
    assert [layer["name"] for layer in told["layers"]] == ["inner"]
    assert json.loads(made("json")) == {"view": "onnx"}


@pytest.mark.parametrize("suffix", [".csv", ".JSON", ".txt", ""])
def test_a_file_is_of_the_kind_that_its_name_says(tmp_path: Path, suffix: str) -> None:
    excerpt = Excerpt(GraphRows(graph()), [(FIRST_LAYER, TOP)], COLUMNS)
    path = tmp_path / f"rows{suffix}"
    save(excerpt, path)
    text = path.read_bytes().decode()
    kinds: dict[str, ExportFormat] = {".csv": "csv", ".JSON": "json"}
    assert text == export(excerpt, kinds.get(suffix, "network"))
    assert suffix != ".txt" or text == network_text(graph())
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_name_that_no_file_can_hold_is_written_all_the_same(tmp_path: Path) -> None:
    broken = Graph("onnx", "g", [Layer(0, "\ud800", "T", (), ())], [], (), ())
    save(Excerpt(GraphRows(broken), [(FIRST_LAYER, TOP)], COLUMNS), tmp_path / "a.csv")
    assert b"?" in (tmp_path / "a.csv").read_bytes()


def test_a_folder_that_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StudioError, match="cannot be written"):
        save(Excerpt(GraphRows(graph()), [], COLUMNS), tmp_path / "file" / "a.csv")
