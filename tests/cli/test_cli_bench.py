"""``trtstudio bench``: its options, its tables, and what is kept of a sweep."""

import csv
import io
import json
from argparse import ArgumentTypeError
from concurrent.futures import Future
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import onnx
import pytest
from onnx import TensorProto, helper

from trtstudio.cli import bench_devices as devices_module
from trtstudio.cli import main
from trtstudio.cli.arguments import parse
from trtstudio.cli.arguments.bench import PRESETS, axis, indices
from trtstudio.cli.bench import bench_request, bench_text
from trtstudio.model.measure import loop as presets
from trtstudio.model.measure import sweep_file
from trtstudio.model.measure.bench import BenchResult, ClockSample, StreamResult, Summary
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import LoadRequest, SessionInfo

QUICK = ("--duration", "0", "--warmup", "0", "--iterations", "2")
SUMMARY = Summary(1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0)


def result(qps: float = 10.0, **changes: Any) -> BenchResult:
    parts = [SUMMARY] * 5
    return BenchResult("TensorRT", "GPU", 3, qps, *parts, {"x": (1, 3)}, **changes)


def test_the_grammar_knows_every_preset() -> None:
    assert set(PRESETS) == set(presets.PRESETS)


@pytest.mark.parametrize(
    ("words", "loop"),
    [
        ([], Loop()),
        (["--preset", "trtexec-10"], Loop(overlap=True)),
        (["--preset", "trtexec-11", "--transfers"], Loop(1, True, True, True, True)),
        (["--streams", "4", "--cuda-graph", "--spin"], Loop(4, cuda_graph=True, spin=True)),
        (["--preset", "trtexec-11", "--no-overlap", "--no-pinned"],
         Loop(1, False, False, True, True, False)),
    ],
)  # fmt: skip
def test_options_change_the_preset(words: list[str], loop: Loop) -> None:
    request = bench_request(parse(["bench", "a.plan", *words]))
    assert request.loop == loop
    assert (request.warmup_ms, request.duration_s, request.iterations) == (200, 3, 10)


