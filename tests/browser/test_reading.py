"""From a question to the words, by mouse, by keyboard, and without JavaScript."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Open, Served, in_view, press
from tests.browser.pages import HOSTILE
from tests.web.desk_makers import BATTERIES


def test_search_to_quote(open_tab: Open, served: Served) -> None:
    tab = open_tab(viewport={"width": 1280, "height": 500})
    tab.goto("/")
    tab.get_by_label("Search the record").fill("batteries")
    press(tab, "Enter")
    acts = tab.locator("ol.acts > li")
    assert acts.count() == 2
    tab.locator(".facet a[href*='by=NATO']").click()
    tab.wait_for_url("**by=NATO**")
    assert acts.count() == 1
    quote = acts.locator("blockquote a")
    assert quote.inner_text() == BATTERIES
    assert quote.locator("mark").inner_text() == "batteries"
    quote.click()
    key = served.key("by the end of 2024")
    tab.wait_for_url(f"**/documents/vilnius-2023#a-{key}")
    marked = tab.locator(f"#a-{key}")
    assert in_view(marked)
    assert BATTERIES in marked.inner_text()
    colour = "one => getComputedStyle(one).backgroundColor"
    others = tab.locator(f"[id^='a-']:not(#a-{key})")
    assert marked.evaluate(colour) != others.first.evaluate(colour), "the act stands out"
    # From the text to the list beside it, and back.
    tab.locator(f"#l-{key} a").first.click()
    assert urlsplit(tab.url).fragment == f"a-{key}"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_reading_needs_no_javascript(open_tab: Open, served: Served, scripts: bool) -> None:
    tab = open_tab(java_script_enabled=scripts)
    tab.goto("/search?q=train")
    tab.locator(".facet a", has_text="Germany").first.click()
    assert "by=DEU" in tab.url
    tab.locator("ol.acts blockquote a").first.click()
    assert "/documents/" in tab.url
    tab.go_back()
    tab.locator("a[href^='/commitments/training']").first.click()
    assert tab.locator("h1").count() == 1
    assert tab.locator(".story li").count() >= 3
    for year in ("2023", "2022"):
        tab.get_by_role("link", name="Mention before").click()
        tab.wait_for_url(f"**as_of={year}-*")
    assert tab.locator(".story li.after").count() >= 1
    if not scripts:
        tab.get_by_role("button", name="Look").click()  # the slider's form, sent as forms are
        assert "at=" in tab.url or "as_of=" in tab.url
    tab.goto("/check")
    assert tab.get_by_label("The report’s text").is_editable()


def test_the_keyboard_alone(open_tab: Open) -> None:
    tab = open_tab()
    tab.goto("/commitments")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert in_view(tab.locator(".skip"))
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "quick"
    tab.keyboard.type("grain/ships")
    assert tab.locator("#quick").input_value() == "grain/ships", "typed, not taken for a key"


@pytest.mark.parametrize("address", ["/commitments", "/documents/vilnius-2023", "/check", "/add"])
def test_everything_is_reached_and_seen_by_keyboard(open_tab: Open, address: str) -> None:
    tab = open_tab(viewport={"width": 1280, "height": 900})
    tab.goto(address)
    reachable = tab.evaluate(
        """() => { const all = [...document.querySelectorAll(
             "a[href], button, input:not([type=hidden]), select, textarea, summary")];
           const seen = all.filter(one => one.checkVisibility() && one.tabIndex >= 0);
           seen.forEach((one, at) => { one.dataset.nth = at; });
           return [all.filter(one => one.checkVisibility()).length, seen.length]; }"""
    )
    assert reachable[0] == reachable[1], "something that is shown cannot be reached"
    met, unseen = set[str](), list[str]()
    for _ in range(reachable[1] + 40):
        tab.keyboard.press("Tab")
        nth, shown = tab.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
               return [one.dataset.nth ?? "", style.outlineStyle !== "none"
                 && parseFloat(style.outlineWidth) >= 1]; }"""
        )
        if nth in met and len(met) == reachable[1]:
            break
        if nth != "":
            if nth not in met and not shown:  # inside a field of days the browser shows it
                unseen.append(tab.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
            met.add(nth)
    assert len(met) == reachable[1], f"{reachable[1] - len(met)} were never reached"
    assert unseen == [], "the focus is not seen on these"


def test_markup_in_a_document_stays_words(open_tab: Open, served: Served) -> None:
    tab = open_tab()
    key = served.key("<script>")
    for address in (HOSTILE, "/search?q=publish", f"/coding/acts/{key}", "/documents", "/"):
        tab.goto(address)
        assert tab.locator("script:not([src])").count() == 0
        assert tab.locator("[onerror], a[href^='javascript']").count() == 0
    tab.goto(HOSTILE)
    assert '<script>alert("quote")</script> & <b>bold</b>' in tab.locator("article").inner_text()
    assert tab.locator("h1").inner_text() == "<img src=x onerror=alert(1)> & terms"
    tab.goto("/search?q=<script>alert(4)</script>")
    assert "<script>alert(4)</script>" in tab.locator("h1").inner_text()
    # What markup would do if it came through: the policy forbids it as well.
    told = tab.evaluate(
        """() => new Promise(done => {
             document.addEventListener("securitypolicyviolation", e => done(e.effectiveDirective));
             document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 1'>");
             setTimeout(() => done("nothing"), 5000); })"""
    )
    assert re.match("script-src", told)
    assert tab.evaluate("window.ran") is None
    open_tab.forgive("policy: script-src")
    open_tab.forgive("Content Security Policy")
