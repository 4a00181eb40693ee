"""What the machine missed, in a browser: sentences read, acts added, all of it at once, blind."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from standfast.ledger import Ledger
from standfast.model.coding import fold
from standfast.workflow import coding as work
from standfast.workflow.sentences import reading
from tests.web.conftest import Desk
from tests.web.desk_makers import ASKED, BATTERIES, HELD, MARKUP, SENT
from tests.web.test_coding import decide, fields_of, key_of

DOC = "vilnius-2023"
TEXT_AT = 27
HERE = f"/coding/sentence?document={DOC}&at={TEXT_AT}"
FOUR = "four air-defence batteries"
ACT = {
    "act-0": "delivery", "strength-0": "", "obligors-0": "Germany", "targets-0": "Ukraine",
    "speaker-0": "NATO", "theme-0": "military-assistance", "theme2-0": "", "deadline-0": "",
    "amounts-0": "4 batteries", "quote-0": FOUR, "start-0": "", "end-0": "",
}  # fmt: skip


def say(client: TestClient, verdict: str, there: str = HERE, **more: str) -> Any:
    page = client.get(there)
    assert page.status_code == 200
    hidden = {name: fields_of(page.text)[name] for name in ("seen", "shown")}
    given = hidden | {"verdict": verdict} | more
    return client.post(there, data=given, follow_redirects=False)


def added(ledger: Ledger) -> list[str]:
    found = [one.act for one in ledger.acts()]
    return [one.quote for one in found if any(why.component == "coding" for why in one.reasons)]


def test_an_act_is_added_by_a_plain_form(desk: Desk, ledger: Ledger) -> None:
    client = desk("team", "coder", name="ann")
    reader = desk("team", "reader", name="rea")
    assert ledger.document(DOC).text[TEXT_AT:].startswith(BATTERIES)
    answer = say(client, "add", **ACT, why="it is given")
    assert (answer.status_code, answer.headers["location"]) == (303, HERE)
    (new,) = [one for one in ledger.acts() if one.act.quote == FOUR]
    held = new.act
    assert (held.act, held.obligors, held.targets, held.speaker) == (
        "delivery", ("DEU",), ("UKR",), ("NATO",),
    )  # fmt: skip
    assert held.amounts[0].record() == {"value": 4, "unit": "batteries"}
    page = client.get(HERE).text
    assert "decided by ann on" in page
    assert "Added act 1" in page
    assert f'id="a-{new.key}"' in reader.get(f"/documents/{DOC}").text
    assert FOUR in reader.get("/search?act=delivery&by=DEU").text
    moved = client.get(f"/coding/acts/{new.key}", follow_redirects=False)
    assert moved.headers["location"] == HERE
    story = client.get(f"/coding/acts/{new.key}/history").text
    assert "History of a sentence" in story
    assert "it is given" in story
    undone = client.post(
        "/coding/undo", data={"coding": fields_of(page)["coding"]}, follow_redirects=True
    )
    assert undone.status_code == 200
    assert added(ledger) == []


def test_a_commitment_that_was_added_is_graded(desk: Desk, ledger: Ledger) -> None:
    words = "by the sovereignty of Ukraine"
    at = ledger.document(DOC).text.index(HELD)
    there = f"/coding/sentence?document={DOC}&at={at}"
    promise = ACT | {"act-0": "commitment", "strength-0": "soft", "quote-0": words}
    assert say(desk(), "complete", there, **promise).status_code == 303
    (held,) = [one.act for one in ledger.acts() if one.act.quote == words]
    assert held.checkability is not None
    assert held.checkability_reason
    assert "made soft" not in held.checkability_reason


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("act-0", "", "Say which act it is"),
        ("obligors-0", "Atlantis", "no such party"),
        ("quote-0", "Germany has delivered", "begin in another sentence"),
        ("quote-0", "We will leave at once", "do not stand in the document"),
        ("quote-0", "", "Give the words of an act"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    desk: Desk, ledger: Ledger, field: str, value: str, told: str
) -> None:
    answer = say(desk(), "add", **ACT | {field: value})
    assert answer.status_code == 422
    assert told in html.unescape(answer.text)
    assert 'value="4 batteries"' in answer.text
    assert ledger.codings() == []


def test_what_stands_already_is_to_be_mended(desk: Desk, ledger: Ledger) -> None:
    again = {"act-0": "commitment", "strength-0": "firm", "quote-0": BATTERIES.removesuffix(".")}
    answer = say(desk(), "add", **ACT | again)
    assert "mend it instead" in answer.text
    twice = {name.replace("-0", "-1"): text for name, text in ACT.items()}
    answer = say(desk(), "add", **ACT, **twice)
    assert "mend it instead" in answer.text
    assert ledger.codings() == []


def test_acts_of_ones_own_are_mended_left_out_and_joined_by_others(
    desk: Desk, ledger: Ledger
) -> None:
    client = desk()
    say(client, "add", **ACT)
    more = {name.replace("-0", "-1"): text for name, text in ACT.items()}
    more |= {"quote-1": "the end of 2024", "act-1": "warning"}
    say(client, "add", **ACT | {"obligors-0": "Poland"}, **more)
    assert {one.act.obligors for one in ledger.acts() if one.act.quote == FOUR} == {("POL",)}
    assert added(ledger) == [FOUR, "the end of 2024"]
    say(client, "add", **ACT | {"quote-0": ""}, **more)
    assert added(ledger) == ["the end of 2024"]
    say(client, "complete", **ACT | {"quote-0": ""})
    assert added(ledger) == []


def test_reading_on_goes_from_sentence_to_sentence(desk: Desk, ledger: Ledger) -> None:
    client = desk("team", "coder", name="ann")
    rows = reading(ledger, DOC).rows
    where = client.get(f"/coding/reading?document={DOC}").text
    there = html.unescape(re.findall(r'class="button" href="([^"]+)"', where)[0])
    for at, row in enumerate(rows):
        assert there == f"/coding/sentence?document={DOC}&at={row.start}"
        told = client.get(there).text
        assert f'sentence <span class="number">{at + 1}</span>' in told
        there = say(client, "complete", there).headers["location"]
    assert there.startswith(f"/coding/reading?document={DOC}")
    assert "You have read <span" in client.get(there).text
    assert all(one.read_by("ann") for one in reading(ledger, DOC).rows)
    assert 'number">6</td>' in client.get("/coding").text


def test_a_whole_document_is_marked_and_taken_back(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    page = client.get(f"/coding/reading?document={DOC}").text
    client.post("/coding/reading", data={"document": DOC, "seen": fields_of(page)["seen"]})
    assert all(one.read_by("me") for one in reading(ledger, DOC).rows)
    page = client.get(f"/coding/reading?document={DOC}").text
    assert "Take back what you marked at once (6)" in page
    assert "All at once" not in page
    client.post("/coding/reading/undo", data={"document": DOC})
    assert not any(one.read_by("me") for one in reading(ledger, DOC).rows)
    assert client.post("/coding/reading/undo", data={"document": DOC}).status_code == 400
    client.post("/coding/reading", data={"document": DOC, "seen": "0"})  # an old page
    assert not any(one.read_by("me") for one in reading(ledger, DOC).rows)
    page = client.get(f"/coding/reading?document={DOC}").text
    client.post("/coding/reading", data={"document": DOC, "seen": fields_of(page)["seen"]})
    latest = ledger.latest_of("me")
    assert latest is not None
    client.post("/coding/undo", data={"coding": str(latest.id)})  # as a whole, not the last alone
    assert not any(one.read_by("me") for one in reading(ledger, DOC).rows)


def test_an_overlapping_act_that_was_added_meanwhile_is_a_conflict(
    desk: Desk, ledger: Ledger
) -> None:
    ann, bo = desk("team", "coder", name="ann"), desk("team", "coder", name="bo")
    ed = desk("team", "editor", name="ed")
    hidden = fields_of(bo.get(HERE).text)
    opened = {name: hidden[name] for name in ("seen", "shown")}
    say(ann, "add", **ACT)
    mine = ACT | {"quote-0": "deliver four air-defence batteries", "obligors-0": "France"}
    answer = bo.post(HERE, data=opened | mine | {"verdict": "add", "why": "mine"})
    assert answer.status_code == 409
    assert "decided on this sentence" in answer.text
    assert "<mark>DEU</mark>" in answer.text
    assert "<mark>FRA</mark>" in answer.text
    assert added(ledger) == [FOUR]
    kept = bo.post(HERE, data=fields_of(answer.text), follow_redirects=False)
    assert kept.status_code == 303
    assert added(ledger) == []
    key = work.sentence(ledger, DOC, TEXT_AT).key
    assert "What is missing" in ed.get("/coding/adjudicate").text
    page = ed.get(f"/coding/adjudicate/{key}").text
    assert "Take ann’s" in page
    assert "Take the machine’s" not in page
    took = {"seen": fields_of(page)["seen"], "take": "machine"}
    assert ed.post(f"/coding/adjudicate/{key}", data=took).status_code == 422
    reading_of = fold(ledger.codings(key)).readings
    took |= {"take": str(reading_of["bo"].id)}
    assert ed.post(f"/coding/adjudicate/{key}", data=took).status_code == 200
    assert added(ledger) == ["deliver four air-defence batteries"]
    assert work.item(ledger, key).stand == "ruled"


def test_an_editor_says_herself_what_is_missing(desk: Desk, ledger: Ledger) -> None:
    ann, bo = desk("team", "coder", name="ann"), desk("team", "coder", name="bo")
    ed = desk("team", "editor", name="ed")
    say(ann, "complete", **ACT)
    say(bo, "complete", **ACT | {"quote-0": "the end of 2024", "act-0": "warning"})
    key = work.sentence(ledger, DOC, TEXT_AT).key
    page = ed.get(f"/coding/adjudicate/{key}").text
    assert page.count("<legend>") == 2  # both acts are filled in: they do not overlap
    other = {name.replace("-0", "-1"): text for name, text in ACT.items()}
    own = ACT | other | {"quote-1": "the end of 2024", "act-1": "warning", "take": "own"}
    ed.post(f"/coding/adjudicate/{key}", data=own | {"seen": fields_of(page)["seen"]})
    assert added(ledger) == [FOUR, "the end of 2024"]


def test_sentences_are_given_out_and_read_blind(desk: Desk, ledger: Ledger) -> None:
    ann, bo = desk("team", "coder", name="ann"), desk("team", "coder", name="bo")
    ed = desk("team", "editor", name="ed")
    data = {"document": DOC, "double": "100", "coder": ["ann"]}
    assert ed.post("/coding/assign/document", data=data).status_code == 422
    assert ann.post("/coding/assign/document", data=data).status_code == 403
    ed.post("/coding/assign/document", data=data | {"coder": ["ann", "bo"]})
    assert len(ledger.assignments("bo")) == 6
    first = ann.get("/coding/next", follow_redirects=True)
    assert "sentence <span" in first.text
    say(ann, "complete", **ACT | {"obligors-0": "Norway"}, why="secret of ann")
    assert added(ledger) == []
    seen = bo.get(HERE).text
    assert "NOR" not in seen
    assert "Somebody else has read this too" in seen
    key = work.sentence(ledger, DOC, TEXT_AT).key
    assert "secret of ann" not in bo.get(f"/coding/acts/{key}/history").text
    say(bo, "complete", **ACT | {"obligors-0": "Norway"})
    assert added(ledger) == [FOUR]
    figures = {(one["measured"], len(one["coders"])): one
               for one in ann.get("/coding/agreement.json").json()}  # fmt: skip
    assert figures["spans", 0]["units"] == len(re.findall(r"\w[\w’'-]*", BATTERIES))
    assert figures["act", 0]["same"] == 1


def test_the_queue_does_not_offer_what_people_made(desk: Desk, ledger: Ledger) -> None:
    client = desk("team", "coder", name="ann")
    for one in list(ledger.acts()):
        decide(client, one.key, "accept")
    say(client, "add", **ACT)
    fresh = desk("team", "coder", name="bo")  # a desk that has just been opened
    assert "Nothing is left" in fresh.get("/coding/next").text


def test_words_selected_in_the_document_are_filled_in(desk: Desk, ledger: Ledger) -> None:
    start = ledger.document(DOC).text.index(FOUR)
    coder = desk("team", "coder", name="ann")
    page = coder.get(f"{HERE}&start={start}&end={start + len(FOUR) + 1}").text
    assert f"<mark data-quoted>{FOUR} </mark>" in page
    assert f">{FOUR}</textarea>" in page
    assert f'name="start-0" value="{start}"' in page
    half = coder.get(f"{HERE}&start={start + 2}&end={start + len(FOUR) - 3}").text
    assert f">{FOUR}</textarea>" in half  # whole words
    for odd in ("&start=9&end=3", "&start=0&end=999999", "&end=5", "&start=5"):
        assert coder.get(HERE + odd).status_code == 200
    assert coder.get(f"/coding/sentence?document={DOC}&at=99999").status_code == 404
    assert coder.get("/coding/sentence?document=no-such").status_code == 404
    for who, sees in (("coder", True), ("reader", False)):
        text = desk("team", who).get(f"/documents/{DOC}").text  # type: ignore[arg-type]
        assert ("data-missing=" in text) == sees
        assert ("/coding/reading" in text) == sees


def test_hostile_words_are_words(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    there = client.get(f"/coding/acts/{key_of(ledger, MARKUP)}").text
    link = html.unescape(re.findall(r'href="(/coding/sentence[^"]+)"', there)[0])
    answer = say(
        client, "add", link, **ACT | {"quote-0": '<script>alert("quote")</script>'}, why="<b>x</b>"
    )
    assert answer.status_code == 303
    item = work.sentence(ledger, "x%2F..'\"<i>", 8)
    for path in (link, f"/coding/acts/{item.key}/history", f"/coding/adjudicate/{item.key}",
                 link.replace("/sentence?", "/reading?")):  # fmt: skip
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<b>x" not in page.text


def test_a_form_without_a_decision_is_told(desk: Desk, ledger: Ledger) -> None:
    for verdict in ("", "accept", "undo", "reject"):
        assert say(desk(), verdict).status_code == 422
    page = fields_of(desk().get(HERE).text)
    stale = desk().post(HERE, data={"verdict": "complete", "seen": page["seen"], "shown": "0"})
    assert stale.status_code == 409
    assert SENT not in stale.text
    assert ASKED not in stale.text
    assert ledger.codings() == []
