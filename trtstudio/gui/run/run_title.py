"""What a run is called. Main thread only."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.run.run import Run
from trtstudio.model.given_inputs import ConstantValues, FileValues, RandomValues, Values


def run_title(run: Run) -> str:
    """Its picture, its files, or what kind of inputs it had."""
    if run.name:
        return run.name
    kinds = set(map(type, run.given.values.values()))
    return _tr("constant inputs") if kinds == {ConstantValues} else _tr("random inputs")


def run_tip(run: Run) -> str:
    """Where its file is, or what it is called and a line for each input that was given."""
    if isinstance(run.source, Path):
        return str(run.source)
    shapes = run.feed.inputs if run.feed is not None else {}
    lines = [
        f"{name}: {_words(values)}" + (f" {list(shapes[name].shape)}" if name in shapes else "")
        for name, values in run.given.values.items()
    ]
    return "\n".join([run_title(run), *lines])


def _words(values: Values) -> str:
    match values:
        case RandomValues(seed):
            return _tr("random, seed {seed}").format(seed=seed)
        case ConstantValues(numbers):
            return ", ".join(f"{number:g}" for number in numbers[:8])
        case FileValues(path, array):
            return f"{path}:{array}" if array else str(path)
    return values.title


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunTitle", text)
