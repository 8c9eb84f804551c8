"""What a tensor's view picks, lays out and colours, against NumPy on the whole array."""

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from trtstudio.gui.tensor import number_text
from trtstudio.gui.tensor.coloring import INF_COLOR, NAN_COLOR, Look, look_for, paint
from trtstudio.gui.tensor.kinds import channel_axis, fitting_cut, fitting_kind, kinds_for
from trtstudio.gui.tensor.lines import line_of
from trtstudio.gui.tensor.sheets import Extent, Plane, Tiles, extent_of, sheet_of
from trtstudio.gui.tensor.tensor_table import WRAP, TensorTable
from trtstudio.gui.tensor.values import Cut, Values

SHAPES = array_shapes(min_dims=0, max_dims=5, min_side=1, max_side=20)
FLOAT = np.dtype(np.float32)


# Kinds


@pytest.mark.parametrize(
    ("shape", "kind", "axes"),
    [
        ((), "table", ()),
        ((1, 1), "table", ()),
        ((0, 4), "table", (0, 1)),
        ((1, 1000), "line", (1,)),
        ((1, 3549, 85), "heat", (1, 2)),
        ((1, 1, 320, 320), "heat", (2, 3)),
        ((32, 3, 3, 3), "grid", (0, 2, 3)),
        ((8, 64, 56, 56), "grid", (1, 2, 3)),
        ((1, 3, 224, 224), "image", (2, 3, 1)),
        ((224, 224, 3), "image", (0, 1, 2)),
        ((2, 480, 640, 4), "image", (1, 2, 3)),
    ],
)
def test_the_view_fits_the_shape(shape: tuple[int, ...], kind: str, axes: tuple[int, ...]) -> None:
    found = fitting_kind(shape, FLOAT)
    assert found == kind
    assert fitting_cut(found, shape).axes == axes


@given(SHAPES)
def test_every_view_that_is_offered_shows_a_part(shape: tuple[int, ...]) -> None:
    values = Values(np.zeros(shape, np.float32))
    ranks = {"image": (3,), "grid": (3,), "heat": (2,), "line": (1,), "table": (0, 1, 2)}
    kinds = kinds_for(shape, FLOAT)
    assert fitting_kind(shape, FLOAT) in kinds and kinds[-1] == "table"
    for kind in kinds:
        cut = fitting_cut(kind, shape)
        assert len(set(cut.axes)) == len(cut.axes)
        assert len(cut.of(values).shape) in ranks[kind]


def test_text_is_a_table_only() -> None:
    assert kinds_for((3, 4), np.dtype(object)) == kinds_for((3, 4), np.dtype("U3")) == ("table",)
    assert "heat" in kinds_for((3, 4), np.dtype(ml_dtypes.bfloat16))
    assert channel_axis((5, 5, 5)) is None


# Values


@given(arrays(np.int32, array_shapes(min_dims=2, max_dims=4)), st.data())
def test_a_cut_is_what_numpy_picks(array: np.ndarray, data: st.DataObject) -> None:
    axes = data.draw(st.permutations(range(array.ndim)))[: data.draw(st.integers(1, array.ndim))]
    positions = tuple(data.draw(st.integers(0, size - 1)) for size in array.shape)
    cut = Cut(tuple(axes), positions)
    part = cut.of(Values(array)).pick(...)
    at = tuple(data.draw(st.integers(0, array.shape[axis] - 1)) for axis in axes)
    assert part.shape == tuple(array.shape[axis] for axis in axes)
    assert part[at] == array[cut.index(at)]
    assert Cut(tuple(axes), cut.index(at)).of(Values(array)).pick(at) == part[at]


def test_an_axis_seen_already_changes_places() -> None:
    cut = Cut((1, 2), (0, 0, 0))
    assert cut.with_axis(0, 2).axes == (2, 1)
    assert cut.with_axis(0, 0).axes == (0, 2)
    assert cut.at(0, 5).positions == (5, 0, 0)


