"""How long commitments last: lives, curves against hand and textbook, groups, tests, notes."""

from __future__ import annotations

import datetime as dt
import itertools
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from standfast.lineage.charts import as_png, as_svg, survival_chart
from standfast.lineage.comparison import compare
from standfast.lineage.corpus_notes import Note, caption, notes
from standfast.lineage.curve_layers import _spread
from standfast.lineage.endurance import DATED, UNDATED, Group, How, Lifetime, lifetimes
from standfast.lineage.survival import Curve, curves, table
from standfast.model.act import Act, Strength
from standfast.model.commitment import Change, Commitment, Event, LineKind, Member, Standing, State
from standfast.model.document import Document
from standfast.model.errors import StandfastError

START = dt.date(2021, 6, 14)
NOW = dt.date(2024, 7, 10)

# Remission of acute leukaemia in weeks (Freireich and others, Blood 21, 1963), as every textbook
# on survival prints it; a negative number was censored.
TREATED = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def life(
    name: str, days: int, how: How = "silence", strength: Strength | None = "firm", **said: Any
) -> Lifetime:
    until = START + dt.timedelta(days)
    return Lifetime(
        name, name, days, how != "standing", how, START, until, until, strength=strength, **said
    )


def lives(days: list[int], strength: Strength = "firm", prefix: str = "c") -> list[Lifetime]:
    """Lives of so many days; negative ones still stand."""
    return [
        life(f"{prefix}{index}", abs(count), "standing" if count < 0 else "silence", strength)
        for index, count in enumerate(days)
    ]


def member(date: dt.date | None, doc: str = "", **said: Any) -> Member:
    origin = said.pop("origin", "")
    act = Act(doc or f"d{date}", 0, 4, "will", "commitment", **said)
    return Member(f"{doc or date}#0", act, date, origin=origin)


def line(
    *members: Member,
    state: State = "standing",
    since: dt.date | None = None,
    events: tuple[tuple[Change, dt.date], ...] = (),
    name: str = "c1",
    **said: Any,
) -> tuple[Commitment, Standing]:
    kind = said.pop("kind", "promise")
    happened = tuple(Event(change, day) for change, day in events)
    return (
        Commitment(name, name, kind, tuple(members), **said),
        Standing(name, NOW, state, since, "will", "firm", happened),
    )


def only(found: list[Lifetime]) -> Curve:
    (curve,) = curves(found).curves
    return curve


def group_of(strength: str) -> Group:
    return Group("strength", strength)


# Lives


def test_a_standing_line_is_counted_up_to_the_day_of_asking() -> None:
    (found,) = lifetimes([line(member(START), member(dt.date(2023, 7, 11)))], NOW)
    assert (found.ended, found.how, found.until) == (False, "standing", NOW)
    assert found.days == (NOW - START).days
    assert found.last == dt.date(2023, 7, 11)
    assert found.mentions == 2


def test_silence_ends_with_the_last_mention_or_when_it_was_found() -> None:
    last, found_out = dt.date(2022, 6, 29), dt.date(2023, 7, 11)
    silent = line(
        member(START), member(last), state="silent", since=found_out,
        events=(("gone silent", found_out),),
    )  # fmt: skip
    (short,) = lifetimes([silent], NOW)
    (long,) = lifetimes([silent], NOW, silence="found silent")
    assert (short.until, long.until) == (last, found_out)
    assert short.how == long.how == "silence"
    assert short.days < long.days


@pytest.mark.parametrize(
    ("state", "how"),
    [("withdrawn", "withdrawal"), ("delivered", "delivery"), ("expired", "expiry")],
)
def test_other_ends_have_the_day_since_which_they_hold(state: State, how: How) -> None:
    since = dt.date(2023, 1, 1)
    (found,) = lifetimes([line(member(START), state=state, since=since)], NOW)
    assert (found.how, found.until, found.ended) == (how, since, True)


def test_an_end_lies_between_the_first_mention_and_the_day_of_asking() -> None:
    early = line(member(START), state="expired", since=dt.date(2020, 1, 1))
    late = line(member(START), state="expired", since=dt.date(2030, 1, 1), name="c2")
    assert [one.days for one in lifetimes([early, late], NOW)] == [0, (NOW - START).days]


