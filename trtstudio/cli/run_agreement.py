"""``trtstudio run --compare-with``: how far two networks agree, on every picture and over all."""

import os
from argparse import Namespace
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from trtstudio.cli.load import load_request
from trtstudio.cli.output import table
from trtstudio.model.errors import StudioError
from trtstudio.model.quantities import format_percent
from trtstudio.model.run import LoadRequest
from trtstudio.model.words import counted
from trtstudio.vision.answer import Answer
from trtstudio.vision.batch.agreement import Agreement, Difference, summarize
from trtstudio.vision.batch.matching import boxes_only
from trtstudio.vision.batch.records import Record

_WORDS = {
    "same_top": "same likeliest class",
    "object_share": "objects that both found",
    "mean_precision": "mean average precision at 0.5",
    "box_iou": "overlap of boxes (IoU)",
    "mask_iou": "overlap of masks (IoU)",
    "cosine": "cosine",
    "same_text": "same text",
}


def other_request(options: Namespace) -> LoadRequest:
    """What the model is compared with: another file, or the same one by another runtime."""
    request, other = load_request(options), options.compare_with
    if other in ("onnxruntime", "tensorrt"):
        return replace(request, runtime=other)
    if not os.path.isfile(other):  # noqa: PTH113 - it raises nothing
        raise StudioError(
            f"There is no model {other} to compare with.",
            hint="Name an ONNX model or a plan, or onnxruntime.",
        )
    return replace(request, path=other, runtime="auto")


@dataclass(slots=True)
class Comparison:
    """What the pictures so far say."""

    agreements: list[Agreement] = field(default_factory=list)
    pairs: list[tuple[Answer, Answer]] = field(default_factory=list)
    worst: dict[str, Difference] = field(default_factory=dict)

    def add(self, record: Record) -> dict[str, Any]:
        """Take a picture that both have seen; what is told of it."""
        for each in record.differences:
            known = self.worst.get(each.name)
            if known is None or not each.relative_l2 <= known.relative_l2:
                self.worst[each.name] = each
        told: dict[str, Any] = {"differences": [asdict(each) for each in record.differences]}
        agreed, first, second = record.agreement, record.answer, record.second
        if agreed is not None and first is not None and second is not None:
            self.agreements.append(agreed)
            self.pairs.append((boxes_only(first), boxes_only(second)))
            told["agreement"] = asdict(agreed) | {"share": agreed.share}
        return told

    def data(self) -> dict[str, Any]:
        """Over all pictures; the differences are those of the picture that has the greatest."""
        summary = asdict(summarize(self.agreements, self.pairs))
        return summary | {"worst": [asdict(each) for each in self.worst.values()]}

    def text(self, runtime: str) -> str:
        """The same in words."""
        data = self.data()
        rows = [
            (words, format_percent(data[key], 2))
            for key, words in _WORDS.items()
            if data[key] is not None
        ]
        head = ("greatest difference", "max abs", "relative L2", "cosine")
        worst = [
            (d.name, f"{d.max_abs:.4g}", f"{d.relative_l2:.3g}", f"{d.cosine:.6f}")
            for d in self.worst.values()
        ]
        title = f"Against {runtime}, over {counted(data['pictures'], 'picture')}:"
        if not rows and not worst:
            return f"{title} nothing in their answers and outputs can be compared."
        parts = [table(rows, right=(1,))] if rows else []
        parts += [table([head, *worst], right=(1, 2, 3))] if worst else []
        return "\n\n".join([title, *parts])
