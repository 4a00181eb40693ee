"""Coded sets as people bring them out of spreadsheets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from standfast.evaluation import CodedSet, read_coded
from standfast.model import ACT_KINDS, Amount

DATA = Path(__file__).parent / "data"
ROW = "We will help Ukraine.,commitment"


def table(folder: Path, text: str, name: str = "mine.csv", encoding: str = "utf-8") -> CodedSet:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_coded(path)


@pytest.fixture(scope="module")
def sample() -> CodedSet:
    return read_coded(DATA / "coded.csv")


def test_the_sample_has_four_documents_and_every_act(sample: CodedSet) -> None:
    assert [one.id for one in sample.documents] == [
        "nato-madrid-2022", "g7-hiroshima-2023", "us-ukraine-2022", "eu-council-2023",
    ]  # fmt: skip
    assert (len(sample.sentences), sample.records) == (30, 28)
    assert {record.act for one in sample.sentences for record in one.records} == set(ACT_KINDS)
    assert any(not one.records for one in sample.sentences)


def test_documents_hold_the_sentences_where_they_are_said_to_stand(sample: CodedSet) -> None:
    texts = {one.id: one.text for one in sample.documents}
    for one in sample.sentences:
        assert texts[one.doc][one.start : one.end] == one.text
    madrid = sample.documents[0]
    assert (madrid.issuers, madrid.date, madrid.kind) == (
        ("NATO",), dt.date(2022, 6, 29), "communique",
    )  # fmt: skip
    assert {block.kind for block in madrid.blocks} == {"paragraph"}


def test_fields_are_read(sample: CodedSet) -> None:
    records = {record.quote: record for one in sample.sentences for record in one.records}
    loan = next(r for quote, r in records.items() if "EUR 50 billion" in quote)
    assert (loan.conditional, loan.deadline, loan.strength) == (True, "2027", "firm")
    assert loan.amounts == (Amount(5e10, "EUR"),)
    raised = next(r for quote, r in records.items() if "USD 600 billion" in quote)
    assert raised.amounts == (Amount(6e11, "USD"),)
    invited = next(r for quote, r in records.items() if "Finland and Sweden" in quote)
    assert invited.targets == ("FIN", "SWE")
    assert next(r for q, r in records.items() if "Iran" in q).obligors == ("IRN", "BLR")


def test_the_european_way_of_writing_it_says_the_same(sample: CodedSet) -> None:
    other = read_coded(DATA / "coded-europe.csv")
    assert other.sentences == sample.sentences
    assert other.documents == sample.documents


def test_rows_with_the_same_sentence_are_its_records(sample: CodedSet) -> None:
    one = next(one for one in sample.sentences if "fuel" in one.text)
    assert [record.act for record in one.records] == ["commitment", "request"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    found = table(
        tmp_path, "Sentence;ACT\nWe’ll help Türkiye – now.;Commitment\n", "a.csv", encoding
    )
    assert found.sentences[0].text == "We’ll help Türkiye – now."


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators_are_told_from_the_header(tmp_path: Path, mark: str) -> None:
    lines = [["Text", "Act", "Obligors"], ["We help.", "delivery", "USA UKR"]]
    found = table(tmp_path, "\r\n".join(mark.join(line) for line in lines), "a.tsv")
    assert found.sentences[0].records[0].obligors == ("USA", "UKR")


def test_a_line_that_names_the_separator_is_no_header(tmp_path: Path) -> None:
    assert table(tmp_path, f"sep=,\nsentence,act\n{ROW}\n").records == 1


def test_empty_rows_and_line_breaks_in_cells_do_no_harm(tmp_path: Path) -> None:
    text = '\n,,\nsentence,act,\n"We will\n help Ukraine.",commitment,\n,,\n'
    assert table(tmp_path, text).sentences[0].text == "We will help Ukraine."


def test_fields_not_coded_and_columns_not_used_are_said(tmp_path: Path) -> None:
    found = table(tmp_path, f"sentence,act,Remarks\n{ROW},nice\n")
    assert found.fields == frozenset()
    notes = " ".join(found.notes)
    assert "Columns not used: Remarks" in notes
    assert "No column “quote”" in notes
    assert "“we” stands for nobody" in notes


@pytest.mark.parametrize("cell", ["", "none", "None", "-", "–", "no act"])
def test_a_sentence_without_an_act(tmp_path: Path, cell: str) -> None:
    assert table(tmp_path, f"sentence,act\nIt rained.,{cell}\n").sentences[0].records == ()


def test_without_doc_rows_of_the_same_issuers_date_and_kind_are_one_document(
    tmp_path: Path,
) -> None:
    rows = ["A will.,commitment,G7,2022-01-01", "B will.,commitment,EU,2022-01-01"]
    rows += ["C will.,commitment,G7,2022-01-01", "D will.,commitment,G7,2023-01-01"]
    found = table(tmp_path, "sentence,act,issuers,date\n" + "\n".join(rows))
    assert [one.text for one in found.documents] == ["A will.\n\nC will.", "B will.", "D will."]
    assert len({one.id for one in found.documents}) == 3


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Ukraine", ("UKR",)),
        ("the United States, United Kingdom", ("USA", "GBR")),
        ("United States and Ukraine", ("USA", "UKR")),
        ("usa ukr", ("USA", "UKR")),
        ("Bosnia and Herzegovina; Moldova", ("BIH", "MDA")),
        ("partners all-states", ("partners", "all-states")),
        ("NATO NATO", ("NATO",)),
        ("none", ()),
    ],
)
def test_parties_by_code_and_name(tmp_path: Path, cell: str, codes: tuple[str, ...]) -> None:
    found = table(tmp_path, f'sentence,act,targets\nWe will.,commitment,"{cell}"\n')
    assert found.sentences[0].records[0].targets == codes


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2024", "2024"), ("2024-07", "2024-07"), ("2024-07-09", "2024-07-09"),
        ("31.12.2024", "2024-12-31"), ("31 December 2024", "2024-12-31"), ("", None),
    ],
)  # fmt: skip
def test_deadlines(tmp_path: Path, cell: str, date: str | None) -> None:
    found = table(tmp_path, f'sentence,act,deadline\nWe will.,commitment,"{cell}"\n')
    assert found.sentences[0].records[0].deadline == date


@pytest.mark.parametrize(
    ("cell", "amounts"),
    [
        ("40000000000 EUR; 12 air-defence systems", [(4e10, "EUR"), (12, "air-defence systems")]),
        ("40 billion EUR", [(4e10, "EUR")]),
        ("$1.85 billion", [(1.85e9, "USD")]),
        ("EUR 1,500,000", [(1.5e6, "EUR")]),
        ("2 %GDP", [(2, "%GDP")]),
        ("300 million vaccine doses", [(3e8, "vaccine doses")]),
        ("none", []),
    ],
)
def test_sums(tmp_path: Path, cell: str, amounts: list[tuple[float, str]]) -> None:
    found = table(tmp_path, f'sentence,act,amounts\nWe will.,commitment,"{cell}"\n')
    assert [(a.value, a.unit) for a in found.sentences[0].records[0].amounts] == amounts


def test_themes_by_name_and_title(tmp_path: Path) -> None:
    found = table(
        tmp_path, 'sentence,act,themes\nWe will.,commitment,"Food security; energy cyber"\n'
    )
    assert found.sentences[0].records[0].themes == ("food-security", "energy", "cyber")


def test_sentences_are_found_in_whole_documents(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    text = "---\nissuers: [G7]\n---\nIt rained.\n\nWe will\nhelp Ukraine. We will help Ukraine.\n"
    (tmp_path / "texts" / "talk.md").write_text(text)
    (tmp_path / "mine.csv").write_text(
        f"doc,sentence,act,date\ntalk,{ROW},2022-05-01\n,It rained.,,\n"
    )
    found = read_coded(tmp_path / "mine.csv", documents=tmp_path / "texts")
    (document,) = found.documents
    assert (document.issuers, document.date) == (("G7",), dt.date(2022, 5, 1))
    first, second = found.sentences
    assert document.text[first.start : first.end] == "We will\nhelp Ukraine."
    assert document.text[second.start : second.end] == "It rained."
    assert not any("coded sentences alone" in note for note in found.notes)
