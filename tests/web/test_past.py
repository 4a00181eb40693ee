"""Commitments as of a day: the desk's columns beside the verb that follows every line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standfast.ledger import Ledger
from standfast.model import STATES
from standfast.web.line_rows import line_rows
from standfast.web.past import PastShelf, shelf_on
from standfast.web.shelf import Shelf
from standfast.workflow import commitments, link
from tests.ledger.ledger_makers import act, document, put
from tests.web.conftest import Desk
from tests.web.desk_makers import make_ledger

ASKED = "President Zelenskyy asked Allies to lift limits on long-range fires."
PROMISED = "Poland will deliver 14 tanks to Ukraine by the end of 2024."
SENT = "Poland has delivered 14 tanks to Ukraine."
DAYS = [
    dt.date(2020, 1, 1), dt.date(2021, 6, 14), dt.date(2022, 6, 13), dt.date(2022, 6, 14),
    dt.date(2023, 7, 10), dt.date(2023, 7, 11), dt.date(2024, 6, 1), dt.date(2024, 12, 31),
    dt.date(2025, 1, 1), dt.date(2026, 3, 1), dt.date(2027, 6, 1),
]  # fmt: skip
"""Days before, on and between texts, about a deadline, and after the last document."""


@pytest.fixture(scope="module")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk's ledger with what came later: a demand by others, a deadline that passed."""
    path = make_ledger(tmp_path_factory.mktemp("past") / "made.db")
    with Ledger(path) as held:
        asked = document("again-2024", f"Note\n\n{ASKED}", date=dt.date(2024, 5, 2),
                         issuers=("EST",), blocks=(), origins={})  # fmt: skip
        put(held, asked, [act(asked, ASKED, "request", obligors=("NATO",), targets=("UKR",),
                              speaker=("EST",), themes=("long-range-fires",))])  # fmt: skip
        vowed = document("vowed-2024", f"Note\n\n{PROMISED}", date=dt.date(2024, 3, 1),
                         issuers=("POL",), blocks=(), origins={})  # fmt: skip
        put(held, vowed, [act(vowed, PROMISED, obligors=("POL",), targets=("UKR",), strength="firm",
                              deadline="2024", themes=("military-support",))])  # fmt: skip
        sent = document("sent-2025", f"Note\n\n{SENT}", date=dt.date(2025, 9, 1), issuers=("POL",),
                        blocks=(), origins={})  # fmt: skip
        put(held, sent, [act(sent, SENT, "delivery", obligors=("POL",), targets=("UKR",),
                             themes=("military-support",))])  # fmt: skip
    link(path)
    return path


