"""How far a figure can be trusted. A result is as weak as its weakest input."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from tongchou.kernel.text import Text


class Status(IntEnum):
    """Provenance of a figure, weakest first, so that ``min`` gives the status of a result."""

    ILLUSTRATIVE = 1
    ASSUMED = 2
    DERIVED = 3
    REPORTED = 4
    OFFICIAL = 5

    @property
    def label(self) -> Text:
        """The word shown beside every figure."""
        return _LABELS[self]

    @property
    def about(self) -> Text:
        """One sentence saying what the status means."""
        return _ABOUT[self]

    @classmethod
    def parse(cls, word: str) -> Status:
        """Read ``official``, ``reported``, ``derived``, ``assumed`` or ``illustrative``; raise ``ValueError``."""
        try:
            return cls[word.strip().upper()]
        except KeyError:
            raise ValueError(f"unknown status {word!r}; use one of {', '.join(s.word for s in cls)}") from None

    @property
    def word(self) -> str:
        """The identifier used in files."""
        return self.name.lower()


def weakest(statuses: Iterable[Status]) -> Status:
    """Return the weakest of ``statuses``; raise ``ValueError`` when there is none."""
    return min(statuses)


_LABELS = {
    Status.OFFICIAL: Text("官方", "official"),
    Status.REPORTED: Text("转引", "reported"),
    Status.DERIVED: Text("推算", "derived"),
    Status.ASSUMED: Text("假定", "assumed"),
    Status.ILLUSTRATIVE: Text("示例", "illustrative"),
}
_ABOUT = {
    Status.OFFICIAL: Text("发布机关的原始文本或正式报送", "from the publishing authority itself or filed formally"),
    Status.REPORTED: Text(
        "转引自公开出版物或新闻，未见原件", "quoted from a publication or the press; original not seen"
    ),
    Status.DERIVED: Text("由其他数据按注明的方法算出", "computed from other figures by the stated method"),
    Status.ASSUMED: Text("未经核定的假定值，可修改", "an assumption nobody has confirmed; meant to be changed"),
    Status.ILLUSTRATIVE: Text("仅为演示，不是真实数据", "made up for demonstration; not a real figure"),
}
