"""Readers of word processors' files: DOCX, ODT and RTF."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from standfast.documents.plain import decode
from standfast.documents.results import Failure, Raw
from standfast.model import UnreadableError

_OLE = b"\xd0\xcf\x11\xe0"
"""First bytes of the container that Office wraps an encrypted file in."""

_MOST = 500_000_000
"""Bytes that a packed document may unpack to."""
_UNLOCK = "open it, save it without a password and read that"


def _archive(data: bytes, name: str) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        raise UnreadableError(name, "protected by a password", _UNLOCK)
    try:
        found = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise UnreadableError(name, "damaged or cut off", "save or download it again") from error
    # What is announced is what can come out: zipfile reads no member beyond its announced size.
    if sum(one.file_size for one in found.infolist()) > _MOST:
        reason = f"unpacks to more than {_MOST // 1_000_000} MB"
        raise UnreadableError(name, reason, "save it without its pictures, or as plain text")
    return found


def read_docx(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """A Word document: headings, list items and tables in order, and its core properties."""
    import docx
    from docx.table import Table

    _archive(data, name).close()
    try:
        held = docx.Document(io.BytesIO(data))
        parts = [
            _table(part) if isinstance(part, Table) else _paragraph(part)
            for part in held.iter_inner_content()
        ]
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise UnreadableError(name, "not a Word document", "save it again as DOCX") from error
    core = held.core_properties
    page = {"title": core.title, "date": core.created, "author": core.author}
    if core.created and core.created.year <= 2013:
        page["date"] = None  # python-docx's and Word's template date, not the document's
    yield Raw(_joined(parts, name), data, page=page)


def _paragraph(part: Any) -> str:
    text = str(part.text).strip()
    style = str(part.style.name).lower() if part.style is not None else ""
    heading = re.match(r"heading (\d)", style)
    if text and (heading or style == "title"):
        return "#" * (int(heading[1]) if heading else 1) + " " + text
    numbered = part._p.pPr is not None and part._p.pPr.numPr is not None
    return f"- {text}" if text and (numbered or style.startswith("list")) else text


def _table(part: Any) -> str:
    return "\n".join(" | ".join(cell.text.strip() for cell in row.cells) for row in part.rows)


def read_odt(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """An OpenDocument text: headings, list items and paragraphs in order, and its properties."""
    from odf import opendocument
    from odf.namespaces import DCNS, METANS

    with _archive(data, name) as archive:
        manifest = "META-INF/manifest.xml"
        if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
            raise UnreadableError(name, "protected by a password", _UNLOCK)
    try:
        held = opendocument.load(io.BytesIO(data))
    except Exception as error:  # odfpy raises whatever its XML parser meets
        raise UnreadableError(name, "not an OpenDocument text", "save it again as ODT") from error
    parts: list[str] = []
    _walk(held.text, parts, depth=0)
    page = {}
    for node in held.meta.childNodes:
        names = {(DCNS, "title"): "title", (METANS, "creation-date"): "date"}
        key = names.get(node.qname)
        if key:
            page[key] = str(node)[: 10 if key == "date" else None]
    yield Raw(_joined(parts, name), data, page=page)


def _walk(node: Any, parts: list[str], depth: int) -> None:
    from odf import teletype

    for child in node.childNodes:
        kind = child.qname[1] if hasattr(child, "qname") else ""
        if kind == "h":
            level = int(child.getAttribute("outlinelevel") or 1)
            parts.append("#" * level + " " + teletype.extractText(child).strip())
        elif kind == "p":
            text = teletype.extractText(child).strip()
            parts.append("  " * (depth - 1) + f"- {text}" if depth and text else text)
        elif kind == "table-row":
            cells = [teletype.extractText(cell).strip() for cell in child.childNodes]
            parts.append(" | ".join(cells))
        elif hasattr(child, "childNodes"):
            _walk(child, parts, depth + (kind == "list"))


def read_rtf(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """A rich text file, and its title."""
    from striprtf.striprtf import rtf_to_text

    source = decode(data, name)
    if not source.lstrip().startswith("{\\rtf"):
        raise UnreadableError(name, "not rich text", "save it again as RTF")
    if source.count("{") - source.count("\\{") > source.count("}") - source.count("\\}"):
        raise UnreadableError(name, "damaged or cut off", "save or download it again")
    title = re.search(r"\{\\title ([^{}]+)\}", source)
    text = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    lines = [re.sub(r"^[\s·•]*•\s*", "- ", line.rstrip()) for line in text.splitlines()]
    yield Raw(_joined(lines, name), data, page={"title": title[1] if title else None})


def _joined(parts: list[str], name: str) -> str:
    text = "\n\n".join(part for part in parts if part.strip())
    if not text.strip():
        raise UnreadableError(name, "holds no text", "check that it is not a scan or a picture")
    return text + "\n"
