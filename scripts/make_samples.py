"""Make the sample documents of ``src/standfast/samples`` from their prose in ``scripts/samples``.

Markdown, HTML and JSON Lines are copied; the other formats are made by the libraries that write
them, with fixed dates so that the same prose gives the same bytes where the format allows it.
"""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path

import docx
import yaml
from fpdf import FPDF
from odf import dc, meta, opendocument
from odf import text as odf_text

HERE = Path(__file__).resolve().parent
PROSE = HERE / "samples"
INTO = HERE.parent / "src" / "standfast" / "samples"
MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def prose(name: str) -> tuple[dict[str, object], list[str]]:
    """Front matter and paragraphs of a source."""
    _, front, body = (PROSE / name).read_text(encoding="utf-8").split("---\n", 2)
    parts = [part.strip() for part in body.split("\n\n") if part.strip()]
    lines = [line for part in parts for line in (part.split("\n") if part[0] == "-" else [part])]
    return yaml.safe_load(front), lines


def make_txt(source: str, target: str) -> None:
    """Plain text: the paragraphs, nothing else."""
    _, lines = prose(source)
    (INTO / target).write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def make_docx(source: str, target: str) -> None:
    """Word: heading, paragraphs, bullets, and title and date as properties."""
    front, lines = prose(source)
    made = docx.Document()
    core, day = made.core_properties, front["date"]
    core.title, core.author = str(front["title"]), "Standfast"
    core.created = dt.datetime.combine(day, dt.time())  # type: ignore[arg-type]
    core.modified = MADE
    for line in lines:
        if line.startswith("# "):
            made.add_heading(line[2:], level=1)
        elif line.startswith("- "):
            made.add_paragraph(line[2:], style="List Bullet")
        else:
            made.add_paragraph(line)
    made.save(str(INTO / target))
    _steady(INTO / target)


def make_odt(source: str, target: str) -> None:
    """OpenDocument: heading and paragraphs, and title and date as properties."""
    front, lines = prose(source)
    made = opendocument.OpenDocumentText()
    made.meta.addElement(dc.Title(text=str(front["title"])))
    made.meta.addElement(meta.CreationDate(text=f"{front['date']}T00:00:00"))
    for line in lines:
        if line.startswith("# "):
            made.text.addElement(odf_text.H(outlinelevel=1, text=line[2:]))
        else:
            made.text.addElement(odf_text.P(text=line))
    made.save(str(INTO / target))
    _steady(INTO / target)


def make_rtf(source: str, target: str) -> None:
    """Rich text: a paragraph a line, other characters as escapes, the title as information."""
    front, lines = prose(source)

    def escaped(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)

    body = "".join(escaped(line) + "\\par\n" for line in lines)
    head = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Helvetica;}}\n"
    info = "{\\info{\\title " + escaped(str(front["title"])) + "}}\n"
    (INTO / target).write_text(head + info + body + "}\n", encoding="ascii")


def make_pdf(source: str, target: str) -> None:
    """PDF in two columns with page header and footer, and title and date as properties."""
    front, lines = prose(source)
    pdf = _Page(format=(120, 140))
    pdf.set_title(str(front["title"]))
    pdf.set_creation_date(dt.datetime.combine(front["date"], dt.time(), dt.UTC))  # type: ignore[arg-type]
    pdf.set_margins(14, 22, 14)
    pdf.set_auto_page_break(auto=True, margin=20)
    pdf.add_page()
    with pdf.text_columns(ncols=2, gutter=8, text_align="L", line_height=1.25) as columns:
        for line in lines:
            size = 13 if line.startswith("# ") else 9
            pdf.set_font("Helvetica", style="B" if size > 9 else "", size=size)
            text = line.removeprefix("# ")
            with columns.paragraph(bottom_margin=2.5) as paragraph:
                paragraph.write("-  " + text[2:] if line.startswith("- ") else text)
    pdf.output(str(INTO / target))


class _Page(FPDF):
    def header(self) -> None:
        """Print the running head."""
        self.set_font("Helvetica", size=7)
        self.text(14, 10, "Standfast samples: NATO in Washington")

    def footer(self) -> None:
        """Print the page's number."""
        self.set_font("Helvetica", size=7)
        self.text(55, 133, f"Page {self.page_no()}")


def _steady(path: Path) -> None:
    """Write an archive again with one fixed time for its members."""
    with zipfile.ZipFile(path) as held:
        members = [(info, held.read(info)) for info in held.infolist()]
    with zipfile.ZipFile(path, "w") as made:
        for info, data in members:
            info.date_time = MADE.timetuple()[:6]
            made.writestr(info, data, compress_type=info.compress_type)


def main() -> None:
    """Make all samples."""
    INTO.mkdir(exist_ok=True)
    for name in ("nato-brussels-2021.md", "nato-hague-2025.md", "nato-vilnius-2023.html",
                 "g7-2022.jsonl"):  # fmt: skip
        shutil.copyfile(PROSE / name, INTO / name)
    make_txt("us-ukraine-2021.md", "us-ukraine-2021.txt")
    make_docx("g7-support-2023.md", "g7-support-2023.docx")
    make_odt("eu-facility-2024.md", "eu-facility-2024.odt")
    make_rtf("us-ukraine-2024.md", "us-ukraine-2024.rtf")
    make_pdf("nato-washington-2024.md", "nato-washington-2024.pdf")


if __name__ == "__main__":
    main()
