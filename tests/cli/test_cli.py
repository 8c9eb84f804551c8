"""The command line as its user meets it: words in; stdout, stderr, files and an exit code out."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from trtstudio.cli import main
from trtstudio.cli.output import table
from trtstudio.model.formats import read
from trtstudio.model.network_text import network_text
from trtstudio.vision.picture import read_picture

SUMMARY = {"min", "mean", "median", "p90", "p95", "p99", "max"}
PROFILE = "images=1x3x224x224,2x3x224x224,4x3x224x224"


Call = Callable[..., Any]


@pytest.fixture(scope="module")
def adder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """sum = a + b, of a dynamic length; not for pictures."""
    path = tmp_path_factory.mktemp("models") / "adder.onnx"
    values = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["n"]) for n in ("a", "b", "sum")]
    nodes = [helper.make_node("Add", ["a", "b"], ["sum"], name="add")]
    graph = helper.make_graph(nodes, "adder", values[:2], values[2:])
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=opsets), path)
    return path


@pytest.fixture(scope="module")
def namer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An identity whose only input is called file, as an argument of numpy.savez is."""
    path = tmp_path_factory.mktemp("models") / "namer.onnx"
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 4])
    gives = helper.make_tensor_value_info("file", TensorProto.FLOAT, [1, 4])
    graph = helper.make_graph([helper.make_node("Neg", ["x"], ["file"])], "n", [given], [gives])
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=opsets), path)
    return path


