"""Summits and meetings: the list, what documents bear out, what a person gives, bad input."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from standfast.documents import read
from standfast.lineage.occasions import (
    Findings,
    all_series,
    find_occasions,
    known_occasions,
    look_for_occasions,
    next_of,
    previous_of,
    read_occasions,
    series_of,
)
from standfast.model import OCCASION_KINDS, Document, Occasion, StandfastError
from tests.lineage.occasion_makers import meeting, paper

KNOWN = {one.id: one for one in known_occasions()}


def of(documents: list[Document], *given: Occasion) -> dict[str, tuple[str, ...]]:
    """Documents by occasion, those without any left out."""
    return {one.id: one.documents for one in find_occasions(documents, given) if one.documents}


def test_the_list_is_sound() -> None:
    assert len(KNOWN) == len(known_occasions())
    for one in KNOWN.values():
        assert one.start <= one.end <= one.start + dt.timedelta(days=3)
        assert one.kind in OCCASION_KINDS
        assert one.series in all_series()
        assert "http" in one.source
        assert one.origin == "listed"
        assert set(one.hosts) <= {*one.participants, "NATO", "EU"}


@pytest.mark.parametrize(
    ("id_", "count"),
    [("nato-2021-brussels", 30), ("nato-2019-london", 29), ("nato-2014-wales", 29)],
)
def test_members_are_those_of_the_day(id_: str, count: int) -> None:
    assert len(KNOWN[id_].participants) == count


def test_sweden_is_a_guest_at_vilnius_and_a_member_in_washington() -> None:
    allies = len(KNOWN["nato-2024-washington"].participants)
    assert allies == 32 + len({"UKR", "AUS", "JPN", "KOR", "NZL"})
    assert "SWE" in KNOWN["nato-2023-vilnius"].participants
    assert {"EU", "UKR"} == set(KNOWN["eu-ukraine-2023-kyiv"].participants)


def test_the_next_of_a_series() -> None:
    brussels = KNOWN["nato-2021-brussels"]
    after = next_of(brussels, KNOWN.values())
    assert after is not None
    assert after.id == "nato-2022-virtual"
    before = previous_of(brussels, KNOWN.values())
    assert before is not None
    assert before.id == "nato-2019-london"
    last = series_of(brussels, KNOWN.values())[-1]
    assert next_of(last, KNOWN.values()) is None


def test_an_occasion_of_no_series_is_alone() -> None:
    one = meeting("lunch", "2023-07-11")
    assert series_of(one, KNOWN.values()) == [one]
    assert next_of(one, KNOWN.values()) is None


@pytest.mark.parametrize(
    ("title", "date", "text", "kind"),
    [
        ("Fact sheet: what the NATO Summit will bring", "2023-07-09", "", "fact-sheet"),
        ("Background call previewing the NATO summit", "2023-07-05", "", "press-call"),
        ("Vilnius Summit Communiqué", "2023-07-11", "", "communique"),
        (
            "Remarks by the President in Press Conference",
            "2023-07-12",
            "Vilnius, Lithuania",
            "speech",
        ),
        ("What allies said on training", "2023-07-11", "", "fact-sheet"),
        ("The 2023 NATO Summit in Vilnius", "2023-08-20", "", "fact-sheet"),
    ],
)
def test_what_belongs_to_a_summit(title: str, date: str, text: str, kind: str) -> None:
    text = text or "At the NATO Summit the leaders agreed on more training."
    assert "nato-2023-vilnius" in of([paper("one", title, date, text, kind=kind)])


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Statement on health care", "2023-07-11"),
        ("Statement on travel to the NATO Summit", "2023-06-20"),
        ("Looking back at the NATO summit", "2023-09-30"),
        ("Statement on the G7 Summit in Hiroshima", "2023-07-11"),
    ],
)
def test_what_does_not(title: str, date: str) -> None:
    assert "nato-2023-vilnius" not in of([paper("one", title, date)])


def test_the_body_s_voice_on_its_days() -> None:
    text = paper("one", "Leaders’ Statement on Ukraine", "2023-05-19", "", "G7")
    assert of([text]) == {"g7-2023-hiroshima": ("one",)}


def test_a_meeting_in_the_margins_belongs_to_both() -> None:
    place = "Vilnius, Lithuania\n\nWelcome."
    told = "Remarks by President Biden and President Zelenskyy of Ukraine Before Bilateral Meeting"
    papers = [
        paper("remarks", told, "2023-07-12", place, "USA", "UKR", kind="speech"),
        paper("readout", "Readout of President Biden’s Meeting with President Zelenskyy of Ukraine",
              "2023-07-12", kind="readout"),
    ]  # fmt: skip
    found = of(papers)
    assert set(found["nato-2023-vilnius"]) == {"remarks", "readout"}
    assert set(found["2023-07-12-meeting-ukr-usa"]) == {"remarks", "readout"}


def test_a_call_is_not_the_meeting_of_that_day() -> None:
    papers = [
        paper("call", "Readout of President Biden’s Call with President Zelenskyy of Ukraine",
              "2024-02-17", kind="readout"),
        paper("met", "Readout of Vice President Harris’s Meeting with President Zelenskyy",
              "2024-02-17", kind="readout"),
    ]  # fmt: skip
    assert of(papers) == {
        "2024-02-17-call-ukr-usa": ("call",),
        "2024-02-17-meeting-ukr-usa": ("met",),
    }


def test_an_announcement_joins_and_founds_nothing() -> None:
    title = "Statement on the Upcoming Visit of President Zelenskyy of Ukraine"
    ahead = paper("ahead", title, "2023-12-10")
    assert of([ahead]) == {}
    met = paper("met", "Readout of the President’s Meeting with President Zelenskyy of Ukraine",
                "2023-12-12", kind="readout")  # fmt: skip
    assert of([ahead, met]) == {"2023-12-12-meeting-ukr-usa": ("ahead", "met")}


@pytest.mark.parametrize("whom", ["Congressional Leaders on Ukraine", "Ukrainian Refugees"])
def test_a_meeting_with_no_government_is_none(whom: str) -> None:
    title = f"Readout of the President’s Meeting with {whom}"
    assert of([paper("one", title, "2024-01-17", kind="readout")]) == {}


def test_leaders_of_a_group_are_its_members() -> None:
    title = "Readout of the President’s Meeting with the Leaders of the Bucharest Nine"
    (found,) = find_occasions([paper("one", title, "2023-02-22", kind="readout")])
    assert (found.kind, len(found.participants), found.origin) == ("meeting", 10, "metadata")


def test_numbered_meetings_are_a_series_of_their_own() -> None:
    papers = [
        paper(nth, f"Readout of {nth} Meeting of the Harbour Contact Group for Ukraine", date)
        for nth, date in (("Second", "2023-04-05"), ("Third", "2023-05-26"))
    ]
    second, third = find_occasions(papers)
    assert second.series == third.series == "harbour-contact-group-for-ukraine"
    assert next_of(second, [third, second]) == third


def test_a_conference_that_a_text_dates() -> None:
    text = (
        "Both sides look forward to the Baltic Ports Conference in Riga on 3-4 May 2023, they said."
    )
    before = paper("before", "Statement", "2023-04-01", text, "LVA", "EST")
    after = paper("after", "Fact sheet: Baltic Ports Conference", "2023-05-04", "", "LVA", "EST")
    (found,) = find_occasions([before, after])
    assert (found.start, found.end) == (dt.date(2023, 5, 3), dt.date(2023, 5, 4))
    assert (found.place, found.origin, found.kind) == ("Riga", "text", "conference")
    assert found.documents == ("after",)


def test_a_known_one_that_a_text_dates_is_not_found_again() -> None:
    text = "We welcome the Ukraine Recovery Conference in London on 21-22 June 2023."
    assert find_occasions([paper("one", "Statement", "2023-04-01", text)]) == []


def test_everything_has_the_listed_ones_too() -> None:
    found = find_occasions([], everything=True)
    assert [one.id for one in found] == [one.id for one in known_occasions()]
    assert find_occasions([]) == []


def test_the_order_of_documents_does_not_matter() -> None:
    papers = [
        paper(f"d{n}", title, f"2023-07-{n:02d}", f"Text {n}.")
        for n in range(8, 15)
        for title in ("Readout of the President’s Meeting with President Zelenskyy of Ukraine",)
    ]
    mixed = papers[:]
    random.Random(3).shuffle(mixed)
    assert look_for_occasions(papers) == look_for_occasions(mixed)


# Bad input


def test_a_text_without_a_date_goes_by_its_title_alone() -> None:
    named = paper("named", "Vilnius Summit Communiqué", None)
    bare = paper("bare", "Statement of the Leaders", None)
    findings = look_for_occasions([named, bare])
    assert _documents(findings) == {"nato-2023-vilnius": ("named",)}
    assert findings.undated == ("bare",)


def test_a_title_that_contradicts_the_date_is_told_and_assigned_to_neither() -> None:
    title = "Fact sheet: the 2021 NATO Summit in Brussels"
    findings = look_for_occasions([paper("one", title, "2023-07-11", kind="fact-sheet")])
    assert _documents(findings) == {}
    (doubt,) = findings.doubts
    assert "NATO summit, Brussels 2021" in doubt
    assert "2023-07-11" in doubt


def test_the_same_document_twice_counts_once() -> None:
    one = paper("one", "Statement on the NATO Summit", "2023-07-11", "The same words.")
    again = paper("two", "On the NATO Summit", "2023-07-11", "The same  words.")
    findings = look_for_occasions([one, one, again])
    assert _documents(findings) == {"nato-2023-vilnius": ("one",)}
    assert len(findings.doubts) == 2


def test_a_document_without_title_or_text() -> None:
    assert find_occasions([paper("one", "", "2023-07-11", " ")]) == []


# Given by hand


def test_what_a_person_gives_wins() -> None:
    readout = paper("r", "Readout of the NATO Summit", "2023-07-11")
    mine = meeting("mine", "2023-07-11", "2023-07-12", series="nato-summit", place="Vilnius")
    assert of([readout], mine) == {"mine": ("r",)}
    lunch = meeting("lunch", "2023-07-11", documents=("r",))
    assert of([readout], lunch) == {"lunch": ("r",)}


def test_a_given_meeting_takes_what_titles_tell_of_it() -> None:
    told = paper("r", "Readout of the President’s Meeting with President Zelenskyy of Ukraine",
                 "2023-09-21", kind="readout")  # fmt: skip
    mine = meeting("visit", "2023-09-20", "2023-09-22", participants=("UKR", "USA"))
    assert of([told], mine) == {"visit": ("r",)}


def test_a_given_document_that_is_not_there_is_told() -> None:
    findings = look_for_occasions([], [meeting("lunch", "2023-07-11", documents=("gone",))])
    assert findings.doubts == ("lunch: its document gone is not among those read",)


def test_a_file_of_occasions(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "occasions:\n- {id: riga, name: Riga talks, start: 2023-05-03, kind: bilateral,\n"
        "   hosts: [Latvia], participants: [EST, NATO], documents: [a, a]}\n"
    )
    (found,) = read_occasions(path)
    assert (found.hosts, found.documents, found.origin) == (("LVA",), ("a",), "given")
    assert len(found.participants) == 31
    again = tmp_path / "mine.json"
    again.write_text(json.dumps([found.record()]))
    assert read_occasions(again)[0].participants == found.participants


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- {id: a, start: 2023-05-03}", "a: has no name; give its name"),
        ("- {id: a, name: A, start: May}", "start “May” is not a date"),
        ("- {id: a, name: A, start: 2023-05-03, end: 2023-05-01}", "before it starts"),
        ("- {id: a, name: A, start: 2023-05-03, kind: party}", "“party” is no kind; one of summit"),
        ("- {id: a, name: A, start: 2023-05-03, plase: Riga}", "did you mean “place”?"),
        ("- {id: a, name: A, start: 2023-05-03, hosts: [Latvja]}", "“Latvja” among the hosts"),
        ("- {id: a, name: A, start: 2023-05-03, hosts: 3}", "hosts is no list"),
        ("- {id: a, name: A, start: 2023-05-03}\n- {id: a, name: B, start: 2023-05-03}", "twice"),
        ("- riga", "occasion 1: is no mapping"),
        ("riga: 3", "holds no list of occasions"),
        ("", "holds no list of occasions"),
        ("- {id: a", "no YAML at line"),
    ],
)
def test_faults_of_a_file_are_one_line(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(StandfastError) as error:
        read_occasions(path)
    assert fault in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_no_json(tmp_path: Path) -> None:
    with pytest.raises(StandfastError, match="no such file"):
        read_occasions(tmp_path / "none.yaml")
    (tmp_path / "bad.json").write_text("[{]")
    with pytest.raises(StandfastError, match="no JSON at line 1"):
        read_occasions(tmp_path / "bad.json")


def _documents(findings: Findings) -> dict[str, tuple[str, ...]]:
    return {one.id: one.documents for one in findings.occasions if one.documents}


# The dossier


@pytest.mark.shared
def test_the_dossier_s_documents_of_three_summits(shared: Path) -> None:
    folders = [shared / "corpus" / "dossier", shared / "corpus" / "transcripts"]
    papers = [one for one in read(folders) if isinstance(one, Document)]
    title = {one.id: one.title for one in papers}
    found = {one.id: one for one in find_occasions(papers)}
    brussels = [title[name] for name in found["nato-2021-brussels"].documents]
    assert len(brussels) == 4
    assert brussels[0] == "FACT SHEET: NATO Summit: Revitalizing the Transatlantic Alliance"
    assert sum("Stoltenberg During Greeting" in one for one in brussels) == 1
    assert not any("G7" in one or "U.S.-EU" in one for one in brussels)
    vilnius = [title[name] for name in found["nato-2023-vilnius"].documents]
    assert len(vilnius) == 8
    assert sum("Vilnius, Lithuania" in one for one in vilnius) == 6
    assert any("Meeting with President Volodymyr Zelenskyy" in one for one in vilnius)
    assert not any("Helsinki" in one for one in vilnius)
    washington = [title[name] for name in found["nato-2024-washington"].documents]
    assert len(washington) >= 17
    for words in (
        "The 2024 NATO Summit in Washington",
        "Strengthening Ukraine’s Air Defenses",
        "F-16s for Ukraine",
        "on the Ukraine Compact",
        "Background Press Call Previewing the NATO Summit",
        "NATO’s Indo-Pacific Partners",
    ):
        assert any(words in one for one in washington), words
    assert not any("Russian Missile Strikes" in one or "Starmer" in one for one in washington)
    series = Counter(one.series for one in found.values())
    assert series["g7-leaders"] >= 10
