"""Reader of JSON Lines: one document a line, streamed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from standfast.documents.results import Failure, Raw
from standfast.model import UnreadableError

_FIELDS = ("title", "date", "kind", "publisher", "issuers", "source", "source_url", "language")

_LINE = 100_000_000
"""Bytes of a packed record at most."""


def read_jsonl(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """Documents of a file of JSON objects, each with ``text`` and mostly ``id`` and ``title``."""
    yield from _records(io.BytesIO(data), name)


def read_jsonl_gz(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """The same, compressed; what comes before a break is still read."""
    yield from _records(_lines(gzip.GzipFile(fileobj=io.BytesIO(data)), name), name)


def _lines(packed: gzip.GzipFile, name: str) -> Iterator[bytes]:
    """Lines of what is packed; one that is endless is never held whole."""
    while line := packed.readline(_LINE + 1):
        if len(line) > _LINE:
            reason = f"a line unpacks to more than {_LINE // 1_000_000} MB"
            raise UnreadableError(name, reason, "write one document a line")
        yield line


def _records(lines: Iterable[bytes], name: str) -> Iterator[Raw | Failure]:
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _record(line, f"{name}:{number}", number)
    except (EOFError, OSError, zlib.error) as error:
        reason = f"compressed data broken off after line {number}"
        raise UnreadableError(name, reason, "download or compress it again") from error


def _record(line: bytes, place: str, number: int) -> Raw | Failure:
    import orjson

    try:
        found: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Failure(place, f"not a JSON object ({error})"[:160], "mend or leave out the line")
    if not isinstance(found, dict):
        return Failure(place, "not a JSON object", "write one object a line")
    text = found.get("text")
    if not isinstance(text, str) or not text.strip():
        return Failure(place, "no “text”", "give each record its text")
    front = {key: found[key] for key in _FIELDS if found.get(key)}
    name = str(found.get("id") or f"record-{number}")
    return Raw(text, line.rstrip(b"\r\n"), id=name, front=front)
