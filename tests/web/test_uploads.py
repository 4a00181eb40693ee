"""Names of files that are sent, and forms that are not well-formed."""

from __future__ import annotations

import pytest

from standfast.model import StandfastError
from standfast.web.uploads import Sent, safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("statement.pdf", "statement.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "document"),
        ("...pdf", "pdf"),
        ("", "document"),
        ("C:\\Users\\ada\\note.docx", "note.docx"),
        ("a\x00b\r\nc\u202egpj.txt", "a-b-c-gpj.txt"),
        ('<img src=x onerror="alert(1)">.html', "img-src-x-onerror-alert(1)-.html"),
        ("Erklärung des Präsidenten.md", "Erklärung-des-Präsidenten.md"),
        ("archive.jsonl.gz", "archive.jsonl.gz"),
        ("#q?x=1&y.txt", "q-x-1-y.txt"),
        (".hidden", "hidden"),
    ],
)
def test_names_that_harm_nobody(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize("letter", ["a", "ü", "語", "\U00020000"])
def test_names_fit_any_file_system(letter: str) -> None:
    name = safe_name(letter * 5000 + ".pdf")
    assert len(name.encode()) < 200
    assert name.endswith(".pdf")


def test_days_of_forms() -> None:
    sent = Sent({"date": "14 June 2021", "as_of": "", "late": "31 February", "far": "9999-01-01"})
    found = sent.day("date", "the date")
    assert found is not None
    assert found.isoformat() == "2021-06-14"
    assert sent.day("as_of", "the day") is None
    for name in ("late", "far"):
        with pytest.raises(StandfastError, match="is no day"):
            sent.day(name, "the day")


def test_issuers_by_name_and_code() -> None:
    assert Sent({"issuers": "USA, Ukraine"}).metadata().issuers == ("USA", "UKR")
    with pytest.raises(StandfastError):
        Sent({"issuers": "Atlantis"}).metadata()
