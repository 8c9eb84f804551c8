"""Whether a lost GPU is noticed, against a CUDA of Python."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest

from trtstudio.engine import cuda, fault
from trtstudio.engine.fault import lost_gpu


class Code(int):
    """An error code, false where all is well."""


class Cuda:
    """Some GPUs, of which ``broken`` answer everything with an error."""

    def __init__(self, broken: dict[int, int]) -> None:
        self.broken = broken
        self.current = 0

    def cudaGetDevice(self) -> tuple[Code, int]:
        return Code(0), self.current

    def cudaSetDevice(self, index: int) -> tuple[Code]:
        self.current = index
        return (Code(0),)

    def cudaStreamSynchronize(self, stream: int) -> tuple[Code]:
        assert stream == 0
        return (Code(self.broken.get(self.current, 0)),)

    def cudaGetErrorName(self, _code: int) -> tuple[Code, bytes]:
        return Code(0), b"cudaErrorIllegalAddress"

    def cudaGetErrorString(self, _code: int) -> tuple[Code, bytes]:
        return Code(0), b"an illegal memory access was encountered"


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Cuda]:
    def install(broken: dict[int, int], in_use: tuple[int, ...], loaded: bool = True) -> Cuda:
        gpus = Cuda(broken)
        cudart = cache(lambda: gpus)
        if loaded:
            cudart()
        monkeypatch.setattr(cuda, "cudart", cudart)
        monkeypatch.setattr(fault, "_devices_in_use", lambda: iter(in_use))
        return gpus

    return install


def test_nothing_is_lost_where_cuda_was_never_used(use: Callable[..., Cuda]) -> None:
    use({0: 700}, (0,), loaded=False)
    assert lost_gpu() == ""


def test_working_gpus_are_not_lost(use: Callable[..., Cuda]) -> None:
    gpus = use({}, (0, 1))
    gpus.current = 1
    assert lost_gpu() == ""
    assert gpus.current == 1


def test_a_gpu_that_answers_with_an_error_is_lost(use: Callable[..., Cuda]) -> None:
    gpus = use({1: 700}, (0, 1))
    assert lost_gpu() == ("cudaErrorIllegalAddress (700): an illegal memory access was encountered")
    assert gpus.current == 0


def test_gpus_that_this_process_does_not_use_are_not_asked(use: Callable[..., Cuda]) -> None:
    use({1: 700}, (0,))
    assert lost_gpu() == ""


def test_a_machine_without_a_driver_has_lost_nothing() -> None:
    """In a process of its own, where CUDA's module is loaded and nothing is made with it."""
    code = """if True:
        from trtstudio.engine import cuda, fault
        cuda.cudart()
        print(repr(fault.lost_gpu()))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if "cuda-bindings" in done.stderr:
        pytest.skip("cuda-bindings is not here")
    assert done.stdout == "''\n", done.stderr
