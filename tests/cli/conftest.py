"""Calls of the command line in this process."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from trtstudio.cli import main


class Said(NamedTuple):
    """What a call left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Calls ``trtstudio`` with these words."""

    def call(*words: object) -> Said:
        try:
            code = main([str(word) for word in words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return call
