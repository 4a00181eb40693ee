"""Log-ins, limits, passwords, keys, accounts: what holds and what must not pass."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from standfast.cli.app import app as program
from standfast.ledger import Failures, Ledger
from standfast.model import LedgerError, StandfastError
from standfast.web import entering, passwords
from standfast.web.access import COOKIE, digest, own_path
from standfast.web.entering import log_in, make_account, set_password
from standfast.web.key_use import KeyUse
from tests.web.conftest import Desk, logged_in

WORDS = "four plain words here"
OTHER = "five quite other words"


def enter(client: TestClient, name: str, password: str, then: str = "/") -> int:
    data = {"name": name, "password": password, "then": then}
    return client.post("/login", data=data, follow_redirects=False).status_code


@pytest.fixture
def ada(ledger: Ledger) -> str:
    make_account(ledger, "ada", "admin", WORDS)
    return "ada"


def test_log_in_goes_on_to_where_one_wanted_to_be(desk: Desk, ada: str) -> None:
    client = desk("team")
    refused = client.get("/search?q=air&by=NATO", follow_redirects=False)
    assert refused.headers["location"] == "/login?then=/search%3Fq%3Dair%26by%3DNATO"
    shown = client.get(refused.headers["location"])
    assert 'value="/search?q=air&amp;by=NATO"' in shown.text
    data = {"name": ada, "password": WORDS, "then": "/search?q=air&by=NATO"}
    done = client.post("/login", data=data, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, "/search?q=air&by=NATO")
    cookie = done.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert client.get("/me").status_code == 200


def test_a_cookie_is_secure_where_the_desk_is_reached_by_https(desk: Desk, ada: str) -> None:
    for client in (desk("team", secure=True), desk("team")):
        client.base_url = "https://testserver"
        client.headers["origin"] = "https://testserver"
        data = {"name": ada, "password": WORDS}
        done = client.post("/login", data=data, follow_redirects=False)
        assert "Secure" in done.headers["set-cookie"]


@pytest.mark.parametrize(
    "then",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\evil", "", "javascript:x",
     "/\t/evil.example", "/x\r\nset-cookie: a=b", "/%0d%0aok"],
)  # fmt: skip
def test_nobody_is_led_elsewhere(desk: Desk, ada: str, then: str) -> None:
    data = {"name": ada, "password": WORDS, "then": then}
    done = desk("team").post("/login", data=data, follow_redirects=False)
    assert done.headers["location"] == own_path(then)
    assert re.match(r"/(?![/\\])", done.headers["location"])
    assert len(done.headers.get_list("set-cookie")) == 1


def test_every_log_in_has_a_new_secret_and_ends_the_old_one(desk: Desk, ada: str) -> None:
    client = desk("team")
    client.cookies.set(COOKIE, "chosen-by-somebody-else")
    client.post("/login", data={"name": ada, "password": WORDS})
    first = [one.value for one in client.cookies.jar if one.value != "chosen-by-somebody-else"][-1]
    assert first
    again = desk("team")
    again.cookies.set(COOKIE, first)
    done = again.post(
        "/login", data={"name": ada, "password": WORDS}, follow_redirects=False
    ).headers["set-cookie"]
    assert first not in done
    stale = desk("team")
    stale.cookies.set(COOKIE, first)
    assert stale.get("/me", follow_redirects=False).status_code == 303


def test_only_hashes_are_kept(desk: Desk, ledger: Ledger, ada: str) -> None:
    client = desk("team")
    client.post("/login", data={"name": ada, "password": WORDS})
    key = _key(client.post("/me/keys", data={"label": "script"}).text)
    secret = client.cookies[COOKIE]
    held = ledger.account(ada)
    assert held.password.startswith("$argon2id$")
    kept = b"".join(one.read_bytes() for one in Path(ledger.target).parent.glob("ledger.db*"))
    for word in (WORDS, key, secret):
        assert word.encode() not in kept
    assert digest(key).encode() in kept


def test_forged_and_expired_sessions_do_not_enter(desk: Desk, ledger: Ledger, ada: str) -> None:
    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    ledger.begin_session(ada, digest("old"), past)
    for secret in ("old", "forged", digest("old"), "", "x" * 5000):
        client = desk("team")
        client.cookies.set(COOKIE, secret)
        assert client.get("/me", follow_redirects=False).status_code == 303


def test_failures_have_to_wait_longer_and_longer(
    desk: Desk, ledger: Ledger, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "right", lambda kept, given: kept is not None and given == WORDS)
    client = desk("team")
    for _ in range(entering.FREE_BY_NAME):
        assert enter(client, ada, "wrong") == 403
    told = client.post("/login", data={"name": ada, "password": WORDS})
    assert told.status_code == 429
    assert re.search(r"Try again in (\d|1[0-5]) seconds?\.", told.text)
    assert 0 < int(told.headers["retry-after"]) <= 16
    assert enter(client, "bo", "wrong") == 403  # another name from the same place may still try
    waits = []
    for number in range(5, 16):
        now = dt.datetime.now(dt.UTC)
        failed = Failures(number, now)
        waits.append(entering._wait(failed, entering.FREE_BY_NAME, now).total_seconds())
    assert waits == sorted(waits)
    assert waits[1] == pytest.approx(2 * waits[0], abs=1)
    assert max(waits) <= entering.LONGEST_WAIT.total_seconds()


def test_an_address_that_tries_many_names_has_to_wait(
    ledger: Ledger, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "right", lambda kept, given: kept is not None and given == WORDS)
    for number in range(entering.FREE_BY_ADDRESS):
        assert not log_in(ledger, f"name-{number}", "x", f"2001:db8::{number + 1}").wait
    assert log_in(ledger, ada, WORDS, "2001:db8::ffff").wait
    assert log_in(ledger, ada, WORDS, "192.0.2.1").secret


def test_right_log_ins_are_not_counted(ledger: Ledger, ada: str) -> None:
    for _ in range(entering.FREE_BY_NAME + 1):
        assert log_in(ledger, ada, WORDS, "192.0.2.1").secret


def test_a_name_that_is_not_there_costs_what_one_that_is_does(
    ledger: Ledger, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    hasher = passwords._hasher()

    class Watched:
        hash = staticmethod(hasher.hash)
        check_needs_rehash = staticmethod(hasher.check_needs_rehash)

        @staticmethod
        def verify(kept: str, given: str) -> bool:
            looked.append(kept.rsplit("$", 2)[0])
            return hasher.verify(kept, given)

    monkeypatch.setattr(passwords, "_hasher", Watched)
    log_in(ledger, ada, "wrong", "192.0.2.1")
    log_in(ledger, "nobody", "wrong", "192.0.2.1")
    assert len(looked) == 2
    assert looked[0] == looked[1]  # the same parameters, so the same work


def test_a_password_with_other_parameters_is_kept_anew(ledger: Ledger) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(WORDS)
    ledger.add_account("old", "admin", weak)
    assert log_in(ledger, "old", WORDS, "192.0.2.1").secret
    assert not passwords.outdated(ledger.account("old").password)
    assert log_in(ledger, "old", WORDS, "192.0.2.1").secret


@pytest.mark.parametrize("word", ["short", "a" * 30, "ada ada ada ada", "x" * 2000])
def test_weak_passwords_are_refused(ledger: Ledger, word: str) -> None:
    with pytest.raises(StandfastError, match="password"):
        make_account(ledger, "ada", "admin", word)
    assert not ledger.accounts()


def test_changing_a_password_asks_the_old_one_and_ends_other_log_ins(
    desk: Desk, ledger: Ledger, ada: str
) -> None:
    mine, other = desk("team", "admin", name=ada), desk("team", "admin", name=ada)
    wrong = mine.post("/me/password", data={"old": "no", "new": OTHER, "again": OTHER})
    assert wrong.status_code == 400
    assert "the old one is not right" in wrong.text
    differs = mine.post("/me/password", data={"old": WORDS, "new": OTHER, "again": WORDS})
    assert differs.status_code == 400
    done = mine.post("/me/password", data={"old": WORDS, "new": OTHER, "again": OTHER})
    assert done.status_code == 200
    assert other.get("/me", follow_redirects=False).status_code == 303
    assert not log_in(ledger, ada, WORDS, "192.0.2.1").secret
    assert log_in(ledger, ada, OTHER, "192.0.2.1").secret


def test_logging_out_here_and_everywhere(desk: Desk, ledger: Ledger, ada: str) -> None:
    one, two, three = (desk("team", "admin", name=ada) for _ in range(3))
    one.post("/logout")
    assert one.get("/me", follow_redirects=False).status_code == 303
    assert two.get("/me").status_code == 200
    two.post("/me/leave")
    assert three.get("/me", follow_redirects=False).status_code == 303


def _key(text: str) -> str:
    found = re.search(r"<code>(sf_[\w-]+)</code>", text)
    assert found
    return found[1]


def test_a_key_is_shown_once_works_and_ends(desk: Desk, ledger: Ledger, ada: str) -> None:
    mine = desk("team", "admin", name=ada)
    made = mine.post("/me/keys", data={"label": "<b>notebook</b>"})
    key = _key(made.text)
    assert made.headers["cache-control"] == "no-store"
    shown = mine.get("/me").text
    assert key not in shown
    assert "&lt;b&gt;notebook" in shown
    program = desk("team")
    headers = {"authorization": f"Bearer {key}"}
    assert program.get("/me", headers=headers).status_code == 200
    in_cookie = desk("team")
    in_cookie.cookies.set(COOKIE, key)
    assert in_cookie.get("/me", follow_redirects=False).status_code == 303
    session = {"authorization": f"Bearer {mine.cookies[COOKIE]}"}
    assert program.get("/me", headers=session).status_code == 401
    number = ledger.tokens(ada)[0].id
    mallory = desk("team", "reader", name="mallory")
    assert mallory.post(f"/me/keys/{number}/revoke").status_code == 404
    assert program.get("/me", headers=headers).status_code == 200
    mine.post(f"/me/keys/{number}/revoke")
    refused = program.get("/me", headers=headers)
    assert refused.status_code == 401
    assert "was revoked" in refused.text
    assert "Bearer" in refused.headers["www-authenticate"]


def test_admins_keep_accounts(desk: Desk, ledger: Ledger, ada: str) -> None:
    admin = desk("team", "admin", name=ada)
    made = admin.post("/accounts", data={"name": "b o", "role": "coder", "password": OTHER})
    assert made.status_code == 200
    assert ledger.account("b o").role == "coder"
    again = admin.post("/accounts", data={"name": "b o", "role": "coder", "password": OTHER})
    assert again.status_code == 400
    assert "there is such an account" in again.text
    unknown = admin.post("/accounts", data={"name": "c", "role": "king", "password": OTHER})
    assert unknown.status_code == 422
    admin.post("/accounts/b%20o/role", data={"role": "editor"})
    assert ledger.account("b o").role == "editor"
    theirs = desk("team", "editor", name="b o")
    admin.post("/accounts/b%20o/close")
    assert theirs.get("/me", follow_redirects=False).status_code == 303
    assert not log_in(ledger, "b o", OTHER, "192.0.2.1").secret
    admin.post("/accounts/b%20o/open")
    admin.post("/accounts/b%20o/password", data={"password": WORDS})
    assert log_in(ledger, "b o", WORDS, "192.0.2.1").secret
    assert admin.post("/accounts/nobody/close").status_code == 404


def test_the_last_admin_stays(desk: Desk, ledger: Ledger, ada: str) -> None:
    admin = desk("team", "admin", name=ada)
    for action, data in (("close", {}), ("role", {"role": "reader"})):
        refused = admin.post(f"/accounts/{ada}/{action}", data=data)
        assert refused.status_code == 400
        assert "the last admin" in refused.text
    make_account(ledger, "bo", "admin", OTHER)
    ledger.change_account("bo", closed=True)
    with pytest.raises(LedgerError, match="the last admin"):
        ledger.change_account(ada, role="editor")
    ledger.change_account("bo", closed=False)
    assert ledger.change_account(ada, role="editor").role == "editor"


def test_the_first_account_is_an_admins(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="make an admin first"):
        make_account(ledger, "bo", "reader", WORDS)


def test_the_last_use_of_a_key_is_written_down_once_a_minute(
    desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add_account("bot", "reader", "!")
    ledger.add_token("bot", "nightly", digest("k"))
    ledger.add_token("bot", "spare", digest("other"))
    client = desk("team")
    clock, written = [100.0], list[str]()
    use = client.app.state.key_use = KeyUse(ledger, clock=lambda: clock[0])  # type: ignore[attr-defined]
    note = ledger.note_token

    def noted(key: str) -> None:
        written.append(key)
        note(key)

    monkeypatch.setattr(ledger, "note_token", noted)
    client.headers["authorization"] = "Bearer k"
    for at in (100.0, 101.0, 159.0, 161.0):
        clock[0] = at
        assert client.get("/api/v1/acts?limit=1").status_code == 200
    client.headers["authorization"] = "Bearer wrong"
    assert client.get("/api/v1/acts").status_code == 401
    state = ledger.state()
    use.close()
    assert written == [digest("k")] * 2
    assert ledger.state() == state
    used = {one.label: one.used for one in ledger.tokens("bot")}
    assert used["spare"] is None
    assert used["nightly"] is not None
    age = dt.datetime.now(dt.UTC) - used["nightly"]
    assert dt.timedelta(0) <= age < dt.timedelta(minutes=1)
    page = desk("team", "reader", name="bot").get("/me").text
    assert f"{used['nightly']:%H:%M}</span> UTC" in page
    assert "never" in page
    where = {"STANDFAST_LEDGER": ledger.target, "COLUMNS": "120"}
    listed = CliRunner().invoke(program, ["account", "list"], env=where)
    assert f"{used['nightly']:%Y-%m-%d %H:%M}" in listed.output
    rows = CliRunner().invoke(program, ["account", "list", "--format", "json"], env=where)
    (bot,) = json.loads(rows.output)
    assert [(one["label"], bool(one["used"])) for one in bot["keys"]] == [
        ("spare", False), ("nightly", True),
    ]  # fmt: skip
    assert CliRunner().invoke(program, ["account", "list", "-f", "csv"], env=where).exit_code == 0


def test_a_use_of_a_key_that_could_not_be_written_is_written_at_the_next(ledger: Ledger) -> None:
    ledger.add_account("bot", "reader", "!")
    ledger.add_token("bot", "nightly", digest("k"))
    tried: list[str] = []

    class Busy:
        def note_token(self, key: str) -> None:
            tried.append(key)
            if len(tried) == 1:
                raise LedgerError("ledger", "in use by another program", "try again")
            ledger.note_token(key)

    use = KeyUse(Busy(), clock=lambda: 0.0)  # type: ignore[arg-type]
    while len(tried) < 2:  # the first is refused in the worker, whenever it comes to it
        use.note(digest("k"))
    use.close()
    assert ledger.tokens("bot")[0].used is not None


@pytest.mark.parametrize("name", ["", "  ", "a/b", "a\nb", "a\\b", "n" * 61, "\u202eadmin"])
def test_names_that_cannot_be(ledger: Ledger, name: str) -> None:
    with pytest.raises(LedgerError):
        make_account(ledger, name, "admin", WORDS)


def test_on_ones_own_machine_there_is_nothing_to_log_in_to(desk: Desk) -> None:
    client = desk()
    assert client.get("/login", follow_redirects=False).status_code == 303
    assert "nobody logs in" in client.get("/me").text
    assert client.post("/me/keys", data={"label": "x"}).status_code == 400
    assert client.get("/accounts").status_code == 200


def test_the_command_line_keeps_accounts(ledger: Ledger, tmp_path: Path) -> None:
    def run(*words: str, given: str | None = None, code: int = 0) -> str:
        where = {"STANDFAST_LEDGER": ledger.target, "COLUMNS": "120"}
        done = CliRunner().invoke(program, ["account", *words], input=given, env=where)
        assert done.exit_code == code or (code and done.exception), done.output
        return done.output + str(done.exception or "")

    file = tmp_path / "word"
    file.write_text(OTHER + "\n")
    assert "may log in" in run("add", "ada", "--role", "admin", given=f"{WORDS}\n{WORDS}\n")
    run("add", "bo", "--role", "coder", "--password-file", str(file))
    run("add", "cy", "--role", "reader", "--password-file", "-", given=WORDS + "\n")
    for name, word in (("ada", WORDS), ("bo", OTHER), ("cy", WORDS)):
        assert log_in(ledger, name, word, "192.0.2.1").secret, name
    run("role", "bo", "--role", "editor")
    run("close", "cy")
    listed = run("list", "--format", "csv")
    assert re.search(r"^bo,editor,", listed, re.MULTILINE)
    assert re.search(r"^cy,reader,[^,]+,2", listed, re.MULTILINE)
    run("close", "cy", "--open")
    run("password", "bo", "--password-file", "-", given=WORDS + "\n")
    assert log_in(ledger, "bo", WORDS, "192.0.2.1").secret
    assert "the last admin" in run("close", "ada", code=2)
    assert "12 to 1000" in run("password", "bo", "--password-file", "-", given="x\n", code=2)
    set_password(ledger, "bo", OTHER)
    assert logged_in(ledger, "bo", "editor")
