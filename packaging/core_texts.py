"""Finds what the core says to its user: the English sentences of model, engine, vision and host, as
templates with ``{placeholders}`` for what is filled in, ``{these:n}`` for numbers. Used by
``translate.py``.

The core knows no translation; the window recognises its sentences by these templates
(``trtstudio/model/core_words.py``). Taken are

- every sentence: a string that begins like one, ends with a full stop or a question mark, and is
  no documentation and in no call of ``NOT_SHOWN``;
- what is given to the calls in ``SHOWN``, such as the title of a finding, which has no full stop;
- every string with a blank in the functions and constants in ``PHRASES``, which are put into such
  sentences.

An f-string is taken with what its names stand for, as far as that is written in the same function
or module: ``"{n} node{'s' if n > 1 else ''}"`` gives two templates.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from core_places import LAYERS, NO_PROSE, NOT_SHOWN, PHRASES, SHOWN

CORE = Path(__file__).resolve().parents[1] / "trtstudio"
MOST_FORMS = 12
_ANYTHING = ast.Name("")
"""What an argument or the variable of a loop stands for."""
_FIELD = re.compile(r"\{([A-Za-z_]\w*|\d*)(?:[:!]([^{}]*))?\}")
_NUMBER = re.compile(r"[-+,.\d]*[deEfgnxX%,]")
_SENTENCE = re.compile(r"""["'[A-Z{].* .*(?:[.?]|[.?:] \{\w+\})""", re.DOTALL)
_LETTERS = re.compile(r"(?:[^A-Za-z]*[A-Za-z]){4}")
_NO_BEGINNING = (" ", ";", ",", ":")

Parts = tuple[str | ast.expr, ...]
"""A form of a string: what is written in it, and expressions for what is filled in."""


def find_core_texts(core: Path = CORE) -> list[str]:
    """Every template of the core, once, in the order of the sources."""
    paths = (path for layer in LAYERS for path in sorted((core / layer).rglob("*.py")))
    found: list[str] = []
    for path in paths:
        place = path.relative_to(core).as_posix()
        if not place.startswith(NO_PROSE):
            reader = CoreReader(ast.parse(path.read_text("utf-8")), PHRASES.get(place, ()))
            found += reader.texts
    return _without_twins(text for text in found if _is_prose(text))


def _is_prose(text: str) -> bool:
    """Whether there is something to translate, and no regular expression."""
    words = _FIELD.sub("", text)
    is_whole = not text.startswith(_NO_BEGINNING)
    return is_whole and _LETTERS.match(words) is not None and not {"\\", "|"} & set(words)


