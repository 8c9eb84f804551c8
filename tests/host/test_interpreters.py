"""Engine processes in other interpreters, beginning with ones where this program is missing."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from trtstudio.host.client import EngineProcess
from trtstudio.host.engines import Engines
from trtstudio.host.interpreters import entry_arguments, environment_of, python_of
from trtstudio.model.errors import EngineDied
from trtstudio.model.interpreters import OWN, Interpreter
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.requests import ProbeRequest
from trtstudio.model.run import LoadRequest, RunRequest

TIMEOUT_S = 60


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter of a virtual environment that holds nothing."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, symlinks=os.name == "posix")
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def test_an_environment_that_holds_nothing_is_filled_up(bare_python: str) -> None:
    engines = Engines()
    try:
        found = engines.submit(ProbeRequest(), Interpreter(bare_python)).future.result(TIMEOUT_S)
    finally:
        engines.close()
    assert found.python.startswith("{}.{}.".format(*sys.version_info))
    assert found.packages["numpy"]


def test_the_command_line_runs_there(bare_python: str) -> None:
    command = [bare_python, "-P", *entry_arguments("cli"), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout.startswith("trtstudio ")


def test_what_is_missing_there_is_named(bare_python: str) -> None:
    arguments = list(entry_arguments("server"))
    package = str(Path(__file__).parents[2])
    # Packages that were made for another Python are left out, as if it were an old one.
    process = EngineProcess(
        "old", bare_python, arguments=(arguments[0], "server", "3.0", "1", package)
    )
    try:
        error = process.submit(ProbeRequest()).future.exception(TIMEOUT_S)
    finally:
        process.close()
    assert isinstance(error, EngineDied)
    assert "No module named" in error.details
    assert "-m pip install trtstudio" in error.details


def test_our_own_interpreter_needs_no_help() -> None:
    assert python_of(OWN) == sys.executable
    assert environment_of(OWN) == {}
    assert environment_of(Interpreter("/x", "tensorrt_rtx")) == {
        "TRTSTUDIO_RUNTIME": "tensorrt_rtx"
    }


def test_a_session_is_run_by_the_process_that_loaded_it(bare_python: str, sample_model) -> None:
    import numpy as np

    engines = Engines()
    images = {"images": np.zeros((1, 3, 224, 224), np.float32)}
    try:
        there = engines.submit(LoadRequest(str(sample_model)), Interpreter(bare_python))
        here = engines.submit(LoadRequest(str(sample_model)))
        sessions = [job.future.result(TIMEOUT_S).session for job in (there, here)]
        pids = {session >> 20 for session in sessions}
        assert len(pids) == 2
        for session in sessions:
            result = engines.submit(RunRequest(session, images)).future.result(TIMEOUT_S)
            assert result.outputs["logits"].shape == (1, 1000)
    finally:
        engines.close()


def test_exact_fp32_has_a_process_that_never_knew_tf32(echo_arguments: tuple[str, ...]) -> None:
    engines = Engines(arguments=echo_arguments)
    try:
        for exact in (True, False):
            engines.submit(LoadRequest("x.plan", exact_fp32=exact)).future.result(TIMEOUT_S)
        told = {p.exact_fp32: p.environment for p in engines._processes}
    finally:
        engines.close()
    assert told == {True: {"NVIDIA_TF32_OVERRIDE": "0"}, False: {}}


def test_every_gpu_has_a_process_of_its_own(echo_arguments: tuple[str, ...]) -> None:
    engines = Engines(arguments=echo_arguments)
    try:
        requests = [LoadRequest("x.plan", options=LoadOptions(device=n)) for n in (0, 1, 0)]
        for request in requests:
            engines.submit(request).future.result(TIMEOUT_S)
        names = sorted(process.name for process in engines._processes.values())
    finally:
        engines.close()
    assert names == ["runner", "runner on GPU 1"]
