"""Two mentions side by side: which words changed, and what the change means.

Words are compared as a reviewer sees a diff; ladders of wordings (``data/drift.yaml``) say what it
means that one stands where another stood, and the fields of two acts add what words do not tell.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from typing import Any, Literal

from standfast.lineage.goal_scores import members_of
from standfast.model.act import STRENGTHS, Act
from standfast.parties import Registry

SegmentKind = Literal["same", "gone", "come"]
Direction = Literal["stronger", "weaker", "wider", "narrower", "other"]

# A word (with inner hyphens, apostrophes, points and commas of figures) or a mark, and what space
# follows it; space at the very beginning is a piece of its own.
_PIECE = re.compile(r"\A\s+|(?:\w(?:[\w’'.,-]*\w)?|[^\w\s])\s*")
_WORD = re.compile(r"\w(?:[\w’'.,-]*\w)?")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words that both wordings have, or one of them.

    ``before`` and ``after`` are the words as each wording writes them, with the space that follows;
    in ``same`` segments they may differ in case, space and the shape of apostrophes only. Put one
    after another, the ``before`` of all segments are the earlier wording, the ``after`` the later.
    """

    kind: SegmentKind
    before: str
    after: str

    def record(self) -> dict[str, str]:
        """As JSON."""
        return {"kind": self.kind, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a change means: on which dimension, which way, from what to what, and why.

    ``before`` or ``after`` is empty where only the other wording says anything on the dimension.
    """

    dimension: str
    direction: Direction
    before: str
    after: str
    why: str

    def record(self) -> dict[str, str]:
        """As JSON."""
        return {
            "dimension": self.dimension,
            "direction": self.direction,
            "before": self.before,
            "after": self.after,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed from one wording to the next, word by word, and how it reads."""

    segments: tuple[Segment, ...]
    readings: tuple[Reading, ...] = ()

    @property
    def before(self) -> str:
        """The earlier wording."""
        return "".join(one.before for one in self.segments)

    @property
    def after(self) -> str:
        """The later wording."""
        return "".join(one.after for one in self.segments)

    @property
    def changed(self) -> bool:
        """Whether any word differs."""
        return any((one.before + one.after).strip() for one in self.segments if one.kind != "same")

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "segments": [one.record() for one in self.segments],
            "readings": [one.record() for one in self.readings],
        }


def drift(before: str, after: str) -> Drift:
    """Compare two wordings.

    >>> found = drift("We will help as long as it takes", "We will help as long as we can")
    >>> [(one.dimension, one.direction) for one in found.readings]
    [('duration', 'weaker')]
    """
    return Drift(_segments(before, after), tuple(_ladder_readings(before, after)))


def drift_between(
    a: Act, b: Act, *, registry: Registry | None = None, on: dt.date | None = None
) -> Drift:
    """Compare two acts: their wordings, and their fields.

    Strength, condition, deadline, sums of a like unit, parties and themes each give a reading where
    they differ. The strength that the acts have goes before what the words seem to say: a
    reading of *obligation* that it contradicts is left out, and one that agrees stands for both.
    With a ``registry`` and a day, a body counts as its members on that day.
    """
    found = drift(a.quote, b.quote)
    fields = [*_strength(a, b), *_condition(a, b), *_deadline(a, b), *amount_readings(a, b)]
    fields += _parties("obligors", a.obligors, b.obligors, registry, on)
    fields += _parties("targets", a.targets, b.targets, registry, on)
    fields += _labels("themes", a.themes, b.themes, str(drift_rules()["fields"]["themes"]))
    return Drift(found.segments, tuple(_reconciled(a, b, found.readings, fields)))


