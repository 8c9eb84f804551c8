"""Work in a thread that Ctrl+C stops, whenever it comes."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from trtstudio.cli.stop import stoppable
from trtstudio.model.errors import Cancelled


def unheard(_: Cancelled) -> None:
    """Nobody is told."""


def test_the_result_and_the_problem_of_the_work_are_its_own() -> None:
    assert stoppable(lambda cancelled: cancelled(), unheard) is False
    with pytest.raises(ZeroDivisionError):
        stoppable(lambda _: 1 // 0, unheard)


def test_control_c_while_the_thread_begins_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    start, was_told = threading.Thread.start, threading.Event()

    def start_and_interrupt(thread: threading.Thread) -> None:
        start(thread)
        raise KeyboardInterrupt

    def work(cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            was_told.wait(0.001)
        was_told.set()

    monkeypatch.setattr(threading.Thread, "start", start_and_interrupt)
    monkeypatch.setattr("trtstudio.cli.stop._PATIENCE_S", 30.0)
    with pytest.raises((Cancelled, KeyboardInterrupt)) as caught:
        stoppable(work, unheard)
    assert caught.type is Cancelled
    assert was_told.is_set()


DEAF = """
import signal, sys, threading
from pathlib import Path
import numpy as np
from trtstudio import cli
from trtstudio.model.files import scratch_folder, whole_file
from trtstudio.vision.drawing.video_file import VideoFile

def work(options, cancelled):
    video = VideoFile(Path("drawn.mp4"), 25)
    video.write(np.zeros((64, 64, 3), np.uint8))
    with scratch_folder() as folder, whole_file(Path("answers.csv")) as file:
        Path(folder, "model.onnx").touch()
        begun = [path.name for path in Path().rglob("*")]
        assert len(begun) == 5, begun
        signal.raise_signal(signal.SIGINT)
        threading.Event().wait()

cli.find_verb = lambda name: work
cli.stop._PATIENCE_S = 0.1
sys.exit(cli.main(["doctor", *sys.argv[1:]]))
"""


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_work_that_goes_on_leaves_no_file_and_an_object_for_who_reads_it(
    words: list[str], tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", DEAF, *words],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.strip() == ("" if words else "trtstudio: stopped")
    if words:
        assert json.loads(ended.stdout)["error"]["message"] == "stopped"
    if os.name != "nt":  # which does not remove what is open
        assert list(tmp_path.rglob("*")) == [scratch]
