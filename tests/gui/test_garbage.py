"""When garbage is collected."""

import gc

import pytest
from PySide6.QtCore import QObject

from trtstudio.gui import garbage
from trtstudio.gui.garbage import GarbageCollector


@pytest.mark.usefixtures("qapp")
def test_cycles_go_and_a_flood_of_new_objects_is_kept_unseen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(garbage, "INTERVAL_MS", 3_600_000)
    parent = QObject()
    collector = GarbageCollector(parent)
    try:
        collector._collect()
        frozen = gc.get_freeze_count()
        cycle: list[object] = []
        cycle.append(cycle)
        known = id(cycle)
        del cycle
        collector._collect()
        assert all(id(found) != known for found in gc.get_objects())
        assert gc.get_freeze_count() == frozen
        flood = [[i] for i in range(2 * garbage.MANY)]
        collector._collect()
        assert gc.get_freeze_count() >= frozen + len(flood)
    finally:
        gc.unfreeze()
