"""What people decide about lines holds through every later joining, whatever the machine finds."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.lineage.deciding import RULINGS, RefusedError, Ruling, RulingKind, decided, refuse
from standfast.lineage.joining import join
from standfast.lineage.settling import keep_names, settle
from standfast.model import Commitment, Member
from tests.lineage import makers

AIR = "air-defence.usa.ukr"
RELIEF = "humanitarian.usa.ukr"


def mention(day: str, words: str, **more: Any) -> Member:
    """A mention whose key is a hash of its document and words, as the ledger's keys are."""
    one = makers.mention(day, words, **more)
    return replace(one, key=hashlib.sha256(f"{one.act.doc} {words}".encode()).hexdigest()[:12])


def air(*years: int, month: int = 5) -> list[Member]:
    """A promise of air defence in each year."""
    return [
        mention(
            f"{year}-0{month}-04",
            f"We will send Ukraine batteries for air defence in {year}.",
            themes=("air-defence",),
        )
        for year in years
    ]


def relief(*years: int) -> list[Member]:
    """A promise of relief in each year."""
    return [
        mention(
            f"{year}-06-04",
            f"We will fund emergency relief for displaced families in Ukraine in {year}.",
            themes=("humanitarian",),
        )
        for year in years
    ]


def harbour(*days: str, first: str = "") -> list[Member]:
    """A promise that no subject holds: its line is called after its first act."""
    words = "will dredge the old harbour basin at Lintmouth and mend its granite quay"
    return [
        mention(day, f"{first}We {words} by {day}.", targets=(), themes=("other",)) for day in days
    ]


def ferries(*days: str) -> list[Member]:
    """Another one."""
    words = "will lend the Skerry islanders three wooden ferries with oars and lanterns"
    return [mention(day, f"We {words} by {day}.", targets=(), themes=("other",)) for day in days]


def keys(some: Iterable[Member]) -> set[str]:
    return {one.key for one in some}


def by_id(lines: Iterable[Commitment]) -> dict[str, set[str]]:
    """Members' keys by their lines."""
    return {line.id: keys(line.members) for line in lines}


def ruling(kind: RulingKind, lines: Sequence[Commitment], line: str, **more: Any) -> Ruling:
    """A ruling as the workflow writes it down: with what the lines hold at the time."""
    held = by_id(lines)
    acts = tuple(held[more["other"]]) if kind == "merge" else tuple(more.pop("acts", ()))
    rest = tuple(sorted(held[line] - set(acts)))
    return Ruling(kind, line, acts=acts, rest=rest, **more)


# -- each kind, and through a new run with new documents --


def test_a_merge_holds_for_what_is_joined_later() -> None:
    said = [*air(2021, 2022), *relief(2021, 2022)]
    lines = settle(said)
    one = ruling("merge", lines, AIR, other=RELIEF)
    assert by_id(settle(said, rulings=[one])) == {AIR: keys(said)}
    more = [*said, *air(2023), *relief(2023)]
    (line,) = settle(more, before=lines, rulings=[one])
    assert (line.id, keys(line.members)) == (AIR, keys(more))
    assert line.name == "Air defence (USA → UKR)"
    assert set(line.themes) == {"air-defence", "humanitarian"}
    assert [m.date for m in line.members] == sorted(m.date for m in line.members if m.date)


def test_a_split_holds_for_what_is_joined_later() -> None:
    said = air(2021, 2022, 2023)
    lines = settle(said)
    own = f"{AIR}.part"
    one = ruling("split", lines, AIR, acts=[said[2].key], other=own)
    first = settle(said, rulings=[one])
    assert by_id(first) == {AIR: keys(said[:2]), own: {said[2].key}}
    assert [m.pinned for line in first if line.id == own for m in line.members] == [True]
    more = [*said, *air(2024), *relief(2021)]
    later = by_id(settle(more, before=first, rulings=[one]))
    assert said[2].key in later[own]
    assert keys(said[:2]) <= later[AIR]
    assert said[2].key not in later[AIR]
    assert sum(air(2024)[0].key in held for held in later.values()) == 1


