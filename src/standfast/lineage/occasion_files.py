"""Occasions that a person gives, in a YAML or JSON file.

A list of occasions, or a mapping with such a list under ``occasions``. Each needs ``id``, ``name``
and ``start``; the other fields are those of the noun. Codes and names of parties are taken; groups
stand for their members on the first day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standfast.documents import parse_date
from standfast.lineage.occasion_list import participants
from standfast.model import (
    OCCASION_KINDS,
    Occasion,
    OccasionKind,
    StandfastError,
    UnknownPartyError,
)
from standfast.parties import Registry

_FIELDS = (
    "id", "name", "kind", "start", "end", "place", "series", "hosts", "participants",
    "documents", "source",
)  # fmt: skip
_IGNORED = ("origin",)
"""Fields of an occasion's own record that a file may carry and that say nothing here."""


def read_occasions(path: str | Path, registry: Registry | None = None) -> list[Occasion]:
    """The occasions of a file, in its order; a :class:`StandfastError` names the first fault."""
    path = Path(path)
    registry = registry or Registry.load()
    found: list[Occasion] = []
    for number, row in enumerate(_rows(path), start=1):
        where = f"{path}, occasion {number}"
        if not isinstance(row, Mapping):
            raise StandfastError(where, "is no mapping of fields", "give id, name and start")
        where = f"{path}, {row['id']}" if row.get("id") else where
        one = _occasion(row, path, where, registry)
        if any(one.id == other.id for other in found):
            raise StandfastError(where, "the same id is there twice", "give each its own id")
        found.append(one)
    return found


def _rows(path: Path) -> list[Any]:
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text) if path.suffix.lower() == ".json" else yaml.safe_load(text)
    except FileNotFoundError as error:
        raise StandfastError(str(path), "no such file", "check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StandfastError(str(path), "cannot be read", "save it as a UTF-8 text") from error
    except (yaml.YAMLError, json.JSONDecodeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else _line(error)
        kind = "JSON" if path.suffix.lower() == ".json" else "YAML"
        raise StandfastError(str(path), f"no {kind} at line {line}", "correct it there") from error
    if isinstance(data, Mapping):
        data = data.get("occasions")
    if not isinstance(data, list):
        raise StandfastError(
            str(path), "holds no list of occasions", "give a list, or one under “occasions”"
        )
    return data


def _line(error: Any) -> int:
    mark = getattr(error, "problem_mark", None)
    return int(mark.line) + 1 if mark else 1


def _occasion(row: Mapping[str, Any], path: Path, where: str, registry: Registry) -> Occasion:
    for key in row:
        if key not in (*_FIELDS, *_IGNORED):
            raise StandfastError(where, f"no field is called “{key}”", _nearest(str(key), _FIELDS))
    for key in ("id", "name", "start"):
        if not row.get(key):
            raise StandfastError(where, f"has no {key}", f"give its {key}")
    start = _day(row["start"], "start", where)
    end = _day(row.get("end") or start, "end", where)
    if end < start:
        raise StandfastError(where, f"ends on {end} before it starts on {start}", "swap the days")
    kind: OccasionKind = row.get("kind") or "meeting"
    if kind not in OCCASION_KINDS:
        raise StandfastError(where, f"“{kind}” is no kind", f"one of {', '.join(OCCASION_KINDS)}")
    hosts = _codes(row, "hosts", start, where, registry)
    taking_part = _codes(row, "participants", start, where, registry)
    return Occasion(
        id=str(row["id"]),
        name=str(row["name"]),
        kind=kind,
        start=start,
        end=end,
        place=str(row.get("place") or ""),
        series=str(row.get("series") or ""),
        hosts=hosts,
        participants=participants((*taking_part, *hosts), start, registry),
        documents=tuple(dict.fromkeys(_texts(row, "documents", where))),
        origin="given",
        source=str(row.get("source") or path),
    )


def _day(value: object, name: str, where: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    day = parse_date(str(value))
    if day is None:
        raise StandfastError(where, f"{name} “{value}” is not a date", "write it as YYYY-MM-DD")
    return day


def _codes(
    row: Mapping[str, Any], name: str, on: dt.date, where: str, registry: Registry
) -> tuple[str, ...]:
    codes: list[str] = []
    for text in _texts(row, name, where):
        try:
            codes += registry.resolve(text, on)
        except UnknownPartyError as error:
            reason = f"“{text}” among the {name} is no party known here"
            raise StandfastError(where, reason, error.remedy) from error
    return tuple(dict.fromkeys(codes))


def _texts(row: Mapping[str, Any], name: str, where: str) -> list[str]:
    value = row.get(name) or []
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise StandfastError(where, f"{name} is no list", f"write {name}: [one, another]")
    # YAML 1.1 reads NO as false; Norway is NOR, so that only a mistake gets here.
    return [str(one) for one in value]


def _nearest(name: str, choices: tuple[str, ...]) -> str:
    from rapidfuzz import process

    match = process.extractOne(name, choices, score_cutoff=60)
    return f"did you mean “{match[0]}”?" if match else f"one of {', '.join(choices)}"