def test_an_end_without_a_day_falls_on_the_last_mention() -> None:
    last = dt.date(2022, 6, 29)
    (found,) = lifetimes([line(member(START), member(last), state="withdrawn")], NOW)
    assert found.until == last


def test_undated_lines_later_ones_and_other_kinds_have_no_life() -> None:
    lines = [
        line(member(None)),
        line(member(NOW + dt.timedelta(1))),
        line(member(START), kind="demand"),
    ]
    demands: tuple[LineKind, ...] = ("demand",)
    assert lifetimes(lines, NOW) == ()
    assert len(lifetimes(lines, NOW, kinds=demands)) == 1


def test_mentions_after_the_day_of_asking_are_not_seen() -> None:
    (found,) = lifetimes([line(member(START), member(NOW + dt.timedelta(1)))], NOW)
    assert (found.last, found.mentions) == (START, 1)


def test_texts_in_several_guises_count_once() -> None:
    twice = line(member(START, "a", origin="one"), member(START, "b", origin="one"))
    assert lifetimes([twice], NOW)[0].mentions == 1


def test_groups_are_those_of_the_first_day() -> None:
    later = member(
        dt.date(2023, 1, 1), strength="firm", themes=("energy",), deadline="2025", obligors=("USA",)
    )
    first = member(START, strength="soft", themes=("training",), obligors=("NATO",))
    (found,) = lifetimes([line(first, later, themes=("energy",), obligors=("USA",))], NOW)
    assert found.groups("strength") == ("soft",)
    assert found.groups("theme") == ("training",)
    assert found.groups("obligor") == ("NATO",)
    assert found.groups("deadline") == (UNDATED,)


def test_what_the_first_day_does_not_say_comes_from_the_line_or_is_not_said() -> None:
    (found,) = lifetimes([line(member(START), themes=("energy",))], NOW)
    assert found.groups("theme") == ("energy",)
    assert found.groups("obligor") == found.groups("strength") == ("not said",)


def test_a_standing_of_another_day_is_refused() -> None:
    with pytest.raises(ValueError, match="asked for"):
        lifetimes([line(member(START))], START)


def test_recent_promises_are_young_and_in_no_curve() -> None:
    day = NOW - dt.timedelta(364)
    lines = [line(member(day - dt.timedelta(i % 2)), name=f"c{i}") for i in range(20)]
    found = lifetimes(lines, NOW)
    assert sum(one.young for one in found) == 10
    drawn = curves(found)
    assert drawn.young == 10
    assert drawn.curves[0].n == 10
    assert "10 commitments first made in the last 365 days" in " ".join(drawn.remarks())


# Curves


def test_the_product_limit_by_hand() -> None:
    # Twelve lives; at 3 two of twelve end, at 5 one of nine (one was censored at 4), at 8 three of
    # seven (one censored at 5 after the end there).
    days = [3, 3, -4, 5, -5, 8, 8, 8, -9, -9, -9, -9]
    at = {one.days: one for one in only(lives(days)).steps}
    third, fifth = Fraction(10, 12), Fraction(10, 12) * Fraction(8, 9)
    eighth = fifth * Fraction(4, 7)
    expected: dict[int, Fraction] = {
        0: Fraction(1),
        3: third,
        4: third,
        5: fifth,
        8: eighth,
        9: eighth,
    }
    assert {day: one.survival for day, one in at.items()} == pytest.approx(
        {day: float(value) for day, value in expected.items()}
    )
    assert {day: one.at_risk for day, one in at.items()} == {0: 12, 3: 12, 4: 10, 5: 9, 8: 7, 9: 4}


def test_the_textbook_s_curve_and_interval() -> None:
    curve = only(lives(TREATED))
    at = {one.days: one for one in curve.steps}
    assert [round(at[week].survival, 3) for week in (6, 7, 10, 13, 16, 22, 23)] == [
        0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448,
    ]  # fmt: skip
    assert curve.half_life == 23
    assert (curve.n, curve.ended) == (21, 9)
    # The same by another library.
    data = stats.CensoredData(
        uncensored=[week for week in TREATED if week > 0],
        right=[-week for week in TREATED if week < 0],
    )
    sure = stats.ecdf(data).sf.confidence_interval(method="log-log")
    weeks = [one.days for one in curve.steps[1:]]
    assert [one.low for one in curve.steps[1:]] == pytest.approx(sure.low.evaluate(weeks))
    assert [one.high for one in curve.steps[1:]] == pytest.approx(sure.high.evaluate(weeks))


