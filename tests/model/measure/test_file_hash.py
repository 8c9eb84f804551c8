"""The hash of a file is as new as the file."""

import hashlib
import os
from pathlib import Path

import pytest

from trtstudio.model.measure import file_hash
from trtstudio.model.measure.file_hash import file_sha256
from trtstudio.model.plan.record import sha256_of


def test_a_file_is_read_once_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def reading(path: Path) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr(file_hash, "sha256_of", reading)
    file = tmp_path / "a.plan"
    file.write_bytes(b"one")
    for _ in range(3):
        assert file_sha256(file) == hashlib.sha256(b"one").hexdigest()
    assert len(read) == 1
    file.write_bytes(b"two")  # as long as before: its time of change tells
    os.utime(file, ns=(1, 1))
    assert file_sha256(file) == hashlib.sha256(b"two").hexdigest()
    assert len(read) == 2


def test_a_file_that_cannot_be_read_has_none(tmp_path: Path) -> None:
    file = tmp_path / "a.plan"
    assert file_sha256(file) == file_sha256(tmp_path) == ""
    file.write_bytes(b"one")
    assert file_sha256(file), "it was not remembered as unreadable"
