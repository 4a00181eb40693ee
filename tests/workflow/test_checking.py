"""A report held against the ten sample documents: every judgement, dates, quotations, bad input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from standfast.documents import Metadata
from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.model import Checked, Judged, LedgerError, UnreadableError
from standfast.workflow import check, check_all, link, read
from standfast.workflow.checking import Checker

SAMPLES = Path(__file__).resolve().parents[2] / "src" / "standfast" / "samples"
REPORT = SAMPLES.parents[2] / "docs" / "examples" / "report.md"
DAY = dt.date(2024, 7, 15)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Iterator[Ledger]:
    with Ledger(tmp_path_factory.mktemp("check") / "ledger.db") as opened:
        read(SAMPLES, opened, extractor=extractor)
        link(opened)
        yield opened


@pytest.fixture(scope="module")
def hold(ledger: Ledger) -> Checker:
    return Checker(ledger)


def checked(hold: Checker, text: str, day: dt.date | None = DAY, **more: dt.date) -> Checked:
    from standfast.documents import read_text

    return hold(read_text(text, Metadata(date=day, kind="article")), more.get("also"))


def only(hold: Checker, text: str, day: dt.date | None = DAY) -> Judged:
    (one,) = checked(hold, text, day).claims
    return one


@pytest.mark.parametrize(
    ("text", "judgement", "field"),
    [
        ("NATO leaders pledged at least 40 billion euros for Ukraine over the coming year.",
         "supported", ""),
        ("In Washington the alliance urged Kyiv to carry on with its reforms of the economy.",
         "supported", ""),
        ("Ukraine has promised NATO a minimum of 40 billion euros within the next year.",
         "reversed", "parties"),
        ("The European Union will support Ukraine with 80 billion euros until 2027.",
         "overstated", "amounts"),
        ("The European Union will support Ukraine with 20 billion euros until 2027.",
         "understated", "amounts"),
        ("All NATO countries announced 60 million dollars in security assistance for Ukraine in "
         "September 2021.", "overstated", "obligors"),
        ("The G7 has refused to help Ukraine for as long as it takes.", "contradicted", "act"),
        ("Berlin will build a floating opera house for Odesa.", "not-found", ""),
        ("Will the West keep its word?", "not-checkable", ""),
        ("It is crucial that the alliance keeps its word.", "not-checkable", ""),
    ],
)  # fmt: skip
def test_judgements(hold: Checker, text: str, judgement: str, field: str) -> None:
    found = only(hold, text)
    assert (found.judgement, found.field) == (judgement, field)


def test_evidence_stands_where_it_says(hold: Checker, ledger: Ledger) -> None:
    found = checked(hold, REPORT.read_text().split("---\n")[2])
    proofs = [proof for one in found.claims for proof in one.evidence]
    assert proofs
    for proof in proofs:
        assert ledger.document(proof.doc).text[proof.start : proof.end] == proof.quote


def test_claims_stand_where_they_say(hold: Checker) -> None:
    text = "Kyiv thanked its friends.\n\nThe alliance urged Kyiv to carry on with its reforms."
    for one in checked(hold, text).claims:
        assert text[one.claim.start : one.claim.end] == one.claim.text


def test_only_what_was_said_by_the_day_counts(hold: Checker) -> None:
    text = "Allies committed to spend 5 percent of GDP on defence by 2035."
    early = checked(hold, text, dt.date(2024, 1, 1), also=dt.date(2025, 7, 1))
    assert early.claims[0].judgement != "supported"
    assert early.later[0].judgement == "supported"
    row = early.records()[0]
    assert row["as_of"] == "2024-01-01"
    assert row["otherwise"]["as_of"] == "2025-07-01"


def test_a_share_that_was_raised_supersedes_the_old_one(hold: Checker) -> None:
    text = (
        "Each ally has committed itself to invest at least 2 percent of GDP in defence every year."
    )
    assert only(hold, text, dt.date(2023, 8, 1)).judgement == "supported"
    later = only(hold, text, dt.date(2025, 8, 1))
    assert later.judgement == "superseded"
    assert {one.bearing for one in later.evidence} >= {"changes", "supports"}


def test_a_quotation_is_found_with_its_place(hold: Checker, ledger: Ledger) -> None:
    text = (
        "NATO leaders said: “Allies pledge to provide Ukraine with a minimum of EUR 40 billion "
        "within the next year.”"
    )
    proofs = [
        p for one in checked(hold, text).claims for p in one.evidence if p.bearing == "quoted"
    ]
    assert proofs
    assert proofs[0].doc == "nato-washington-2024"
    assert proofs[0].likeness == 1.0
    assert "Allies pledge to provide Ukraine" in proofs[0].quote


def test_a_misquotation_is_found_as_nearly_so(hold: Checker) -> None:
    text = (
        "NATO leaders said: “Allies pledge to provide Ukraine with a minimum of EUR 40 billion "
        "within the coming year.”"
    )
    proofs = [
        p for one in checked(hold, text).claims for p in one.evidence if p.bearing == "quoted"
    ]
    assert proofs
    assert 0.9 < proofs[0].likeness < 1.0


def test_several_undertakings_are_judged_each(hold: Checker) -> None:
    text = (
        "The G7 will help Ukraine with modern weapons, the training of soldiers and a space port."
    )
    found = only(hold, text)
    kinds = [one.judgement for one in found.parts]
    assert len(kinds) >= 2
    assert found.judgement == "partly-supported"
    assert kinds[-1] != "supported"


def test_a_report_older_than_every_document(hold: Checker) -> None:
    found = checked(hold, "NATO promised Ukraine tanks.", dt.date(1999, 1, 1))
    assert found.reach.documents == 0
    assert found.claims[0].judgement == "not-found"
    assert any("before every document" in note for note in found.notes)


def test_a_report_without_a_date_says_so(hold: Checker) -> None:
    found = checked(hold, "NATO pledged Ukraine 40 billion euros.", None)
    assert found.as_of == dt.date(2025, 6, 25)
    assert any("--date" in note for note in found.notes)


def test_parties_that_the_record_does_not_hold(hold: Checker) -> None:
    found = checked(hold, "Fiji has promised Tonga a hundred fishing boats.")
    assert found.claims[0].judgement == "not-found"
    assert any("Fiji" in note for note in found.notes)


def test_no_claim_in_the_text(hold: Checker) -> None:
    found = checked(hold, "Rain fell on the harbour all morning. The gulls did not mind it.")
    assert {one.judgement for one in found.claims} <= {"not-checkable"}
    assert any("No claim was found" in note for note in found.notes)


def test_what_was_looked_up_for_one_claim_changes_nothing_for_the_next(ledger: Ledger) -> None:
    text = REPORT.read_text().split("---\n")[2]
    whole = Checker(ledger)
    first = checked(whole, text)
    assert checked(whole, text).records() == first.records()
    for one in first.claims[:4]:
        alone = checked(Checker(ledger), one.claim.sentence)
        same = [two for two in alone.claims if two.claim.text == one.claim.text]
        assert [two.judgement for two in same] == [one.judgement]


def test_the_same_report_gives_the_same_check(hold: Checker, ledger: Ledger) -> None:
    text = REPORT.read_text().split("---\n")[2]
    assert checked(hold, text).records() == checked(Checker(ledger), text).records()


def test_a_path_an_address_or_the_words_themselves(ledger: Ledger, tmp_path: Path) -> None:
    words = "NATO leaders pledged at least 40 billion euros for Ukraine over the coming year."
    path = tmp_path / "story.txt"
    path.write_text(words)
    given = Metadata(date=DAY)
    by_path, by_text = check(path, ledger, given=given), check(words, ledger, given=given)
    assert [one.judgement for one in by_path.claims] == [one.judgement for one in by_text.claims]
    with pytest.raises(UnreadableError):
        check(tmp_path / "none.txt", ledger)
    with pytest.raises(UnreadableError):
        check("  ", ledger)


def test_a_folder_gives_each_report_or_its_fault(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("NATO pledged Ukraine 40 billion euros within a year.")
    (tmp_path / "b.txt").write_text("")
    found = list(check_all([tmp_path], ledger, given=Metadata(date=DAY)))
    assert [isinstance(one, Checked) for one in found] == [True, False]


def test_an_empty_ledger_is_said_to_be_empty(tmp_path: Path) -> None:
    with (
        Ledger(tmp_path / "empty.db") as empty,
        pytest.raises(LedgerError, match="holds no acts"),
    ):
        check("NATO pledged Ukraine 40 billion euros.", empty)