@pytest.mark.parametrize("text", ["batch", "batch=", "=1,2", "batch=1,x", "batch=1;2"])
def test_an_axis_has_a_name_and_numbers(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        axis(text)


def test_an_axis_may_have_a_name_with_signs() -> None:
    assert axis("a=b[2]=1,0") == ("a=b[2]", (1, 0))


@pytest.mark.parametrize("text", ["", "0,0", "a", "1,-1"])
def test_devices_are_numbers_each_once(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        indices(text)


@pytest.mark.parametrize(
    "words",
    [
        ["--why", "--sweep", "N=1,2"],
        ["--streams", "1,2", "--devices", "0,1"],
        ["--keep", "a.json"],
    ],
)
def test_options_that_exclude_each_other(
    sample_model: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["bench", str(sample_model), *words]) == 1
    assert capsys.readouterr().out == ""


def test_samples_are_printed_on_demand(
    sample_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["bench", str(sample_model), *QUICK, "--json"]
    assert main(words) == 0
    assert "samples" not in json.loads(capsys.readouterr().out)
    assert main([*words, "--samples"]) == 0
    samples = json.loads(capsys.readouterr().out)["samples"]
    assert len(samples["latency_ms"]) == len(samples["end_s"]) == 2
    assert samples["stream"] == [0, 0]


def test_streams_and_clocks_are_in_the_text() -> None:
    clocks = (ClockSample(0.0, 1980, None, 60, 300.4), ClockSample(0.1, 1755, None, 60, 310.0))
    streams = tuple(StreamResult(n, 1, 5.0, SUMMARY, SUMMARY) for n in (0, 1))
    text = bench_text(result(clocks=clocks, streams=streams, method="trtexec-10", seconds=0.3))
    assert "measured as trtexec-10" in text
    assert "x 1 x 3: 3 inferences in 0.3 s, 10.0 per second" in text
    assert "stream 1: 5.0 per second" in text
    assert "SM clock 1755-1980 MHz, temperature 60 °C, power 300-310 W" in text
    assert "no NVML" in bench_text(result(clocks_problem="no NVML"))


def test_a_sweep_is_a_table_json_and_csv(
    sample_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["bench", str(sample_model), *QUICK, "--sweep", "N=1,2"]
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split()[:3] == ["N", "per", "second"]
    assert [line.split()[0] for line in lines[3:]] == ["1", "2"]
    assert main([*words, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["N"] for row in rows] == ["1", "2"]
    assert all(float(row["per second"]) > 0 for row in rows)
    assert main([*words, "--json"]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    assert [point["values"] for point in points] == [{"N": 1}, {"N": 2}]
    assert [point["result"]["shapes"]["images"][0] for point in points] == [1, 2]


def test_precisions_are_an_axis(
    sample_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert axis("precision=keep,a=b.plan,keep") == ("precision", ("keep", "a=b.plan"))
    kept = tmp_path / "sweep.json"
    words = ["bench", str(sample_model), *QUICK, "--keep", str(kept), "--json", "--sweep"]
    assert main([*words, "precision=keep,fp16", "batch=1"]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    values = [{"precision": "keep", "batch": 1}, {"precision": "fp16", "batch": 1}]
    assert [point["values"] for point in points] == values
    assert all(point["result"] for point in points)
    assert main([*words, "precision=fp16", "batch=1"]) == 0
    assert "Converting" not in capsys.readouterr().err
    assert main(["bench", str(sample_model), "--calibration", "pictures"]) == 1
    assert "sweep over precisions" in capsys.readouterr().err


def test_a_model_is_hashed_only_where_something_is_kept(
    sample_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    monkeypatch.setattr(sweep_file, "model_sha256", lambda path: read.append(path) or "ab")
    words = ["bench", str(sample_model), *QUICK, "--no-history", "--sweep", "N=1"]
    assert main(words) == 0
    assert read == []
    assert main([*words, "--keep", str(tmp_path / "sweep.json")]) == 0
    assert read == [sample_model]


def test_a_kept_sweep_is_gone_on_with(
    sample_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "sweep.json"
    words = ["bench", str(sample_model), *QUICK, "--keep", str(kept), "--sweep"]
    assert main([*words, "N=1"]) == 0
    first = json.loads(kept.read_text())["points"]
    assert main([*words, "N=1,2"]) == 0
    said = capsys.readouterr().err
    assert "There already: 1 point." in said
    assert "Point 1 of 2" not in said
    assert "Point 2 of 2: N 2" in said
    assert json.loads(kept.read_text())["points"][0] == first[0]
    assert main(["bench", str(sample_model), "--keep", str(kept), "--sweep", "N=1"]) == 1
    assert "other settings" in capsys.readouterr().err
    kept.write_text("{}")
    assert main([*words, "N=1"]) == 1
    assert "no sweep" in capsys.readouterr().err


def test_a_kept_sweep_of_another_model_of_the_same_size_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, kept = tmp_path / "model.onnx", tmp_path / "sweep.json"
    words = ["bench", str(model), *QUICK, "--keep", str(kept), "--sweep"]
    sizes = []
    for operator in ("Relu", "Sinh"):
        values = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["n", 3]) for n in "xy"]
        graph = helper.make_graph(
            [helper.make_node(operator, ["x"], ["y"])], "g", values[:1], values[1:]
        )
        opsets = [helper.make_opsetid("", 17)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), model)
        sizes.append(model.stat().st_size)
        assert main([*words, "n=1"]) == (1 if sizes[1:] else 0)
    assert sizes[0] == sizes[1]
    assert "a sweep of another model" in capsys.readouterr().err


def test_a_cpu_has_nothing_to_compare(
    sample_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", str(sample_model), "--why"]) == 1
    assert "no copies, streams or CUDA graphs" in capsys.readouterr().err


class ToldProcess:
    """An engine process that has measured already, and is closed together with another one."""

    asked: list[tuple[str, Any]]
    closers: Barrier

    def __init__(self, name: str) -> None:
        self.name = name

    def submit(self, request: Any) -> Any:
        self.asked.append((self.name, request))
        future: Future[Any] = Future()
        if isinstance(request, LoadRequest):
            device = request.options.device
            future.set_result(SessionInfo(device + 5, "a", "TensorRT", "GPU", (), (), {}))
        else:
            first = sum(not isinstance(asked, LoadRequest) for _, asked in self.asked) == 1
            future.set_result(result(100.0 if first else 95.0))
        return SimpleNamespace(future=future)

    def close(self, _timeout_s: float) -> None:
        self.closers.wait(30)
        self.asked.append((self.name, "close"))


def test_two_gpus_are_measured_at_once_and_against_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ToldProcess.asked, ToldProcess.closers = [], Barrier(2)
    monkeypatch.setattr(devices_module, "EngineProcess", ToldProcess)
    assert main(["bench", "a.plan", "--devices", "0,1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["factor"] == 1.9
    assert told["throughput_qps"] == 190.0
    assert [each["index"] for each in told["devices"]] == [0, 1]
    loads, benches, closed = ToldProcess.asked[:2], ToldProcess.asked[2:5], ToldProcess.asked[5:]
    assert [request.options.device for _, request in loads] == [0, 1]
    assert [(name, request.session) for name, request in benches] == [
        ("GPU 0", 5),
        ("GPU 0", 5),
        ("GPU 1", 6),
    ]
    assert {name for name, _ in closed} == {"GPU 0", "GPU 1"}
    assert main(["bench", "a.plan", "--devices", "0,1"]) == 0
    assert "190.0 per second together" in capsys.readouterr().out
    assert main(["history", "--json"]) == 0
    kept = json.loads(capsys.readouterr().out)["entries"]
    names = ["GPU 1, 2 at once", "GPU 0, 2 at once", "GPU 0 alone"]
    assert [entry["part"]["name"] for entry in kept] == names * 2
    assert [entry["part"]["first"] for entry in kept] == [4, 4, 4, 1, 1, 1]
    assert main(["history", "1", "2"]) == 0
    assert "gpus of 1: GPU 0, 2 at once" in capsys.readouterr().out
