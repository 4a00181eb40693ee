"""Coding in a browser: each decision, conflicts, blind double coding, rulings, downloads."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from standfast.ledger import Ledger
from standfast.model.coding import fold
from standfast.workflow import coding as work
from tests.web.conftest import Desk
from tests.web.desk_makers import ASKED, BATTERIES, MARKUP, SENT

Post = Callable[..., Any]


def key_of(ledger: Ledger, quote: str) -> str:
    return next(one.key for one in ledger.acts() if one.act.quote == quote)


def fields_of(page: str) -> dict[str, str]:
    """Hidden fields of the first form of a page that has them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in reversed(found)}


def decide(client: TestClient, key: str, verdict: str, **more: str) -> Any:
    page = client.get(f"/coding/acts/{key}").text
    hidden = {name: fields_of(page)[name] for name in ("seen", "shown")}
    given = hidden | {"verdict": verdict} | more
    return client.post(f"/coding/acts/{key}", data=given, follow_redirects=False)


FULL = {
    "act-0": "request", "strength-0": "", "obligors-0": "United States; Germany",
    "targets-0": "Ukraine", "theme-0": "military-assistance", "theme2-0": "",
    "deadline-0": "2024-12", "amounts-0": "12 tanks", "quote-0": ASKED, "reaffirms-0": "yes",
}  # fmt: skip


def test_the_queue_leads_to_an_act_and_on_to_the_next(desk: Desk, ledger: Ledger) -> None:
    client = desk("team", "coder", name="ann")
    first = client.get("/coding/next", follow_redirects=False).headers["location"]
    key = first.rsplit("/", 1)[1]
    page = client.get(first).text
    assert html.escape(ledger.act(key).act.quote[:30]) in page or "&#3" in page
    assert "the machine is" in page.lower()
    answer = decide(client, key, "accept")
    assert (answer.status_code, answer.headers["location"]) == (303, "/coding/next")
    second = client.get("/coding/next", follow_redirects=False).headers["location"]
    assert second not in {first, "/coding/next"}
    assert "Accepted" in client.get(second).text


