"""What every request must show and every answer carries."""

from __future__ import annotations

import pytest

from standfast.ledger import Ledger
from standfast.model import StandfastError
from standfast.web import Settings, choose_mode
from standfast.web.security import HEADERS
from standfast.web.sizes import FORM, UPLOAD
from tests.web.conftest import Desk


@pytest.mark.parametrize(
    ("host", "code"),
    [("testserver", 200), ("TestServer:8765", 200), ("127.0.0.1:1", 200), ("localhost", 200),
     ("[::1]:8765", 200), ("evil.example", 421), ("", 421), ("testserver.evil.example", 421),
     ("127.0.0.1@evil.example", 421), ("[::2]", 421), ("testserver.", 200)],
)  # fmt: skip
def test_only_its_own_names_are_answered(desk: Desk, host: str, code: int) -> None:
    assert desk().get("/robots.txt", headers={"host": host}).status_code == code


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver:81"},
        {"origin": "http://testserver@evil.example"},
        {"origin": "http://[bad"},
        {"origin": "", "sec-fetch-site": "cross-site"},
        {"origin": "", "sec-fetch-site": "same-site"},
        {"origin": "", "referer": "http://evil.example/testserver"},
        {"origin": ""},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
    ],
)
@pytest.mark.parametrize("address", ["/login", "/logout", "/me/keys", "/accounts"])
def test_posts_from_other_sites_are_not_done(
    desk: Desk, ledger: Ledger, headers: dict[str, str], address: str
) -> None:
    client = desk("team", "admin")
    refused = client.post(address, data={"label": "x", "name": "x"}, headers=headers)
    assert refused.status_code == 403
    assert not ledger.tokens()
    assert client.get("/me").status_code == 200  # still logged in


def test_posts_of_its_own_pages_are_done(desk: Desk) -> None:
    client = desk("team", "admin")
    for headers in (
        {"origin": "http://testserver", "sec-fetch-site": "same-origin"},
        {"origin": "", "referer": "http://testserver/me"},
        {"origin": "", "sec-fetch-site": "same-origin"},
        {"origin": "HTTP://TESTSERVER"},
    ):
        made = client.post("/me/keys", data={"label": "x"}, headers=headers)
        assert made.status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/login", "/nowhere", "/static/desk.css", "/robots.txt", "/me"]
)
def test_every_answer_carries_the_headers(desk: Desk, address: str) -> None:
    for client in (desk(), desk("public"), desk("team"), desk("team", "reader")):
        answer = client.get(address, follow_redirects=False)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    refused = desk().get(address, headers={"host": "evil.example"})
    assert refused.headers["content-security-policy"] == HEADERS["content-security-policy"]


def test_head_is_get_without_the_body(desk: Desk) -> None:
    client = desk()
    whole, head = client.get("/accounts"), client.head("/accounts")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == whole.headers["etag"]
    assert desk("team").head("/me", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "BREW"])
def test_other_methods_are_told_apart(desk: Desk, method: str) -> None:
    answer = desk().request(method, "/search")
    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "name",
    ["../app.py", "..%2f..%2fapp.py", "%2e%2e/app.py", "/etc/passwd", "%2fetc%2fpasswd", "%00",
     "fonts", "", "x" * 5000, "desk.css/..", "..%5capp.py", "vendor/../../app.py"],
)  # fmt: skip
def test_nothing_outside_the_folder_is_a_file(desk: Desk, name: str) -> None:
    assert desk("team").get(f"/static/{name}", follow_redirects=False).status_code in {
        303,
        307,
        404,
    }
    assert desk().get(f"/static/{name}").status_code == 404


def test_a_key_that_is_not_known_is_refused_in_words(desk: Desk) -> None:
    for mode in ("own", "team", "public"):
        client = desk(mode)
        answer = client.get("/me", headers={"authorization": "Bearer nothing"})
        assert answer.status_code == 401
        assert "not known" in answer.text
        assert (
            client.get("/nowhere", headers=[(b"authorization", b"Bearer \xe9")]).status_code == 404
        )


def test_bodies_have_a_limit(desk: Desk) -> None:
    client = desk("team", "admin")
    form = {"content-type": "application/x-www-form-urlencoded"}
    said = client.post("/me/keys", content=b"label=" + b"x" * FORM, headers=form)
    assert said.status_code == 413
    pieces = (b"x" * 100_000 for _ in range(30))
    come = client.post("/me/keys", content=pieces, headers=form)
    assert come.status_code == 413
    for bad in ("-1", "1e3", "9" * 30):
        headers = {**form, "content-length": bad}
        assert client.post("/me/keys", content=b"", headers=headers).status_code == 413
    for role, code in (("reader", 413), ("editor", 405)):
        large = {"content-length": str(UPLOAD - 1), **form}
        asked = desk("team", role).post("/add/nowhere", content=b"", headers=large)  # type: ignore[arg-type]
        assert asked.status_code == code


def test_what_a_proxy_says_counts_for_nothing_by_itself(desk: Desk, ledger: Ledger) -> None:
    client = desk("team")
    headers = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https",
               "x-forwarded-host": "evil.example", "forwarded": "for=203.0.113.9"}  # fmt: skip
    client.post("/login", data={"name": "a", "password": "b"}, headers=headers)
    import datetime as dt

    since = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    by_name, by_address = ledger.attempts("a", "203.0.113.9", since)
    assert (by_name.number, by_address.number) == (1, 0)


def test_no_desk_without_log_in_is_on_a_network() -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "desk.example"):
        with pytest.raises(StandfastError, match="everybody on the network"):
            Settings("x.db", "own", host)
        with pytest.raises(StandfastError, match="everybody on the network"):
            choose_mode(host, accounts=False, public=False)
        assert choose_mode(host, accounts=True, public=False) == "team"
        assert choose_mode(host, accounts=True, public=True) == "public"
    with pytest.raises(StandfastError, match="any web page"):
        Settings("x.db", "own", hosts=("*",))
    with pytest.raises(StandfastError, match="everybody on the network"):
        choose_mode("127.0.0.1", accounts=False, public=False, names=("desk.example",))
    for host in ("127.0.0.1", "::1", "[::1]", "localhost", "127.8.8.8"):
        assert choose_mode(host, accounts=False, public=False) == "own"
    assert "[::1]" in Settings("x.db", "own", "::1").names
    assert "[fd00::1]" in Settings("x.db", "team", "FD00::1").names
