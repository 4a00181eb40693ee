"""Metadata of a document: from the command line, the file, its page, its text, its name.

Each field is decided by the first place that has it, and the document says which.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import urlparse

from standfast.documents import opening
from standfast.documents.blocks import blocks, is_transcript
from standfast.documents.results import Metadata, Raw
from standfast.model import Document, Origin, UnknownPartyError, UnreadableError
from standfast.parties import Registry

_FIELDS = ("title", "date", "kind", "publisher", "issuers", "source", "language")
_ALIASES = {
    "source_url": "source", "url": "source", "hostname": "publisher", "sitename": "publisher",
    "lang": "language", "issuer": "issuers", "author": "publisher",
}  # fmt: skip
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


def parse_date(text: str) -> dt.date | None:
    """A day written as ``2021-06-14``, ``14 June 2021``, ``June 14, 2021`` and the like.

    ``None`` where the text is no full date, or none that the calendar has.
    """
    text = text.strip()
    match = _ISO.match(text)
    if match:
        try:
            year, month, day = map(int, match.group().split("-"))
            return dt.date(year, month, day)
        except ValueError:
            return None
    import dateparser

    found = dateparser.parse(
        text, languages=["en"], settings={"STRICT_PARSING": True, "PREFER_DAY_OF_MONTH": "first"}
    )
    return found.date() if found else None


def document(raw: Raw, given: Metadata, registry: Registry, sha256: str) -> Document:
    """The document that a reader's raw text and every source of metadata make.

    Raises :class:`UnreadableError` for a date that is none or an issuer that nobody knows.
    """
    where = raw.place or raw.id
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}

    def take(origin: Origin, found: Mapping[str, Any]) -> None:
        for name in _FIELDS:
            if name not in values and found.get(name):
                values[name], origins[name] = found[name], origin

    take("command line", {name: getattr(given, name) for name in _FIELDS})
    take("front matter", _checked(raw.front, where, registry))
    take("page", _lenient(raw.page))
    transcript = values.get("kind") in {"speech", "press-call", None} and is_transcript(raw.text)
    take("text", opening.read(raw.text, values, registry, transcript=transcript))
    take("file", _from_name(raw, values))
    issuers = values.get("issuers") or opening.issuers_of_publisher(values)
    if issuers and "issuers" not in values:
        origins["issuers"] = origins.get("publisher", "file")
    return Document(
        id=raw.id,
        text=raw.text,
        sha256=sha256,
        title=str(values.get("title", "")),
        date=values.get("date"),
        kind=str(values.get("kind", "")),
        publisher=str(values.get("publisher", "")),
        issuers=tuple(issuers),
        source=str(values.get("source") or raw.place),
        path=raw.place,
        language=str(values.get("language", "en")),
        blocks=blocks(raw.text, transcript=transcript),
        origins=origins,
    )


def _renamed(found: Mapping[str, Any]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for key, value in found.items():
        name = _ALIASES.get(str(key).lower(), str(key).lower())
        if name in _FIELDS and value not in (None, "", []):
            named.setdefault(name, value)
    return named


def _checked(front: Mapping[str, Any], where: str, registry: Registry) -> dict[str, Any]:
    """What a file says of itself, where a mistake is an error."""
    found = _renamed(front)
    if "date" in found:
        found["date"] = _date(found["date"], where)
    if "issuers" in found:
        found["issuers"] = _issuers(found["issuers"], found.get("date"), where, registry)
    return found


def _date(value: object, where: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    day = parse_date(str(value))
    if day is None:
        raise UnreadableError(
            where, f"“{value}” is not a date", "write it as YYYY-MM-DD or give --date"
        )
    return day


def _issuers(value: object, on: dt.date | None, where: str, registry: Registry) -> tuple[str, ...]:
    names = value if isinstance(value, list | tuple) else re.split(r"[,;]\s*", str(value))
    codes: list[str] = []
    for name in names:
        try:
            codes += registry.resolve(str(name), on)
        except UnknownPartyError as error:
            reason = f"issuer “{name}” is no party known here"
            raise UnreadableError(where, reason, error.remedy) from error
    return tuple(dict.fromkeys(codes))


def _lenient(page: Mapping[str, Any]) -> dict[str, Any]:
    """What a page carries, where a mistake is only not used."""
    found = _renamed(page)
    if "date" in found:
        value = found["date"]
        day = value if isinstance(value, dt.date) else parse_date(str(value))
        found["date"] = day.date() if isinstance(day, dt.datetime) else day
    found.pop("issuers", None)
    return found


def _from_name(raw: Raw, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the file's name or address says: a date in front, a title, the site."""
    stem = PurePath(raw.id).name
    match = _ISO.match(stem)
    found: dict[str, Any] = {"date": parse_date(stem) if match else None}
    words = re.sub(r"[-_]+", " ", _ISO.sub("", stem, count=1)).strip()
    found["title"] = words.capitalize()
    site = urlparse(str(values.get("source", ""))).hostname
    found["publisher"] = site.removeprefix("www.") if site else None
    return found
