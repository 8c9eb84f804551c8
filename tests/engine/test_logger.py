"""Whom TensorRT's messages reach."""

import threading
import types
from collections.abc import Callable

import pytest

from trtstudio.engine import runtime
from trtstudio.engine.logger import capture, dispatch, process_logger
from trtstudio.model.build.build import LogLine


def in_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_lines_and_errors_reach_the_capture() -> None:
    lines: list[LogLine] = []
    with capture(lines.append) as log:
        dispatch("info", "hello")
        dispatch("error", "broken")
    assert [(line.severity, line.text) for line in lines] == [
        ("info", "hello"),
        ("error", "broken"),
    ]
    assert all(line.time > 0 for line in lines)
    assert log.errors == ["broken"]


def test_verbose_lines_are_for_those_who_ask() -> None:
    few: list[LogLine] = []
    all_lines: list[LogLine] = []
    with capture(few.append):
        dispatch("verbose", "Layers:")
    with capture(all_lines.append, verbose=True):
        dispatch("verbose", "Layers:")
    assert few == []
    assert [line.text for line in all_lines] == ["Layers:"]


def test_threads_that_come_first_get_the_same_logger() -> None:
    """TensorRT keeps the first without holding it: another one in its place would let it go."""
    found: list[object] = []
    others: list[threading.Thread] = []

    class ILogger:
        def __init__(self) -> None:
            if not others:
                others.append(threading.Thread(target=lambda: found.append(process_logger(module))))
                others[0].start()
                others[0].join(0.2)  # it may have to wait

    module = types.ModuleType("runtime")
    module.ILogger = ILogger  # type: ignore[attr-defined]
    found.append(process_logger(module))
    others[0].join(30)
    assert len(found) == 2
    assert found[0] is found[1]


def test_two_threads_do_not_hear_each_other() -> None:
    heard: dict[str, list[str]] = {"a": [], "b": []}
    barrier = threading.Barrier(2)

    def work(name: str) -> None:
        with capture(lambda line: heard[name].append(line.text)):
            barrier.wait()
            dispatch("info", name)
            barrier.wait()

    threads = [threading.Thread(target=work, args=name) for name in heard]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {"a": ["a"], "b": ["b"]}


def test_threads_of_tensorrt_reach_everybody() -> None:
    with capture() as outer:
        in_thread(lambda: dispatch("error", "from afar"))
    in_thread(lambda: dispatch("error", "too late"))
    assert outer.errors == ["from afar"]


def test_inner_capture_hides_the_outer_one() -> None:
    with capture() as outer:
        with capture() as inner:
            dispatch("error", "inside")
        dispatch("error", "outside")
    assert (inner.errors, outer.errors) == (["inside"], ["outside"])


def test_a_sink_that_fails_harms_nobody() -> None:
    def fail(line: LogLine) -> None:
        raise RuntimeError(line.text)

    with capture(fail) as log:
        dispatch("error", "broken")
    assert log.errors == ["broken"]


def test_a_failing_block_ends_its_capture() -> None:
    with pytest.raises(KeyError), capture() as log:
        raise KeyError
    dispatch("error", "afterwards")
    assert log.errors == []


def test_missing_driver_is_no_error_of_its_own() -> None:
    noise = (
        "[checkMacros.cpp::catchCudaError::250] Error Code 1: Cuda Runtime (In catchCudaError "
        "(cudaError 35: CUDA driver version is insufficient for CUDA runtime version))"
    )
    lines: list[LogLine] = []
    with capture(lines.append) as log:
        dispatch("error", noise)
    assert (log.errors, lines) == ([], [])


def test_the_process_has_one_logger_and_tensorrt_uses_it() -> None:
    module = runtime.load()
    logger = process_logger(module)
    assert process_logger(module) is logger
    with capture() as log:
        builder = module.Builder(logger)
        config = builder.create_builder_config()
        config.set_flag(module.BuilderFlag.EXCLUDE_LEAN_RUNTIME)
    assert "kVERSION_COMPATIBLE" in log.errors[0]
    assert len(log.errors) == 1
