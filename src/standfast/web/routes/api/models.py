"""What the API answers with: the records of the nouns, described field by field."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from standfast.lineage.endurance import By
from standfast.model import (
    ActKind,
    Change,
    Checkable,
    JudgementKind,
    LineKind,
    OccasionKind,
    OccasionOrigin,
    PartyKind,
    State,
    Strength,
)


def _day(value: object) -> object:
    """Only ``YYYY-MM-DD``: the framework would also take seconds since 1970 for a day."""
    if value is None or isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or len(value) != len("2023-07-11"):
        raise ValueError("write the day as YYYY-MM-DD")
    return dt.date.fromisoformat(value)


Day = Annotated[
    dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})
]
Share = Annotated[float, Field(ge=0, le=1)]
Row = TypeVar("Row")


class Record(BaseModel):
    """A record with these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Fault(Record):
    """Why something was not done, in a sentence, and what to do."""

    error: str = Field(examples=["air-defense: no such theme."])
    remedy: str = Field(examples=["did you mean air-defence?"])


class Page(Record, Generic[Row]):
    """Some rows of a list; ``next`` is the address of those that follow, if any do."""

    items: list[Row]
    total: int = Field(description="How many fit in all.", ge=0)
    next: str | None = Field(
        description="Address of the next page on this desk.",
        examples=["/api/v1/acts?theme=air-defence&cursor=WzczODcxMl0"],
    )


class Amount(Record):
    """A figure: ``unit`` is a currency's code, ``%GDP``, or a noun as the text has it."""

    value: float
    unit: str = Field(examples=["air-defence batteries"])


class Item(Record):
    """One undertaking under an act's verb."""

    start: int
    end: int
    quote: str
    themes: list[str]


class Reason(Record):
    """Which component decided what, by which rule, on which words."""

    component: str
    rule: str
    detail: str


class ActFields(Record):
    """A speech act at its exact place; offsets count characters of the document's text."""

    id: str = Field(description="The act's key.", examples=["3f2a9177c01b"])
    doc: str = Field(description="The document's name.")
    start: int
    end: int
    quote: str = Field(examples=["We will deliver four air-defence batteries to Ukraine."])
    act: ActKind
    obligors: list[str] = Field(description="Who acts or holds the position.", examples=[["DEU"]])
    targets: list[str] = Field(description="Whom it is for or against.", examples=[["UKR"]])
    speaker: list[str] = Field(description="Whose words it reports; who asks, in a request.")
    themes: list[str]
    strength: Strength | None
    reaffirms: bool
    conditional: bool
    condition: str | None
    deadline: str | None
    amounts: list[Amount]
    items: list[Item]
    checkability: Checkable | None
    checkability_reason: str
    confidence: Share
    reasons: list[Reason]
    extractor: str
    title: str = Field(description="The document's title.")
    date: Day | None = Field(description="The document's day.")
    source: str


class Act(ActFields):
    """An act with the commitments that it belongs to."""

    commitments: list[str]


class Member(ActFields):
    """An act as a mention of a commitment; ``belongs`` is how surely."""

    origin: str
    belongs: Share
    provisional: bool
    pinned: bool


class Event(Record):
    """What a mention, or the time without one, did to a commitment."""

    change: Change
    date: Day | None
    member: str = Field(description="Key of the mentioning act; empty where time did it.")
    why: str
    state: State = Field(description="Where the commitment stood after it.")


class Standing(Record):
    """Where a commitment stands as of a day, and what brought it there."""

    commitment: str
    as_of: Day | None
    state: State
    since: Day | None
    wording: str
    strength: Strength | None
    events: list[Event]
    missed: list[str]
    notes: list[str]


class Line(Record):
    """A commitment in a list; its members are at its own address."""

    id: str = Field(examples=["air-defence.nato.ukr"])
    name: str
    kind: LineKind
    obligors: list[str]
    targets: list[str]
    themes: list[str]
    first: Day | None
    last: Day | None
    mentions: int = Field(description="Documents that speak of it, up to the day.")
    standing: Standing | None


class Commitment(Record):
    """A commitment with every mention, in the order of their days."""

    id: str
    name: str
    named: bool = Field(description="Whether a person gave it its name.")
    kind: LineKind
    obligors: list[str]
    targets: list[str]
    themes: list[str]
    first: Day | None
    last: Day | None
    members: list[Member]
    standing: Standing


class DocumentRow(Record):
    """A document's current version in a list."""

    doc: str = Field(examples=["vilnius-2023"])
    title: str
    date: Day | None
    kind: str
    publisher: str
    issuers: list[str]
    language: str
    sources: list[str]
    versions: int
    acts: int


class Version(Record):
    """One wording of a document."""

    number: int
    current: bool
    sha256: str
    date: Day | None
    title: str
    batch: int