def test_every_point_leads_to_its_commitments() -> None:
    days = [3, 3, -4, 5, -5, 8, 8, 8, -9, -9, -9, -9]
    curve = only(lives(days))
    at = {one.days: one for one in curve.steps}
    assert at[3].ended == ("c0", "c1")
    assert (at[5].ended, at[5].censored) == (("c3",), ("c4",))
    named = [name for one in curve.steps for name in one.ended + one.censored]
    assert sorted(named) == sorted(f"c{index}" for index in range(12))


def test_where_nothing_ended_the_curve_stays_at_one() -> None:
    curve = only(lives([-400] * 12))
    assert {one.survival for one in curve.steps} == {1.0}
    assert curve.half_life is None
    (row,) = table(curves(lives([-400] * 12)))
    assert row["half_life"] == "not reached"
    assert row["standing_1y"] == 1.0
    assert row["standing_2y"] == "not observed"


def test_where_all_ended_the_share_is_known_ever_after() -> None:
    (row,) = table(curves(lives([0] * 5 + [10] * 5)))
    assert row["half_life"] == 0
    assert (row["standing_1y"], row["standing_3y"]) == (0.0, 0.0)


def test_exactly_half_is_the_half_life_in_spite_of_rounding() -> None:
    assert only(lives([1, 2, 3, 4, 5, 6, -9, -9, -9, -9, -9, -9])).half_life == 6


def test_the_table_counts_how_they_ended() -> None:
    counted: dict[How, int] = {"silence": 6, "delivery": 3, "expiry": 2, "standing": 4}
    hows = [how for how, count in counted.items() for _ in range(count)]
    (row,) = table(curves([life(f"c{i}", 10 + i, how) for i, how in enumerate(hows)]))
    counts = [row[name] for name in ("n", "ended", "silence", "withdrawal", "delivery", "expiry")]
    assert counts == [15, 11, 6, 0, 3, 2]


def test_groups_and_those_too_small() -> None:
    found = [
        *lives([5] * 12, "soft", "s"),
        *lives([9] * 10, "firm", "f"),
        *lives([7] * 9, "intent", "i"),
    ]
    by = curves(found, "strength")
    assert [one.group for one in by.curves] == ["firm", "soft"]
    assert by.small == {"intent": 9}
    assert "intent (9)" in by.remarks()[0]
    assert curves(found, "deadline").curves[0].group == UNDATED
    assert curves([life("x", 3, deadline=True)], "deadline").small == {DATED: 1}


def test_a_commitment_of_two_themes_is_in_both_groups() -> None:
    found = [life(f"c{i}", i, themes=("energy", "training")) for i in range(10)]
    assert {one.group: one.n for one in curves(found, "theme").curves} == {
        "energy": 10,
        "training": 10,
    }


def test_none_and_one() -> None:
    assert curves([]).curves == ()
    assert table(curves([])) == []
    assert curves([]).remarks() == ()
    alone = curves([life("c1", 30)])
    assert alone.curves == ()
    assert alone.small == {"all commitments": 1}


def test_the_record_is_plain() -> None:
    record = curves(lives(TREATED), "strength").record()
    assert record["by"] == "strength"
    assert record["curves"][0]["steps"][1] == {
        "days": 6, "standing": 0.857143, "low": 0.619718, "high": 0.951552, "at_risk": 21,
        "ended": ["c0", "c1", "c2"], "censored": ["c3"],
    }  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=10, max_size=60))
