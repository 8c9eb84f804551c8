"""Pictures of the real window, taken in a process of their own as the demo does it."""

import os
import subprocess
import sys
from pathlib import Path

from trtstudio.vision.picture import read_picture


def snapshot(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trtstudio.gui.snapshot", *map(str, arguments)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100)


def test_the_window_with_its_answer(
    sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    out = tmp_path / "window.png"
    done = snapshot(sample_model, sample_pictures[2], out, "--theme", "dark", "--size", "1280x720")
    assert done.returncode == 0, done.stderr
    pixels = read_picture(out).pixels
    assert pixels.shape == (720, 1280, 3)
    assert pixels[:, :4].mean() < 80, "dark"
    coffee = (pixels[..., 0] > 150) & (pixels[..., 2] < 80)
    assert coffee.sum() > 3000, "the red saucer fills a part of the window"


def test_what_cannot_be_read_is_told(sample_model: Path, tmp_path: Path) -> None:
    done = snapshot(sample_model, tmp_path / "gone.jpg", tmp_path / "out.png")
    assert done.returncode == 1
    assert "gone.jpg" in done.stderr
    assert not (tmp_path / "out.png").exists()
