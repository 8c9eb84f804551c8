"""The report: one valid page that loads nothing, escapes everything, and shows every figure."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import numpy as np
import pytest

from trtstudio.model.history import Kept
from trtstudio.model.language import Language
from trtstudio.model.measure.bench import BenchRequest, BenchResult, ClockSample, SweepPoint
from trtstudio.model.measure.bench_history import (
    BenchmarkRun,
    KeptSamples,
    Subject,
    SweepRun,
    without_samples,
)
from trtstudio.model.measure.report import Reported, report

Measured = Callable[..., BenchResult]
EVIL = '<script>alert("x")</script> & \x00\x1b "quoted" 模型'
_EMPTY = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """Checks that every element is closed, and gathers texts by the element that they are in."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(content.decode("utf-8"))
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


def kept(number: int, result: BenchResult, note: str = "", file: str = "/m/net.plan") -> Reported:
    samples, clocks = result.samples, result.clocks
    run = BenchmarkRun(
        Subject("/m/net.onnx", file, "ab" * 32), BenchRequest(0), without_samples(result), note=note
    )
    found = KeptSamples(samples, clocks) if samples is not None else None
    return Reported(Kept(number, "2026-01-02T03:04:05Z", run), found)


def sweep(measured: Measured) -> Kept[SweepRun]:
    points = [
        SweepPoint({"batch": b, "streams": s}, measured([float(b * s)]))
        for b in (1, 2)
        for s in (1, 4)
    ]
    failed = SweepPoint({"batch": 8, "streams": 1}, problem=EVIL)
    axes = {"batch": (1, 2, 8), "streams": (1, 4)}
    run = SweepRun(
        Subject("/m/net.onnx", "/m/net.plan"),
        BenchRequest(0),
        axes,
        (*points, failed),
        "TRT",
        "GPU",
    )
    return Kept(9, "2026-01-02T03:04:05Z", run)


def test_a_page_of_everything_is_valid_and_loads_nothing(measured: Measured) -> None:
    runs = [kept(1, measured([4.0, 4.0])), kept(2, measured([1.0, 1.5, 1.0]))]
    content = report(runs, [sweep(measured)], "today")
    page = Page(content)
    tags = [tag for tag, _ in page.tags]
    assert "script" not in tags and "link" not in tags and "img" not in tags
    for _, attributes in page.tags:
        assert not {"src", "href", "onload", "onclick"} & set(attributes)
    for address in ("url(", "@import", "http:", "https:"):
        assert address not in content.decode()
    assert content.startswith(b"<!DOCTYPE html>")
    assert tags.count("svg") == 3 + 2 + 2  # of all runs, the clocks of each, the sweep
    cells = page.texts["td"]
    assert {"4.000", "1.000"} <= set(cells)
    assert "x 0.25" in page.texts["span"]
    assert {"studio", "200 ms", "3 s"} <= set(cells), "how the sweep was measured"
    assert "Stopped after 5 of 6 points." in page.texts["p"]


def test_everything_is_escaped(measured: Measured) -> None:
    result = measured([1.0, 2.0], device=EVIL, warnings=(EVIL,), shapes={EVIL: (1,)})
    content = report([kept(1, result, note=EVIL, file=f"/m/{EVIL}")], [sweep(measured)])
    page = Page(content)
    assert "script" not in [tag for tag, _ in page.tags]
    assert b"\x00" not in content and b"\x1b" not in content
    assert any('alert("x")' in text and "模型" in text for text in page.texts["h2"])
    assert any(text.startswith("<script>") for text in page.texts["p"])


def test_every_word_is_in_the_language_of_the_page(measured: Measured) -> None:
    result = measured([1.0, 2.0], warnings=("It was hot.",))
    language = Language("zz", lambda text: f"<{text}>" if text else "")
    runs = [kept(1, result), kept(2, result)]
    page = Page(report(runs, [sweep(measured)], "2026-01-02", language))
    assert ("html", {"lang": "zz"}) in page.tags
    said = {text for tag in ("h1", "h2", "h3", "p", "th", "text") for text in page.texts[tag]}
    assert {"<It was hot.>", "<Stopped after 5 of 6 points.>", "<Latency median> (ms)"} <= said
    assert {text for text in said if "<" not in text and re.search("[A-Za-z]{4}", text)} == {
        *(run.name for run in runs),
        *("batch", "streams"),  # as they are called on the command line
    }


def test_the_curves_are_within_the_chart(measured: Measured) -> None:
    random = np.random.default_rng(0)
    many = measured(random.gamma(2, 1, 5000).tolist())
    page = Page(report([kept(1, many), kept(2, measured([3.0]))]))
    paths = [attributes["d"] or "" for tag, attributes in page.tags if tag == "path"]
    assert len(paths) == 2 * 3 + 2
    for path in paths:
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", path)]
        x, y = numbers[::2], numbers[1::2]
        assert min(x) >= 60 and max(x) <= 720 and min(y) >= 0 and max(y) <= 300
        assert len(x) <= 700, "what cannot be seen is not written"


@pytest.mark.parametrize("latencies", [[1.0], [0.0, 0.0], [5.0] * 700])
def test_odd_times_make_charts_too(measured: Measured, latencies: list[float]) -> None:
    result = measured(latencies, throughput_qps=0.0, clocks=(ClockSample(0.0, 1980),))
    assert b"nan" not in report([kept(1, result)]).lower()


def test_runs_without_inferences_have_figures_and_no_charts(measured: Measured) -> None:
    page = Page(report([kept(1, measured([2.0], samples=None))]))
    assert "svg" not in [tag for tag, _ in page.tags]
    assert "2.000" in page.texts["td"]


def test_better_and_worse_are_told_apart(measured: Measured) -> None:
    runs = [kept(1, measured([2.0])), kept(2, measured([1.0])), kept(3, measured([8.0]))]
    page = Page(report(runs))
    verdicts = [a["class"] for tag, a in page.tags if tag == "span" and "class" in a]
    assert verdicts[:2] == ["ratio better", "ratio worse"]  # of the throughput
    assert verdicts[2:4] == ["ratio better", "ratio worse"]  # of the median
