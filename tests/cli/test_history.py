"""``trtstudio history``: what was built and measured enters it, and is listed, shown, compared,
exported, annotated and removed.
"""

import csv
import io
import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from trtstudio.cli import build as build_module
from trtstudio.cli import main
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_history import builds, remember_failure
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.history import History, default_path
from trtstudio.model.measure.bench_history import benchmarks, samples_of, sweeps

QUICK = ("--duration", "0", "--warmup", "0", "--iterations", "3")
Capture = pytest.CaptureFixture[str]


def bench(model: Path, *words: str) -> None:
    assert main(["bench", str(model), *QUICK, *words]) == 0


@pytest.fixture
def three(light_models: tuple[Path, ...], sample_model: Path, capsys: Capture) -> None:
    """A benchmark, another of a batch of two, and a sweep: 1, 2 and 3."""
    bench(light_models[0])
    bench(sample_model, "--shape", "images=2x3x224x224")
    bench(sample_model, "--sweep", "batch=1,2")
    capsys.readouterr()


@pytest.mark.usefixtures("three")
def test_what_is_measured_enters_it(sample_model: Path) -> None:
    history = History()
    newest, _ = benchmarks(history)
    run = newest.entry
    assert (run.subject.model, run.subject.file) == (str(sample_model), str(sample_model))
    assert len(run.subject.sha256) == 64
    assert run.result.shapes == {"images": (2, 3, 224, 224)}
    found = samples_of(history, newest.id)
    assert found is not None and len(found.samples) == run.result.iterations >= 3
    (swept,) = sweeps(history)
    assert swept.entry.axes == {"batch": (1, 2)} and swept.entry.complete
    assert [p.values for p in swept.entry.points] == [{"batch": 1}, {"batch": 2}]


def test_nothing_enters_where_that_is_not_wanted(sample_model: Path) -> None:
    bench(sample_model, "--no-history")
    assert not default_path().exists()


def test_a_history_that_cannot_be_written_is_a_warning(sample_model: Path, capsys: Capture) -> None:
    default_path().parent.mkdir(parents=True)
    default_path().write_bytes(b"no database" * 1000)
    bench(sample_model)
    assert "warning: The history in" in capsys.readouterr().err


def test_an_empty_one_says_so(capsys: Capture) -> None:
    assert main(["history"]) == 0
    assert "nothing yet" in capsys.readouterr().out


@pytest.mark.usefixtures("three")
def test_the_list(capsys: Capture, sample_model: Path) -> None:
    assert main(["history"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["N", "when", "what"]
    assert [row.split()[0] for row in rows] == ["3", "2", "1"]
    assert main(["history", "--sweeps"]) == 0
    assert "2 points over batch" in capsys.readouterr().out
    assert main(["history", "--json", "--of", str(sample_model), "--limit", "5"]) == 0
    found = json.loads(capsys.readouterr().out)["entries"]
    assert [(each["kind"], each["number"]) for each in found] == [("sweep", 3), ("benchmark", 2)]


@pytest.mark.usefixtures("three")
def test_several_are_compared_with_the_first(capsys: Capture) -> None:
    assert main(["history", "--show", "1", "2"]) == 0
    text = capsys.readouterr().out
    first, second = (kept.entry.result for kept in reversed(benchmarks(History())))
    ratio = second.latency_ms.median / first.latency_ms.median
    line = next(line for line in text.splitlines() if line.startswith("latency median"))
    assert f"{second.latency_ms.median:.3f} x " in line
    assert float(line.split()[-1]) == pytest.approx(ratio, rel=0.01, abs=0.006)  # two digits
    assert "images [2 x 3 x 224 x 224]" in text


@pytest.mark.usefixtures("three")
def test_exports(capsys: Capture) -> None:
    assert main(["history", "--export", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["number"] for row in rows] == ["2", "1"]
    assert main(["history", "3", "--export", "csv"]) == 0
    assert capsys.readouterr().out.startswith("batch,per second")
    assert main(["history", "1", "--export", "json", "--samples"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    times = entry["samples"]["latency_ms"]
    assert float(np.max(times)) == pytest.approx(entry["latency_ms"]["max"])


@pytest.mark.usefixtures("three")
def test_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    path = tmp_path / "new" / "report.html"
    assert main(["history", "--report", str(path), "1", "2", "3"]) == 0
    text = path.read_text("utf-8")
    assert text.count("<svg") == 5 and "Sweep of" in text and "<script" not in text


@pytest.mark.usefixtures("three")
def test_notes_and_removing(capsys: Capture) -> None:
    assert main(["history", "1", "--note", "before the change"]) == 0
    assert main(["history", "--remove", "2", "3"]) == 0
    capsys.readouterr()
    assert main(["history"]) == 0
    text = capsys.readouterr().out
    assert len(text.splitlines()) == 2 and "before the change" in text


def test_wrong_usage(capsys: Capture) -> None:
    assert main(["history", "7"]) == 1
    assert "no entry 7" in capsys.readouterr().err
    for words in (["--show"], ["--remove"], ["--note", "x"], ["--report", "out.html"]):
        with pytest.raises(SystemExit) as stopped:
            main(["history", *words])
        assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("error", "outcome"), [(StudioError("No space."), "failed"), (Cancelled("stopped"), "stopped")]
)
def test_a_build_that_fails_enters_it(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    sample_model: Path,
    error: StudioError,
    outcome: str,
) -> None:
    pytest.importorskip("tensorrt_rtx")

    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(build_module, "build_engine", fail)
    words = ["build", str(sample_model), "-o", str(tmp_path / "a.plan"), "--target", "sm_86"]
    assert main([*words, "--no-history"]) == 1
    assert not default_path().exists()
    assert main(words) == 1
    (kept,) = builds(History(), str(sample_model))
    assert (kept.entry.outcome, kept.entry.problem) == (outcome, error.message)


def test_a_build_enters_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, light_models: tuple[Path, ...]
) -> None:
    pytest.importorskip("tensorrt_rtx")
    model = light_models[0].resolve()  # as the working folder is told
    monkeypatch.chdir(model.parent)
    plan = tmp_path / "a.plan"
    assert main(["build", model.name, "-o", str(plan), "--target", "sm_86"]) == 0
    # The folder's name as the system says it: that of the model may lead through a link.
    (kept,) = builds(History(), str(Path(model.name).absolute()))
    assert kept.entry.outcome == "built" and kept.entry.result is not None
    assert kept.entry.result.plan_bytes == plan.stat().st_size


def test_builds_are_listed_and_shown(capsys: Capture) -> None:
    request = BuildRequest("/m/net.onnx", "/m/net.plan", precision="fp16", flags=("REFIT",))
    remember_failure(History(), request, StudioError("No space."), 2.5, "TensorRT 11")
    assert main(["history", "--builds"]) == 0
    assert "failed in 2.5 s" in capsys.readouterr().out
    assert main(["history", "1"]) == 0
    shown = capsys.readouterr().out
    assert "REFIT" in shown and "No space." in shown and "TensorRT 11" in shown
    assert main(["history", "1", "--report", "never.html"]) == 1
    assert not Path("never.html").exists()


@pytest.mark.usefixtures("three")
def test_an_entry_of_another_version_is_no_entry(capsys: Capture) -> None:
    with sqlite3.connect(default_path()) as db:
        db.execute("UPDATE entries SET body = '{}' WHERE id = 1")
    db.close()
    assert main(["history", "1"]) == 1
    assert "no entry 1" in capsys.readouterr().err
