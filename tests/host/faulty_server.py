"""An engine process whose GPU can be broken: a run with the input ``fault`` first starts a kernel
that writes to an address where no memory is.
"""

from cuda.bindings import driver

from trtstudio.host.server import serve
from trtstudio.host.verbs import VERBS, Verb
from trtstudio.host.work import Work
from trtstudio.model.run import RunRequest

KERNEL = b"""
.version 7.0
.target sm_70
.address_size 64
.visible .entry fault()
{
    .reg .u64 %place;
    .reg .u32 %value;
    mov.u64 %place, 57005;
    shl.b64 %place, %place, 32;
    mov.u32 %value, 1;
    st.global.u32 [%place], %value;
    ret;
}
\0"""


def break_the_gpu() -> None:
    """From here on every call of CUDA fails in this process."""
    error, module = driver.cuModuleLoadData(KERNEL)
    assert not error, error
    error, kernel = driver.cuModuleGetFunction(module, b"fault")
    assert not error, error
    (error,) = driver.cuLaunchKernel(kernel, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0)
    assert not error, error
    (error,) = driver.cuCtxSynchronize()
    assert error, "the kernel did no harm"


def run(request: RunRequest, work: Work) -> object:
    if request.inputs.pop("fault", None) is not None:
        break_the_gpu()
    return VERBS[RunRequest].run(request, work)


if __name__ == "__main__":
    serve({**VERBS, RunRequest: Verb("run", run)})
