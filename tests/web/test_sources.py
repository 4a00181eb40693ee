"""Paths on the machine that read a document: for people with an account, not for visitors."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from standfast.ledger import Ledger
from tests.ledger.ledger_makers import act, document, put
from tests.web.conftest import Desk

WEB = "https://example.org/news/statement"
PLACES = [
    "/documents/memo", "/documents/memo?format=csv", "/documents/memo?format=json", "/search.csv",
    "/search.json", "/documents.csv", "/documents.json", "/documents", "/search", "/commitments",
    "/commitments.json", "/feeds/search.atom", "/feeds/documents.atom", "/occasions?format=json",
    "/api/v1/acts?limit=500", "/api/v1/documents", "/api/v1/documents/memo",
    "/api/v1/documents/memo/acts", "/api/v1/occasions/nato-2023-vilnius/summit",
]  # fmt: skip


@pytest.mark.parametrize("address", PLACES)
def test_guests_see_no_path_wherever_they_look(desk: Desk, address: str) -> None:
    answer = desk("public").get(address)
    assert answer.status_code == 200
    assert "/in/" not in answer.text


def test_no_page_of_a_document_or_line_tells_a_guest(desk: Desk, ledger: Ledger) -> None:
    guest = desk("public")
    for one in ledger.documents():
        assert "/in/" not in guest.get(f"/documents/{quote(one.doc, safe='')}").text
    for line in ledger.commitments():
        assert "/in/" not in guest.get(f"/commitments/{line.id}").text
        assert "/in/" not in guest.get(f"/api/v1/commitments/{line.id}").text


@pytest.mark.parametrize("who", [("own", None), ("public", "reader"), ("team", "reader")])
def test_who_has_an_account_or_the_machine_sees_it(desk: Desk, who: Any) -> None:
    client = desk(*who)
    for address in ("/documents/memo", "/search.csv", "/documents.json", "/api/v1/documents/memo"):
        assert "/in/memo.txt" in client.get(address).text


def test_a_page_kept_for_one_visitor_is_not_shown_to_another(desk: Desk) -> None:
    reader = desk("public", "reader")
    assert "/in/memo.txt" in reader.get("/documents/memo").text
    reader.cookies.clear()
    told = reader.get("/documents/memo").text
    assert "/in/memo.txt" not in told
    assert "No public address" in told


def test_web_addresses_are_everybodys(desk: Desk, ledger: Ledger) -> None:
    words = "We will open a school in Ukraine."
    note = document("school", f"Note\n\n{words}", source=WEB, blocks=(), origins={})
    put(ledger, note, [act(note, words)])
    guest = desk("public")
    assert f'href="{WEB}"' in guest.get("/documents/school").text
    assert WEB in guest.get("/search.csv?document=school").text
    assert guest.get("/api/v1/documents/school").json()["source"] == WEB


def test_what_the_knowledge_cites_is_everybodys(desk: Desk) -> None:
    guest, own = desk("public"), desk()
    address = "/api/v1/parties/NATO"
    assert guest.get(address).json() == own.get(address).json()
    assert "https://www.nato.int" in guest.get(address).text
