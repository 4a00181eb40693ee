"""The front page, what changed, saved searches, feeds and downloads."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest

from standfast.ledger import ActQuery, Ledger
from standfast.model import StandfastError
from standfast.report.row_names import ACT_COLUMNS, DOCUMENT_COLUMNS, LINE_COLUMNS
from standfast.report.rows import safe
from standfast.web.keeping import Pages
from standfast.web.routes.saved import own_list
from tests.ledger.ledger_makers import act, document, put
from tests.web.conftest import Desk
from tests.web.desk_makers import BATTERIES, SENT

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_front_page_tells_what_stands_and_leads_there(desk: Desk) -> None:
    client = desk()
    page = client.get("/").text
    lines = client.get("/commitments.json").json()
    for state, kind in {(one["state"], one["kind"]) for one in lines}:
        number = sum((one["state"], one["kind"]) == (state, kind) for one in lines)
        assert f'href="/commitments?state={state}&amp;kind={kind}">{number}</a>' in page
    assert BATTERIES[:40] in page
    assert SENT[:40] in page


def test_numbers_by_party_are_those_of_the_lists(desk: Desk) -> None:
    client = desk()
    rows = list(csv.DictReader(io.StringIO(client.get("/by-party.csv").text)))
    assert {"DEU", "NATO", "GBR", "POL"} <= {row["code"] for row in rows}
    for row in rows:
        by = row["code"]
        promised = client.get(f"/search.json?act=commitment&by={by}").json()
        standing = client.get(f"/commitments.json?kind=promise&state=standing&by={by}").json()
        assert int(row["promised"]) == len(promised)
        assert int(row["standing"]) == len(standing)


def test_a_ledger_without_lines_has_a_front_page(desk: Desk, ledger: Ledger) -> None:
    ledger.write_lines([])
    page = desk().get("/")
    assert page.status_code == 200
    assert "were not joined into commitments yet" in page.text
    assert "standfast link" in desk().get("/commitments").text


def test_changes_are_told_the_latest_first_and_by_sort(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    page = client.get("/changes?change=made").text
    days = re.findall(r'<time datetime="([\d-]+)">', page.partition("<ol")[2].partition("</ol>")[0])
    assert days == sorted(days, reverse=True)
    number = {name: number for name, number, _ in ledger.event_counts()}["made"]
    assert f'<span class="number">{number}</span> changes' in page
    assert client.get("/changes?change=nothing").status_code == 422
    events = ledger.latest_events(["made"], most=100)
    assert len(events) == number
    for one in events:
        assert one.act is None or one.act.key == one.event.member


def test_downloads_have_the_names_and_rows_of_the_command_line(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    answer = client.get("/search.csv?act=commitment")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert tuple(rows[0]) == ACT_COLUMNS
    assert answer.headers["content-disposition"] == 'attachment; filename="acts.csv"'
    wanted = ledger.acts(ActQuery(act=("commitment",)))
    assert {row["id"] for row in rows} == {one.key for one in wanted}
    found = client.get("/search.json?act=commitment").json()
    assert {one["quote"] for one in found} == {one.act.quote for one in wanted}
    lines = list(csv.DictReader(io.StringIO(client.get("/commitments.csv").text)))
    assert tuple(lines[0]) == (*LINE_COLUMNS, "due")
    docs = list(csv.DictReader(io.StringIO(client.get("/documents.csv").text)))
    assert tuple(docs[0]) == DOCUMENT_COLUMNS
    assert len(docs) == len(ledger.documents())
    assert client.get("/search.xml").status_code in {404, 422}


def test_an_empty_list_downloads_as_one(desk: Desk) -> None:
    client = desk()
    assert client.get("/search.json?q=zebra").json() == []
    assert client.get("/search.csv?q=zebra").text.count("\n") == 1


def test_no_cell_is_a_formula(desk: Desk, ledger: Ledger) -> None:
    words = '=HYPERLINK("https://example.org")'
    note = document("formula", f"Note\n\n{words}", title="+1", blocks=(), origins={})
    put(ledger, note, [act(note, words)])
    rows = list(csv.DictReader(io.StringIO(desk().get("/search.csv?document=formula").text)))
    assert rows[0]["quote"] == "'" + words
    assert rows[0]["title"] == "'+1"
    assert desk().get("/search.json?document=formula").json()[0]["quote"] == words
    assert [safe(one) for one in ("-1", "@x", "a=1", "")] == ["'-1", "'@x", "a=1", ""]


@pytest.mark.parametrize("name", ["search", "commitments", "documents"])
def test_feeds_are_atom_with_lasting_names(desk: Desk, name: str) -> None:
    client = desk()
    answer = client.get(f"/feeds/{name}.atom?to=UKR")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    entries = root.findall(f"{ATOM}entry")
    assert entries
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == len(ids)
    for one in (root, *entries):
        for part in ("id", "title", "updated"):
            assert one.findtext(f"{ATOM}{part}"), part
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links["alternate"] == f"http://testserver/{name}?to=UKR"
    assert links["self"] == f"http://testserver/feeds/{name}.atom?to=UKR"
    again = ElementTree.fromstring(client.get(f"/feeds/{name}.atom?to=UKR").content)
    assert [one.findtext(f"{ATOM}id") for one in again.findall(f"{ATOM}entry")] == ids
    assert f'href="/feeds/{name}.atom?to=UKR"' in client.get(f"/{name}?to=UKR").text


def test_what_came_last_is_first_in_a_feed(desk: Desk, ledger: Ledger) -> None:
    words = "We will repair the old bridges of Ukraine.\x0b"
    note = document("late", f"Note\n\n{words}", date=None, blocks=(), origins={})
    put(ledger, note, [act(note, words)])
    root = ElementTree.fromstring(desk().get("/feeds/search.atom").content)
    first = root.find(f"{ATOM}entry")
    assert first is not None
    assert "old bridges" in (first.findtext(f"{ATOM}summary") or "")


def test_searches_are_kept_renamed_and_dropped_by_their_owner(desk: Desk, ledger: Ledger) -> None:
    ada, bob = desk("team", "reader", name="ada"), desk("team", "reader", name="bob")
    form = {"name": " Air <b>defence</b> ", "address": "/search?q=air+defence&to=UKR"}
    assert ada.post("/saved", data=form, follow_redirects=False).status_code == 303
    page = ada.get("/saved").text
    assert "Air &lt;b&gt;defence" in page
    assert 'href="/search?q=air+defence&amp;to=UKR"' in page
    assert 'href="/feeds/search.atom?q=air+defence&amp;to=UKR"' in page
    assert "Air" not in bob.get("/saved").text.partition("<main")[2].partition("</main")[0]
    (held,) = ledger.searches("ada")
    for change in ("rename", "delete"):
        assert bob.post(f"/saved/{held.id}/{change}", data={"name": "mine"}).status_code == 404
    assert ada.post("/saved", data=form).status_code == 400
    ada.post(f"/saved/{held.id}/rename", data={"name": "Skies"})
    assert [one.name for one in ledger.searches("ada")] == ["Skies"]
    ada.post(f"/saved/{held.id}/delete")
    assert ledger.searches("ada") == []


def test_guests_do_not_save(desk: Desk) -> None:
    guest = desk("public")
    form = {"name": "x", "address": "/search"}
    assert guest.post("/saved", data=form, follow_redirects=False).status_code in {303, 401}
    assert "Save this list" not in guest.get("/search").text


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/search",
        "//evil.example/search",
        "javascript:alert(1)",
        "/me",
        "",
        "search",
        "/search?q=\n",
    ],
)
def test_only_lists_of_the_desk_are_saved(address: str) -> None:
    with pytest.raises(StandfastError):
        own_list(address)


def test_kept_pages_have_bounds() -> None:
    pages = Pages(most=10_000)
    for number in range(50):
        pages.keep(number, bytes([number]) * 1000)
    assert 1 <= len(pages) <= 10
    assert pages.get(0) is None
    newest = pages.get(49)
    assert newest is not None
    assert newest.body == bytes([49]) * 1000
