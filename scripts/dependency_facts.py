"""Writes the table of versions, dates and sizes into docs/dependencies.md.

    python scripts/dependency_facts.py

Sizes are those of the installed files here; dates of release come from the package index
(https://pypi.org/pypi/NAME/json). Run it after ``make lock``.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import distribution
from pathlib import Path

import httpx
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
BEGIN, END = "<!-- facts: scripts/dependency_facts.py -->", "<!-- end of facts -->"
_MB = 1e6


def main() -> None:
    """Put the table together and replace the old one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = sorted(Requirement(line).name for line in project["dependencies"])
    lines = [
        "| package | version | released | newest release | MB installed |",
        "|---|---|---|---|---|",
    ]
    total = 0.0
    with httpx.Client(timeout=60) as client:
        for name in names:
            size = sum((Path(str(f.locate())).stat().st_size for f in _files(name)), 0) / _MB
            total += size
            version = distribution(name).version
            released, newest = _dates(client, name, version)
            lines.append(f"| {name} | {version} | {released} | {newest} | {size:.1f} |")
    lines.append(f"| together, without what they need themselves | | | | {total:.0f} |")
    page = PAGE.read_text()
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}")


def _files(name: str) -> list:
    return [f for f in distribution(name).files or [] if Path(str(f.locate())).is_file()]


def _dates(client: httpx.Client, name: str, version: str) -> tuple[str, str]:
    """Days on which the installed and the newest version were released."""
    found = client.get(f"https://pypi.org/pypi/{name}/json").raise_for_status().json()
    releases = {
        number: min(one["upload_time"] for one in files)[:10]
        for number, files in found["releases"].items()
        if files
    }
    newest = found["info"]["version"]
    return releases.get(version, "?"), f"{newest}, {releases.get(newest, '?')}"


if __name__ == "__main__":
    main()
