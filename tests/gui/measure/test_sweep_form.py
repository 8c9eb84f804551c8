"""The grid of a sweep as a form, and what it offers for a model."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from trtstudio.gui.measure.sweep_axis import parse_values
from trtstudio.gui.measure.sweep_form import MOST_AXES, SweepForm
from trtstudio.gui.measure.sweep_offers import axis_words, offers
from trtstudio.gui.measure.sweeps import grid_size
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import ShapeRange
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.graph import Tensor
from trtstudio.model.measure.loop import OPTIONS
from trtstudio.model.run import SessionInfo

IMAGES = Tensor("images", "float32", ("N", 3, "H", "W"), "input")
PROFILES = (
    {"images": ShapeRange((1, 3, 64, 64), (2, 3, 64, 64), (2, 3, 64, 64))},
    {"images": ShapeRange((2, 3, 64, 64), (4, 3, 128, 64), (4, 3, 256, 64))},
)
INFO = SessionInfo(
    1, "/m/net.plan", "TensorRT 11", "GPU", (IMAGES,), (), {"images": (2, 3, 64, 64)},
    profiles=PROFILES,
)  # fmt: skip


@pytest.fixture
def form(qtbot: QtBot, idle: Workspace) -> SweepForm:
    made = SweepForm(idle)
    qtbot.addWidget(made)
    made.set_offers(offers(INFO, has_loops=True))
    made.show()
    return made


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=10, unique=True))
def test_values_are_read_as_they_are_written(values: list[int]) -> None:
    assert parse_values(", ".join(map(str, values))) == tuple(values)
    assert parse_values(" ".join(map(str, [*values, values[0]]))) == tuple(values)


@pytest.mark.parametrize("text", ["", " , ", "1, x", "-1", "1.5", "²", "1" * 10, "1 " * 65])
def test_what_is_no_list_of_numbers(text: str) -> None:
    assert parse_values(text) is None


def test_what_an_engine_offers() -> None:
    found = {offer.name: offer for offer in offers(INFO, has_loops=True)}
    assert list(found) == ["batch", "H", "W", "precision", *OPTIONS], "a size has one name"
    assert found["batch"].values == (1, 2, 4)
    assert "1 to 4" in found["batch"].sentence
    assert found["H"].values == (64, 128)
    assert found["W"].values == (64,)
    assert found["spin"].is_yes_no and not found["streams"].is_yes_no
    assert [offer.name for offer in offers(INFO, has_loops=False)] == [
        "batch", "H", "W", "precision",
    ]  # fmt: skip


def test_axes_make_a_grid(form: SweepForm) -> None:
    assert form.axes() == {"batch": (1, 2, 4)}
    form.add_button.click()
    form.rows[1].choose("streams")
    form.rows[1].changed.emit()
    axes = form.axes()
    assert axes == {"batch": (1, 2, 4), "streams": (1, 2, 4)}
    assert grid_size(axes) == 9 and "9" in form.count.text()
    form.rows[0].remove_button.click()
    assert form.axes() == {"streams": (1, 2, 4)}
    while form.add_button.isEnabled():
        form.add_button.click()
    assert len(form.rows) == MOST_AXES


def test_an_axis_twice_and_too_many_points_are_refused(form: SweepForm) -> None:
    form.add_axis("batch")
    assert form.axes() is None and "twice" in form.problem
    form.set_axes({"batch": tuple(range(60)), "H": tuple(range(60))})
    assert form.axes() is None and "more than 2,000" in form.problem


def test_yes_or_no_is_0_or_1(form: SweepForm) -> None:
    form.set_axes({"spin": (0, 1)})
    assert form.axes() == {"spin": (0, 1)}
    form.rows[0].values.setText("0, 2")
    form.rows[0].values.textEdited.emit("0, 2")
    assert form.axes() is None and "0 for no" in form.rows[0].sentence.text()


def test_the_grid_stays_when_the_offers_change(form: SweepForm) -> None:
    form.set_axes({"H": (64, 96), "streams": (1, 8)})
    form.set_offers(offers(INFO, has_loops=False))
    assert form.axes() == {"H": (64, 96)}
    form.set_offers([])
    assert form.axes() is None and "no dynamic size" in form.problem


def test_precisions_are_ticked_and_files_added(form: SweepForm, tmp_path: Path) -> None:
    form.set_axes({"precision": ("keep", "fp16")})
    (row,) = form.rows
    assert row.values.isHidden() and not row.precisions.isHidden()
    row.precisions.boxes["keep"].click()
    row.precisions.add_files([tmp_path / "mine.plan", tmp_path / "mine.plan"])
    assert form.axes() == {"precision": ("fp16", str(tmp_path / "mine.plan"))}
    assert form.conversion() == Conversion()
    row.precisions._rows.itemAt(0).widget().findChild(QToolButton).click()
    assert form.axes() == {"precision": ("fp16",)}
    row.precisions.boxes["fp16"].click()
    assert form.axes() is None and "Choose a precision" in form.problem


def test_int8_wants_something_to_calibrate_on(form: SweepForm, tmp_path: Path) -> None:
    form.set_axes({"batch": (1,), "precision": ("keep",)})
    values = form.rows[1].precisions
    assert values.calibration.isHidden()
    values.boxes["int8"].click()
    assert not values.calibration.isHidden()
    assert form.axes() is None and "calibrate on" in form.problem
    values.calibration.folder.setText(str(tmp_path))
    assert form.axes() == {"batch": (1,), "precision": ("keep", "int8")}
    calibration = form.conversion().calibration
    assert calibration is not None and calibration.folder == str(tmp_path)


def test_values_are_shown_in_the_words_of_the_model() -> None:
    assert axis_words("keep", "FP32 + INT8") == "FP32 + INT8"
    assert [axis_words(value) for value in ("fp16", 4, "/m/a.plan")] == ["FP16", "4", "a.plan"]
