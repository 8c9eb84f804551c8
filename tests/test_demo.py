"""The demo, with and without what it can do without."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from trtstudio import demo
from trtstudio.cli import main
from trtstudio.model.errors import StudioError
from trtstudio.vision.picture import read_picture


@pytest.fixture
def no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out the picture of the window, which takes seconds."""
    monkeypatch.setattr(demo, "_snapshot", lambda _: "not in this test.")


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_DURATION_S", 0.05)


def _figures(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "demo.json").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("no_window")
def test_the_whole_way(
    tmp_path: Path, sample_pictures: tuple[Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "demo"
    assert main(["demo", "--out", str(out)]) == 0
    story, _ = capsys.readouterr()
    for name in ("demo.json", "latency.png", *(f"{p.stem}.png" for p in sample_pictures)):
        assert (out / name).stat().st_size > 0
    figures = _figures(out)
    assert figures["model"]["layers"] == 94
    best = [result["top"][0]["label"] for result in figures["run"]["results"]]
    assert best == ["tripod", "tiger cat", "espresso", "missile"]
    assert all(label in story for label in best)
    assert figures["bench"]["iterations"] >= 10
    assert f"{figures['bench']['latency_ms']['median']:.3f} ms" in story
    assert figures["window"] == {"skipped": "not in this test."}
    if "skipped" not in figures["build"]:
        assert Path(figures["build"]["plan"]).stat().st_size == figures["build"]["plan_bytes"]
        assert figures["build"]["runtime"] in story
    assert read_picture(out / "latency.png").pixels.shape == (540, 1080, 3)


@pytest.mark.usefixtures("no_window")
def test_without_tensorrt_it_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StudioError("No TensorRT could be loaded.", hint="Install one.")

    monkeypatch.setattr(demo, "build", refuse)
    assert main(["demo", "--out", str(tmp_path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["build"] == {"skipped": "No TensorRT could be loaded."}
    assert figures["run"]["runtime"].startswith("ONNX Runtime")
    assert figures == _figures(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert main(["demo", "--out", str(tmp_path / "file" / "demo")]) == 1
    assert "trtstudio: " in capsys.readouterr().err


def test_why_there_is_no_picture_of_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "window.png"
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert demo._snapshot(out) == "PySide6 is not installed."
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: "found")

    def ended(code: int, words: str) -> None:
        done = SimpleNamespace(returncode=code, stderr=words)
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)

    ended(1, "Traceback\nImportError: libEGL.so.1")
    assert demo._snapshot(out) == "ImportError: libEGL.so.1"
    ended(0, "")
    assert demo._snapshot(out) == "its process failed."
    out.write_bytes(b"png")
    assert demo._snapshot(out) == ""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "packaged" in demo._snapshot(out)


def test_the_window_is_pictured(tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtWidgets")
    pytest.importorskip("trtstudio.gui.snapshot")
    assert demo._snapshot(tmp_path / "window.png") == ""
    height, width = read_picture(tmp_path / "window.png").pixels.shape[:2]
    assert height >= 600
    assert width >= 900
