"""Matching and agreement against brute force."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from trtstudio.vision.answer import Answer, Detection, Label, Raster, Regions
from trtstudio.vision.batch.agreement import agreement, differences, summarize
from trtstudio.vision.batch.matching import boxes_only, match, mean_precision, overlaid

SIZE = (40, 60)
boxes = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9))
found = st.builds(
    lambda box, score, index: Detection(
        str(index), score, (box[0], box[1], box[0] + box[2], box[1] + box[3]), index
    ),
    boxes,
    st.floats(0.01, 1),
    st.integers(0, 2),
)
answers = st.lists(found, max_size=8).map(lambda each: Answer("detection", detections=tuple(each)))


def cells(detection: Detection) -> set[tuple[int, int]]:
    left, top, right, bottom = map(int, detection.box)
    return set(product(range(left, right), range(top, bottom)))


def iou(one: Detection, other: Detection) -> float:
    first, second = cells(one), cells(other)
    return len(first & second) / len(first | second)


def brute_match(first: Answer, second: Answer) -> set[tuple[int, int]]:
    left, pairs = list(range(len(second.detections))), set()
    order = sorted(range(len(first.detections)), key=lambda i: (-first.detections[i].score, i))
    for i in order:
        best = None
        for j in left:
            one, other = first.detections[i], second.detections[j]
            overlap = iou(one, other)
            fits = one.index == other.index and overlap >= 0.5
            if fits and (best is None or overlap > best[0]):
                best = (overlap, j)
        if best is not None:
            pairs.add((i, best[1]))
            left.remove(best[1])
    return pairs


@given(answers, answers)
def test_matching_is_that_of_brute_force(first: Answer, second: Answer) -> None:
    pairs = match(first.detections, second.detections)
    assert {(pair.first, pair.second) for pair in pairs} == brute_match(first, second)
    for pair in pairs:
        expected = iou(first.detections[pair.first], second.detections[pair.second])
        assert pair.overlap == pytest.approx(expected)
    result = agreement(first, second, SIZE)
    total = len(first.detections) + len(second.detections)
    assert result.object_share == pytest.approx(2 * len(pairs) / total if total else 1)


@given(answers)
def test_everything_agrees_with_itself(answer: Answer) -> None:
    result = agreement(answer, answer, SIZE)
    distinct = len({(each.index, each.box) for each in answer.detections})
    if distinct == len(answer.detections):
        assert result.share == 1
    summary = summarize([result], [(answer, answer)])
    assert summary.pictures == 1
    if answer.detections and distinct == len(answer.detections):
        assert summary.mean_precision == pytest.approx(1)


@given(answers, answers)
def test_an_overlay_has_every_object_once(first: Answer, second: Answer) -> None:
    merged = overlaid(first, second)
    pairs = len(match(first.detections, second.detections))
    kinds = [each.index for each in merged.detections]
    assert kinds.count(0) == pairs
    assert kinds.count(1) == len(first.detections) - pairs
    assert kinds.count(2) == len(second.detections) - pairs


def brute_precision(pairs: list[tuple[Answer, Answer]]) -> float | None:
    """Of every threshold a point; the area under the highest precision at or beyond each recall."""
    classes = {each.index for _, truth in pairs for each in truth.detections}
    areas = []
    for index in classes:
        guesses: list[tuple[float, int, bool]] = []
        total = 0
        for guess, truth in pairs:
            own = [each for each in guess.detections if each.index == index]
            real = [each for each in truth.detections if each.index == index]
            total += len(real)
            hit = {i for i, _ in brute_match(_of(own), _of(real))}
            guesses += [
                (-each.score, len(guesses) + position, position in hit)
                for position, each in enumerate(own)
            ]
        guesses.sort()
        points = []
        for count in range(1, len(guesses) + 1):
            right = sum(is_hit for _, _, is_hit in guesses[:count])
            points.append((right / total, right / count))
        area, before = 0.0, 0.0
        for recall, _ in points:
            if recall > before:
                area += (recall - before) * max(p for r, p in points if r >= recall)
                before = recall
        areas.append(area)
    return sum(areas) / len(areas) if areas else None


def _of(detections: list[Detection]) -> Answer:
    return Answer("detection", detections=tuple(detections))


@given(st.lists(st.tuples(answers, answers), max_size=4))
def test_mean_precision_is_that_of_brute_force(pairs: list[tuple[Answer, Answer]]) -> None:
    expected = brute_precision(pairs)
    result = mean_precision([(boxes_only(one), boxes_only(other)) for one, other in pairs])
    assert result == (pytest.approx(expected) if expected is not None else None)


values = npst.arrays(np.float32, (3, 4), elements=st.floats(-100, 100, width=32))


@given(values, values)
def test_differences_are_those_of_numpy(one: np.ndarray, other: np.ndarray) -> None:
    (result,) = differences({"y": one}, {"y": other})
    delta = one.astype(float) - other
    assert result.max_abs == pytest.approx(np.abs(delta).max())
    if np.linalg.norm(other) > 1e-3:
        expected = np.linalg.norm(delta) / np.linalg.norm(other.astype(float))
        assert result.relative_l2 == pytest.approx(expected, rel=1e-5)
    assert -1 <= result.cosine <= 1


def test_outputs_of_other_names_are_compared_in_order_and_of_other_sizes_not_at_all() -> None:
    one, other = {"a": np.ones(3), "b": np.ones(4)}, {"x": np.zeros(3), "y": np.ones(5)}
    (result,) = differences(one, other)
    assert (result.name, result.max_abs, result.relative_l2, result.cosine) == (
        *("a", 1.0, np.inf, 0.0),
    )
    (same,) = differences({"a": np.zeros(2)}, {"a": np.zeros(2)})
    assert (same.max_abs, same.relative_l2, same.cosine) == (0, 0, 1)


def raster(array: np.ndarray) -> Raster:
    return Raster(array, (0.0, 0.0, SIZE[1], SIZE[0]))


@given(*[npst.arrays(np.uint8, SIZE, elements=st.integers(0, 3))] * 2)
def test_regions_overlap_class_by_class(one: np.ndarray, other: np.ndarray) -> None:
    first, second = (
        Answer("semantic-segmentation", regions=Regions(raster(array))) for array in (one, other)
    )
    ious = [
        ((one == number) & (other == number)).sum() / ((one == number) | (other == number)).sum()
        for number in set(one.ravel().tolist()) | set(other.ravel().tolist())
    ]
    assert agreement(first, second, SIZE).mask_iou == pytest.approx(np.mean(ious))


def test_masks_labels_texts_and_vectors() -> None:
    masks = [np.zeros(SIZE, np.uint8) for _ in range(2)]
    masks[0][:20, :30] = masks[1][:20, :40] = 255
    first, second = (
        Answer("instance-segmentation", detections=(Detection("a", 1, (0, 0, 40, 20), 0, mask=m),))
        for m in map(raster, masks)
    )
    assert agreement(first, second, SIZE).mask_iou == pytest.approx(0.75)
    cat, dog = (Answer("classification", top=(Label("x", 0.5, n),)) for n in (1, 2))
    assert agreement(cat, cat, SIZE).same_top is True
    assert agreement(cat, dog, SIZE).share == 0
    text, other = Answer("text-recognition", text="a"), Answer("text-recognition", text="b")
    assert agreement(text, other, SIZE).same_text is False
    east, north = (Answer("embedding", embedding=np.float32(v)) for v in ((1, 0), (0, 1)))
    assert agreement(east, north, SIZE).cosine == 0
    assert agreement(east, east, SIZE).cosine == 1
    assert agreement(first, cat, SIZE).share is None  # no 100 %: nothing can be compared


def test_a_summary_leaves_out_what_is_not_known() -> None:
    summary = summarize([])
    assert (summary.pictures, summary.same_top, summary.mean_precision) == (0, None, None)
