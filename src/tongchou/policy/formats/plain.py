"""Plain text: find the encoding, refuse what is not text."""

from __future__ import annotations

import re
from typing import NamedTuple

from tongchou.kernel.problems import ProblemsError
from tongchou.policy import codes

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Characters no document holds: controls other than white space, and what a wrong encoding produces.
_FOREIGN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
_SAMPLE = 200_000  # characters that decide between encodings
_DAMAGED = 0.002  # share of damaged characters up to which a text is read all the same
_PROSE = 0.05  # share of frequent characters that any Chinese official text has
_TOLERATED = 0.002  # share of foreign characters above which data is not text
# The 60 characters most frequent in Chinese official prose and their Traditional forms: any page of it is full of them.
_FREQUENT = frozenset(
    "的一和是在有人中大为上发展建设市区县政府工作推进加强实施管理制度体系服务企业经济社会按照各部门国家年月日不以"
    "為發設區縣業務進強實體係經濟會門國"
)


class Decoded(NamedTuple):
    """The text of a file and the encoding it was in (``""`` where the format settles it)."""

    text: str
    encoding: str


def read(data: bytes, name: str, declared: str = "") -> Decoded:
    """Decode ``data``; ``declared`` is an encoding the document itself names, tried first.

    A character cut off at the very end is dropped. Raises ``ProblemsError`` (binary data, unknown encoding).
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = _decode(data[len(bom) :], encoding)
            if text is None or _foreign_share(text) > _TOLERATED:
                raise ProblemsError([codes.UNKNOWN_ENCODING.at(name)])
            return Decoded(text, encoding)
    if b"\x00" in data[:_SAMPLE]:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = _decode(data, encoding)
            if text is not None and _foreign_share(text) <= _TOLERATED and _frequent_share(text) > _PROSE:
                return Decoded(text, encoding)
        raise ProblemsError([codes.BINARY.at(name, what="")])
    text = _decode(data, "utf-8")
    if text is not None:
        if _foreign_share(text) > _TOLERATED:
            raise ProblemsError([codes.BINARY.at(name, what="")])
        return Decoded(text, "utf-8")
    best, best_share = None, -1.0
    for encoding in dict.fromkeys((_python_name(declared), "gb18030", "big5hkscs")):
        text = _decode(data, encoding) if encoding else None
        if text is None or _foreign_share(text) > _TOLERATED:
            continue
        share = _frequent_share(text)
        if share > best_share:
            best, best_share = Decoded(text, "big5" if encoding == "big5hkscs" else encoding), share
    best = best or _mended(data)
    if best is None:
        noise = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096]) / len(data[:4096])
        raise ProblemsError([(codes.BINARY.at(name, what="") if noise > 0.02 else codes.UNKNOWN_ENCODING.at(name))])
    return best


def _mended(data: bytes) -> Decoded | None:
    """Return a text of which a few bytes are damaged, with U+FFFD in their place; ``None`` for anything worse."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        few = text.count("\ufffd") <= _DAMAGED * len(text) and _foreign_share(text) <= _TOLERATED
        if few and _frequent_share(text) > _PROSE:
            return Decoded(text, encoding)
    return None


def _python_name(declared: str) -> str:
    """Return the codec for an encoding a document names, ``""`` for one that is not Chinese text."""
    name = declared.strip().lower().replace("_", "-")
    if name in ("gb2312", "gbk", "gb18030", "x-gbk", "gb-2312"):
        return "gb18030"
    return "big5hkscs" if name in ("big5", "big5-hkscs", "cp950") else ""


def _decode(data: bytes, encoding: str) -> str | None:
    """Return the text, ``None`` where ``data`` is not in this encoding; up to three bytes may be missing at the end."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # Only a character cut off by the end of the file is forgiven.
        if error.start < 1 or len(data) - error.start > 3:
            return None
        try:
            return data[: error.start].decode(encoding)
        except UnicodeDecodeError:
            return None


def _foreign_share(text: str) -> float:
    return len(_FOREIGN.findall(text)) / max(1, len(text))


def _frequent_share(text: str) -> float:
    """Return the share of frequent characters among the characters beyond ASCII."""
    sample = [c for c in text[:_SAMPLE] if c > "\x7f"]
    return sum(c in _FREQUENT for c in sample) / max(1, len(sample))
