"""Whether someone could say later that a commitment or request was kept.

Four signs are looked for in the words: an action that can be seen, a thing that can be measured or
named, a date, and whom it is for. Which signs make which level, and all word lists, are data
(``data/checkability.yaml``). No parse is needed, and no party's name weighs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from standfast.extraction.deeds import COVER, Deed, deeds, grade_of, own_length
from standfast.extraction.knowledge import knowledge
from standfast.extraction.measurable import Sign, covered, date, lower, thing
from standfast.model import CHECKABLES, Amount, Checkable, Item
from standfast.parties import Registry

CHECKED = ("commitment", "request")
"""Acts that can be kept or not."""
_SIGNS = ("action", "object", "date", "addressee")
_IN_FULL = {"object": "name"}
"""What a sign has to count as to be there in full; else its own name."""


@dataclass(frozen=True, slots=True)
class Checkability:
    """How far a later reader could tell, which of the four signs are there, and why, in words."""

    level: Checkable
    has: tuple[str, ...]
    missing: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Rule:
    lines: tuple[tuple[Checkable, tuple[frozenset[str], ...]], ...]
    escapes: re.Pattern[str]
    goes_on: re.Pattern[str]
    addressees: re.Pattern[str]


def checkability(  # noqa: PLR0913 - keywords, one a field of the act
    quote: str,
    *,
    act: str,
    amounts: Sequence[Amount] = (),
    deadline: str | None = None,
    targets: Sequence[str] = (),
    asked: Sequence[str] = (),
    condition: str | None = None,
    items: Iterable[Item] = (),
    head: str | None = None,
) -> Checkability | None:
    """How far someone could later tell whether an act was kept; ``None`` for other kinds of act.

    The other arguments are what was found in the quote already; ``asked`` are the obligors of a
    request, and ``head`` is the dictionary form of the act's verb, for words without one.

    >>> found = checkability("We will ratify the Ottawa Convention", act="commitment")
    >>> found.level, found.missing
    ('specific', ('date', 'addressee'))
    >>> checkability("We will deepen our friendship", act="commitment").reason
    'the action is open (deepen); no sum, quantity or definite thing; no date; not said for whom'
    """
    if act not in CHECKED:
        return None
    under = covered(quote)
    starts = {quote.find(item.quote) for item in items} - {-1}
    found = deeds(under, asks=act == "request", starts=starts)
    if not found and head and (grade := grade_of(head)):
        found = [Deed(head.lower(), grade)]
    when = date(quote, deadline)
    whom = _addressee(under, targets, asked if act == "request" else ())
    escape = _rule().escapes.search(lower(f"{under} {condition or ''}"))
    goes_on = act == "commitment" and bool(_rule().goes_on.search(lower(under)))

    def level(of: tuple[Sign, Sign]) -> int:
        return _level((*of, when, whom), goes_on=goes_on, escapes=bool(escape))

    # Several verbs: the one that could be checked best decides.
    action, measured = min(_deeds_with_things(quote, under, found, amounts), key=level)
    signs = dict(zip(_SIGNS, (action, measured, when, whom), strict=True))
    has = tuple(name for name in _SIGNS if _IN_FULL.get(name, name) in signs[name].counts)
    return Checkability(
        level=CHECKABLES[level((action, measured))],
        has=has,
        missing=tuple(name for name in _SIGNS if name not in has),
        reason=_reason(signs, escape.group() if escape else ""),
    )


def _level(signs: Sequence[Sign], *, goes_on: bool, escapes: bool) -> int:
    """Place of the level in :data:`CHECKABLES`."""
    there = {count for sign in signs for count in sign.counts}
    if goes_on and "name" not in there:
        there.discard("addressee")
    fitting = (level for level, lines in _rule().lines if any(line <= there for line in lines))
    place = CHECKABLES.index(next(fitting, "vague"))
    if escapes and "figure" not in there:
        place = min(place + 1, len(CHECKABLES) - 1)
    return place


def _deeds_with_things(
    quote: str, under: str, found: Sequence[Deed], amounts: Sequence[Amount]
) -> Iterator[tuple[Sign, Sign]]:
    """Each verb with what stands between it and the next one; the whole where there is none."""
    if not found:
        yield Sign(("bare",), "no verb says what is to be done"), thing(quote, under, amounts)
    starts = [*(one.start for one in found[1:]), len(quote)]
    for one, after in zip(found, starts, strict=False):
        end = after if after > one.start else len(quote)
        own = slice(one.start, one.start + own_length(under[one.start : end]))
        measured = thing(quote[own], under[own], amounts)
        yield _action(one, measured), measured


def _action(deed: Deed, measured: Sign) -> Sign:
    """What a verb is worth, which may depend on its object."""
    worth = {"action": 2, "degree": 1, "open": 0}.get(deed.grade)
    if worth is None:
        worth = 2 if "name" in measured.counts else 1 if measured.counts else 0
    if worth == 0:
        return Sign((), f"the action is open ({deed.verb})")
    if deed.tries:
        return Sign(("half",), f"the action is only tried, helped or possible ({deed.verb})")
    if worth == 2:
        return Sign(("action", "half"), f"an action ({deed.verb})")
    if deed.grade == "degree":
        return Sign(("half",), f"the action comes by degrees ({deed.verb})")
    return Sign(("half",), f"the action has no measure ({deed.verb})")


def _addressee(under: str, targets: Sequence[str], asked: Sequence[str]) -> Sign:
    if asked:  # a request is kept by whoever is asked, so that they alone count
        definite = [code for code in asked if code not in Registry.load().codes("group")]
        return (
            Sign(("addressee",), "says who is asked") if definite else Sign((), "asks no one named")
        )
    definite = [code for code in targets if code not in Registry.load().codes("group")]
    if definite or _rule().addressees.search(under):
        return Sign(("addressee",), "says for whom")
    return Sign()


def _reason(signs: Mapping[str, Sign], way_out: str) -> str:
    """The signs as a sentence: what is named, what is open, what is not there."""
    action, measured, when, whom = (signs[name] for name in _SIGNS)
    seen = "action" in action.counts
    named = [one for one in (action.told if seen else "", measured.told, when.told) if one]
    said = [f"names {_listed(named)}"] if named else []
    said += [] if seen else [action.told]
    said += [] if measured.counts else ["no sum, quantity or definite thing"]
    said += [] if when.counts else ["no date"]
    said.append(whom.told or "not said for whom")
    said += [f"leaves a way out ({way_out})"] if way_out else []
    return "; ".join(said)


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


@cache
def _rule() -> _Rule:
    data = knowledge("checkability")
    levels: tuple[Checkable, ...] = ("specific", "partly")
    return _Rule(
        lines=tuple((level, tuple(frozenset(line) for line in data[level])) for level in levels),
        escapes=re.compile(rf"\b(?:{'|'.join(data['escapes'])})\b"),
        goes_on=re.compile(rf"\b(?:{'|'.join(data['goes_on'])})\b"),
        addressees=re.compile(rf"\b(?:{'|'.join(data['addressees'])})\s+(?:the\s+)?{COVER}"),
    )
