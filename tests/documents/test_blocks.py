"""Blocks: what they are, and that they hold the whole text in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.documents import read
from standfast.documents.blocks import blocks, is_transcript
from standfast.model import Document

TEXT = """# Summit in Vilnius

**What was agreed**

We, the Allies, agreed on much. To this end, we will:

- set up a council with Ukraine
- help it in two ways:
  - with training
  - with equipment

The next meeting is in Washington.
"""


def test_kinds_and_stems() -> None:
    found = blocks(TEXT)
    kinds = ["heading", "heading", "paragraph", *["list-item"] * 4, "paragraph"]
    assert [block.kind for block in found] == kinds
    stems = [TEXT[slice(*block.stem)] if block.stem else "" for block in found[3:7]]
    assert stems[:2] == ["To this end, we will:"] * 2
    assert stems[2:] == ["  - help it in two ways:".strip()] * 2


def test_turns_are_carried_on() -> None:
    text = "PRESIDENT SMITH: Thank you.\n\nWe will help.\n\nQ: Why?\n\nPRESIDENT SMITH: Because."
    found = [block.speaker for block in blocks(text)]
    assert found == ["PRESIDENT SMITH", "PRESIDENT SMITH", "Q", "PRESIDENT SMITH"]


def test_a_fact_sheets_lead_in_is_no_turn() -> None:
    assert not is_transcript("DEEPER PARTNERSHIPS: Allies will do more.\n\nNOTE: no turns here.")


@given(st.text(alphabet="aA -*#1.:|\n\u2028•", max_size=200))
def test_blocks_hold_everything_in_order(text: str) -> None:
    last = 0
    for block in blocks(text):
        assert last <= block.start < block.end <= len(text)
        assert not text[last : block.start].strip()
        last = block.end
    assert not text[last:].strip()


@pytest.mark.shared
def test_offsets_of_coded_sentences(shared: Path) -> None:
    texts = {d.id: d.text for d in read([shared / "gold/documents"]) if isinstance(d, Document)}
    for name in ("labels", "training"):
        for line in (shared / f"gold/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            assert texts[one["doc"]][one["start"] : one["end"]] == one["text"]


@pytest.mark.shared
def test_the_whole_corpus_is_read(shared: Path) -> None:
    for folder, number in (("dossier", 241), ("transcripts", 78)):
        found = list(read([shared / "corpus" / folder]))
        assert len(found) == number
        assert all(isinstance(one, Document) and one.issuers and one.date for one in found)


@pytest.mark.shared
def test_kind_and_issuers_from_the_text_agree_with_the_coders(shared: Path) -> None:
    from standfast.documents.metadata import document
    from standfast.documents.results import Metadata, Raw
    from standfast.parties import Registry

    kinds = issuers = total = 0
    for coded in read([shared / "gold/documents"]):
        assert isinstance(coded, Document)
        front = {"title": coded.title, "date": coded.date, "publisher": coded.publisher}
        raw = Raw(coded.text, b"", coded.id, coded.path, {**front, "source": coded.source})
        found = document(raw, Metadata(), Registry.load(), "")
        kinds += found.kind == coded.kind
        issuers += set(found.issuers) == set(coded.issuers)
        total += 1
    assert kinds / total >= 0.93
    assert issuers / total >= 0.90
