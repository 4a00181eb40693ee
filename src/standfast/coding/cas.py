"""Coded documents as UIMA CAS JSON, which INCEpTION imports, through the library dkpro-cassis.

One annotation of the layer ``standfast.Act`` an act, with the codebook's fields as features, and
one of ``standfast.CodedSentence`` for each sentence that was coded. Lists are joined by a space,
amounts by ``; ``, since INCEpTION shows features as strings. Layer names and features are what a
project in INCEpTION has to have, or gets from the file's own type system.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cassis import Cas, TypeSystem

from standfast.coding.comparing import FIELDS, plain
from standfast.coding.export import Coded, Sentence, file_name
from standfast.model import Document

ACT, SENTENCE = "standfast.Act", "standfast.CodedSentence"
_MEANING = {
    "act": "one of the codebook's six acts", "obligors": "who acts, is asked, or holds a position",
    "targets": "for or against whom", "themes": "the main one first", "strength": "of a commitment",
    "deadline": "YYYY, YYYY-MM or YYYY-MM-DD", "amounts": "value and unit, joined by ;",
    "reaffirms": "yes or no", "conditional": "yes or no",
}  # fmt: skip
FEATURES = tuple(name for name in FIELDS if name != "quote")
"""Features of an act; its words are what the annotation covers."""


def type_system() -> TypeSystem:
    """Our layers: acts with their fields, and coded sentences with their coder."""
    found = TypeSystem()
    act = found.create_type(ACT, description="A speech act as the codebook defines it")
    for name in FEATURES:
        found.create_feature(act, name, "uima.cas.String", description=_MEANING[name])
    sentence = found.create_type(SENTENCE, description="A sentence that was coded whole")
    found.create_feature(sentence, "coder", "uima.cas.String", description="empty: adjudicated")
    read = "yes: read for what the machine missed as well"
    found.create_feature(sentence, "complete", "uima.cas.String", description=read)
    return found


def as_cas(document: Document, sentences: Sequence[Sentence]) -> Cas:
    """A document with its coded sentences and their acts."""
    types = type_system()
    made = Cas(types, sofa_string=document.text, sofa_mime="text/plain")
    made.document_language = document.language or "x-unspecified"
    act, coded = types.get_type(ACT), types.get_type(SENTENCE)
    for one in sentences:
        complete = "yes" if one.complete else "no"
        made.add(coded(begin=one.start, end=one.end, coder=one.coder, complete=complete))
        for record in one.records:
            values = {name: plain(record, name) or None for name in FEATURES}
            made.add(act(begin=record["start"], end=record["end"], **values))
    return made


def as_files(coded: Coded) -> dict[str, str]:
    """CAS JSON of each document, by the file's name; in a folder for each coder where raw."""
    found: dict[str, str] = {}
    for coder in coded.coders():
        for document in coded.documents:
            sentences = coded.of_document(document.id, coder)
            if sentences:
                name = f"{file_name(document.id)}.json"
                name = f"{file_name(coder)}/{name}" if coder else name
                found[name] = as_cas(document, sentences).to_json() or ""
    return found


def acts_in(cas: Cas) -> list[Mapping[str, Any]]:
    """Acts of a CAS that has our layer: offsets, quote and features; empty ones left out."""
    return [
        {
            "start": one.begin,
            "end": one.end,
            "quote": one.get_covered_text(),
            **{name: value for name in FEATURES if (value := getattr(one, name))},
        }
        for one in cas.select(ACT)
    ]