def test_a_difference_is_computed_where_it_is_seen() -> None:
    a, b = np.array([[1, 2], [3, 4]], np.float16), np.array([[1, 0], [3, 8]], np.float16)
    assert Values(a, b, "other").pick((0, 1)) == 0
    part = Cut((1,), (1, 0)).of(Values(a, b, "difference"))
    assert part.pick(...).tolist() == [0, -4] and part.dtype == np.float64
    assert Values(a, b, "relative").pick(...).tolist() == [[0, np.inf], [0, 0.5]]
    assert np.concatenate(list(Values(a, b, "difference").pieces())).tolist() == [0, 2, 0, -4]


# Sheets and colours


@given(array_shapes(min_dims=3, max_dims=3, max_side=9), st.data())
def test_tiles_show_every_value_once(shape: tuple[int, ...], data: st.DataObject) -> None:
    array = np.arange(np.prod(shape)).reshape(shape)
    tiles = Tiles(Values(array))
    cells, inside = tiles.sample(np.arange(tiles.height), np.arange(tiles.width))
    assert inside is not None
    assert sorted(cells[inside]) == list(range(array.size))
    row, column = (data.draw(st.integers(0, n - 1)) for n in (tiles.height, tiles.width))
    index = tiles.index(row, column)
    assert (index is not None) == inside[row, column]
    if index is not None:
        assert array[index] == cells[row, column]
        assert tiles.cell(index) == (row, column)


@given(arrays(np.float32, array_shapes(min_dims=2, max_dims=3), elements=st.floats(width=32)))
def test_the_extent_is_that_of_the_finite_values(array: np.ndarray) -> None:
    found = extent_of(Values(array))
    finite = array[np.isfinite(array)]
    if finite.size:
        assert (found.low, found.high) == (finite.min(), finite.max())
    else:
        assert np.isnan(found.low) and np.isnan(found.high)
    assert found.has_nan == np.isnan(array).any() and found.has_inf == np.isinf(array).any()


def test_colours_of_values_and_of_what_is_no_number() -> None:
    array = np.array([[0, 1, 2, -9, 9], [np.nan, np.inf, -np.inf, 0.5, 1.5]], np.float32)
    pixels = paint(Plane(Values(array)), np.arange(2), np.arange(5), Look(0, 2, "grey"))
    assert pixels[0].tolist() == [[v, v, v, 255] for v in (0, 128, 255, 0, 255)]
    assert [tuple(p[:3]) for p in pixels[1, :3].tolist()] == [NAN_COLOR, INF_COLOR, INF_COLOR]


def test_a_picture_keeps_its_pixels() -> None:
    image = np.random.default_rng(0).integers(0, 256, (6, 5, 3), np.uint8)
    extent = extent_of(Values(image))
    look = look_for("image", image.dtype, extent, "fitting", "fitting", is_dark=False)
    sheet = sheet_of("image", Values(image))
    np.testing.assert_array_equal(paint(sheet, np.arange(6), np.arange(5), look)[..., :3], image)
    chw = Cut((1, 2, 0), (0, 0, 0)).of(Values(image.transpose(2, 0, 1) / np.float32(255)))
    look = look_for("image", FLOAT, extent_of(chw), "unit", "fitting", is_dark=False)
    unit = paint(sheet_of("image", chw), np.arange(6), np.arange(5), look)
    np.testing.assert_array_equal(unit[..., :3], image)


