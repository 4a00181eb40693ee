"""Documents are added from the desk and taken back: a PDF, and a file with a hostile name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.conftest import Open, Served
from tests.browser.test_every_page import looked_at

SAMPLES = Path(__file__).resolve().parents[2] / "src" / "standfast" / "samples"
_PATIENCE = 240_000
"""Milliseconds for a run: the first one loads what reads."""


def test_a_pdf_is_read_and_taken_back(open_tab: Open, served: Served) -> None:
    with served.ledger("adding") as opened:
        before = opened.digest()
    tab = open_tab("adding")
    added(tab, SAMPLES / "nato-washington-2024.pdf", watched=True)
    assert tab.locator("main table tbody tr").count() == 1
    looked_at(tab)
    result = tab.url
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.locator("main table tbody th a").click()
    assert tab.locator("[id^='a-']").count() > 0, "acts are marked in what was read"
    tab.goto(result)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Take batch").click()
    assert "Taken back" in tab.locator("main").inner_text()
    with served.ledger("adding") as opened:
        assert opened.digest() == before


def test_a_hostile_name_is_only_a_name(open_tab: Open, tmp_path: Path) -> None:
    file = tmp_path / "<img src=x onerror=alert(5)>.txt"
    file.write_text("<script>alert(6)</script>\n\nWe will send <b>ten</b> boats to Ukraine.")
    tab = open_tab("adding")
    added(tab, file)
    tab.locator("main table tbody th a").click()
    assert "<script>alert(6)</script>" in tab.locator("main").inner_text()
    assert tab.locator("main script, main img").count() == 0
    tab.go_back()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Take batch").click()


def added(tab: Any, file: Path, *, watched: bool = False) -> None:
    """Choose a file on the form, send it, and wait until it is read."""
    tab.goto("/add")
    tab.get_by_label("Files").set_input_files(file)
    assert file.name in tab.locator(".drop-told").inner_text()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Read them").click()
    if watched and tab.locator("#progress").count():
        looked_at(tab)
        assert 'id="progress"' in tab.request.get(f"{tab.url}/progress").text()
    tab.get_by_role("heading", name="Read:").wait_for(timeout=_PATIENCE)
