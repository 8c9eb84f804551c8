"""HTML and SVG as trees of elements, so that whatever stands in them is escaped. Any thread."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

Content = Element | str
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no document may hold."""


def tag(name: str, /, *content: Content, **attributes: object) -> Element:
    """An element; ``class_`` is the attribute ``class``, and ``stroke_width`` ``stroke-width``."""
    found = {key.strip("_").replace("_", "-"): _text(value) for key, value in attributes.items()}
    element = Element(name, found)
    for each in content:
        _append(element, each)
    return element


def page(title: str, style: str, content: Iterable[Content], language: str) -> bytes:
    """A whole HTML document that loads nothing."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", style),
    )
    document = tag("html", head, tag("body", *content), lang=language)
    written: str = tostring(document, "unicode", "html")
    return f"<!DOCTYPE html>\n{written}\n".encode()


def _append(element: Element, content: Content) -> None:
    if not isinstance(content, str):
        element.append(content)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + _text(content)
    else:
        element.text = (element.text or "") + _text(content)


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.7g}"
    return _FORBIDDEN.sub("\ufffd", str(value))
