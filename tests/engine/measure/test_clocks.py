"""The clocks of a GPU, as NVML tells them here or not at all."""

import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest

from trtstudio.engine.measure import clocks, nvml
from trtstudio.engine.measure.clocks import ClockSampler
from trtstudio.model.measure.bench import ClockSample


class NvmlError(Exception):
    """NVML's own exception."""


class Library(SimpleNamespace):
    """A stand-in for pynvml that knows one GPU and tells neither its power nor its memory clock."""

    NVMLError = NvmlError
    NVML_CLOCK_SM, NVML_CLOCK_MEM, NVML_TEMPERATURE_GPU = 1, 2, 0

    def __init__(self, bits: int = 0x64) -> None:
        super().__init__(users=0, bits=bits)

    def nvmlInit(self) -> None:
        self.users += 1

    def nvmlShutdown(self) -> None:
        self.users -= 1

    def nvmlDeviceGetHandleByPciBusId(self, bus_id: bytes) -> str:
        if bus_id != b"0000:01:00.0":
            raise NvmlError("Not Found")
        return "handle"

    def nvmlDeviceGetClockInfo(self, _handle: str, clock: int) -> int:
        if clock == self.NVML_CLOCK_MEM:
            raise NvmlError("Not Supported")
        return 1980

    def nvmlDeviceGetTemperature(self, _handle: str, _sensor: int) -> int:
        return 61

    def nvmlDeviceGetPowerUsage(self, _handle: str) -> int:
        raise NvmlError("Not Supported")

    def nvmlDeviceGetUtilizationRates(self, _handle: str) -> Any:
        return SimpleNamespace(gpu=97)

    def nvmlDeviceGetCurrentClocksThrottleReasons(self, _handle: str) -> int:
        return self.bits

    def nvmlDeviceGetMemoryInfo(self, _handle: str) -> Any:
        return SimpleNamespace(free=1 << 30)

    def nvmlSystemGetDriverVersion(self) -> str:
        return "580.159"


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    library = Library()
    monkeypatch.setitem(sys.modules, "pynvml", library)
    return library


def test_what_is_told_is_taken_and_the_rest_left_out(library: Library) -> None:
    gpu = nvml.Gpu(b"0000:01:00.0")
    found = gpu.clocks(1.5)
    assert found == ClockSample(1.5, 1980, None, 61, None, 97, ("power cap", "too hot"))
    library.bits = 1
    assert gpu.clocks(0).throttle == (), "being idle is no reason"
    gpu.close()
    assert library.users == 0


def test_reading_needs_no_more_than_the_library(library: Library) -> None:
    assert nvml.read(b"0000:01:00.0") == nvml.Reading(1 << 30, "580.159")
    assert nvml.read(b"0000:09:00.0") == nvml.Reading()
    assert library.users == 0


def test_the_sampler_asks_from_start_to_end(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "PERIOD_S", 0.002)
    heard: list[ClockSample] = []
    with ClockSampler(b"0000:01:00.0", heard.append) as sampler:
        assert not sampler.samples
        sampler.start()
        deadline = time.monotonic() + 20
        while len(heard) < 3 and time.monotonic() < deadline:
            time.sleep(0.002)
    assert len(heard) >= 3
    assert sampler.samples == heard
    times = [sample.time_s for sample in heard]
    assert times == sorted(times)
    assert times[0] >= 0
    assert library.users == 0


def test_no_gpu_is_no_problem_and_an_unknown_one_is_said(library: Library) -> None:
    with ClockSampler(b"", lambda _: None) as none:
        none.start()
    assert (none.samples, none.problem) == ([], "")
    with ClockSampler(b"0000:09:00.0", lambda _: None) as unknown:
        unknown.start()
    assert unknown.samples == []
    assert "Not Found" in unknown.problem
    assert library.users == 0


@pytest.mark.usefixtures("no_nvml")
def test_without_the_library_that_is_said() -> None:
    with ClockSampler(b"0000:01:00.0", lambda _: None) as sampler:
        sampler.start()
    assert "nvidia-ml-py is not installed" in sampler.problem
