"""CUDA: its errors in words, and what can only be seen with a GPU."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from trtstudio.engine import cuda

rt = cuda.cudart()


def test_a_good_answer_is_unpacked() -> None:
    assert cuda.check((rt.cudaError_t.cudaSuccess, 7)) == 7
    assert cuda.check((rt.cudaError_t.cudaSuccess,)) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cudaErrorInsufficientDriver", "no NVIDIA driver"),
        ("cudaErrorNoDevice", "sees no GPU"),
        ("cudaErrorMemoryAllocation", "memory does not suffice"),
        ("cudaErrorIllegalAddress", "cudaErrorIllegalAddress"),
    ],
)
def test_a_failure_has_words_a_hint_and_cudas_own_name(name: str, words: str) -> None:
    with pytest.raises(cuda.CudaError, match=words) as caught:
        cuda.check((getattr(rt.cudaError_t, name), None))
    assert caught.value.name == name
    assert caught.value.hint
    assert name in caught.value.details


def test_no_gpu_is_no_error_but_no_driver_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Answers:
        cudaGetErrorName = staticmethod(rt.cudaGetErrorName)
        cudaGetErrorString = staticmethod(rt.cudaGetErrorString)

        def __init__(self, code: object) -> None:
            self.code = code

        def cudaGetDeviceCount(self) -> tuple[object, int]:
            return self.code, 0

    monkeypatch.setattr(cuda, "cudart", lambda: Answers(rt.cudaError_t.cudaErrorNoDevice))
    assert cuda.devices() == ()
    monkeypatch.setattr(cuda, "cudart", lambda: Answers(rt.cudaError_t.cudaErrorInsufficientDriver))
    with pytest.raises(cuda.CudaError, match="no NVIDIA driver"):
        cuda.devices()


@pytest.mark.gpu
def test_gpu_devices_are_described() -> None:
    devices = cuda.devices()
    assert len(devices) == cuda.device_count() > 0
    for device in devices:
        assert device.name
        assert device.sm.startswith("sm_")
        assert device.memory_bytes > 1 << 30


@pytest.mark.gpu
@pytest.mark.parametrize("shape", [(3, 5), (), (0, 4), (1 << 20,)])
def test_gpu_copies_there_and_back(shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(0).random(shape, np.float32)
    size = values.nbytes
    with (
        cuda.Stream() as stream,
        cuda.HostBuffer(size) as source,
        cuda.DeviceBuffer(size) as device,
        cuda.HostBuffer(size) as target,
    ):
        source.view(shape, values.dtype)[...] = values
        target.view((size,), np.dtype(np.uint8))[:] = 255
        cuda.copy_to_device(device, source, size, stream=stream)
        cuda.check(cuda.copying_to_host(target, device, size, stream=stream)())
        stream.synchronize()
        np.testing.assert_array_equal(target.view(shape, values.dtype), values)
        assert stream.handle not in (0, 1, 2), "none of the default streams"


@pytest.mark.gpu
def test_gpu_events_tell_the_time_in_between() -> None:
    size = 64 << 20
    with (
        cuda.Stream() as stream,
        cuda.Event() as start,
        cuda.Event(spin=True) as end,
        cuda.HostBuffer(size) as source,
        cuda.DeviceBuffer(size) as device,
    ):
        start.record(stream)
        cuda.copy_to_device(device, source, size, stream=stream)
        end.record(stream)
        end.synchronize()
        assert end.elapsed_ms(start) > 0


@pytest.mark.gpu
def test_gpu_closing_twice_is_harmless_and_too_much_memory_is_refused() -> None:
    for resource in (cuda.Stream(), cuda.Event(), cuda.DeviceBuffer(8), cuda.HostBuffer(8)):
        resource.close()
        resource.close()
    with pytest.raises(cuda.CudaError, match="memory does not suffice"):
        cuda.DeviceBuffer(1 << 50)


def test_memory_of_the_gpu_that_does_not_suffice_has_its_figures(
    open_fake: Callable[..., Any],
) -> None:
    _, _, gpu = open_fake()
    gpu.limit_bytes = 1_000_000
    with pytest.raises(cuda.CudaError) as caught:
        cuda.DeviceBuffer(2_500_000)
    assert "2.5 MB more were wanted, and 1.0 MB of 2.0 MB are free" in caught.value.message
    assert caught.value.name == "cudaErrorMemoryAllocation"
    assert caught.value.hint
