"""Measure the letters of the first page by weight, in both languages, and write ``frontend/first-page.json``.

Usage: scripts/first_page_letters.py ADDRESS, with a demonstration running there.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
LETTERS = """() => {
  const found = { 400: "", 700: "" };
  const weigh = (style, text) => {
    if (style.display !== "none") found[Number(style.fontWeight) >= 550 ? "700" : "400"] += text;
  };
  for (const element of document.querySelectorAll("body, body *")) {
    for (const pseudo of ["::before", "::after", "::marker"]) {
      const style = getComputedStyle(element, pseudo);
      if (!["none", "normal"].includes(style.content)) weigh(style, style.content);
    }
    weigh(getComputedStyle(element), (element.placeholder ?? "") + (element.value ?? ""));
  }
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!holder || ["SCRIPT", "STYLE", "TITLE"].includes(holder.tagName)) continue;
    weigh(getComputedStyle(holder), node.data);
  }
  return found;
}"""
PLAIN = "".join(chr(c) for c in range(0x20, 0x7F)) + "\u00a0"  # with both spaces


def main(address: str) -> None:
    """Ask a browser which letters it shows."""
    found: dict[str, set[str]] = {"400": set(PLAIN), "700": set(PLAIN)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for language in ("zh", "en"):
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            context.add_cookies([{"name": "tongchou_language", "value": language, "url": address}])
            page = context.new_page()
            page.goto(address)
            page.wait_for_load_state("networkidle")
            for weight, text in page.evaluate(LETTERS).items():
                found[weight] |= {c for c in text if not c.isspace()}
        browser.close()
    told = {weight: "".join(sorted(letters)) for weight, letters in found.items()}
    (ROOT / "frontend" / "first-page.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
