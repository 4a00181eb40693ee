"""Axe-core on a tab: WCAG 2.2 to level AA and best practices; what is wrong in a few words."""

from __future__ import annotations

from typing import Any

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_TAGGED = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def everything(tab: Any) -> None:
    """All rules of :data:`TAGS` hold on the page as it stands."""
    _held(tab, _TAGGED)


def colours(tab: Any) -> None:
    """The rules hold that a colour scheme decides about."""
    _held(tab, {**_COLOURS, "resultTypes": ["violations"]})


def _held(tab: Any, options: dict[str, Any]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab, options=options).response
    assert found["url"] == tab.url
    wrong = [
        f"{one['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]
    assert wrong == [], f"{tab.url}\n" + "\n".join(wrong)