def test_after_a_split_what_is_new_goes_to_the_half_that_it_is_like() -> None:
    plain = air(2021, 2022)
    radar = [
        mention(
            f"{year}-08-08",
            f"We will lend Ukraine the Lintmouth radar mast for air defence in {year}.",
            themes=("air-defence",),
        )
        for year in (2021, 2022, 2023)
    ]
    said = [*plain, *radar[:2]]
    lines = [line for line in settle(said) if line.id == AIR]
    assert by_id(lines)[AIR] == keys(said)
    one = ruling("split", lines, AIR, acts=keys(radar[:2]), other="masts")
    later = by_id(settle([*said, radar[2], *air(2023)], rulings=[one]))
    assert later["masts"] == keys(radar)
    assert later[AIR] == keys(air(2021, 2022, 2023))


def test_a_pin_keeps_an_act_in_wherever_else_it_is() -> None:
    said = [*air(2021, 2022), *relief(2021, 2022)]
    lines = settle(said)
    pinned = said[3]
    one = ruling("pin", lines, AIR, acts=[pinned.key])
    later = settle([*said, *air(2023)], before=lines, rulings=[one])
    (line,) = [line for line in later if line.id == AIR]
    assert keys(line.members) == keys([*air(2021, 2022, 2023), pinned])
    assert {m.key: m.pinned for m in line.members}[pinned.key]
    assert {m.key: m.confidence for m in line.members}[pinned.key] == 1
    assert pinned.key in by_id(later)[RELIEF]


def test_a_pin_on_a_member_says_that_a_person_is_sure() -> None:
    said = air(2021, 2022)
    lines = settle(said)
    assert all(0 < m.confidence < 1 for m in lines[0].members)
    (line,) = settle(said, rulings=[ruling("pin", lines, AIR, acts=[said[0].key])])
    assert [(m.pinned, m.confidence == 1) for m in line.members] == [(True, True), (False, False)]


def test_what_is_set_apart_stays_out_and_is_not_lost() -> None:
    said = air(2021, 2022, 2023)
    lines = settle(said)
    one = ruling("apart", lines, AIR, acts=[said[1].key])
    for some in (said, [*said, *air(2024, 2025), *relief(2021)]):
        later = by_id(settle(some, before=lines, rulings=[one]))
        assert said[1].key not in later[AIR]
        assert later[f"line-{said[1].key}"] == {said[1].key}


def test_a_line_whose_acts_are_all_set_apart_is_gone() -> None:
    said = air(2021, 2022)
    one = ruling("apart", settle(said), AIR, acts=keys(said))
    later = settle(said, rulings=[one])
    assert AIR not in by_id(later)
    assert set().union(*by_id(later).values()) == keys(said)


def test_a_name_holds_and_outlasts_other_decisions() -> None:
    said = [*air(2021, 2022), *relief(2021)]
    lines = settle(said)
    rulings = [
        ruling("name", lines, AIR, name="Shield"),
        ruling("merge", lines, AIR, other=RELIEF),
        ruling("apart", lines, AIR, acts=[said[0].key]),
    ]
    later = {line.id: line for line in settle([*said, *air(2023)], before=lines, rulings=rulings)}
    assert (later[AIR].name, later[AIR].named) == ("Shield", True)
    again = ruling("name", lines, AIR, name="Roof")
    (named, *_) = settle(said, rulings=[*rulings, again])
    assert named.name == "Roof"


def test_decisions_apply_in_their_order() -> None:
    said = air(2021, 2022, 2023)
    lines = settle(said)
    pin, apart = (ruling(kind, lines, AIR, acts=[said[0].key]) for kind in ("pin", "apart"))
    assert said[0].key not in by_id(settle(said, rulings=[pin, apart]))[AIR]
    assert said[0].key in by_id(settle(said, rulings=[apart, pin]))[AIR]


# -- where the machine calls the line otherwise --

OLD, NEW = ("2022-01-01", "2023-01-01", "2024-01-01"), "2021-01-01"


def _renamed() -> tuple[list[Commitment], list[Member], str]:
    """A line called after its first act, and its acts with an earlier one found later."""
    before = join(harbour(*OLD))
    after = [*harbour(NEW), *harbour(*OLD)]
    assert len(before) == len(join(after)) == 1
    assert join(after)[0].id != before[0].id
    return before, after, before[0].id


