"""Asking the ledger: every filter, full text whatever a user types, order, keys, documents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from standfast.ledger import ActQuery, Ledger, queries
from standfast.ledger import schema as t
from standfast.ledger.fts import matches, title_matches
from standfast.model import LedgerError
from tests.ledger.ledger_makers import act, acts_of, document, put

_TALLINN = (
    "Estonia will send howitzers to Kyiv. “Not one inch”, its minister said of Narva’s bridge."
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger with two notes, one of them undated; nothing here writes to it."""
    made = Ledger(tmp_path_factory.mktemp("search") / "standfast.db")
    note = document(title="Berlin winter note", date=dt.date(2024, 7, 10))
    tallinn = document(
        "tallinn", _TALLINN, title="Tallinn pledge", date=None, kind="speech", issuers=("EST",),
        publisher="Riigikantselei",
    )  # fmt: skip
    early = document("early", "The EU will train 200 pilots.", date=dt.date(2022, 3, 1), kind="")
    put(made, note)
    put(made, tallinn, [
        act(tallinn, "“Not one inch”", "warning", obligors=("EST",), targets=("RUS",)),
        act(tallinn, "send howitzers to Kyiv", obligors=("EST",), strength="firm"),
    ])  # fmt: skip
    put(made, early, [act(early, "will train 200 pilots", obligors=("EU",), themes=("training",))])
    return made


def _found(ledger: Ledger, **query: Any) -> set[str]:
    asked = ActQuery(**query)
    stored = ledger.acts(asked)
    assert ledger.count_acts(asked) == len(stored)
    return {f"{one.act.doc}:{one.act.act}" for one in stored}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"by": ("NLD",)}, {"note:commitment"}),
        ({"by": ("EST", "UKR")}, {"tallinn:warning", "tallinn:commitment", "note:request"}),
        ({"to": ("RUS",)}, {"tallinn:warning"}),
        ({"by": ("RUS",)}, set()),
        ({"speaker": ("NLD",)}, {"note:request"}),
        ({"act": ("request", "warning")}, {"note:request", "tallinn:warning"}),
        ({"theme": ("training",)}, {"note:commitment", "early:commitment"}),
        ({"theme": ("training", "x"), "by": ("UKR", "EU")}, {"early:commitment"}),
        ({"strength": ("firm",)}, {"note:commitment", "tallinn:commitment"}),
        ({"checkability": ("specific",)}, {"note:commitment"}),
        ({"checkability": ("specific", "partly")}, {"note:commitment", "note:request"}),
        ({"checkability": ("vague",)}, set()),
        ({"since": dt.date(2024, 7, 10)}, {"note:commitment", "note:request"}),
        ({"until": dt.date(2024, 7, 9)}, {"early:commitment"}),
        ({"document": "tallinn", "act": ("commitment",)}, {"tallinn:commitment"}),
        ({"document": "nowhere"}, set()),
        ({"text": "howitzers"}, {"tallinn:commitment"}),
        ({"text": '"air-defence batteries"'}, {"note:commitment"}),
        ({"text": '"batteries air-defence"'}, set()),
        ({"text": "“200 pilots”"}, {"early:commitment"}),
        ({"text": "TALLINN pledge"}, {"tallinn:warning", "tallinn:commitment"}),
        ({"text": "tallinn howitzers"}, {"tallinn:commitment"}),
        ({"text": "howitzers Rome"}, set()),
        ({"text": ""}, {"note:commitment", "note:request", "tallinn:warning",
                        "tallinn:commitment", "early:commitment"}),
    ],
)  # fmt: skip
def test_values_of_one_filter_widen_and_filters_narrow(
    ledger: Ledger, query: dict[str, Any], expected: set[str]
) -> None:
    assert _found(ledger, **query) == expected


def test_acts_come_by_date_document_and_place_the_undated_last(ledger: Ledger) -> None:
    stored = ledger.acts()
    assert [one.act.doc for one in stored] == ["early", "note", "note", "tallinn", "tallinn"]
    places = [one.act.start for one in stored]
    assert places[1] < places[2]
    assert places[3] < places[4]
    limited = ActQuery(limit=2)
    assert ledger.acts(limited) == stored[:2]
    assert ledger.count_acts(limited) == 5


