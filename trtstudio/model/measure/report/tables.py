"""The tables of a report. Any thread."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from trtstudio.model.measure.report.markup import tag


def facts_table(about: dict[str, str], labels: dict[str, str]) -> Element:
    """What they are called, and what they are."""
    rows = [tag("tr", tag("th", labels[name]), tag("td", text)) for name, text in about.items()]
    return tag("table", tag("tbody", *rows), class_="facts")


def table(head: Sequence[Element], rows: Sequence[Element]) -> Element:
    """A row of heads, and rows below it."""
    return tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows))


def utc(added_at: str) -> str:
    """When something was kept, for people."""
    return added_at.replace("T", " ").replace("Z", " UTC")
