"""Pages of single things on a small linked ledger: their words, numbers, links and refusals."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from standfast.ledger import Ledger
from standfast.lineage.deciding import Ruling
from standfast.model import Block, Document
from standfast.web.text_marks import marked
from standfast.workflow import endurance
from standfast.workflow.lives import lives_of
from standfast.workflow.rulings import decide
from standfast.workflow.viewing import View
from tests.ledger.ledger_makers import act, document, put
from tests.web.conftest import Desk
from tests.web.desk_makers import MARKUP, hostile


class _Texts(HTMLParser):
    """The text of an element with a class, and the identifiers in it."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self._wanted, self._depth = wanted, 0
        self.text, self.ids = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._depth or self._wanted in (given.get("class") or "").split():
            self._depth += tag not in {"br", "img", "input"}
            self.ids += [given["id"] or ""] if "id" in given else []

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1 if self._depth else 0

    def handle_data(self, data: str) -> None:
        self.text += data if self._depth else ""


def read(html: str, wanted: str) -> _Texts:
    found = _Texts(wanted)
    found.feed(html)
    return found


def training_line(ledger: Ledger) -> str:
    """The line of the training that is promised each year, its three mentions joined by hand."""
    keys = [
        one.key
        for one in ledger.acts()
        if one.act.doc.startswith("statement-") and one.act.act == "commitment"
    ]
    names = [ledger.lines_of([key])[key][0] for key in keys]
    for other in dict.fromkeys(names[1:]):
        if other != names[0]:
            decide(ledger, Ruling("merge", names[0], other), who="me", why="the same training")
    return names[0]


def address(doc: str) -> str:
    """A document's address; twice quoted, as the test client unquotes once more than a server."""
    return f"/documents/{quote(quote(doc, safe=''), safe='')}"


def stored(ledger: Ledger, doc: str) -> list[str]:
    return [one.key for one in ledger.acts() if one.act.doc == doc]


@pytest.mark.parametrize(
    "path",
    ["/parties", "/parties/DEU", "/themes", "/themes/training-and-capacity", "/occasions",
     "/endurance", "/matrix", "/documents/vilnius-2023", "/documents/memo"],
)  # fmt: skip
def test_every_page_has_one_heading_and_nothing_inline(desk: Desk, path: str) -> None:
    answer = desk().get(path)
    assert answer.status_code == 200
    assert len(re.findall("<h1", answer.text)) == 1
    assert not re.search(r"\sstyle=|\son\w+=|<script(?! src=)|<style", answer.text)


