"""Which acts become one line: by subject, leader and target, and by words where no subject fits."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import product as pairs_of
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfast.extraction.themes import theme_titles
from standfast.lineage import joining
from standfast.lineage.joinable import joinable, joinables, leaders
from standfast.lineage.likeness import Centre, joining_rules, odds, probability, product, vector
from standfast.lineage.settling import settle
from standfast.lineage.subjects import loose_subjects, pattern, subjects, undertakings
from standfast.lineage.words import scaled, stems, weighed
from standfast.model import ACT_KINDS, Commitment, Member
from standfast.parties import Registry
from tests.lineage import makers
from tests.lineage.makers import say

BATTERIES = (
    ("2021-05-04", "We will send Ukraine two batteries for air defence."),
    ("2022-05-04", "We are sending Ukraine more batteries for air defence."),
    ("2023-05-04", "We will keep sending Ukraine batteries for air defence."),
)
CLINICS = (
    ("2021-05-04", "We will fund emergency relief for displaced families in Ukraine."),
    ("2022-05-04", "We are funding emergency relief for displaced families in Ukraine."),
)
HARBOUR = (
    ("2021-03-01", "We will dredge the old harbour basin at Lintmouth and mend its granite quay."),
    ("2022-03-01", "We will dredge the old harbour basin at Lintmouth and mend its quay again."),
    (
        "2023-03-01",
        "We are to dredge the old harbour basin at Lintmouth and mend its granite quay.",
    ),
)
FERRIES = (
    (
        "2022-06-01",
        "We will lend the Skerry islanders three wooden ferries with oars and lanterns.",
    ),
    ("2023-06-01", "We will lend the Skerry islanders five wooden ferries with oars and lanterns."),
)
"""Begun after the harbour, so that what speaks of both can come between."""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def mention(day: str | None, words: str, act: str = "commitment", **more: Any) -> Member:
    """A mention whose key is a hash of its document and words, as the ledger's keys are."""
    one = makers.mention(day, words, act, **more)
    return replace(one, key=hashlib.sha256(f"{one.act.doc} {words}".encode()).hexdigest()[:12])


def batteries(**more: Any) -> list[Member]:
    """The same promise in three years."""
    return [
        mention(day, words, **({"themes": ("air-defence",)} | more)) for day, words in BATTERIES
    ]


def clinics() -> list[Member]:
    """Another promise of the same party for the same one."""
    return [mention(day, words, themes=("humanitarian",)) for day, words in CLINICS]


def unknown(rows: Iterable[tuple[str, str]], **more: Any) -> list[Member]:
    """Promises that no subject of the catalogue holds."""
    given: dict[str, Any] = {"targets": (), "themes": ("other",)}
    return [mention(day, words, **(given | more)) for day, words in rows]


def keys(line: Commitment) -> set[str]:
    """Keys of a line's members."""
    return {one.key for one in line.members}


def of(lines: Iterable[Commitment], one: Member) -> list[Commitment]:
    """The lines that an act stands in."""
    return [line for line in lines if one.key in keys(line)]


# -- lines by subject --


def test_one_undertaking_in_three_years_is_one_line() -> None:
    said = batteries()
    (line,) = joining.join(said)
    assert [one.date for one in line.members] == [one.date for one in said]
    assert (line.id, line.kind) == ("air-defence.usa.ukr", "promise")
    assert line.name == "Air defence (USA → UKR)"
    assert (line.obligors, line.targets, line.themes) == (("USA",), ("UKR",), ("air-defence",))
    assert (line.first, line.last) == (dt.date(2021, 5, 4), dt.date(2023, 5, 4))
    assert all(0.5 < one.confidence < 1 for one in line.members)


def test_different_undertakings_of_one_party_stay_apart() -> None:
    lines = joining.join([*batteries(), *clinics()])
    assert [len(line.members) for line in lines] == [3, 2]
    assert not keys(lines[0]) & keys(lines[1])


def test_an_act_on_two_subjects_stands_in_both_lines_and_does_not_join_them() -> None:
    both = mention(
        "2022-09-09",
        "We will send Ukraine batteries for air defence and fund emergency relief for displaced "
        "families.",
        themes=("air-defence", "humanitarian"),
    )
    lines = joining.join([*batteries(), *clinics(), both])
    assert {line.id.split(".")[0] for line in of(lines, both)} == {"air-defence", "humanitarian"}
    for battery, clinic in pairs_of(batteries(), clinics()):
        assert not {line.id for line in of(lines, battery)} & {
            line.id for line in of(lines, clinic)
        }


