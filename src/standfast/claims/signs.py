"""What speaks for one judgement of a claim or another: signs, each a number by its name.

Log-odds are those of the ranking, in fours and between bounds; shares lie between 0 and 1.
"""

from __future__ import annotations

import re

from standfast.claims.added import known_share, things_unknown
from standfast.claims.comparing import Setting
from standfast.claims.grounds import Grounds, Weighed, as_told, same_kind
from standfast.claims.knowledge import knowledge
from standfast.claims.ranking import Candidate
from standfast.model import Claim

_LEAST, _MOST, _APART, _UNIT = -9.0, 3.0, 4.0, 4.0
"""Bounds of log-odds, of how far two may lie apart, and the unit in which they are told."""


def signs(grounds: Grounds, setting: Setting) -> dict[str, float]:
    """Everything by which a claim with an act is judged."""
    found = {**_of_claim(grounds.claim), **_of_odds(grounds)}
    if grounds.candidates:
        found |= _of_likeliest(grounds.claim, grounds.candidates[0])
    if grounds.chosen:
        found |= _of_chosen(grounds, grounds.chosen)
    if grounds.across:
        found |= _of_exchange(grounds.claim, grounds.across)
    nearest = grounds.chosen.candidate if grounds.chosen else next(iter(grounds.candidates), None)
    if nearest:
        found |= _of_document(grounds.claim, nearest, setting)
    return {name: value for name, value in found.items() if value}


def _of_claim(claim: Claim) -> dict[str, float]:
    rules, text = knowledge("judging")["deeds"], claim.sentence.lower()
    return {
        f"told: {claim.told.act}": 1.0,
        "told: confidence": claim.told.confidence,
        "told: denied": float(bool(claim.denied)),
        "told: as done": float(re.search(rules["done"], text) is not None),
        "told: as no more than promised": float(re.search(rules["merely"], text) is not None),
        "told: parts": len(claim.parts) / 3,
    }


def _of_odds(grounds: Grounds) -> dict[str, float]:
    """How likely any record is the one, one as told, and one exchanged."""
    likeliest = max((one.odds for one in grounds.candidates), default=_LEAST)
    fitting = [one.candidate.odds for one in grounds.told if as_told(one.candidate)]
    told = max(fitting, default=_LEAST)
    across = grounds.across.odds if grounds.across else _LEAST
    return {
        "odds: likeliest": _bound(likeliest, _LEAST, _MOST),
        "odds: as told": _bound(told, _LEAST, _MOST),
        "odds: exchanged": _bound(across, _LEAST, _MOST),
        "odds: exchanged over as told": _bound(across - told, -_APART, _APART),
        "odds: likeliest over as told": _bound(likeliest - told, -_APART, _APART),
    }


def _bound(value: float, least: float, most: float) -> float:
    return max(least, min(most, value)) / _UNIT


def _of_likeliest(claim: Claim, one: Candidate) -> dict[str, float]:
    way = one.direction
    return {
        "likeliest: parties as told": way.straight,
        "likeliest: parties exchanged": way.swapped,
        f"likeliest: who acts is {way.actor}": 1.0,
        f"likeliest: for whom is {way.other}": 1.0,
        "likeliest: meaning": one.features["meaning"],
        "likeliest: words": one.features["words"],
        "likeliest: parties named": one.features["named"],
        "likeliest: act is the same": float(one.member.act.act == claim.told.act),
    }


def _of_chosen(grounds: Grounds, chosen: Weighed) -> dict[str, float]:
    """How the best record as told differs; whether another one near it does not."""
    act, way = chosen.candidate.member.act, chosen.candidate.direction
    told = grounds.claim.told
    rules = knowledge("judging")["deeds"]
    found = {
        "record: parties as told": way.straight,
        "record: parties exchanged": way.swapped,
        f"record: {act.act} told as {told.act}": 1.0,
        "record: near in time": chosen.candidate.features["near"],
        "record: deed in itself": float(
            re.search(rules["performed"], act.quote.lower()) is not None
        ),
        "record: differences": len(chosen.differences) / 3,
        "record: one without differences": float(any(not one.differences for one in grounds.told)),
    }
    if told.strength and act.strength:
        found[f"record: {act.strength} told as {told.strength}"] = 1.0
    likeliest = max(grounds.told, key=lambda one: one.candidate.odds)
    for name, weighed in (("record", chosen), ("likeliest as told", likeliest)):
        for one in weighed.differences:
            found[f"{name}: {one.field} {one.effect}"] = 1.0
    return found


def _of_exchange(claim: Claim, across: Candidate) -> dict[str, float]:
    way, same = across.direction, same_kind(claim, across)
    plain = same and way.swapped >= knowledge("judging")["plainly_from"]
    return {
        "exchanged: parties as told": way.straight,
        "exchanged: parties exchanged": way.swapped,
        "exchanged: act is the same": float(same),
        "exchanged: plainly": float(plain),
    }


def _of_document(claim: Claim, nearest: Candidate, setting: Setting) -> dict[str, float]:
    """How much of the report's words the record and its document have."""
    member = nearest.member
    document = setting.text_of(member.act.doc) or member.sentence
    unknown = [much for _, much in things_unknown(claim.sentence, document)]
    return {
        "words: in the record": known_share(claim.sentence, member.sentence),
        "words: in its document": known_share(claim.sentence, document),
        "words: of a thing beside others, not in its document": max(unknown, default=0.0),
        "words: of things beside others, not in its document": sum(unknown) / 3,
    }
