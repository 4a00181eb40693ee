"""Checking a report on the desk: from the form to each quote in its place, files, and bad input."""

from __future__ import annotations

import csv
import io
import json
import re
import threading

import pytest
from starlette.testclient import TestClient

from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.model import Evidence
from standfast.report.check_rows import FORMATS
from standfast.web.routes.checking import place_of
from standfast.web.tasks import LETTERS, Kit
from tests.web.conftest import Desk
from tests.web.job_makers import in_threads, page_when_done

REPORT = (
    "NATO promised to deliver four air-defence batteries to Ukraine by the end of 2024. "
    'Berlin will build a floating <b>opera house</b> for Odesa. <script>alert("x")</script> '
    "Will the alliance keep its word?"
)


@pytest.fixture
def client(desk: Desk, ledger: Ledger, extractor: Extractor) -> TestClient:
    return in_threads(desk(), ledger, extractor)


def begun(client: TestClient, **fields: str) -> str:
    answer = client.post("/check", data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_from_the_report_to_its_quotes_and_files(client: TestClient, ledger: Ledger) -> None:
    address = begun(client, text=REPORT, date="2024-01-15", title="Batteries & <i>more</i>")
    page = page_when_done(client, address)
    assert page.status_code == 200
    assert "Batteries &amp; &lt;i&gt;more&lt;/i&gt;" in page.text
    assert "<script>alert" not in page.text
    assert "<b>opera" not in page.text
    # Words and judgements lead to each other.
    cards = re.findall(r'<a href="#(c\d+)"', page.text)
    assert cards
    assert all(f'id="{one}"' in page.text for one in cards)
    words = re.findall(r'href="#(w\d+)"', page.text)
    assert words
    assert all(page.text.count(f'id="{one}"') == 1 for one in words)
    # Each quote is one click from its place in a document.
    places = re.findall(r'href="(/documents/[^"]+)"', page.text)
    assert places
    for place in set(places):
        path, _, anchor = place.partition("#")
        assert f'id="{anchor}"' in client.get(path).text or anchor.startswith(":~:text=")
    assert 'class="claim supported"' in page.text
    files = {name: client.get(f"{address}/{name}") for name in FORMATS}
    assert all(one.status_code == 200 for one in files.values())
    assert all("attachment" in one.headers["content-disposition"] for one in files.values())
    rows = json.loads(files["json"].text)
    lines = list(csv.DictReader(io.StringIO(files["csv"].text)))
    assert [row["judgement"] for row in rows] == [row["judgement"] for row in lines]
    assert len(json.loads(files["annotation"].text)["first"]["items"]) == len(rows)
    assert json.loads(files["claimreview"].text)
    assert len(files["jsonl"].text.splitlines()) == len(rows)
    assert client.get(f"{address}/exe").status_code == 404
    assert address in client.get("/check").text


def test_a_check_is_its_visitors_own(desk: Desk, ledger: Ledger, extractor: Extractor) -> None:
    ada = in_threads(desk("team", "reader", name="ada"), ledger, extractor)
    address = begun(ada, text=REPORT)
    assert ada.get(f"{address}/progress").status_code == 200
    ben = TestClient(ada.app, headers=dict(ada.headers))
    from standfast.web.access import COOKIE
    from tests.web.conftest import logged_in

    ben.cookies.set(COOKIE, logged_in(ledger, "ben", "admin"))
    for path in ("", "/progress", "/json"):
        assert ben.get(address + path).status_code == 404
    assert ben.post(f"{address}/end").status_code == 404
    assert address not in ben.get("/check").text
    page_when_done(ada, address)


@pytest.mark.parametrize("level", [None, "reader"])
def test_guests_do_not_check(desk: Desk, level: str | None) -> None:
    client = desk("public", level)  # type: ignore[arg-type]
    assert client.get("/check", follow_redirects=False).status_code == (200 if level else 303)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "none of text, address and file"),
        ({"text": "   \n "}, "none of text, address and file"),
        ({"text": "x", "url": "https://example.org/"}, "more than one of"),
        ({"text": "x" * (LETTERS + 1)}, "letters, more than 200,000"),
        ({"url": "file:///etc/passwd"}, "is no web address"),
        ({"url": "javascript:alert(1)"}, "is no web address"),
        ({"text": "x", "date": "31 February"}, "is no day"),
        ({"text": "x", "as_of": "<b>soon</b>"}, "“&lt;b&gt;soon&lt;/b&gt;” is no day"),
    ],
)
def test_bad_input_is_told_beside_the_form(
    client: TestClient, fields: dict[str, str], told: str
) -> None:
    answer = client.post("/check", data=fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert 'role="alert"' in answer.text
    assert "<textarea" in answer.text


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "empty file"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "picture.png"),
        ("two.jsonl", b'{"text": "We will help."}\n{"text": "They will too."}', "several reports"),
        ("long.txt", b"We will help. " * 15_000, "more than 200,000"),
        ("none.txt", b"12 34 56.", "no sentence in it claims anything"),
    ],
)
def test_files_that_hold_no_report(client: TestClient, name: str, data: bytes, told: str) -> None:
    answer = client.post("/check", files={"file": (name, data)}, follow_redirects=False)
    page = page_when_done(client, answer.headers["location"])
    assert page.status_code == 400
    assert told in page.text
    assert "standfast-" not in page.text  # where it lay is nobody's business


def test_waiting_work_reads_without_script_and_can_be_ended(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker, gate = Kit.checker, threading.Event()
    # However quick the machine is, the first report is not done before the last has come.
    monkeypatch.setattr(Kit, "checker", lambda kit: gate.wait(60) and checker(kit))
    addresses = [begun(client, text=REPORT) for _ in range(3)]
    page = client.get(addresses[2])
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert re.search(r"Next in the queue|before it in the queue", page.text)
    refused = client.post("/check", data={"text": REPORT})
    assert refused.status_code == 503
    assert "3 wait already" in refused.text
    ended = client.post(f"{addresses[2]}/end")
    assert "Ended." in ended.text
    gate.set()
    for one in addresses[:2]:
        client.post(f"{one}/end")
        page_when_done(client, one)


def test_a_quotation_without_an_act_is_found_by_its_words() -> None:
    proof = Evidence("a/b", 0, 9, "long-range, fires", "quoted", 1.0)
    assert place_of(proof) == "/documents/a%2Fb#:~:text=long%2Drange%2C%20fires"
    words = " ".join(f"w{number}" for number in range(40))
    assert place_of(Evidence("a", 0, 9, words, "quoted", 1.0)).endswith(
        "#:~:text=w0%20w1%20w2%20w3%20w4%20w5,w34%20w35%20w36%20w37%20w38%20w39"
    )
