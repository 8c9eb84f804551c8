"""What loading options become: over an engine of Python and the installed bindings."""

from types import SimpleNamespace
from typing import Any

import pytest

from trtstudio.engine import runtime
from trtstudio.engine.run import loading
from trtstudio.engine.run.loading import (
    offered,
    refuse_missing,
    runtime_config,
    set_weight_streaming,
)
from trtstudio.model.errors import StudioError
from trtstudio.model.load_options import LoadOptions


def member(*names: str) -> Any:
    return SimpleNamespace(**{name: f"<{name}>" for name in names})


MODULE: Any = SimpleNamespace(
    ICudaEngine=SimpleNamespace(weight_streaming_budget_v2=0),
    CudaGraphStrategy=member("DISABLED", "WHOLE_GRAPH_CAPTURE"),
    DynamicShapesKernelSpecializationStrategy=member("LAZY", "EAGER", "NONE"),
    ExecutionContextAllocationStrategy=member("STATIC", "ON_PROFILE_CHANGE", "USER_MANAGED"),
    IRuntimeCache=object,
)


class Config:
    """An ``IRuntimeConfig`` that keeps what it is told."""

    def set_execution_context_allocation_strategy(self, strategy: str) -> None:
        self.allocation = strategy


def engine() -> Any:
    return SimpleNamespace(create_runtime_config=Config)


def test_only_what_is_chosen_is_set() -> None:
    assert vars(runtime_config(MODULE, engine(), LoadOptions())) == {}
    options = LoadOptions(
        cuda_graphs="whole_graph_capture",
        kernel_specialization="eager",
        context_memory="user_managed",
    )
    assert vars(runtime_config(MODULE, engine(), options)) == {
        "allocation": "<USER_MANAGED>",
        "cuda_graph_strategy": "<WHOLE_GRAPH_CAPTURE>",
        "dynamic_shapes_kernel_specialization_strategy": "<EAGER>",
    }


def test_an_older_tensorrt_has_no_configuration() -> None:
    assert runtime_config(MODULE, SimpleNamespace(), LoadOptions()) is None


def test_a_runtime_offers_what_its_module_has() -> None:
    assert set(offered(MODULE)) == set(LoadOptions.__slots__)
    assert offered(SimpleNamespace()) == ("device",)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "options",
    [
        LoadOptions(device=1),
        LoadOptions(weight_streaming="automatic"),
        LoadOptions(cuda_graphs="disabled"),
        LoadOptions(kernel_specialization="none"),
        LoadOptions(context_memory="user_managed"),
        LoadOptions(keep_kernels=False),
    ],
)
def test_what_a_runtime_lacks_is_refused_by_its_name(options: LoadOptions) -> None:
    refuse_missing(options, tuple(LoadOptions.__slots__), "TensorRT 10.0")
    refuse_missing(LoadOptions(), (), "TensorRT 10.0")
    with pytest.raises(StudioError, match=r"^TensorRT 10\.0 does not have"):
        refuse_missing(options, (), "TensorRT 10.0")


class Streaming:
    """An engine with 1000 bytes of streamable weights, which may refuse every budget."""

    streamable_weights_size = 1000

    def __init__(self, *, refuses: bool = False) -> None:
        self._refuses = refuses
        self._budget = 7

    def get_weight_streaming_automatic_budget(self) -> int:
        return 300

    @property
    def weight_streaming_budget_v2(self) -> int:
        return self._budget

    @weight_streaming_budget_v2.setter
    def weight_streaming_budget_v2(self, budget: int) -> None:
        self._budget = self._budget if self._refuses else budget


@pytest.mark.parametrize(
    ("asked", "budget"), [(None, 1000), ("automatic", 300), (0, 0), (250, 250), (5000, 1000)]
)
def test_the_budget_for_streaming(asked: Any, budget: int) -> None:
    streaming = Streaming()
    set_weight_streaming(streaming, LoadOptions(weight_streaming=asked))
    assert streaming.weight_streaming_budget_v2 == budget


def test_a_budget_that_is_refused_is_an_error() -> None:
    with pytest.raises(StudioError, match="keeps 7 bytes of the weights on the GPU instead of 50"):
        set_weight_streaming(Streaming(refuses=True), LoadOptions(weight_streaming=50))


def test_weights_that_cannot_be_streamed() -> None:
    set_weight_streaming(SimpleNamespace(), LoadOptions())
    with pytest.raises(StudioError, match="cannot be streamed") as caught:
        set_weight_streaming(SimpleNamespace(), LoadOptions(weight_streaming=5))
    assert "WEIGHT_STREAMING" in caught.value.hint


def test_every_choice_is_a_member_of_the_installed_module() -> None:
    try:
        module = runtime.load()
    except StudioError:
        pytest.skip("no TensorRT here")
    names = offered(module)
    assert {"device", "context_memory", "weight_streaming"} <= set(names)
    for memory in ("static", "on_profile_change", "user_managed"):
        assert loading.allocation(module, LoadOptions(context_memory=memory)) is not None  # type: ignore[arg-type]
    if runtime.is_rtx(module):
        for graphs in ("disabled", "whole_graph_capture"):
            assert hasattr(module.CudaGraphStrategy, graphs.upper())
        for each in ("lazy", "eager", "none"):
            assert hasattr(module.DynamicShapesKernelSpecializationStrategy, each.upper())
        assert set(names) == set(LoadOptions.__slots__)
    assert runtime.describe(module).load_options == names
