"""The same code over the real Python bindings of TensorRT 10 and 11, in a process each, since two
TensorRTs cannot share one. ``fetch_bindings.py`` fetches them.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from trtstudio.model.build.options import SENTENCES

VARIABLE = "TRTSTUDIO_BINDINGS"
FLAGS = ("REFIT", "STRIP_PLAN")
PROBE = Path(__file__).with_name("generation_probe.py")
ROOT = PROBE.parents[2]


def bindings() -> list[Path]:
    root = os.environ.get(VARIABLE)
    return sorted(Path(root).iterdir()) if root else []


pytestmark = pytest.mark.skipif(
    not bindings(), reason=f"{VARIABLE} is not set; fetch_bindings.py says how"
)


@pytest.fixture(scope="module", params=bindings(), ids=lambda path: path.name)
def answer(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the probe says of one generation."""
    folder: Path = request.param
    (library,) = (folder / "tensorrt_bindings").glob("libnvinfer.so.*")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        "TRTSTUDIO_RUNTIME": "tensorrt",
    }
    command = [sys.executable, str(PROBE), str(library), *FLAGS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {"version": folder.name, **json.loads(done.stdout)}


def is_11(answer: dict[str, Any]) -> bool:
    return answer["version"].startswith("11.")


def test_the_module_is_found_and_described(answer: dict[str, Any]) -> None:
    described = answer["runtime"]
    assert described["kind"] == "tensorrt"
    assert answer["label"] == f"TensorRT {answer['version']}"
    assert described["strongly_typed"] == is_11(answer)
    assert described["precisions"] == ["keep", "fp16", "bf16", "int8"]
    assert {"REFIT", "STRIP_PLAN", "VERSION_COMPATIBLE"} <= set(described["flags"])
    assert not {"FP16", "INT8", "PREFER_PRECISION_CONSTRAINTS"} & set(described["flags"])
    assert ("REJECT_EMPTY_ALGORITHMS" in described["flags"]) == (not is_11(answer))


def test_only_the_gpu_at_hand_is_a_target(answer: dict[str, Any]) -> None:
    assert answer["targets"] == []
    assert answer["runtime"]["targets"] == []


def test_networks_are_strongly_typed(answer: dict[str, Any]) -> None:
    """The flag has another number in each generation."""
    assert answer["network_flags"] == (1 if is_11(answer) else 2)


def test_flags_are_set_by_their_own_numbers(answer: dict[str, Any]) -> None:
    assert answer["flags"] == ([4, 18] if is_11(answer) else [4, 19])
    given = answer["configured_with"]
    for number in answer["flags"]:
        at = given.index(number)
        assert given[at + 1] == number  # set, then read back


def test_layers_are_asked_for_in_detail(answer: dict[str, Any]) -> None:
    assert 2 in answer["configured_with"]  # ProfilingVerbosity.DETAILED in every generation


def test_progress_arrives_and_can_stop_a_build(answer: dict[str, Any]) -> None:
    assert [(p["step"], p["steps"]) for p in answer["phases"]] == [(0, 2), (1, 2)]
    assert answer["goes_on"] is False


def test_the_logger_arrives(answer: dict[str, Any]) -> None:
    assert answer["log"] == [["error", "broken"]]
    assert answer["errors"] == ["broken"]


def test_a_build_goes_through_the_bindings(answer: dict[str, Any]) -> None:
    assert answer["plan"] is True


def options(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {option["name"]: option for option in answer["runtime"]["options"]}


def test_every_option_has_a_sentence(answer: dict[str, Any]) -> None:
    assert all(option["sentence"].endswith(".") for option in options(answer).values())
    assert not set(options(answer)) - set(SENTENCES)


def test_options_are_those_of_the_generation(answer: dict[str, Any]) -> None:
    version = tuple(map(int, answer["version"].split(".")[:2]))
    found = options(answer)
    since = {
        "max_num_tactics": (10, 4),
        "tiling_optimization_level": (10, 8),
        "runtime_platform": (10, 2),
        "build_route": (11, 1),
        "avg_timing_iterations": (10, 0),
        "hardware_compatibility_level": (10, 0),
    }
    assert {name: name in found for name in since} == {
        name: version >= first for name, first in since.items()
    }
    assert ("quantization_flags" in found) == (not is_11(answer))
    assert ("CUDNN" in found["tactic_sources"]["members"]) == (not is_11(answer))
    levels = found["hardware_compatibility_level"]["members"]
    assert ("SAME_COMPUTE_CAPABILITY" in levels) == (version >= (10, 9))


def test_abilities_are_those_of_the_generation(answer: dict[str, Any]) -> None:
    found = set(answer["runtime"]["abilities"])
    assert {"timing_cache", "plugins", "debug_tensors"} <= found
    assert ({"weak_typing", "calibration"} <= found) == (not is_11(answer))


def test_every_option_is_set_and_read_back(answer: dict[str, Any]) -> None:
    """``set_option`` refuses what is not read back as it was set."""
    numbers = answer["set"]
    kinds = {name: option["kind"] for name, option in options(answer).items()}
    settable = {n for n, kind in kinds.items() if kind in ("int", "enum", "memory")}
    assert set(numbers) == settable | {"tactic_sources"}
    assert numbers["max_aux_streams"] == [5]
    assert numbers["default_device_type"] == [0, 1]
    assert numbers["WORKSPACE"] == [0]
    # The same names have other numbers in the other generation.
    assert numbers["tactic_sources"] == ([1, 2] if is_11(answer) else [1, 2, 4, 8, 16])


def test_weak_typing_sets_its_flags(answer: dict[str, Any]) -> None:
    assert answer["weak"][:3] == ([] if is_11(answer) else [0, 17, 1])
    assert answer["weak"][-1:] == ([] if is_11(answer) else [10])


def test_layers_are_placed(answer: dict[str, Any]) -> None:
    """The two layers that the stand-in makes are one, and then GPU_FALLBACK is asked for."""
    first, second, flag = answer["placed"]
    assert (first == second, flag) == (True, 3)
    assert answer["dla"] == [True, "DLA"]
    assert "layer_devices" in answer["runtime"]["abilities"]


def test_single_weights_are_refittable_since_10_2(answer: dict[str, Any]) -> None:
    """Each is marked, and the flag is set and read back by its own number."""
    is_there = answer["version"] != "10.0.1"
    assert ("refittable_weights" in answer["runtime"]["abilities"]) == is_there
    number = 22 if is_11(answer) else 23
    assert answer["marked"][-2:] == ([number, number] if is_there else [])


def test_a_timing_cache_is_made_and_given(answer: dict[str, Any]) -> None:
    assert answer["cache_sha256"] == hashlib.sha256(b"").hexdigest()


def test_loading_options_are_those_of_the_generation(answer: dict[str, Any]) -> None:
    """Those of TensorRT-RTX alone are refused; weight streaming has its second form since 10.1."""
    streams = answer["version"] != "10.0.1"
    expected = ["device", *(["weight_streaming"] if streams else []), "context_memory"]
    assert answer["runtime"]["load_options"] == expected
