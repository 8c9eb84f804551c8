"""Start to first painted window: median over fresh processes with warm caches. Prints JSON.

    python benchmarks/startup.py [--runs 11]

Needs a display or QT_QPA_PLATFORM=offscreen. The peer in the same run is a process that imports
PySide6.QtWidgets and paints an empty QMainWindow: what Qt itself costs.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

HEAVY = ("tensorrt", "tensorrt_rtx", "onnx", "cv2", "onnxruntime", "cuda", "pyqtgraph")

CHILD = """
import sys, time, json
started = float(sys.argv[1])
if sys.argv[2] == "ours":
    from trtstudio.gui.app import start
    app, window = start([])
else:
    from PySide6.QtWidgets import QApplication, QMainWindow
    app = QApplication([]); window = QMainWindow(); window.resize(1280, 800); window.show()
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, target, event):
        if event.type() == QEvent.Type.Paint and target is window:
            QTimer.singleShot(0, report)
        return False
done = []
def report():
    if not done:
        done.append(1)
        heavy = [m for m in {heavy!r} if m in sys.modules]
        print(json.dumps([time.time() - started, heavy]), flush=True)
        window.close()
        app.quit()
watch = Watch()
window.installEventFilter(watch)
sys.exit(app.exec())
"""


def seconds_to_paint(which: str) -> tuple[float, list[str]]:
    code = CHILD.replace("{heavy!r}", repr(HEAVY))
    command = [sys.executable, "-c", code, str(time.time()), which]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, heavy = json.loads(output.splitlines()[0])
    return seconds, heavy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    seconds_to_paint("ours")  # warms the caches
    ours = [seconds_to_paint("ours") for _ in range(runs)]
    empty = [seconds_to_paint("empty")[0] for _ in range(runs)]
    median = statistics.median(s for s, _ in ours)
    report = {
        "start_to_paint_s": round(median, 3),
        "worst_s": round(max(s for s, _ in ours), 3),
        "empty_qt_window_s": round(statistics.median(empty), 3),
        "ratio_to_empty_qt_window": round(median / statistics.median(empty), 2),
        "heavy_modules_at_paint": ours[-1][1],
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
