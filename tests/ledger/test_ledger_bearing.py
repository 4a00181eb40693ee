"""What bears on a matter: acts and documents by words and days, lines since a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from standfast.ledger import ActQuery, AsOf, Bearing, Ledger, postings, searching
from standfast.model import Commitment, Member
from tests.ledger.ledger_makers import TEXT, act, document, put, run_sql

MAY, JUNE, JULY = (dt.date(2024, month, 1) for month in (5, 6, 7))
_SAID = (
    ("gripen", "Sweden will send Gripen fighters.", MAY, "SWE"),
    ("shells", "Sweden will send artillery shells by sea.", JUNE, "SWE"),
    ("mines", "Norway will clear sea mines.", JULY, "NOR"),
    ("undated", "Norway will send shells.", None, "NOR"),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger with four promises; nothing here writes to it."""
    made = Ledger(tmp_path_factory.mktemp("bearing") / "standfast.db")
    for name, text, day, who in _SAID:
        of = document(name, f"{text} More words.", date=day)
        put(made, of, [act(of, text, obligors=(who,))])
    return made


def found(ledger: Ledger, asked: Bearing) -> set[str]:
    return {one.act.doc for one in ledger.members_at(ledger.bearing(asked)).values()}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Bearing(("gripen",), until=MAY, by_day=0), {"gripen"}),
        (Bearing(("artillery shells",), by_day=0), {"shells"}),
        (Bearing(("shells",), frozenset({"NOR"}), by_day=0), {"undated"}),
        (Bearing(("shells",), until=MAY, by_day=0), {"undated"}),
        (Bearing(("no such thing",), by_day=0), set()),
        (Bearing(("fighters_", 'sh"ells', "*"), by_day=0), {"gripen"}),
        (Bearing((), until=JULY, days=10), {"mines"}),
        (Bearing((), frozenset({"SWE"}), until=JULY), {"shells"}),
    ],
)
def test_acts_by_their_words_and_by_their_days(
    ledger: Ledger, asked: Bearing, expected: set[str]
) -> None:
    assert found(ledger, asked) == expected


def test_rare_words_go_before_common_ones_and_short_quotes_before_long(ledger: Ledger) -> None:
    # Shells stand in two quotes, the sea in two, artillery in one.
    for words, first in ((("send", "gripen"), "gripen"), (("shells",), "undated")):
        assert found(ledger, Bearing(words, by_words=1, by_day=0)) == {first}


def test_where_the_best_are_of_other_parties_all_are_looked_through(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Bearing(("send", "shells", "gripen"), frozenset({"NOR"}), by_day=0)
    whole = found(ledger, asked)
    monkeypatch.setattr(searching, "_FIRST", 1)
    assert found(ledger, asked) == whole == {"undated"}
    assert found(ledger, replace(asked, parties=frozenset())) == {"gripen", "shells", "undated"}


def test_documents_by_the_rarest_of_their_words(ledger: Ledger) -> None:
    def names(*words: str, until: dt.date | None = None, most: int = 2) -> list[str]:
        asked = Bearing(words, until=until)
        return ledger.documents_about(asked, most)

    assert names("sea mines", "more") == ["mines", "shells"]
    assert names("sea mines", until=JUNE) == ["shells"]
    assert names("snake_case", "Gripen") == ["gripen"]
    assert names() == []


def test_words_that_nearly_all_have_are_not_looked_up(ledger: Ledger) -> None:
    with ledger._reading() as connection:
        held = postings.having(connection, "body_text", ("more", "gripen"))
    assert [len(rows) for rows in held] == [4, 1]
    assert postings.best(postings.weights(held, every=4, most=3)) == held[1].tolist()


def line(name: str, some: list[Member]) -> Commitment:
    return Commitment(name, "Batteries", "promise", tuple(some), ("DEU",), ("UKR",), ("x",))


def test_a_line_since_a_day(tmp_path: Path) -> None:
    held = Ledger(tmp_path / "standfast.db")
    for year in (2021, 2022, 2023):
        put(held, document(f"note-{year}", f"{TEXT} {year}", date=dt.date(year, 7, 10)))
    said = held.members(ActQuery(act=("commitment",)))
    held.write_lines([line("batteries", said)])
    names = ["batteries", "nothing"]

    def on(day: dt.date | None) -> AsOf:
        return held.as_of(day, 45)

    assert held.latest_in(names, on(None)) == {"batteries": dt.date(2023, 7, 10)}
    early, before = on(dt.date(2023, 1, 1)), on(dt.date(2020, 1, 1))
    assert held.latest_in(names, early) == {"batteries": dt.date(2022, 7, 10)}
    assert held.latest_in(names, before) == {}
    assert held.recent("batteries", on(None), 9) == held.commitment("batteries")
    some = held.recent("batteries", early, 1)
    assert some is not None
    assert [one.act.doc for one in some.members] == ["note-2022"]
    assert held.recent("batteries", before, 9) is None
    assert held.recent("nothing", on(None), 9) is None
    run_sql(held, "UPDATE extractions SET current = 0")
    assert held.latest_in(names, on(None)) == {}
    assert held.recent("batteries", on(None), 9) is None
