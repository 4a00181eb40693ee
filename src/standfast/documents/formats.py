"""Which reader takes which bytes: by the name's suffix, else by how the bytes begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from standfast.documents import html, office, pdf, plain, records
from standfast.documents.results import Failure, Raw
from standfast.model import UnreadableError

Reader = Callable[[bytes, str], Iterator[Raw | Failure]]
"""Bytes and the name that errors give them, to the documents in them. Raises UnreadableError."""

READERS: dict[str, Reader] = {
    ".txt": plain.read_text,
    ".text": plain.read_text,
    ".md": plain.read_markdown,
    ".markdown": plain.read_markdown,
    ".html": html.read_html,
    ".htm": html.read_html,
    ".xhtml": html.read_html,
    ".pdf": pdf.read_pdf,
    ".docx": office.read_docx,
    ".odt": office.read_odt,
    ".rtf": office.read_rtf,
    ".jsonl": records.read_jsonl,
    ".ndjson": records.read_jsonl,
    ".jsonl.gz": records.read_jsonl_gz,
}

CONTENT_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}


def suffix_of(name: str) -> str:
    """The suffix that names a format, ``.jsonl.gz`` as one; empty where there is none."""
    path = PurePath(name.lower())
    if path.suffix == ".gz":
        return "".join(path.suffixes[-2:])
    return path.suffix


def stem_of(name: str) -> str:
    """A file's name without the suffix of its format: the document's id."""
    path = PurePath(name)
    suffix = suffix_of(path.name)
    return path.name[: -len(suffix)] if suffix in READERS else path.name


def sniff(data: bytes) -> str:  # noqa: PLR0911 - one line a format
    """The format that bytes without a telling name begin like."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head.lower()
    if head.startswith(b"%PDF"):
        return ".pdf"
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith(b"PK\x03\x04"):
        return ".odt" if b"opendocument.text" in data[:200] else ".docx"
    if head.startswith(b"\x1f\x8b"):
        return ".jsonl.gz"
    if lower.startswith((b"<!doctype html", b"<html")) or b"<body" in lower:
        return ".html"
    if head.startswith(b"---\n") or head.startswith(b"---\r\n"):
        return ".md"
    if head.startswith(b'{"'):
        return ".jsonl"
    return ".txt"


def read_bytes(data: bytes, name: str, suffix: str = "") -> Iterator[Raw | Failure]:
    """Documents in bytes. ``suffix`` overrides what ``name`` says of the format."""
    if not data.strip():
        raise UnreadableError(name, "empty file", "check that it was saved or downloaded whole")
    chosen = suffix or suffix_of(name)
    reader = READERS.get(chosen) or READERS[sniff(data)]
    yield from reader(data, name)
