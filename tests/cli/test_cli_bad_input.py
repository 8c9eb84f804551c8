"""What nobody can use, on the command line: it says what is wrong and what to do, and nothing that
is half-written stays.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trtstudio.cli import main
from trtstudio.engine import cuda, runtime
from trtstudio.model.plan.record import read_record
from trtstudio.model.runtime import Device

PROFILE = "images=1x3x224x224,1x3x224x224,2x3x224x224"
VERBS = ("inspect", "build", "run", "bench", "doctor")
NO_GPU = pytest.mark.skipif(runtime.has_gpu(), reason="there is a GPU")

Refused = Callable[..., tuple[str, str]]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Refused:
    """The message and the hint of a call that fails, which people read the same as programs."""

    def refused(*words: object) -> tuple[str, str]:
        texts = [str(word) for word in words]
        assert main(texts) == 1
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert main([*texts, "--json"]) == 1
        told = json.loads(capsys.readouterr().out)
        error = told.get("error") or _first_error(told)
        assert error["message"] in out + err
        assert error["hint"] in out + err
        return error["message"], error["hint"]

    return refused


def _first_error(told: dict) -> dict:
    """That of a source of ``run``, or of a check of ``doctor``."""
    rows = told.get("results") or told["checks"]
    return next(filter(None, (row.get("error") or row.get("problem") for row in rows)))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a plan may go; nothing else is there."""
    folder = tmp_path / "plans"
    folder.mkdir()
    return folder / "a.plan"