def test_one_subject_led_by_others_or_for_others_is_another_line() -> None:
    own = batteries()
    theirs = [
        mention(
            one.date.isoformat(),
            one.act.quote,
            doc=f"oslo-{one.date}",
            obligors=("NOR",),
            themes=("air-defence",),
        )
        for one in own
        if one.date
    ]
    moldova = [
        mention(
            day,
            words.replace("Ukraine", "Moldova"),
            doc=f"md-{day}",
            targets=("MDA",),
            themes=("air-defence",),
        )
        for day, words in BATTERIES
    ]
    lines = joining.join([*own, *theirs, *moldova])
    assert {line.id for line in lines} == {
        "air-defence.usa.ukr",
        "air-defence.nor.ukr",
        "air-defence.usa.mda",
    }
    assert all(len(line.members) == 3 for line in lines)


def test_a_subject_without_slot_does_not_part_targets() -> None:
    assert undertakings()["just-peace"].slot == "none"
    words = "We back a just and lasting peace in the valley."
    said = [
        mention("2021-01-05", words, "affirmation", targets=("UKR",), themes=("diplomacy",)),
        mention("2022-01-05", words, "affirmation", targets=("MDA",), themes=("diplomacy",)),
    ]
    (line,) = joining.join(said)
    assert line.id == "just-peace.usa"
    assert line.kind == "position"


def test_a_demand_and_a_promise_of_the_same_thing_are_told_apart_by_who_leads() -> None:
    asks = [
        mention(
            day,
            f"We ask our partners to send batteries for air defence {when}.",
            "request",
            doc=f"kyiv-{day}",
            obligors=("USA",),
            speaker=("UKR",),
            themes=("air-defence",),
        )
        for day, when in (("2021-07-01", "now"), ("2022-07-01", "soon"))
    ]
    lines = joining.join([*batteries(), *asks])
    kinds = {line.id: line.kind for line in lines}
    assert kinds == {"air-defence.usa.ukr": "promise", "air-defence.ukr.ukr": "demand"}
    (demand,) = [line for line in lines if line.kind == "demand"]
    assert keys(demand) == {one.key for one in asks}


def test_mentions_without_a_target_go_to_the_longest_line_of_the_leader() -> None:
    open_one = mention(
        "2024-05-04",
        "We will keep sending batteries for air defence.",
        targets=(),
        themes=("air-defence",),
    )
    lines = joining.join([*batteries(), open_one])
    assert [line.id for line in of(lines, open_one)] == ["air-defence.usa.ukr"]


def test_words_that_do_not_agree_leave_the_line_of_their_subject() -> None:
    stray = mention(
        "2022-08-08",
        "A hawk circled over the choir as the mayor spoke.",
        "affirmation",
        targets=("UKR",),
        themes=("other",),
    )
    assert "air-defence" in subjects(stray.act)
    lines = joining.join([*batteries(), stray])
    assert keys(lines[0]) == {one.key for one in batteries()}
    assert [keys(line) for line in of(lines, stray)] == [{stray.key}]


def test_an_act_brought_by_its_theme_alone_has_to_agree_more() -> None:
    plain = say("We shall hand over what we have.", themes=("military-assistance",))
    assert subjects(plain) == ()
    assert loose_subjects(plain) == ("military-assistance",)
    assert loose_subjects(say("It rained.", themes=("other", "military-assistance"))) == ()
    line = joining.Line("x", "", subject=True)
    line.add(joinable(mention("2021-01-01", "We will send arms.", themes=("military-assistance",))))
    loose = joinable(mention("2022-01-01", plain.quote, themes=("military-assistance",)))
    assert loose.loose
    got = line.odds(loose)
    without = line.centre.mean_odds(loose.doc, loose.vector, subject=True)
    assert got is not None
    assert without is not None
    assert got == pytest.approx(without - joining_rules()["loose"])


# -- members of a body --


def _seven(day: str, words: str) -> Member:
    return mention(
        day, words, doc=f"g7-{day}", obligors=("G7",), issuers=("G7",), themes=("air-defence",)
    )


