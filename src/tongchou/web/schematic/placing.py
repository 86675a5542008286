"""Where words go on a map: beside their point, on no other words, no other point and inside the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom

_ROOM = 2.0  # between a mark and its words
_COVERED = 0.8  # of a mark's extent that no words may cover
_WAYS = (
    *((1, 0), (-1, 0), (0, -1), (0, 1)),
    *((1, -1), (1, 1), (-1, -1), (-1, 1)),
    *((1, -2), (1, 2), (-1, -2), (-1, 2)),
)


class Point(NamedTuple):
    """A mark at ``x``, ``y`` that reaches ``radius`` to every side, and the words it is to have."""

    x: float
    y: float
    text: str
    kind: str
    radius: float = 5.0

    @property
    def box(self) -> Box:
        """What other words keep off."""
        r = _COVERED * self.radius
        return self.x - r, self.y - r, self.x + r, self.y + r


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
    points: Sequence[Point], size: float, frame: Box, taken: Sequence[Box] = ()
) -> tuple[list[Label], list[int]]:
    """Return the labels of points in order of importance, and the rows left without room."""
    boxes = [*taken, *(point.box for point in points)]
    labels: list[Label] = []
    without: list[int] = []
    for row, point in enumerate(points):
        own = point.box
        for way in _WAYS:
            label, box = _beside(point, size, way)
            if _inside(box, frame) and not any(_cross(box, other) for other in boxes if other != own):
                labels.append(label)
                boxes.append(box)
                break
        else:
            without.append(row)
    return labels, without


def _beside(point: Point, size: float, way: tuple[int, int]) -> tuple[Label, Box]:
    x, y, text, kind, radius = point
    across, down = way
    width, room = text_width(text, size), radius + _ROOM
    left = x + room if across > 0 else x - room - width if across < 0 else x - width / 2
    middle = y + down * (size * 0.75 if across else radius + size * 0.75)
    anchor = "start" if across > 0 else "end" if across < 0 else "middle"
    at = left if across > 0 else left + width if across < 0 else x
    label = Label(round(at, 1), round(middle + size * 0.36, 1), anchor, text, kind)
    return label, (left - 1, middle - size * 0.6, left + width + 1, middle + size * 0.6)


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _cross(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