@pytest.fixture(scope="module")
def plans(sample_model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample built for two generations of GPUs."""
    if not runtime.describe().targets:
        pytest.skip("this TensorRT cannot build for another GPU")
    folder = tmp_path_factory.mktemp("plans")
    made = {target: folder / f"{target}.plan" for target in ("sm_75", "sm_86")}
    for target, path in made.items():
        words = ["build", sample_model, "-o", path, "--target", target, "--profile", PROFILE]
        assert main([*map(str, words), "--precision", "fp16"]) == 0
    return made


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


# ---------------------------------------------------------------- models


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("text.onnx", "is a text file, not a model", "Open an ONNX model"),
        ("picture.onnx", "is a PNG picture, not a model", "then drop the picture on it"),
        ("empty.onnx", "is empty", "make it again"),
        ("cut.onnx", "is cut off: it holds 100,000 bytes", "Copy or download it again"),
        ("header.plan", "a TensorRT plan", ""),
        ("gone.onnx", "does not exist", "Check the path"),
    ],
)
def test_no_model(
    refused: Refused, bad_files: Path, verb: str, name: str, message: str, hint: str
) -> None:
    before = _files(bad_files)
    said = refused(verb, bad_files / name)
    assert name in said[0]
    assert message in said[0]
    assert hint in said[1]
    assert _files(bad_files) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
@pytest.mark.parametrize("verb", VERBS)
def test_a_pipe_is_not_waited_for(refused: Refused, tmp_path: Path, verb: str) -> None:
    os.mkfifo(tmp_path / "pipe.onnx")
    said = refused(verb, tmp_path / "pipe.onnx")
    assert said == ("pipe.onnx is no ordinary file.", "Copy it to a file first.")


@pytest.mark.parametrize(
    "words", [["inspect", "--view", "network"], ["build"], ["run"], ["bench"], ["doctor"]]
)
def test_missing_external_weights(refused: Refused, bad_files: Path, words: list[str]) -> None:
    before = _files(bad_files)
    message, hint = refused(words[0], bad_files / "weights.onnx", *words[1:])
    assert message == "weights.onnx keeps weights in w.bin, which is missing or too short."
    assert hint == f"Put it beside the model, in {bad_files}."
    assert _files(bad_files) == before


def test_a_model_without_its_weights_can_be_looked_at(
    bad_files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(bad_files / "weights.onnx")]) == 0
    out, err = capsys.readouterr()
    assert "product" in out
    assert err.startswith("warning: weights.onnx keeps weights in w.bin, which is missing")


@pytest.mark.parametrize("words", [["inspect", "--view", "network"], ["build"], ["doctor"]])
def test_unsupported_operators(refused: Refused, bad_files: Path, words: list[str]) -> None:
    before = _files(bad_files)
    message, hint = refused(words[0], bad_files / "operators.onnx", *words[1:])
    assert message.startswith(runtime.describe().label)
    assert message.endswith(
        "does not support operator Swish2 (nodes swish_a, swish_b); Bernoulli (node dice)."
    )
    assert hint == "Replace these nodes in the model, or run it with ONNX Runtime."
    assert _files(bad_files) == before


@pytest.mark.parametrize("verb", ["run", "bench"])
def test_operators_that_onnx_runtime_lacks(refused: Refused, bad_files: Path, verb: str) -> None:
    message, hint = refused(verb, bad_files / "operators.onnx")
    assert message == (
        "ONNX Runtime cannot load operators.onnx: it does not know the operator com.example:Swish2."
    )
    assert "export the model again" in hint


# ---------------------------------------------------------------- profiles


def test_dynamic_without_a_profile(refused: Refused, bad_files: Path, place: Path) -> None:
    """Where no profile can be suggested: the suggested one is tested with the build."""
    message, hint = refused("build", bad_files / "rank.onnx", "-o", place)
    assert "the build has no profile: x" in message
    assert hint.startswith("Add a profile")
    assert _files(place.parent) == []


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ("4x3x224x224,2x3x224x224,8x3x224x224", "a min of 4 above its opt of 2"),
        ("1x3x224x224,8x3x224x224,4x3x224x224", "an opt of 8 above its max of 4"),
    ],
)
def test_a_min_above_opt_and_an_opt_above_max(
    refused: Refused, sample_model: Path, place: Path, profile: str, words: str
) -> None:
    said = refused("build", sample_model, "-o", place, "--profile", f"images={profile}")
    assert f"Axis 0 of images has {words}; make min <= opt <= max." in said[0]
    assert said[1] == "Correct the profile and build again."
    assert _files(place.parent) == []


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("text.jpg", "is not a picture that can be read", "Use a JPEG, PNG"),
        ("cut.jpg", "is a damaged or incomplete picture", "Copy or download it again"),
        ("gone.jpg", "does not exist", "Check the path"),
    ],
)
def test_unreadable_pictures(
    refused: Refused,
    sample_model: Path,
    bad_files: Path,
    place: Path,
    name: str,
    message: str,
    hint: str,
) -> None:
    folder = place.parent
    said = refused("run", sample_model, bad_files / name, "--annotate", folder)
    assert name in said[0]
    assert message in said[0]
    assert hint in said[1]
    assert _files(folder) == []


# ---------------------------------------------------------------- plans


@pytest.mark.parametrize("words", [["run"], ["bench"], ["doctor"], ["inspect", "--view", "engine"]])
@pytest.mark.parametrize(
    ("name", "needs", "command"),
    [
        ("release.plan", "TensorRT-RTX 1.4.0.76 exactly", "tensorrt-rtx==1.4.0.76"),
        ("product.plan", "TensorRT 10.15.1.29", "tensorrt==10.15.1.29"),
    ],
)
def test_plans_of_another_tensorrt(
    refused: Refused, bad_files: Path, words: list[str], name: str, needs: str, command: str
) -> None:
    message, hint = refused(words[0], bad_files / name, *words[1:])
    here = runtime.describe().label
    assert f"This plan needs {needs}, and here is {here}." in message
    if words[0] != "inspect":
        assert hint.startswith(f"Run 'pip install {command}'")
    assert "ONNX model" in hint or "their own TensorRT" in hint


@pytest.mark.parametrize("verb", ["run", "bench", "doctor"])
def test_a_plan_of_another_gpu(
    refused: Refused, plans: dict[str, Path], monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    old = Device("NVIDIA GeForce RTX 2080", "sm_75")
    monkeypatch.setattr(cuda, "devices", lambda: (old,))
    message, hint = refused(verb, plans["sm_86"])
    assert message == "This plan was built for sm_86, and NVIDIA GeForce RTX 2080 is sm_75."
    assert "with sm_75 among its targets" in hint


def test_a_plan_of_an_older_gpu(
    refused: Refused, plans: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuda, "devices", lambda: (Device("NVIDIA GeForce RTX 3060", "sm_86"),))
    message, _ = refused("doctor", plans["sm_75"])
    assert message == "This plan was built for sm_75, and NVIDIA GeForce RTX 3060 is sm_86."


@pytest.mark.parametrize("verb", ["run", "bench", "doctor"])
def test_a_plan_that_is_cut_off(
    refused: Refused, plans: dict[str, Path], tmp_path: Path, verb: str
) -> None:
    whole = plans["sm_86"].read_bytes()
    cut = tmp_path / "cut.plan"
    cut.write_bytes(whole[: len(whole) // 2])
    message, hint = refused(verb, cut)
    assert message == (
        f"This plan is cut off: it holds {len(whole) // 2:,} of its {len(whole):,} bytes."
    )
    assert hint.startswith("Copy it again")


@pytest.fixture
def changed(plans: dict[str, Path], tmp_path: Path) -> Path:
    """A plan with one bit of its weights turned, which TensorRT itself does not notice."""
    path = tmp_path / "changed.plan"
    content = bytearray(plans["sm_86"].read_bytes())
    content[-1000] ^= 1
    path.write_bytes(content)
    shutil.copy(f"{plans['sm_86']}.json", f"{path}.json")
    return path


def test_a_plan_that_has_changed(
    refused: Refused, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen before the GPU is touched, so there need not be one."""
    monkeypatch.setattr(cuda, "devices", lambda: (Device("NVIDIA GeForce RTX 3060", "sm_86"),))
    for verb in ("run", "bench", "doctor"):
        message, hint = refused(verb, changed)
        assert message == "changed.plan has changed since it was built."
        assert hint.startswith("Copy it again")


# ---------------------------------------------------------------- no GPU


@NO_GPU
@pytest.mark.parametrize("verb", ["run", "bench", "doctor"])
def test_a_plan_without_a_gpu(refused: Refused, plans: dict[str, Path], verb: str) -> None:
    message, hint = refused(verb, plans["sm_86"])
    assert message == "A plan runs on an NVIDIA GPU, and none was found here."
    assert "nvidia-smi" in hint
    assert "ONNX model on the CPU" in hint


@NO_GPU
def test_a_build_for_a_gpu_that_is_not_here(
    refused: Refused, sample_model: Path, place: Path
) -> None:
    if not runtime.describe().targets:
        pytest.skip("this TensorRT builds only on a GPU")
    message, hint = refused("build", sample_model, "-o", place, "--target", "current")
    assert "needs an NVIDIA GPU" in message
    assert "such as sm_86" in hint
    assert _files(place.parent) == []


# ---------------------------------------------------------------- places to write to


@pytest.mark.parametrize(
    ("where", "message", "hint"),
    [
        ("missing/a.plan", "there is no such folder", "Make the folder first"),
        ("file/a.plan", "there is no such folder", "or choose another"),
        ("", "is a folder", "Name a file in it"),
    ],
)
def test_a_plan_that_cannot_be_written(
    refused: Refused, sample_model: Path, tmp_path: Path, where: str, message: str, hint: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    said = refused("build", sample_model, "-o", tmp_path / where)
    assert message in said[0]
    assert hint in said[1]
    assert _files(tmp_path) == [tmp_path / "file"]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="modes bind neither root nor Windows"
)
def test_a_folder_that_may_not_be_written_to(
    refused: Refused, sample_model: Path, place: Path
) -> None:
    place.parent.chmod(0o500)
    try:
        message, hint = refused("build", sample_model, "-o", place)
    finally:
        place.parent.chmod(0o700)
    assert "writing there is not allowed" in message
    assert hint == "Choose a folder that you may write to."


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="modes bind neither root nor Windows"
)
@pytest.mark.parametrize(
    "words",
    [
        ("inspect", "{sealed}/a.onnx"),
        ("run", "{model}", "{sealed}/a.jpg"),
        ("run", "{model}", "{sealed}/a.mp4"),
        ("run", "{model}", "{sealed}/list.txt"),
        ("run", "{model}", "{model}", "--compare-with", "{sealed}/a.onnx"),
        ("run", "{model}", "{sealed}/..", "--resume", "{sealed}/run.jsonl"),
        ("bench", "{model}", "--sweep", "batch=1", "--keep", "{sealed}/sweep.json"),
    ],
)
def test_a_folder_that_may_not_be_looked_into(
    refused: Refused, sample_model: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    sealed = tmp_path / "sealed"
    sealed.mkdir(mode=0o600)  # with which it can be removed
    message, _ = refused(*(word.format(sealed=sealed, model=sample_model) for word in words))
    assert Path(words[-1]).name in message


def test_a_full_disk(refused: Refused, sample_model: Path, small_disk: Path) -> None:
    plan = small_disk / "a.plan"
    plan.write_bytes(b"old")
    message, hint = refused("build", sample_model, "-o", plan, "--profile", PROFILE)
    assert message == f"a.plan cannot be written to {small_disk}: the disk is full."
    assert hint.startswith("Make space there")
    assert _files(small_disk) == [plan]
    assert plan.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("--save", "out.npz"),
        ("--annotate", "."),
        ("--annotate", "out.mp4"),
        ("--annotate", "out.avi"),
        ("--csv", "out.csv"),
        ("--coco", "out.json"),
        ("--contact-sheet", "out.png"),
        ("--resume", "out.jsonl"),
    ],
)
def test_a_full_disk_for_results(
    refused: Refused,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    small_disk: Path,
    option: str,
    name: str,
) -> None:
    _fill(small_disk)
    before = _files(small_disk)
    message, _ = refused("run", sample_model, sample_pictures[0], option, small_disk / name)
    assert "the disk is full" in message
    assert _files(small_disk) == before


