"""What the opening of a text says of it: title, date, kind, issuers, language."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from standfast.documents.knowledge import knowledge
from standfast.model import Mention
from standfast.parties import Registry

_TOP = 1500
"""How many characters of a text count as its opening."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATELINE = re.compile(
    rf"\b(?:(?:{_MONTHS})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{_MONTHS}),?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2})\b"
)
_WE = re.compile(r"\b[Ww]e,?\s+(?:the\s+)?(?P<who>[^.;:\n]{3,220})")
_GROUPS = {"G7", "G20", "QUAD", "NATO", "EU"}
_STOP = {
    "en": {"the", "and", "of", "to", "in", "that", "for", "is", "with", "on", "we", "our", "will"},
    "fr": {"le", "la", "les", "et", "des", "que", "pour", "dans", "nous", "une", "est", "du"},
    "de": {"der", "die", "das", "und", "wir", "für", "mit", "nicht", "ist", "den", "von", "zu"},
    "es": {"el", "los", "las", "y", "que", "para", "con", "una", "por", "nuestro", "es", "del"},
    "it": {"il", "gli", "che", "per", "con", "una", "della", "nel", "sono", "di", "noi", "non"},
    "uk": {"та", "що", "на", "для", "ми", "до", "з", "у", "і", "від", "не", "як"},
    "ru": {"и", "в", "на", "что", "мы", "для", "не", "с", "по", "как", "от", "к"},
}
"""The commonest function words of the languages such texts are published in."""


def read(
    text: str, known: Mapping[str, Any], registry: Registry, *, transcript: bool
) -> dict[str, Any]:
    """Whatever the text says of what is not ``known`` yet."""
    top = text[:_TOP]
    found: dict[str, Any] = {}
    found["title"] = known.get("title") or _title(top)
    found["date"] = known.get("date") or _date(top)
    found["kind"] = known.get("kind") or _kind(str(found["title"] or ""), transcript=transcript)
    if not known.get("issuers"):
        kind, title = str(found["kind"]), str(found["title"] or "")
        found["issuers"] = issuers(title, top, kind, known={**known, **found}, registry=registry)
    found["language"] = _language(text[: 4 * _TOP])
    return found


def _title(top: str) -> str | None:
    for line in top.splitlines():
        bare = line.strip().strip("#*_ ").strip()
        if bare:
            return bare if len(bare) <= 250 and not bare.endswith((".", ";")) else None
    return None


def _date(top: str) -> dt.date | None:
    from standfast.documents.metadata import parse_date

    match = _DATELINE.search(top[:600])
    return parse_date(match.group()) if match else None


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = knowledge("kinds")["kinds"]
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["kind"]) for row in rows)


def _kind(title: str, *, transcript: bool) -> str:
    for pattern, kind in _kinds():
        if pattern.search(title):
            return kind
    return "speech" if transcript else str(knowledge("kinds")["otherwise"])


def issuers(
    title: str, top: str, kind: str, *, known: Mapping[str, Any], registry: Registry
) -> tuple[str, ...]:
    """Whose text it is: the group or the states of a joint text, else the publisher's side.

    A readout or a statement is its publisher's, whoever else it names; a joint appearance belongs
    to everybody whom its title names as speaking.
    """
    on = known.get("date")
    named = registry.mentions(title, on=on)
    own = issuers_of_publisher(known)
    if kind == "communique":
        groups = _bodies(named) or _bodies(registry.mentions(top[:400], on=on))
        return groups[:1] or _we(top, on, registry) or own
    if kind == "joint-statement" or (kind == "legal" and re.search(r"\bbetween\b|-", title)):
        return _joint(title, top, on, named, registry) or own
    if kind == "speech":
        speakers = [m for m in _before(named, title) if m.form == "office-holder"]
        codes = tuple(dict.fromkeys(code for m in speakers for code in m.parties))
        return codes or own
    return own or _we(top, on, registry)


def _bodies(named: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for m in named for c in m.parties if c in _GROUPS))


def _states(named: list[Mention]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(c for m in named if m.form not in {"group", "capital"} for c in m.parties)
    )


def _before(named: list[Mention], title: str) -> list[Mention]:
    """Mentions in the part of a title that names who speaks, not on what."""
    cut = re.search(
        r"\b(?:on|regarding|urging|announcing|providing|in response|welcoming)\b", title
    )
    return [m for m in named if cut is None or m.start < cut.start()]


def _we(top: str, on: dt.date | None, registry: Registry) -> tuple[str, ...]:
    """Who the text's first "We, the leaders of …" is."""
    match = _WE.search(top)
    if match is None:
        return ()
    named = registry.mentions(match["who"], on=on)
    return _bodies(named)[:1] or _states(named)


def _joint(
    title: str, top: str, on: dt.date | None, named: list[Mention], registry: Registry
) -> tuple[str, ...]:
    """Parties of a joint text: who it is by, else all whom its title or its "we" names."""
    by = re.search(r"\b(?:by|from|of the leaders of|between)\b", title)
    issuing = [m for m in named if by and m.start > by.start()] or named
    # "Support for Ukraine" says whom it is for, not whose it is.
    beyond = re.search(r"\b(?:support for|on the (?:G20|G7))\b", title)
    issuing = [m for m in issuing if beyond is None or m.start < beyond.start()]
    groups = tuple(code for code in _bodies(issuing) if code != "EU")
    states = tuple(code for code in _states(issuing) if code not in groups)
    if len(states) >= 2:
        return states
    if groups:
        return groups[:1]
    return _we(top, on, registry) or states


def issuers_of_publisher(known: Mapping[str, Any]) -> tuple[str, ...]:
    """The party whose voice the publisher or the site of the source is."""
    listed = knowledge("publishers")["publishers"]
    publisher = str(known.get("publisher") or "").strip()
    if publisher in listed:
        return (listed[publisher],)
    from urllib.parse import urlparse

    host = (urlparse(str(known.get("source") or "")).hostname or publisher).removeprefix("www.")
    for name, code in listed.items():
        if host and (host == name or host.endswith("." + name)):
            return (code,)
    return ()


def _language(text: str) -> str | None:
    """The language whose function words are commonest; ``None`` where there are too few."""
    words = re.findall(r"\w+", text.lower())
    if len(words) < 8:
        return None
    number = Counter(words)
    counts = {code: sum(number[word] for word in stop) for code, stop in _STOP.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 0.04 * len(words) else None
