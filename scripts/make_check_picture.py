"""Draws docs/check.png: the page of the example report, held against the ten sample documents.

python scripts/make_check_picture.py            # needs Chromium (apt-get install chromium)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from standfast.report.check_page import check_page
from standfast.workflow import check, link, read

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Read, check, draw."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("no Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        ledger, page = Path(folder) / "ledger.db", Path(folder) / "check.html"
        read(ROOT / "src" / "standfast" / "samples", ledger)
        link(ledger)
        page.write_text(check_page(check(ROOT / "docs" / "examples" / "report.md", ledger)))
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--force-device-scale-factor=1", "--window-size=1180,1450",
                f"--screenshot={ROOT / 'docs' / 'check.png'}", page.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


if __name__ == "__main__":
    main()
