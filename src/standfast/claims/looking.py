"""What to look for in the record: parties with their groups and members, and the telling words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from standfast.claims.knowledge import knowledge
from standfast.lineage.subjects import subjects
from standfast.lineage.words import stems, weight
from standfast.model import Claim
from standfast.parties import Registry

_WORD = re.compile(r"[A-Za-z][\w’'-]+|\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words and parties of the acts that may bear on a claim, and until when they were said."""

    words: tuple[str, ...]
    parties: frozenset[str]
    until: dt.date | None


def wanted(claim: Claim, registry: Registry, until: dt.date | None) -> Wanted:
    """What to look for; parties that the record may name in the place of the report's as well.

    >>> from standfast.model import Act
    >>> text = "Canada will clear mines"
    >>> act = Act("report", 0, len(text), text, "commitment", ("CAN",))
    >>> sorted(wanted(Claim(0, len(text), text, text, act), Registry.load(), None).words)
    ['clear', 'mines']
    """
    act = claim.act
    if act is None:
        return Wanted((), frozenset(), until)
    codes = {*act.obligors, *act.targets, *act.speaker}
    parties: set[str] = set()
    for code in codes - set(knowledge("judging")["vague_parties"]):
        parties |= _around(code, registry, until)
    return Wanted(tuple(_words(claim, registry)), frozenset(parties), until)


@cache
def _around(code: str, registry: Registry, on: dt.date | None) -> frozenset[str]:
    """A party, the bodies that it belongs to and its own members."""
    acting = knowledge("judging")["acting_bodies"]
    found = {code}
    if on is not None:
        found.update(set(registry.groups_of(code, on)).intersection(acting))
    if code in acting:
        found.update(one.member for one in registry.members(code, on))
    return frozenset(found)


def _words(claim: Claim, registry: Registry) -> Iterator[str]:
    """The rarest words of a claim, names of parties left out, and those of its subjects."""
    limits = knowledge("judging")["looking"]
    text = f"{claim.sentence} {claim.text}"
    names = registry.mentions(text)
    idle = frozenset(limits["idle"])
    weighed: dict[str, float] = {}
    for match in _WORD.finditer(text):
        inside = any(name.start <= match.start() < name.end for name in names)
        word = match.group().lower().replace("’", "'").removesuffix("'s")
        own = stems(word)
        if inside or not own or word in idle or own[0] in idle:
            continue
        weighed[word] = weight(own[0])
    best = sorted(weighed, key=lambda word: (-weighed[word], word))[: limits["words"]]
    yield from best
    yield from list(dict.fromkeys(_of_subjects(claim)))[: limits["phrases"]]


def _of_subjects(claim: Claim) -> Iterable[str]:
    """Other words for the matters of a claim, as the undertakings' file has them."""
    lists = phrases()
    for one in subjects(claim.told, claim.sentence):
        yield from lists.get(one, ())


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Of each undertaking the wordings that can be looked up as they stand."""
    from standfast.lineage.knowledge import knowledge as lines

    return {
        row["id"]: tuple(phrase.replace("*", "") for phrase in row["words"] if "~" not in phrase)
        for row in lines("undertakings")["undertakings"]
        if not row.get("broad")
    }
