"""Readers of plain text and of Markdown with front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from standfast.documents.results import Failure, Raw
from standfast.model import UnreadableError

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?:^---[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.01
"""More than one control character in a hundred is no text."""


def decode(data: bytes, name: str) -> str:
    """Text of bytes: UTF-8, else UTF-16 by its mark, else what charset-normalizer is sure of."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _sound(data.decode("utf-16", errors="replace"), name)
    try:
        return _sound(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:4096]:
        raise _not_text(name)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or best.percent_chaos > 5:
        reason = "its characters fit no encoding"
        raise UnreadableError(name, reason, "save it again as UTF-8")
    return _sound(str(best).removeprefix("\ufeff"), name)


def _sound(text: str, name: str) -> str:
    sample = text[:20_000]
    if sample and len(_CONTROL.findall(sample)) > _BINARY_SHARE * len(sample):
        raise _not_text(name)
    return text


def _not_text(name: str) -> UnreadableError:
    return UnreadableError(name, "not text but binary data", "give a document in a format listed")


def read_text(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """Plain text: as it stands, without a byte order mark."""
    yield Raw(decode(data, name), data)


def read_markdown(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """Markdown: the text is what follows the front matter, character for character."""
    text = decode(data, name)
    if not text.startswith("---"):
        yield Raw(text, data)
        return
    match = _FRONT.match(text)
    if match is None:
        raise UnreadableError(
            name, "front matter has no closing ---", "add the line that closes it"
        )
    yield Raw(text[match.end() :], data, front=_front(match[1], name))


def _front(source: str, name: str) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.safe_load(source)
    except ValueError as error:
        reason = f"impossible date in the front matter ({error})"
        raise UnreadableError(name, reason, "write a day that the calendar has") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 2}" if mark else ""
        said = " ".join(str(getattr(error, "problem", None) or error).split())[:80]
        reason = f"malformed front matter{line} ({said})"
        raise UnreadableError(name, reason, "mend the YAML between the --- lines") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        reason = "malformed front matter (no “name: value” lines)"
        raise UnreadableError(name, reason, "mend the YAML between the --- lines")
    return found