def last_day(date: str) -> dt.date | None:
    """The last day of a deadline written ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    try:
        year, month, day = (int(part) for part in f"{date}-0-0".split("-")[:3])
        month = month or 12
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def amount_readings(a: Act, b: Act) -> list[Reading]:
    """Sums of the same unit that were raised or cut, by how much, or came on top.

    Sums that both acts name are the same; of what is left, the largest of each is compared. A unit
    that only one act has gives none.
    """
    found: list[Reading] = []
    units = dict.fromkeys(one.unit.casefold() for one in b.amounts)
    for unit in units:
        old = {one.value for one in a.amounts if one.unit.casefold() == unit}
        new = {one.value for one in b.amounts if one.unit.casefold() == unit}
        if not old or not new - old:
            continue
        name = next(one.unit for one in b.amounts if one.unit.casefold() == unit)
        was, now = max(old - new or old), max(new - old)
        before, after = f"{was:,.15g} {name}", f"{now:,.15g} {name}"
        if _is_further(b.quote):
            found.append(
                Reading("amount", "stronger", before, after, f"a further {after} on top of it")
            )
            continue
        up = now > was
        if now == was:
            continue
        share = f" by {abs(now - was) / abs(was) * 100:.0f} percent" if was else ""
        why = f"{'raised' if up else 'cut'}{share}, from {before} to {after}"
        found.append(Reading("amount", "stronger" if up else "weaker", before, after, why))
    return found


@cache
def drift_rules() -> dict[str, Any]:
    """``data/drift.yaml``; to be treated as read-only."""
    import yaml

    path = resources.files("standfast.lineage").joinpath("data", "drift.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _segments(before: str, after: str) -> tuple[Segment, ...]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    matcher = SequenceMatcher(
        None, [_plain(one) for one in old], [_plain(one) for one in new], autojunk=False
    )
    found: list[Segment] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if tag == "equal":
            found.append(Segment("same", gone, come))
            continue
        found += [Segment("gone", gone, "")] if gone else []
        found += [Segment("come", "", come)] if come else []
    return tuple(found)


def _plain(text: str) -> str:
    return text.strip().replace("’", "'").casefold()


@dataclass(frozen=True, slots=True)
class _Ladder:
    """A ladder ready for matching: the rung of every wording, ``-1`` for those to be set aside."""

    dimension: str
    up: Direction
    down: Direction
    dropped: bool
    reason: str
    names: tuple[str, ...]
    rung: dict[str, int]
    pattern: re.Pattern[str]

    def find(self, text: str) -> list[str]:
        """The wordings of the ladder in a text, in its order."""
        hits = (one.group() for one in self.pattern.finditer(text))
        return [hit for hit in hits if self.rung.get(hit, -1) >= 0]


@cache
def _ladders() -> tuple[_Ladder, ...]:
    return tuple(_ladder(row) for row in drift_rules()["ladders"])


def _ladder(row: dict[str, Any]) -> _Ladder:
    rung = dict.fromkeys(row.get("aside", ()), -1)
    for place, one in enumerate(row["rungs"]):
        rung |= dict.fromkeys(one["words"], place)
    longest = sorted(rung, key=lambda words: (-len(words), words))
    either = "|".join(re.escape(words).replace(r"\*", r"\w*") for words in longest)
    return _Ladder(
        dimension=row["dimension"],
        up=row["up"],
        down=row["down"],
        dropped=row.get("dropped", False),
        reason=" ".join(row["reason"].split()),
        names=tuple(one["name"] for one in row["rungs"]),
        rung=rung,
        pattern=re.compile(rf"(?<![\w-])(?:{either})(?![\w-])"),
    )


def _ladder_readings(before: str, after: str) -> Iterable[Reading]:
    """Of the wordings that only one side has, the first with the first, and so on."""
    old, new = (" ".join(_plain(one).split()) for one in (before, after))
    if old == new:
        return
    for ladder in _ladders():
        had, has = ladder.find(old), ladder.find(new)
        gone, come = _left(had, has), _left(has, had)
        seen: set[tuple[int, int]] = set()
        for one, other in zip(gone, come, strict=False):
            step = (ladder.rung[one], ladder.rung[other])
            if step[0] != step[1] and step not in seen:
                seen.add(step)
                way = ladder.down if step[1] > step[0] else ladder.up
                names = f"from {ladder.names[step[0]]} to {ladder.names[step[1]]}"
                yield Reading(ladder.dimension, way, one, other, f"{names}: {ladder.reason}")
        if ladder.dropped and bool(had) != bool(has):
            way, verb = (ladder.down, "left out") if had else (ladder.up, "added")
            was, now = (had[:1] or [""])[0], (has[:1] or [""])[0]
            yield Reading(ladder.dimension, way, was, now, f"{verb}: {ladder.reason}")


def _left(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """What is left of the words when each of the others has taken one like it, in order."""
    spare = Counter(others)
    found: list[str] = []
    for one in words:
        if spare[one]:
            spare[one] -= 1
        else:
            found.append(one)
    return found


def _reconciled(
    a: Act, b: Act, words: Iterable[Reading], fields: Sequence[Reading]
) -> Iterable[Reading]:
    level = next((one for one in fields if one.dimension == "strength"), None)
    told = False
    for one in words:
        if one.dimension == "obligation" and a.strength and b.strength:
            if level is None or level.direction != one.direction:
                continue
            told = True
        yield one
    yield from (one for one in fields if not (told and one is level))


def _strength(a: Act, b: Act) -> Iterable[Reading]:
    if a.strength and b.strength and a.strength != b.strength:
        weaker = STRENGTHS.index(b.strength) > STRENGTHS.index(a.strength)
        why = f"from {a.strength} to {b.strength}: {drift_rules()['fields']['strength']}"
        yield Reading("strength", "weaker" if weaker else "stronger", a.strength, b.strength, why)


def _condition(a: Act, b: Act) -> Iterable[Reading]:
    old, new = a.condition or "", b.condition or ""
    why = str(drift_rules()["fields"]["condition"])
    if b.conditional and not a.conditional:
        yield Reading("condition", "weaker", "", new, f"now on a condition: {why}")
    elif a.conditional and not b.conditional:
        yield Reading("condition", "stronger", old, "", f"no longer on a condition: {why}")
    elif a.conditional and b.conditional and old and new and _plain(old) != _plain(new):
        yield Reading("condition", "other", old, new, f"on another condition: {why}")


def _deadline(a: Act, b: Act) -> Iterable[Reading]:
    """A day moved; one set or left out; ``other`` where only its exactness changed."""
    old, new = a.deadline or "", b.deadline or ""
    if old == new:
        return
    why = str(drift_rules()["fields"]["deadline"])
    was, now = last_day(old), last_day(new)
    if old.startswith(new) or new.startswith(old):
        if old and new:
            yield Reading("deadline", "other", old, new, "the same time, more or less exactly")
        else:
            way: Direction = "stronger" if new else "weaker"
            yield Reading("deadline", way, old, new, "a day set" if new else "no day any more")
    elif was and now and was != now:
        later = now > was
        word = "later" if later else "earlier"
        yield Reading(
            "deadline", "weaker" if later else "stronger", old, new, f"{word} than before: {why}"
        )


def _is_further(quote: str) -> bool:
    rule = drift_rules()["further"]
    words = _WORD.findall(quote.casefold())
    sums = [place for place, word in enumerate(words) if word[0].isdigit()]
    return any(
        word in rule["words"]
        for place in sums
        for word in words[max(0, place - rule["reach"]) : place]
    )


def _parties(
    name: str,
    old: Sequence[str],
    new: Sequence[str],
    registry: Registry | None,
    on: dt.date | None,
) -> Iterable[Reading]:
    """Nothing where either names nobody: that is silence on it, not a change."""
    if not old or not new:
        return
    was, now = (
        {one for code in codes for one in members_of(code, registry, on) or {code}}
        for codes in (old, new)
    )
    yield from _sets(name, old, new, (was, now), str(drift_rules()["fields"]["parties"]))


def _labels(name: str, old: Sequence[str], new: Sequence[str], why: str) -> Iterable[Reading]:
    if old and new:
        yield from _sets(name, old, new, (set(old), set(new)), why)


def _sets(
    name: str, old: Sequence[str], new: Sequence[str], sets: tuple[set[str], set[str]], why: str
) -> Iterable[Reading]:
    was, now = sets
    if was == now:
        return
    way: Direction = "wider" if was < now else "narrower" if now < was else "other"
    yield Reading(name, way, " ".join(old), " ".join(new), why)
