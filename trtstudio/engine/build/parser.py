"""From an ONNX file to a TensorRT network, or to the reason in words why not. For one worker
thread at a time; parsing releases the GIL.
"""

import mmap
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from trtstudio.engine.build.reshaping import reshaped
from trtstudio.engine.logger import process_logger
from trtstudio.engine.runtime import label_of
from trtstudio.model.errors import StudioError
from trtstudio.model.files import library_path
from trtstudio.model.graph import Shape
from trtstudio.model.onnx.file import require_external_data

_UNSUPPORTED = ("Plugin not found", "not supported in TensorRT", "not found in plugin registry")
_CONDITION = re.compile(r"(Assertion failed: )?.+ && (?=\")|Assertion failed: .+?: ")
_OPERATORS_NAMED = 3
_NODES_NAMED = 5  # of one operator alone; of several, two each


@dataclass(frozen=True, slots=True)
class ParsedNetwork:
    """A network with the builder that makes engines of it and the parser that holds its weights:
    it lives no longer than they do.
    """

    builder: Any
    network: Any
    parser: Any


@dataclass(frozen=True, slots=True)
class ParserProblem:
    """One complaint of the ONNX parser, with the name of its ``ErrorCode``; ``operator`` is empty
    where it is not about a node.
    """

    node: str
    operator: str
    text: str
    code: str = ""

    @property
    def is_unsupported(self) -> bool:
        """Whether TensorRT lacks the operator, in the words of any of its versions."""
        refused = self.code == "UNSUPPORTED_NODE" and self.text == "false"
        said = refused or any(words in self.text for words in _UNSUPPORTED)
        return bool(self.operator) and said

    @property
    def place(self) -> str:
        """The node that it is about, with a colon; nothing where that is none."""
        return f"node {self.node} ({self.operator}): " if self.operator else ""

    @property
    def reason(self) -> str:
        """The text without the parser's own condition before it."""
        return _CONDITION.sub("", self.text, count=1).strip('"!. ')

    def __str__(self) -> str:
        return self.place + self.text


def parse(
    path: Path,
    module: ModuleType,
    *,
    weak: bool = False,
    flags: Iterable[str] = (),
    shapes: Mapping[str, Shape] | None = None,
) -> ParsedNetwork:
    """The network of an ONNX file, strongly typed unless it is to be ``weak``. Raises StudioError,
    which names the nodes that TensorRT cannot take, when the file is no ONNX model or cannot be
    parsed.

    ``flags`` are members of ``OnnxParserFlag`` to set, with a minus before its name to clear;
    ``shapes`` take the place of those that inputs declare.
    """
    require_external_data(path)  # refuses files of other kinds, too
    parsed = _empty_network(module, weak=weak)
    for name in flags:
        flag = module.OnnxParserFlag.__members__[name.removeprefix("-")]
        (parsed.parser.clear_flag if name.startswith("-") else parsed.parser.set_flag)(flag)
    accepted = _feed(parsed.parser, path, shapes or {})
    problems = [_problem(parsed.parser.get_error(i)) for i in range(parsed.parser.num_errors)]
    if not accepted or problems:
        raise explain(problems, label_of(module))
    # The parser accepts text and pictures too, as networks in which there is nothing.
    if parsed.network.num_outputs == 0:
        raise _no_model(path)
    return parsed


def _empty_network(module: ModuleType, *, weak: bool) -> ParsedNetwork:
    logger = process_logger(module)
    try:
        builder = module.Builder(logger)
    except TypeError as error:  # pybind11's word for a constructor that answered null
        raise StudioError(
            f"{label_of(module)} could not start.",
            hint="It needs an NVIDIA GPU and its driver. TensorRT-RTX builds without a GPU: "
            'pip install "trtstudio[rtx]"',
            details=str(error),
        ) from error
    network = builder.create_network(0 if weak else strongly_typed(module))
    return ParsedNetwork(builder, network, module.OnnxParser(network, logger))


def strongly_typed(module: ModuleType) -> int:
    """The creation flags of a network whose types are the model's own, in any generation."""
    return 1 << int(module.NetworkDefinitionCreationFlag.STRONGLY_TYPED)


def _feed(parser: Any, path: Path, shapes: Mapping[str, Shape]) -> bool:
    """Parse from memory, since TensorRT opens no path outside the code page of Windows; the path
    only says where the external weights are.
    """
    if shapes:
        return bool(parser.parse(reshaped(path, shapes), library_path(path)))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return bool(parser.parse(content, library_path(path)))


def _problem(error: Any) -> ParserProblem:
    node = error.node_name() or f"#{error.node()}"
    return ParserProblem(node, error.node_operator() or "", error.desc(), error.code().name)


def explain(problems: Iterable[ParserProblem], runtime: str) -> StudioError:
    """The parser's complaints as one error for the user; all of them are in its details."""
    problems = list(problems)
    details = "\n".join(map(str, problems))
    unsupported: dict[str, list[str]] = {}
    for problem in problems:
        if problem.is_unsupported:
            unsupported.setdefault(problem.operator, []).append(problem.node)
    if unsupported:
        return StudioError(
            f"{runtime} does not support operator {_operators(unsupported)}.",
            hint="Replace these nodes in the model, or run it with ONNX Runtime.",
            details=details,
        )
    reason = f": {problems[0].place}{problems[0].reason}" if problems else ""
    return StudioError(
        f"{runtime} cannot parse the model{reason}.",
        hint="Correct that in the model and export it again, or run it with ONNX Runtime.",
        details=details,
    )


def _operators(nodes_of: Mapping[str, list[str]]) -> str:
    """The first few operators with the first few of their nodes."""
    most = _NODES_NAMED if len(nodes_of) == 1 else 2
    named = [_operator(name, nodes, most) for name, nodes in nodes_of.items()]
    more = len(named) - _OPERATORS_NAMED
    rest = f"; and {more} more operator{'s' if more > 1 else ''}" if more > 0 else ""
    return "; ".join(named[:_OPERATORS_NAMED]) + rest


def _operator(name: str, nodes: list[str], most: int) -> str:
    named = ", ".join(nodes[:most])
    more = len(nodes) - most
    rest = f" and {more} more" if more > 0 else ""
    return f"{name} ({'nodes' if len(nodes) > 1 else 'node'} {named}{rest})"


def _no_model(path: Path) -> StudioError:
    return StudioError(
        f"{path.name} holds no ONNX model.",
        hint="Choose an .onnx file that was exported from a trained network.",
    )