def test_a_member_s_act_alone_joins_the_line_of_its_body(registry: Registry) -> None:
    body = [_seven(day, words) for day, words in BATTERIES]
    alone = mention(
        "2022-11-11",
        "We will send Ukraine batteries for air defence.",
        obligors=("CAN",),
        themes=("air-defence",),
    )
    (line,) = joining.join([*body, alone], registry)
    assert line.id == "air-defence.g7.ukr"
    assert alone.key in keys(line)
    without = joining.join([*body, alone])
    assert [len(one.members) for one in without] == [3, 1]


def test_who_was_not_a_member_on_the_day_does_not_join(registry: Registry) -> None:
    body = [_seven(day, words) for day, words in BATTERIES]
    words = "We will send Ukraine batteries for air defence."
    early = mention("1976-01-05", words, obligors=("CAN",), themes=("air-defence",))
    outside = mention("2022-11-11", words, obligors=("NOR",), themes=("air-defence",))
    undated = mention(None, words, obligors=("ITA",), themes=("air-defence",))
    lines = joining.join([*body, early, outside, undated], registry)
    assert keys(lines[0]) == {one.key for one in body}
    for one in (early, outside, undated):
        assert [keys(line) for line in of(lines, one)] == [{one.key}]


def test_a_member_with_a_line_of_its_own_keeps_it(registry: Registry) -> None:
    body = [_seven(day, words) for day, words in BATTERIES]
    own = [
        mention(day, words, doc=f"ottawa-{day}", obligors=("CAN",), themes=("air-defence",))
        for day, words in BATTERIES
    ]
    lines = joining.join([*body, *own], registry)
    assert {line.id: len(line.members) for line in lines} == {
        "air-defence.g7.ukr": 3,
        "air-defence.can.ukr": 3,
    }


def test_a_party_that_the_registry_does_not_know_is_no_obstacle(registry: Registry) -> None:
    body = [_seven(day, words) for day, words in BATTERIES]
    strange = mention(
        "2022-11-11",
        "We will send Ukraine batteries for air defence.",
        obligors=("Ruritania",),
        themes=("air-defence",),
    )
    lines = joining.join([*body, strange], registry)
    assert [len(line.members) for line in lines] == [3, 1]


def test_a_joint_statement_of_two_is_one_line_not_two() -> None:
    said = batteries(obligors=("USA", "NOR"), issuers=("USA", "NOR"))
    (line,) = joining.join(said)
    assert line.obligors == ("NOR", "USA")


def test_many_named_obligors_are_an_enumeration_and_the_issuer_counts() -> None:
    named = ("USA", "NOR", "SWE", "DNK", "FIN")
    assert leaders(mention("2021-01-01", "We will.", obligors=named, issuers=("NATO",))) == (
        "NATO",
    )
    assert leaders(mention("2021-01-01", "We will.", obligors=named)) == named[:4]
    assert leaders(mention("2021-01-01", "We will.", obligors=())) == ("",)
    asked = mention("2021-01-01", "Do!", "request", obligors=named, speaker=("UKR",))
    assert leaders(asked) == ("UKR",)


# -- subjects --


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("ferr*", "Two FERRIES sail.", True),
        ("ferr*", "A transferred sum.", False),
        ("ferry", "Ferry-boats sail.", True),
        ("ferry", "Ferrying on.", False),
        ("lend ~ ferries", "We lend ferries.", True),
        ("lend ~ ferries", "We lend the old and tired ferries.", True),
        ("lend ~ ferries", "We lend one two three four five six ferries.", False),
        ("lend ~ ferries", "We lend. Your ferries sail.", False),
        ("old  harbour", "the old\nharbour", True),
    ],
)
def test_phrases_find_what_the_data_file_says(phrase: str, text: str, found: bool) -> None:
    assert bool(pattern([phrase]).search(text)) == found


def test_broad_subjects_are_looked_for_in_the_quote_alone() -> None:
    known = undertakings()
    assert known["sanctions"].broad
    assert not known["air-defence"].broad
    around = "Of the sanctions and the air defence she said: "
    quiet, loud = "We will not relent.", "We will keep sanctions."
    act = say(quiet, themes=("sanctions",))
    assert subjects(act, around + quiet) == ("air-defence",)
    act = say(loud, themes=("sanctions",))
    assert subjects(act, around + loud) == ("air-defence", "sanctions")


