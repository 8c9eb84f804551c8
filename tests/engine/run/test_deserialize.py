"""What is checked before TensorRT is asked to load a plan, and what is said when it does not."""

import json
import os
import struct
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from trtstudio.engine import cuda, logger, runtime, tf32
from trtstudio.engine.run import deserialize, kernel_cache
from trtstudio.engine.run.deserialize import LoadedEngine, load_engine, new_context
from trtstudio.model.build.build import BuildRequest, BuildResult, Progress
from trtstudio.model.errors import StudioError
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.plan.record import BuildRecord, sha256_of, write_record
from trtstudio.model.runtime import Device, Runtime

SM_75, SM_86 = 1, 4


def plan_bytes(version: tuple[int, ...] = (1, 6, 1, 120), targets: int = SM_86) -> bytes:
    """A TensorRT-RTX plan with one section of 100 bytes, laid out as the real ones are."""
    table = struct.pack("<4s4xQQ", b"NGNE", 88, 100)
    head = struct.pack("<4sIQQ4B4s", b"vtrt", 0, 1, 188, *version, b"vtrt")
    return head + struct.pack("<I12xIIQ", targets, 12090, 0, 0) + table + bytes(range(100))


class TrtRuntime:
    """Takes what it is given, or refuses it with words."""

    def __init__(self) -> None:
        self.given: list[bytes] = []
        self.engine: Any = "engine"

    def deserialize_cuda_engine(self, content: memoryview) -> Any:
        self.given.append(bytes(content))
        if self.engine is None:
            logger.dispatch("error", "magic tag does not match")
        return self.engine


@pytest.fixture
def trt(monkeypatch: pytest.MonkeyPatch) -> TrtRuntime:
    """TensorRT-RTX 1.6.1 before a GPU of compute capability 9.0."""
    trt = TrtRuntime()
    here = Runtime("tensorrt_rtx", "1.6.1.120", load_options=("device", "context_memory"))
    monkeypatch.setattr(runtime, "describe", lambda *_: here)
    monkeypatch.setattr(deserialize, "_trt_runtime", lambda: trt)
    monkeypatch.setattr(cuda, "set_device", lambda _: None)
    monkeypatch.setattr(cuda, "devices", lambda: (Device("H200", "sm_90"),))
    return trt


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    def write_it(content: bytes) -> Path:
        path = tmp_path / "a.plan"
        path.write_bytes(content)
        return path

    return write_it


Write = Callable[[bytes], Path]


def ignore(_said: object) -> None:
    """Nobody listens."""


def record(plan: Path, *, exact_fp32: bool = False) -> None:
    """The record that a build leaves beside a plan."""
    request = BuildRequest("a.onnx", str(plan), exact_fp32=exact_fp32)
    size, digest = plan.stat().st_size, sha256_of(plan)
    result = BuildResult(str(plan), size, digest, "TensorRT-RTX 1.6.1.120", 1.0, (), (), {})
    write_record(BuildRecord(request, result, "0" * 64))


def test_a_plan_is_loaded_whole(trt: TrtRuntime, write: Write) -> None:
    said: list[Progress] = []
    loaded = load_engine(write(plan_bytes()), said.append)
    assert loaded.engine == "engine"
    assert loaded.device.name == "H200"
    assert loaded.seconds.keys() == {"verify", "deserialize"}
    assert trt.given == [plan_bytes()]
    assert len(said) == 2


def test_the_prefix_of_ultralytics_is_left_out(trt: TrtRuntime, write: Write) -> None:
    prefix = json.dumps({"names": {"0": "cat"}}).encode()
    load_engine(write(struct.pack("<I", len(prefix)) + prefix + plan_bytes()), ignore)
    assert trt.given == [plan_bytes()]


@pytest.mark.parametrize("position", [70, 90, 187])
def test_a_changed_byte_is_seen_before_tensorrt_is_asked(
    trt: TrtRuntime, write: Write, position: int
) -> None:
    plan = write(plan_bytes())
    record(plan)
    load_engine(plan, ignore)
    damaged = bytearray(plan_bytes())
    damaged[position] ^= 1
    with pytest.raises(StudioError, match=r"has changed|damaged"):
        load_engine(write(damaged), ignore)
    assert len(trt.given) == 1


def test_a_plan_cut_short_is_seen_before_tensorrt_is_asked(trt: TrtRuntime, write: Write) -> None:
    with pytest.raises(StudioError, match="cut off"):
        load_engine(write(plan_bytes()[:-1]), ignore)
    assert not trt.given


