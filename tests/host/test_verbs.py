"""The real engine in its own process: what the window asks for, and nothing simulated."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from trtstudio.host.engines import Engines
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import BenchRequest, CompareLoopsRequest, SweepRequest
from trtstudio.model.requests import NetworkRequest, ProbeRequest, UnloadRequest
from trtstudio.model.run import LoadRequest, RunRequest

TIMEOUT_S = 120
QUICK = BenchRequest(0, warmup_ms=0.0, duration_s=0.0, iterations=2)


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    both = Engines()
    yield both
    both.close()


def ask(engines, request):
    return engines.submit(request).future.result(TIMEOUT_S)


def test_probe(engines):
    import onnxruntime

    found = ask(engines, ProbeRequest())
    assert found.onnxruntime == onnxruntime.__version__
    assert (found.runtime is None) == bool(found.runtime_problem)


def test_a_model_is_loaded_run_measured_and_unloaded(engines, sample_model):
    import onnxruntime

    info = ask(engines, LoadRequest(str(sample_model)))
    (name,) = (tensor.name for tensor in info.inputs)
    images = np.random.default_rng(0).random((2, 3, 224, 224), np.float32)
    result = ask(engines, RunRequest(info.session, {name: images}))
    reference = onnxruntime.InferenceSession(sample_model, providers=["CPUExecutionProvider"])
    (expected,) = reference.run(None, {name: images})
    (logits,) = result.outputs.values()
    np.testing.assert_allclose(logits, expected, rtol=1e-3, atol=1e-4)

    job = engines.submit(BenchRequest(info.session, duration_s=0.1, warmup_ms=0.0))
    measured = job.future.result(TIMEOUT_S)
    assert measured.iterations == len(measured.samples_ms) >= 10
    latencies = [samples.column("latency_ms") for samples in job.take_samples()]
    np.testing.assert_array_equal(np.concatenate(latencies), measured.samples_ms)

    points = ask(engines, SweepRequest(replace(QUICK, session=info.session), {"N": (1, 2)})).points
    assert [point.result.shapes[name][0] for point in points] == [1, 2]
    with pytest.raises(StudioError, match="one inference after another"):
        ask(engines, CompareLoopsRequest(replace(QUICK, session=info.session)))

    assert ask(engines, UnloadRequest(info.session)) is None
    assert ask(engines, UnloadRequest(info.session)) is None
    with pytest.raises(StudioError, match="no longer loaded"):
        ask(engines, RunRequest(info.session, {name: images}))


def test_sessions_of_a_dead_process_are_unknown_to_the_next(sample_model):
    both = Engines()
    try:
        old = ask(both, LoadRequest(str(sample_model)))
        both.runner._life._process.kill()
        both.runner._life._thread.join()
        new = ask(both, LoadRequest(str(sample_model)))
        assert new.session != old.session
        with pytest.raises(StudioError, match="no longer loaded"):
            ask(both, BenchRequest(old.session))
    finally:
        both.close()


def test_a_file_that_is_no_model_is_refused_in_words(engines, tmp_path):
    (tmp_path / "notes.onnx").write_text("not a model")
    with pytest.raises(StudioError) as raised:
        ask(engines, LoadRequest(str(tmp_path / "notes.onnx")))
    assert raised.value.hint


def test_a_network_is_parsed_and_a_plan_is_built(engines, light_models, tmp_path):
    if ask(engines, ProbeRequest()).runtime is None:
        pytest.skip("no TensorRT here")
    model = next(m for m in light_models if "squeezenet" in m.name)
    assert ask(engines, NetworkRequest(str(model))).view == "network"
    plan = tmp_path / "model.plan"
    job = engines.submit(BuildRequest(str(model), str(plan)))
    built = job.future.result(TIMEOUT_S)
    assert built.plan_bytes == plan.stat().st_size
    assert job.progress is not None
    assert job.take_log()


@pytest.mark.gpu
def test_a_plan_runs_on_the_gpu(engines, sample_model, tmp_path):
    plan = tmp_path / "model.plan"
    ranges = ShapeRange((1, 3, 224, 224), (2, 3, 224, 224), (4, 3, 224, 224))
    ask(engines, BuildRequest(str(sample_model), str(plan), ({"images": ranges},)))
    info = ask(engines, LoadRequest(str(plan)))
    images = np.random.default_rng(0).random((2, 3, 224, 224), np.float32)
    (logits,) = ask(engines, RunRequest(info.session, {"images": images})).outputs.values()
    reference = ask(engines, LoadRequest(str(sample_model)))
    run = RunRequest(reference.session, {"images": images})
    (expected,) = ask(engines, run).outputs.values()
    assert np.linalg.norm(logits - expected) < 0.02 * np.linalg.norm(expected)


@pytest.mark.gpu
def test_exact_fp32_and_tf32_side_by_side(engines, sample_model, tmp_path):
    """New shapes compile new kernels, so each session runs them after the other was loaded."""
    ranges = ShapeRange((1, 3, 224, 224), (2, 3, 224, 224), (4, 3, 224, 224))
    reference = ask(engines, LoadRequest(str(sample_model))).session
    sessions = {}
    for exact in (False, True):
        plan = tmp_path / f"{exact}.plan"
        request = BuildRequest(str(sample_model), str(plan), ({"images": ranges},))
        ask(engines, replace(request, exact_fp32=exact))
        sessions[exact] = ask(engines, LoadRequest(str(plan), exact_fp32=exact)).session
    for batch in (2, 4, 1):
        images = np.random.default_rng(batch).standard_normal((batch, 3, 224, 224), np.float32)
        distances = {}
        (expected,) = ask(engines, RunRequest(reference, {"images": images})).outputs.values()
        for exact, session in sessions.items():
            (found,) = ask(engines, RunRequest(session, {"images": images})).outputs.values()
            distances[exact] = np.linalg.norm(found - expected) / np.linalg.norm(expected)
        assert distances[True] < 1e-4 < distances[False] < 2e-2


@pytest.mark.gpu
def test_exact_fp32_on_the_command_line(engines, sample_model, sample_pictures, tmp_path):
    plan = tmp_path / "exact.plan"
    ranges = ShapeRange((1, 3, 224, 224), (2, 3, 224, 224), (4, 3, 224, 224))
    request = BuildRequest(str(sample_model), str(plan), ({"images": ranges},), exact_fp32=True)
    ask(engines, request)
    found = {}
    for path in (plan, sample_model):
        saved = tmp_path / f"{path.stem}.npz"
        command = [sys.executable, "-m", "trtstudio", "run", path, sample_pictures[0]]
        subprocess.run([*command, "--save", saved], check=True, capture_output=True)
        with np.load(saved) as arrays:
            (found[path],) = (arrays[name] for name in arrays.files)
    difference = np.linalg.norm(found[plan] - found[sample_model])
    assert difference < 1e-4 * np.linalg.norm(found[sample_model])
