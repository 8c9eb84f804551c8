"""Refitting, over a TensorRT of Python that keeps an engine's weights in its plan."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import onnx
import pytest
from onnx import numpy_helper

from trtstudio.engine import logger, runtime, tf32
from trtstudio.engine.run import refit
from trtstudio.engine.run.deserialize import LoadedEngine
from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.plan.record import (
    BuildRecord,
    read_record,
    record_path,
    sha256_of,
    verify,
    write_record,
)
from trtstudio.model.refit import RefitRequest
from trtstudio.model.runtime import Device

Weights = dict[str, list[float]]


class Engine:
    """Weights by name; ``marked`` are those that were built to be replaced, by default all."""

    def __init__(
        self, weights: Weights, refittable: bool = True, marked: tuple[str, ...] | None = None
    ) -> None:
        self.weights = weights
        self.refittable = refittable
        self.marked = sorted(weights) if marked is None else list(marked)
        self.waiting: Weights = {}
        self.flags: list[str] = []

    def create_serialization_config(self) -> Any:
        return SimpleNamespace(set_flag=self.flags.append)

    def serialize_with_config(self, _config: object) -> bytes:
        return json.dumps(self.weights).encode()


class Refitter:
    def __init__(self, engine: Engine, _logger: object) -> None:
        self.engine = engine

    def get_missing_weights(self) -> list[str]:
        return [name for name in self.engine.marked if name not in self.engine.waiting]

    def get_all_weights(self) -> list[str]:
        return self.engine.marked

    def refit_cuda_engine(self) -> bool:
        self.engine.weights |= {name: self.engine.waiting[name] for name in self.engine.marked}
        return True


class OnnxParserRefitter:
    def __init__(self, refitter: Refitter, _logger: object) -> None:
        self.engine = refitter.engine
        self.num_errors = 0

    def refit_from_file(self, path: str) -> bool:
        given = {w.name: w for w in onnx.load(path).graph.initializer}
        if unknown := given.keys() - self.engine.weights.keys():
            logger.dispatch("error", f"no such weights: {sorted(unknown)}")
            self.num_errors = 1
            return False
        self.engine.waiting = {
            name: numpy_helper.to_array(w).ravel().tolist() for name, w in given.items()
        }
        return True

    def get_error(self, _index: int) -> Any:
        return SimpleNamespace(desc=lambda: "the parser's words")


def ignore(_said: object) -> None:
    """Nobody listens."""


@pytest.fixture
def plan(tmp_path: Path, make_model: Callable[..., Path]) -> Path:
    """Of the small model, with its record."""
    model = make_model()
    weights = {
        w.name: numpy_helper.to_array(w).ravel().tolist()
        for w in onnx.load(model).graph.initializer
    }
    path = tmp_path / "small.plan"
    path.write_bytes(json.dumps(weights).encode())
    digest, size = sha256_of(path), path.stat().st_size
    request = BuildRequest(str(model), str(path), exact_fp32=True)
    result = BuildResult(str(path), size, digest, "TensorRT 10.9", 1.0, (), (), {})
    write_record(BuildRecord(request, result, sha256_of(model), {"author": "old"}))
    return path


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Engine]:
    """Loads the weights in a plan of this kind."""

    def load(plan: Path, **kind: Any) -> Engine:
        engine = Engine(json.loads(plan.read_bytes()), **kind)
        device = Device("GPU", "sm_90")
        found = LoadedEngine(engine, device, (), {}, plan, exact_fp32=True)
        module = SimpleNamespace(
            Refitter=Refitter,
            OnnxParserRefitter=OnnxParserRefitter,
            SerializationFlag=SimpleNamespace(INCLUDE_REFIT="refit"),
        )
        monkeypatch.setattr(runtime, "load", lambda: module)
        monkeypatch.setattr(refit, "load_engine", lambda *_: found)
        monkeypatch.setattr(refit, "process_logger", lambda _: None)
        monkeypatch.setattr(refit, "read_plan_header", lambda _: SimpleNamespace(offset=0))
        return engine

    return load


def scaled(model: onnx.ModelProto) -> None:
    """Every weight twice as large."""
    for weight in model.graph.initializer:
        weight.CopyFrom(numpy_helper.from_array(2 * numpy_helper.to_array(weight), weight.name))
    model.metadata_props.add(key="author", value="new")


def give(
    plan: Path, model: Path, output: Path, cancelled: Callable[[], bool] = lambda: False
) -> Any:
    request = RefitRequest(str(plan), str(model), str(output))
    return refit.refit(request, on_progress=ignore, cancelled=cancelled)


@pytest.mark.parametrize("in_place", [True, False])
def test_the_plan_and_its_record_are_the_new_models(
    plan: Path,
    use: Callable[..., Engine],
    make_model: Callable[..., Path],
    tmp_path: Path,
    in_place: bool,
) -> None:
    old = plan.read_bytes()
    engine = use(plan)
    new = make_model(scaled, name="new.onnx")
    output = plan if in_place else tmp_path / "new.plan"
    result = give(plan, new, output)
    assert result.weights == 3
    assert result.sha256 == sha256_of(output)
    before, after = json.loads(old), json.loads(output.read_bytes())
    assert {n: [2 * v for v in values] for n, values in before.items()} == after
    assert engine.flags == ["refit"], "it can be refitted again"
    record = read_record(output)
    assert record is not None
    verify(output, record)
    assert record.request.model == str(new)
    assert record.request.exact_fp32
    assert record.model_sha256 == sha256_of(new)
    assert record.metadata["author"] == "new"
    assert record.built_at
    if not in_place:
        assert plan.read_bytes() == old


def test_the_weights_are_made_ready_as_the_engine_was_built(
    plan: Path, use: Callable[..., Engine], make_model: Callable[..., Path], monkeypatch: Any
) -> None:
    use(plan)
    seen: list[object] = []
    monkeypatch.setattr(Refitter, "refit_cuda_engine", lambda _: seen.append(tf32._users) or True)
    give(plan, make_model(scaled, name="new.onnx"), plan)
    assert seen == [1]


def refuses(plan: Path, model: Path, output: Path) -> StudioError:
    before = plan.read_bytes()
    with pytest.raises(StudioError) as caught:
        give(plan, model, output)
    assert plan.read_bytes() == before
    assert not output.exists()
    return caught.value


def test_an_engine_that_takes_no_weights(
    plan: Path, use: Callable[..., Engine], make_model: Callable[..., Path], tmp_path: Path
) -> None:
    use(plan, refittable=False, marked=())
    error = refuses(plan, make_model(), tmp_path / "new.plan")
    assert "takes no new weights" in error.message
    assert "REFIT" in error.hint


def test_single_weights_of_an_engine_that_does_not_call_itself_refittable(
    plan: Path, use: Callable[..., Engine], make_model: Callable[..., Path]
) -> None:
    old = json.loads(plan.read_bytes())
    use(plan, refittable=False, marked=("m",))  # as TensorRT-RTX 1.6 has it
    assert give(plan, make_model(scaled, name="new.onnx"), plan).weights == 1
    after = json.loads(plan.read_bytes())
    assert after == old | {"m": [2 * value for value in old["m"]]}


def test_a_model_of_another_structure(
    plan: Path, use: Callable[..., Engine], make_model: Callable[..., Path], tmp_path: Path
) -> None:
    def rename(model: onnx.ModelProto) -> None:
        model.graph.initializer[0].name = "other"
        model.graph.node[0].input[1] = "other"

    use(plan)
    error = refuses(plan, make_model(rename, name="new.onnx"), tmp_path / "new.plan")
    assert "does not take the weights" in error.message
    assert "the parser's words" in error.details
    assert "no such weights: ['other']" in error.details


def test_a_model_that_lacks_weights(
    plan: Path, use: Callable[..., Engine], make_model: Callable[..., Path], tmp_path: Path
) -> None:
    engine = use(plan)
    engine.weights["extra"] = [1.0]
    engine.marked.append("extra")
    error = refuses(plan, make_model(), tmp_path / "new.plan")
    assert "it has none for extra." in error.message


def test_a_plan_without_a_record_leaves_none(
    plan: Path, use: Callable[..., Engine], make_model: Callable[..., Path], tmp_path: Path
) -> None:
    use(plan)
    record_path(plan).unlink()
    output = tmp_path / "new.plan"
    record_path(output).write_text("of an earlier plan")
    result = give(plan, make_model(scaled, name="new.onnx"), output)
    assert not record_path(output).exists()
    assert any("Nobody knows" in warning for warning in result.warnings)


@pytest.mark.parametrize("after", [0, 1])
def test_it_stops_between_two_steps(
    plan: Path,
    use: Callable[..., Engine],
    make_model: Callable[..., Path],
    tmp_path: Path,
    after: int,
) -> None:
    use(plan)
    asked = iter([False] * after + [True] * 9)
    with pytest.raises(Cancelled):
        give(plan, make_model(), tmp_path / "new.plan", lambda: next(asked))
    assert not (tmp_path / "new.plan").exists()
