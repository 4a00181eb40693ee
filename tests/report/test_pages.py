"""The page, the Markdown and the terminal: everything is there, and nothing of a report runs."""

from __future__ import annotations

import io
import re
from collections import Counter
from html.parser import HTMLParser

from rich.console import Console

from standfast.cli.check_view import annotated
from standfast.model import JUDGEMENTS
from standfast.report.check_markdown import check_markdown
from standfast.report.check_page import check_page
from standfast.report.segments import paragraphs
from standfast.report.signs import SIGNS
from tests.report.makers import HOSTILE, TEXT, checked


class Tags(HTMLParser):
    """Counts elements and gathers text and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.words: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(*, also: bool = False) -> Tags:
    found = Tags()
    found.feed(check_page(checked(also=also)))
    return found


def test_nothing_of_a_report_or_a_document_becomes_markup() -> None:
    found = page(also=True)
    assert found.tags["script"] == 0
    assert "<b>spare parts</b>" in "".join(found.words)
    assert HOSTILE in "".join(found.words)
    assert not any(name.startswith("on") for name, _ in found.attributes)


def test_the_page_needs_no_other_file() -> None:
    text = check_page(checked())
    assert not re.search(r'(?:src|href)="(?!https://example\.org|#[cw]\d)', text)
    assert "@import" not in text
    assert "url(" not in text


def test_every_mark_leads_to_its_card() -> None:
    text = check_page(checked())
    targets = re.findall(r'href="#(c\d+)"', text)
    assert targets
    assert all(f'id="{one}"' in text for one in targets)


def test_every_card_leads_back_to_its_words() -> None:
    text = check_page(checked(also=True))
    back = re.findall(r'href="#(w\d+)"', text)
    assert back == ["w1", "w2"]
    assert all(text.count(f'id="{one}"') == 1 for one in back)


def test_judgements_read_without_colour() -> None:
    words = "".join(page().words)
    for kind in ("overstated", "partly-supported", "not-checkable"):
        assert SIGNS[kind].mark in words
    assert len({one.mark for one in SIGNS.values()}) == len(JUDGEMENTS)


def test_another_day_is_shown_where_it_differs() -> None:
    assert "As of 2026-01-01" in check_page(checked(also=True))
    assert "As of 2026-01-01" not in check_page(checked())


def test_the_cut_text_is_the_text() -> None:
    runs = [run for one in paragraphs(checked()) for run in one.runs]
    assert "".join(run.text for run in runs) == TEXT
    assert [run.claim for run in runs if run.claim is not None] == [0, 1, 2]


def test_markdown_has_report_and_record_side_by_side() -> None:
    text = check_markdown(checked(also=True))
    assert "| amounts | 90 tanks | 31 tanks |" in text
    assert "As of 2026-01-01: ✓ Supported" in text
    assert "<script>" not in text.replace("\\<script\\>", "")


def test_the_terminal_shows_signs_numbers_and_quotes() -> None:
    held = io.StringIO()
    annotated(checked(also=True), Console(file=held, width=100, color_system=None))
    text = held.getvalue()
    assert "▲1 Washington pledged" in text
    assert "decides against it: “The United States will send 31" in text
    assert "for a person to decide" in text
