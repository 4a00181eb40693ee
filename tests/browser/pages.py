"""Every page of the desk, in one place: a test holds the list against the application's routes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the route that gives it, an address of it, at which desk, and who looks.

    ``{words}`` in an address stands for the key of the act with these words, see :data:`KEYS`.
    """

    route: str
    address: str
    desk: str = "own"
    who: str = ""
    status: int = 200


KEYS = {"batteries": "four air-defence batteries", "asked": "lift limits"}
"""Acts that addresses name, by words of their quotes."""
HOSTILE = "/documents/x%252F..%27%22%3Ci%3E"
PAGES = (
    Page("/", "/"),
    Page("/", "/", "public"),
    Page("/changes", "/changes"),
    Page("/search", "/search"),
    Page("/search", "/search?q=batteries&act=commitment&by=NATO&since=2023&until=2023"),
    Page("/search", "/search?q=nothing+of+the+sort&by=Atlantis"),
    Page("/commitments", "/commitments"),
    Page("/commitments", "/commitments?state=silent&texts=once"),
    Page("/commitments", "/commitments?as_of=2022-12-31"),
    Page("/search", "/search?by_other_than=DEU&by_other_than=NATO"),
    Page("/documents", "/documents"),
    Page("/commitments/{name}", "/commitments/training-of-forces.deu.ukr"),
    Page("/commitments/{name}", "/commitments/training-of-forces.deu.ukr?as_of=2022-12-31"),
    Page("/documents/{doc:path}", "/documents/vilnius-2023"),
    Page("/documents/{doc:path}", HOSTILE),
    Page("/parties", "/parties"),
    Page("/parties/{code}", "/parties/NATO"),
    Page("/parties/{code}", "/parties/UKR"),
    Page("/themes", "/themes"),
    Page("/themes/{theme}", "/themes/training-and-capacity"),
    Page("/occasions", "/occasions"),
    Page("/occasions/{name}", "/occasions/nato-2023-vilnius"),
    Page("/endurance", "/endurance"),
    Page("/endurance", "/endurance?group=all+commitments&behind=1"),
    Page("/matrix", "/matrix"),
    Page("/api", "/api"),
    Page("/saved", "/saved"),
    Page("/saved", "/saved", "team", "rita"),
    Page("/check", "/check"),
    Page("/add", "/add"),
    Page("/batches", "/batches"),
    Page("/batches/{number}", "/batches/1"),
    Page("/coding", "/coding"),
    Page("/coding/next", "/coding/next"),
    Page("/coding/next", "/coding/next?by=nobody"),
    Page("/coding/acts/{key}", "/coding/acts/{batteries}"),
    Page("/coding/acts/{key}", "/coding/acts/{batteries}?parts=2"),
    Page("/coding/acts/{key}/history", "/coding/acts/{asked}/history"),
    Page("/coding/sentence", "/coding/sentence?document=vilnius-2023&at=27"),
    Page(
        "/coding/sentence", "/coding/sentence?document=vilnius-2023&at=27&start=43&end=69&parts=2"
    ),
    Page("/coding/reading", "/coding/reading?document=vilnius-2023"),
    Page("/coding/agreement", "/coding/agreement"),
    Page("/coding/assign", "/coding/assign"),
    Page("/coding/adjudicate", "/coding/adjudicate"),
    Page("/coding/adjudicate/{key}", "/coding/adjudicate/{asked}"),
    Page("/me", "/me"),
    Page("/me", "/me", "team", "rita"),
    Page("/accounts", "/accounts", "team", "ada"),
    Page("/login", "/login", "team"),
    Page("/login", "/login", "public"),
    Page("/no-such-page", "/no-such-page", status=404),
    Page("/accounts", "/accounts", "team", "rita", 403),
    Page("/search", "/search?since=never", status=400),
)
"""Pages that are there as soon as the desk is open."""
OF_WORK = {
    "/add/{name}": "test_adding.py", "/add/{name}/progress": "test_adding.py",
    "/check/{name}": "test_checking.py", "/check/{name}/progress": "test_checking.py",
}  # fmt: skip
"""Pages of long work, by the test that begins it and looks at them."""
FILES = (
    "/static/", "/robots.txt", "/search.{style}", "/commitments.{style}", "/documents.{style}",
    "/by-party.{style}", "/feeds/", "/check/{name}/{style}", "/coding/download/",
    "/coding/agreement.{form}", "/api/v1/",
)  # fmt: skip
"""Beginnings of routes that give files for programs, and no pages."""
