"""Activations that this program allocates."""

from typing import Any, ClassVar

import pytest

from trtstudio.engine import cuda
from trtstudio.engine.run.context_memory import ContextMemory


class Context:
    """Wants as much as it is told to."""

    def __init__(self) -> None:
        self.wanted = 0
        self.given: list[tuple[int, int]] = []

    def update_device_memory_size_for_shapes(self) -> int:
        return self.wanted

    def set_device_memory(self, address: int, size: int) -> None:
        self.given.append((address, size))


class Buffer:
    """Memory with a number for its address."""

    made: ClassVar[list["Buffer"]] = []

    def __init__(self, size_bytes: int) -> None:
        self.size_bytes = size_bytes
        self.is_open = True
        self.made.append(self)
        self.address = 4096 * len(self.made)

    def close(self) -> None:
        self.is_open = False


@pytest.fixture
def buffers(monkeypatch: pytest.MonkeyPatch) -> list[Buffer]:
    Buffer.made = []
    monkeypatch.setattr(cuda, "DeviceBuffer", Buffer)
    return Buffer.made


def test_memory_grows_with_the_shapes_and_is_given_each_time(buffers: list[Buffer]) -> None:
    memory, context = ContextMemory(), Context()
    for wanted in (100, 50, 100, 300, 0):
        context.wanted = wanted
        memory.fit(context)
    assert [b.size_bytes for b in buffers] == [100, 300]
    assert [size for _, size in context.given] == [100, 100, 100, 300, 300]
    assert context.given[-1][0] == buffers[-1].address
    assert [b.is_open for b in buffers] == [False, True]
    assert memory.size_bytes == 300
    memory.close()
    memory.close()
    assert not buffers[-1].is_open
    assert memory.size_bytes == 0


def test_a_context_of_tensorrt_10_0_takes_an_address(buffers: list[Buffer]) -> None:
    class Old:
        device_memory = 0

        def update_device_memory_size_for_shapes(self) -> int:
            return 10

    context: Any = Old()
    ContextMemory().fit(context)
    assert context.device_memory == buffers[0].address


def test_memory_that_does_not_suffice_leaves_none(
    buffers: list[Buffer], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, context = ContextMemory(), Context()
    context.wanted = 10
    memory.fit(context)

    def refuse(_size: int) -> Buffer:
        raise cuda.CudaError("The memory does not suffice.")

    monkeypatch.setattr(cuda, "DeviceBuffer", refuse)
    context.wanted = 20
    with pytest.raises(cuda.CudaError):
        memory.fit(context)
    assert memory.size_bytes == 0
    assert not buffers[0].is_open