@pytest.fixture(scope="module")
def plan(sample_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built for a GPU that need not be here."""
    path = tmp_path_factory.mktemp("plans") / "sample.plan"
    words = ["build", str(sample_model), "-o", str(path), "--target", "sm_86"]
    if main(words):
        pytest.skip("this TensorRT cannot build for another GPU")
    return path


def _files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


# ---------------------------------------------------------------- the program itself


def test_help_and_version_are_instant_and_need_nothing_heavy() -> None:
    code = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "numpy", "onnx", "cv2", "tensorrt_rtx"):
            raise ImportError(name)
sys.meta_path.insert(0, Refuse())
from trtstudio.cli import main
sys.exit(main([sys.argv[1]]))
"""
    for word, expected in (("--help", "inspect"), ("--version", "trtstudio 0.")):
        done = subprocess.run([sys.executable, "-c", code, word], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert expected in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["inspect"],
        ["inspect", "a", "--view", "picture"],
        ["inspect", "a", "--text", "--json"],
        ["inspect", "a", "--costs", "--size", "N"],
        ["inspect", "a", "--costs", "--size", "N=0"],
        ["compare", "a"],
        ["build"],
        ["build", "a", "--workspace-mib", "0"],
        ["run", "a", "--threshold", "2"],
        ["run", "a", "--runtime", "abacus"],
        ["bench", "a", "--shape", "images=1xx3"],
        ["bench", "a", "--shape", "1x3"],
        ["bench", "a", "--duration", "nan"],
        ["bench", "a", "--iterations", "0"],
        ["--nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(call: Call, words: Sequence[str]) -> None:
    said = call(*words)
    assert said.code == 2
    assert said.out == ""
    assert "--help" in said.err


def test_a_mistyped_option_is_told_by_its_verb(call: Call) -> None:
    said = call("build", "a.onnx", "--precison", "fp16")
    assert said.code == 2
    assert "trtstudio build: error" in said.err
    assert "is --precision meant?" in said.err


def test_columns_are_aligned_by_what_a_terminal_shows() -> None:
    first, second = table([("咖啡.jpg", "espresso"), ("camera.jpg", "tripod")]).splitlines()
    assert first == "咖啡.jpg    espresso"  # two letters that are as wide as four
    assert second == "camera.jpg  tripod"


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """What the window was opened with."""
    opened: list[Sequence[str]] = []
    module = types.ModuleType("trtstudio.gui.app")
    module.main = lambda files: opened.append(files) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "trtstudio.gui.app", module)
    return opened


def test_without_a_verb_the_window_opens(
    call: Call, window: list[Sequence[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("demo").write_bytes(b"")
    assert call() == (0, "", "")
    assert call("./demo") == (0, "", "")
    assert window == [[], ["./demo"]]


def test_a_mistyped_verb_is_understood(call: Call, window: list[Sequence[str]]) -> None:
    said = call("inspekt")
    assert said.code == 1
    assert "trtstudio inspect" in said.err
    assert "Check the path" in call("model.onnx").err
    assert not window


class _Refuse:
    """Makes the window's module fail to import as a missing library of the system does."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "trtstudio.gui.app":
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file")


def test_a_missing_qt_is_told(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trtstudio.gui.app", None)
    said = call()
    assert (said.code, said.out) == (1, "")
    assert "pip install trtstudio" in said.err
    monkeypatch.delitem(sys.modules, "trtstudio.gui.app")
    monkeypatch.setattr(sys, "meta_path", [_Refuse(), *sys.meta_path])
    said = call()
    assert "libEGL.so.1" in said.err
    assert "apt install" in said.err


@pytest.mark.parametrize(
    ("option", "name"),
    [("engine-process", "server"), ("picture-process", "pictures.server")],
)
def test_processes_of_our_own_are_behind_hidden_options(
    option: str, name: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve() -> NoReturn:
        raise SystemExit(7)

    module = types.ModuleType(f"trtstudio.host.{name}")
    module.serve = serve  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert call(f"--{option}").code == 7
    assert option not in call("--help").out


@pytest.mark.skipif(sys.platform == "win32", reason="needs head")
def test_a_reader_who_leaves_ends_it_quietly(light_models: tuple[Path, ...]) -> None:
    command = [sys.executable, "-m", "trtstudio", "inspect", "--json", str(light_models[0])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell of Unix")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_nobody_s(adder: Path, tmp_path: Path, closed: str) -> None:
    """Neither do messages get into the results, nor any of it into a file."""
    command = [sys.executable, "-m", "trtstudio", "run", str(adder), "--json", "--save", "a.npz"]
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *command]
    done = subprocess.run(shell, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (json.loads(done.stdout)["outputs"] != []) if closed == "2>&-" else done.stdout == ""
    assert "Traceback" not in done.stderr
    with np.load(tmp_path / "a.npz") as saved:
        assert saved.files == ["sum"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_results_for_which_there_is_no_room(adder: Path) -> None:
    command = [sys.executable, "-m", "trtstudio", "inspect", str(adder)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert (
        done.stderr == f"trtstudio: The results cannot be written: {os.strerror(errno.ENOSPC)}.\n"
    )
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*command[:3], "run", str(adder)], stderr=full, stdout=subprocess.PIPE
        )
    assert done.returncode == 0
    assert b"sum" in done.stdout


def test_control_c_while_the_results_are_told_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    def interrupt(_text: str) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("trtstudio.cli.print_text", interrupt)
    answer = call("doctor")
    assert (answer.code, answer.out, answer.err) == (1, "", "")


def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    def fail(*_: object) -> None:
        raise ImportError("libcv.so: failed to map segment from shared object")

    monkeypatch.setattr("trtstudio.cli.find_verb", lambda _: fail)
    said = call("doctor", "--json")
    assert said.code == 1
    assert "memory" in said.json["error"]["message"]
    assert "libcv.so" in said.json["error"]["details"]


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_control_c_stops_at_once(adder: Path, options: list[str], number: int) -> None:
    command = [sys.executable, "-m", "trtstudio", "bench", str(adder), "--duration", "300"]
    with subprocess.Popen(
        command + options, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert any("Measuring" in line for line in process.stderr)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Traceback" not in err
    if options:
        assert json.loads(out)["error"]["message"] == "stopped"
    else:
        assert (out, err.strip()) == ("", "trtstudio: stopped")


# ---------------------------------------------------------------- files that are no models


BAD: dict[str, Callable[[bytes], bytes]] = {
    "text": lambda _: b"hello, world\n" * 20,
    "picture": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(200),
    "empty": lambda _: b"",
    "truncated": lambda model: model[: len(model) * 2 // 3],
}


@pytest.mark.parametrize("verb", ["inspect", "build", "run", "bench", "doctor"])
@pytest.mark.parametrize("kind", [*BAD, "missing", "folder"])
def test_what_is_no_model_is_told(
    call: Call, sample_model: Path, tmp_path: Path, verb: str, kind: str
) -> None:
    path = tmp_path / "file.onnx"
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(BAD[kind](sample_model.read_bytes()))
    before = _files(tmp_path)
    said = call(verb, path)
    assert (said.code, said.out) == (1, "")
    assert "trtstudio: " in said.err
    assert "Traceback" not in said.err
    told = call(verb, path, "--json")
    assert told.code == 1
    assert told.json.keys() == {"error"}
    assert told.json["error"].keys() == {"message", "hint", "details"}
    assert told.json["error"]["hint"]
    assert _files(tmp_path) == before


# ---------------------------------------------------------------- inspect


def test_inspect_tells_what_onnx_tells(call: Call, sample_model: Path) -> None:
    said = call("inspect", sample_model, "--json")
    assert (said.code, said.err) == (0, "")
    told, graph = said.json, onnx.load(sample_model).graph
    assert (told["format"], told["view"]) == ("onnx", "onnx")
    assert told["inputs"] == [{"name": "images", "dtype": "float32", "shape": ["N", 3, 224, 224]}]
    assert told["outputs"] == [{"name": "logits", "dtype": "float32", "shape": ["N", 1000]}]
    assert [(n["name"], n["type"]) for n in told["layers"]] == [
        (n.name, n.op_type) for n in graph.node
    ]
    for layer, node in zip(told["layers"], graph.node, strict=True):
        assert [t["name"] if t else "" for t in layer["inputs"]] == list(node.input)
        assert [t["name"] if t else "" for t in layer["outputs"]] == list(node.output)


def test_inspect_for_people(call: Call, sample_model: Path) -> None:
    said = call("inspect", sample_model)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert "input   images  float32  N x 3 x 224 x 224" in lines
    start = next(i for i, line in enumerate(lines) if line.split()[:3] == ["#", "type", "name"])
    names = [node.name for node in onnx.load(sample_model).graph.node]
    assert [line.split()[2] for line in lines[start + 1 :]] == names
    assert (
        len({line.index(name) for line, name in zip(lines[start + 1 :], names, strict=True)}) == 1
    )


def test_inspect_as_network_printer_does(call: Call, sample_model: Path) -> None:
    graph = read(sample_model).graph
    assert graph is not None
    assert call("inspect", sample_model, "--text") == (0, network_text(graph), "")


def test_inspect_the_network(call: Call, sample_model: Path) -> None:
    said = call("inspect", sample_model, "--view", "network", "--json")
    assert said.code == 0
    assert said.json["view"] == "network"
    assert "CONVOLUTION" in {layer["type"] for layer in said.json["layers"]}


def test_inspect_a_plan(call: Call, plan: Path) -> None:
    told = call("inspect", plan, "--json").json
    assert (told["format"], told["view"]) == ("plan", "engine")
    assert told["plan"]["targets"] == ["sm_86"]
    assert [t["name"] for t in told["inputs"]] == ["images"]
    assert 10 < len(told["layers"]) < 94
    assert "sm_86" in call("inspect", plan).out


def test_inspect_a_plan_of_unknown_origin(call: Call, plan: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.plan"
    shutil.copy(plan, alone)
    said = call("inspect", alone, "--json")
    assert said.code == 0
    assert said.json["plan"]["kind"] == "tensorrt_rtx"


@pytest.mark.parametrize("view", ["onnx", "network"])
def test_a_plan_has_one_view(call: Call, plan: Path, view: str) -> None:
    said = call("inspect", plan, "--view", view)
    assert (said.code, said.out) == (1, "")
    assert "ONNX model that it was built from" in said.err


def test_a_model_has_no_engine(call: Call, sample_model: Path) -> None:
    said = call("inspect", sample_model, "--view", "engine")
    assert said.code == 1
    assert "trtstudio build" in said.err


def test_findings(call: Call, light_models: tuple[Path, ...], sample_model: Path) -> None:
    said = call("inspect", light_models[0], "--findings", "--json")
    assert said.code == 0
    (finding,) = said.json["findings"]
    assert finding["title"] == "17 weights listed as inputs"
    assert set(finding["tensors"]) == {w.name for w in onnx.load(light_models[0]).graph.initializer}
    told = call("inspect", light_models[0], "--findings").out
    assert f"info: {finding['title']}\n  {finding['why']}\n  " in told
    assert "and 14 more" in told
    assert call("inspect", sample_model, "--findings").out.endswith("Nothing was found.\n")


def test_findings_of_a_model_that_tensorrt_refuses(call: Call, bad_files: Path, plan: Path) -> None:
    assert plan.exists()  # this TensorRT parses
    said = call("inspect", bad_files / "operators.onnx", "--findings", "--json").json
    first = said["findings"][0]
    assert (first["severity"], first["layers"]) == ("error", ["swish_a", "swish_b", "dice"])


def test_findings_of_a_plan(call: Call, plan: Path, tmp_path: Path) -> None:
    (finding,) = call("inspect", plan, "--findings", "--json").json["findings"]
    assert (finding["severity"], finding["view"]) == ("info", "engine")
    assert finding["layers"]
    assert all(name.startswith("__myl_Move") for name in finding["layers"])
    record = plan.with_name(plan.name + ".json")
    moved = tmp_path / plan.name
    shutil.copy(plan, moved)
    text = record.read_text("utf-8")
    digest = json.loads(text)["model_sha256"]
    moved.with_name(record.name).write_text(text.replace(digest, "0" * 64), "utf-8")
    said = call("inspect", moved, "--findings", "--json")
    assert said.json["findings"] == [finding]
    assert "has changed" in said.err


def test_costs(call: Call, sample_model: Path, plan: Path) -> None:
    told = call("inspect", sample_model, "--costs", "--json").json["costs"]
    weights = onnx.load(sample_model).graph.initializer
    assert told["total"]["parameters"] == sum(np.prod(w.dims, dtype=int) for w in weights)
    assert told["total"]["flops"] == sum(layer["flops"] for layer in told["layers"])
    assert told["uncounted"] == []
    two = call("inspect", sample_model, "--costs", "--size", "N=2", "--json").json["costs"]
    assert two["total"]["flops"] == 2 * told["total"]["flops"]
    text = call("inspect", sample_model, "--costs").out
    assert f"{told['total']['flops']:,} FLOPs" in text
    assert call("inspect", plan, "--costs").code == 1
    said = call("inspect", sample_model, "--costs", "--size", "M=2")
    assert said.code == 1
    assert "There is N." in said.err


def test_compare(call: Call, sample_model: Path, tmp_path: Path) -> None:
    model = onnx.load(sample_model)
    node = next(node for node in model.graph.node if node.op_type == "Clip")
    node.op_type = "Relu"
    del node.input[1:]
    onnx.save(model, tmp_path / "other.onnx")
    told = call("compare", sample_model, tmp_path / "other.onnx", "--json").json
    (change,) = told["changed"]
    assert (change["left"]["name"], change["left"]["type"]) == (node.name, "Clip")
    assert change["right"]["type"] == "Relu"
    assert (told["equal"], told["same"], told["added"], told["removed"]) == (False, 93, [], [])
    assert told["types"]["Relu"] == [0, 1]
    said = call("compare", sample_model, tmp_path / "other.onnx")
    assert said.code == 0
    assert said.out.startswith("93 layers the same, 1 changed, 0 removed, 0 added")
    rows = [line.split() for line in said.out.splitlines()]
    assert [node.name, "type", "Clip", "->", "Relu"] in rows


@pytest.mark.parametrize("view", ["onnx", "network"])
def test_a_model_equals_itself(call: Call, sample_model: Path, plan: Path, view: str) -> None:
    assert plan.exists()  # this TensorRT parses
    told = call("compare", sample_model, sample_model, "--view", view, "--json").json
    assert (told["view"], told["equal"]) == (view, True)
    assert call("compare", plan, plan, "--json").json["equal"]


def test_a_model_and_its_plan(call: Call, sample_model: Path, plan: Path) -> None:
    told = call("compare", sample_model, plan, "--json").json
    assert told["view"] == ["onnx", "engine"]
    assert told["io"] == [], "a size with a name and one without are the same to an engine"
    fused = {kernel["name"]: [n["name"] for n in kernel["made_of"]] for kernel in told["made_of"]}
    both = {"/_conv_stem/Conv", "/_swish/Clip"}
    assert any(both <= set(nodes) for nodes in fused.values())
    gone = {layer["name"] for layer in told["gone"]}
    assert gone.isdisjoint(name for nodes in fused.values() for name in nodes)
    said = call("compare", plan, sample_model)
    assert said.code == 0
    assert said.out.startswith(f"{94 - len(gone)} of 94 layers (as written) are in {len(fused)} of")
    assert ("Gone: folded away" in said.out) == bool(gone)


def test_a_plan_that_has_changed_is_told_of(call: Call, plan: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.plan"
    for name in ("", ".json"):
        shutil.copy(f"{plan}{name}", f"{copy}{name}")
    assert "has changed" not in call("inspect", copy).err
    data = bytearray(copy.read_bytes())
    data[-1] ^= 1
    copy.write_bytes(data)
    said = call("inspect", copy)
    assert said.code == 0
    assert "copy.plan has changed since it was built" in said.err


# ---------------------------------------------------------------- build


def test_build(call: Call, sample_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "新 folder" / "a.plan"
    out.parent.mkdir()
    second = "images=8x3x224x224"
    words = ["build", sample_model, "-o", out, "--profile", PROFILE, "--profile", second]
    said = call(*words, "--target", "sm_86", "--optimization-level", 0, "--json")
    assert said.code == 0, said.err
    told = said.json
    assert told["plan"] == str(out)
    assert told["plan_bytes"] == out.stat().st_size
    assert told["targets"] == ["sm_86"]
    assert [p["images"]["opt"] for p in told["profiles"]] == [[2, 3, 224, 224], [8, 3, 224, 224]]
    assert sum(told["precision"].values()) == pytest.approx(1)
    assert len(told["sha256"]) == 64
    assert told["layers"] > 10
    assert "Building the engine" in said.err
    assert _files(tmp_path) == ["新 folder/a.plan", "新 folder/a.plan.json"]


def test_build_suggests_a_profile_and_says_so(
    call: Call, sample_model: Path, tmp_path: Path
) -> None:
    model = tmp_path / "m.onnx"
    shutil.copy(sample_model, model)
    said = call("build", model, "--target", "sm_86", "--precision", "fp16")
    assert said.code == 0, said.err
    assert "Suggested profile: images=1x3x224x224," in said.err
    assert "float16" in said.out
    assert str(tmp_path / "m.plan") in said.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--profile", "images=4x3x224x224,2x3x224x224,8x3x224x224"], "min"),
        (["--profile", "image=1x3x224x224"], "image"),
        (["--profile", "images=1x3x224"], "images"),
        (["--profile", "images"], "no shape"),
        (["--precision", "fp3"], "fp3"),
        (["--target", "sm_1"], "sm_1"),
        (["--flag", "NOT_A_FLAG"], "NOT_A_FLAG"),
        (["-o", "missing folder/\0.plan"], ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_built_is_told(
    call: Call, sample_model: Path, tmp_path: Path, options: list[str], words: str
) -> None:
    place = [] if "-o" in options else ["-o", str(tmp_path / "a.plan")]
    said = call("build", sample_model, *place, *options, "--json")
    assert said.code == 1
    assert words in said.json["error"]["message"] + said.json["error"]["hint"]
    assert said.json["error"]["hint"]
    assert _files(tmp_path) == []


def test_a_place_that_cannot_be_written_is_told(
    call: Call, sample_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    words = ["--target", "sm_86", "-o", tmp_path / "file" / "a.plan"]
    said = call("build", sample_model, *words)
    assert (said.code, said.out) == (1, "")
    assert "trtstudio: " in said.err
    assert _files(tmp_path) == ["file"]


# ---------------------------------------------------------------- run


def test_run_pictures(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for path in sample_pictures:
        shutil.copy(path, folder)
    said = call("run", sample_model, folder, "--json")
    assert said.code == 0, said.err
    told = said.json
    assert told["runtime"].startswith("ONNX Runtime")
    assert told["preprocess"]["source"] == "model"
    figures = {"min", "max", "mean", "nans", "infs"}
    assert told["outputs"][0].keys() == {"name", "dtype", "shape"} | figures
    assert [Path(r["source"]).name for r in told["results"]] == [p.name for p in sample_pictures]
    best = {Path(r["source"]).stem: r["top"][0]["label"] for r in told["results"]}
    assert best == {
        "camera": "tripod",
        "chelsea": "tiger cat",
        "coffee": "espresso",
        "rocket": "missile",
    }
    assert {r["task"] for r in told["results"]} == {"classification"}
    assert "tiger cat 4" in call("run", sample_model, folder).out


def test_one_bad_picture_does_not_stop_the_others(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(sample_pictures[0].read_bytes()[:5000])
    words = ["run", sample_model, sample_pictures[0], bad, tmp_path / "no.png", sample_pictures[1]]
    said = call(*words, "--annotate", tmp_path / "drawn", "--json")
    assert said.code == 1
    assert ["error" in result for result in said.json["results"]] == [False, True, True, False]
    assert "damaged" in said.json["results"][1]["error"]["message"]
    assert said.err.count("bad.jpg") >= 1
    assert _files(tmp_path / "drawn") == [f"{p.stem}.png" for p in sample_pictures[:2]]
    shape = read_picture(tmp_path / "drawn" / f"{sample_pictures[0].stem}.png").pixels.shape
    assert min(shape[:2]) >= 512
    assert "failed: " in call(*words).out


def test_run_a_detector(call: Call, yolox_model: Path) -> None:
    picture = yolox_model.parent / "000000000724.jpg"
    labels = yolox_model.parent / "coco_classes.txt"
    said = call("run", yolox_model, picture, "--labels", labels, "--json")
    assert said.code == 0
    assert "guess" in said.err
    (result,) = said.json["results"]
    assert result["task"] == "detection"
    first = result["detections"][0]
    assert first["label"] == "stop sign"
    left, top, right, bottom = first["box"]
    assert 110 < left < 130 < 250 < right < 265
    assert 60 < top < 80 < 220 < bottom < 240
    few = call("run", yolox_model, picture, "--threshold", "0.99", "--json").json["results"]
    assert few[0]["detections"] == []
    assert "nothing found" in call("run", yolox_model, picture, "--threshold", "0.99").out


def test_run_random_input_and_save(call: Call, sample_model: Path, tmp_path: Path) -> None:
    said = call("run", sample_model, "--save", tmp_path / "out.npz", "--json")
    assert said.code == 0
    assert "random" in said.err
    (result,) = said.json["results"]
    assert (result["source"], result["task"]) == ("random input", None)
    with np.load(tmp_path / "out.npz") as saved:
        assert saved["logits"].shape == (1, 1000)
        assert said.json["outputs"][0]["max"] == pytest.approx(float(saved["logits"].max()))


def test_run_arrays(call: Call, adder: Path, namer: Path, tmp_path: Path) -> None:
    np.savez(tmp_path / "in.npz", a=np.float32([1, 2, 3]), b=np.float32([10, 20, 30]))
    said = call("run", adder, tmp_path / "in.npz", "--save", tmp_path / "out.npz", "--json")
    assert said.code == 0, said.err
    with np.load(tmp_path / "out.npz") as saved:
        assert saved["sum"].tolist() == [11, 22, 33]
    assert said.json["outputs"] == [
        {
            "name": "sum",
            "dtype": "float32",
            "shape": [3],
            "min": 11,
            "max": 33,
            "mean": 22,
            "nans": 0,
            "infs": 0,
        }
    ]
    np.save(tmp_path / "x.npy", np.float32([[1, 2, 3, 4]]))
    words = ["run", namer, *[tmp_path / "x.npy"] * 2, "--save", tmp_path / "out.npz"]
    assert call(*words).code == 0
    with np.load(tmp_path / "out.npz") as saved:
        assert saved["file"].tolist() == [[-1, -2, -3, -4]] * 2


def test_what_there_is_to_say_of_arrays_is_said(call: Call, adder: Path, tmp_path: Path) -> None:
    np.savez(tmp_path / "in.npz", a=np.float64([1, np.nan, 0.1]), b=np.float32([1, np.inf, 3]))
    said = call("run", adder, tmp_path / "in.npz", "--json")
    assert said.code == 0
    (result,) = said.json["results"]
    assert result["warnings"] == [
        'The array for "a" is converted from float64 to float32.',
        'The array for "a" has 1 NaN among its 3 values.',
        'The array for "b" is infinite at 1 of 3 places.',
    ]
    assert all(f"in.npz: {words}" in said.err for words in result["warnings"])


def test_what_there_is_to_say_of_a_given_array_is_said_once(
    call: Call, adder: Path, tmp_path: Path
) -> None:
    a, given = tmp_path / "a.npz", tmp_path / "b.npy"
    np.savez(a, a=np.float64([1, 2, 3]), b=np.float32([1, 2, 3]))
    np.save(given, np.float64([1, 2, 3]))
    said = call("run", adder, a, a, "--input", f"b={given}", "--json")
    of_a, of_b = (f'The array for "{x}" is converted from float64 to float32.' for x in "ab")
    assert [result["warnings"] for result in said.json["results"]] == [[of_a, of_b]] * 2
    assert said.err.count(f"a.npz: {of_a}") == 2
    assert said.err.count(of_b) == 1


def test_saved_tensors_are_those_of_onnx_runtime(
    call: Call, sample_model: Path, tmp_path: Path
) -> None:
    images = np.random.default_rng(3).normal(size=(2, 3, 224, 224)).astype(np.float32)
    np.save(tmp_path / "images.npy", images)
    words = [tmp_path / "images.npy", "--save", tmp_path / "out.npz"]
    assert call("run", sample_model, *words).code == 0
    providers = ["CPUExecutionProvider"]
    session = onnxruntime.InferenceSession(str(sample_model), providers=providers)
    (expected,) = session.run(None, {"images": images})
    with np.load(tmp_path / "out.npz") as saved:
        np.testing.assert_allclose(saved["logits"], expected, rtol=1e-4, atol=1e-4)


def test_arrays_that_do_not_fit_are_told(call: Call, adder: Path, tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.float32([1]))
    np.save(tmp_path / "object.npy", np.array([{}], object), allow_pickle=True)
    np.savez(tmp_path / "short.npz", a=np.float32([1]))
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 no")
    (tmp_path / "bad.npy").write_bytes(b"")
    said = call("run", adder, *sorted(tmp_path.iterdir()), "--json")
    assert said.code == 1
    assert len(said.json["results"]) == 5
    assert all(result["error"]["hint"] for result in said.json["results"])
    assert said.json["outputs"] == []


def test_what_is_no_number_is_counted(call: Call, namer: Path, tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.float32([[1, np.nan, 3, np.inf]]))
    said = call("run", namer, tmp_path / "x.npy", "--json")
    output = said.json["outputs"][0]
    figures = [output[key] for key in ("min", "max", "mean", "nans", "infs")]
    assert figures == [-3, -1, -2, 1, 1]
    np.save(tmp_path / "x.npy", np.float32([[np.nan] * 4]))
    said = call("run", namer, tmp_path / "x.npy", "--json")
    assert said.json["outputs"][0]["max"] is None
    assert not re.search(r"[:\[,]\s*-?(NaN|Infinity)", said.out)


def test_options_for_pictures(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], adder: Path, tmp_path: Path
) -> None:
    picture = sample_pictures[0]
    raw = call("run", sample_model, picture, "--task", "none", "--json").json["results"][0]
    assert raw["task"] is None
    assert raw["outputs"][0]["name"] == "logits"
    chosen = call("run", sample_model, picture, "--preprocess", '{"color": "BGR"}', "--json").json
    assert (chosen["preprocess"]["color"], chosen["preprocess"]["crop"]) == ("BGR", 0.875)
    assert "imagenet" in call("run", sample_model, picture, "--preprocess", "x").err
    assert call("run", sample_model, picture, "--preprocess", "yolox").code == 0
    (tmp_path / "labels.txt").write_text("a\nb\n")
    wrong = call("run", sample_model, picture, "--labels", tmp_path / "labels.txt")
    assert wrong.code == 1
    assert "2 labels" in wrong.err
    drawn = ["--task", "none", "--annotate", tmp_path]
    assert "nothing to draw" in call("run", sample_model, picture, *drawn).err
    assert "does not take pictures" in call("run", adder, picture).out
    assert "does not take pictures" in call("run", adder, "--task", "detection").err
    assert "no pictures" in call("run", sample_model, tmp_path).err


def test_a_plan_needs_its_gpu(call: Call, plan: Path, sample_model: Path) -> None:
    assert "ONNX Runtime cannot run" in call("run", plan, "--runtime", "onnxruntime").err
    assert "Build an engine" in call("run", sample_model, "--runtime", "tensorrt").err
    if not shutil.which("nvidia-smi"):
        assert call("run", plan).code == 1


# ---------------------------------------------------------------- bench, doctor


def test_bench(call: Call, sample_model: Path) -> None:
    words = ["--shape", "images=2x3x224x224", "--duration", "0", "--warmup", "0"]
    said = call("bench", sample_model, *words, "--iterations", "3", "--json")
    assert said.code == 0, said.err
    told = said.json
    assert told["iterations"] == 3
    assert told["shapes"] == {"images": [2, 3, 224, 224]}
    assert told["latency_ms"].keys() == SUMMARY
    assert told["latency_ms"]["min"] <= told["latency_ms"]["median"] <= told["latency_ms"]["max"]
    assert told.keys() >= {"runtime", "device", "throughput_qps", "warnings"}
    assert [told[k] for k in ("gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms")] == [None] * 4
    text = call("bench", sample_model, *words, "--iterations", "3")
    assert "latency" in text.out
    assert "3 inferences" in text.out


@pytest.mark.parametrize("shape", ["images=2x3x9", "image=1x3x224x224", "images=1x4x224x224"])
def test_bench_refuses_shapes(call: Call, sample_model: Path, shape: str) -> None:
    said = call("bench", sample_model, "--shape", shape, "--duration", "0")
    assert (said.code, said.out) == (1, "")
    assert shape.partition("=")[0] in said.err


def test_doctor(call: Call) -> None:
    said = call("doctor", "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json["onnxruntime"] == onnxruntime.__version__
    assert said.json["packages"]["onnx"] == onnx.__version__
    assert isinstance(said.json["advice"], list)
    text = call("doctor")
    assert text.code == 0
    assert onnxruntime.__version__ in text.out
    if not said.json["devices"]:
        assert any("Without an NVIDIA GPU" in line for line in said.json["advice"])


def test_doctor_on_a_model(call: Call, sample_model: Path) -> None:
    said = call("doctor", sample_model, "--json")
    assert said.code == 0
    assert said.json["usable"] is True
    assert all(check["ok"] for check in said.json["checks"])
    assert "an ONNX model" in call("doctor", sample_model).out


def test_doctor_on_a_plan(call: Call, plan: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.plan"
    data = bytearray(plan.read_bytes())
    data[-1000] ^= 1
    changed.write_bytes(data)
    shutil.copy(f"{plan}.json", f"{changed}.json")
    (cut := tmp_path / "cut.plan").write_bytes(bytes(data[: len(data) // 2]))
    whole = {c["check"]: c["ok"] for c in call("doctor", plan, "--json").json["checks"]}
    assert whole["it is as it was built"]
    said = call("doctor", changed, "--json")
    assert (said.code, said.json["usable"]) == (1, False)
    assert "changed since it was built" in said.out
    assert "cut off" in call("doctor", cut).out


@pytest.mark.gpu
def test_build_run_and_bench_on_the_gpu(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    out = tmp_path / "a.plan"
    assert call("build", sample_model, "-o", out).code == 0
    told = call("run", out, *sample_pictures, "--json").json
    assert told["runtime"].startswith("TensorRT")
    assert told["results"][0]["top"][0]["label"] == "tripod"
    bench = call("bench", out, "--duration", "0.2", "--json").json
    assert bench["gpu_ms"].keys() == SUMMARY
    assert call("inspect", out, "--view", "engine", "--json").json["layers"]
    assert call("doctor", out).code == 0


def test_inspect_prints_the_statistics_of_weights(
    sample_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import numpy as np
    import onnx

    assert main(["inspect", str(sample_model), "--text", "--weights"]) == 0
    text = capsys.readouterr().out
    first = onnx.load(sample_model).graph.initializer[0]
    values = onnx.numpy_helper.to_array(first).astype(np.float64)
    line = next(x for x in text.splitlines() if f"{first.name}:" in x and "SumAbs=" in x)
    assert f"SumAbs={np.abs(values).sum():.5e}" in line
    assert f"Max={values.max():.5f}" in line
