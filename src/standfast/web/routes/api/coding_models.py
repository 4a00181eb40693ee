"""What the API answers of people's codings, described field by field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field

from standfast.model import ActKind, Strength
from standfast.model.coding import Step, Verdict
from standfast.web.routes.api.models import Amount, Record


class CodedRecord(Record):
    """An act as people decided, in the codebook's fields."""

    act: ActKind
    quote: str
    obligors: list[str]
    targets: list[str]
    themes: list[str]
    strength: Strength | None
    reaffirms: bool
    conditional: bool
    deadline: str | None
    amounts: list[Amount]


class CodedSentence(Record):
    """A sentence with the acts that people found in it; offsets as an act's."""

    id: str = Field(examples=["vilnius-2023:27-101"])
    doc: str = Field(examples=["vilnius-2023"])
    start: int
    end: int
    text: str = Field(examples=["We will deliver four air-defence batteries to Ukraine."])
    records: list[CodedRecord] = Field(description="None where the sentence holds no act.")
    complete: bool = Field(description="Read for what the machine missed as well.")
    coder: str = Field(description="Whose reading it is; empty: adjudicated.", examples=["ann"])


class Coding(Record):
    """One decision of one person on an act, or on a sentence; never changed or removed.

    `value` are the acts that stand in its place, or are missing in the sentence; `was` is what was
    decided on: the act as the machine read it, or the sentence before the acts found in it.
    """

    id: int
    made: dt.datetime
    who: str = Field(examples=["ann"])
    act: str = Field(description="Key of the act or sentence.", examples=["3f2a9177c01b"])
    doc: str
    step: Step
    verdict: Verdict
    value: list[dict[str, Any]]
    was: list[dict[str, Any]]
    undoes: int | None = Field(description="The decision that this one takes back.")
    why: str
