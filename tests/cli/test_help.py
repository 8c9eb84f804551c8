"""What ``--help`` says: a page for each verb, and a sentence for each of its words."""

import re
import shlex
from argparse import SUPPRESS, Action
from collections.abc import Iterator

import pytest

from trtstudio.cli.arguments import VERBS, Parser, parse, verbs_parser, window_parser
from trtstudio.vision.presets import PRESETS

METAVAR = re.compile(
    r"""[A-Z]+                                # FILE, N
        | [A-Z]+\|[A-Za-z]+                   # DIR|VIDEO, FILE|onnxruntime
        | NAME=[A-Z]+(,[A-Z]+)*               # NAME=SHAPE
        | N\[,N\.\.\.]
        | \{\w+(,\w+)*}                       # what argparse makes of choices
    """,
    re.VERBOSE,
)


def _parsers() -> dict[str, Parser]:
    parser, verbs = verbs_parser()
    return {"trtstudio": parser, "window": window_parser(), **verbs}


def _words() -> Iterator[tuple[str, Action]]:
    """All options and arguments of all verbs, each with where it is."""
    for name, parser in _parsers().items():
        for action in parser._actions:
            if action.dest != "verb":
                yield f"{name} {'/'.join(action.option_strings) or action.metavar}", action


WORDS = dict(_words())


@pytest.mark.parametrize("where", WORDS)
def test_every_option_says_what_it_does(where: str) -> None:
    words = WORDS[where].help
    assert words and words != SUPPRESS
    assert not words.endswith(".")
    assert words[0].islower() or words[:2].isupper() or words.startswith("TensorRT"), words


@pytest.mark.parametrize("where", [w for w, a in WORDS.items() if a.metavar is not None])
def test_what_an_option_takes_is_named_in_one_style(where: str) -> None:
    metavar = WORDS[where].metavar
    assert isinstance(metavar, str) and METAVAR.fullmatch(metavar)


@pytest.mark.parametrize("where", [w for w, a in WORDS.items() if a.choices and not a.metavar])
def test_choices_name_the_one_that_is_taken(where: str) -> None:
    action = WORDS[where]
    if isinstance(action.default, str):
        assert re.search(rf"\b{re.escape(action.default)}\b", action.help or "")


@pytest.mark.parametrize("verb", VERBS)
def test_the_page_of_a_verb_begins_with_what_it_does(verb: str) -> None:
    usage, sentence, examples, *_ = _parsers()[verb].format_help().split("\n\n")
    assert usage.startswith(f"usage: trtstudio {verb} ") and "\n" not in usage
    assert re.fullmatch(r"[A-Z][^\n]*\.", sentence)
    for example in examples.splitlines():
        program, *words = shlex.split(example)
        assert (program, words[0]) == ("trtstudio", verb)
        assert parse(words).verb == verb


def test_every_verb_has_a_page() -> None:
    assert set(VERBS) == set(verbs_parser()[1])


def test_ways_of_preprocessing_can_be_found() -> None:
    words = WORDS["run --preprocess"].help or ""
    assert not set(PRESETS) - set(re.findall(r"[\w-]+", words))