class Document(Record):
    """A document's metadata; ``origins`` says where each was found."""

    doc: str
    title: str
    date: Day | None
    kind: str
    publisher: str
    issuers: list[str]
    source: str
    path: str
    language: str
    sha256: str
    origins: dict[str, str]
    sources: list[str]
    versions: list[Version]


class Text(Record):
    """A document's text, to which every offset refers."""

    doc: str
    version: int
    sha256: str
    text: str


class Party(Record):
    """A state, a body or an unnamed group, with how many acts are by it and to it."""

    code: str = Field(examples=["UKR"])
    name: str
    kind: PartyKind
    acts_by: int
    acts_to: int


class Membership(Record):
    """A member of a group; ``until`` is the first day on which it was none."""

    group: str
    member: str
    since: Day
    until: Day | None
    source: str


class PartyInFull(Party):
    """A party with its members, if it is a body, and the groups it belongs to."""

    members: list[Membership]
    groups: list[str]
    names: list[str] = Field(description="Names by which texts call it, offices left out.")


class Theme(Record):
    """A theme with how many acts and promises the ledger holds on it."""

    theme: str
    title: str
    acts: int
    commitments: int = Field(description="Acts that promise, as `standfast themes` counts them.")


class Occasion(Record):
    """A summit or meeting."""

    id: str = Field(examples=["nato-2023-vilnius"])
    name: str
    kind: OccasionKind
    start: Day
    end: Day
    place: str
    series: str
    hosts: list[str]
    participants: list[str]
    documents: list[str]
    origin: OccasionOrigin
    source: str


class Answer(Member):
    """What may answer a goal, and how well."""

    score: Share


class Goal(Record):
    """One thing asked, every act that asks it, and what answers it."""

    words: str
    asked: list[str]
    status: Literal["secured", "partly", "not found"]
    reasons: list[str]
    asks: list[Member]
    answers: list[Answer]


class Searched(Record):
    """Days between which texts were looked through, and how many there were."""

    since: Day
    until: Day
    documents: int


class Summit(Record):
    """What an occasion set out to secure, against what its texts secured."""

    occasion: Occasion
    previous: str | None
    searched: Searched
    goals: list[Goal]
    secured: list[Member]
    unasked: list[str]


class Endurance(Record):
    """How long commitments last: as ``standfast endurance --format json`` gives it."""

    as_of: Day
    table: list[dict[str, Any]]
    by: By | None
    curves: list[dict[str, Any]]
    small: dict[str, int]
    young: int
    remarks: list[str]
    comparisons: list[dict[str, Any]]
    lives: list[dict[str, Any]]
    notes: list[dict[str, Any]]


class Report(Record):
    """A report to hold against the record."""

    text: str = Field(
        min_length=1,
        max_length=200_000,
        description="Its words, in English.",
        examples=["NATO promised four air-defence batteries to Ukraine."],
    )
    date: Day | None = Field(None, description="Its day, as of which it is judged.")
    as_of: Day | None = Field(None, description="Another day as of which to judge it as well.")
    title: str = Field("", max_length=500)
    publisher: str = Field("", max_length=200)


class Judged(Record):
    """A claim with its judgement; *not found* never means false."""

    start: int
    end: int
    text: str
    judgement: JudgementKind
    field: str
    confidence: Share
    review: bool
    reason: str
    act: ActKind | None
    denied: bool
    obligors: list[str]
    targets: list[str]
    speaker: list[str]
    themes: list[str]
    differences: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    parts: list[dict[str, Any]]
    as_of: Day | None
    otherwise: dict[str, Any] | None = Field(description="As of the other day, where it differs.")


class Reach(Record):
    """How far the record reaches that the report was held against."""

    documents: int
    acts: int
    first: Day | None
    last: Day | None
    publishers: dict[str, int]


class Checked(Record):
    """A report held against the record, claim by claim."""

    as_of: Day | None
    also: Day | None
    reach: Reach
    notes: list[str]
    claims: list[Judged]


class Check(Record):
    """A check and how far it is; ``result`` is there when it is done."""

    id: str
    state: Literal["waiting", "running", "done", "failed", "ended"]
    step: int
    steps: int
    fault: Fault | None
    result: Checked | None


class Batch(Record):
    """One run of reading; counts are of what it brought that is still there."""

    id: int
    note: str
    extractor: str
    started: dt.datetime
    finished: dt.datetime | None
    taken_back: dt.datetime | None
    documents: int
    acts: int


class Decision(Record):
    """What a person decided about a subject."""

    id: int
    made: dt.datetime
    who: str
    why: str
    subject: str = Field(examples=["commitment"])
    key: str
    field: str = Field(examples=["merge"])
    value: Any
