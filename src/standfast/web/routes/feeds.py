"""Lists as Atom feeds: acts as they come in, documents, and changes of commitments."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

import numpy as np
from fastapi import APIRouter, Depends, Request
from feedgen.feed import FeedGenerator
from starlette.responses import Response

from standfast.ledger import LineEvent, StoredAct
from standfast.report.saying import shorten
from standfast.web.access import need
from standfast.web.asking import Asked, asked, asked_of_lines
from standfast.web.choosing import Looked, Rows, acts_of
from standfast.web.pages import ACT_NAMES, shelf_of, tagged
from standfast.web.past import shelf_on
from standfast.web.routes.documents import infos_of
from standfast.web.shelf import Shelf

router = APIRouter(prefix="/feeds", dependencies=[Depends(need("guest"))])
MOST = 50
"""Entries of a feed."""
Wanted = Annotated[Asked, Depends(asked)]
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``place`` is its address on the desk, ``name`` what it is whatever the address."""

    name: str
    title: str
    words: str
    place: str
    updated: dt.datetime
    published: dt.datetime | None


@router.get("/search.atom")
def acts(request: Request, wanted: Wanted) -> Response:
    """The acts that fit and came into the ledger last."""
    return feed_of("/search", request, wanted)


@router.get("/documents.atom")
def documents(request: Request, wanted: Wanted) -> Response:
    """The latest documents that fit."""
    return feed_of("/documents", request, wanted)


@router.get("/commitments.atom")
def commitments(request: Request, wanted: Annotated[Asked, Depends(asked_of_lines)]) -> Response:
    """What happened last to the commitments that fit, by the day from which they are looked at."""
    return feed_of("/commitments", request, wanted)


def feed_of(path: str, request: Request, wanted: Asked, here: str = "") -> Response:
    """The feed of a list; ``here`` is its address where that does not follow from the question."""
    title, make = FEEDS[path]
    here = here or wanted.address(request.url.path)
    return _feed(request, wanted, (path, title, here), make(shelf_of(request), wanted))


def _acts(shelf: Shelf, wanted: Asked) -> list[Entry]:
    rows = _newest(shelf, Looked(shelf, wanted).acts.rows)
    found, came = acts_of(shelf, rows), _came(shelf)
    batch = {shelf.acts.keys[at]: int(shelf.acts.batch[at]) for at in rows}
    return [_act_entry(shelf, one, came[batch[one.key]]) for one in found if one.key in batch]


def _documents(shelf: Shelf, wanted: Asked) -> list[Entry]:
    return [
        Entry(
            f"document:{quote(one.doc)}",
            one.title or one.doc,
            f"{one.kind}, {one.acts} acts",
            f"/documents/{quote(one.doc, safe='')}",
            _midnight(one.date),
            _midnight(one.date) if one.date else None,
        )
        for one in infos_of(shelf, Looked(shelf, wanted).documents_in_order()[:MOST])
    ]


def _commitments(present: Shelf, wanted: Asked) -> list[Entry]:
    shelf = shelf_on(present, wanted.as_of)
    rows = Looked(shelf, wanted).lines.rows
    among = None if len(rows) == len(present.lines) else set(shelf.lines.ids[rows].tolist())
    events = shelf.ledger.latest_events(most=MOST, among=among, until=wanted.as_of)
    return [_event_entry(one) for one in events]


FEEDS: Mapping[str, tuple[str, Callable[[Shelf, Asked], list[Entry]]]] = {
    "/search": ("Acts", _acts),
    "/documents": ("Documents", _documents),
    "/commitments": ("Changes of commitments", _commitments),
}
"""What each list's feed is called, and what it holds."""


def _newest(shelf: Shelf, rows: Rows) -> Rows:
    """Places of the acts that came last: of the latest reading, then of the latest day."""
    acts = shelf.acts
    order = np.lexsort((rows, acts.days[rows], acts.batch[rows]))
    return rows[order[::-1][:MOST]]


def _came(shelf: Shelf) -> dict[int, dt.datetime]:
    """When each reading of the ledger began."""
    return {one.id: one.started for one in shelf.batches}


def _act_entry(shelf: Shelf, one: StoredAct, came: dt.datetime) -> Entry:
    act = one.act
    who = ", ".join(map(shelf.party, act.obligors)) or "Nobody named"
    whom = ", ".join(map(shelf.party, act.targets))
    title = f"{ACT_NAMES[act.act]}: {who}" + (f" to {whom}" if whom else "")
    return Entry(
        f"act:{one.key}",
        title,
        f"“{act.quote}” ({one.title or act.doc})",
        f"/documents/{quote(act.doc, safe='')}#a-{one.key}",
        came,
        _midnight(one.date) if one.date else None,
    )


def _event_entry(one: LineEvent) -> Entry:
    event, words = one.event, one.act.quote if one.act else one.wording
    told = f"{event.change}:{event.date}:{event.member}"
    why = f" {event.why[0].upper()}{event.why[1:]}." if event.why else ""
    return Entry(
        f"line:{quote(one.line)}:{quote(told)}",
        f"{event.change.capitalize()}: {shorten(one.name, 120)}",
        f"“{words}”{why}",
        f"/commitments/{quote(one.line, safe='')}",
        _midnight(event.date),
        None,
    )


def _midnight(day: dt.date | None) -> dt.datetime:
    return dt.datetime.combine(day or dt.date(1970, 1, 1), dt.time(), dt.UTC)


def _feed(
    request: Request, wanted: Asked, told: tuple[str, str, str], entries: Sequence[Entry]
) -> Response:
    """The feed as Atom (RFC 4287); its name stays the same for the same question.

    ``told`` are the list's path, the feed's title and its address.
    """
    path, title, here = told
    base = str(request.base_url).rstrip("/")
    made = FeedGenerator()
    mark = hashlib.sha256(urlencode(sorted(wanted.query)).encode()).hexdigest()[:16]
    made.id(f"urn:standfast:{path.strip('/')}:{mark}")
    asked_for = ", ".join(value for name, value in wanted.query if name != "sort")
    made.title(_fit(f"{title}: {asked_for}" if asked_for else title))
    made.author(name="Standfast")
    made.link(href=base + wanted.address(path), rel="alternate", type="text/html")
    made.link(href=base + here, rel="self", type="application/atom+xml")
    made.updated(max((one.updated for one in entries), default=_midnight(None)))
    for one in entries:
        entry = made.add_entry(order="append")
        entry.id(f"urn:standfast:{one.name}")
        entry.title(_fit(one.title))
        entry.link(href=base + one.place, rel="alternate", type="text/html")
        entry.updated(one.updated)
        if one.published:
            entry.published(one.published)
        entry.summary(_fit(one.words))
    answer = Response(made.atom_str(), media_type="application/atom+xml")
    return tagged(request, answer)


def _fit(text: str) -> str:
    return _UNFIT.sub(" ", text)
