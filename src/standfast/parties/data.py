"""Reads the data files on parties; the knowledge is in the files, nothing of it here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standfast.data_files import load_yaml
from standfast.model import Membership, MentionForm, Party


@dataclass(frozen=True, slots=True)
class Name:
    """Words by which texts call parties, with the form of naming and the dates it holds for.

    ``parties`` has several codes where the words name several ("Baltic States"). ``until`` is the
    first day on which the name no longer holds. ``office`` is the office, for office-holders.
    """

    text: str
    parties: tuple[str, ...]
    form: MentionForm
    since: dt.date | None = None
    until: dt.date | None = None
    office: str = ""
    source: str = ""

    def holds(self, on: dt.date | None) -> bool:
        """Whether the name stands for the party on that day; always, if no day is given."""
        if on is None:
            return True
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office, by the names that texts use."""

    code: str
    names: tuple[str, ...]
    surnames: tuple[str, ...]
    alone: bool
    office: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Files:
    """Everything in a folder of data files on parties."""

    parties: tuple[Party, ...]
    names: tuple[Name, ...]
    holders: tuple[Holder, ...]
    titles: tuple[str, ...]
    memberships: tuple[Membership, ...]
    nobody: tuple[str, ...] = ()
    """Words that hold a party's name and name no party: "Paris Agreement"."""


def load(folder: Path) -> Files:
    """Read ``states.yaml``, ``bodies.yaml``, ``holders.yaml`` and ``memberships.yaml``."""
    states, bodies = _yaml(folder / "states.yaml"), _yaml(folder / "bodies.yaml")
    offices = _yaml(folder / "holders.yaml")
    parties = (*_states(states), *_bodies(bodies))
    names = (*_state_names(states), *_body_names(bodies), *_several(bodies))
    holders = tuple(_holder(row) for row in offices["holders"])
    source = str(offices["source"]).strip()
    named = tuple(_holder_names(holders, tuple(offices["titles"]), source))
    memberships = tuple(_memberships(_yaml(folder / "memberships.yaml")))
    titles, nobody = tuple(offices["titles"]), tuple(states["nobody"]["names"])
    return Files(parties, names + named, holders, titles, memberships, nobody)


def report_names(folder: Path) -> Iterator[Name]:
    """Names of ``press.yaml``, which only reports use."""
    data = _yaml(folder / "press.yaml")
    source = str(data["source"]).strip()
    for code, texts in data["names"].items():
        form: MentionForm = "group" if code == "partners" else "name"
        for text in texts:
            yield Name(text, (code,), form, source=source)
    for code, texts in data["capitals"].items():
        for text in texts:
            yield Name(text, (code,), "capital", source=source)


def _yaml(path: Path) -> dict[str, Any]:
    return load_yaml(path.read_text(encoding="utf-8"))


def _states(data: dict[str, Any]) -> Iterator[Party]:
    """Every state of ISO 3166-1, by its usual English name in CLDR, and those the file adds."""
    import pycountry
    from babel import Locale

    territories = Locale("en").territories
    known = set()
    for country in pycountry.countries:
        usual = data["states"].get(country.alpha_3, {}).get("names")
        name = usual[0] if usual else territories.get(country.alpha_2, country.name)
        known.add(country.alpha_3)
        yield Party(country.alpha_3, name, "state")
    for code, row in data["states"].items():
        if code not in known:
            yield Party(code, row["names"][0], "state")


def _state_names(data: dict[str, Any]) -> Iterator[Name]:
    import pycountry
    from babel import Locale

    never, territories = set(data["never"]), Locale("en").territories
    source = str(data["source"]).strip()
    for country in pycountry.countries:
        listed = {country.name, territories.get(country.alpha_2, country.name)}
        listed |= {
            getattr(country, name, country.name) for name in ("common_name", "official_name")
        }
        for text in sorted(listed):
            if text not in never and "," not in text and "(" not in text:
                yield Name(text, (country.alpha_3,), "name", source="ISO 3166-1; Unicode CLDR")
    forms: dict[str, MentionForm] = {
        "names": "name", "demonyms": "demonym", "capitals": "capital", "organs": "organ",
    }  # fmt: skip
    for code, row in data["states"].items():
        for key, form in forms.items():
            for text in row.get(key, ()):
                yield Name(text, (code,), form, source=source)


def _bodies(data: dict[str, Any]) -> Iterator[Party]:
    for code, row in data["bodies"].items():
        yield Party(code, row["name"], "body")
    for code, row in data["unnamed"].items():
        yield Party(code, row["name"], "group")


def _body_names(data: dict[str, Any]) -> Iterator[Name]:
    source = str(data["source"]).strip()
    forms: dict[str, MentionForm] = {"names": "name", "organs": "organ"}
    for code, row in data["bodies"].items():
        for key, form in forms.items():
            for text in row.get(key, ()):
                yield Name(text, (code,), form, source=source)
        for text in row.get("groups", ()):
            yield Name(text, (code,), "name", source=source)
    for code, row in data["unnamed"].items():
        for text in row["groups"]:
            yield Name(text, (code,), "group", source=source)


def _several(data: dict[str, Any]) -> Iterator[Name]:
    for row in data["several"]:
        for text in row["names"]:
            yield Name(text, tuple(row["parties"]), "name", source=row["source"])


def _holder(row: dict[str, Any]) -> Holder:
    surnames = (row["surname"], *row.get("variants", ()))
    return Holder(
        row["code"], tuple(row["names"]), surnames, row["alone"], row["office"],
        row["since"], row.get("until"),
    )  # fmt: skip


def _holder_names(
    holders: tuple[Holder, ...], titles: tuple[str, ...], source: str
) -> Iterator[Name]:
    """Full names, a title with full name or surname, and surnames that stand alone."""
    for one in holders:
        texts = [*one.names]
        texts += [f"{title} {name}" for title in titles for name in (*one.names, *one.surnames)]
        texts += [*one.surnames] if one.alone else []
        for text in texts:
            yield Name(text, (one.code,), "office-holder", one.since, one.until, one.office, source)


def _memberships(data: dict[str, Any]) -> Iterator[Membership]:
    for group, held in data["groups"].items():
        for row in held["rows"]:
            for member in row["members"]:
                yield Membership(group, member, row["since"], row.get("until"), held["source"])
