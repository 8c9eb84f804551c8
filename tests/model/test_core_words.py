"""What the core says is found in the catalogue and said in Chinese, whatever is filled into it."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trtstudio import assets
from trtstudio.engine.cuda import CudaError
from trtstudio.model import core_words
from trtstudio.model.build.options import SENTENCES
from trtstudio.model.core_template import Place, Template
from trtstudio.model.core_words import Catalogue, core_error, core_text, read_messages
from trtstudio.model.findings.finding import how_many
from trtstudio.model.measure import bench

TS = assets.ROOT / "translations" / "trtstudio_zh_CN.ts"
MESSAGES = list(read_messages(TS))
TEMPLATES = [Template.read(*message) for message in MESSAGES]
CHINESE = re.compile("[\u4e00-\u9fff]")

words = st.text("模型路径 {}%\n\\/:.,;\"'()[]?XYZ019", max_size=12)
numbers = st.one_of(
    st.integers(0, 10**9).map("{:,}".format),
    st.floats(0, 1e6, allow_nan=False).map("{:.3f}".format),
)


@pytest.fixture(autouse=True)
def catalogue() -> Iterator[Catalogue]:
    core_words.use(TS)
    yield Catalogue(MESSAGES)
    core_words.use(None)


def filled(template: Template, values: dict[str, str]) -> str:
    """The English sentence, as the core builds it."""
    texts = [values[place.name] for place in template.places]
    pairs = zip(template.literals, [*texts, ""], strict=True)
    return "".join(literal + text for literal, text in pairs)


@given(st.sampled_from([t for t in TEMPLATES if t.places]), st.data())
def test_what_was_filled_in_is_found_again(template: Template, data: st.DataObject) -> None:
    values = {p.name: data.draw(numbers if p.is_number else words) for p in template.places}
    assume(
        not any(literal and literal in v for v in values.values() for literal in template.literals)
    )
    text = filled(template, values)
    found = template.match(text)
    assert found is not None
    assert filled(template, found) == text
    separated = all(literal.strip() for literal in template.literals[1:-1])
    clear = separated and all(v and text.count(v) == 1 for v in values.values())
    if clear:
        assert template.fill(found, {}) == template.fill(values, {})


@pytest.mark.parametrize(
    "name", ["a{b}.onnx", "{name}", "100%.onnx", "模型 1.onnx", "a\nb", "{{}}"]
)
def test_names_of_files_get_through(name: str) -> None:
    assert core_text(f"{name} is empty.") == f"{name} 是空文件。"


def test_every_message_is_found_by_its_own_text() -> None:
    for source, translation in MESSAGES:
        template = Template.read(source, translation)
        values = {place.name: "7" if place.is_number else "Q7" for place in template.places}
        said = core_text(filled(template, values))
        assert CHINESE.search(said) or not CHINESE.search(translation), source
        assert all(value in said for value in values.values()), source


def test_translations_end_as_the_sentences_do() -> None:
    ends = {".": "。", "?": "？"}
    wrong = [
        source
        for source, translation in MESSAGES
        if not source.endswith("..") and translation[-1] != ends.get(source[-1], translation[-1])
    ]
    assert wrong == []


def test_number_is_filled_in_with_nothing_else() -> None:
    ratio = Template.read("{ratio:n} times", "{ratio:n} 倍")
    assert ratio.places == (Place("ratio", is_number=True),)
    assert ratio.match("1.20 times") == {"ratio": "1.20"}
    assert ratio.match("many times") is None


def test_same_name_is_the_same_value() -> None:
    template = Template.read("{a} of {b}, make both {a}", "{b} 的 {a}")
    assert template.match("1 of x, make both 1") == {"a": "1", "b": "x"}
    assert template.match("1 of x, make both 2") is None


def test_of_several_that_match_the_one_that_says_most_is_meant() -> None:
    messages = [
        ("{name} cannot be {what}.", "弱"),
        ("{name} cannot be read: {reason}.", "强"),
        ("{path} cannot be read.", "中"),
    ]
    for order in (messages, messages[::-1]):
        catalogue = Catalogue(order)
        assert catalogue.translate("a cannot be read: b.") == "强。"
        assert catalogue.translate("a cannot be read.") == "中。"
        assert catalogue.translate("a cannot be 5.") == "弱。"
        assert catalogue.translate("it cannot be told from here why.") != "弱。"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("a.onnx is empty. Open it again.", "a.onnx 是空文件。请重新打开。"),
        ("/a. Bc/x.onnx does not exist. Open it again.", "/a. Bc/x.onnx 不存在。请重新打开。"),
        ("Says TensorRT. Open it again.", "Says TensorRT. 请重新打开。"),
        ("a.onnx is empty.\nOpen it again.", "a.onnx 是空文件。\n请重新打开。"),
        ("power cap, too hot", "功耗上限、温度过高"),
        ("power cap, sleepy", "power cap, sleepy"),
        ("p cannot be written to /x: the disk is full.", "无法将 p 写入 /x：磁盘已满。"),
        (
            "This preprocessing is not possible: 3 < 4.",
            "This preprocessing is not possible: 3 < 4.",
        ),
        ("No TensorRT word of this is ours", "No TensorRT word of this is ours"),
        ("已经翻译。", "已经翻译。"),
        ("", ""),
    ],
)
def test_what_is_put_together(english: str, chinese: str) -> None:
    assert core_text(english) == chinese


def test_lists_may_hold_numbers() -> None:
    catalogue = Catalogue(
        [("{ms:n} ms", "{ms:n} 毫秒"), ("busy core", "满核"), ("so with {what}", "如此，{what}")]
    )
    assert catalogue.translate("so with 1.5 ms, busy core") == "如此，1.5 毫秒、满核"
    assert catalogue.translate("2 ms or busy core") == "2 毫秒 或 满核"
    assert catalogue.translate("2 ms, sleepy core") == "2 ms, sleepy core"


def test_word_that_names_a_tensor_is_not_translated() -> None:
    assert core_text('The model has no input called "flag".') == "模型没有名为“flag”的输入。"
    assert core_text("TensorRT has no flag FAST.") == "TensorRT 没有标志 FAST。"


def test_without_a_catalogue_it_is_english() -> None:
    core_words.use(None)
    assert core_text("a.onnx is empty.") == "a.onnx is empty."


def test_error_keeps_what_it_is_and_its_details() -> None:
    error = CudaError("Open it again.", name="cudaError", hint="Take smaller shapes.", details="x")
    told = core_error(error)
    assert (told.message, told.hint, told.details) == ("请重新打开。", "请使用更小的形状。", "x")
    assert isinstance(told, CudaError) and told.name == "cudaError"
    assert error.message == "Open it again."


def test_few_templates_are_looked_at(catalogue: Catalogue) -> None:
    """The whole of the catalogue is not searched for a sentence."""
    counts = [len(catalogue.candidates(source)) for source, _ in MESSAGES]
    assert max(counts) < len(MESSAGES) / 8
    assert sum(counts) / len(counts) < 12


def test_same_sentence_is_looked_for_once(catalogue: Catalogue) -> None:
    for _ in range(3):
        catalogue.translate("a.onnx is empty.")
    assert catalogue.translate.cache_info().misses == 1


def test_long_texts_of_others_cost_little(catalogue: Catalogue) -> None:
    for text in ("Error: x, y; z or w: a. " * 80, "a: b; c. " * 12, "no a: no b; no c, " * 40):
        assert catalogue.translate(text) == text
    assert catalogue.known.cache_info().misses < 1000


def test_every_option_and_count_and_reason_is_chinese() -> None:
    assert [s for s in SENTENCES.values() if not CHINESE.search(core_text(s))] == []
    assert [r for r in bench.HELD_DOWN if not CHINESE.search(core_text(r))] == []
    assert core_text(f"{how_many([1] * 1234, 'weight')} that no node reads").startswith(
        "1,234 个权重"
    )
