"""What a configuration of the real builder holds after a request."""

from typing import Any

import pytest

from trtstudio.engine import runtime
from trtstudio.engine.build.build_config import configure
from trtstudio.engine.logger import capture, process_logger
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.errors import StudioError


def configured(**wanted: Any) -> Any:
    module = runtime.load()
    builder = module.Builder(process_logger(module))
    config = configure(module, builder, BuildRequest("m.onnx", "m.plan", **wanted))
    assert config.profiling_verbosity == module.ProfilingVerbosity.DETAILED
    return config


def test_flags_are_set_whatever_their_order() -> None:
    flags = runtime.load().BuilderFlag
    config = configured(flags=("EXCLUDE_LEAN_RUNTIME", "VERSION_COMPATIBLE"))
    assert config.get_flag(flags.VERSION_COMPATIBLE)
    assert config.get_flag(flags.EXCLUDE_LEAN_RUNTIME)
    assert not config.get_flag(flags.REFIT)


def test_a_refused_flag_is_no_silence() -> None:
    with capture() as log, pytest.raises(StudioError, match="EXCLUDE_LEAN_RUNTIME") as caught:
        configured(flags=("EXCLUDE_LEAN_RUNTIME",))
    assert caught.value.hint
    assert "kVERSION_COMPATIBLE" in log.errors[0]


def test_targets() -> None:
    pytest.importorskip("tensorrt_rtx")
    targets = runtime.load().ComputeCapability
    config = configured(targets=("sm_86", "sm_120"))
    found = [config.get_compute_capability(i) for i in range(config.num_compute_capabilities)]
    assert found == [targets.SM86, targets.SM120]
    assert configured().num_compute_capabilities == 0


def test_the_current_gpu_stands_alone() -> None:
    pytest.importorskip("tensorrt_rtx")
    with capture(), pytest.raises(StudioError, match="current"):
        configured(targets=("sm_86", "current"))


def test_limits() -> None:
    config = configured(options={"builder_optimization_level": 1, "WORKSPACE": 1 << 26})
    assert config.builder_optimization_level == 1
    pool = runtime.load().MemoryPoolType.WORKSPACE
    assert config.get_memory_pool_limit(pool) == 1 << 26


def test_a_level_that_tensorrt_changes_is_refused() -> None:
    with capture(), pytest.raises(StudioError, match="level = 9") as caught:
        configured(options={"builder_optimization_level": 9})
    assert "0 to 5" in caught.value.hint


def test_every_profile_is_added() -> None:
    shapes = ShapeRange((1, 3), (2, 3), (4, 3))
    assert configured(profiles=({"x": shapes}, {"x": shapes})).num_optimization_profiles == 2


def test_a_profile_upside_down_is_refused() -> None:
    with capture(), pytest.raises(StudioError, match="profile of x"):
        configured(profiles=({"x": ShapeRange((4, 3), (2, 3), (1, 3))},))
