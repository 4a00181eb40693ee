"""Draws the pictures of the desk in docs/: pages of a ledger, as a browser shows them.

    python scripts/make_desk_pictures.py LEDGER

Opens the desk on the ledger (a copy: it keeps standings), waits until what takes long is there, and
writes ``docs/desk-*.png``, 1280 pixels wide, with as few colours as do.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Literal

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from standfast.web import Settings, create_app

DOCS = Path(__file__).parents[1] / "docs"
PORT = 8852
_AIR_DEFENCE = "q=air+defence&act=commitment&by=USA&to=UKR&since=2023&until=2023"
PICTURES: dict[str, tuple[str, Literal["light", "dark"]]] = {
    "front": ("/", "light"),
    "commitment": ("/commitments/lasting-support.usa.ukr", "light"),
    "document": (f"/search?{_AIR_DEFENCE}", "dark"),
    "coding": ("/coding/next?by=NATO", "light"),
}
"""Pages by the name of their picture; of ``document`` the first act's place is shown."""
_COLOURS = 128
_PATIENCE = 300.0


def main() -> None:
    """Draw them all."""
    app = create_app(Settings(sys.argv[1], port=PORT, who="ada"))
    server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="warning"))
    running = Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (address, scheme) in PICTURES.items():
            tab = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme=scheme)
            _show(tab, f"http://127.0.0.1:{PORT}{address}", name)
            _keep(tab.screenshot(), DOCS / f"desk-{name}.png")
            tab.close()
        browser.close()
    server.should_exit = True
    running.join()


def _show(tab: Page, address: str, name: str) -> None:
    until = time.monotonic() + _PATIENCE
    tab.goto(address)
    while tab.get_by_text("this takes a minute").count() and time.monotonic() < until:
        time.sleep(2)
        tab.reload()
    if name == "document":
        tab.locator("ol.acts blockquote a").first.click()
    tab.wait_for_load_state("networkidle")


def _keep(picture: bytes, path: Path) -> None:
    drawn = Image.open(io.BytesIO(picture)).convert("RGB")
    found = drawn.quantize(_COLOURS, dither=Image.Dither.NONE)
    found.save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
