"""NVIDIA's Model Optimizer as a program: its command lines, and what becomes of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import onnx
import pytest

from trtstudio.engine.conversion import convert
from trtstudio.engine.conversion import modelopt as modelopt_module
from trtstudio.engine.conversion.modelopt import autocast_command, quantization_command
from trtstudio.model.build.build import Progress
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.errors import Cancelled, StudioError

MakeModel = Callable[..., Path]
Error = Callable[..., float]

MODELOPT = os.environ.get("TRTSTUDIO_MODELOPT", "")
"""A Python that has it: it takes 6 GB, so few machines do."""


def ignore(_: Progress) -> None:
    """Nobody looks."""


def asked(python: str = sys.executable, **more: object) -> Conversion:
    return Conversion(tool="modelopt", python=python, **more)  # type: ignore[arg-type]


def test_the_command_line_for_fp16() -> None:
    command = autocast_command(Path("m.onnx"), Path("o.onnx"), "bf16", asked("py"), ["a.b"])
    assert (command[0], command[2]) == ("py", "modelopt.onnx.autocast")
    assert command[command.index("--low_precision_type") + 1] == "bf16"
    assert "--keep_io_types" in command
    assert command[command.index("--nodes_to_exclude") + 1] == r"^a\.b$"


def test_the_command_line_for_int8() -> None:
    wanted = asked("py", calibration=Calibration("d", "minmax"), convert_io=True, base="bf16")
    command = quantization_command(Path("m.onnx"), Path("o.onnx"), wanted, [], Path("c.npz"))
    assert (command[0], command[2]) == ("py", "modelopt.onnx.quantization")
    assert command[command.index("--calibration_method") + 1] == "max"
    assert command[command.index("--high_precision_dtype") + 1] == "bf16"
    assert "--direct_io_types" in command
    assert "--nodes_to_exclude" not in command


def test_a_method_that_it_does_not_have() -> None:
    wanted = asked("py", calibration=Calibration("d", "percentile"))
    with pytest.raises(StudioError, match="entropy or minmax"):
        quantization_command(Path("m.onnx"), Path("o.onnx"), wanted, [], Path("c.npz"))


def test_a_python_without_it_is_said_plainly(make_model: MakeModel, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="has no Model Optimizer") as caught:
        convert(make_model(), tmp_path / "o.onnx", "fp16", asked(), on_progress=ignore)
    assert "pip install" in caught.value.hint


@pytest.mark.parametrize("python", ["", "/no/such/python"])
def test_no_python_at_all(make_model: MakeModel, tmp_path: Path, python: str) -> None:
    with pytest.raises(StudioError, match="cannot be started"):
        convert(make_model(), tmp_path / "o.onnx", "fp16", asked(python), on_progress=ignore)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_it_is_ended_when_it_shall_stop(make_model: MakeModel, tmp_path: Path) -> None:
    slow, pid = tmp_path / "slow", tmp_path / "pid"
    slow.write_text(f"#!/bin/sh\necho $$ > {pid}\nexec sleep 60\n")
    slow.chmod(0o755)
    began = time.monotonic()

    def stop(_: Progress) -> None:
        if pid.exists() and pid.read_text().strip():
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        convert(make_model(), tmp_path / "o.onnx", "fp16", asked(str(slow)), on_progress=stop)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert time.monotonic() - began < 50


@pytest.fixture
def modelopt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts these lines in the place of its conversion, for the Python of the tests."""
    package = tmp_path / "packages" / "modelopt" / "onnx"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    known = os.environ["PYTHONPATH"]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(package.parents[1]), known)))
    return lambda lines: (package / "autocast.py").write_text(lines) and None


