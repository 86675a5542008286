"""PDF with text: lines in reading order, page numbers and running heads left out, lines joined into paragraphs."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tongchou.kernel.problems import ProblemsError
from tongchou.policy import codes
from tongchou.policy.formats.lines import Line, paragraphs
from tongchou.policy.formats.plain import Decoded

SECONDS = 60.0  # for one document
PAGES = 3000
CHARACTERS = 20_000_000
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―_·.\s]*\d{1,4}[-—–―_·.\s]*|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+)\s*"
)
# Typesetting sets Chinese apart from digits and Latin letters; the space is no character of the text.
_SET_APART = re.compile(
    r"(?<=[\u3400-\u9fff，。；：、！？（）《》“”])[ \u00a0]+(?=[0-9A-Za-z（《“])"
    r"|(?<=[0-9A-Za-z%])[ \u00a0]+(?=[\u3400-\u9fff，。；：、）》”])"
)
_RUNNING = 3  # pages that must share a first or last line for it to be a running head


class _TooSlowError(Exception):
    """The time for the document is used up."""


def read(data: bytes, name: str) -> Decoded:
    """Return the text of a PDF; raises ``ProblemsError`` (damaged, protected, scanned, too large)."""
    import pypdf
    from pypdf.errors import LimitReachedError

    deadline = time.monotonic() + SECONDS
    limit = f"{CHARACTERS // 1_000_000} M"
    with _quiet():
        # pypdf raises errors of every class on files that break the format, so the border is wide here.
        try:
            reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise ProblemsError([codes.ENCRYPTED.at(name)])
            count = len(reader.pages)
            if count > PAGES:
                raise ProblemsError([codes.TOO_LARGE.at(name, size=f"{count} 页", limit=f"{PAGES} 页")])
            pages = []
            size = 0
            for i in range(count):
                lines = _lines(reader.pages[i], i, deadline)
                size += sum(len(line.text) for line in lines)
                if size > CHARACTERS:
                    raise ProblemsError([codes.BOMB.at(name, format="PDF", limit=limit)])
                pages.append(lines)
        except ProblemsError:
            raise
        except (LimitReachedError, _TooSlowError, MemoryError) as error:
            raise ProblemsError([codes.BOMB.at(name, format="PDF", limit=limit)]) from error
        except Exception as error:
            reason = (str(error) or type(error).__name__).replace("\n", " ")[:120]
            raise ProblemsError([codes.DAMAGED.at(name, format="PDF", reason=reason)]) from error
    text = "\n".join(_SET_APART.sub("", p) for p in paragraphs([line for page in _content(pages) for line in page]))
    if not text.strip():
        kind = codes.SCANNED.at(name, pages=count) if count else codes.EMPTY.at(name)
        raise ProblemsError([kind])
    return Decoded(text.encode("utf-8", "replace").decode("utf-8"), "")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks on broken files out of the log; what matters is in the problem."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _lines(page: Any, number: int, deadline: float) -> list[Line]:
    """Return the lines of a page in the order it draws them."""
    found: list[Line] = []
    parts: list[str] = []
    place = (0.0, 0.0, 0.0)

    def end() -> None:
        nonlocal parts, place
        if "".join(parts).strip():
            found.append(Line("".join(parts), *place, number))
        parts, place = [], (0.0, 0.0, 0.0)

    def text(drawn: str, cm: Any, tm: Any, _font: Any, size: Any) -> None:
        nonlocal place
        for i, piece in enumerate(drawn.split("\n")):
            if i:
                end()
            if piece.strip() and not "".join(parts).strip():
                scale = abs(float(tm[3])) * abs(float(cm[3])) or 1.0
                left = float(tm[4]) * float(cm[0]) + float(cm[4])
                top = float(tm[5]) * float(cm[3]) + float(cm[5])
                place = (left, top, float(size or 0.0) * scale)
            parts.append(piece)

    def watch(*_: Any) -> None:
        if time.monotonic() > deadline:
            raise _TooSlowError

    watch()
    page.extract_text(visitor_text=text, visitor_operand_before=watch)
    end()
    return found


def _content(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out page numbers and lines that stand at the same end of many pages."""
    first = Counter(_shape(page[0].text) for page in pages if page)
    last = Counter(_shape(page[-1].text) for page in pages if page)
    enough = max(_RUNNING, len(pages) // 2)
    content = []
    for page in pages:
        lines = list(page)
        for at, counts in ((0, first), (-1, last)):
            for _ in range(2):
                if not lines:
                    break
                running = counts[_shape(lines[at].text)] >= enough and len(lines) > 1
                if running or _PAGE_NUMBER.fullmatch(lines[at].text):
                    lines.pop(at)
        content.append(lines)
    return content


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", "".join(text.split()))