@pytest.mark.parametrize("kept", [True, False], ids=["lines known", "lines forgotten"])
def test_each_decision_finds_its_line_by_what_it_held(kept: bool) -> None:
    before, after, name = _renamed()
    known = before if kept else []
    one = harbour(OLD[0])[0]
    own = settle(after, before=known)[0].id
    assert (own == name) == kept

    named = settle(after, before=known, rulings=[ruling("name", before, name, name="Quay")])
    assert named[0].name == "Quay"

    apart = settle(after, before=known, rulings=[ruling("apart", before, name, acts=[one.key])])
    assert by_id(apart)[own] == keys(after) - {one.key}

    split = ruling("split", before, name, acts=[one.key], other="part")
    halves = by_id(settle(after, before=known, rulings=[split]))
    assert set(halves) == {own, "part"}
    assert one.key in halves["part"] - halves[own]
    assert keys(harbour(*OLD[1:])) <= halves[own] - halves["part"]

    stray = relief(2021)[0]
    pin = ruling("pin", before, name, acts=[stray.key])
    assert by_id(settle([*after, stray], before=known, rulings=[pin]))[own] == keys([*after, stray])


@pytest.mark.parametrize("kept", [True, False], ids=["lines known", "lines forgotten"])
@pytest.mark.parametrize("swapped", [True, False])
def test_a_merge_finds_both_lines_by_what_they_held(kept: bool, swapped: bool) -> None:
    boats = ferries("2022-02-02", "2023-02-02", "2024-02-02", "2025-02-02")
    before = join([*harbour(*OLD), *boats])
    quays, lent = sorted((one.id for one in before), key=lambda name: len(by_id(before)[name]))
    line, other = (lent, quays) if swapped else (quays, lent)
    one = ruling("merge", before, line, other=other)
    first = settle([*harbour(*OLD), *boats], before=before, rulings=[one])
    assert [len(found.members) for found in first] == [7]
    after = [*harbour(NEW), *harbour(*OLD), *ferries(NEW), *boats]
    (found,) = settle(after, before=first if kept else [], rulings=[one])
    assert keys(found.members) == keys(after)
    assert not kept or found.id == line


def test_a_split_off_part_that_is_the_larger_stays_split_off() -> None:
    before, after, name = _renamed()
    most = keys(harbour(*OLD[1:]))
    one = ruling("split", before, name, acts=most, other="part")
    first = settle(harbour(*OLD), before=before, rulings=[one])
    assert by_id(first) == {name: keys(harbour(OLD[0])), "part": most}
    later = by_id(settle(after, before=first, rulings=[one]))
    assert most <= later["part"]
    assert harbour(OLD[0])[0].key in later[name]
    assert not most & later[name]
    assert not later["part"] & keys(harbour(OLD[0]))


# -- decisions on what is gone --


@given(
    kind=st.sampled_from(RULINGS),
    line=st.sampled_from([AIR, "gone.usa.ukr"]),
    acts=st.lists(st.sampled_from(["000000000000", "111111111111"]), max_size=2),
)
def test_decisions_about_vanished_acts_and_lines_do_nothing(
    kind: RulingKind, line: str, acts: list[str]
) -> None:
    lines = settle(air(2021, 2022))
    members = {one.key: one for one in air(2021, 2022)}
    gone = tuple(acts)
    one = Ruling(kind, line, other="lost.usa.ukr", acts=gone, rest=gone, name="A name")
    found = decided(lines, [one], members)
    if kind == "name" and line == AIR:
        assert found == [replace(lines[0], name="A name", named=True)]
    else:
        assert found == lines


def test_a_merge_with_a_line_that_is_gone_takes_no_third_one_in() -> None:
    said = [*air(2021, 2022), *relief(2021, 2022)]
    lines = settle(said)
    one = ruling("merge", lines, AIR, other=RELIEF)
    assert by_id(settle(air(2021, 2022), before=lines, rulings=[one])) == {
        AIR: keys(air(2021, 2022))
    }
    assert by_id(settle(relief(2021, 2022), before=lines, rulings=[one])) == {
        RELIEF: keys(relief(2021, 2022))
    }