HOSTILE = [
    '"', '""', '"""', "'", "*", "how*", "^howitzers", "NOT", "howitzers NOT Kyiv", "AND", "OR OR",
    "NEAR(howitzers Kyiv)", "quote:howitzers", "{quote} : x", "-howitzers", "(", ")", "a AND (",
    "'; DROP TABLE acts; --", "%", "_", "\\", "\x00", "how\x00itzers", "😀", "\ud800", "how\udcff",
    "a" * 5000, "a " * 300, ":act_text_query", "?1", "\n\t", "+", "howitzers + Kyiv", "—", "“",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_user_is_a_command(ledger: Ledger, text: str) -> None:
    _found(ledger, text=text)
    ledger.documents(text=text)
    assert ledger.count_acts() == 5


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(ledger: Ledger, text: str) -> None:
    _found(ledger, text=text)
    ledger.documents(text=text)


@given(st.sampled_from([stored.quote for stored in acts_of(document())]), st.data())
def test_a_stretch_of_words_finds_its_act_as_a_phrase(
    ledger: Ledger, quote: str, data: st.DataObject
) -> None:
    words = quote.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    phrase = f'"{" ".join(words[first:last])}"'
    assert quote in {stored.act.quote for stored in ledger.acts(ActQuery(text=phrase))}


def test_too_many_words_are_refused_in_one_line(ledger: Ledger) -> None:
    most, more = (" ".join(map(str, range(number))) for number in (64, 65))
    assert _found(ledger, text=most) == set()
    assert ledger.documents(text=most) == []
    with pytest.raises(LedgerError, match="65 different words"):
        ledger.acts(ActQuery(text=more))
    with pytest.raises(LedgerError, match="65 different words"):
        ledger.documents(text=more)


def test_marks_alone_find_nothing(ledger: Ledger) -> None:
    assert _found(ledger, text="!!!") == set()
    assert ledger.documents(text="!!!") == []


def test_elsewhere_than_on_sqlite_text_is_matched_by_pattern(ledger: Ledger) -> None:
    for text, number in (("howitzers", 1), ("tallinn howitzers", 1), ("20%", 0), ("200", 2)):
        with ledger._engine.connect() as connection:
            source = t.acts.join(t.extractions).join(t.versions)
            query = sa.select(sa.func.count()).select_from(source)
            counted = connection.execute(query.where(matches(text, "postgresql"))).scalar()
        assert counted == number, text
    with ledger._engine.connect() as connection:
        query = sa.select(t.versions.c.title).where(title_matches("pledge", "postgresql"))
        assert [row.title for row in connection.execute(query)] == ["Tallinn pledge"]


def test_full_text_follows_changes_and_removals(tmp_path: Path) -> None:
    made = Ledger(tmp_path / "l.db")
    put(made, document())
    with made._engine.begin() as connection:
        connection.execute(t.versions.update().values(title="Aachen"))
    assert {info.title for info in made.documents(text="aachen")} == {"Aachen"}
    assert made.documents(text="note") == []
    made.take_back(made.batches()[0].id)
    assert made.count_acts(ActQuery(text="batteries")) == 0
    with made._engine.begin() as connection:
        for table in ("act_text", "title_text"):
            connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES('integrity-check')")


def test_an_act_is_found_by_its_key_or_the_beginning_of_it(ledger: Ledger) -> None:
    for stored in ledger.acts():
        assert ledger.act(stored.key) == stored
        assert ledger.act(stored.key[:8]) == stored
    for wrong in ("zz", "%", "_", ""):
        with pytest.raises(LedgerError):
            ledger.act(wrong)


def test_a_beginning_that_several_acts_share_is_refused(tmp_path: Path) -> None:
    made = Ledger(tmp_path / "l.db")
    note = document()
    words = note.text.split()
    put(made, note, [act(note, word) for word in dict.fromkeys(words)])
    first = [stored.key[0] for stored in made.acts()]
    shared = next(digit for digit in first if first.count(digit) > 1)
    with pytest.raises(LedgerError, match="several acts"):
        made.act(shared)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["early", "note", "tallinn"]),
        ({"kind": "speech"}, ["tallinn"]),
        ({"publisher": "chancell"}, ["early", "note"]),
        ({"issuer": "EST"}, ["tallinn"]),
        ({"issuer": "ES"}, []),
        ({"text": "pledge tallinn"}, ["tallinn"]),
        ({"since": dt.date(2024, 1, 1)}, ["note"]),
        ({"until": dt.date(2024, 1, 1)}, ["early"]),
        ({"limit": 1}, ["early"]),
    ],
)
def test_documents_are_filtered(ledger: Ledger, query: Any, expected: list[str]) -> None:
    assert [info.doc for info in ledger.documents(**query)] == expected


def test_an_unknown_document_suggests_near_ones(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="did you mean tallinn"):
        ledger.document("talinn")
    with pytest.raises(LedgerError, match="no version 7"):
        ledger.document("tallinn", version=7)
    with pytest.raises(LedgerError, match="no such document"):
        ledger.document("")


def test_themes_count_acts_and_commitments(ledger: Ledger) -> None:
    counted = [("training", 2, 2), ("air-defence", 1, 1), ("reform", 1, 0)]
    assert ledger.themes() == counted


def test_a_list_takes_the_same_number_of_statements_however_long(tmp_path: Path) -> None:
    made = Ledger(tmp_path / "l.db")
    counts: list[int] = []
    said: list[str] = []
    sa.event.listen(made._engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    for number in range(2):
        for more in range(5):
            put(made, document(f"n{number}{more}", f"{document().text} {number}{more}"))
        said.clear()
        made.acts()
        made.documents()
        counts.append(len(said))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ({"by": ("UKR",)}, "acts"),
        ({"theme": ("training",), "act": ("commitment",)}, "acts"),
        ({"document": "note"}, "documents"),
        ({"text": '"howitzers"'}, None),
    ],
)
def test_a_filter_leads_the_search_and_not_the_whole_table(
    ledger: Ledger, query: Any, first: str | None
) -> None:
    asked = queries.conditions(ActQuery(**query), "sqlite")
    counted = sa.select(sa.func.count()).select_from(queries._FROM).where(*asked)
    with ledger._engine.connect() as connection:
        told = counted.compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told}")]
    if first:
        assert plan[0].startswith(f"SEARCH {first} USING"), plan
    assert not any(line.startswith("SCAN acts") for line in plan) or first is None, plan