def _fill(folder: Path) -> None:
    """Leave no room for even one byte."""
    with pytest.raises(OSError, match="space"), (folder / "filler").open("wb", 0) as file:
        while True:
            file.write(bytes(4096))


# ---------------------------------------------------------------- names


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_names_that_are_no_text(
    refused: Refused, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"\xff\xfe")
    folder.mkdir()
    plan, profile = folder / "a.plan", ("--profile", PROFILE)
    assert main([str(word) for word in ("build", sample_model, "-o", plan, *profile)]) == 0
    assert main(["inspect", str(plan)]) == 0  # the record beside it is a whole one
    assert read_record(plan)
    assert main(["history", "--of", str(plan)]) == 0
    shutil.copy(sample_pictures[0], folder)
    model = shutil.copy(sample_model, folder)
    cache = ("--calibration", folder, "--calibration-cache", folder / "ranges")
    words = ("convert", sample_model, "--precision", "int8", "-o", folder / "a.onnx", *cache)
    assert main(list(map(str, words))) == 0
    for words in (
        ("run", model),
        ("build", model, "-o", plan, *profile),
        ("convert", model, "--precision", "int8", "--calibration", folder),
        ("inspect", model, "--view", "network"),
    ):
        message, hint = refused(*words)
        assert "has a name that is no text" in message
        assert hint.startswith("Rename")


