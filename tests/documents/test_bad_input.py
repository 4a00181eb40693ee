"""Whatever is wrong with what a user gives: one line that says what, why and what to do."""

from __future__ import annotations

import gzip
import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from standfast.documents import Failure, read
from standfast.documents.web import Policy, is_public
from standfast.model import Document
from tests.documents.test_formats import _docx, _pdf

GOOD = "We will help Ukraine."


def failure(path: Path | str, policy: Policy | None = None) -> str:
    """The one line said of a file that cannot be read."""
    found = [one for one in read([path], policy=policy) if isinstance(one, Failure)]
    assert len(found) == 1
    line = str(found[0])
    assert str(path) in line
    assert "\n" not in line
    assert found[0].remedy
    return found[0].reason


def test_the_other_files_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(GOOD)
    found = list(read([tmp_path, tmp_path / "missing.txt"]))
    assert [type(one) for one in found] == [Failure, Document, Failure]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.md", b"  \n ", "empty"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.md", b"---\ntitle: [x\n---\nText\n", "malformed front matter"),
        ("a.md", b"---\ntitle: x\nText\n", "no closing"),
        ("a.md", b"---\n- x\n---\nText\n", "malformed front matter"),
        ("a.md", b"---\ndate: 2023-02-31\n---\nText\n", "impossible date"),
        ("a.md", b"---\ndate: '31 June 2023'\n---\nText\n", "not a date"),
        ("a.md", b"---\nissuers: [Ukrane]\n---\nText\n", "no party known"),
        ("a.docx", b"PK\x03\x04 no archive", "damaged or cut off"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("a.pdf", b"%PDF-1.7\n%broken", "damaged or cut off"),
        ("a.rtf", rb"{\rtf1\ansi {\b cut", "cut off"),
        ("a.html", b"<html><body></body></html>", "no article"),
        (
            "a.jsonl.gz",
            gzip.compress(b'{"id": "a", "text": "x"}\n' * 500, mtime=0)[:-20],
            "broken off",
        ),
    ],
)
def test_files(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert reason in failure(tmp_path / name)


def test_unknown_issuers_are_given_near_ones(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nissuers: [Ukrane]\n---\nText\n")
    assert "UKR" in str(next(iter(read([tmp_path / "a.md"]))))


def test_password_protected_pdf(tmp_path: Path) -> None:
    _pdf(tmp_path / "a.pdf", password="secret")
    assert "password" in failure(tmp_path / "a.pdf")


def test_truncated_files(tmp_path: Path) -> None:
    _pdf(tmp_path / "a.pdf")
    (tmp_path / "a.pdf").write_bytes((tmp_path / "a.pdf").read_bytes()[:300])
    (tmp_path / "a.docx").write_bytes(_docx()[:4000])
    assert "cut off" in failure(tmp_path / "a.pdf")
    assert "cut off" in failure(tmp_path / "a.docx")


def test_wrong_encodings_are_read_where_it_is_safe(tmp_path: Path) -> None:
    words = "Le président a déclaré que la réunion était très utile à la sécurité. " * 20
    (tmp_path / "a.txt").write_bytes(words.encode("cp1252"))
    (found,) = read([tmp_path / "a.txt"])
    assert isinstance(found, Document)
    assert "déclaré" in found.text
    (tmp_path / "b.txt").write_bytes(words.encode("utf-16"))
    (wide,) = read([tmp_path / "b.txt"])
    assert isinstance(wide, Document)
    assert wide.text.strip() == words.strip()


def test_records_fail_line_by_line(tmp_path: Path) -> None:
    lines = ['{"id": "a", "text": "x y"}', "{broken", '{"id": "c"}', "[1]", '{"text": "z"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    found = list(read([tmp_path / "a.jsonl"]))
    assert [isinstance(one, Document) for one in found] == [True, False, False, False, True]
    assert [one.path.rsplit(":", 1)[1] for one in found if isinstance(one, Failure)] == [
        "2",
        "3",
        "4",
    ]


def test_a_directory_loop(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text(GOOD)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = list(read([tmp_path]))
    assert sum(isinstance(one, Document) for one in found) == 1
    assert any(isinstance(one, Failure) and "leads back" in one.reason for one in found)


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may open anything, so the refusal is the operating system's in name only.
    (tmp_path / "a.txt").write_text(GOOD)
    reading = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return reading(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "permission" in failure(tmp_path / "a.txt").lower()


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    assert "not a file" in failure(tmp_path / "p.txt")


def test_a_very_long_line_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a, b and c; " * 180_000)
    begun = time.monotonic()
    (found,) = read([tmp_path / "a.txt"])
    assert isinstance(found, Document)
    assert len(found.text) > 2_000_000
    assert time.monotonic() - begun < 30


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
            self.end_headers()
            return
        kind = "image/png" if self.path == "/picture" else "text/plain; charset=utf-8"
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        try:
            if self.path == "/slow":
                for _ in range(40):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.1)
            self.wfile.write(GOOD.encode() * (5000 if self.path == "/large" else 1))
        except BrokenPipeError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


LOCAL = Policy(allows=lambda address: address == "127.0.0.1", most_bytes=10_000, seconds=1.0)


def test_an_address_is_read(site: str) -> None:
    (found,) = read([f"{site}/page.txt"], policy=LOCAL)
    assert isinstance(found, Document)
    assert (found.text, found.id, found.source) == (GOOD, "page", f"{site}/page.txt")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("/away", "redirects to a private address"),
        ("/large", "larger than"),
        ("/slow", "took longer than"),
        ("/picture", "not text but image/png"),
        ("/none", "answered 404"),
    ],
)
def test_addresses(site: str, page: str, reason: str) -> None:
    assert reason in failure(site + page, LOCAL)


def test_private_addresses_are_refused_by_default(site: str) -> None:
    assert "private address" in failure(f"{site}/page.txt")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0",
     "::ffff:10.0.0.1", "100.64.0.1", "224.0.0.1"],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)
    assert is_public("151.101.1.67")
