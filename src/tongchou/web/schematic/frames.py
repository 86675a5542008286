"""From longitude and latitude to a drawing: the frame of a map, and the crowded part that is drawn larger beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

Position = tuple[float, float]  # longitude, latitude

_MARGIN = 0.09  # of the extent, on every side
_LEAST = 0.005  # degrees; a lone point is framed too
_CROWD = 4  # points so close that their names have no room
_LARGEST = 0.5  # of the frame; a crowd that covers more is no crowd
_FLATTEST, _TALLEST = 0.5, 1.05  # height by width
_KM_A_DEGREE = 111.2  # of latitude


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the earth and the drawing units it is shown in; north is up, a kilometre as long either way."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @property
    def per_km(self) -> float:
        """How long a kilometre is in the drawing."""
        return self.height / ((self.north - self.south) * _KM_A_DEGREE)

    def at(self, position: Position) -> tuple[float, float]:
        """Return where a position is drawn."""
        x = (position[0] - self.west) / (self.east - self.west) * self.width
        y = (self.north - position[1]) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)

    def holds(self, position: Position) -> bool:
        """Return whether a position lies inside."""
        return self.west <= position[0] <= self.east and self.south <= position[1] <= self.north

    def clipped(self, one: Position, other: Position) -> tuple[Position, Position] | None:
        """Return the part of a straight line that lies inside, ``None`` where none does (Liang & Barsky 1984)."""
        start, end = 0.0, 1.0
        run, rise = other[0] - one[0], other[1] - one[1]
        for step, room in (
            (-run, one[0] - self.west),
            (run, self.east - one[0]),
            (-rise, one[1] - self.south),
            (rise, self.north - one[1]),
        ):
            if step == 0:
                if room < 0:
                    return None
                continue
            share = room / step
            if step < 0:
                start = max(start, share)
            else:
                end = min(end, share)
        if start > end:
            return None
        return (one[0] + start * run, one[1] + start * rise), (one[0] + end * run, one[1] + end * rise)


def frame_of(positions: Sequence[Position], width: float, margin: float = _MARGIN) -> Frame | None:
    """Return the frame that shows every position with a margin (a part of the extent); ``None`` without any."""
    if not positions:
        return None
    longitudes, latitudes = [p[0] for p in positions], [p[1] for p in positions]
    squeeze = cos(radians((min(latitudes) + max(latitudes)) / 2))
    across = max((max(longitudes) - min(longitudes)) * squeeze, _LEAST)
    up = max(max(latitudes) - min(latitudes), _LEAST)
    across, up = across * (1 + 2 * margin), up * (1 + 2 * margin)
    up = max(up, across * _FLATTEST)
    across = max(across, up / _TALLEST)
    middle = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    half = across / squeeze / 2
    return Frame(
        middle[0] - half, middle[1] - up / 2, middle[0] + half, middle[1] + up / 2, width, round(width * up / across)
    )


def crowd(positions: Sequence[Position], frame: Frame, near: float) -> list[int]:
    """Return the rows of positions that stand so close together that they need a drawing of their own.

    ``near`` is the distance (drawing units) two names need; rows chain, each with a neighbour that near. The largest
    chain counts, where it has enough rows and covers little of the frame.
    """
    at = [frame.at(p) for p in positions]
    left = set(range(len(at)))
    best: list[int] = []
    while left:
        chain, open_ = [], [left.pop()]
        while open_:
            row = open_.pop()
            chain.append(row)
            close = [o for o in left if abs(at[o][0] - at[row][0]) < near and abs(at[o][1] - at[row][1]) < near]
            left.difference_update(close)
            open_ += close
        if len(chain) > len(best):
            best = chain
    across = [at[row][0] for row in best]
    up = [at[row][1] for row in best]
    if len(best) < _CROWD or max(across) - min(across) > _LARGEST * frame.width:
        return []
    return sorted(best) if max(up) - min(up) <= _LARGEST * frame.height else []
