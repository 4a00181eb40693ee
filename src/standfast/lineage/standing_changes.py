"""What a mention changes: its words and fields against those of an earlier mention."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from standfast.lineage.drift import Reading, readings_between
from standfast.lineage.goal_scores import word_likeness
from standfast.lineage.segments import pieces
from standfast.lineage.standing_cues import standing_rules, taking_back
from standfast.lineage.standing_mentions import NOBODY, Saying
from standfast.model.act import Act
from standfast.model.commitment import Change, LineKind
from standfast.parties import Registry


@dataclass(frozen=True, slots=True)
class Heard:
    """A saying as it was understood.

    ``act`` is what is in force since: with the day and the sums of the mention before where it
    names none. ``earlier`` is what it was held against, ``takes_back`` the words by which it takes
    the line back, if any.
    """

    date: dt.date
    saying: Saying
    act: Act
    earlier: Heard | None = None
    takes_back: str = ""


def hear(saying: Saying, date: dt.date, past: Sequence[Sequence[Heard]], kind: LineKind) -> Heard:
    """Understand a saying by those of past mentions, each mention's strongest first.

    It is held against the last mention of the same voice, or the last one if that voice is new; of
    what was said there, against the words most like its own.
    Words that take back what the earlier one already speaks of ending take nothing back.
    """
    earlier = _earlier(saying, past)
    act = saying.member.act
    if earlier is None:
        return Heard(date, saying, act)
    words = taking_back(act.quote, kind)
    if words and (earlier.takes_back or not taking_back(earlier.act.quote, kind)):
        return Heard(date, saying, act, earlier, words)
    while earlier.takes_back and earlier.earlier:
        earlier = earlier.earlier  # what is said anew is held against what had been taken back
    if _alike(act, earlier.act, standing_rules()["in_force"]):
        act = replace(
            act,
            deadline=act.deadline or earlier.act.deadline,
            amounts=act.amounts or earlier.act.amounts,
        )
    return Heard(date, saying, act, earlier)


def changes_of(one: Heard, kind: LineKind, registry: Registry | None) -> dict[Change, str]:
    """What a saying changes against the earlier one, and why; it repeats it where it changes none.

    ``made`` where there is no earlier one. Which readings count is in the rules.
    """
    earlier = one.earlier
    if earlier is None:
        return {"made": _first_words(one.act)}
    against = f"against {earlier.date}"
    if one.saying.voice.isdisjoint(earlier.saying.voice):
        against += f" ({names(earlier.saying.voice)}; this voice is new)"
    readings = readings_between(earlier.act, one.act, registry=registry, on=one.date)
    found: dict[Change, list[str]] = {}
    for change, why in _counted(readings, one.act, earlier.act, kind):
        found.setdefault(change, []).append(why)
    if found:
        return {change: f"{against}: {'; '.join(whys)}" for change, whys in found.items()}
    return {"repeated": f"{against}: {_same_words(one.act, earlier.act)}"}


def names(parties: Iterable[str]) -> str:
    """Parties by code, for a sentence."""
    known, most = sorted({*parties} - NOBODY), standing_rules()["parties_named"]
    more = len(known) - most
    shown = ", ".join(known[:most])
    return f"{shown} and {more} more" if more > 0 else shown or "nobody named"


def _earlier(saying: Saying, past: Sequence[Sequence[Heard]]) -> Heard | None:
    def likeness(one: Heard) -> float:
        return word_likeness(saying.member.act.quote, one.act.quote)

    for mention in reversed(past):
        same = [one for one in mention if not saying.voice.isdisjoint(one.saying.voice)]
        if same:
            return max(same, key=likeness)
    return max(past[-1], key=likeness) if past else None


def _counted(
    readings: Iterable[Reading], act: Act, earlier: Act, kind: LineKind
) -> Iterable[tuple[Change, str]]:
    rules = standing_rules()
    for one in readings:
        change: Change | None = rules["readings"].get(one.dimension, {}).get(one.direction)
        if change is None or change not in rules["kinds"][kind]["changes"]:
            continue
        if not (one.before and one.after) and one.dimension not in rules["one_sided"]:
            continue
        rate = one.dimension == "amount" and one.after.split(" ")[-1] in rules["rates"]
        if not rate and not _alike(act, earlier, rules["least_like"][one.dimension]):
            continue
        words = " → ".join(part or "nothing" for part in (one.before, one.after))
        # A condition may be coded without its words.
        said = f" {words}" if one.before or one.after else ""
        yield change, f"{one.dimension}{said} ({one.why})"


def _alike(one: Act, other: Act, least: float) -> bool:
    return word_likeness(one.quote, other.quote) >= least


def _first_words(act: Act) -> str:
    said = [f"{act.strength} {act.act}" if act.strength else act.act]
    said += [f"on a condition ({act.condition or 'unnamed'})"] if act.conditional else []
    said += [f"by {act.deadline}"] if act.deadline else []
    said += [f"{one.value:,.15g} {one.unit}" for one in act.amounts]
    return f"first mention: {', '.join(said)}"


def _same_words(act: Act, earlier: Act) -> str:
    if pieces(act.quote) == pieces(earlier.quote):
        return "in the same words"
    return "nothing that counts differs" + (", and it says so itself" if act.reaffirms else "")
