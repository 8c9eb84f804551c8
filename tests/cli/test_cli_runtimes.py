"""``trtstudio runtimes`` and ``--python``: another interpreter is added, used and forgotten."""

import json
import os
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from trtstudio.cli import main
from trtstudio.model.interpreters import (
    Interpreter,
    KnownRuntime,
    read_interpreters,
    write_interpreters,
)
from trtstudio.model.plan.file import read_plan_header
from trtstudio.model.runtime import Installation, Runtime

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that holds nothing of its own."""
    folder = tmp_path_factory.mktemp("venvs") / "环境"
    venv.create(folder, symlinks=os.name == "posix")
    return folder


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    def call(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        return code, *capfd.readouterr()

    yield call
    write_interpreters(())


def test_an_environment_is_added_listed_and_forgotten(call: Call, environment: Path) -> None:
    code, out, _ = call("runtimes", "--add", environment, "--json")
    own, added = json.loads(out)["runtimes"]
    assert code == 0
    assert own["python"] is None
    assert Path(added["python"]).is_relative_to(environment)
    # It holds nothing of its own, so it finds ours.
    assert added["version"] == own["version"]
    assert [k.interpreter.python for k in read_interpreters()] == [added["python"]]

    assert str(environment) in call("runtimes")[1]
    code, out, _ = call("runtimes", "--remove", environment, "--json")
    assert len(json.loads(out)["runtimes"]) == 1
    assert read_interpreters() == ()


def test_what_is_no_interpreter_is_refused(call: Call, tmp_path: Path) -> None:
    code, _, err = call("runtimes", "--add", tmp_path)
    assert code == 1
    assert "no Python interpreter" in err
    assert call("--python", tmp_path, "doctor")[0] == 1


def test_a_verb_is_done_by_another_interpreter(call: Call, environment: Path) -> None:
    code, out, _ = call("--python", environment, "doctor", "--json")
    assert code == 0
    assert json.loads(out)["python"]
    assert call(f"--python={environment}", "inspect", "missing.onnx")[0] == 1


def test_the_doctor_names_the_runtime_that_fits_a_plan(call: Call, bad_files: Path) -> None:
    plan = bad_files / "release.plan"
    header = read_plan_header(plan)
    python = "/venvs/fits/bin/python"
    version = header.version
    fitting = KnownRuntime(
        Interpreter(python), Installation(Runtime("tensorrt_rtx", version, targets=("sm_86",)))
    )
    write_interpreters((fitting,))
    code, out, _ = call("doctor", plan)
    assert code == 1
    assert f"it can be run here by {header.label}, with --python {python}" in out
    assert "needs TensorRT-RTX" not in out
    write_interpreters(())
    assert f"needs {header.label} exactly" in call("doctor", plan)[1]
