"""A seed is typed, or another is taken: any number that random inputs are made of."""

from pytestqt.qtbot import QtBot

from trtstudio.gui.parts.seed_box import SeedBox


def test_any_seed_can_be_typed_and_another_taken(qtbot: QtBot) -> None:
    box = SeedBox(7)
    qtbot.addWidget(box)
    assert box.value() == 7
    box.selectAll()
    qtbot.keyClicks(box, "2147483647")
    assert box.value() == 2**31 - 1
    taken = set()
    for _ in range(8):
        box.take_another()
        taken.add(box.value())
    assert len(taken) > 1 and max(taken) > 999_999
