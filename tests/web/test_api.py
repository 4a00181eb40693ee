"""The API says what the command line and Python say, page by page, while the ledger grows."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from standfast.cli.app import app as program
from standfast.ledger import Ledger
from standfast.lineage.deciding import Ruling
from standfast.parties import Registry
from standfast.web.access import digest
from standfast.workflow import coding as work
from standfast.workflow import commitment, commitments, endurance, link, summit
from standfast.workflow.coded_sets import Kind, coded
from standfast.workflow.rulings import decide
from standfast.workflow.sentences import read_whole, take_whole_back
from tests.ledger.ledger_makers import put
from tests.web.conftest import Desk
from tests.workflow.line_makers import yearly

V1 = "/api/v1"


def every(client: TestClient, address: str) -> list[dict[str, Any]]:
    """All rows of a list, page by page."""
    found: list[dict[str, Any]] = []
    following: str | None = V1 + address
    while following:
        page = client.get(following)
        assert page.status_code == 200, page.text
        found += page.json()["items"]
        following = page.json()["next"]
        assert len(found) <= page.json()["total"]
    return found


def said(ledger: Ledger, *words: str) -> list[dict[str, Any]]:
    """The same by the command line."""
    done = CliRunner().invoke(program, [*words, "--ledger", ledger.target, "--format", "json"])
    assert done.exit_code == 0, done.output
    rows: list[dict[str, Any]] = json.loads(done.output)
    return rows


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ()),
        ("by=NATO", ("--by", "NATO")),
        ("by=Germany,NATO&to=UKR", ("--by", "DEU,NATO", "--for", "UKR")),
        ("act=commitment&act=delivery", ("--act", "commitment,delivery")),
        ("theme=food-security", ("--theme", "food-security")),
        ("strength=soft", ("--strength", "soft")),
        ("checkability=specific", ("--checkability", "specific")),
        ("speaker=UKR", ("--speaker", "UKR")),
        ("since=2022-01-01&until=2023-07-11", ("--since", "2022-01-01", "--until", "2023-07-11")),
        ("text=grain+ships", ("--text", "grain ships")),
        ("document=vilnius-2023", ("--document", "vilnius-2023")),
    ],
)
@pytest.mark.parametrize("limit", [2, 500])
def test_acts_are_those_of_the_command_line(
    desk: Desk, ledger: Ledger, query: str, words: tuple[str, ...], limit: int
) -> None:
    rows = said(ledger, "acts", *words)
    assert rows
    assert every(desk(), f"/acts?{query}&limit={limit}") == rows


def test_an_act_by_its_key_and_its_beginning(desk: Desk, ledger: Ledger) -> None:
    stored = ledger.acts()[0]
    for key in (stored.key, stored.key[:11]):
        found = desk().get(f"{V1}/acts/{key}").json()
        assert {k: v for k, v in found.items() if k != "commitments"} == stored.record()
    for key in ("zzz", "%00", "0" * 100):
        assert desk().get(f"{V1}/acts/{key}").status_code == 404


def test_commitments_are_those_of_python(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    rows = every(client, "/commitments?limit=2")
    found = commitments(ledger)
    assert {row["id"] for row in rows} == {one.id for one, _ in found}
    by_id = {one.id: (one, where) for one, where in found}
    for row in rows:
        one, where = by_id[row["id"]]
        assert row["standing"] == where.record()
        assert row["mentions"] == len(one.documents)
        whole = client.get(f"{V1}/commitments/{row['id']}").json()
        assert whole == {**one.record(), "standing": where.record()}
    numbers = [row["mentions"] for row in rows]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("day", ["2021-12-31", "2022-12-31", "2023-07-11"])
def test_commitments_as_of_a_day(desk: Desk, ledger: Ledger, day: str) -> None:
    found = commitments(ledger, as_of=dt.date.fromisoformat(day))
    rows = every(desk(), f"/commitments?as_of={day}&limit=1")
    assert desk().get(f"{V1}/commitments?as_of={day}").json()["total"] == len(rows)
    assert {row["id"]: row["standing"] for row in rows} == {
        one.id: where.record() for one, where in found
    }
    many = commitments(ledger, as_of=dt.date.fromisoformat(day), mentions=2, state=("standing",))
    narrowed = every(desk(), f"/commitments?as_of={day}&mentions=2&state=standing")
    assert {row["id"] for row in narrowed} == {one.id for one, _ in many}


@pytest.mark.parametrize(
    ("query", "given"),
    [
        ("by=NATO", {"by": ("NATO",)}),
        ("to=RUS", {"to": ("RUS",)}),
        ("kind=promise", {"kind": ("promise",)}),
        ("theme=food-security", {"theme": ("food-security",)}),
        ("mentions=2", {"mentions": 2}),
        ("state=silent&state=standing", {"state": ("silent", "standing")}),
        ("text=support", {"text": "support"}),
    ],
)
def test_filters_of_commitments(
    desk: Desk, ledger: Ledger, query: str, given: dict[str, Any]
) -> None:
    rows = every(desk(), f"/commitments?{query}")
    assert {row["id"] for row in rows} == {one.id for one, _ in commitments(ledger, **given)}


def test_a_commitment_before_anybody_spoke_of_it_and_one_that_was_merged(
    desk: Desk, ledger: Ledger
) -> None:
    client = desk()
    first, second = (one.id for one in ledger.commitments()[:2])
    early = client.get(f"{V1}/commitments/{first}?as_of=1990-01-01")
    assert early.status_code == 404
    assert early.json()["remedy"].startswith("first on")
    _, where = commitment(first, ledger, as_of=dt.date(2022, 1, 1))
    then = client.get(f"{V1}/commitments/{first}?as_of=2022-01-01").json()
    assert then["standing"] == where.record()
    decide(ledger, Ruling("merge", first, other=second), who="ada", why="the same")
    moved = client.get(f"{V1}/commitments/{second}?as_of=2023-01-01", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["location"] == f"{V1}/commitments/{first}?as_of=2023-01-01"
    assert client.get(f"{V1}/decisions").json()["items"][0]["why"] == "the same"


def test_documents_their_texts_and_acts(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    assert every(client, "/documents?limit=2") == said(ledger, "documents")
    for query, words in (
        ("issuer=NATO", ("--issuer", "NATO")),
        ("text=communiqué", ("--text", "communiqué")),
        ("since=2023-01-01&until=2023-12-31", ("--since", "2023-01-01", "--until", "2023-12-31")),
        ("publisher=chancel", ("--publisher", "chancel")),
        ("kind=communique", ("--kind", "communique")),
    ):
        assert every(client, f"/documents?{query}") == said(ledger, "documents", *words), query
    for info in ledger.documents():
        if "%" in info.doc:  # Starlette's test client takes it for a sign of quoting
            continue
        address = f"{V1}/documents/{quote(info.doc, safe='')}"
        shown = client.get(address).json()
        assert shown["doc"] == info.doc
        assert shown["versions"][0]["current"] is True
        text = client.get(address + "/text").json()["text"]
        acts = client.get(address + "/acts").json()
        assert acts["total"] == info.acts
        for act in acts["items"]:
            assert text[act["start"] : act["end"]] == act["quote"]
    assert client.get(f"{V1}/documents/vilnius").json()["remedy"].startswith("did you mean")


def test_parties_themes_occasions_and_endurance(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    parties = every(client, "/parties?limit=100")
    assert [row["code"] for row in parties] == [one.code for one in Registry.load().parties()]
    nato = client.get(f"{V1}/parties/NATO?on=2021-06-14").json()
    assert len(nato["members"]) == 30
    assert nato["acts_by"] == len(said(ledger, "acts", "--by", "NATO"))
    known = {row["theme"]: row for row in said(ledger, "themes")}
    for row in every(client, "/themes?limit=7"):
        assert row == known[row["theme"]]
    assert every(client, "/occasions?limit=1") == said(ledger, "occasions")
    (vilnius,) = every(client, "/occasions?series=nato&since=2023-01-01&until=2023-12-31")
    told = client.get(f"{V1}/occasions/{vilnius['id']}/summit").json()
    assert told == summit(vilnius["id"], ledger).record()
    assert client.get(f"{V1}/occasions/{vilnius['id']}").json() == vilnius
    whole = client.get(f"{V1}/endurance?by=DEU&split=strength").json()
    assert whole == json.loads(
        json.dumps(endurance(ledger, by=("DEU",), split="strength").record())
    )


def test_a_cursor_holds_while_the_ledger_grows_and_shrinks(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    before = [row["id"] for row in every(client, "/acts?limit=500")]
    page = client.get(f"{V1}/acts?limit=4").json()
    seen = [row["id"] for row in page["items"]]
    put(ledger, *yearly(2020, "We will train the armed forces of Ukraine in winter as well."))
    put(ledger, *yearly(2024, "We will train the armed forces of Ukraine in summer as well."))
    rest = [row["id"] for row in every(client, page["next"].removeprefix(V1))]
    assert not set(seen) & set(rest)
    assert set(before) - set(seen) <= set(rest)  # nothing is left out
    old = client.get(f"{V1}/acts?limit=4").json()["next"]
    for one in ledger.batches()[:2]:
        ledger.take_back(one.id)
    left = [row["id"] for row in every(client, old.removeprefix(V1))]
    assert set(left) <= set(before)


def test_a_cursor_that_is_none(desk: Desk) -> None:
    for address in ("/acts", "/commitments", "/documents", "/parties", "/batches", "/decisions"):
        for cursor in ("x", "e30", "WzFd" * 9, "W251bGxd", "é", "WzFlOTld"):
            answer = desk().get(f"{V1}{address}", params={"cursor": cursor})
            assert answer.status_code == 400, (address, cursor, answer.text)
            assert answer.json()["remedy"]


def test_tags_hold_until_something_changes(desk: Desk, ledger: Ledger) -> None:
    client = desk("public", "reader")
    first = client.get(f"{V1}/acts?limit=1")
    tag = {"if-none-match": first.headers["etag"]}
    again = client.get(f"{V1}/acts?limit=1", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{V1}/acts?limit=2", headers=tag).status_code == 200
    guest = desk("public").get(f"{V1}/acts?limit=1", headers=tag)
    assert guest.status_code == 200
    put(ledger, *yearly(2025, "We will train the armed forces of Ukraine for good."))
    assert client.get(f"{V1}/acts?limit=1", headers=tag).status_code == 200
    link(ledger)


def test_guests_are_not_told_of_paths_on_the_machine(desk: Desk, ledger: Ledger) -> None:
    guest, reader = desk("public"), desk("public", "reader")
    for address in ("/acts", "/documents", "/documents/memo", "/documents/memo/acts"):
        assert "/in/memo.txt" in reader.get(V1 + address + "?limit=500").text
        assert "/in/" not in guest.get(V1 + address + "?limit=500").text
    for one in ledger.commitments():
        assert "/in/" not in guest.get(f"{V1}/commitments/{one.id}").text


def test_faults_are_a_sentence_with_what_to_do(desk: Desk) -> None:
    client = desk()
    for address, code, words in (
        ("/acts?by=Atlantis", 400, "Atlantis"),
        ("/acts?theme=food-securitie", 400, "food-security"),
        ("/acts?act=promise", 422, "act"),
        ("/acts?since=2023-02-30", 422, "since"),
        ("/acts?since=1700000000", 422, "since"),
        ("/acts?limit=0", 422, "limit"),
        ("/acts?limit=501", 422, "limit"),
        ("/acts?document=vilnius", 404, "vilnius"),
        ("/parties/XXX", 404, "XXX"),
        ("/occasions/none", 404, "none"),
        ("/nothing", 404, "no such page"),
        ("/endurance?between=strength%3Dfirm", 400, "between"),
    ):
        answer = client.get(V1 + address)
        told = answer.json()
        assert answer.status_code == code, address
        assert set(told) == {"error", "remedy"}
        assert words in told["error"] + told["remedy"], told
    refused = desk("team").get(f"{V1}/acts")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert "Authorization: Bearer" in refused.json()["remedy"]


def test_a_report_is_checked_by_a_program_with_a_key(desk: Desk, ledger: Ledger) -> None:
    ledger.add_account("bot", "reader", "!")
    ledger.add_token("bot", "test", digest("k"))
    client = desk("public")
    del client.headers["origin"]
    words = "NATO promised Ukraine four air-defence batteries by the end of 2024."
    report = {"text": words, "date": "2023-08-01"}
    assert client.post(f"{V1}/checks", json=report).status_code == 401
    key = {"authorization": "Bearer k"}
    answer = client.post(f"{V1}/checks", json=report, headers=key)
    while answer.status_code == 202:
        answer = client.get(answer.headers["location"], headers=key)
    told = answer.json()
    assert told["state"] == "done", told
    (claim,) = told["result"]["claims"]
    assert claim["judgement"] == "supported"
    assert claim["evidence"][0]["document"] == "vilnius-2023"
    assert client.get(f"{V1}/checks/{told['id']}", headers=key).json() == told
    other = desk("public", "reader", name="eve").get(f"{V1}/checks/{told['id']}")
    assert other.status_code == 404
    empty = client.post(f"{V1}/checks", json={"text": "  "}, headers=key)
    assert empty.status_code == 400
    client.app.state.jobs.close()  # type: ignore[attr-defined]


def test_a_program_on_ones_own_machine_needs_no_key_but_json(desk: Desk) -> None:
    client = desk()
    del client.headers["origin"]
    form = client.post(f"{V1}/checks", data={"text": "x"})
    assert form.status_code == 403
    assert client.post(f"{V1}/checks", json={"text": " "}).status_code == 400
    foreign = client.post(
        f"{V1}/checks", json={"text": " "}, headers={"origin": "http://e.example"}
    )
    assert foreign.status_code == 403


def test_codings_are_those_of_the_command_line(desk: Desk, ledger: Ledger) -> None:
    doc = "vilnius-2023"
    for who in ("ann", "bo"):
        for one in ledger.machine_acts(doc):
            on = work.item(ledger, one.key)
            work.decide(ledger, on, "accept", who=who, seen=on.seen_by(who))
    read_whole(ledger, doc, who="ann", seen=ledger.last_coding())
    ann, ed = desk("team", "coder", name="ann"), desk("team", "editor", name="ed")
    kinds: tuple[Kind, ...] = ("adjudicated", "raw")
    for kind in kinds:
        wanted = [{"coder": "", **one.line()} for one in coded(ledger, kind).sentences]
        address = f"codings?limit=2&raw={kind == 'raw'}"
        assert every(ed, f"/{address}") == wanted
        assert wanted
    mine = every(ann, "/codings?raw=true")
    assert {one["coder"] for one in mine} == {"ann"}
    assert len(mine) == 6
    assert {one["text"]: one["complete"] for one in mine}["Vilnius Summit Communiqué"]
    assert [one["coder"] for one in every(ed, "/codings?coder=bo")] == ["bo"] * 5
    assert ann.get(f"{V1}/codings?coder=bo").status_code == 403
    assert ann.get(f"{V1}/codings/history?coder=bo").status_code == 403
    assert every(ann, "/codings?document=memo") == []
    assert every(ed, "/codings?complete=true&coder=bo") == []
    assert every(ed, "/codings/history?limit=4") == [
        one.record() for one in ledger.codings()
    ]  # fmt: skip
    readings = [one for one in every(ann, "/codings/history") if one["step"] == "coding"]
    assert {one["who"] for one in readings} == {"ann"}
    assert [one["id"] for one in said(ledger, "codings")] == [one.id for one in ledger.codings()]
    tag = ann.get(f"{V1}/codings").headers["etag"]
    asked = {"if-none-match": tag}
    assert ann.get(f"{V1}/codings", headers=asked).status_code == 304
    assert ed.get(f"{V1}/codings", headers=asked).status_code == 200
    take_whole_back(ledger, doc, who="ann")  # which changes nothing that readers see
    assert ann.get(f"{V1}/codings", headers=asked).status_code == 200
    assert ann.get(f"{V1}/codings?cursor=x").status_code == 400


def test_the_page_and_the_description_name_every_call(desk: Desk) -> None:
    client = desk("public")
    described = client.get(f"{V1}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    page = client.get("/api").text
    assert "<script" not in page.replace('<script src="/static/', "")
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert f"{path}</code>" in page
            assert operation["description"]
            assert "200" in operation["responses"]