def test_a_split_with_nothing_left_behind_keeps_the_part() -> None:
    said = air(2021, 2022, 2023)
    one = ruling("split", settle(said), AIR, acts=keys(said[:2]), other="part")
    assert by_id(settle(said[:2], rulings=[one])) == {"part": keys(said[:2])}


# -- identifiers --


def _line(name: str, *members: str) -> Commitment:
    some = tuple(replace(air(2021)[0], key=key) for key in members)
    return Commitment(name, name, "promise", some)


def test_a_line_keeps_its_identifier_while_most_of_its_members_do() -> None:
    old = [_line("old", "a", "b", "c")]
    assert [one.id for one in keep_names([_line("new", "a", "b", "x")], old)] == ["old"]
    assert [one.id for one in keep_names([_line("new", "a", "x", "y")], old)] == ["new"]
    assert [one.id for one in keep_names([_line("new", "a", "x")], old)] == ["new"]
    assert [one.id for one in keep_names([_line("new", "x")], [])] == ["new"]


def test_an_identifier_is_never_given_twice() -> None:
    old = [_line("old", "a", "b", "c", "d", "e")]
    fresh = [_line("one", "a", "b"), _line("two", "c", "d", "e"), _line("old-2", "f")]
    assert [one.id for one in keep_names(fresh, old)] == ["one", "old", "old-2"]


def test_an_identifier_that_is_still_in_use_is_not_taken_over() -> None:
    old = [_line("old", "a", "b", "c")]
    fresh = [_line("old", "x"), _line("new", "a", "b", "c")]
    assert [one.id for one in keep_names(fresh, old)] == ["old", "new"]


def test_identifiers_settle() -> None:
    before, after, name = _renamed()
    once = settle(after, before=before)
    assert [one.id for one in once] == [name]
    assert settle(after, before=once) == once


# -- refusals --


def test_what_was_split_is_not_merged_again() -> None:
    earlier = [Ruling("split", "a", other="b", acts=("k",), rest=("l",))]
    for line, other in (("a", "b"), ("b", "a")):
        with pytest.raises(RefusedError, match="b was split from a by a person") as told:
            refuse(Ruling("merge", line, other=other), earlier)
        assert "take the earlier decision back first" in str(told.value)
    refuse(Ruling("merge", "a", other="c"), earlier)


def test_lines_that_an_act_was_told_apart_by_are_not_merged() -> None:
    act = "0123456789abcdef"
    earlier = [Ruling("pin", "a", acts=(act,)), Ruling("apart", "b", acts=(act,))]
    for line, other in (("a", "b"), ("b", "a")):
        with pytest.raises(RefusedError, match="act 0123456789ab is pinned to a and apart from b"):
            refuse(Ruling("merge", line, other=other), earlier)
    refuse(Ruling("merge", "a", other="b"), earlier[:1])
    refuse(Ruling("merge", "a", other="c"), earlier)


def test_a_pin_and_an_act_set_apart_exclude_each_other() -> None:
    pin, apart = Ruling("pin", "a", acts=("k",)), Ruling("apart", "a", acts=("k",))
    with pytest.raises(RefusedError, match="act k was set apart from it by a person"):
        refuse(pin, [apart])
    with pytest.raises(RefusedError, match="act k is pinned to it by a person"):
        refuse(apart, [pin])
    refuse(pin, [replace(apart, line="b")])
    refuse(pin, [replace(apart, acts=("m",))])
    refuse(pin, [pin])


@given(
    kind=st.sampled_from(RULINGS),
    acts=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    rest=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    name=st.text(),
)
def test_a_ruling_comes_back_as_it_was_written(
    kind: RulingKind, acts: tuple[str, ...], rest: tuple[str, ...], name: str
) -> None:
    one = Ruling(kind, AIR, other="x", acts=acts, rest=rest, name=name)
    assert Ruling.of(kind, AIR, one.value()) == one


def test_a_pinned_act_keeps_its_day() -> None:
    said = [*air(2021), *relief(2022)]
    one = Ruling("pin", AIR, acts=(said[1].key,), rest=(said[0].key,))
    (line,) = [line for line in settle(said, rulings=[one]) if line.id == AIR]
    assert line.last == dt.date(2022, 6, 4)
