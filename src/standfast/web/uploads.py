"""What a form sends along: fields, and files in a private folder under names that harm nobody."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from standfast.documents import Metadata, parse_date
from standfast.model import StandfastError
from standfast.parties import Registry
from standfast.workflow.adding import Upload

_FILES, _FIELDS, _FIELD = 200, 30, 2_000_000
"""Files and fields of a form, and bytes of a field, at most."""
_NAME, _SUFFIX = 120, 12
"""Letters of a file's name, and of its end, at most."""
_YEARS = range(1900, 2101)


@dataclass(slots=True)
class Sent:
    """A form as it was sent; ``folder`` holds its files until somebody else takes it over."""

    fields: dict[str, str]
    files: list[Upload] = field(default_factory=list)
    folder: str = ""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def take(self) -> str:
        """The folder, which whoever takes it removes."""
        folder, self.folder = self.folder, ""
        return folder

    def day(self, name: str, title: str) -> dt.date | None:
        """A field's day; :class:`StandfastError` where it is none."""
        if not self[name]:
            return None
        found = parse_date(self[name])
        if found is None or found.year not in _YEARS:
            raise StandfastError(title, f"“{self[name][:60]}” is no day", "write it as 2024-07-11")
        return found

    def metadata(self, kind: str | None = None) -> Metadata:
        """What was said of a document in ``title``, ``date``, ``publisher`` and ``issuers``."""
        issuers: list[str] = []
        for name in filter(None, (part.strip() for part in self["issuers"].split(","))):
            issuers += Registry.load().resolve(name[:200])
        return Metadata(
            title=self["title"][:300] or None,
            date=self.day("date", "the date"),
            kind=self["kind"][:40] or kind,
            publisher=self["publisher"][:200] or None,
            issuers=tuple(dict.fromkeys(issuers)),
        )


async def sent(request: Request) -> AsyncIterator[Sent]:
    """The form of a request, as a dependency; its files are removed unless they are taken."""
    async with request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=_FIELD) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        found = Sent(fields)
        given = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        given = [one for one in given if one.filename]
        try:
            if given:
                found.folder = tempfile.mkdtemp(prefix="standfast-")
                found.files = await run_in_threadpool(_kept, given, Path(found.folder))
            yield found
        finally:
            if found.folder:
                shutil.rmtree(found.folder, ignore_errors=True)


def _kept(given: list[UploadFile], folder: Path) -> list[Upload]:
    """Files as they lie in the folder, each in one of its own, so that equal names do not meet."""
    found = []
    for at, one in enumerate(given):
        name = safe_name(one.filename or "")
        place = folder / str(at)
        place.mkdir(mode=0o700)
        with (place / name).open("wb") as held:
            shutil.copyfileobj(one.file, held)
        found.append(Upload(str(place / name), name))
    return found


def safe_name(name: str) -> str:
    r"""A file's name without folders, control characters, markup and the like; never empty.

    >>> safe_name("../../etc/<b>pass wd</b>.PDF")
    'b-.PDF'
    >>> safe_name("C:\\notes\\Vilnius communiqué (final).docx")
    'Vilnius-communiqué-(final).docx'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = re.sub(r"[^\w.()-]+", "-", last).lstrip(".-").rstrip(".")
    path = PurePath(kept or "document")
    suffix = "".join(path.suffixes[-2:]) if path.suffix.lower() == ".gz" else path.suffix
    if len(suffix) > _SUFFIX:
        suffix = ""
    stem = path.name[: len(path.name) - len(suffix)] if suffix else path.name
    # File systems count bytes (255 at most), of which a letter may take four.
    short = stem.encode()[: _NAME - len(suffix)].decode(errors="ignore")
    return (short or "document") + suffix
