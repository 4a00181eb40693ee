"""HTML out of Python, in which text cannot become markup by accident."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_EMPTY = {"meta", "br"}


class Html(str):
    """Markup that is ready to be written; every other string is escaped where it is put in."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str) -> Html:
    """An element with its attributes and children.

    >>> element("td", "a < b", class_="words")
    '<td class="words">a &lt; b</td>'
    """
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
    )
    if tag in _EMPTY:
        return Html(f"<{tag}{said}>")
    return Html(f"<{tag}{said}>{joined(children)}</{tag}>")


def joined(children: Iterable[str], between: str = "") -> Html:
    """Several pieces, one after another."""
    pieces = (child if isinstance(child, Html) else escape(child) for child in children)
    return Html(escape(between).join(pieces))


def page(title: str, style: str, *body: str) -> Html:
    """A whole page that needs no other file."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Html(style)),
    )
    return Html(f"<!doctype html>\n{element('html', head, element('body', *body), lang='en')}\n")


def table(head: Iterable[str], rows: Iterable[str], **attributes: str) -> Html:
    """A table of finished rows under a head of words or finished cells."""
    cells = (one if isinstance(one, Html) else element("th", one, scope="col") for one in head)
    return element(
        "table",
        element("thead", element("tr", *cells)),
        element("tbody", *rows),
        **attributes,
    )
