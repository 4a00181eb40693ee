"""Who is who, and when."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.model import UnknownPartyError
from standfast.parties import Registry

REGISTRY = Registry.load()


@pytest.mark.parametrize(
    ("group", "day", "number"),
    [
        ("NATO", "2021-06-14", 30),
        ("NATO", "2023-04-03", 30),
        ("NATO", "2023-04-04", 31),
        ("NATO", "2024-03-07", 32),
        ("NATO", "2020-03-26", 29),
        ("EU", "2020-01-31", 28),
        ("EU", "2020-02-01", 27),
        ("G7", "2022-06-26", 7),
        ("QUAD", "2022-05-24", 4),
        ("ASEAN", "2025-10-25", 10),
        ("ASEAN", "2025-10-26", 11),
        ("OSCE", "2022-01-01", 57),
        ("G20", "2022-11-15", 20),
    ],
)
def test_members_on_a_day(group: str, day: str, number: int) -> None:
    members = REGISTRY.members(group, dt.date.fromisoformat(day))
    assert len({m.member for m in members}) == len(members) == number


def test_every_row_has_a_source_and_known_codes() -> None:
    codes = {party.code for party in REGISTRY.parties()}
    for group in ("NATO", "EU", "G7", "G20", "QUAD", "ASEAN", "OSCE"):
        for row in REGISTRY.members(group):
            assert row.member in codes
            assert row.source
            assert row.until is None or row.since < row.until
    for code in codes:
        for name in REGISTRY.names(code):
            assert name.source
            assert set(name.parties) <= codes


@pytest.mark.parametrize(
    ("text", "code"),
    [("ukr", "UKR"), ("The United Kingdom", "GBR"), ("Türkiye", "TUR"), ("Turkiye", "TUR"),
     ("nato", "NATO"), ("Kyiv", "UKR"), ("European Union", "EU"), ("Allies", "NATO")],
)  # fmt: skip
def test_what_people_type(text: str, code: str) -> None:
    assert REGISTRY.resolve(text) == (code,)


def test_unknown_parties_come_with_near_ones() -> None:
    for typed, near in (("Ukrane", "UKR"), ("NTAO", "NATO"), ("Rusia", "RUS")):
        with pytest.raises(UnknownPartyError, match=near):
            REGISTRY.resolve(typed)


def test_office_holders_are_dated() -> None:
    def of(text: str, day: str) -> tuple[str, ...]:
        return REGISTRY.mentions(text, dt.date.fromisoformat(day))[0].parties

    assert of("Mark Rutte spoke", "2023-07-11") == ("NLD",)
    assert of("Mark Rutte spoke", "2025-06-25") == ("NATO",)
    assert of("Kaja Kallas spoke", "2023-07-11") == ("EST",)
    assert of("Kaja Kallas spoke", "2025-06-25") == ("EU",)


def test_longest_names_win_and_case_counts() -> None:
    text = "The U.S. Congress told us that South Korea and North Korea differ; Nigerians agree."
    found = [(m.text, m.parties) for m in REGISTRY.mentions(text)]
    assert found == [
        ("U.S. Congress", ("USA",)),
        ("South Korea", ("KOR",)),
        ("North Korea", ("PRK",)),
        ("Nigerians", ("NGA",)),
    ]


def test_agreements_and_waters_called_after_a_place_name_nobody() -> None:
    text = "Under the Paris Agreement, peace on the Korean Peninsula; Paris and Korea agree."
    assert [m.text for m in REGISTRY.mentions(text)] == ["Paris", "Korea"]


def test_labels_of_turns() -> None:
    day = dt.date(2023, 7, 12)
    assert REGISTRY.speaker("PRESIDENT ZELENSKYY", day) == ("UKR",)
    assert REGISTRY.speaker("SECRETARY GENERAL STOLTENBERG", day) == ("NATO",)
    assert REGISTRY.speaker("MR. SULLIVAN", day) == ("USA",)
    assert REGISTRY.speaker("THE PRESIDENT", day) == REGISTRY.speaker("Q", day) == ()


@given(
    st.lists(
        st.sampled_from(["NATO", "Ukraine", " ", "’s ", "the United States", "Mali", "ce ", ", "]),
        max_size=12,
    )
)
def test_mentions_are_ordered_and_stand_where_they_say(parts: list[str]) -> None:
    text = "".join(parts)
    last = 0
    for mention in REGISTRY.mentions(text):
        assert last <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        last = mention.end
