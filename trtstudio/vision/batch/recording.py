"""Makes the record of a picture that networks have looked at. Plain functions, in any thread."""

from dataclasses import replace
from typing import Any

from trtstudio.vision.batch.agreement import agreement, differences
from trtstudio.vision.batch.pipeline import Outcome, Seen
from trtstudio.vision.batch.records import Record


def seen_record(seen: Seen) -> Record:
    """What is kept of a picture and of what one or two networks say about it."""
    first, second = (*seen.answers, None)[:2]
    return Record(
        seen.source,
        seen.size,
        first,
        second=second,
        agreement=agreement(first, second, seen.size) if first and second else None,
        differences=differences(*seen.outputs) if len(seen.outputs) == 2 else (),
        note=seen.picture.note,
    )


def outcome_record(outcome: Outcome[Any], seen: Record | None) -> Record:
    """What was ``seen`` with its times, and the problem in place of the answer where there is
    one.
    """
    record = replace(seen or Record(outcome.source, outcome.size), times=outcome.times)
    if outcome.problem is None:
        return record
    return replace(record, problem=outcome.problem.message, hint=outcome.problem.hint)
