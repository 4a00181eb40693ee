"""One text in several guises counts once; texts of different issuers stay apart."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.lineage.guises import COMMON, copies, count_once, with_origins
from standfast.lineage.joining import join
from standfast.lineage.likeness import joining_rules
from standfast.lineage.settling import settle
from standfast.lineage.standing import standing
from standfast.model import Member
from tests.lineage import makers

SAID = [
    "We will send Ukraine two batteries for air defence.",
    "We will fund emergency relief for displaced families in Ukraine.",
    "We will dredge the old harbour basin at Lintmouth and mend its granite quay.",
    "We will lend the Skerry islanders three wooden ferries with oars and lanterns.",
    "We will train two hundred crews of the armed forces before winter.",
]


def mention(day: str | None, words: str, **more: Any) -> Member:
    """A mention in a document of its own, issued by the United States."""
    one = makers.mention(day, words, **({"issuers": ("USA",)} | more))
    return replace(one, key=hashlib.sha256(f"{one.act.doc} {words}".encode()).hexdigest()[:12])


def text(doc: str, day: str | None, words: list[str], **more: Any) -> list[Member]:
    """A document that says all of this."""
    return [mention(day, one, doc=doc, **more) for one in words]


# -- copies --


def test_a_statement_published_twice_is_one_text() -> None:
    both = [*text("a", "2022-03-01", SAID), *text("b", "2022-03-04", SAID)]
    assert copies(both) == {"a": "a", "b": "a"}


def test_space_and_case_make_no_other_text() -> None:
    loud = [f"  {one.upper()}".replace(" ", "\n ") for one in SAID]
    assert copies([*text("a", "2022-03-01", SAID), *text("b", "2022-03-01", loud)])


@pytest.mark.parametrize(("shared", "copied"), [(2, False), (3, True), (5, True)])
def test_most_quotes_of_the_smaller_text_have_to_be_the_same(shared: int, copied: bool) -> None:
    assert joining_rules()["guises"]["copy_share"] == 0.6
    other = [one if n < shared else f"{one[:-1]} twice." for n, one in enumerate(SAID)]
    both = [*text("a", "2022-03-01", SAID), *text("b", "2022-03-01", other)]
    assert bool(copies(both)) == copied


def test_a_short_version_is_a_copy_of_the_long_one() -> None:
    both = [*text("long", "2022-03-01", SAID), *text("short", "2022-03-02", SAID[:1])]
    assert copies(both) == {"long": "long", "short": "long"}


def test_the_same_words_of_another_issuer_are_no_copy() -> None:
    both = [*text("a", "2022-03-01", SAID), *text("b", "2022-03-01", SAID, issuers=("NOR",))]
    assert copies(both) == {}
    joint = text("c", "2022-03-01", SAID, issuers=("NOR", "SWE"))
    assert copies([*both, *joint]) == {"b": "b", "c": "b"}
    assert copies([*both[:5], *text("d", "2022-03-01", SAID, issuers=())]) == {"a": "a", "d": "a"}


@pytest.mark.parametrize(("day", "copied"), [("2022-03-02", True), ("2022-03-03", False)])
def test_one_sentence_in_common_is_a_formula_except_on_the_next_day(day: str, copied: bool) -> None:
    both = [*text("a", "2022-03-01", SAID[:1]), *text("b", day, SAID[:1])]
    assert bool(copies(both)) == copied


@pytest.mark.parametrize(("day", "copied"), [("2022-03-11", True), ("2022-03-12", False)])
def test_a_repetition_much_later_is_no_copy(day: str, copied: bool) -> None:
    assert joining_rules()["guises"]["copy_days"] == 10
    both = [*text("a", "2022-03-01", SAID), *text("b", day, SAID)]
    assert bool(copies(both)) == copied


def test_undated_texts_are_copies_of_undated_ones_only() -> None:
    some = [*text("a", None, SAID), *text("b", None, SAID), *text("c", "2022-03-01", SAID)]
    assert copies(some) == {"a": "a", "b": "a"}


def test_copies_of_copies_have_one_origin_the_first() -> None:
    days = ("2022-03-15", "2022-03-08", "2022-03-01")
    some = [one for n, day in enumerate(days) for one in text(f"d{n}", day, SAID)]
    assert copies(some) == {"d0": "d2", "d1": "d2", "d2": "d2"}


def test_a_formula_that_many_say_tells_no_copies() -> None:
    many = [mention("2022-03-01", SAID[0], doc=f"d{n}") for n in range(COMMON + 1)]
    assert copies(many) == {}
    assert len(copies(many[:-1])) == COMMON


def test_nothing_has_no_copies() -> None:
    assert copies([]) == {}
    assert copies(text("a", "2022-03-01", SAID)) == {}


@given(order=st.randoms(use_true_random=False))
def test_the_order_does_not_matter(order: random.Random) -> None:
    some = [one for n in range(4) for one in text(f"d{n}", f"2022-03-0{4 - n}", SAID[n % 2 :])]
    shuffled = some[:]
    order.shuffle(shuffled)
    assert copies(shuffled) == copies(some)


# -- in a line --


def test_copies_repeat_nothing() -> None:
    said = [*text("a", "2022-03-01", SAID), *text("b", "2022-03-05", SAID)]
    lines = settle(said)
    assert len(lines) == len(SAID)
    for line in lines:
        assert len(line.documents) == 2
        assert [one.origin for one in line.members] == ["a", "a"]
        assert count_once(line.members) == 1
        assert [event.change for event in standing(line).events] == ["made"]


def test_a_communique_and_its_fact_sheet_are_one_mention() -> None:
    said = [
        mention("2022-03-01", SAID[0], doc="communique"),
        mention("2022-03-02", "We are sending batteries for air defence to Ukraine.", doc="sheet"),
        mention("2023-03-01", "We will send Ukraine more batteries for air defence.", doc="later"),
    ]
    (line,) = settle(said)
    assert [one.origin for one in line.members] == ["communique", "communique", ""]
    assert count_once(line.members) == 2


@pytest.mark.parametrize(
    ("day", "issuers"), [("2022-03-03", ("USA",)), ("2022-03-02", ("NOR",)), ("2022-03-01", ())]
)
def test_texts_days_apart_or_of_different_issuers_are_two_mentions(
    day: str, issuers: tuple[str, ...]
) -> None:
    said = [
        mention("2022-03-01", SAID[0], doc="one"),
        mention(day, f"{SAID[0]} Now.", doc="two", issuers=issuers),
    ]
    line = settle(said)[0]
    assert len(line.documents) == 2
    assert {one.origin for one in line.members} == {""}
    assert count_once(line.members) == 2


def test_a_text_of_another_issuer_between_them_does_not_part_two_guises() -> None:
    words = "We will send Ukraine batteries for air defence"
    said = [
        mention("2022-03-01", f"{words} now.", doc="a"),
        mention("2022-03-01", f"{words} soon.", doc="b", issuers=("NOR",)),
        mention("2022-03-01", f"{words} again.", doc="c"),
    ]
    line = settle(said)[0]
    assert {one.act.doc: one.origin for one in line.members} == {"a": "a", "b": "", "c": "a"}


def test_a_copy_of_a_fact_sheet_is_a_guise_of_the_communique_too() -> None:
    sheet = ["We are sending batteries for air defence to Ukraine.", *SAID[2:]]
    said = [
        *text("communique", "2022-03-01", SAID[:1]),
        *text("sheet", "2022-03-02", sheet),
        *text("copy", "2022-03-09", sheet),
    ]
    line = next(one for one in settle(said) if one.id.startswith("air-defence"))
    assert [one.origin for one in line.members] == ["communique"] * 3


def test_a_statement_on_each_of_many_days_is_not_one_text() -> None:
    said = [mention(f"2022-03-0{n}", f"{SAID[0]} {n}", doc=f"d{n}") for n in range(1, 7)]
    (line,) = settle(said)
    assert [one.origin for one in line.members] == ["d1", "d1", "d3", "d3", "d5", "d5"]
    assert count_once(line.members) == 3


def test_undated_texts_of_one_issuer_are_not_taken_for_guises() -> None:
    said = [
        mention(None, "We will send Ukraine batteries for air defence now.", doc="a"),
        mention(None, "We will send Ukraine batteries for air defence soon.", doc="b"),
    ]
    (line,) = settle(said)
    assert count_once(line.members) == 2


def test_acts_of_one_document_count_once() -> None:
    said = [
        mention("2022-03-01", "We will send Ukraine batteries for air defence now.", doc="a"),
        mention("2022-03-01", "We will send Ukraine batteries for air defence soon.", doc="a"),
    ]
    (line,) = settle(said)
    assert (len(line.members), count_once(line.members)) == (2, 1)
    assert {one.origin for one in line.members} == {""}


def test_origins_change_nothing_else() -> None:
    (line,) = join([mention(day, SAID[0]) for day in ("2022-03-01", "2022-03-02")])
    found = with_origins(line, {})
    assert [one.origin for one in found.members] == ["doc-2022-03-01"] * 2
    assert replace(found, members=tuple(replace(m, origin="") for m in found.members)) == line
