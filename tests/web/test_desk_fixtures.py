"""The small desk that the other tests stand on."""

from __future__ import annotations

from standfast.ledger import Ledger
from standfast.model import ACT_KINDS
from tests.web.conftest import Desk


def test_the_small_ledger_has_every_kind_of_act(ledger: Ledger) -> None:
    assert {one.act.act for one in ledger.acts()} == set(ACT_KINDS)
    assert ledger.linked()
    assert not ledger.without_standing()
    assert not ledger.verify()


def test_every_mode_and_role_has_a_client(desk: Desk) -> None:
    assert desk().get("/robots.txt").status_code == 200
    assert desk("public").get("/robots.txt").status_code == 200
    assert desk("team", "reader").get("/me").status_code == 200
    assert desk("team").get("/me", follow_redirects=False).status_code == 303
