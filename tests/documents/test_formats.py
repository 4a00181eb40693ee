"""Every format is read from a real file, made here by a library that writes it."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest
from fpdf import FPDF
from odf import opendocument, style
from odf import text as odf_text

from standfast.documents import Failure, Metadata, read, read_text
from standfast.model import Document

PROMISE = "The Allies will train ten thousand soldiers of Ukraine by the end of 2025."


def one(path: Path | str, given: Metadata | None = None) -> Document:
    found = list(read([path], given))
    assert len(found) == 1
    assert isinstance(found[0], Document), str(found[0])
    return found[0]


def test_plain_text_is_kept_as_it_is(tmp_path: Path) -> None:
    text = f"NATO Allies' Statement\n\nBrussels, 14 June 2021\n\n- {PROMISE} **\n"
    (tmp_path / "note.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = one(tmp_path / "note.txt")
    assert found.text == text
    assert found.id == "note"
    assert found.date == dt.date(2021, 6, 14)
    assert found.origins["date"] == "text"


def test_front_matter_is_metadata_and_the_rest_is_text(tmp_path: Path) -> None:
    body = f"\n{PROMISE}\n---\nMore.\n"
    head = (
        "title: A pledge\ndate: '2023-07-11'\nissuers: [NATO, Ukraine]\nsource_url: https://a.b/c"
    )
    (tmp_path / "p.md").write_text(f"---\n{head}\n---\n{body}", encoding="utf-8")
    found = one(tmp_path / "p.md")
    assert found.text == body
    assert (found.title, found.issuers) == ("A pledge", ("NATO", "UKR"))
    assert found.source == "https://a.b/c"
    assert found.origins["issuers"] == "front matter"


def test_the_command_line_wins(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(f"---\ntitle: Old\n---\n{PROMISE}\n", encoding="utf-8")
    found = one(tmp_path / "p.md", Metadata(title="New", issuers=("G7",)))
    assert (found.title, found.issuers) == ("New", ("G7",))
    assert found.origins["title"] == found.origins["issuers"] == "command line"


def test_html_gives_the_article_without_its_page(tmp_path: Path) -> None:
    page = f"""<!doctype html><html lang="en"><head><title>Pledge of the Allies</title>
    <meta property="article:published_time" content="2023-07-11T10:00:00Z"></head><body>
    <nav><a href="/">Home</a> <a href="/x">Archive</a></nav><article><h1>Pledge of the Allies</h1>
    <p>{PROMISE} The heads of state met in Vilnius for two days of talks on the matter.</p>
    <p>Allies will:</p><ul><li>deliver air defence systems to Ukraine this winter</li>
    <li>repair power plants</li></ul></article><footer>Cookies, imprint</footer></body></html>"""
    (tmp_path / "p.html").write_text(page, encoding="utf-8")
    found = one(tmp_path / "p.html")
    assert PROMISE in found.text
    assert "Cookies" not in found.text
    assert "- deliver air defence" in found.text
    assert found.date == dt.date(2023, 7, 11)
    assert found.origins["date"] == "page"


def _pdf(path: Path, pages: int = 2, password: str = "") -> None:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.set_title("Pledge of Long-Term Help")
    for number in range(1, pages + 1):
        pdf.add_page()
        pdf.set_font("Helvetica", size=8)
        pdf.text(20, 10, "Heads of State and Government - Washington")
        pdf.text(100, 290, f"Page {number}")
        pdf.set_font("Helvetica", size=11)
        for side, x in (("left", 20), ("right", 115)):
            lines = [
                f"On page {number}, the {side} column tells",
                "of the Allies, who will give long-",
                "lasting support to Ukraine with mu-",
                "nitions and training.",
            ]
            for row, line in enumerate(lines):
                pdf.text(x, 40 + 6 * row, line)
            pdf.text(x, 80, f"A second part of {side} {number}.")
    if password:
        pdf.set_encryption(owner_password="o", user_password=password)
    pdf.output(str(path))


def test_pdf_columns_hyphens_headers_and_footers(tmp_path: Path) -> None:
    _pdf(tmp_path / "p.pdf")
    found = one(tmp_path / "p.pdf")
    flat = " ".join(found.text.split())
    assert "munitions and training." in flat
    assert "Page 1" not in flat
    assert "Heads of State and Government" not in flat
    order = [flat.index(f"page {n}, the {side}") for n in (1, 2) for side in ("left", "right")]
    assert order == sorted(order)
    assert "A second part of left 1." in found.text.split("\n\n")
    assert found.title == "Pledge of Long-Term Help"


def _docx() -> bytes:
    made = docx.Document()
    made.core_properties.title = "Declaration of Support"
    made.core_properties.created = dt.datetime(2023, 7, 12)
    made.add_heading("What we promise", level=2)
    made.add_paragraph("We, the Leaders of the G7, will:")
    made.add_paragraph("train pilots of Ukraine", style="List Bullet")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "sum", "5 million"
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_docx_headings_lists_and_tables(tmp_path: Path) -> None:
    (tmp_path / "p.docx").write_bytes(_docx())
    found = one(tmp_path / "p.docx")
    assert "## What we promise" in found.text
    assert "- train pilots" in found.text
    assert "sum | 5 million" in found.text
    assert (found.title, found.date) == ("Declaration of Support", dt.date(2023, 7, 12))
    item = next(block for block in found.blocks if block.kind == "list-item")
    assert item.stem is not None
    assert found.text[slice(*item.stem)] == "We, the Leaders of the G7, will:"


def test_odt(tmp_path: Path) -> None:
    made = opendocument.OpenDocumentText()
    bold = style.Style(name="B", family="text")
    made.styles.addElement(bold)
    made.text.addElement(odf_text.H(outlinelevel=1, text="Facility for Ukraine"))
    made.text.addElement(odf_text.P(text=PROMISE))
    listed = odf_text.List()
    item = odf_text.ListItem()
    item.addElement(odf_text.P(text="a first point"))
    listed.addElement(item)
    made.text.addElement(listed)
    made.save(str(tmp_path / "p.odt"))
    found = one(tmp_path / "p.odt")
    assert found.text.startswith("# Facility for Ukraine\n\n" + PROMISE)
    assert "- a first point" in found.text


def test_rtf(tmp_path: Path) -> None:
    rtf = (
        rf"{{\rtf1\ansi{{\info{{\title Security pact}}}}\f0 Kyiv, 13 June 2024\par {PROMISE}\par}}"
    )
    (tmp_path / "p.rtf").write_text(rtf, encoding="ascii")
    found = one(tmp_path / "p.rtf")
    assert PROMISE in found.text
    assert (found.title, found.date) == ("Security pact", dt.date(2024, 6, 13))


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines_each_a_document(tmp_path: Path, packed: bool) -> None:
    lines = [
        {"id": "a", "title": "G7 Leaders' Statement", "date": "2022-10-11", "text": PROMISE},
        {"id": "b", "text": "Nothing much.", "publisher": "The White House"},
    ]
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    path = tmp_path / ("p.jsonl.gz" if packed else "p.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)
    found = [d for d in read([path]) if isinstance(d, Document)]
    assert [(d.id, d.text) for d in found] == [("a", PROMISE), ("b", "Nothing much.")]
    assert found[0].issuers == ("G7",)
    assert found[1].issuers == ("USA",)
    assert found[0].path.endswith("#a")
    assert found[0].sha256 != found[1].sha256


def test_a_folder_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PROMISE, encoding="utf-8")
    found = [d.id for d in read([tmp_path]) if isinstance(d, Document)]
    assert found == ["a", "1", "2"]


def test_standard_input_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = SimpleNamespace(buffer=io.BytesIO(_docx()))
    monkeypatch.setattr(sys, "stdin", fake)
    assert "train pilots" in one("-").text


def test_files_without_a_telling_name(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(_docx())
    assert "train pilots" in one(tmp_path / "p").text


def test_text_at_hand() -> None:
    found = read_text("We, the Leaders of the G7, will act.", Metadata(kind="communique"))
    assert found.issuers == ("G7",)
    assert not isinstance(found, Failure)
