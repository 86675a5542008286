"""Stage *decode*: the bytes of a file become text. The format is told from the content, the name only helps."""

from __future__ import annotations

import hashlib
import re

from tongchou.kernel.problems import ProblemsError
from tongchou.policy import codes
from tongchou.policy.formats import plain
from tongchou.policy.model import Source
from tongchou.policy.pipeline import Draft, Stage

LIMIT = 64 * 1024 * 1024  # bytes of the file as handed in
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|div|table|p|h[1-6]|br|span)\b", re.I)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What else people hand in, told by the first bytes.
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97-2003 (.doc) / WPS (.wps)"),
    (b"{\\rtf", "RTF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"CEBX", "CEBX"),
)
_PICTURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)


def run(draft: Draft) -> None:
    """Decode ``draft.data``; raises ``ProblemsError`` with the one reason why the file cannot be read."""
    data, name = draft.data, draft.name
    if not data.strip():
        raise ProblemsError([codes.EMPTY.at(name)])
    if len(data) > LIMIT:
        raise ProblemsError(
            [codes.TOO_LARGE.at(name, size=f"{len(data) / 1048576:.1f} MB", limit=f"{LIMIT // 1048576} MB")]
        )
    kind, decoded = _read(data, name)
    text = decoded.text
    if _LINE_ENDS.search(text):
        text = _LINE_ENDS.sub("\n", text)
    if not text.strip():
        raise ProblemsError([codes.EMPTY.at(name)])
    if not _HAN.search(text):
        raise ProblemsError([codes.NO_CHINESE.at(name, count=0)])
    draft.text = text
    draft.source = Source(name, hashlib.sha256(data).hexdigest(), kind, decoded.encoding, "", len(text))


def _read(data: bytes, name: str) -> tuple[str, plain.Decoded]:
    head = data[:1024]
    if b"%PDF-" in head:
        from tongchou.policy.formats.pdf import read as read_pdf

        return "pdf", read_pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        from tongchou.policy.formats.docx import read as read_docx

        return "docx", read_docx(data, name)
    for magic, what in _OTHER_KINDS:
        if data.startswith(magic):
            # Office files with a password are kept whole in a container of the old format.
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise ProblemsError([codes.ENCRYPTED.at(name)])
            raise ProblemsError([codes.UNSUPPORTED.at(name, what=what)])
    for magic, what in _PICTURES:
        if data.startswith(magic):
            raise ProblemsError([codes.BINARY.at(name, what=f"（{what}）")])
    if _HTML.search(data[:65536].replace(b"\x00", b"")) and _mostly_markup(data):
        from tongchou.policy.formats.html import read as read_html

        return "html", read_html(data, name)
    return "txt", plain.read(data, name)


def _mostly_markup(data: bytes) -> bool:
    """Return whether ``data`` is a page, not a text that happens to name a tag."""
    head = data[:65536].replace(b"\x00", b"")
    return (
        head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") or len(re.findall(rb"<\s*/\s*\w+\s*>", head)) >= 3
    )


STAGE = Stage("decode", reads=("name", "data"), writes=("text", "source"), run=run)
