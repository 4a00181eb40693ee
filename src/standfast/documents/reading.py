"""Reading whatever a user points at; what cannot be read is said and the rest goes on."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from standfast.documents.formats import READERS, read_bytes, sniff, stem_of, suffix_of
from standfast.documents.metadata import document
from standfast.documents.results import Failure, Metadata, Raw
from standfast.documents.web import Policy, fetch
from standfast.model import Document, UnreadableError
from standfast.parties import Registry

STDIN = "-"


def read(
    paths: Iterable[str | Path],
    given: Metadata | None = None,
    *,
    registry: Registry | None = None,
    policy: Policy | None = None,
) -> Iterator[Document | Failure]:
    """Documents of files, folders (sorted, with what lies below), addresses and ``-``.

    ``given`` is what the command line says, and wins. Never raises for what it is pointed at: each
    fault is a :class:`Failure` in its place, and the rest goes on.
    """
    given, registry = given or Metadata(), registry or Registry.load()
    for path in paths:
        for source in _sources(str(path)):
            if isinstance(source, Failure):
                yield source
            else:
                yield from _one(source, given, registry, policy)


def read_text(
    text: str,
    given: Metadata | None = None,
    *,
    id: str = "text",
    registry: Registry | None = None,
) -> Document:
    """A document of text at hand, for notebooks and for single sentences."""
    data = text.encode()
    raw = Raw(text, data, id=id)
    digest = hashlib.sha256(data).hexdigest()
    return document(raw, given or Metadata(), registry or Registry.load(), digest)


def count(paths: Iterable[str | Path]) -> int | None:
    """How many documents to expect; ``None`` where only reading would tell."""
    total = 0
    for path in paths:
        for source in _sources(str(path)):
            if isinstance(source, str) and suffix_of(source).startswith(".jsonl"):
                return None
            total += 1
    return total


def _is_address(path: str) -> bool:
    return path.startswith(("http://", "https://"))


def _sources(path: str) -> Iterator[str | Failure]:
    """Files below a path in a fixed order, each once; addresses and ``-`` as they are."""
    if path == STDIN or _is_address(path):
        yield path
    elif Path(path).is_dir():
        yield from _below(Path(path), frozenset())
    else:
        yield path


def _below(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[str | Failure]:
    try:
        info = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(str(folder), f"cannot be opened ({error.strerror})", "check its permissions")
        return
    here = (info.st_dev, info.st_ino)
    if here in above:
        yield Failure(str(folder), "a link leads back to a folder above", "leave the link out")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _below(Path(entry.path), above | {here})
        elif suffix_of(entry.name) in READERS or not entry.is_file():
            yield entry.path
        else:
            yield Failure(entry.path, "no format that can be read", "leave it out or convert it")


def _one(
    source: str, given: Metadata, registry: Registry, policy: Policy | None
) -> Iterator[Document | Failure]:
    try:
        data, name, suffix = _bytes(source, policy)
        for raw in read_bytes(data, name, suffix):
            if isinstance(raw, Failure):
                yield raw
                continue
            try:
                yield _document(raw, source, given, registry)
            except UnreadableError as error:
                yield Failure.of(error)
    except UnreadableError as error:
        yield Failure.of(error)
    except Exception as error:  # a parser's own fault must not stop the other files
        said = " ".join(str(error).split())[:100]
        reason = f"its reader failed ({type(error).__name__}: {said})"
        yield Failure(source, reason, "convert it to another format and report the file")


def _document(raw: Raw, source: str, given: Metadata, registry: Registry) -> Document:
    if not raw.text.strip():
        raise UnreadableError(source, "holds no text", "check that it was saved whole")
    place = "" if source == STDIN else source
    if raw.id:
        place = f"{source}#{raw.id}"
    stem = "stdin" if source == STDIN else stem_of(source.rstrip("/").rsplit("/", 1)[-1])
    if _is_address(source):
        raw = dataclasses.replace(raw, page={"source": source, **raw.page})
    named = dataclasses.replace(raw, id=raw.id or stem or "page", place=place)
    return document(named, given, registry, hashlib.sha256(raw.data).hexdigest())


def _bytes(source: str, policy: Policy | None) -> tuple[bytes, str, str]:
    """Bytes, the name that errors give them, and their format where it is known."""
    if source == STDIN:
        data = sys.stdin.buffer.read()
        return data, "standard input", sniff(data)
    if _is_address(source):
        data, suffix, final = fetch(source, policy)
        known = suffix or suffix_of(final)
        return data, source, known if known in READERS else sniff(data)
    path = Path(source)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise UnreadableError(source, "not a file but a device or pipe", "give a file")
        return path.read_bytes(), source, ""
    except FileNotFoundError as error:
        reason = "no such file or folder"
        raise UnreadableError(source, reason, "check the spelling") from error
    except OSError as error:
        reason = f"cannot be opened ({error.strerror})"
        raise UnreadableError(source, reason, "check its permissions") from error
