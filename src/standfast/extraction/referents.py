"""Referents: the words of a sentence that stand for parties, and who they are.

A name stands for its party, "we" for the issuers or for whoever has the turn, "both sides" for the
issuers together, "it" and "they" for somebody named before. What is not said in the sentence can
still be meant: the issuers, the party of the list's stem, the party that the text is about.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal, cast

from spacy.tokens import Doc, Token

from standfast.extraction.knowledge import knowledge
from standfast.extraction.quotes import Quotation
from standfast.model import Mention
from standfast.parties import Registry

Parties = tuple[str, ...]
ReferentKind = Literal[
    "name",
    "first",
    "together",
    "issuer",
    "person",
    "body",
    "several",
    "stem",
    "unsaid",
    "topic",
    "heading",
    "before",
]


@dataclass(frozen=True, slots=True)
class Referent:
    """Words that stand for parties.

    ``start`` and ``end`` are token positions in the parsed sentence; both are -1 for what is not
    said in it: ``stem``, ``unsaid`` (the issuers), ``topic`` (who the text is about), ``heading``
    (who is named above) and ``before`` (who was named last in the same paragraph). ``form`` is the
    mention's, for names. ``share`` is how much of the text's talk of parties beside its issuers is
    of these (0 to 1), ``titled`` whether the title names one of them.
    """

    kind: ReferentKind
    parties: tuple[str, ...]
    start: int = -1
    end: int = -1
    form: str = ""
    share: float = 0.0
    titled: bool = False

    @property
    def said(self) -> bool:
        """Whether the sentence has words for it."""
        return self.start >= 0


def head_of(referent: Referent, parsed: Doc) -> Token | None:
    """The token by which a referent hangs in the parse."""
    return parsed[referent.start : referent.end].root if referent.said else None


@cache
def self_references() -> tuple[re.Pattern[str], dict[str, ReferentKind]]:
    """Pattern over the words of ``data/selfreference.yaml``, and the kind of each phrase."""
    lists = knowledge("selfreference")
    kinds = {
        phrase: cast(ReferentKind, kind) for kind, phrases in lists.items() for phrase in phrases
    }
    # Apart by their first letters, which is three times quicker; of one letter the longest first.
    rests: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(kinds, key=len, reverse=True):
        rests[phrase[0]].append(re.escape(phrase[1:]))
    some = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile(rf"\b(?:{some})\b", re.IGNORECASE), kinds


_LISTED = re.compile(r"\W*(?:and|the|,|\s)*\W*")
_WE = re.compile(
    r"\bwe,? the (?:\w+ ){0,4}?"
    r"(?:leaders|members|ministers|heads|governments|countries|participants)"
    r"(?: \w+){0,4}? (?:of|from) (?:the )?",
    re.IGNORECASE,
)
"""Where a text says who "we" are, it is narrower than its front matter (the codebook's rule)."""


def _unique(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


@dataclass(slots=True)
class Memory:
    """Who was named so far in the document, for pronouns and for what a text is about."""

    issuers: tuple[str, ...]
    date: dt.date | None
    title: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    named: Counter[str] = field(default_factory=Counter)
    heading: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()

    def topic(self) -> tuple[str, ...]:
        """The party beside the issuers that the text names most, its title counting thrice."""
        counts = Counter(self.named)
        for code in self.title:
            counts[code] += 3
        rest = [(code, n) for code, n in counts.most_common() if code not in self.issuers]
        return (rest[0][0],) if rest and rest[0][1] >= 2 else ()

    def weighed(self, some: Iterable[Referent]) -> Iterator[Referent]:
        """Referents, each with its share of what the text names beside its issuers."""
        others = {code: n for code, n in self.named.items() if code not in self.issuers}
        total = sum(others.values())
        for referent in some:
            own = sum(others.get(code, 0) for code in set(referent.parties))
            share = own / total if total else 0.0
            titled = not set(referent.parties).isdisjoint(self.title)
            yield replace(referent, share=share, titled=titled)

    def others(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Parties beside the issuers."""
        return _unique(code for code in parties if code not in self.issuers)


class ReferentFinder:
    """Finds referents sentence after sentence, remembering who was named."""

    def __init__(self, registry: Registry, memory: Memory) -> None:
        self._registry = registry
        self._memory = memory

    def __call__(  # noqa: PLR0913 - all that a referent may turn on
        self,
        parsed: Doc,
        mentions: list[Mention],
        text: str,
        *,
        speaker: Parties = (),
        stem: str = "",
        quotations: Sequence[Quotation] = (),
    ) -> list[Referent]:
        """Referents of one parsed sentence with its names and text, in their order.

        Those not said come last. ``speaker`` are the parties of whoever has the turn; ``stem`` the
        words above a list item. Whoever is quoted says "we" in a quotation.
        """
        memory = self._memory
        for one in quotations:
            if one.source and one.end - one.start > len(text) / 2:
                speaker = one.source
        found = list(_names(parsed, mentions))
        who = _WE.search(text)
        if who is not None:
            called = _listed(text, [m for m in mentions if m.start >= who.start()])
            memory.issuers = _unique(c for m in called for c in m.parties) or memory.issuers
        found += _selves(parsed, text, found, memory, speaker, quotations)
        found.sort(key=lambda referent: referent.start)
        found += self._unsaid(stem, speaker)
        self._remember(parsed, found)
        return list(memory.weighed(found))

    def _unsaid(self, stem: str, speaker: tuple[str, ...]) -> Iterator[Referent]:
        memory = self._memory
        if stem:
            mentions = self._registry.mentions(stem, on=memory.date)
            if mentions:
                near = _listed(stem, mentions)
                yield Referent("stem", _unique(code for m in near for code in m.parties))
        yield Referent("unsaid", speaker or memory.issuers)
        topic = memory.topic()
        if topic:
            yield Referent("topic", topic)
        if memory.heading:
            yield Referent("heading", memory.heading)
        if memory.before:
            yield Referent("before", memory.before)

    def _remember(self, parsed: Doc, found: list[Referent]) -> None:
        memory = self._memory
        for referent in found:
            if referent.kind not in {"name", "together"}:
                continue
            if referent.kind == "name" and memory.others(referent.parties):
                memory.before = memory.others(referent.parties)
            if _leads(referent, parsed):
                memory.subject = referent.parties
                if referent.form == "office-holder":
                    memory.person = referent.parties


_EARLY = 4
"""Where there is no parse, a name among the first words of a sentence is taken as its subject."""


def _leads(referent: Referent, parsed: Doc) -> bool:
    if not parsed.has_annotation("DEP"):
        return 0 <= referent.start < _EARLY
    head = head_of(referent, parsed)
    return head is not None and head.dep_ in {"nsubj", "nsubjpass"}


def _listed(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The first of some names and those listed with it: nothing but commas and "and" between."""
    near = list(mentions[:1])
    for mention in mentions[1:]:
        if not _LISTED.fullmatch(text[near[-1].end : mention.start]):
            break
        near.append(mention)
    return near


def _names(parsed: Doc, mentions: list[Mention]) -> Iterator[Referent]:
    for mention in mentions:
        span = parsed.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None:
            yield Referent("name", mention.parties, span.start, span.end, mention.form)


def _selves(  # noqa: PLR0913, PLR0917 - all that "we" may turn on
    parsed: Doc,
    text: str,
    names: list[Referent],
    memory: Memory,
    speaker: Parties,
    quotations: Sequence[Quotation],
) -> list[Referent]:
    pattern, kinds = self_references()
    taken = {i for name in names for i in range(name.start, name.end)}
    found = []
    for match in pattern.finditer(text):
        if match.group() == "US":
            continue
        span = parsed.char_span(*match.span(), alignment_mode="expand")
        if span is None or taken & set(range(span.start, span.end)):
            continue
        kind = kinds[match.group().lower()]
        parties = _subject_before(parsed, names, span.start) if kind in {"body", "several"} else ()
        if kind == "first":
            at = match.start()
            parties = next((one.source for one in quotations if one.holds(at)), ())
            parties = _as_whom(parsed, names, span.start) or parties
        parties = parties or _who(kind, memory, speaker)
        if parties:
            found.append(Referent(kind, parties, span.start, span.end))
    return found


def _as_whom(parsed: Doc, names: list[Referent], position: int) -> Parties:
    """Who "we" at a position are said to be right before it: "(together) as Allies, we"."""
    comma = position - 1
    if comma < 1 or parsed[comma].text != ",":
        return ()
    for name in names:
        before = [token.lower_ for token in parsed[max(0, name.start - 2) : name.start]]
        before = before[:-1] if before[-1:] == ["the"] else before
        if name.end == comma and before[-1:] == ["as"]:
            return name.parties
    return ()


def _subject_before(parsed: Doc, names: list[Referent], position: int) -> tuple[str, ...]:
    """The subject nearest before a pronoun, with those coordinated with it; else the last name."""
    for name in reversed([n for n in names if n.end <= position]):
        head = head_of(name, parsed)
        if head is not None and head.dep_ in {"nsubj", "nsubjpass"}:
            joined = {head.i, *(token.i for token in head.conjuncts)}
            group = [n for n in names if (h := head_of(n, parsed)) is not None and h.i in joined]
            return _unique(code for n in group for code in n.parties)
    plain = [n for n in names if n.end <= position and n.form not in {"group", "capital"}]
    return plain[-1].parties if plain else ()


def _who(kind: ReferentKind, memory: Memory, speaker: tuple[str, ...]) -> tuple[str, ...]:
    issuers = memory.issuers
    if kind == "first":
        return speaker or issuers
    if kind == "together":
        if len(issuers) > 1 or not memory.topic():
            return issuers
        return _unique((*issuers, *memory.topic()))
    if kind == "issuer":
        return issuers[:1]
    if kind == "person":
        return memory.person or speaker[:1] or issuers[:1]
    return memory.subject or issuers
