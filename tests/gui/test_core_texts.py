"""packaging/core_texts.py finds what the core says to its user, and nothing else."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture(scope="module")
def core_texts() -> ModuleType:
    """The module, which is no part of the package."""
    sys.path.insert(0, str(PACKAGING))
    spec = importlib.util.spec_from_file_location("core_texts", PACKAGING / "core_texts.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(PACKAGING))
    return module


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("raise StudioError('It is off.', hint='Go on.')", ["It is off.", "Go on."]),
        ("StudioError(f'{path.name} has {n:.1f} MB.')", ["{name} has {n:n} MB."]),
        ("StudioError(f'{a.x} and {b.x} of {a.x} fit.')", ["{x} and {x_1} of {x} fit."]),
        ("Finding('info', 'no full stop', 'A reason.')", ["no full stop", "A reason."]),
        (
            "how_many(found, 'node')",
            ["{count:n} node", "{count:n} nodes"],
        ),
        (
            "def f(n):\n return f\"Take {n} node{'s' if n > 1 else ''}.\"",
            ["Take {n} nodes.", "Take {n} node."],
        ),
        (
            "def f(x):\n what = 'a b' if x else 'c d'\n raise StudioError(f'It is {what}.')",
            ["It is a b.", "It is c d."],
        ),
        ("_SAID = 'It takes {ms:.3f} ms of {all}.'", ["It takes {ms:n} ms of {all}."]),
        ("HINT = 'Write {\"a\": 1} there.'", ['Write {{"a": 1}} there.']),
        ("StudioError('One' + (' two.' if x else '.'))", ["One two.", "One."]),
        ("StudioError('It.', details='Their own words here.')", []),
        ('"""A module that says something."""\nx = 1', []),
        ("raise ValueError('It never gets to the user.')", []),
        ("names = ['I/O Tensors', 'a-b']; ', '.join(names)", []),
    ],
)
def test_reader(core_texts: ModuleType, source: str, found: list[str]) -> None:
    texts = core_texts.CoreReader(ast.parse(source)).texts
    wanted = [text for text in texts if text != "It."]
    assert list(dict.fromkeys(wanted)) == found


def test_phrases_are_taken_where_they_are_named(core_texts: ModuleType) -> None:
    source = "def f():\n return 'not a sentence'\ndef g():\n return 'neither this'"
    assert core_texts.CoreReader(ast.parse(source), ("f",)).texts == ["not a sentence"]


def test_places_exist(core_texts: ModuleType) -> None:
    """What a module is said to have is still there."""
    for place, names in core_texts.PHRASES.items():
        code = (core_texts.CORE / place).read_text("utf-8")
        assert [name for name in names if name not in code] == [], place
    assert [p for p in core_texts.NO_PROSE if not (core_texts.CORE / p).exists()] == []


def test_templates_are_told_apart_and_can_be_found(core_texts: ModuleType) -> None:
    texts = core_texts.find_core_texts()
    assert len(texts) > 700
    assert len(set(map(core_texts._nameless, texts))) == len(texts)
    assert [text for text in texts if "}{" in text.replace("{place}{reason}", "")] == []