def test_names_in_any_script(
    sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    """In a process of its own, on a terminal that knows ASCII only."""
    folder = tmp_path / "my models 模型 é"
    folder.mkdir()
    model = Path(shutil.copy(sample_model, folder / "网络 ß.onnx"))
    picture = Path(shutil.copy(sample_pictures[2], folder / "写真 ☕.jpg"))
    plan = folder / "计划 1.plan"
    build = ["build", model, "-o", plan, "--profile", PROFILE, "--precision", "fp16"]
    assert _json(*build)["plan"] == str(plan)
    assert _json("inspect", plan)["layers"]
    assert _json("inspect", model, "--view", "network")["layers"]
    result = _json("run", model, picture, "--save", folder / "出力.npz", "--annotate", folder)
    assert result["results"][0]["source"] == str(picture)
    assert result["results"][0]["top"][0]["label"] == "espresso"
    assert _json("bench", model, "--duration", "0")["iterations"]
    assert _json("doctor", model)["usable"]
    made = {path.name for path in folder.iterdir()} - {model.name, picture.name}
    assert made == {"计划 1.plan", "计划 1.plan.json", "出力.npz", "写真 ☕.png"}


def _json(*words: object) -> dict:
    command = [sys.executable, "-m", "trtstudio", *map(str, words), "--json"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
