"""Reads a coded set, in whichever of the known layouts it comes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from standfast.documents import read
from standfast.evaluation.coded import CodedSet
from standfast.evaluation.gold import read_lines
from standfast.evaluation.sheets import SUFFIXES
from standfast.evaluation.spreadsheet import read_spreadsheet
from standfast.model import Document, UnreadableError
from standfast.parties import Registry

_USUAL = "labels.jsonl"
_TABLES = {".xlsx", ".xls", ".ods", ".numbers"}


def read_coded(
    labels: str | Path,
    *,
    documents: str | Path | None = None,
    registry: Registry | None = None,
) -> CodedSet:
    """Coded sentences with the documents that they stand in.

    ``labels`` is a folder with ``documents/`` and one ``.jsonl`` file (``labels.jsonl``, if there
    are several), such a file itself, or a CSV or TSV file out of a spreadsheet. ``documents`` is a
    folder of the whole documents, if it is not the one beside the labels; a spreadsheet needs none.
    Raises :class:`~standfast.model.StandfastError` for what cannot be used.
    """
    path, registry = Path(labels), registry or Registry.load()
    if path.is_dir():
        path = _labels_of(path)
    if not path.is_file():
        raise UnreadableError(str(labels), "no such file or folder", "check the spelling")
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        folder = Path(documents) if documents else path.parent / "documents"
        return read_lines(path, _documents(folder, registry), registry)
    if suffix in SUFFIXES:
        whole = _documents(Path(documents), registry) if documents else None
        return read_spreadsheet(path, whole, registry)
    remedy = "save it from the spreadsheet as CSV (UTF-8)"
    if suffix not in _TABLES:
        remedy = "give a folder of coded sentences, a .jsonl file, or a .csv or .tsv file"
    raise UnreadableError(str(path), f"labels cannot be read from “{path.suffix}”", remedy)


def _labels_of(folder: Path) -> Path:
    """The file of labels in a folder."""
    found = sorted(folder.glob("*.jsonl"))
    if not found:
        tables = sorted(one for one in folder.iterdir() if one.suffix.lower() in SUFFIXES)
        remedy = f"give the file itself: {tables[0]}" if tables else "add a file labels.jsonl"
        raise UnreadableError(str(folder), "a folder without a .jsonl file of labels", remedy)
    usual = folder / _USUAL
    if len(found) > 1 and usual not in found:
        names = ", ".join(one.name for one in found)
        raise UnreadableError(str(folder), f"several files of labels ({names})", "give one of them")
    return usual if usual in found else found[0]


def _documents(folder: Path, registry: Registry) -> dict[str, Document]:
    """Documents of a folder by their names; what cannot be read is missed where it is needed."""
    if not folder.is_dir():
        reason = "no such folder of documents"
        raise UnreadableError(str(folder), reason, "say where they are with --documents FOLDER")
    found: Iterable[object] = read([folder], registry=registry)
    return {one.id: one for one in found if isinstance(one, Document)}
