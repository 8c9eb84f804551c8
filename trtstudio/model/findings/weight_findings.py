"""What there is to say of the values of an ONNX model's weights before anything is built. Safe in
any thread; reads them a piece at a time.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding, Severity, how_many
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.weight_range import OddWeight, count_odd, float_weights


def odd_weight_findings(graph: Graph, path: Path) -> Iterator[Finding]:
    """What to say of the weights of the ONNX model at ``path``, of which all are read; of those
    that cannot be read, too.
    """
    found: list[OddWeight] = []
    unread: list[OddWeight] = []
    reason = ""
    for weight, place in float_weights(graph):
        try:
            found.append(count_odd(weight, path, place))
        except StudioError as error:
            unread.append(weight)
            reason = reason or error.message
    if spoiled := [weight for weight in found if weight.nans]:
        yield _finding(
            spoiled,
            "error",
            f"{how_many(spoiled, 'weight')} with NaN",
            "Whatever is computed from them is NaN too: the training or the export went wrong.",
        )
    if beyond := [weight for weight in found if weight.beyond_fp16]:
        yield _finding(
            beyond,
            "warning",
            f"{how_many(beyond, 'weight')} beyond the range of FP16",
            "A conversion to FP16 cuts them to 65504; BF16 and FP32 hold them.",
        )
    if unread and not graph.properties.get("missing_external_data"):
        title = f"{how_many(unread, 'weight')} that cannot be read"
        yield _finding(unread, "error", title, reason)


def _finding(weights: Sequence[OddWeight], severity: Severity, title: str, why: str) -> Finding:
    tensors = tuple(w.tensor for w in weights if w.tensor is not None)
    layers = dict.fromkeys(w.layer for w in weights if w.layer is not None)
    return Finding(severity, title, why, tuple(layers), tensors)