@pytest.fixture
def ledger(eventful: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of it for a test of its own."""
    shutil.copy(eventful, tmp_path / "ledger.db")
    with Ledger(tmp_path / "ledger.db") as opened:
        yield opened


def followed(ledger: Ledger, day: dt.date, **asked: Any) -> dict[str, dict[str, Any]]:
    """Lines as the verb has them: each followed from its first mention."""
    return {
        one.id: {
            "state": where.state, "since": where.since, "strength": where.strength,
            "wording": where.wording, "texts": len(one.documents), "first": one.first,
            "last": one.last,
        }
        for one, where in commitments(ledger, as_of=day, **asked)
    }  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_every_line_stands_as_if_followed_to_the_day(ledger: Ledger, day: dt.date) -> None:
    shelf = shelf_on(Shelf(ledger, ledger.state()), day)
    rows = line_rows(shelf, range(len(shelf.lines)))  # type: ignore[arg-type]
    wanted = followed(ledger, day)
    assert {
        row["id"]: {name: row[name] for name in next(iter(wanted.values()), {})} for row in rows
    } == wanted
    assert [row["texts"] for row in rows] == sorted((row["texts"] for row in rows), reverse=True)


def test_the_days_are_told_apart(ledger: Ledger) -> None:
    told = {day: followed(ledger, day) for day in DAYS}
    assert (
        len({tuple(sorted((k, v["state"]) for k, v in one.items())) for one in told.values()}) > 6
    )
    assert {row["state"] for one in told.values() for row in one.values()} >= {
        "standing",
        "silent",
        "expired",
    }


def test_nothing_of_later_days_is_on_the_shelf(ledger: Ledger) -> None:
    present = Shelf(ledger, ledger.state())
    shelf = shelf_on(present, dt.date(2022, 6, 14))
    assert isinstance(shelf, PastShelf)
    assert set(shelf.documents) == {"statement-2021", "statement-2022", "memo"}
    assert {shelf.acts.document.names[code] for code in shelf.acts.document.codes} == set(
        shelf.documents
    )
    assert shelf_on(present, present.latest) is present


@pytest.mark.parametrize("state", STATES)
def test_facets_count_what_stood_so_on_the_day(desk: Desk, ledger: Ledger, state: str) -> None:
    day = dt.date(2025, 1, 1)
    page = desk().get(f"/commitments?as_of={day}").text
    number = len(followed(ledger, day, state=(state,)))
    found = re.search(rf'state={state}[^>]*>{state}</a> <span class="number">(\d+)', page)
    assert int(found[1]) == number if found else number == 0
    narrowed = desk().get(f"/commitments.json?as_of={day}&state={state}").json()
    assert {row["id"] for row in narrowed} == set(followed(ledger, day, state=(state,)))


def test_who_asked_later_does_not_count(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    for day in (dt.date(2024, 1, 1), dt.date(2024, 6, 1)):
        wanted = set(followed(ledger, day, by=("EST",)))
        assert {
            r["id"] for r in client.get(f"/commitments.json?as_of={day}&by=EST").json()
        } == wanted
        api = client.get(f"/api/v1/commitments?as_of={day}&by=EST").json()["items"]
        assert {row["id"] for row in api} == wanted
    assert wanted
    now = client.get("/api/v1/commitments?by=EST").json()["items"]
    assert {row["id"] for row in now} == {one.id for one, _ in commitments(ledger, by=("EST",))}


def test_the_page_says_the_day_and_leads_on_with_it(desk: Desk) -> None:
    page = desk().get("/commitments?as_of=2022").text
    assert 'as they stood on <time datetime="2022-12-31">' in page
    assert re.search(r'href="/commitments/[^"?]+\?as_of=2022-12-31"', page)
    assert 'name="as_of" type="date" value="2022-12-31"' in page
    assert 'href="/search?until=2022-12-31"' in page
    assert "as of <time" in page
    assert "as_of=2022-12-31" in re.findall(r'href="(/commitments.csv[^"]*)"', page)[0]


def test_words_of_later_mentions_do_not_count(desk: Desk) -> None:
    client = desk()
    assert client.get("/commitments.json?q=%22stand+ready+to+train%22").json()
    assert not client.get("/commitments.json?q=%22stand+ready+to+train%22&as_of=2022").json()


def test_downloads_and_feeds_end_with_the_day(desk: Desk, ledger: Ledger) -> None:
    client, day = desk(), dt.date(2023, 7, 11)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/commitments.csv?as_of={day}").text)))
    wanted = followed(ledger, day)
    assert {row["id"]: row["wording"] for row in rows} == {
        k: v["wording"] for k, v in wanted.items()
    }
    feed = client.get(f"/feeds/commitments.atom?as_of={day}").text
    days = re.findall(r"<updated>(\d{4}-\d\d-\d\d)", feed)
    assert max(days) == str(day)
    assert client.get("/commitments?as_of=never").status_code == 400


def test_before_anything_was_said_there_is_nothing_but_undated_lines(
    desk: Desk, ledger: Ledger
) -> None:
    found = desk().get("/commitments.json?as_of=1990-01-01").json()
    assert {row["id"] for row in found} == set(followed(ledger, dt.date(1990, 1, 1)))
    assert all(row["first"] is None for row in found)
