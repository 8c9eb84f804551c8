"""The best pipeline around an engine that can be written with cuda-python by hand: what this
program's loops are measured against. Takes a GPU.
"""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from trtstudio.engine import cuda, runtime
from trtstudio.engine.logger import process_logger
from trtstudio.model.run import Array


def final_context(module: Any, engine: Any) -> Any:
    """A context with its final kernels: TensorRT-RTX else puts them in place while others run."""
    if not runtime.is_rtx(module):
        return engine.create_execution_context()
    config = engine.create_runtime_config()
    strategies = module.DynamicShapesKernelSpecializationStrategy
    config.dynamic_shapes_kernel_specialization_strategy = strategies.EAGER
    return engine.create_execution_context(config)


class Pipeline:
    """Nothing but TensorRT and CUDA: copies in streams of their own, ``depth`` sets of buffers, and
    neither checks nor timing. With ``graph``, a captured enqueue for each set. With ``timed``,
    events as this program needs them for the times of the three parts: what that costs the GPU,
    without what Python does with them.
    """

    def __init__(
        self,
        plan: Path,
        inputs: Mapping[str, Array],
        depth: int,
        *,
        graph: bool,
        timed: bool = False,
    ) -> None:
        from cuda.bindings import runtime as rt

        self.rt, self.timed, module = rt, timed, runtime.load()
        self.runtime = module.Runtime(process_logger(module))
        self.engine = self.runtime.deserialize_cuda_engine(plan.read_bytes())
        self.context = final_context(module, self.engine)
        self.up, self.compute, self.down = (
            rt.cudaStreamCreateWithFlags(rt.cudaStreamNonBlocking)[1] for _ in range(3)
        )
        for name, array in inputs.items():
            self.context.set_input_shape(name, array.shape)
        self.slots = [self._slot(module, inputs) for _ in range(depth)]
        for slot in self.slots:
            self._begin(slot)
            rt.cudaStreamSynchronize(self.down)
        if graph:
            for slot in self.slots:
                slot["graph"] = self._captured(slot)

    def _slot(self, module: Any, inputs: Mapping[str, Array]) -> dict[str, Any]:
        rt = self.rt
        flags = rt.cudaEventBlockingSync
        if not self.timed:
            flags |= rt.cudaEventDisableTiming
        slot: dict[str, Any] = {"addresses": [], "in": [], "out": [], "graph": None}
        for event in ("start", "uploaded", "computed", "done"):
            slot[event] = rt.cudaEventCreateWithFlags(flags)[1]
        for index in range(self.engine.num_io_tensors):
            name = self.engine.get_tensor_name(index)
            dtype = np.dtype(module.nptype(self.engine.get_tensor_dtype(name)))
            shape = tuple(self.context.get_tensor_shape(name))
            size = int(np.prod(shape)) * dtype.itemsize
            host = cuda.HostBuffer(size)
            device = rt.cudaMalloc(size)[1]
            if name in inputs:
                np.copyto(host.view(shape, dtype), inputs[name])
            slot["in" if name in inputs else "out"].append((host, device, size))
            slot["addresses"].append((name, device))
        return slot

    def _begin(self, slot: dict[str, Any]) -> None:
        rt = self.rt
        to_device = rt.cudaMemcpyKind.cudaMemcpyHostToDevice
        to_host = rt.cudaMemcpyKind.cudaMemcpyDeviceToHost
        if self.timed:
            rt.cudaEventRecord(slot["start"], self.up)
        for host, device, size in slot["in"]:
            rt.cudaMemcpyAsync(device, host.address, size, to_device, self.up)
        rt.cudaEventRecord(slot["uploaded"], self.up)
        rt.cudaStreamWaitEvent(self.compute, slot["uploaded"], 0)
        if slot["graph"] is None:
            for name, address in slot["addresses"]:
                self.context.set_tensor_address(name, address)
            self.context.execute_async_v3(int(self.compute))
        else:
            rt.cudaGraphLaunch(slot["graph"], self.compute)
        rt.cudaEventRecord(slot["computed"], self.compute)
        rt.cudaStreamWaitEvent(self.down, slot["computed"], 0)
        for host, device, size in slot["out"]:
            rt.cudaMemcpyAsync(host.address, device, size, to_host, self.down)
        rt.cudaEventRecord(slot["done"], self.down)

    def _captured(self, slot: dict[str, Any]) -> Any:
        rt = self.rt
        for name, address in slot["addresses"]:
            self.context.set_tensor_address(name, address)
        mode = rt.cudaStreamCaptureMode.cudaStreamCaptureModeThreadLocal
        cuda.check(rt.cudaStreamBeginCapture(self.compute, mode))
        self.context.execute_async_v3(int(self.compute))
        graph = cuda.check(rt.cudaStreamEndCapture(self.compute))
        return cuda.check(rt.cudaGraphInstantiate(graph, 0))

    def __call__(self, seconds: float) -> float:
        """Inferences a second, from the end of the first to that of the last."""
        for slot in self.slots:
            self._begin(slot)
        ends = [perf_counter()]
        while len(ends) < 3 or ends[-1] - ends[0] < seconds:
            slot = self.slots[(len(ends) - 1) % len(self.slots)]
            self.rt.cudaEventSynchronize(slot["done"])
            ends.append(perf_counter())
            self._begin(slot)
        self.rt.cudaStreamSynchronize(self.down)
        return (len(ends) - 2) / (ends[-1] - ends[1])
