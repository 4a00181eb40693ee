"""What the next shelf is given before readers see it, so that no page has to wait for it."""

from __future__ import annotations

from standfast.web import tallies
from standfast.web.bench import QUEUE, queue_of
from standfast.web.joined import JOINED, PAPERS, joined, papers
from standfast.web.news import news
from standfast.web.once import hand_on, is_made, keep_on
from standfast.web.reckoned import OCCASIONS
from standfast.web.shelf import Shelf


def prepare(before: Shelf, after: Shelf) -> None:
    """Put a shelf in order after the one before it, or by itself where that is the same."""
    if before is not after:
        hand_on(before, after)
        _keep_on(before, after)
    papers(after), joined(after), news(after)
    tallies.years(after), tallies.kinds(after)
    if before is after or is_made(before, QUEUE):
        queue_of(after)


def _keep_on(before: Shelf, after: Shelf) -> None:
    """What is made of nothing that changed."""
    same_texts = after.acts.readings == before.acts.readings
    if same_texts and after.documents is before.documents:
        keep_on(before, after, PAPERS)
        if after.acts is before.acts and after.lines is before.lines:
            keep_on(before, after, JOINED)
    if after.acts is before.acts:
        keep_on(before, after, tallies.YEARS)
        keep_on(before, after, tallies.BY_KIND)
    if "every_occasion" in after.view.__dict__:
        keep_on(before, after, OCCASIONS)
