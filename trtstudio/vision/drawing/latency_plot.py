"""Draws a benchmark's latencies without a window. Safe in any thread."""

import math

import cv2
import numpy as np

from trtstudio.model.measure.bench import BenchResult
from trtstudio.model.measure.report.scale import round_step
from trtstudio.model.run import Array
from trtstudio.model.words import counted
from trtstudio.vision.drawing.canvas import FAINT, INK, Pen, paper
from trtstudio.vision.drawing.class_colors import PALETTE

_HEIGHT, _WIDTH = 540, 1080
_LEFT, _TOP, _RIGHT, _BOTTOM = 96, 84, 150, 64
_TITLE, _TEXT = Pen(15), Pen(11)


def latency_plot(result: BenchResult) -> Array:
    """Every latency in ms in the order they ran, with the median and p99; uint8 RGB pixels."""
    pixels = paper(_HEIGHT, _WIDTH)
    ticks = nice_ticks(float(np.max(result.samples_ms)) * 1.1)
    device = f"{result.runtime} on {result.device}"
    figures = f"{counted(result.iterations, 'inference')}, {result.throughput_qps:,.1f} per second"
    _TITLE.write(pixels, _TITLE.fitted(device, _WIDTH - _LEFT - _RIGHT), _LEFT, 32)
    _TEXT.write(pixels, figures, _LEFT, 60)
    _draw_axes(pixels, ticks, len(result.samples_ms))
    _draw_samples(pixels, result.samples_ms, ticks[-1])
    summary = result.latency_ms
    _draw_level(pixels, "p99", summary.p99, ticks[-1], above=True)
    _draw_level(pixels, "median", summary.median, ticks[-1], above=False)
    return pixels


def nice_ticks(top: float, count: int = 5) -> list[float]:
    """Round numbers from 0 to at least ``top``, ``count`` steps or fewer."""
    step = round_step(max(top, 1e-9) / count)
    steps = math.ceil(top / step - 1e-9)
    return [step * number for number in range(max(steps, 1) + 1)]


def _y(value_ms: float, top_ms: float) -> int:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value_ms / top_ms)


def _draw_axes(pixels: Array, ticks: list[float], samples: int) -> None:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    for tick in ticks:
        y = _y(tick, ticks[-1])
        cv2.line(pixels, (_LEFT, y), (right, y), FAINT, 1)
        text = f"{tick:g}"
        _TEXT.write(pixels, text, _LEFT - 12 - _TEXT.width(text), y + 5)
    cv2.line(pixels, (_LEFT, bottom), (right, bottom), INK, 1)
    _TEXT.write(pixels, "ms", 20, _TOP - 12)
    _TEXT.write(pixels, "1", _LEFT, bottom + 24)
    last = str(samples)
    _TEXT.write(pixels, last, right - _TEXT.width(last), bottom + 24)
    _TEXT.write(pixels, "inference", (_LEFT + right - _TEXT.width("inference")) / 2, bottom + 44)


def _draw_samples(pixels: Array, samples_ms: Array, top_ms: float) -> None:
    """A dot a sample; where many share a column of pixels they simply overlap."""
    xs = np.linspace(_LEFT, _WIDTH - _RIGHT, len(samples_ms))
    for x, sample in zip(xs.tolist(), samples_ms.tolist(), strict=True):
        cv2.circle(pixels, (round(x), _y(sample, top_ms)), 2, PALETTE[5], -1, cv2.LINE_AA)


def _draw_level(pixels: Array, name: str, value_ms: float, top_ms: float, *, above: bool) -> None:
    """A line across at ``value_ms``, named to its right."""
    right, y = _WIDTH - _RIGHT, _y(value_ms, top_ms)
    color = PALETTE[1] if above else PALETTE[0]
    cv2.line(pixels, (_LEFT, y), (right, y), color, 2)
    _TEXT.write(pixels, f"{name} {value_ms:.4g}", right + 8, y - 3 if above else y + 14, color)
