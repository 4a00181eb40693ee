"""People with accounts: log-in, what each role sees, log-out; coding and adjudication."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import axe
from tests.browser.conftest import Open, Served, log_in, press
from tests.web.desk_makers import ASKED

FOR_CODERS = ["Check", "Coding"]


def test_log_in_roles_log_out(open_tab: Open) -> None:
    tab = open_tab("team")
    tab.goto("/parties/UKR")
    assert "/login?then=" in tab.url, "nothing is read before the log-in"
    tab.get_by_label("Name").fill("rita")
    tab.get_by_label("Password").fill("four wrong words here")
    press(tab, "Enter")
    assert tab.get_by_role("alert").is_visible()
    axe.everything(tab)
    tab.get_by_label("Password").fill("four plain words here")
    press(tab, "Enter")
    assert tab.url.endswith("/parties/UKR"), "and then where one wanted to go"
    cookie = tab.context.cookies()[0]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] in {"Lax", "Strict"}
    parts = tab.locator("header nav a").all_inner_texts()
    assert "Check" in parts
    assert not {"Coding", "Add"} & set(parts)
    for closed in ("/coding", "/add", "/accounts", "/batches"):
        assert tab.goto(closed).status == 403
    tab.goto("/me")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Log out").first.click()
    tab.goto("/search")
    assert "/login" in tab.url
    tab.go_back()
    assert tab.get_by_text("rita").count() == 0, "the way back shows nothing of hers"


@pytest.mark.parametrize(
    ("who", "parts"),
    [("ann", FOR_CODERS), ("eva", [*FOR_CODERS, "Add"]), ("ada", [*FOR_CODERS, "Add"])],
)
def test_each_role_sees_its_parts(open_tab: Open, who: str, parts: list[str]) -> None:
    tab = open_tab("team", who)
    tab.goto("/")
    seen = tab.locator("header nav a").all_inner_texts()
    assert [one for one in seen if one in {"Check", "Coding", "Add"}] == parts
    assert tab.goto("/accounts").status == (200 if who == "ada" else 403)


def test_a_public_desk_is_read_by_anybody(open_tab: Open) -> None:
    tab = open_tab("public")
    assert tab.goto("/search?q=grain").status == 200
    parts = tab.locator("header nav a").all_inner_texts()
    assert not {"Check", "Coding", "Add"} & set(parts)
    tab.goto("/coding")
    assert "/login?then=" in tab.url
    log_in(tab, "ann")
    assert tab.goto("/coding").status == 200


def test_two_coders_disagree_and_an_editor_rules(open_tab: Open, served: Served) -> None:
    key = served.key("lift limits", "team")
    reader = open_tab("team", "rita")
    reader.goto("/search?q=limits")
    assert reader.locator("ol.acts .sign").first.inner_text().endswith("Request")

    ann, bo = open_tab("team", "ann"), open_tab("team", "bo")
    for tab in (ann, bo):
        tab.goto(f"/coding/acts/{key}")
    ann.keyboard.press("m")
    ann.select_option("[name=act-0]", "condemnation")
    with ann.expect_navigation():
        ann.locator("#mend button[value=mend]").click()
    bo.reload()
    assert (
        "condemnation" not in bo.locator("[data-coding]").inner_text().casefold().split("mend")[0]
    )
    assert "Somebody else has read this" in bo.locator("main").inner_text(), "but not what"
    bo.keyboard.press("m")
    bo.select_option("[name=act-0]", "warning")
    with bo.expect_navigation():
        bo.locator("#mend button[value=mend]").click()
    reader.reload()
    assert reader.locator("ol.acts .sign").first.inner_text().endswith("Request"), "not ruled yet"

    eva = open_tab("team", "eva")
    eva.goto("/coding/adjudicate")
    eva.get_by_role("link", name=ASKED).click()
    axe.everything(eva)
    assert {"condemnation", "warning"} <= set(eva.locator("mark").all_inner_texts())
    eva.get_by_label("Why (kept with the ruling)").fill("He warned them")
    with eva.expect_navigation():
        eva.get_by_role("button", name="Take bo’s").click()

    reader.reload()
    assert reader.locator("ol.acts .sign").first.inner_text().endswith("Warning")
    ann.goto(f"/coding/acts/{key}/history")
    told = ann.locator("main").inner_text()
    assert all(one in told for one in ("ann", "bo", "eva", "He warned them"))
    assert ann.goto("/coding/adjudicate").status == 403, "coders do not rule"


def test_ten_acts_are_coded_by_keyboard_alone(open_tab: Open, served: Served) -> None:
    tab = open_tab("coding")
    tab.goto("/")
    tab_to(tab, "a[href='/coding']")
    press(tab, "Enter")
    tab_to(tab, "form[action='/coding/next'] button, a.button[href^='/coding/next']")
    press(tab, "Enter")
    assert "/coding/acts/" in tab.url
    for key in "aakar":
        press(tab, key)
    tab.keyboard.press("m")
    tab.keyboard.press("Tab")  # from the kind of act to its strength
    tab.keyboard.type("soft")
    tab.keyboard.press("Tab")  # a list would open by Enter; a field sends the form
    press(tab, "Enter")
    for key in "aka":
        press(tab, key)
    tab.keyboard.press("q")
    tab.keyboard.press("ArrowLeft")
    press(tab, "Enter")
    with served.ledger("coding") as opened:
        made = [one for one in opened.codings() if one.step == "coding"]
    verdicts = [one.verdict for one in made]
    assert verdicts == ["accept", "accept", "skip", "accept", "reject", "mend", "accept", "skip",
                        "accept", "redraw"]  # fmt: skip
    assert len({one.act_key for one in made}) == 10
    assert made[5].value[0]["strength"] == "soft"
    assert {one.who for one in made} == {"me"}
    press(tab, "u")
    with served.ledger("coding") as opened:
        assert opened.codings()[-1].verdict == "undo"


def tab_to(tab: Any, wanted: str) -> None:
    """Go by the Tab key to what a selector names."""
    for _ in range(150):
        tab.keyboard.press("Tab")
        if tab.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached on {tab.url}")
