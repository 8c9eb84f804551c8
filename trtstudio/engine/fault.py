"""Whether a GPU is lost to this process. After some errors, such as an access to memory that is not
there, every later call of CUDA fails until the process ends. Any thread.
"""

from collections.abc import Iterator
from typing import Any

from trtstudio.engine import cuda


def lost_gpu() -> str:
    """CUDA's words for what happened; empty where everything works, or CUDA was never used.

    Asks only GPUs that this process uses already, which costs microseconds.
    """
    if not cuda.cudart.cache_info().currsize:
        return ""
    rt = cuda.cudart()
    current = rt.cudaGetDevice()
    try:
        return next(filter(None, (_words(rt, index) for index in _devices_in_use())), "")
    finally:
        if not current[0]:
            rt.cudaSetDevice(current[1])


def _words(rt: Any, index: int) -> str:
    """Our own streams never wait for the default stream, so it is empty: only an error is heard."""
    code = rt.cudaSetDevice(index)[0] or rt.cudaStreamSynchronize(0)[0]
    if not code:
        return ""
    name, meaning = rt.cudaGetErrorName(code)[1], rt.cudaGetErrorString(code)[1]
    return f"{name.decode()} ({int(code)}): {meaning.decode()}"


def _devices_in_use() -> Iterator[int]:
    """Those with a context of this process. To ask another would make one, which takes memory."""
    from cuda.bindings import driver

    try:
        error, count = driver.cuDeviceGetCount()
    except RuntimeError:  # there is no driver
        return
    for index in range(0 if error else count):
        _, _, is_active = driver.cuDevicePrimaryCtxGetState(driver.CUdevice(index))
        if is_active:
            yield index
