"""What an act is about: the undertakings of ``data/undertakings.yaml`` whose words it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from standfast.lineage.knowledge import knowledge
from standfast.model import Act

_GAP = r"(?:[\s,;–—-]+[^\s.;]+){0,5}?[\s,;–—-]+"
"""What ``~`` stands for: up to five words."""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One subject that promises, demands and positions come back to.

    ``words`` finds it; each of ``with_`` has to be found as well and ``without`` not; ``themes``
    and ``acts`` narrow it where they are not empty. ``slot`` says whether mentions for different
    targets are lines apart.
    """

    id: str
    title: str
    slot: str
    words: re.Pattern[str]
    with_: tuple[re.Pattern[str], ...] = ()
    without: re.Pattern[str] | None = None
    themes: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    otherwise: frozenset[str] = frozenset()
    broad: bool = False

    def holds(self, act: Act, words: str) -> bool:
        """Whether an act with these words is about it."""
        return (
            (not self.themes or bool(self.themes.intersection(act.themes)))
            and (not self.acts or act.act in self.acts)
            and self.words.search(words) is not None
            and all(one.search(words) for one in self.with_)
            and not (self.without and self.without.search(words))
        )


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases, as the data file writes them; case does not count."""
    return re.compile("|".join(map(_phrase, phrases)), re.IGNORECASE)


def _phrase(phrase: str) -> str:
    parts = []
    for part in phrase.split("~"):
        words = [re.escape(word).replace(r"\*", r"[\w’'-]*") for word in part.split()]
        parts.append(r"\s+".join(words))
    return rf"(?<![\w]){_GAP.join(parts)}(?![\w])"


@cache
def undertakings() -> Mapping[str, Undertaking]:
    """All undertakings, by their identifiers, in the order of the file."""
    return {row["id"]: _undertaking(row) for row in knowledge("undertakings")["undertakings"]}


def _undertaking(row: Mapping[str, Any]) -> Undertaking:
    return Undertaking(
        row["id"],
        row["title"],
        row["slot"],
        pattern(row["words"]),
        tuple(pattern(some) for some in row.get("with", ())),
        pattern(row["without"]) if "without" in row else None,
        frozenset(row.get("themes", ())),
        frozenset(row.get("acts", ())),
        frozenset(row.get("otherwise", ())),
        row.get("broad", False),
    )


@cache
def _anchors() -> tuple[AhoCorasick, tuple[frozenset[str], ...]]:
    """The longest fixed part of every phrase, and the undertakings that it may lead to."""
    leading: dict[str, set[str]] = {}
    for row in knowledge("undertakings")["undertakings"]:
        for phrase in row["words"]:
            parts = re.split(r"[~*]", " ".join(phrase.lower().split()))
            leading.setdefault(max(parts, key=len).strip(), set()).add(row["id"])
    return AhoCorasick(list(leading)), tuple(map(frozenset, leading.values()))


def _near(text: str) -> set[str]:
    """Undertakings whose words a text may have: all others are spared the search for patterns."""
    automaton, ids = _anchors()
    plain = " ".join(text.lower().split())
    found = automaton.find_matches_as_indexes(plain, overlapping=True)
    return {one for place, _, _ in found for one in ids[place]}


def subjects(act: Act, words: str = "") -> tuple[str, ...]:
    """Identifiers of the undertakings that an act is about, in the order of the file.

    ``words`` are those to look at, the act's quote by default; its sentence says more.
    """
    said = words or act.quote
    near = _near(f"{said} {act.quote}")
    return tuple(
        one.id
        for one in undertakings().values()
        if one.id in near and one.holds(act, act.quote if one.broad else said)
    )


def loose_subjects(act: Act) -> tuple[str, ...]:
    """Undertakings that an act's first theme suggests where its words name none."""
    return tuple(
        one.id
        for one in undertakings().values()
        if one.otherwise.intersection(act.themes[:1]) and (not one.acts or act.act in one.acts)
    )
