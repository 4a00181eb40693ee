"""Adding documents on the desk: what comes of them, undoing, hostile files and addresses."""

from __future__ import annotations

import gzip
import io
import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from standfast.documents import office, records
from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.web import sizes, uploads
from tests.web.conftest import Desk
from tests.web.job_makers import PROMISE, STATEMENT, in_threads, page_when_done

SAMPLES = Path(__file__).resolve().parents[2] / "src" / "standfast" / "samples"


@pytest.fixture
def client(desk: Desk, ledger: Ledger, extractor: Extractor) -> TestClient:
    return in_threads(desk(), ledger, extractor)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files lie for a moment; nothing may be left there."""
    place = tmp_path / "moment"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    return place


def added(client: TestClient, *files: tuple[str, bytes], **fields: str) -> Any:
    parts = [("files", one) for one in files]
    answer = client.post("/add", data=fields, files=parts or None, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return page_when_done(client, answer.headers["location"])


def test_files_of_several_kinds_are_read_joined_and_undone(
    client: TestClient, ledger: Ledger, folder: Path
) -> None:
    before, digest = len(ledger.documents()), ledger.digest()
    pdf = (SAMPLES / "nato-washington-2024.pdf").read_bytes()
    page = added(client, ("summit.pdf", pdf), ("berlin.txt", STATEMENT.encode()), ("bad.txt", b""))
    assert len(ledger.documents()) == before + 2
    assert "bad.txt" in page.text
    assert "empty file" in page.text
    batch = ledger.batches(1)[0]
    assert batch.note == "added by me: summit.pdf, berlin.txt, bad.txt"
    names = {one.doc for one in ledger.documents(batch=batch.id)}
    assert names == {"summit", "berlin"}
    assert ledger.document("berlin").path.startswith("upload:")
    assert ledger.without_standing() == []
    assert ledger.verify() == []
    assert list(folder.iterdir()) == []
    form = re.search(r'action="(/batches/\d+/take-back)"', page.text)
    assert form is not None
    undone = client.post(form[1])
    assert "Taken back" in undone.text
    assert len(ledger.documents()) == before
    assert ledger.digest() == digest
    assert ledger.without_standing() == []
    again = client.post(form[1])
    assert again.status_code == 400
    assert "taken back already" in again.text


def test_known_bytes_are_passed_over(client: TestClient, ledger: Ledger) -> None:
    added(client, ("note.txt", STATEMENT.encode()))
    page = added(client, ("note.txt", STATEMENT.encode()))
    assert "Nothing new." in page.text
    other = added(client, ("note.txt", f"{STATEMENT} And more.".encode()))
    assert "Nothing new." not in other.text
    # Another text under the same name is another document, not a version of somebody else's.
    assert {"note", "note-2"} <= {one.doc for one in ledger.documents()}


def test_pasted_words_with_what_is_known_of_them(client: TestClient, ledger: Ledger) -> None:
    added(client, text=STATEMENT, title="Berlin note", date="2024-02-03", issuers="Germany")
    found = ledger.document("berlin-note")
    assert (found.title, str(found.date), found.issuers) == ("Berlin note", "2024-02-03", ("DEU",))
    assert any(one.act.quote in PROMISE for one in ledger.acts() if one.act.doc == "berlin-note")


def test_hostile_names_and_markup_stay_words(client: TestClient, ledger: Ledger) -> None:
    name = "../../<img src=x onerror=alert(1)>\x01.txt"
    page = added(client, (name, STATEMENT.encode()), (name, b""))
    assert "<img src=x" not in page.text
    doc = ledger.documents(batch=ledger.batches(1)[0].id)[0].doc
    assert "/" not in doc
    assert "<" not in doc
    assert client.get(f"/documents/{doc}").status_code == 200


def _bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 3_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("bomb.docx", _bomb(), "unpacks to more than"),
        ("bomb.odt", _bomb(), "unpacks to more than"),
        ("bomb.jsonl.gz", gzip.compress(b"0" * 3_000_000), "a line unpacks to more than"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "picture.png"),
        ("script.py", b"print(1)", ".py is no format that can be read"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "cut.pdf"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    client: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch,
    name: str, data: bytes, told: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(office, "_MOST", 1_000_000)
    monkeypatch.setattr(records, "_LINE", 1_000_000)
    digest = ledger.digest()
    page = added(client, (name, data))
    assert told in page.text
    assert "Nothing new." in page.text
    assert ledger.digest() == digest


def test_more_than_the_limit_is_refused_before_it_lies_anywhere(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "_ROOM", (("/add", "editor", 10_000),))
    monkeypatch.setattr(sizes, "FORM", 1_000)
    files = [("files", ("big.txt", b"x" * 20_000))]
    assert client.post("/add", files=files).status_code == 413

    def chunks() -> Iterator[bytes]:
        yield b'--b\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(20):
            yield b"x" * 1000
        yield b"\r\n--b--\r\n"

    kind = {"content-type": "multipart/form-data; boundary=b"}
    assert client.post("/add", content=chunks(), headers=kind).status_code == 413
    monkeypatch.setattr(uploads, "_FILES", 2)
    many = [("files", (f"{n}.txt", b"x")) for n in range(3)]
    assert client.post("/add", files=many).status_code == 400
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "nothing to add"),
        ({"url": "ftp://example.org/x"}, "is no web address"),
        ({"url": "https://a.org/\n" * 51}, "51, more than 50"),
        ({"text": "x", "issuers": "Atlantis"}, "Atlantis"),
        ({"text": "x", "date": "never"}, "is no day"),
    ],
)
def test_bad_input_is_told_beside_the_form(
    client: TestClient, fields: dict[str, str], told: str
) -> None:
    answer = client.post("/add", data=fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert "<textarea" in answer.text


@pytest.mark.parametrize("role", ["reader", "coder"])
def test_only_editors_add(desk: Desk, role: Any) -> None:
    client = desk("team", role)
    for path in ("/add", "/batches", "/batches/1"):
        assert client.get(path).status_code == 403
    assert client.post("/add", data={"text": "x"}).status_code == 403
    assert client.post("/batches/1/take-back").status_code == 403


def test_batches_say_why_they_stay(client: TestClient, ledger: Ledger) -> None:
    added(client, text=STATEMENT, title="Berlin note")
    assert "added by me: Berlin note" in client.get("/batches").text
    with ledger.batch("later", "other-extractor") as later:
        later.add(ledger.document("berlin-note"), [], again=True)
    first = ledger.batches()[1].id
    page = client.get(f"/batches/{first}")
    assert f"batch {later.id} builds on it" in page.text
    assert "take-back" not in page.text
    refused = client.post(f"/batches/{first}/take-back")
    assert refused.status_code == 400
    assert client.get("/batches/999").status_code == 404


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("location", "http://internal.example/")
            self.end_headers()
            return
        body = f"<html><body><h1>Note</h1><p>{STATEMENT}</p></body></html>".encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_ones_own_machine_may_be_read_on_it(client: TestClient, ledger: Ledger, site: str) -> None:
    added(client, url=f"{site}/kept")
    assert ledger.document("kept").source == f"{site}/kept"


@pytest.mark.parametrize("mode", ["team", "public"])
@pytest.mark.parametrize(
    ("host", "address", "told"),
    [
        ("loop.example", "127.0.0.1", "a private address"),
        ("six.example", "::1", "a private address"),
        ("mapped.example", "::ffff:10.0.0.1", "a private address"),
        ("cloud.example", "169.254.169.254", "a private address"),
        ("office.example", "192.168.1.1", "a private address"),
        ("public.example:8080", "93.184.215.14", "port 8080 is not one"),
    ],
)
def test_others_reach_nothing_inside(
    desk: Desk, ledger: Ledger, extractor: Extractor, monkeypatch: pytest.MonkeyPatch,
    mode: Any, host: str, address: str, told: str,
) -> None:  # fmt: skip
    asked: list[Any] = []

    def resolved(name: str, port: int, **_: Any) -> list[Any]:
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr("standfast.documents.web.socket.getaddrinfo", resolved)
    client = in_threads(desk(mode, "editor"), ledger, extractor)
    page = added(client, url=f"http://{host}/note")
    assert told in page.text
    assert asked == [host.partition(":")[0]]
    assert "Nothing new." in page.text


def test_nor_by_a_redirect(
    desk: Desk, ledger: Ledger, extractor: Extractor, monkeypatch: pytest.MonkeyPatch, site: str
) -> None:
    """The first hop is let through as if it were public; the second is judged anew."""
    places = {"outside.example": "127.0.0.1", "internal.example": "10.0.0.7"}

    def resolved(name: str, port: int, *_: Any, **__: Any) -> list[Any]:
        place = places.get(name, name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    monkeypatch.setattr("standfast.documents.web.socket.getaddrinfo", resolved)
    from standfast.documents.web import Policy

    monkeypatch.setattr(
        "standfast.web.tasks.policy_of", lambda private: Policy(lambda ip: ip == "127.0.0.1")
    )
    client = in_threads(desk("team", "editor"), ledger, extractor)
    page = added(client, url=f"http://outside.example:{site.rpartition(':')[2]}/away")
    assert "redirects to a private address (internal.example)" in page.text