def test_text_with_marks_gives_the_text_back_exactly(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    for one in ledger.texts():
        found = read(client.get(address(one.id)).text, "text")
        assert found.text.removeprefix("\n").removesuffix("\n") == one.text
        assert found.ids == [f"a-{key}" for key in stored(ledger, one.id)]


def overlapping() -> tuple[Document, list[object]]:
    text = "# Note\n\nWe will send aid and ask them to pay.\n\n- one <b>item</b> & more\n"
    blocks = (
        Block("heading", 0, 6, level=1),
        Block("paragraph", 8, 45),
        Block("list-item", 47, len(text) - 1, level=1, stem=(8, 45)),
    )
    note = document("over", text, blocks=blocks, date=dt.date(2024, 1, 2), origins={})
    return note, [
        act(note, "We will send aid and ask"),
        act(note, "send aid"),
        act(note, "aid and ask them to pay", "request"),
        act(note, "ask them to pay.\n\n- one <b>item", "affirmation"),
    ]


def test_acts_that_nest_cross_and_run_over_blocks(tmp_path: object, ledger: Ledger) -> None:
    note, acts = overlapping()
    put(ledger, note, acts)  # type: ignore[arg-type]
    held = [one for one in ledger.acts() if one.act.doc == "over"]
    html = f'<div class="text">{marked(note, held)}</div>'
    found = read(html, "text")
    assert found.text == note.text
    assert sorted(found.ids) == sorted(f"a-{one.key}" for one in held)
    assert html.count("<mark") == html.count("</mark>") > len(held)
    assert "<b>" not in html
    for one in held:  # an act's element begins at its words
        after = re.sub("<[^>]*>", "", html.partition(f'id="a-{one.key}"')[2].partition(">")[2])
        assert after.startswith(one.act.quote[:8])


def test_list_and_text_lead_to_each_other(desk: Desk, ledger: Ledger) -> None:
    html = desk().get("/documents/vilnius-2023").text
    for key in stored(ledger, "vilnius-2023"):
        assert f'href="#a-{key}"' in html
        assert f'href="#l-{key}"' in html
        assert f'id="l-{key}"' in html


def test_hostile_titles_texts_and_sources_stay_text(desk: Desk) -> None:
    name = hostile()[0].id
    html = desk().get(address(name)).text
    assert MARKUP in read(html, "text").text
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html


def test_older_version_is_shown_without_marks(desk: Desk, ledger: Ledger) -> None:
    put(ledger, document("memo", "Memo\n\nOther words now.", date=None, sha256="0" * 64), [])
    client = desk()
    assert "Other words now." in client.get("/documents/memo").text
    older = client.get("/documents/memo?version=1").text
    assert "grain exports" in older
    assert "<mark" not in older
    assert client.get("/documents/memo?version=9").status_code in {400, 404}


def test_line_tells_mentions_drift_and_standing(desk: Desk, ledger: Ledger) -> None:
    name = training_line(ledger)
    html = desk().get(f"/commitments/{name}").text
    one = ledger.commitment(name)
    for member in one.members:
        assert f"/documents/{member.act.doc}#a-{member.key}" in html
    assert "<del>" in html
    assert "<ins>" in html
    assert ledger.standings([name])[name].state in read(html, "standing-now").text


def test_as_of_changes_the_standing(desk: Desk, ledger: Ledger) -> None:
    name, client = training_line(ledger), desk()
    early = read(client.get(f"/commitments/{name}?as_of=2021-12-31").text, "standing-now").text
    late = read(client.get(f"/commitments/{name}").text, "standing-now").text
    assert "as long as it takes" in early
    assert "stand ready" in late
    before = client.get(f"/commitments/{name}?as_of=2019-01-01").text
    assert "Nobody had spoken of it yet" in before


def test_slider_leads_to_the_day(desk: Desk, ledger: Ledger) -> None:
    name = training_line(ledger)
    answer = desk().get(f"/commitments/{name}?at=0", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/commitments/{name}?as_of=2021-06-14"


def test_merged_line_redirects_to_where_its_acts_went(desk: Desk, ledger: Ledger) -> None:
    line, other = training_line(ledger), ledger.lines_of(stored(ledger, "memo"))
    gone = next(iter(other.values()))[0]
    decide(ledger, Ruling("merge", line, gone), who="me", why="the same")
    answer = desk().get(f"/commitments/{gone}?show=all", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/commitments/{line}?show=all"


def test_renamed_line_is_found_by_the_act_it_was_called_after(desk: Desk, ledger: Ledger) -> None:
    key = stored(ledger, "memo")[0]
    one = ledger.commitment(ledger.lines_of([key])[key][0])
    rest = [each for each in ledger.commitments() if each.id != one.id]
    ledger.write_lines([*rest, replace(one, id="grain.pol.ukr")])
    answer = desk().get(f"/commitments/line-{key}", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == "/commitments/grain.pol.ukr"
    assert desk().get("/commitments/none-such").status_code == 404


def test_numbers_of_a_party_are_those_of_the_search(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    html = client.get("/parties/DEU").text
    links = {
        (href.replace("&amp;", "&"), int(n.replace(",", "")))
        for href, n in re.findall(r'href="(/search\?[^"]*)">([\d,]+)</a>', html)
    }
    assert len(links) > 5
    for href, n in links:
        rows = client.get(href.replace("/search?", "/search.json?")).json()
        assert len(rows) == n, href


def test_party_is_found_by_name_and_unknown_ones_are_not(desk: Desk) -> None:
    client = desk()
    assert (
        client.get("/parties/germany", follow_redirects=False).headers["location"] == "/parties/DEU"
    )
    assert client.get("/parties/XQX").status_code == 404
    assert client.get("/themes/none-such").status_code == 404
    assert client.get("/occasions/none-such").status_code == 404


def test_matrix_counts_acts_once_a_cell(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    rows = client.get("/matrix?act=commitment&format=json").json()
    expected: dict[tuple[str, str], int] = {}
    for one in ledger.acts():
        if one.act.act == "commitment":
            for by in one.act.obligors:
                for to in one.act.targets:
                    expected[by, to] = expected.get((by, to), 0) + 1
    assert {(row["by"], row["to"]): row["number"] for row in rows} == expected
    html = client.get("/matrix?act=commitment").text
    for href, n in re.findall(r'href="(/search\?by=[^"]*)">([\d,]+)</a>', html):
        address = href.replace("&amp;", "&").replace("/search?", "/search.json?")
        assert len(client.get(address).json()) == int(n), href
    early = client.get("/matrix?act=commitment&since=2021&until=2021&format=json").json()
    assert sum(row["number"] for row in early) == 1


def test_matrix_with_others_keeps_every_act(ledger: Ledger) -> None:
    import numpy as np

    from standfast.web.pairs import matrix
    from standfast.web.shelf import Shelf

    shelf = Shelf(ledger, ledger.state())
    every = np.ones(len(shelf.acts), dtype=np.bool_)
    small, large = matrix(shelf, every, 1), matrix(shelf, every, 99)
    assert small.cells[0][0].number == large.cells[0][0].number
    assert len(small.cells) == 2
    assert set(small.by) | set(small.more_by) == set(large.by)
    assert small.named == large.named


def test_numbers_of_all_others_lead_to_their_acts(
    desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["We condemn the strikes.", "We condemn them all.", "We condemn what was done."]
    note = document("blame", f"Note\n\n{' '.join(words)}", blocks=(), origins={})
    sides = [(("POL", "EST"), ("BLR",)), (("EST",), ("RUS", "BLR")), (("POL", "DEU"), ())]
    blame = [
        act(note, said, "condemnation", obligors=by, targets=to)
        for said, (by, to) in zip(words, sides, strict=True)
    ]
    put(ledger, note, blame)
    monkeypatch.setattr("standfast.web.routes.matrix.MOST", 1)
    client, tried = desk(), 0
    for kind in ("commitment", "affirmation", "condemnation"):
        page = client.get(f"/matrix?act={kind}").text
        for href, n in re.findall(r'href="(/search\?[^"]*)">([\d,]+)</a>', page):
            address = unescape(href).replace("/search?", "/search.json?")
            assert len(client.get(address).json()) == int(n), href
            tried += "other_than" in address
    assert tried > 4


def test_others_narrow_every_list_and_are_told_as_one_choice(desk: Desk, ledger: Ledger) -> None:
    client, asked = desk(), "by_other_than=Germany&by_other_than=NATO"
    found = client.get(f"/search.json?{asked}").json()
    wanted = {one.key for one in ledger.acts() if {*one.act.obligors} - {"DEU", "NATO"}}
    assert {row["id"] for row in found} == wanted
    assert 0 < len(wanted) < ledger.count_acts()
    docs = client.get(f"/documents.json?{asked}").json()
    assert {row["doc"] for row in docs} == {row["doc"] for row in found}
    lines = client.get(f"/commitments.json?{asked}").json()
    assert lines
    assert all({*row["obligors"]} != {"DEU"} for row in lines)
    page = client.get(f"/search?{asked}").text
    assert "by others than</span> Germany, North Atlantic Treaty Organization" in " ".join(
        page.split()
    )
    assert page.count('name="by_other_than"') == 2


def test_occasion_sets_goals_against_answers(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    html = client.get("/occasions").text
    name = re.search(r'href="/occasions/([^"]+)"', html)
    assert name
    one = client.get(f"/occasions/{name[1]}").text
    assert "long-range fires" in one
    assert f"#a-{stored(ledger, 'vilnius-2023')[0]}" in one
    goals = client.get(f"/occasions/{name[1]}?format=json").json()
    assert goals[0]["asks"]


def test_endurance_of_lives_is_that_of_the_verb(ledger: Ledger) -> None:
    lives = lives_of(View(ledger), ledger)
    for filters in ({}, {"by": ["DEU"]}, {"theme": ["training-and-capacity"]}, {"mentions": 2}):
        ours, theirs = lives.endurance(**filters), endurance(ledger, **filters)
        assert ours.rows() == theirs.rows()
        assert ours.lives == theirs.lives
        assert {one.text for one in ours.notes} == {one.text for one in theirs.notes}


def test_endurance_says_where_nothing_fits(desk: Desk) -> None:
    answer = desk().get("/endurance?theme=climate")
    assert answer.status_code == 200
    assert "No commitments that fit" in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/parties/DEU?format=svg", "image/svg+xml"), ("/matrix?format=png", "image/png"),
     ("/themes/training-and-capacity?format=svg&dark=1", "image/svg+xml")],
)  # fmt: skip
def test_pictures(desk: Desk, path: str, kind: str) -> None:
    answer = desk().get(path)
    assert answer.headers["content-type"].startswith(kind)
    assert len(answer.content) > 500


@pytest.mark.parametrize(
    "path", ["/parties", "/themes", "/parties/DEU?table=to", "/matrix", "/documents/vilnius-2023"]
)
def test_tables_as_csv_and_json_have_the_same_rows(desk: Desk, path: str) -> None:
    client, sign = desk(), "&" if "?" in path else "?"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{path}{sign}format=csv").text)))
    same = client.get(f"{path}{sign}format=json").json()
    assert rows
    assert len(rows) == len(same)
    assert list(rows[0]) == list(same[0])
