"""The rows of a long run and what is printed of them: as a list in memory would give."""

import gc
import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from trtstudio.cli import run_report, run_rows
from trtstudio.cli.output import long_table, print_json, print_text, say, table
from trtstudio.cli.run_pictures import Look
from trtstudio.cli.run_report import Found
from trtstudio.cli.run_rows import Row, Rows
from trtstudio.vision.answer import Answer, Label
from trtstudio.vision.batch.records import Record
from trtstudio.vision.batch.sources import Source


def row(number: int) -> Row:
    data = {"source": f"ü{number}.jpg", "score": 0.1 * number, "box": [1.5, number], "none": None}
    return Row(data, f"猫 {number}%", failed=number == 7)


def test_rows_come_back_from_memory_and_from_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_rows, "_IN_MEMORY_BYTES", 200)
    rows = Rows()
    assert list(rows) == [] and not rows.failed
    expected: list[Row] = []
    for number in range(20):
        expected.append(row(number))
        rows.add(expected[-1])
        assert list(rows) == expected
    assert rows.failed
    both = zip(rows, rows, strict=True)
    assert [one == other for one, other in both] == [True] * 20
    assert rows._file._rolled


def test_what_is_told_of_many_pictures_takes_little_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run_rows, "_IN_MEMORY_BYTES", 2000)
    monkeypatch.setattr(run_report, "_MOST_CELLS", 3)
    found, outputs = Found(saves_all=False), {"y": np.zeros(1000, np.float32)}
    answer = Answer("classification", top=(Label("cat", 0.5, 1),) * 5)

    def add(count: int) -> int:
        """The memory that is used afterwards, in bytes."""
        for number in range(count):
            small = np.zeros((40, 60, 3), np.uint8)
            record = Record(Source(Path(f"{number}.jpg")), (40, 60), answer)
            found.add(record, Look(record, {"y": outputs["y"].copy()}, small=small))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    before, after = add(100), add(500)
    tracemalloc.stop()
    assert after - before < 500 * 100
    assert len(list(found.rows)) == 600 and len(found.runs) == 1
    assert len(found.cells) == 3 and found.left_out


def test_what_json_lacks_is_told_in_its_place() -> None:
    rows = Rows()
    data = {"source": "clip.mp4", "frame": 3, "path": Path("a"), "nan": float("nan"), "t": (1, 2)}
    rows.add(Row(data, ""))
    rows.add(Row({"source": "\udcff.jpg"}, ""))
    first, second = rows
    assert first.data == {**data, "path": "a", "nan": None, "t": [1, 2]}
    assert (first.name, second.name) == ("clip.mp4 #3", "\udcff.jpg")


@pytest.mark.parametrize("items", [[], [1], [{"a": [1, {"b": None}]}, [], "x\ny", {}]])
def test_iterators_are_printed_as_lists(
    items: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    value = {"before": {"a": 1}, "items": items, "after": [1, 2], "empty": {}}
    print_json({**value, "items": iter(items)})
    assert capsys.readouterr().out == json.dumps(value, indent=2) + "\n"
    print_json({})
    assert capsys.readouterr().out == "{}\n"


def test_a_long_table_is_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("a", "x"), ("猫猫", "yy"), ("longer", "")]
    assert "\n".join(long_table(lambda: iter(rows))) == table(rows)
    print_text(iter(["a", "\nb"]))
    print_text("")
    print_text("c")
    assert capsys.readouterr().out == "a\n\nb\nc\n"


def test_names_neither_break_a_table_nor_reach_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [("a\nb.jpg", "1"), ("c\x1b[31m.jpg", "2"), ("日本 \u3000.jpg", "3")]
    expected = ["a\\nb.jpg", "c\\x1b[31m.jpg", "日本 \u3000.jpg"]
    for lines in (table(rows).splitlines(), list(long_table(lambda: rows))):
        assert [line.rsplit("  ", 1)[0].rstrip() for line in lines] == expected
    say("c\x1b[31m.jpg\n  is gone")
    assert capsys.readouterr().err == "c\\x1b[31m.jpg\n  is gone\n"
