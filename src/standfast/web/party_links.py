"""Parties as links, and who does what for whom: the same few hundred words on every list.

They are set once and kept, since a list of acts would else spend a third of its time on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from standfast.parties import Registry
from standfast.web.shelf import Shelf, names_of

_KEPT = 20_000


def party_links(shelf: Shelf, codes: Sequence[str], most: int = 4) -> Markup:
    """Links to the pages of parties, the first ``most`` of them and how many more there are."""
    return _links(shelf.registry, tuple(codes), most)


def who_to_whom(
    shelf: Shelf, obligors: Sequence[str], targets: Sequence[str], most: int = 4
) -> Markup:
    """Links to who acts, and after an arrow to whom it is for or against, ``most`` of each."""
    return _who(shelf.registry, tuple(obligors), tuple(targets), most)


@lru_cache(maxsize=_KEPT)
def _links(registry: Registry, codes: tuple[str, ...], most: int) -> Markup:
    names = names_of(registry)
    links = Markup(", ").join(
        Markup('<a class="party" href="/parties/{}">{}</a>').format(
            quote(code, safe=""), names.get(code, code)
        )
        for code in codes[:most]
    )
    left = len(codes) - most
    return links + (
        Markup(' <span class="faint">and {} more</span>').format(left) if left > 0 else ""
    )


@lru_cache(maxsize=_KEPT)
def _who(
    registry: Registry, obligors: tuple[str, ...], targets: tuple[str, ...], most: int
) -> Markup:
    found = _links(registry, obligors, most) if obligors else escape("nobody named")
    if not targets:
        return found
    arrow = Markup(
        ' <span class="arrow" aria-hidden="true">→</span><span class="hidden">to</span> '
    )
    return found + arrow + _links(registry, targets, most)
