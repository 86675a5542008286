"""Where words go on a map: beside their point, on no other words, no other point and inside the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, top, right, bottom

_ROOM = 7.0  # between a point and its words
_WAYS = (
    *((1, 0), (-1, 0), (0, -1), (0, 1)),
    *((1, -1), (1, 1), (-1, -1), (-1, 1)),
    *((1, -2), (1, 2), (-1, -2), (-1, 2)),
)


@dataclass(frozen=True, slots=True)
class Label:
    """Words at ``x``, ``y`` (their baseline), set from ``anchor``: start, middle or end."""

    x: float
    y: float
    anchor: str
    text: str
    kind: str


def text_width(text: str, size: float) -> float:
    """Return the width of a text: Chinese characters are as wide as high, others about half."""
    return sum(size if ord(character) > 0x2E80 else size * 0.56 for character in text)


def placed(
    points: Sequence[tuple[float, float, str, str]], size: float, frame: Box, taken: Sequence[Box] = ()
) -> tuple[list[Label], list[int]]:
    """Return the labels of points (x, y, text, kind) in order of importance, and the rows left without room."""
    boxes = [*taken, *((x - 4, y - 4, x + 4, y + 4) for x, y, _, _ in points)]
    labels: list[Label] = []
    without: list[int] = []
    for row, (x, y, text, kind) in enumerate(points):
        own = (x - 4, y - 4, x + 4, y + 4)
        for way in _WAYS:
            label, box = _beside(x, y, text, kind, size, way)
            if _inside(box, frame) and not any(_cross(box, other) for other in boxes if other != own):
                labels.append(label)
                boxes.append(box)
                break
        else:
            without.append(row)
    return labels, without


def _beside(x: float, y: float, text: str, kind: str, size: float, way: tuple[int, int]) -> tuple[Label, Box]:
    across, down = way
    width = text_width(text, size)
    left = x + _ROOM if across > 0 else x - _ROOM - width if across < 0 else x - width / 2
    middle = y + down * size * (0.75 if across else 1.1)
    anchor = "start" if across > 0 else "end" if across < 0 else "middle"
    at = left if across > 0 else left + width if across < 0 else x
    label = Label(round(at, 1), round(middle + size * 0.36, 1), anchor, text, kind)
    return label, (left - 1, middle - size * 0.6, left + width + 1, middle + size * 0.6)


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _cross(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
