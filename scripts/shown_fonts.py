"""Small fonts with the letters the workbench shows, cut from the slices of Noto Sans SC and joined.

A machine without a Chinese font would otherwise be sent a slice of some 30 kB for every few letters of a page. Two
fonts a weight: the letters of the first page (``frontend/first-page.json``, measured by
``scripts/first_page_letters.py``, with what its templates and the menu are written with) and the other letters that
templates, declarations, the policy and the built-in regions are written with. All others come from slices as before.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.misc.timeTools import epoch_diff
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
FIRST = (
    "web/navigation.py",
    "web/signals.py",
    "web/pages/*.py",
    "web/templates/base.html",
    "web/templates/pages/home.html",
    "web/templates/pages/board.html",
    "web/templates/pages/today.html",
    "web/templates/parts/*.html",
)
WRITTEN = (
    "web/**/*.html",
    "web/**/*.py",
    "systems/**/*.yaml",
    "regions/*/policy/*.txt",
    *(f"regions/*/{table}.csv" for table in ("places", "parties", "indicators", "projects")),
)
CHINESE = "\u2e80"
DROPPED = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "prep", "gasp"]


def cut(path: Path, letters: set[int]) -> TTFont | None:
    """Return the slice at ``path`` with only ``letters``, or ``None`` when it has none of them."""
    font = TTFont(path)
    here = letters & set(font.getBestCmap())
    if not here:
        return None
    options = Options(drop_tables=DROPPED, hinting=False, layout_features=[], glyph_names=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=here)
    subsetter.subset(font)
    return font


def joined(fonts: list[TTFont], folder: Path) -> TTFont:
    """Return ``fonts`` as one."""
    names = []
    for i, font in enumerate(fonts):
        font.flavor = None
        names.append(str(folder / f"slice-{i}.ttf"))
        font.save(names[-1])
    whole = Merger().merge(names)
    for name in names:
        Path(name).unlink()
    return whole


def written(patterns: tuple[str, ...]) -> set[int]:
    """Return the Chinese letters that the files of ``patterns`` are written with."""
    files = (path for pattern in patterns for path in (ROOT / "src" / "tongchou").glob(pattern))
    return {ord(c) for path in files for c in path.read_text("utf-8") if c >= CHINESE}


def face(name: str, weight: str, letters: set[int], slices: Path, out: Path) -> str:
    """Write ``name-weight.woff2`` with ``letters`` into ``out`` and return its style rule."""
    fonts, left = [], set(letters)
    for path in sorted(slices.glob(f"noto-sans-sc-*-{weight}-normal.woff2")):
        font = cut(path, left)
        if font is not None:
            fonts.append(font)
            left -= set(font.getBestCmap())
    whole = joined(fonts, out)
    whole["head"].created = whole["head"].modified = -epoch_diff  # the same letters make the same file
    whole.recalcTimestamp = False
    whole.flavor = "woff2"
    whole.save(out / f"{name}-{weight}.woff2")
    covered = ",".join(f"U+{c:x}" for c in sorted(whole.getBestCmap()))
    return (
        f"@font-face {{ font-family: 'Noto Sans SC'; font-style: normal; font-display: swap; font-weight: {weight};"
        f" src: url(./{name}-{weight}.woff2) format('woff2'); unicode-range: {covered}; }}\n"
    )


def main(slices: Path, out: Path) -> None:
    """Write the fonts and ``shown.css``, which names them, into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    rules = []
    for weight, text in json.loads((ROOT / "frontend" / "first-page.json").read_text("utf-8")).items():
        first = {ord(c) for c in text} | (written(FIRST) if weight == "400" else set())
        rules.append(face("shown-first", weight, first, slices, out))
        rules.append(face("shown", weight, written(WRITTEN) - first, slices, out))
    (out / "shown.css").write_text("".join(rules), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