def _without_twins(texts: Iterable[str]) -> list[str]:
    """Of templates that differ only in the names of their placeholders, the first."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(_nameless(text), text)
    return list(found.values())


def _nameless(text: str) -> str:
    """With numbers for the names of the placeholders, the same for the same."""
    names = list(dict.fromkeys(name for name, _ in _FIELD.findall(text)))
    return _FIELD.sub(lambda field: f"{{{names.index(field[1])}}}", text)


class CoreReader(ast.NodeVisitor):
    """Finds the templates of one module."""

    def __init__(self, tree: ast.Module, phrases: tuple[str, ...] | list[str] = ()) -> None:
        self.texts: list[str] = []
        self._phrases = phrases
        self._scopes = [_assignments(tree)]
        self._depth_of_phrases = 0
        self.visit(tree)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._scopes.append(_assignments(node))
        is_phrases = node.name in self._phrases
        self._depth_of_phrases += is_phrases
        for statement in node.body:
            self.visit(statement)
        self._depth_of_phrases -= is_phrases
        self._scopes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        self._visit_assigned(node.targets[0], node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._visit_assigned(node.target, node.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # that is documentation
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func).rpartition(".")[2]
        if name in NOT_SHOWN and not isinstance(getattr(node.func, "value", None), ast.Dict):
            return
        if name == "how_many":
            self._add_how_many(node.args[1])
        wanted = SHOWN.get(name, ())
        for key, argument in [*enumerate(node.args), *((k.arg, k.value) for k in node.keywords)]:
            if key == "details":
                continue
            if key in wanted:
                self._add_all(argument)
            self.visit(argument)
        self.visit(node.func)

    def visit_Constant(self, node: ast.Constant) -> None:
        self._visit_string(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._visit_string(node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if self._forms(node) == [(node,)]:
            self.generic_visit(node)
        else:
            self._visit_string(node)

    def _visit_assigned(self, target: ast.expr, value: ast.expr) -> None:
        is_phrases = ast.unparse(target) in self._phrases
        self._depth_of_phrases += is_phrases
        self.visit(value)
        self._depth_of_phrases -= is_phrases

    def _visit_string(self, node: ast.expr) -> None:
        for text in self._templates(node):
            if " " in text and (self._depth_of_phrases or _SENTENCE.fullmatch(text)):
                self.texts.append(text)

    def _add_all(self, node: ast.expr) -> None:
        self.texts += self._templates(node)

    def _add_how_many(self, one: ast.expr) -> None:
        for text in self._templates(one):
            self.texts += [f"{{count:n}} {text}", f"{{count:n}} {text}s"]

    def _templates(self, node: ast.expr) -> list[str]:
        return [_template(form) for form in self._forms(node)]

    def _forms(self, node: ast.expr, depth: int = 0) -> list[Parts]:
        """What a string may be; the expression itself where that is not written here."""
        match node:
            case ast.Constant(str(text)):
                return [(text,)]
            case ast.JoinedStr(values):
                return self._joined(values, node, depth)
            case ast.FormattedValue(value):
                return [(node,)] if _is_number(node) else self._forms(value, depth)
            case ast.BinOp(left, ast.Add(), right):
                forms = self._joined([left, right], node, depth)
                return forms if any(isinstance(p, str) for f in forms for p in f) else [(node,)]
            case ast.IfExp(_, yes, no):
                return _either(self._forms(yes, depth), self._forms(no, depth))
            case ast.BoolOp(ast.Or(), values):
                return _either(*(self._forms(value, depth) for value in values))
            case ast.BoolOp(ast.And(), [*_, last]):
                return _either([("",)], self._forms(last, depth))
            case ast.Name(name) if depth < 3:
                known = self._scopes[-1].get(name) or self._scopes[0].get(name) or []
                forms = _either(*(self._forms(value, depth + 1) for value in known))
                return [(node,)] if not known or not _says_more(forms) else forms
        return [(node,)]

    def _joined(self, values: list[ast.expr], whole: ast.expr, depth: int) -> list[Parts]:
        parts = [self._forms(value, depth) for value in values]
        forms = [sum(chosen, ()) for chosen in product(*parts)]
        if len(forms) <= MOST_FORMS:
            return list(dict.fromkeys(forms))
        return [(whole,)] if depth else [tuple(_own(value) for value in values)]


def _own(value: ast.expr) -> str | ast.expr:
    return str(value.value) if isinstance(value, ast.Constant) else value


def _either(*forms: list[Parts]) -> list[Parts]:
    return list(dict.fromkeys(form for several in forms for form in several))


def _says_more(forms: list[Parts]) -> bool:
    """Whether something is written in one of these forms, so that they say more than a name."""
    return any(isinstance(part, str) and part for form in forms for part in form)


def _assignments(scope: ast.AST) -> dict[str, list[ast.expr]]:
    """What is assigned to each name in a function or at the top of a module."""
    found: dict[str, list[ast.expr]] = {}
    nodes = ast.walk(scope) if isinstance(scope, ast.FunctionDef) else getattr(scope, "body", [])
    for node in nodes:
        match node:
            case ast.Assign([target], value) | ast.AnnAssign(target, _, ast.expr() as value):
                for name, each in _pairs(target, value):
                    found.setdefault(name, []).append(each)
            case ast.arg(name):
                found.setdefault(name, []).append(_ANYTHING)
            case ast.For(target=bound) | ast.comprehension(target=bound):
                for part in ast.walk(bound):
                    if isinstance(part, ast.Name):
                        found.setdefault(part.id, []).append(_ANYTHING)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(name), _:
            yield name, value
        case ast.Tuple(targets), ast.Tuple(values):
            for one, each in zip(targets, values, strict=False):
                yield from _pairs(one, each)


def _template(form: Parts) -> str:
    """The form with named ``{placeholders}``; other braces are doubled."""
    names: dict[str, str] = {}
    texts = []
    for part in form:
        if isinstance(part, str):
            texts.append(_escaped(part))
        else:
            name = names.setdefault(ast.unparse(part), _fresh(part, names))
            texts.append(f"{{{name}:n}}" if _is_number(part) else f"{{{name}}}")
    return "".join(texts)


def _is_number(part: ast.expr) -> bool:
    """Whether only a number can be filled in there."""
    match part:
        case ast.FormattedValue(_, _, ast.JoinedStr([ast.Constant(str(spec))])):
            return _NUMBER.fullmatch(spec) is not None
        case ast.FormattedValue(ast.Call(ast.Name("len"))) | ast.Call(ast.Name("len")):
            return True
    return False


def _escaped(text: str) -> str:
    """Text of a string as it stands in a template: fields for ``format`` are placeholders too."""
    texts, begin = [], 0
    for field in _FIELD.finditer(text):
        between = text[begin : field.start()]
        between = between.replace("{", "{{").replace("}", "}}")
        kind = ":n" if _NUMBER.fullmatch(field[2] or "") else ""
        texts.append(f"{between}{{{field[1] or 'value'}{kind}}}")
        begin = field.end()
    return "".join(texts) + text[begin:].replace("{", "{{").replace("}", "}}")


def _fresh(value: ast.expr, names: dict[str, str]) -> str:
    """A name for what is filled in that no other has: the last one of its own."""
    inner: ast.AST = value
    while isinstance(
        inner, ast.FormattedValue | ast.Call | ast.Subscript | ast.Attribute | ast.BinOp
    ):
        match inner:
            case ast.FormattedValue(filled):
                inner = filled
            case ast.Call(function, arguments):
                given = (a for a in arguments if not isinstance(a, ast.Constant))
                inner = next(given, function)
            case ast.BinOp(_, _, right):
                inner = right
            case ast.Subscript(base):
                inner = base
            case ast.Attribute(_, name):
                inner = ast.Name(name)
    wanted = inner.id.strip("_").lower() if isinstance(inner, ast.Name) else ""
    wanted = wanted or "value"
    taken = list(names.values())
    return wanted if wanted not in taken else f"{wanted}_{len(taken)}"
