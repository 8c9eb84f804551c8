"""What is taken from TensorRT's log while it is passed on."""

from trtstudio.engine.build.build_log import BuildLog
from trtstudio.model.build.build import LogLine

MISFIT = (
    "Profile kMAX values are not self-consistent. IShuffleLayer p2o.Reshape.79: reshaping failed "
    "for tensor: p2o.Add.275 reshape would change volume 153600 to 38400"
)


def test_sizes_that_only_fail_later_are_warned_of_once() -> None:
    passed: list[LogLine] = []
    log = BuildLog(passed.append, "error")
    for text in (MISFIT, "In input (x), minShape is not the same as maxShape.", MISFIT):
        log.hear(LogLine("warning", text))
    (warning,) = log.warnings()
    assert warning.startswith("The max sizes of a profile break the model")
    assert passed == []


def test_nothing_said_nothing_warned_of() -> None:
    log = BuildLog(lambda _: None, "info")
    assert log.warnings() == ()
    assert log.table() == (None, ("TensorRT did not list the layers of this engine.",))
