"""Coding in a real browser: ten acts by keyboard alone, quotes redrawn, nothing for axe to find."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from standfast.ledger import Ledger
from standfast.web import Settings, create_app
from standfast.workflow import coding as work
from tests.web.desk_makers import ASKED, BATTERIES

axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")


@pytest.fixture
def address(ledger: Ledger) -> Iterator[str]:
    """A desk on the test's ledger at an address of this machine."""
    app = create_app(Settings(ledger.target, who="me"), ledger)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join()


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert [one for one in faults if "422" not in one and "409" not in one] == []


def key_of(ledger: Ledger, quote: str) -> str:
    return next(one.key for one in ledger.acts() if one.act.quote == quote)


def press(tab: Any, key: str) -> None:
    """A key that ends in another page."""
    with tab.expect_navigation():
        tab.keyboard.press(key)


def test_ten_acts_by_keyboard_alone(tab: Any, address: str, ledger: Ledger) -> None:
    tab.goto(f"{address}/coding/next")
    for key in "akraakrak":
        press(tab, key)
    tab.keyboard.press("m")  # the form opens with the first field in focus
    assert tab.evaluate("document.activeElement.name") == "act-0"
    for _ in range(2):
        tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "obligors-0"
    tab.keyboard.press("ControlOrMeta+a")
    tab.keyboard.type("Germany; Poland")
    press(tab, "Enter")
    made = [one for one in ledger.codings() if one.step == "coding"]
    named = {"a": "accept", "k": "skip", "r": "reject"}
    assert [one.verdict for one in made] == [*(named[key] for key in "akraakrak"), "mend"]
    assert made[-1].value[0]["obligors"] == ["DEU", "POL"]
    press(tab, "u")
    assert ledger.codings()[-1].verdict == "undo"
    assert made[-1].act_key in tab.url


def test_a_quote_is_redrawn_by_arrow_keys(tab: Any, address: str, ledger: Ledger) -> None:
    key = key_of(ledger, BATTERIES)
    tab.goto(f"{address}/coding/acts/{key}")
    tab.keyboard.press("q")
    for _ in range(6):
        tab.keyboard.press("ArrowLeft")
    for _ in range(2):
        tab.keyboard.press("Shift+ArrowRight")
    assert tab.locator("[data-told]").inner_text().endswith("deliver four air-defence batteries to")
    press(tab, "Enter")
    held = ledger.act(key).act
    assert held.quote == "deliver four air-defence batteries to"
    assert ledger.verify() == []


def test_a_quote_is_redrawn_by_selecting_words(tab: Any, address: str, ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    tab.goto(f"{address}/coding/acts/{key}")
    tab.evaluate(
        """() => {
          const words = document.querySelector("[data-quoted]").firstChild;
          const range = document.createRange();
          range.setStart(words, words.data.indexOf("asked"));
          range.setEnd(words, words.data.indexOf("limits") + 3);
          window.getSelection().removeAllRanges();
          window.getSelection().addRange(range);
          document.querySelector("[data-text]").dispatchEvent(new MouseEvent("mouseup"));
        }"""
    )
    press(tab, "Enter")
    assert ledger.act(key).act.quote == "asked Allies to lift limits"


def test_a_missed_act_is_added_by_keyboard_alone(tab: Any, address: str, ledger: Ledger) -> None:
    tab.goto(f"{address}/coding/acts/{key_of(ledger, BATTERIES)}")
    press(tab, "i")
    assert "/coding/sentence?" in tab.url
    tab.keyboard.press("q")
    for _ in range(6):
        tab.keyboard.press("ArrowLeft")
    for _ in range(3):
        tab.keyboard.press("Shift+ArrowRight")
    assert tab.locator("[data-told]").inner_text().endswith("four air-defence batteries to")
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("Enter")  # on to the act
    assert tab.evaluate("document.activeElement.name") == "act-0"
    tab.keyboard.type("Delivery")
    for _ in range(2):
        tab.keyboard.press("Tab")
    tab.keyboard.type("Germany")
    press(tab, "Enter")
    (new,) = [one.act for one in ledger.acts() if one.act.quote == "four air-defence batteries"]
    assert (new.act, new.obligors) == ("delivery", ("DEU",))
    assert tab.locator("text=Added act 1").count() == 1
    press(tab, "u")
    assert ledger.codings()[-1].verdict == "undo"
    here = tab.url
    press(tab, "n")
    assert tab.url != here  # the next sentence
    press(tab, "b")
    assert "You said before: read completely, nothing is missing" in tab.content()
    press(tab, "f")
    press(tab, "k")
    verdicts = [one.verdict for one in ledger.codings() if one.step == "coding"]
    assert verdicts == ["add", "undo", "complete", "skip"]


def test_words_selected_in_the_document_begin_an_act(
    tab: Any, address: str, ledger: Ledger
) -> None:
    tab.goto(f"{address}/documents/vilnius-2023")
    assert not tab.locator("[data-missing-bar]").is_visible()
    tab.evaluate(
        """() => {
          const text = document.querySelector("article.text");
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          let node = walker.nextNode();
          while (!node.data.includes("sovereignty")) node = walker.nextNode();
          const range = document.createRange();
          range.setStart(node, node.data.indexOf("sovereignty"));
          range.setEnd(node, node.data.indexOf(" within"));
          window.getSelection().removeAllRanges();
          window.getSelection().addRange(range);
        }"""
    )
    tab.locator("[data-missing-bar]").wait_for(state="visible")
    press(tab, "i")
    assert tab.locator("[name=quote-0]").input_value() == "sovereignty of Ukraine"
    tab.select_option("[name=act-0]", "affirmation")
    with tab.expect_navigation():
        tab.click("button:has-text('Keep, and nothing more')")
    (new,) = [one.act for one in ledger.acts() if one.act.quote == "sovereignty of Ukraine"]
    assert new.act == "affirmation"
    assert ledger.verify() == []


def test_leaving_a_redrawing_changes_nothing(tab: Any, address: str, ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    tab.goto(f"{address}/coding/acts/{key}")
    tab.keyboard.press("q")
    tab.keyboard.press("ArrowLeft")
    press(tab, "Escape")
    tab.keyboard.press("?")
    assert tab.locator("#keys").get_attribute("open") is not None
    tab.keyboard.press("x")  # no key of ours
    assert ledger.codings() == []


def test_axe_finds_nothing(tab: Any, address: str, ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    for who, verdict in (("ann", "accept"), ("bo", "reject")):
        on = work.item(ledger, key)
        work.decide(ledger, on, verdict, who=who, seen=on.seen_by(who))  # type: ignore[arg-type]
    ledger.assign([(key_of(ledger, BATTERIES), "ann")], by="me")
    paths = (
        "", "/agreement", "/assign", "/adjudicate", f"/adjudicate/{key}", f"/acts/{key}",
        f"/acts/{key}?parts=2", f"/acts/{key}/history", "/next?by=nobody",
        "/sentence?document=vilnius-2023&at=27&start=43&end=69", "/reading?document=vilnius-2023",
    )  # fmt: skip
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for path in paths:
            tab.goto(f"{address}/coding{path}")
            found = axe_api.Axe().run(tab)
            assert found.violations_count == 0, (path, scheme, found.generate_report())
    tab.goto(f"{address}/coding/acts/{key}")
    tab.keyboard.press("m")
    tab.fill("#mend [name=obligors-0]", "Atlantis")
    press(tab, "Enter")
    assert tab.locator("#faults").evaluate("one => one === document.activeElement")
    assert axe_api.Axe().run(tab).violations_count == 0