def test_another_release_is_refused_with_the_one_to_install(trt: TrtRuntime, write: Write) -> None:
    with pytest.raises(StudioError, match=r"needs TensorRT-RTX 1\.7\.1\.116") as caught:
        load_engine(write(plan_bytes((1, 7, 1, 116))), ignore)
    assert "1.7.1.116" in caught.value.hint
    assert not trt.given


def test_without_tensorrt_the_plan_says_which_one_it_needs(
    trt: TrtRuntime, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> Runtime:
        raise StudioError("No TensorRT.")

    monkeypatch.setattr(runtime, "describe", missing)
    with pytest.raises(StudioError, match=r"needs TensorRT-RTX 1\.6\.1\.120"):
        load_engine(write(plan_bytes()), ignore)
    assert not trt.given


def test_without_a_gpu_nothing_is_tried(
    trt: TrtRuntime, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuda, "devices", lambda: ())
    with pytest.raises(StudioError, match="GPU") as caught:
        load_engine(write(plan_bytes()), ignore)
    assert caught.value.hint
    assert not trt.given


@pytest.mark.usefixtures("trt")
@pytest.mark.parametrize("sm", ["sm_90", "sm_100", "sm_86"])
def test_a_gpu_that_may_run_the_plan_is_left_to_tensorrt(
    write: Write, monkeypatch: pytest.MonkeyPatch, sm: str
) -> None:
    monkeypatch.setattr(cuda, "devices", lambda: (Device("GPU", sm),))
    assert load_engine(write(plan_bytes()), ignore).engine == "engine"


@pytest.mark.usefixtures("trt")
def test_from_ampere_on_a_missing_target_is_a_warning(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuda, "devices", lambda: (Device("GPU", "sm_120"),))
    (warning,) = load_engine(write(plan_bytes()), ignore).warnings
    assert "built for sm_86" in warning
    monkeypatch.setattr(cuda, "devices", lambda: (Device("GPU", "sm_75"),))
    with pytest.raises(StudioError, match="built for sm_86"):
        load_engine(write(plan_bytes()), ignore)


def test_a_refusal_has_tensorrts_words(trt: TrtRuntime, write: Write) -> None:
    trt.engine = None
    with pytest.raises(
        StudioError, match=r"TensorRT-RTX 1\.6\.1\.120 cannot load a\.plan"
    ) as caught:
        load_engine(write(plan_bytes()), ignore)
    assert "magic tag does not match" in caught.value.details
    assert caught.value.hint


class Config:
    """An ``IRuntimeConfig`` without a cache."""


class Engine:
    """An engine that makes a context, or says why it does not. ``taken_bytes`` are its
    activations; ``environment`` is what the variable for TF32 was when a context was made.
    """

    def __init__(self, words: str = "", taken_bytes: int = 100) -> None:
        self.words = words
        self.device_memory_size_v2 = taken_bytes
        self.given: list[Any] = []
        self.environment: list[str | None] = []

    def get_device_memory_size_for_profile_v2(self, profile: int) -> int:
        return self.device_memory_size_v2 // (profile + 2)

    def create_execution_context(self, *given: Any) -> str | None:
        self.given += given
        self.environment.append(os.environ.get(tf32.VARIABLE))
        if self.words:
            logger.dispatch("error", self.words)
            return None
        return "context"


class EngineWithConfig(Engine):
    """An engine of a TensorRT with runtime configurations."""

    def create_runtime_config(self) -> Config:
        return Config()


def loaded(engine: Engine, plan: Path = Path("a.plan"), **options: Any) -> LoadedEngine:
    exact = options.pop("exact_fp32", None)
    chosen = LoadOptions(**options)
    device = Device("H200", "sm_90", 10**11, 10**10)
    return LoadedEngine(engine, device, (), {}, plan, chosen, exact)


@pytest.mark.usefixtures("trt")
@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("Inconsistent setting of NVIDIA_TF32_OVERRIDE env var", "Set NVIDIA_TF32_OVERRIDE"),
        ("Requested 99 GB: out of memory", "Close other programs"),
        ("something else", "Build it again"),
    ],
)
def test_no_context_has_tensorrts_words_and_the_fitting_hint(
    write: Write, words: str, hint: str
) -> None:
    with pytest.raises(StudioError, match="no execution context") as caught:
        new_context(loaded(Engine(words), write(plan_bytes())))
    assert words in caught.value.details
    assert hint in caught.value.hint