def link(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let TRT Studio be installed behind a link."""
    folder.symlink_to(Path(modelopt_module.__file__).parent)
    monkeypatch.setattr(modelopt_module, "_WATCHED", str(folder / "watched.py"))


@pytest.mark.parametrize("safe_path", ["", "1"])
def test_it_is_run_as_a_module(
    modelopt: Callable[[str], None],
    make_model: MakeModel,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    safe_path: str,
) -> None:
    monkeypatch.setenv("PYTHONSAFEPATH", safe_path)
    if sys.platform != "win32":  # where links need a right of their own
        link(tmp_path / "link", monkeypatch)
    modelopt(
        "import sys, shutil, modelopt\n"
        "assert __name__ == '__main__' and sys.argv[0] == __file__ and not sys.stdin.read()\n"
        "assert not any(path.endswith('conversion') for path in sys.path)\n"
        "words = dict(zip(sys.argv[1::2], sys.argv[2::2]))\n"
        "shutil.copy(words['--onnx_path'], words['--output_path'])\n"
    )
    source, out = make_model(), tmp_path / "o.onnx"
    convert(source, out, "fp16", asked(convert_io=True), on_progress=ignore)
    assert out.read_bytes() == source.read_bytes()


def test_the_model_may_lie_on_another_disk(
    modelopt: Callable[[str], None], make_model: MakeModel, small_disk: Path
) -> None:
    modelopt(
        "import sys, shutil\n"
        "words = dict(zip(sys.argv[1::2], sys.argv[2::2]))\n"
        "shutil.copy(words['--onnx_path'], words['--output_path'])\n"
        "open(words['--output_path'] + '_data', 'wb').write(b'weights')\n"
    )
    source, out = make_model(), small_disk / "[o].onnx"
    convert(source, out, "fp16", asked(convert_io=True), on_progress=ignore)
    assert out.read_bytes() == source.read_bytes()
    assert out.with_name("[o].onnx_data").read_bytes() == b"weights"


CONVERTING = """
import sys
from pathlib import Path
from trtstudio.engine.conversion import convert
from trtstudio.engine.conversion import modelopt as modelopt_module
from trtstudio.model.build.conversion import Conversion
model, out = map(Path, sys.argv[1:])
conversion = Conversion(tool="modelopt", python=sys.executable)
convert(model, out, "fp16", conversion, on_progress=lambda _: None)
"""


def test_it_ends_with_a_process_that_is_killed(
    modelopt: Callable[[str], None], make_model: MakeModel, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        modelopt(
            "import socket, time\n"
            f"connection = socket.create_connection({server.getsockname()!r})\n"
            "connection.sendall(b'!')\n"
            "time.sleep(600)\n"
        )
        command = [sys.executable, "-c", CONVERTING, str(make_model()), str(tmp_path / "o.onnx")]
        with subprocess.Popen(command) as parent:
            connection, _ = server.accept()
            with connection:
                connection.settimeout(60)
                assert connection.recv(1) == b"!"
                parent.kill()
                with suppress(ConnectionResetError):  # how Windows hangs up for one that ended
                    assert connection.recv(1) == b""


@pytest.mark.skipif(not MODELOPT, reason="TRTSTUDIO_MODELOPT names no Python that has it")
class TestReal:
    @pytest.mark.parametrize("module", ["autocast", "quantization"])
    def test_it_has_the_options(self, module: str) -> None:
        command = [MODELOPT, "-m", f"modelopt.onnx.{module}", "--help"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        wanted = asked("py", calibration=Calibration("d"), convert_io=module == "quantization")
        made = (
            autocast_command(Path("m"), Path("o"), "fp16", wanted, ["a"])
            if module == "autocast"
            else quantization_command(Path("m"), Path("o"), wanted, ["a"], Path("c"))
        )
        assert all(word in text for word in made if word.startswith("--"))

    @pytest.mark.parametrize("precision", ["fp16", "int8"])
    def test_it_converts(
        self,
        make_model: MakeModel,
        calibration_folder: Path,
        tmp_path: Path,
        relative_error: Error,
        precision: str,
    ) -> None:
        import numpy as np

        source, out = make_model(), tmp_path / "o.onnx"
        wanted = asked(MODELOPT, calibration=Calibration(str(calibration_folder)))
        convert(source, out, precision, wanted, on_progress=ignore)
        onnx.checker.check_model(onnx.load(out))
        feed = {"x": np.load(calibration_folder / "0.npy")}
        assert 0 < relative_error(source, out, feed) < 0.1
