"""The language of files that the command line writes is that of the locale."""

from collections.abc import Iterator

import pytest

from trtstudio.cli.language import user_language
from trtstudio.model import core_words
from trtstudio.model.language import ENGLISH

SAID = "CSV has the same columns in every row: it takes benchmarks, or one sweep."


@pytest.fixture(autouse=True)
def english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    core_words.use(None)


@pytest.mark.parametrize(
    "said",
    [
        {"LANG": "zh_CN.UTF-8"},
        {"LANG": "zh_CN@pinyin"},
        {"LC_ALL": "zh_CN", "LANG": "de_DE.UTF-8"},
        {"LANGUAGE": "zh_CN:en", "LC_ALL": "en_US.UTF-8"},
    ],
)
def test_a_translated_locale(monkeypatch: pytest.MonkeyPatch, said: dict[str, str]) -> None:
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    language = user_language()
    assert language.code == "zh-CN"
    assert language.words(SAID).startswith("CSV") and "sweep" not in language.words(SAID)


@pytest.mark.parametrize("said", ["de_DE.UTF-8", "C", "en_US", "../zh_CN"])
def test_any_other_is_english(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("LANG", "zh_CN")
    assert user_language() != ENGLISH
    monkeypatch.setenv("LANG", said)
    assert user_language() == ENGLISH
