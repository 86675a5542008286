"""Every page, at both sizes, in both languages: nothing cut off, nothing foreign, nothing in the wrong language."""

from __future__ import annotations

import re

import pytest
from pypdf import PdfReader
from tests.browser.conftest import SCREENSHOTS

PAGES = {
    "home": "/",
    "policy": "/policy/",
    "ledger": "/ledger/",
    "findings": "/findings/",
    "figures": "/figures/",
    "indicator": "/figures/population.resident/",
    "documents": "/documents/",
    "base-map": "/base-map/",
    "not-found": "/nope",
}

# What may stand in Latin letters on a Chinese page: formats, names of systems, units, codes and identifiers.
_LATIN_ON_CHINESE = re.compile(
    r"English|Tongchou|Excel|Word|CSV|JSON|XML|Akoma Ntoso|PDF|GeoJSON|CGCS2000|EPSG|WGS|GB|MB|KB|GDP|"
    r"txt|docx|pdf|html|code|name|km|mg|m|L|F\d{3}|[0-9a-f]{12}|taiyuan-2019\.txt|GS|[A-Z]\b|5G|AQI|PM"
)
# Words of our own that must not be left in Chinese on an English page; content (policy, figures, sources) may be.
_OURS = (
    "总览",
    "政策",
    "台账",
    "缺项",
    "数据",
    "文件",
    "打印",
    "导出",
    "责任单位",
    "时限",
    "位次",
    "状态",
    "口径",
    "来源",
    "未报",
    "筛选",
    "核对码",
)

_WORDS_OF_OURS = """
  [...document.querySelectorAll('header, nav[aria-label], .filters label, thead, .actions, .lead, .toggles, dt')]
    .filter(e => !e.closest('.toc'))
    .map(e => [...e.childNodes].filter(n => n.tagName !== 'SELECT').map(n => n.textContent).join(' '))
    .join('\\n')
"""


@pytest.mark.parametrize("name", PAGES)
def test_page(seen, size, language, name):
    page = seen.open(PAGES[name])
    seen.screenshot(f"{name}-{language}-{size}", full=size == "phone" and name in ("home", "documents"))
    assert seen.foreign() == []
    complaints = [c for c in seen.complaints if "404" not in c or name != "not-found"]
    assert complaints == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"
    hidden = page.evaluate("(n => n.scrollWidth - n.clientWidth)(document.querySelector('nav.nav'))")
    assert hidden <= 0, f"{hidden} px of the navigation are out of sight"
    chrome = page.evaluate(
        "[...document.querySelectorAll('header, h1, nav, .filters label, thead, .docbar .actions, .lead, .foot')]"
        ".map(e => [...e.childNodes].map(n => n.tagName === 'SELECT' ? '' : n.textContent).join(' ')).join('\\n')"
    )
    if language == "zh":
        rest = _LATIN_ON_CHINESE.sub("", chrome)
        words = re.findall(r"[A-Za-z]{3,}", rest)
        assert words == [], f"English on a Chinese page: {words}"
    else:
        text = page.evaluate(_WORDS_OF_OURS)
        assert [w for w in _OURS if w in text] == []


@pytest.mark.parametrize("name", ["home", "policy", "ledger", "findings"])
def test_touch_targets_on_a_phone(as_person, name):
    page = as_person("", "phone").open(PAGES[name])
    small = page.evaluate(
        "[...document.querySelectorAll('button, select, input[type=search], summary.button, .nav a')]"
        ".filter(e => e.offsetParent).map(e => [e.textContent.trim().slice(0, 12), e.getBoundingClientRect().height])"
        ".filter(([, h]) => h < 36)"
    )
    assert [s for s in small if s[0] not in ("English", "县（市、区）", "元/人", "位次", "状态")] == []


@pytest.mark.parametrize("name", [n for n in PAGES if n != "not-found"])
def test_on_paper_the_controls_are_gone_and_the_source_is_there(desk, name):
    page = desk.open(PAGES[name])
    page.emulate_media(media="print")
    controls = page.locator(".top, .filters, .actions, .toc, .toc-folded, .toggles, .jump, .views, .exports, .receive")
    assert not any(one.is_visible() for one in controls.all())
    foot = page.locator(".foot").inner_text()
    if name != "documents":
        assert re.search(r"核对码 [0-9a-f]{12}", foot)
    if name in ("home", "policy", "ledger", "findings"):
        assert "核对码 3022e5161fe8" in foot
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"print-{name}.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    sheets = PdfReader(path).pages
    width, height = sorted((float(sheets[0].mediabox.width), float(sheets[0].mediabox.height)))
    assert (round(width), round(height)) == (595, 842), "not A4"
    wide = sheets[0].mediabox.width > sheets[0].mediabox.height
    assert wide == (name in ("ledger", "figures", "indicator"))
    assert f"1 / {len(sheets)}" in sheets[0].extract_text()
    if name == "home":
        assert len(sheets) == 1, "a leader is handed one sheet"


def test_nothing_on_paper_says_by_colour_alone(desk):
    """Marks and repairs must be told apart in black: each kind has a line of its own."""
    page = desk.open("/policy/")
    page.emulate_media(media="print")
    kinds = [".is-commitment", ".is-target", ".is-duty", "del.repair", "ins.repair", ".proposed.repair"]
    lines = page.evaluate(
        """kinds => kinds.map(k => getComputedStyle(document.querySelector('.clause-text ' + k)))
          .map(s => [s.borderBottomStyle, s.textDecorationLine, s.textDecorationStyle, s.outlineStyle].join(' '))""",
        kinds,
    )
    assert len(set(lines)) == len(kinds)
    colours = page.evaluate(
        """[...new Set([...document.querySelectorAll('.clause-text *')].map(e => getComputedStyle(e).color))]"""
    )
    assert colours == ["rgb(0, 0, 0)"]