def test_every_undertaking_is_well_formed() -> None:
    for one in undertakings().values():
        assert one.slot in {"target", "none"}, one.id
        assert one.acts <= set(ACT_KINDS), one.id
        assert one.themes | one.otherwise <= set(theme_titles()), one.id
        assert not one.words.search(""), one.id


# -- lines by words --


def test_what_no_subject_holds_is_joined_by_its_telling_words() -> None:
    harbour, ferries = unknown(HARBOUR), unknown(FERRIES)
    assert not any(joinable(one).subjects for one in (*harbour, *ferries))
    lines = joining.join([*harbour, *ferries])
    assert [keys(line) for line in lines] == [
        {one.key for one in harbour},
        {one.key for one in ferries},
    ]
    assert lines[0].id.startswith("line-")
    assert lines[0].name == HARBOUR[0][1]


def test_the_same_words_of_another_leader_are_another_line() -> None:
    theirs = [
        one
        for day, words in HARBOUR
        for one in unknown([(day, words)], obligors=("NOR",), doc=f"oslo-{day}")
    ]
    lines = joining.join([*unknown(HARBOUR), *theirs])
    assert [len(line.members) for line in lines] == [3, 3]
    assert sorted(line.obligors for line in lines) == [("NOR",), ("USA",)]


def test_what_says_too_little_to_be_found_again_stays_alone() -> None:
    short = unknown((day, "We will dredge the harbour.") for day, _ in HARBOUR)
    assert [len(line.members) for line in joining.join(short)] == [1, 1, 1]


def test_words_do_not_chain_two_undertakings_through_a_third() -> None:
    between = mention(
        "2022-02-01",
        f"{HARBOUR[0][1][:-1]}, and {FERRIES[0][1][8:]}",
        targets=(),
        themes=("other",),
    )
    first, last = unknown(HARBOUR), unknown(FERRIES)
    near = joinable(between)
    for one in (first[0], last[0]):
        assert odds(near.vector, joinable(one).vector, subject=False) > joining_rules()["joins"]
    lines = joining.join([*first, between, *last])
    for one, other in pairs_of(first, last):
        assert not {line.id for line in of(lines, one)} & {line.id for line in of(lines, other)}


def test_what_leaves_a_line_found_by_words_does_not_leave_its_identifier_there() -> None:
    (first,), rest = joinables(unknown(FERRIES[:1])), joinables(unknown(HARBOUR))
    line, alone = joining._word_lines([first, *rest])
    assert list(alone.members) == [first.key]
    assert list(line.members) == [one.key for one in rest]
    assert (line.id, alone.id) == (f"line-{rest[0].key}", f"line-{first.key}")


# -- few and odd --


def test_nothing_is_nothing() -> None:
    assert joining.join([]) == []
    assert settle([]) == []


def test_one_mention_is_a_line_of_its_own() -> None:
    one = batteries()[0]
    (line,) = joining.join([one])
    assert keys(line) == {one.key}
    assert line.members[0].confidence == 1
    (other,) = joining.join(unknown(HARBOUR[:1]))
    assert other.id.startswith("line-")


def test_one_document_alone_has_its_subjects_as_lines() -> None:
    some = (batteries()[0].act, clinics()[0].act)
    said = [mention("2021-05-04", one.quote, doc="only", themes=one.themes) for one in some]
    lines = joining.join(said)
    assert [len(line.members) for line in lines] == [1, 1]
    assert all(line.documents == ("only",) for line in lines)
    assert all(one.confidence == 1 for line in lines for one in line.members)


def test_undated_mentions_join_and_come_last() -> None:
    undated = mention(
        None, "We will send Ukraine batteries for air defence.", themes=("air-defence",)
    )
    (line,) = joining.join([undated, *batteries()])
    assert line.members[-1].key == undated.key
    assert line.last == dt.date(2023, 5, 4)


def test_an_act_without_parties_or_themes_is_in_a_line() -> None:
    bare = mention("2021-01-01", "…", obligors=(), targets=(), themes=())
    (line,) = joining.join([bare])
    assert (line.obligors, line.targets, line.themes) == ((), (), ())


# -- order --

