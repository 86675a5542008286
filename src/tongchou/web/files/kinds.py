"""The kinds of file that are taken, told by their first bytes, never by their name alone."""

from __future__ import annotations

from dataclasses import dataclass

from tongchou.surfaces.exports import EXPORTS


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: endings, media type, and how its bytes begin ("" where they begin in no certain way)."""

    endings: tuple[str, ...]
    media_type: str
    begins: tuple[bytes, ...] = ()


_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
KINDS: tuple[FileKind, ...] = (
    FileKind((".pdf",), "application/pdf", (b"%PDF-",)),
    FileKind((".jpg", ".jpeg"), "image/jpeg", (b"\xff\xd8\xff",)),
    FileKind((".png",), "image/png", (b"\x89PNG\r\n\x1a\n",)),
    FileKind((".docx",), EXPORTS[".docx"].media_type, _ZIP),
    FileKind((".xlsx",), EXPORTS[".xlsx"].media_type, _ZIP),
    FileKind((".xls",), "application/vnd.ms-excel", _OLE),
    FileKind((".doc",), "application/msword", _OLE),
    FileKind((".ofd",), "application/ofd", _ZIP),
    FileKind((".txt",), "text/plain"),
    FileKind((".csv",), "text/csv"),
    FileKind((".geojson", ".json"), "application/geo+json"),
)
EVIDENCE = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".doc", ".xlsx", ".xls", ".ofd", ".txt", ".csv")
TABLES = (".xlsx", ".xls", ".csv")


def kind_of(name: str, data: bytes) -> FileKind | None:
    """Return the kind that ending and first bytes both say; ``None`` where they disagree."""
    lower = name.lower()
    for kind in KINDS:
        if lower.endswith(kind.endings):
            return kind if not kind.begins or data.startswith(kind.begins) else None
    return None
