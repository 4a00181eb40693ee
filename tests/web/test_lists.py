"""Lists of acts, commitments and documents: choices, numbers, words, marks, order, addresses."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfast.extraction.spelling import spellings
from standfast.ledger import ActQuery, Coded, Ledger, Many, many
from standfast.model import StandfastError
from standfast.web.asking import day_of
from standfast.web.facets import Choice
from standfast.web.found_words import marked
from standfast.workflow import link
from tests.ledger.ledger_makers import act, document, put
from tests.web.conftest import Desk
from tests.web.desk_makers import MARKUP

_VALUES = st.sets(st.sampled_from("abcd"), max_size=3)
_ROWS = st.lists(st.tuples(st.sampled_from(["x", "y", "z", None]), _VALUES), max_size=30)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    _ROWS,
    st.lists(st.sampled_from(["x", "y", "gone"]), max_size=2),
    st.lists(st.sampled_from(["a", "b", "gone"]), max_size=2),
    st.integers(0, 3),
)
def test_counts_are_those_of_a_plain_count(
    rows: list[tuple[str | None, set[str]]], one: list[str], some: list[str], every: int
) -> None:
    names = ("x", "y", "z")
    single = Coded(names, np.array([names.index(v) if v else -1 for v, _ in rows], dtype=np.int64))
    several: Many = many(
        ((at, v) for at, (_, values) in enumerate(rows) for v in values), len(rows)
    )
    within = np.array([at % 4 >= every for at in range(len(rows))], dtype=np.bool_)
    facets: dict[str, Coded | Many] = {"one": single, "some": several}
    choice = Choice(len(rows), facets, {"one": one, "some": some}, [within])

    def fits(at: int, *, without: str = "") -> bool:
        value, values = rows[at]
        return (
            at % 4 >= every
            and (without == "one" or not one or value in one)
            and (without == "some" or not some or bool(values & set(some)))
        )

    assert choice.rows.tolist() == [at for at in range(len(rows)) if fits(at)]
    for name in ("one", "some"):
        kept = [at for at in range(len(rows)) if fits(at, without=name)]
        got = {count.value: count.number for count in choice.counts(name) if count.number}
        plain: dict[str, int] = {}
        for at in kept:
            for value in {rows[at][0]} if name == "one" else rows[at][1]:
                if value:
                    plain[value] = plain.get(value, 0) + 1
        assert got == plain


def test_the_numbers_on_a_page_are_those_of_the_ledger(desk: Desk, ledger: Ledger) -> None:
    page = desk().get("/search?by=DEU").text
    wanted = ledger.acts(ActQuery(by=("DEU",)))
    assert f'<span class="number">{len(wanted)}</span> fit' in page
    promised = sum(one.act.act == "commitment" for one in wanted)
    assert re.search(rf">Commitment</a> <span class=\"number\">{promised}</span>", page)


def test_tabs_count_the_same_question_in_all_lists(desk: Desk) -> None:
    client = desk()
    page = client.get("/search?q=batteries").text
    told = dict(re.findall(r'href="/(\w+)\?q=batteries"[^>]*>\w+ <span class="number">(\d+)', page))
    assert set(told) == {"search", "commitments", "documents"}
    for name, number in told.items():
        there = client.get(f"/{name}?q=batteries").text
        assert re.search(rf'<span class="number">{number}</span> fits?\b', there), name


def test_a_choice_that_means_something_else_does_not_go_along(desk: Desk) -> None:
    page = desk().get("/commitments?kind=promise&to=UKR").text
    assert 'href="/search?to=UKR"' in page
    assert 'href="/documents?to=UKR"' in page


@pytest.mark.parametrize("typed", ["germany", "Federal Republic of Germany", "deu"])
def test_a_party_is_found_by_its_name(desk: Desk, typed: str) -> None:
    answer = desk().get("/search", params={"by": typed, "q": "", "since": ""})
    assert answer.url.query == b"by=DEU"


def test_a_party_that_nobody_knows_is_told_with_near_ones(desk: Desk) -> None:
    page = desk().get("/search?by=Germny").text
    assert "No party is called “Germny”" in page
    assert 'href="/search?by=DEU"' in page
    assert '<span class="number">0</span> fit' in page


def test_the_other_spelling_is_found_and_marked(desk: Desk) -> None:
    page = desk().get("/search?q=defense").text
    assert "four air-<mark>defence</mark> batteries" in page


@pytest.mark.parametrize(
    ("word", "other"),
    [("air defence", "air defense"), ("Programs", "programmes"), ("mobilise", "mobilize")],
)
def test_spellings_go_both_ways(word: str, other: str) -> None:
    assert other.casefold() in spellings(word)
    assert word.casefold() in {one.casefold() for one in spellings(other)}


def test_words_that_are_spelled_alike_have_no_other_spelling() -> None:
    assert spellings("grain ships") == ()
    assert len(spellings("defence " * 40)) < 8


@given(st.text(alphabet="ab<&\"'>\x02é ", max_size=30), st.data())
def test_marks_lose_nothing_and_let_nothing_run(text: str, data: Any) -> None:
    place = st.integers(0, 31)
    spans = data.draw(st.lists(st.tuples(place, place), max_size=5))
    shown = marked(text, spans)
    bare = re.sub("</?mark>", "", str(shown))
    assert "<" not in bare
    assert shown.striptags() == " ".join(text.split()) or bare == str(marked(text, ()))


HOSTILE = ['"><script>alert(1)</script>', "' OR 1=1 --", '"', "a\x00b", "*", "NEAR(", "\ud800", "%"]


@pytest.mark.parametrize("path", ["/search", "/commitments", "/documents", "/feeds/search.atom"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(desk: Desk, path: str, text: str) -> None:
    said = quote(text.encode("utf-8", "surrogatepass"))
    answer = desk().get(f"{path}?q={said}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_hostile_quotes_and_titles_are_shown_as_they_are(desk: Desk) -> None:
    client = desk()
    for path in ("/search?q=terms", "/documents", "/commitments", "/", "/changes"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    page = client.get("/search?q=publish").text
    assert "We will <mark>publish</mark> &lt;script&gt;" in page
    assert MARKUP not in page


def test_too_many_words_are_told_in_a_sentence(desk: Desk) -> None:
    answer = desk().get("/search", params={"q": " ".join(f"w{n}" for n in range(80))})
    assert answer.status_code == 400
    assert "64 at most" in answer.text


@pytest.mark.parametrize(("sort", "first"), [("latest", "2024-07-10"), ("earliest", "2021-06-14")])
def test_acts_in_the_order_asked_for(desk: Desk, sort: str, first: str) -> None:
    rows = desk().get(f"/search.json?sort={sort}").json()
    assert rows[0]["date"] == first
    assert rows[-1]["date"] is None


def test_the_most_mentioned_come_first(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    rows = client.get("/search.json?sort=mentions").json()
    lines = client.get("/commitments.json").json()
    assert lines[0]["texts"] == max(one["texts"] for one in lines)
    assert lines[0]["id"] in rows[0]["commitments"]
    assert rows[0]["commitments"] == list(ledger.lines_of([rows[0]["id"]])[rows[0]["id"]])


def test_deadlines_to_come_and_passed(desk: Desk, ledger: Ledger) -> None:
    bridges, grain = "We will rebuild six bridges.", "We will ship grain to Yemen."
    note = document("due", f"Note\n\n{bridges} {grain}", blocks=(), origins={})
    later = act(note, bridges, targets=("MDA",), deadline="2030-06")
    put(ledger, note, [later, act(note, grain, targets=("YEM",), deadline="2024-03-01")])
    link(ledger)
    latest = max(one.date for one in ledger.documents() if one.date)
    client = desk()
    coming = client.get("/commitments.json?due=coming&sort=due").json()
    passed = client.get("/commitments.json?due=passed").json()
    assert [(one["wording"], one["due"]) for one in coming] == [(bridges, "2030-06-30")]
    assert {(one["wording"], one["due"]) for one in passed} == {(grain, "2024-03-01")}
    assert passed[0]["due"] <= latest.isoformat() < coming[0]["due"]
    front = client.get("/").text
    assert front.index("What falls due") < front.index(bridges)
    assert front.index("Lately passed") < front.index(grain)


def test_days_bound_what_is_listed(desk: Desk) -> None:
    rows = desk().get("/search.json?since=2022&until=2022-06").json()
    assert {one["date"] for one in rows} == {"2022-06-14"}
    page = desk().get("/search?since=2022&until=2022-06")
    assert page.url.query == b"since=2022-01-01&until=2022-06-30"


@pytest.mark.parametrize("text", ["2023-13", "yesterday", "2023-02-30", "٢٠٢٣"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(StandfastError, match="is no day"):
        day_of(text, "since")


def test_standing_narrows_acts_by_their_lines(desk: Desk) -> None:
    client = desk()
    lines = {one["id"]: one["state"] for one in client.get("/commitments.json").json()}
    for state in set(lines.values()):
        rows = client.get(f"/search.json?state={state}").json()
        assert rows
        assert all(state in {lines[one] for one in row["commitments"]} for row in rows)
    total = len(client.get("/search.json").json())
    assert total > len(client.get("/search.json?state=silent").json())


def test_an_act_names_its_line(desk: Desk, ledger: Ledger) -> None:
    line = ledger.commitments()[0]
    page = desk().get("/search?sort=mentions").text
    assert f'<a href="/commitments/{quote(line.id, safe="")}">' in page
    assert "In the line" in page


def test_pages_are_kept_and_not_sent_twice(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    first = client.get("/search")
    again = client.get("/search", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    ledger.decide(who="me", why="", subject="act", key="x", field="y", value=1)
    plain = client.get("/search", headers={"accept-encoding": "identity"})
    assert plain.headers.get("content-encoding") is None
    assert plain.text == client.get("/search").text