def test_the_queue_is_narrowed(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    there = client.get("/coding/next?act=warning&document=&by=", follow_redirects=False)
    key, _, query = there.headers["location"].rpartition("/")[2].partition("?")
    assert ledger.act(key).act.act == "warning"
    assert query == "act=warning"
    assert "Nothing is left" in client.get("/coding/next?by=nobody").text


def test_mending_resolves_names_and_keeps_the_rest(desk: Desk, ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    assert decide(desk(), key, "mend", **FULL, why="named").status_code == 303
    held = ledger.act(key).act
    assert held.obligors == ("USA", "DEU")
    assert held.themes == ("military-assistance",)
    assert (held.deadline, held.reaffirms, held.conditional) == ("2024-12", True, False)
    assert held.amounts[0].record() == {"value": 12, "unit": "tanks"}
    assert held.speaker == ("UKR",)
    assert held.reasons[0].detail.endswith("named")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("obligors-0", "Atlantis", "no such party"),
        ("deadline-0", "someday", "not a date"),
        ("quote-0", "We will leave at once", "do not stand in the document"),
        ("strength-0", "mighty", "no such strength"),
        ("amounts-0", "lots", "not a figure"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    desk: Desk, ledger: Ledger, field: str, value: str, told: str
) -> None:
    key = key_of(ledger, ASKED)
    answer = decide(desk(), key, "mend", **FULL | {field: value})
    assert answer.status_code == 422
    assert told in answer.text
    assert value in answer.text
    assert "United States; Germany" in answer.text or field == "obligors-0"
    assert ledger.codings(key) == []


def test_a_quote_is_redrawn_by_words_or_by_offsets(desk: Desk, ledger: Ledger) -> None:
    key, client = key_of(ledger, BATTERIES), desk()
    before = ledger.act(key).act
    half = "We will deliver  four air-defence\nbatteries"
    assert decide(client, key, "redraw", **{"quote-0": half}).status_code == 303
    held = ledger.act(key).act
    assert held.quote == "We will deliver four air-defence batteries"
    assert held.obligors == before.obligors
    assert held.items == before.items
    offsets = {"start-0": str(before.start), "end-0": str(before.end), "quote-0": before.quote}
    assert decide(client, key, "redraw", **offsets).status_code == 303
    assert ledger.act(key).act.quote == BATTERIES
    forged = offsets | {"end-0": "999999999999999"}
    assert decide(client, key, "redraw", **forged).status_code == 303
    assert ledger.verify() == []


def test_a_second_decision_builds_on_the_first(desk: Desk, ledger: Ledger) -> None:
    key, client = key_of(ledger, ASKED), desk()
    decide(client, key, "mend", **FULL)
    assert 'value="USA; DEU"' in client.get(f"/coding/acts/{key}").text
    decide(client, key, "redraw", **{"quote-0": "asked Allies to lift limits"})
    held = ledger.act(key).act
    assert (held.quote, held.obligors) == ("asked Allies to lift limits", ("USA", "DEU"))


def test_an_act_is_split_into_two(desk: Desk, ledger: Ledger) -> None:
    key, client = key_of(ledger, SENT), desk()
    assert "Act 3" in client.get(f"/coding/acts/{key}?parts=3").text
    one = {name: FULL[name] for name in FULL if name != "quote-0"} | {"act-0": "delivery"}
    two = {name.replace("-0", "-1"): text for name, text in one.items()}
    quotes = {"quote-0": "Germany has delivered 200 trucks", "quote-1": "worth €30 million",
              "quote-2": ""}  # fmt: skip
    assert decide(client, key, "split", **one, **two, **quotes).status_code == 303
    parts = [a for a in ledger.acts() if a.act.quote in quotes.values()]
    assert [part.act.quote for part in parts] == list(quotes.values())[:2]
    assert parts[0].key == key
    moved = client.get(f"/coding/acts/{parts[1].key}", follow_redirects=False)
    assert moved.headers["location"] == f"/coding/acts/{key}"


def test_rejecting_and_taking_back(desk: Desk, ledger: Ledger) -> None:
    key, client = key_of(ledger, ASKED), desk("team", "coder", name="ann")
    decide(client, key, "reject")
    assert ASKED not in {one.act.quote for one in ledger.acts()}
    assert client.get(f"/coding/acts/{key}").status_code == 200
    latest = ledger.latest_of("ann")
    assert latest is not None
    stale = client.post("/coding/undo", data={"coding": str(latest.id + 7)})
    assert stale.status_code == 400
    back = client.post("/coding/undo", data={"coding": str(latest.id)}, follow_redirects=False)
    assert back.headers["location"] == f"/coding/acts/{key}"
    assert ASKED in {one.act.quote for one in ledger.acts()}
    story = client.get(f"/coding/acts/{key}/history").text
    assert "Rejected" in story
    assert f"takes back {latest.id}" in story


def test_a_form_without_a_decision_is_told(desk: Desk, ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    for verdict in ("", "take", "undo", "destroy"):
        assert decide(desk(), key, verdict).status_code == 422
    assert desk().get("/coding/acts/ffffffffffff").status_code == 404
    assert ledger.codings() == []


def test_a_stale_page_shows_both_and_asks(desk: Desk, ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    ann, bo = desk("team", "coder", name="ann"), desk("team", "coder", name="bo")
    hidden = fields_of(bo.get(f"/coding/acts/{key}").text)
    opened = {name: hidden[name] for name in ("seen", "shown")}
    decide(ann, key, "mend", **FULL)
    answer = bo.post(f"/coding/acts/{key}", data=opened | {"verdict": "reject", "why": "none <b>"})
    assert answer.status_code == 409
    assert "United States" not in answer.text  # codes, as they are kept
    assert "ann" in answer.text
    assert "DEU USA" in answer.text
    again = fields_of(answer.text)
    assert again["why"] == "none <b>"
    kept = bo.post(f"/coding/acts/{key}", data=again, follow_redirects=False)
    assert kept.status_code == 303
    folded = fold(ledger.codings(key))
    assert {who: one.verdict for who, one in folded.readings.items()} == {
        "ann": "mend", "bo": "reject",
    }  # fmt: skip


def test_a_page_shown_before_the_machine_read_anew_is_stale(desk: Desk, ledger: Ledger) -> None:
    key, client = key_of(ledger, ASKED), desk()
    page = fields_of(client.get(f"/coding/acts/{key}").text)
    told = client.post(
        f"/coding/acts/{key}",
        data={"verdict": "accept", "seen": page["seen"], "shown": "0" * 12},
    )
    assert told.status_code == 409
    assert "read this act anew" in told.text


def test_two_code_blind_differ_and_a_third_adjudicates(desk: Desk, ledger: Ledger) -> None:
    ann, bo = desk("team", "coder", name="ann"), desk("team", "coder", name="bo")
    ed = desk("team", "editor", name="ed")
    given = {"many": "1", "double": "100", "coder": ["ann", "bo"], "act": "request"}
    assert ed.post("/coding/assign", data=given).status_code == 200
    (key,) = {one.act_key for one in ledger.assignments()}
    there = [one.get("/coding/next", follow_redirects=False).headers["location"]
             for one in (ann, bo)]  # fmt: skip
    assert there == [f"/coding/acts/{key}"] * 2
    quote = ledger.act(key).act.quote
    decide(ann, key, "mend", **FULL | {"quote-0": quote, "why": "secret of ann"})
    for path in ("", "/history"):
        seen = bo.get(f"/coding/acts/{key}{path}").text
        assert "secret of ann" not in seen
        assert "United States" not in seen
    assert ledger.act(key).act.confidence < 1
    assert decide(bo, key, "reject").status_code == 303
    assert "secret of ann" in bo.get(f"/coding/acts/{key}/history").text
    assert f"/coding/adjudicate/{key}" in ed.get("/coding/adjudicate").text
    page = ed.get(f"/coding/adjudicate/{key}").text
    assert "<mark>DEU USA</mark>" in page
    assert "no such act" in page
    reading = fold(ledger.codings(key)).readings["ann"]
    stale = ed.post(f"/coding/adjudicate/{key}", data={"seen": "0", "take": str(reading.id)})
    assert stale.status_code == 409
    seen = fields_of(page)["seen"]
    took = {"seen": seen, "take": str(reading.id), "why": "the text names them"}
    assert ed.post(f"/coding/adjudicate/{key}", data=took).status_code == 200
    assert ledger.act(key).act.obligors == ("USA", "DEU")
    assert work.item(ledger, key).stand == "ruled"
    ruling = fold(ledger.codings(key)).ruling
    assert ruling is not None
    undone = ed.post(f"/coding/adjudicate/{key}/undo", data={"ruling": str(ruling.id)})
    assert undone.status_code == 200
    assert work.item(ledger, key).stand == "differing"


def test_an_editor_rules_in_words_of_her_own(desk: Desk, ledger: Ledger) -> None:
    key, ed = key_of(ledger, ASKED), desk("team", "editor", name="ed")
    wrong = ed.post(f"/coding/adjudicate/{key}", data={**FULL, "take": "own", "obligors-0": "X?"})
    assert wrong.status_code == 422
    assert ed.post(f"/coding/adjudicate/{key}", data={"take": "9999"}).status_code == 422
    ed.post(f"/coding/adjudicate/{key}", data={**FULL, "take": "own", "seen": "0"})
    assert ledger.act(key).act.obligors == ("USA", "DEU")


def test_agreement_tells_spans_from_fields(desk: Desk, ledger: Ledger) -> None:
    ann, bo = desk("team", "coder", name="ann"), desk("team", "coder", name="bo")
    assert "No act has been read by two" in ann.get("/coding/agreement").text
    for quote in (ASKED, BATTERIES, SENT):
        key = key_of(ledger, quote)
        decide(ann, key, "accept")
        if quote == ASKED:
            decide(bo, key, "mend", **FULL)
        else:
            decide(bo, key, "accept")
    page = ann.get("/coding/agreement").text
    assert "ann and bo" in page
    rows = {(one["measured"], len(one["coders"])): one
            for one in ann.get("/coding/agreement.json").json()}  # fmt: skip
    assert rows["spans", 0]["same"] == 1.0
    assert rows["act", 2]["alpha"] == 1.0
    assert rows["obligors", 2]["same"] == pytest.approx(2 / 3)
    assert ann.get("/coding/agreement.csv").text.startswith("measured,coders,units")


def test_downloads_are_for_those_who_may(desk: Desk, ledger: Ledger) -> None:
    ann, ed = desk("team", "coder", name="ann"), desk("team", "editor", name="ed")
    decide(ann, key_of(ledger, ASKED), "accept")
    for name in ("raw.jsonl", "raw.csv", "raw.zip", "raw-cas.zip", "history.json"):
        assert ann.get(f"/coding/download/{name}").status_code == 403
        assert ed.get(f"/coding/download/{name}").status_code == 200
    for form in (".jsonl", ".csv", ".zip", "-cas.zip"):
        assert ann.get(f"/coding/download/adjudicated{form}").status_code == 200
    assert ann.get("/coding/download/adjudicated.exe").status_code == 404
    packed = zipfile.ZipFile(io.BytesIO(ann.get("/coding/download/adjudicated.zip").content))
    assert packed.namelist() == ["documents/documents.jsonl", "labels.jsonl"]


def test_hostile_words_are_words(desk: Desk, ledger: Ledger) -> None:
    key, client = key_of(ledger, MARKUP), desk()
    why = "<script>alert('why')</script>"
    decide(client, key, "accept", why=why)
    for path in (f"acts/{key}", f"acts/{key}/history", f"adjudicate/{key}"):
        page = client.get(f"/coding/{path}").text
        assert "<script>alert" not in page
        assert "<b>bold" not in page


def test_who_may_not_code_is_sent_away(desk: Desk, ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    reader, coder = desk("team", "reader", name="rea"), desk("team", "coder", name="ann")
    assert reader.get("/coding").status_code == 403
    assert reader.post(f"/coding/acts/{key}", data={"verdict": "accept"}).status_code == 403
    for path in ("adjudicate", f"adjudicate/{key}", "assign"):
        assert coder.get(f"/coding/{path}").status_code == 403
        data = {"many": "1", "double": "0", "take": "none"}
        assert coder.post(f"/coding/{path}", data=data).status_code in {403, 405}
    assert ledger.codings() == []


def test_progress_and_taking_assignments_away(desk: Desk, ledger: Ledger) -> None:
    ann, ed = desk("team", "coder", name="ann"), desk("team", "editor", name="ed")
    alone = {"many": "2", "double": "50", "coder": "ann"}
    assert ed.post("/coding/assign", data=alone).status_code == 422
    assert ed.post("/coding/assign", data=alone | {"coder": "who"}).status_code == 422
    ed.post("/coding/assign", data=alone | {"double": "0"})
    first = ledger.assignments("ann")[0].act_key
    decide(ann, first, "accept")
    row = re.search(r"ann</th>(.*?)</tr>", ann.get("/coding").text, re.DOTALL)
    assert row is not None
    assert re.findall(r'number">([\d.]+)<', row[1])[:5] == ["1", "0", "0", "2", "1"]
    ed.post("/coding/assign/take", data={"coder": "ann"})
    assert [one.act_key for one in ledger.assignments("ann")] == [first]
