"""A report is pasted, and each judgement followed to the quotes that it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.conftest import Open, in_view
from tests.browser.test_every_page import looked_at

REPORT = (
    "NATO promised to deliver four air-defence batteries to Ukraine by the end of 2024.\n\n"
    "Germany had pledged to train the armed forces of Ukraine. "
    "Berlin also promised to build a floating opera house for Odesa. "
    '<script>alert("report")</script> Will the alliance keep its word?'
)
_PATIENCE = 240_000
"""Milliseconds for a check: the first one loads what reads."""


def test_a_report_and_each_judgement_to_its_quotes(open_tab: Open) -> None:
    tab = checked(open_tab("adding"), REPORT, watched=True)
    assert tab.locator(".claim").count() >= 3
    assert tab.locator(".claim.supported").count() >= 1
    assert tab.locator(".claim.not-found").count() >= 1
    assert "opera house" in tab.locator(".claim.not-found").first.inner_text() or (
        "opera house" in tab.locator("mark.not-found").first.inner_text()
    )
    assert tab.locator("script:not([src])").count() == 0
    looked_at(tab)
    assert followed(tab) >= 2


@pytest.mark.shared
def test_the_seed_article_and_each_judgement_to_its_quotes(open_tab: Open, shared: Path) -> None:
    article = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    tab = checked(open_tab("adding"), article)
    assert tab.locator(".claim").count() >= 5
    looked_at(tab)
    followed(tab)


def checked(tab: Any, text: str, *, watched: bool = False) -> Any:
    """A tab that shows what is judged of a text, pasted into the form as people do."""
    tab.goto("/check")
    tab.get_by_label("The report’s text").fill(text)
    tab.get_by_label("Day of the report").fill("2024-03-01")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Check it").click()
    if watched and tab.locator("#progress").count():
        looked_at(tab)
        part = tab.request.get(f"{tab.url}/progress")
        assert 'id="progress"' in part.text()
    tab.locator(".checked").wait_for(timeout=_PATIENCE)
    return tab


def followed(tab: Any) -> int:
    """Follow every judgement from the report's words to each quote in its document."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    report = tab.url
    for mark in tab.locator("mark a[href^='#c']").all():
        claim = str(mark.get_attribute("href"))
        mark.click()
        assert in_view(tab.locator(claim)), claim
    tab.goto(report)
    proofs = [
        (str(one.locator("a").first.get_attribute("href")), one.locator("blockquote").inner_text())
        for one in tab.locator("figure.proof").all()
        if one.is_visible()
    ]
    for address, quote in proofs:
        tab.goto(address)
        at = urlsplit(address).fragment
        words = " ".join(quote.split())
        if at.startswith("a-"):
            marked = tab.locator(f"#{at}")
            assert in_view(marked), address
        else:
            assert at.startswith(":~:text=")
            words = unquote(at.removeprefix(":~:text=").split(",")[0])
        assert words in " ".join(tab.locator("article").inner_text().split())
    return len(proofs)
