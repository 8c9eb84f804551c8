"""Bring the translations of the window up to date with its texts.

    .venv/bin/python packaging/translate.py

reads every text of ``trtstudio/gui`` and every sentence of the core (``core_texts.py``), writes
``resources/translations/trtstudio_zh_CN.ts`` with the translations that it had, compiles the
``.qm`` beside it, and lists what has no translation yet.
Translate that in the ``.ts`` (``pyside6-linguist``, or any editor; remove ``type="unfinished"``),
and run it again. The terms to use are in docs/translation.md.

The texts are found by Python's own parser: ``pyside6-lupdate`` gives those of a module's ``_tr`` no
context. A text that cannot be found at run time is refused, with the line that it stands in.
"""

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core_texts import find_core_texts

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "trtstudio" / "gui"
TRANSLATIONS = ROOT / "resources" / "translations"
TS = TRANSLATIONS / "trtstudio_zh_CN.ts"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the window, and what ``QTranslator`` finds it by."""

    context: str
    source: str


Translations = dict[Text, str]
"""What each text is in Chinese; empty where nobody has translated it yet."""


class Reader(ast.NodeVisitor):
    """Finds the texts of one module. The context of ``self.tr`` is the class that it is written in:
    at run time PySide6 asks for the object's class first, and then for each of its bases.
    """

    def __init__(self, path: Path) -> None:
        self.texts: list[Text] = []
        self._path = path
        self._classes: list[str] = []
        tree = ast.parse(path.read_text("utf-8"))
        self._module_context = _context_of_tr(tree)
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        match ast.unparse(node.func).rpartition("."), node.args:
            case ("self", _, "tr"), [text]:
                self._add(node, self._classes[-1], text)
            case ("", _, "_tr"), [text]:
                self._add(node, self._module_context, text)
            case (_, _, "translate" | "QT_TRANSLATE_NOOP"), [ast.Constant(str(context)), text]:
                # Where the text is a variable, QT_TRANSLATE_NOOP marks what it may be.
                if isinstance(text, ast.Constant):
                    self._add(node, context, text)
            case (_, _, "tr" | "_tr"), _:
                raise self._wrong(node, "only self.tr(text) and _tr(text) are understood")
        self.generic_visit(node)

    def _add(self, node: ast.Call, context: str, text: ast.expr) -> None:
        if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
            raise self._wrong(node, "the text to translate must be written out")
        if not context:
            raise self._wrong(
                node, '_tr must end with: return QCoreApplication.translate("Context", text)'
            )
        self.texts.append(Text(context, text.value))

    def _wrong(self, node: ast.Call, problem: str) -> SystemExit:
        return SystemExit(f"{self._path}:{node.lineno}: {problem}")


def _context_of_tr(tree: ast.Module) -> str:
    """The context that a module's ``_tr`` translates in, which may be that of another module;
    empty where there is none.
    """
    for node in tree.body:
        match node:
            case ast.FunctionDef(name="_tr", body=[*_, ast.Return(ast.Call(args=[context, _]))]):
                return str(ast.literal_eval(context))
            case ast.ImportFrom(module=str(module), names=names):
                if "_tr" in [name.name for name in names]:
                    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
                    return _context_of_tr(ast.parse(path.read_text("utf-8")))
    return ""


def find_texts(folder: Path = SOURCES) -> list[Text]:
    """Every text of the window, once, in the order of the sources."""
    found = (text for path in sorted(folder.rglob("*.py")) for text in Reader(path).texts)
    return list(dict.fromkeys(found))


def all_texts() -> list[Text]:
    """What the window says and, in the context ``Core``, what the core says in it."""
    return find_texts() + [Text("Core", text) for text in find_core_texts()]


def read_ts(path: Path = TS) -> Translations:
    """The texts of a ``.ts``; those marked unfinished count as not translated."""
    return dict(_messages(path)) if path.exists() else {}


def _messages(path: Path) -> Iterator[tuple[Text, str]]:
    for context in ET.parse(path).getroot().iterfind("context"):
        for message in context.iterfind("message"):
            text = Text(context.findtext("name", ""), message.findtext("source", ""))
            is_unfinished = message.find("translation[@type='unfinished']") is not None
            yield text, "" if is_unfinished else message.findtext("translation", "")


def merge(texts: list[Text], known: Translations) -> Translations:
    """These texts with the known translations; one that moved to another class keeps its own."""
    anywhere = {text.source: chinese for text, chinese in known.items() if chinese}
    return {text: known.get(text) or anywhere.get(text.source, "") for text in texts}


def write_ts(translations: Translations, path: Path = TS) -> None:
    """Write a ``.ts`` without line numbers, so that only texts make it change."""
    root = ET.Element("TS", version="2.1", language="zh_CN", sourcelanguage="en")
    for name in sorted({text.context for text in translations}):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for text, chinese in translations.items():
            if text.context == name:
                message = ET.SubElement(context, "message")
                ET.SubElement(message, "source").text = text.source
                attributes = {} if chinese else {"type": "unfinished"}
                ET.SubElement(message, "translation", attributes).text = chinese
    ET.indent(root, "    ")
    body = ET.tostring(root, "unicode", short_empty_elements=False)
    written = path.with_suffix(".ts.part")
    written.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
    written.replace(path)


def compile_qm(ts: Path, qm: Path) -> None:
    """What the window loads, made by Qt's own compiler."""
    lrelease = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if lrelease is None:
        raise SystemExit("pyside6-lrelease is not beside this Python: make run installs it")
    subprocess.run([lrelease, "-silent", "-nounfinished", str(ts), "-qm", str(qm)], check=True)


def main() -> None:
    TRANSLATIONS.mkdir(exist_ok=True)
    translations = merge(all_texts(), read_ts())
    write_ts(translations)
    compile_qm(TS, TS.with_suffix(".qm"))
    missing = [text for text, chinese in translations.items() if not chinese]
    for text in missing:
        print(f"{text.context}: {text.source!r}")
    print(f"{len(translations)} texts, {len(missing)} without a translation")


if __name__ == "__main__":
    main()