MIXED = [
    *batteries(),
    *clinics(),
    *unknown(HARBOUR),
    *unknown(FERRIES),
    *[_seven(day, words) for day, words in BATTERIES],
    mention(None, "We will send Ukraine batteries for air defence.", themes=("air-defence",)),
    mention(
        "2022-11-11",
        "We will send batteries for air defence.",
        obligors=("CAN",),
        targets=(),
        themes=("air-defence",),
    ),
    mention("2021-05-04", BATTERIES[0][1], doc="copy", obligors=("USA",), issuers=("USA",)),
]


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(MIXED))
def test_the_order_of_members_does_not_matter(order: list[Member]) -> None:
    registry = Registry.load()
    assert settle(order, registry) == settle(MIXED, registry)


def test_the_order_of_very_many_alike_members_does_not_matter() -> None:
    many = [
        mention(
            f"20{10 + n % 13}-0{1 + n % 9}-11",
            f"{BATTERIES[n % 3][1]} {n % 7}",
            doc=f"d{n}",
            themes=("air-defence",),
        )
        for n in range(120)
    ]
    shuffled = many[:]
    random.Random(5).shuffle(shuffled)
    assert joining.join(many) == joining.join(shuffled)


@settings(max_examples=40, deadline=None)
@given(some=st.lists(st.sampled_from(MIXED), unique_by=lambda one: one.key))
def test_every_act_is_in_a_line_and_no_line_invents_any(some: list[Member]) -> None:
    lines = joining.join(some)
    assert set().union(*map(keys, lines)) == {one.key for one in some}
    assert len({line.id for line in lines}) == len(lines)
    assert all(len(keys(line)) == len(line.members) > 0 for line in lines)
    assert all(0 <= one.confidence <= 1 for line in lines for one in line.members)


# -- words and likeness --

TEXTS = st.one_of(st.sampled_from([words for _, words in (*BATTERIES, *HARBOUR)]), st.text())
VECTORS = st.dictionaries(
    st.text(max_size=3), st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6), max_size=8
)


def test_stems_leave_out_function_words_and_keep_pairs() -> None:
    assert stems("The companies of our cities")[:2] == ["company", "citi"]  # four letters stay
    assert stems("training trained trains")[:3] == ["train", "train", "train"]
    assert stems("red bed") == ["red", "bed", "red bed"]
    assert stems("Kyiv’s 1,500 tons") == ["kyiv", "1,500", "tons", "kyiv 1,500", "1,500 tons"]
    assert stems("of the and") == []
    assert stems("") == []


@given(text=TEXTS)
def test_weighed_words_have_length_one_or_none(text: str) -> None:
    length = math.hypot(*weighed(text).values())
    assert length == 0 or length == pytest.approx(1)
    assert length == 0 or stems(text)


@given(values=VECTORS)
def test_scaled_vectors_have_length_one(values: dict[str, float]) -> None:
    found = scaled(values)
    assert set(found) == {name for name, value in values.items() if value}
    assert not found or math.hypot(*found.values()) == pytest.approx(1)


@given(one=VECTORS, other=VECTORS)
def test_the_product_is_symmetric(one: dict[str, float], other: dict[str, float]) -> None:
    assert product(one, other) == pytest.approx(product(other, one))
    assert product(one, {}) == 0


@given(some=st.lists(st.sampled_from(MIXED), min_size=1, unique_by=lambda one: one.key))
def test_a_centre_gives_the_mean_of_all_pairs_and_forgets_what_is_removed(
    some: list[Member],
) -> None:
    asked, *rest = joinables(some)
    centre = Centre()
    for one in rest:
        centre.add(one.doc, one.vector)
    centre.add("gone", asked.vector)
    centre.remove("gone", asked.vector)
    others = [odds(asked.vector, one.vector, subject=True) for one in rest if one.doc != asked.doc]
    mean = centre.mean_odds(asked.doc, asked.vector, subject=True)
    if not others:
        assert mean is None
    else:
        assert mean == pytest.approx(sum(others) / len(others))


def test_an_act_is_nearest_to_its_own_words() -> None:
    acts = [one.act for one in (*batteries(), *clinics())]
    vectors = [vector(act, "", subjects(act)) for act in acts]
    same = odds(vectors[0], vectors[0], subject=True)
    assert same > odds(vectors[0], vectors[1], subject=True)
    assert odds(vectors[0], vectors[1], subject=True) > odds(vectors[0], vectors[3], subject=True)
    assert probability(-1e9) < 1e-9
    assert probability(1e9) == pytest.approx(1)
    assert probability(0) == 0.5
