"""Words found, marked in the quotes that hold them."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """A text, escaped, with ``<mark>`` around each span; spans that do not fit are passed over.

    >>> marked("a < b", [(4, 5)])
    Markup('a &lt; <mark>b</mark>')
    """
    parts: list[Markup] = []
    last = 0
    for start, end in sorted(spans):
        if last <= start < end <= len(text):
            parts += [escape(text[last:start]), Markup("<mark>")]
            parts += [escape(text[start:end]), Markup("</mark>")]
            last = end
    return Markup("").join([*parts, escape(text[last:])])