def test_ranges_and_maps_go_by_the_values() -> None:
    def look(kind: str, extent: Extent, name: str = "fitting") -> tuple[float, float, str]:
        found = look_for(kind, FLOAT, extent, name, "fitting", is_dark=True)
        return found.low, found.high, found.map

    signs, positive = Extent(-1, 3, False, False), Extent(0.25, 0.75, False, False)
    assert look("heat", signs) == (-3, 3, "diverging")
    assert look("heat", positive) == (0.25, 0.75, "sequential")
    assert look("image", positive) == (0, 1, "grey")
    assert look("image", Extent(0, 200, False, False)) == (0, 255, "grey")
    assert look("image", signs) == (-1, 3, "grey")
    assert look("heat", signs, "extent") == (-1, 3, "diverging")
    assert look("heat", Extent(np.nan, np.nan, True, False)) == (0, 1, "sequential")


@pytest.mark.parametrize("value", [0.0, 3e38, -1.5])
def test_a_constant_has_a_colour(value: float) -> None:
    plane = Plane(Values(np.full((2, 2), value, np.float32)))
    pixels = paint(plane, np.arange(2), np.arange(2), Look(value, value, "sequential"))
    assert (pixels == pixels[0, 0]).all() and pixels[0, 0, 3] == 255


# Lines


@given(st.integers(1, 5000), st.integers(10, 300), st.integers(0, 99))
def test_a_line_keeps_its_peaks(size: int, points: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=size)
    line = line_of(Values(values), 0, size, points)
    assert len(line.x) == len(line.y) <= max(points + 2, 12)
    assert (line.y.min(), line.y.max()) == (values.min(), values.max())
    assert (np.diff(line.x) >= 0).all() and line.x[-1] < size


def test_a_line_tells_what_is_no_number() -> None:
    values = np.array([1, np.nan, np.inf, 4, np.nan], ml_dtypes.bfloat16)
    line = line_of(Values(values), 1, 5)
    assert line.x.tolist() == [1, 2, 3, 4] and line.nans.tolist() == [1, 4]
    assert line.infs.tolist() == [2] and np.isfinite(line.y).tolist() == [False, False, True, False]
    assert len(line_of(Values(np.empty(0)), 0, 0).x) == 0


# Tables


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "array",
    [
        np.array(3.5),
        np.arange(23, dtype=np.int64),
        np.arange(12, dtype=np.float32).reshape(3, 4),
        np.zeros((0, 4)),
        np.array([["a", "b"]], object),
        np.array([1.5, np.nan, -np.inf], ml_dtypes.float8_e5m2),
    ],
    ids=["scalar", "wrapped", "rows", "empty", "text", "float8"],
)
def test_the_table_is_a_sound_model(array: np.ndarray) -> None:
    model = TensorTable()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.show_part(Values(array))
    shown = [
        model.index(row, column).data()
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    assert [text for text in shown if text is not None] == [
        number_text.element(value) for value in array.reshape(-1)
    ]
    assert tester.model() is model


def test_the_table_knows_where_its_cells_are() -> None:
    model = TensorTable()
    model.show_part(Values(np.arange(1000)))
    assert (model.rowCount(), model.columnCount()) == (100, WRAP)
    assert model.index_of(model.cell_of((123,))) == (123,)
    assert model.headerData(12, Qt.Orientation.Vertical) == "120"
    model.show_part(Values(np.arange(1000).reshape(10, 100)))
    assert model.index_of(model.cell_of((7, 9))) == (7, 9)
    assert model.headerData(12, Qt.Orientation.Horizontal) == "12"


def test_a_huge_table_costs_nothing() -> None:
    model = TensorTable()
    model.show_part(Values(np.lib.stride_tricks.as_strided(np.zeros(1), (10**9,), (0,))))
    assert model.rowCount() == 80_000_000
    assert model.index(79_999_999, 9).data() == "0"


# Numbers


def test_numbers_as_text() -> None:
    element = number_text.element
    assert element(np.int64(2**63 - 1)) == "9223372036854775807"
    assert element(np.float32(0.1)) == "0.1" and element(np.bool_(True)) == "1"
    assert element(ml_dtypes.bfloat16(1.5)) == "1.5" and element("word") == "word"
    assert number_text.index((0, 3)) == "[0, 3]"