@settings(max_examples=40, deadline=None)
def test_survival_never_rises_and_lies_within_its_interval(drawn: list[tuple[int, bool]]) -> None:
    found = [
        life(f"c{index}", days, "silence" if ended else "standing")
        for index, (days, ended) in enumerate(drawn)
    ]
    curve = only(found)
    shares = [1.0, *(one.survival for one in curve.steps)]
    assert all(later <= earlier for earlier, later in itertools.pairwise(shares))
    assert all(0 <= one.low <= one.survival <= one.high <= 1 for one in curve.steps)
    assert curve.ended == sum(ended for _, ended in drawn)
    # By hand, in fractions.
    share = Fraction(1)
    for one in curve.steps:
        risk = sum(days >= one.days for days, _ in drawn)
        share *= 1 - Fraction(sum(ended and days == one.days for days, ended in drawn), risk)
        assert one.at_risk == risk
        assert one.survival == pytest.approx(float(share))


# The test between two groups


def test_the_textbook_s_log_rank() -> None:
    found = [*lives(TREATED, "firm", "t"), *lives(PLACEBO, "soft", "p")]
    tested = compare(found, group_of("firm"), group_of("soft"))
    assert tested.statistic == pytest.approx(16.79, abs=0.005)
    assert tested.p == pytest.approx(4.17e-5, abs=0.01e-5)
    assert (tested.n_a, tested.n_b, tested.ended_a, tested.ended_b) == (21, 21, 9, 21)
    assert tested.cautions == ()


def test_what_belongs_to_both_groups_is_left_out() -> None:
    found = [life(f"e{i}", 10 + i, themes=("energy",)) for i in range(10)]
    found += [life(f"t{i}", 20 + i, themes=("training",)) for i in range(10)]
    found += [life("both", 5, themes=("energy", "training"))]
    tested = compare(found, Group("theme", "energy"), Group("theme", "training"))
    assert (tested.n_a, tested.n_b, tested.both) == (10, 10, 1)
    assert "1 commitment in both groups left out." in tested.cautions


def test_groups_of_different_kinds_can_be_compared() -> None:
    found = [*lives([4, 5, 6], "firm", "f"), *(life("u", 9, "standing", "soft", deadline=True),)]
    tested = compare(found, group_of("firm"), Group("deadline", DATED))
    assert (tested.n_a, tested.n_b) == (3, 1)


def test_without_an_end_there_is_nothing_to_test() -> None:
    found = [*lives([-5, -6], "firm", "f"), *lives([-7], "soft", "s")]
    tested = compare(found, group_of("firm"), group_of("soft"))
    assert tested.statistic is tested.p is None
    assert "nothing to compare" in tested.cautions[0]


def test_few_ends_and_small_groups_are_cautioned() -> None:
    tested = compare(
        [*lives([5, 6], "firm", "f"), *lives([7, -8], "soft", "s")],
        group_of("firm"),
        group_of("soft"),
    )
    assert tested.p is not None
    assert tested.cautions == (
        "Only 3 ends: the p-value is a rough one.",
        "A group has fewer than 10 commitments.",
    )


def test_an_empty_group_says_which_there_are() -> None:
    found = lives([5, 6], "firm")
    with pytest.raises(StandfastError, match="no commitment is in this group; there are firm"):
        compare(found, group_of("firm"), group_of("soft"))
    with pytest.raises(StandfastError, match="all its commitments are in the other group too"):
        compare(found, group_of("firm"), Group("deadline", UNDATED))
    with pytest.raises(StandfastError, match="no commitment is old enough to count"):
        compare([], group_of("firm"), group_of("soft"))


@pytest.mark.parametrize("text", ["strength", "strength=", "colour=red", "=firm", ""])
def test_what_is_no_group(text: str) -> None:
    with pytest.raises(StandfastError, match="not a group of commitments"):
        Group.parse(text)


def test_groups_are_read() -> None:
    assert Group.parse("theme = air-defence") == Group("theme", "air-defence")
    assert Group.parse("deadline=yes") == Group("deadline", DATED)
    assert str(Group.parse("deadline=no")) == "deadline=without a date"


# Notes


def document(name: str, date: dt.date | None, *issuers: str) -> Document:
    return Document(name, "", "", date=date, issuers=issuers)


def noted(found: tuple[Note, ...]) -> dict[str, Note]:
    return {one.about: one for one in found}


