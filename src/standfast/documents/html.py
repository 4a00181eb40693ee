"""Reader of HTML: the article without its page, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator

from standfast.documents.plain import decode
from standfast.documents.results import Failure, Raw
from standfast.model import UnreadableError


def read_html(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """The main text as Markdown (headings, lists, tables kept) and the page's own metadata."""
    import trafilatura
    from trafilatura.metadata import extract_metadata

    source = decode(data, name)
    tree = trafilatura.load_html(source)
    if tree is None:
        raise UnreadableError(name, "no HTML in it", "check what was saved or downloaded")
    text = trafilatura.extract(
        source,
        output_format="markdown",
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
    )
    if not text or not text.strip():
        reason = "no article found in the page"
        raise UnreadableError(name, reason, "save the text of the page and read that")
    meta = extract_metadata(tree)
    page = {
        key: getattr(meta, key, None) for key in ("title", "date", "sitename", "url", "language")
    }
    if not page["language"]:
        page["language"] = tree.get("lang", "")[:2] or None
    yield Raw(text, data, page=page)