@pytest.mark.usefixtures("trt")
def test_exact_fp32_is_in_the_environment_only_while_a_context_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(tf32.VARIABLE, "1")
    engine = Engine()
    for exact in (True, False, None, True):
        new_context(loaded(engine, exact_fp32=exact))
        assert os.environ[tf32.VARIABLE] == "1"
    assert engine.environment == ["0", None, "1", "0"]


@pytest.mark.usefixtures("trt")
def test_exact_fp32_is_what_the_record_says(write: Write) -> None:
    plan = write(plan_bytes())
    assert load_engine(plan, ignore).exact_fp32 is None
    for exact in (True, False):
        record(plan, exact_fp32=exact)
        assert load_engine(plan, ignore).exact_fp32 is exact


@pytest.mark.usefixtures("trt")
def test_a_context_that_does_not_fit_is_refused_with_the_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = Device("GPU", "sm_90", memory_bytes=24 * 10**9, free_bytes=10**9)
    monkeypatch.setattr(cuda, "devices", lambda: (small,))
    engine = Engine(taken_bytes=1_500_000_000)
    with pytest.raises(StudioError, match=r"takes 1\.5 GB, and only 1\.0 GB of 24\.0 GB are free"):
        new_context(loaded(engine))
    assert not engine.given, "TensorRT was not asked"
    allocated = {"ExecutionContextAllocationStrategy": SimpleNamespace(ON_PROFILE_CHANGE="change")}
    monkeypatch.setattr(runtime, "load", lambda: SimpleNamespace(**allocated))
    new_context(loaded(engine, context_memory="on_profile_change"))
    assert engine.given == ["change"], "the first profile takes half as much"


@pytest.mark.usefixtures("trt")
def test_weights_that_do_not_fit_are_refused_with_the_figures(
    trt: TrtRuntime, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(plan_bytes())
    content[64:68] = b"THGW"  # the section of 100 bytes holds weights
    for free_bytes, fits in ((99, False), (100, True), (0, True)):
        device = Device("GPU", "sm_86", 1000, free_bytes)
        monkeypatch.setattr(cuda, "devices", lambda device=device: (device,))
        if fits:
            load_engine(write(bytes(content)), ignore)
            continue
        with pytest.raises(StudioError, match=r"weights of a\.plan take 100 B, and only 99 B"):
            load_engine(write(bytes(content)), ignore)
        assert not trt.given


@pytest.mark.usefixtures("trt")
def test_our_own_memory_comes_with_a_context_that_wants_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strategies = SimpleNamespace(USER_MANAGED="ours")
    module = SimpleNamespace(ExecutionContextAllocationStrategy=strategies)
    monkeypatch.setattr(runtime, "load", lambda: module)
    engine = Engine(taken_bytes=10**15)
    made = new_context(loaded(engine, context_memory="user_managed"))
    assert made.memory is not None
    assert engine.given == ["ours"]
    assert new_context(loaded(Engine())).memory is None


@pytest.mark.usefixtures("trt")
@pytest.mark.parametrize("keep", [True, False])
def test_kernels_are_kept_unless_that_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, keep: bool
) -> None:
    attached: list[Path] = []
    monkeypatch.setattr(runtime, "load", SimpleNamespace)
    monkeypatch.setattr(
        kernel_cache, "attach", lambda _, plan: attached.append(plan) or kernel_cache.keep_nothing
    )
    new_context(loaded(EngineWithConfig(), keep_kernels=keep))
    assert attached == ([Path("a.plan")] if keep else [])


def test_the_gpu_that_is_asked_for(
    trt: TrtRuntime, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuda, "devices", lambda: (Device("A", "sm_86"), Device("B", "sm_86")))
    chosen: list[int] = []
    monkeypatch.setattr(cuda, "set_device", chosen.append)
    found = load_engine(write(plan_bytes()), ignore, LoadOptions(device=1))
    assert (found.device.name, chosen) == ("B", [1])
    for index in (2, -1):
        with pytest.raises(StudioError, match=f"no GPU {index} here: 2 found") as caught:
            load_engine(write(plan_bytes()), ignore, LoadOptions(device=index))
        assert "1: B" in caught.value.details
    assert len(trt.given) == 1


@pytest.mark.usefixtures("trt")
def test_an_option_that_this_tensorrt_lacks_is_refused(write: Write) -> None:
    with pytest.raises(StudioError, match=r"TensorRT-RTX 1\.6\.1\.120 does not have CUDA graphs"):
        load_engine(write(plan_bytes()), ignore, LoadOptions(cuda_graphs="disabled"))
