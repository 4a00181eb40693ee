"""Every page, in light and dark and at a phone's width: nothing for axe to find, nothing runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from standfast.ledger import Ledger
from standfast.web import Settings, create_app
from standfast.workflow import coding as work
from tests.browser import axe
from tests.browser.conftest import Open, Served
from tests.browser.pages import FILES, KEYS, OF_WORK, PAGES, Page
from tests.web.test_routes import routes

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def keys(served: Served) -> dict[str, str]:
    """Keys for addresses; on the desk that is looked at, two coders have read one act apart."""
    found = {name: served.key(words) for name, words in KEYS.items()}
    with served.ledger() as opened:
        for who, verdict in (("ann", "accept"), ("bo", "reject")):
            on = work.item(opened, found["asked"])
            work.decide(opened, on, verdict, who=who, seen=on.seen_by(who))  # type: ignore[arg-type]
    return found


def test_every_page_is_in_the_list(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with Ledger(path) as opened:
        app = create_app(Settings(str(path)), opened)
        given = {one.path for one in routes(app) if "GET" in one.methods}
    listed = {one.route for one in PAGES if one.status == 200} | set(OF_WORK)
    files = {one for one in given if one.startswith(FILES)} - listed
    assert given - files - listed == set(), "say in tests/browser/pages.py where to find these"
    assert listed - given == set(), "these are no pages any more"
    for test in set(OF_WORK.values()):
        assert (Path(__file__).parent / test).is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda one: f"{one.desk}-{one.who}{one.address}"[:60])
def test_axe_finds_nothing_and_nothing_runs(
    page: Page, open_tab: Open, served: Served, keys: dict[str, str]
) -> None:
    address = page.address
    for name, key in keys.items():
        address = address.replace(f"{{{name}}}", key)
    tab = open_tab(page.desk, page.who, viewport=WIDE)
    answer = tab.goto(address)
    assert answer.status == page.status
    assert answer.headers["content-type"].startswith("text/html")
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    looked_at(tab)


def looked_at(tab: Any) -> None:
    """Axe in both colour schemes and at a phone's width, where nothing stands beside the screen."""
    axe.everything(tab)
    tab.emulate_media(color_scheme="dark")
    axe.colours(tab)
    tab.set_viewport_size(PHONE)
    axe.everything(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert tab.locator("h1").count() == 1
    assert tab.title().strip() not in {"", "Standfast ·"}