def test_what_the_corpus_does_not_hold() -> None:
    texts = [
        document("a", dt.date(2021, 6, 14), "NATO"),
        document("b", dt.date(2021, 6, 20), "NATO"),
        document("c", dt.date(2021, 9, 1), "G7"),
        document("d", None),
    ]
    lines = [
        line(member(START, obligors=("NATO",)), state="silent"),
        line(member(START, "a"), member(dt.date(2022, 1, 1)), name="c2", obligors=("USA",)),
        line(member(NOW, obligors=("G7",)), name="c3"),
        line(member(None), name="c4"),
    ]
    promises = [one for one, _ in lines]
    found = noted(notes(texts, promises, lifetimes(lines, NOW), expected=("CAN",)))
    assert found["span"].items == ("2021-06-14", "2021-09-01")
    assert (found["span"].count, found["span"].total) == (3, 4)
    assert found["undated documents"].items == ("d",)
    assert found["thin months"].items == ("2021-07", "2021-08", "2021-09")
    assert "3 of its 4 months have fewer than 2 documents, 2 of them none" in (
        found["thin months"].text
    )
    assert found["absent parties"].items == ("USA", "CAN")
    assert found["undated commitments"].items == ("c4",)
    assert found["one mention"].items == ("c1", "c3")
    assert "1 of them since gone silent and counted with 0 days" in found["one mention"].text
    assert found["first day"].items == ("c1", "c2")
    assert found["young"].items == ("c3",)
    assert found["silence"].items == ("c1",)


def test_a_corpus_of_nothing_says_so() -> None:
    (note,) = notes([], [], [])
    assert note.text == "0 documents, none with a date."
    assert caption([note]) == note.text


def test_the_caption_leaves_out_what_the_chart_says_itself() -> None:
    found = notes([], [], [life("c1", 3, young=True)])
    assert "young" in noted(found)
    assert noted(found)["young"].text not in caption(found)


# Pictures


def test_the_picture_shows_curves_names_numbers_and_note() -> None:
    found = [
        *lives(TREATED, "firm", "t"),
        *lives(PLACEBO, "soft", "p"),
        life("x", 3, "expiry", None),
    ]
    chart = survival_chart(curves(found, "strength"), "Nothing is held of Canada.")
    svg = as_svg(chart)
    for words in (
        "by strength at the first mention", "firm: 9 of 21 ended", "soft: 21 of 21 ended",
        "not said (1)", "Nothing is held of Canada.", "95% intervals",
    ):  # fmt: skip
        assert words in svg
    assert svg.count('aria-roledescription="area mark"') == 2
    assert as_svg(chart) == svg
    assert as_png(chart, 1)[:8] == b"\x89PNG\r\n\x1a\n"


def test_many_curves_have_bars_and_the_smallest_are_left_out() -> None:
    found = [
        life(f"{theme}{i}", 100 * i, themes=(theme,))
        for size, theme in enumerate("abcdefg", 10)
        for i in range(size)
    ]
    svg = as_svg(survival_chart(curves(found, "theme"), names={"a": "Alpha", "g": "Gamma"}))
    assert "bars: 95% intervals" in svg
    assert 'aria-roledescription="area mark"' not in svg
    assert "not Alpha." in svg
    assert "Gamma: 16 of 16 ended" in svg


@pytest.mark.parametrize("days", [[0] * 10, [-1] * 10, [-9000] * 10, [3] * 10])
def test_odd_curves_can_be_drawn(days: list[int]) -> None:
    assert as_svg(survival_chart(curves(lives(days)))).startswith("<svg")


def test_without_a_curve_there_is_no_picture() -> None:
    with pytest.raises(StandfastError, match="fewer than 10 commitments"):
        survival_chart(curves(lives([4])))
    with pytest.raises(StandfastError, match="there are no commitments"):
        survival_chart(curves([]))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_names_at_the_margin_stand_apart(drawn: list[float]) -> None:
    placed = _spread(sorted(drawn, reverse=True))
    gaps = [upper - lower for upper, lower in itertools.pairwise(placed)]
    assert all(gap > 0.0599 for gap in gaps)
    assert -1e-9 <= placed[-1] <= placed[0] <= 1 + 1e-9


def test_all_states_have_an_end() -> None:
    for state in get_args(State):
        assert len(lifetimes([line(member(START), state=state)], NOW)) == 1
