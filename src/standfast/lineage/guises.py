"""One text in several guises: their mentions of a line count once.

A statement published twice, a later version of it, a communiqué and its own fact sheet: the second
repeats nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from standfast.lineage.likeness import joining_rules
from standfast.model import Commitment, Member

COMMON = 20
"""A quote that stands in more documents than this is a formula and tells no copies."""


def copies(members: Iterable[Member]) -> dict[str, str]:
    """Documents that are copies of another, each with the first of its copies (itself included).

    Two documents are copies if their dates are near, most quotes of the smaller one stand in the
    other word for word, and their issuers, where both have any, are not all different. A single
    sentence in common is a formula, except a day apart. Thresholds are in ``data/joining.yaml``.
    """
    dates, issuers, quotes = {}, {}, defaultdict(set)
    for one in members:
        dates[one.act.doc], issuers[one.act.doc] = one.date, set(one.issuers)
        quotes[" ".join(one.act.quote.casefold().split())].add(one.act.doc)
    size = Counter(doc for docs in quotes.values() for doc in docs)
    shared = Counter(
        pair
        for docs in quotes.values()
        if len(docs) <= COMMON
        for pair in combinations(sorted(docs), 2)
    )
    rules = joining_rules()["guises"]
    first = {doc: doc for doc in dates}
    for (doc, twin), number in sorted(shared.items()):
        days = rules["copy_days"] if number > 1 else rules["days"]
        near = _days_apart(dates[doc], dates[twin]) <= days
        others = issuers[doc] and issuers[twin] and issuers[doc].isdisjoint(issuers[twin])
        most = number >= rules["copy_share"] * min(size[doc], size[twin])
        if near and most and not others:
            low, high = sorted(
                (_root(first, doc), _root(first, twin)), key=lambda d: (str(dates[d]), d)
            )
            first[high] = low
    roots = {doc: _root(first, doc) for doc in first}
    many = Counter(roots.values())
    return {doc: root for doc, root in roots.items() if many[root] > 1}


def _root(first: dict[str, str], doc: str) -> str:
    while first[doc] != doc:
        doc = first[doc]
    return doc


def _days_apart(one: dt.date | None, other: dt.date | None) -> float:
    if one and other:
        return abs((one - other).days)
    return 0 if one is other else float("inf")


def with_origins(line: Commitment, copied: dict[str, str]) -> Commitment:
    """A line whose members know the text that they are guises of.

    Copies share the first one's name; so do documents with an issuer in common that are at most
    ``guises.days`` apart, as a communiqué and its fact sheet are.
    """
    origins: dict[str, str] = {}
    told: dict[str, str] = {}
    begun: list[Member] = []
    for one in line.members:
        doc = one.act.doc
        if doc in origins:
            continue
        first = copied.get(doc, doc)
        if first not in told:
            before = _guise_of(one, begun)
            told[first] = origins[before.act.doc] if before else first
            begun += [] if before else [one]
        origins[doc] = told[first]
    counted = Counter(origins.values())
    members = (
        replace(one, origin=origins[one.act.doc] if counted[origins[one.act.doc]] > 1 else "")
        for one in line.members
    )
    return replace(line, members=tuple(members))


def _guise_of(one: Member, begun: Sequence[Member]) -> Member | None:
    """Of the members that began a text, in the order of dates, the latest that this one repeats.

    It is compared with the beginning alone, so that a text on each of many days is not one text.
    """
    days = joining_rules()["guises"]["days"]
    for before in reversed(begun):
        if _days_apart(before.date, one.date) > days:
            return None
        if _of_one(before, one):
            return before
    return None


def _of_one(one: Member, other: Member) -> bool:
    return one.date is not None and bool(set(one.issuers) & set(other.issuers))


def count_once(members: Sequence[Member]) -> int:
    """How many texts mention the line, guises of one text counted once."""
    return len({one.origin or one.act.doc for one in members})
