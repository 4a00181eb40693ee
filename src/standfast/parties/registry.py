"""The registry: who is who, on which day, and where a text names them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from standfast.model import Membership, Mention, Party, PartyKind, UnknownPartyError
from standfast.parties.data import Files, Name, load, report_names

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_NEAR = 70
"""Least similarity (0 to 100, rapidfuzz WRatio) of a suggestion for a mistyped party."""
_CODE, _NEAR_CODE = 4, 60
"""What is this short is taken for a mistyped code: two of three letters must be the same."""


class Registry:
    """Parties with their names and memberships, from data files.

    >>> registry = Registry.load()
    >>> registry.resolve("united kingdom")
    ('GBR',)
    >>> import datetime as dt
    >>> len(registry.members("NATO", on=dt.date(2021, 6, 14)))
    30
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._parties = {party.code: party for party in files.parties}

    @classmethod
    def load(cls, folder: Path | None = None) -> Registry:
        """Read a folder of data files; the packaged one, read once a process, if none is given."""
        return cls(load(folder)) if folder else _packaged()

    @classmethod
    def for_reports(cls) -> Registry:
        """The packaged one with the names that journalists use ("Washington", "the bloc")."""
        return _for_reports()

    def parties(self) -> tuple[Party, ...]:
        """Every party, bodies first, then unnamed groups, then states by code."""
        order = {"body": 0, "group": 1, "state": 2}
        return tuple(sorted(self._files.parties, key=lambda p: (order[p.kind], p.code)))

    def codes(self, kind: PartyKind) -> frozenset[str]:
        """Codes of every party of a kind."""
        return self._codes_by_kind[kind]

    @cached_property
    def _codes_by_kind(self) -> dict[PartyKind, frozenset[str]]:
        parties = self._files.parties
        kinds = {party.kind for party in parties}
        return {kind: frozenset(p.code for p in parties if p.kind == kind) for kind in kinds}

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles of office, as they stand before a holder's name."""
        return self._files.titles

    def get(self, code: str) -> Party:
        """The party with this code; :class:`UnknownPartyError` names near ones."""
        if code not in self._parties:
            raise self._unknown(code)
        return self._parties[code]

    def resolve(self, text: str, on: dt.date | None = None) -> tuple[str, ...]:
        """Codes for what a person types: a code or any name, in any case.

        :class:`UnknownPartyError` where nothing fits, with suggestions.
        """
        wanted = text.strip()
        for code in self._parties:
            if code.lower() == wanted.lower():
                return (code,)
        plain = _plain(wanted)
        fitting = [n for n in self._by_plain_name.get(plain, ()) if n.holds(on)]
        if not fitting:
            raise self._unknown(wanted)
        return fitting[0].parties

    def names(self, code: str, on: dt.date | None = None) -> tuple[Name, ...]:
        """Every name of a party that holds on the day, for display."""
        self.get(code)
        return tuple(n for n in self._files.names if code in n.parties and n.holds(on))

    def members(self, group: str, on: dt.date | None = None) -> tuple[Membership, ...]:
        """Memberships of a group on a day, by code; every membership ever, if no day is given."""
        self.get(group)
        found = [m for m in self._files.memberships if m.group == group]
        found = [m for m in found if on is None or m.holds(on)]
        return tuple(sorted(found, key=lambda m: (m.member, m.since)))

    def groups_of(self, code: str, on: dt.date) -> tuple[str, ...]:
        """Groups that a party belonged to on a day."""
        self.get(code)
        return tuple(
            sorted({m.group for m in self._files.memberships if m.member == code and m.holds(on)})
        )

    def mentions(self, text: str, on: dt.date | None = None) -> list[Mention]:
        """Names of parties in a text: leftmost, then longest, whole words, none overlapping.

        Case counts, since "us" is not "US". Names of office-holders hold while they are in office.
        What only holds a party's name ("Paris Agreement") names nobody.
        """
        automaton, names = self._automaton
        candidates = []
        for pattern, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            if _bounded(text, start, end):
                name = next((n for n in names[pattern] if n.holds(on)), None)
                if name is not None:
                    candidates.append((start, -end, name))
        candidates.sort(key=lambda one: one[:2])
        found: list[Mention] = []
        last = 0
        for start, negative, name in candidates:
            if start >= last:
                last = -negative
                if name.parties:
                    found.append(Mention(start, last, text[start:last], name.parties, name.form))
        return found

    def speaker(self, label: str, on: dt.date | None = None) -> tuple[str, ...]:
        """Whose words follow a turn's label ("PRESIDENT ZELENSKYY"); empty where it names nobody.

        The surname of an office-holder decides, since labels are in capitals; else a name.
        """
        words = set(_plain(label.replace(".", " ")).split())
        plain = " ".join(_plain(label.replace(".", " ")).split())
        for surnames, holder, code in self._surnames:
            if surnames <= words and holder.holds(on):
                return (code,)
        for name in self._by_plain_name.get(plain, ()):
            if name.form in {"name", "organ"}:
                return name.parties
        return ()

    @cached_property
    def _surnames(self) -> list[tuple[set[str], Name, str]]:
        return [
            (
                set(_plain(surname).split()),
                Name(surname, (holder.code,), "office-holder", holder.since, holder.until),
                holder.code,
            )
            for holder in self._files.holders
            for surname in holder.surnames
        ]

    @cached_property
    def _by_plain_name(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for name in self._files.names:
            found.setdefault(_plain(name.text), []).append(name)
        return found

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[list[Name]]]:
        """One automaton over every name, both apostrophes, and what each pattern stands for."""
        from ahocorasick_rs import AhoCorasick, MatchKind

        by_text: dict[str, list[Name]] = {}
        nobody = (Name(text, (), "name") for text in self._files.nobody)
        for name in (*self._files.names, *nobody):
            for text in {name.text, name.text.replace("’", "'")}:
                by_text.setdefault(text, []).append(name)
        return (
            AhoCorasick(list(by_text), matchkind=MatchKind.Standard),
            list(by_text.values()),
        )

    def near(self, text: str) -> tuple[str, ...]:
        """Codes of at most three parties that a text looks like, the nearest first."""
        from rapidfuzz import process
        from rapidfuzz.fuzz import WRatio, ratio

        choices = {name.text: name.parties[0] for name in self._files.names}
        choices |= {code: code for code in self._parties}
        near = process.extract(
            text, list(choices), scorer=WRatio, processor=_plain, limit=8, score_cutoff=_NEAR
        )
        codes = [choices[match] for match, _, _ in near]
        if len(text) <= _CODE:
            like = process.extract(text.upper(), list(self._parties), scorer=ratio, limit=3)
            codes = [code for code, likeness, _ in like if likeness > _NEAR_CODE] + codes
        return tuple(dict.fromkeys(codes))[:3]

    def _unknown(self, text: str) -> UnknownPartyError:
        codes = self.near(text)
        offered = ", ".join(f"{code} ({self._parties[code].name})" for code in codes)
        remedy = f"did you mean {offered}?" if codes else "see `standfast parties` for all codes"
        return UnknownPartyError(text, "no such party", remedy)


@cache
def _packaged() -> Registry:
    return Registry(load(_folder()))


@cache
def _for_reports() -> Registry:
    files = load(_folder())
    return Registry(replace(files, names=(*report_names(_folder()), *files.names)))


def _folder() -> Path:
    return Path(str(resources.files("standfast.parties"))) / "data"


def _plain(text: str) -> str:
    """Lower case without accents or a leading article, for what people type."""
    import unicodedata

    spelled = unicodedata.normalize("NFKD", text.replace("’", "'"))
    bare = "".join(c for c in spelled if not unicodedata.combining(c)).lower().strip()
    return bare.removeprefix("the ")


def _bounded(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum())
