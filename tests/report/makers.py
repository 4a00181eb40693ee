"""A check of our own for the formats: a claim, one with parts, and one that cannot be checked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standfast.model import Checked, Claim, Difference, Evidence, Judged, Reach
from tests.claims.makers import act
from tests.conftest import make

TEXT = (
    "Washington pledged Kyiv 90 Abrams tanks. "
    "It also offered training, fuel and <b>spare parts</b>. "
    "But is it enough?"
)
HOSTILE = '<script>alert("x")</script> & “so on”'


def _proof(bearing: str = "differs", **more: Any) -> Evidence:
    fields: dict[str, Any] = {
        "doc": "2023-01-25-remarks",
        "start": 10,
        "end": 74,
        "quote": "The United States will send 31 Abrams tanks to Ukraine",
        "bearing": bearing,
        "likeness": 0.91,
        "date": dt.date(2023, 1, 25),
        "title": HOSTILE,
        "source": "https://example.org/remarks?a=1&b=2",
        "act": "abc123",
        "commitments": ("tanks-usa-ukr",),
    }
    return Evidence(**{**fields, **more})


def _claim(words: str, *, parts: tuple[Claim, ...] = (), why: str = "") -> Claim:
    start = TEXT.index(words)
    told = None if why else act(words)
    return Claim(start, start + len(words), words, words, told, parts=parts, why=why)


def checked(*, also: bool = False) -> Checked:
    """The check; with ``also`` the first claim comes out otherwise as of another day."""
    sums = Difference(
        "amounts", "90 tanks", "31 tanks", "more", "90 in the report, 31 in the record"
    )
    first = Judged(
        _claim("Washington pledged Kyiv 90 Abrams tanks"), "overstated", "amounts", 0.8, False,
        "The report goes beyond the record.", (_proof(differences=(sums,)),), (sums,),
    )  # fmt: skip
    parts = tuple(_claim(one) for one in ("training", "fuel"))
    second = Judged(
        _claim("It also offered training, fuel and <b>spare parts</b>", parts=parts),
        "partly-supported", "items", 0.5, True, f"A part: {HOSTILE}",
        (_proof("near", source="", title=""),), (),
        (
            Judged(parts[0], "supported", "", 0.7, False, "Borne out.", (_proof("supports"),)),
            Judged(parts[1], "not-found", "", 0.4, True, "Not found."),
        ),
    )  # fmt: skip
    third = Judged(
        _claim("But is it enough?", why="a question states nothing"), "not-checkable", "", 1.0,
        False, "Cannot be checked: a question states nothing.",
    )  # fmt: skip
    claims = (first, second, third)
    later: tuple[Judged, ...] = ()
    if also:
        other = Judged(first.claim, "supported", "", 0.7, False, "Now so.", (_proof("supports"),))
        later = (other, second, third)
    report = make(TEXT, date="2023-02-01", id="article", title=f"Tanks {HOSTILE}", kind="article")
    reach = Reach(12, 340, dt.date(2021, 1, 1), dt.date(2023, 1, 30), {"The White House": 12})
    day = dt.date(2026, 1, 1) if also else None
    return Checked(report, dt.date(2023, 2, 1), claims, reach, day, later, (f"Note {HOSTILE}",))
