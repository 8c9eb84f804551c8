"""What is imported once the window is there, and in which thread."""

import json
import subprocess
import sys

import pytest

from trtstudio.gui.imports import in_order

CHILD = """
import json, sys
from threading import Thread
import trtstudio.gui.app
from trtstudio.gui.imports import import_with_qt, import_without_qt
from PySide6.QtCore import QObject

def classes_of(kind):
    return {kind}.union(*map(classes_of, type.__subclasses__(kind)))

def modules():
    return {name for name in sys.modules if name.startswith("trtstudio.gui.")}

kind = QObject.__mro__[-2]  # of all that Qt has
before, names = classes_of(kind), []
worker = Thread(target=lambda: names.extend(import_without_qt()))
worker.start()
worker.join()
in_worker = sorted(made.__qualname__ for made in classes_of(kind) - before)
known, most = modules(), 0
for _ in import_with_qt(names):
    most, known = max(most, len(modules() - known)), modules()
made = sorted(made.__qualname__ for made in classes_of(kind) - before)
print(json.dumps([kind.__name__, in_worker, made, names, most, "cuda.bindings" in sys.modules]))
"""


@pytest.fixture(scope="module")
def report() -> list[object]:
    """Of a process in which nothing was imported before."""
    command = [sys.executable, "-c", CHILD]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return list(json.loads(output))


def test_no_class_of_qts_kind_is_made_in_a_worker(report: list[object]) -> None:
    kind, in_worker, made, *_ = report
    assert kind == "Object"
    assert in_worker == []
    assert {"RunPage", "MeasurePage", "BuildPage", "PlotItem", "SampleStrip"} <= set(made)


def test_a_step_imports_hardly_more_than_one_module(report: list[object]) -> None:
    _, _, _, names, most, has_cuda = report
    assert len(names) > 100
    assert most <= 3  # with what is imported as a name of its package
    assert not has_cuda


def test_each_module_comes_after_what_it_imports() -> None:
    names = in_order(["trtstudio.gui.run.page"])
    assert names[-1] == "trtstudio.gui.run.page"
    assert len(names) == len(set(names))
    place = names.index
    assert place("trtstudio.gui.theme") < place("trtstudio.gui.run.history")
    assert place("trtstudio.model.errors") < place("trtstudio.gui.run.runs")
