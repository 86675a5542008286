"""The figures of a region, found by indicator and cell. A store may read them indicator by indicator as asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from tongchou.region.model import Figure


class Figures(Sequence["Figure"]):
    """Figures in file order. :meth:`of` is what most ask for; whoever walks all of them reads all of them."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._of: dict[str, tuple[Figure, ...]] = {}
        self._cells: dict[str, dict[tuple[str, str], list[Figure]]] = {}
        self._places: dict[str, dict[str, list[Figure]]] = {}
        self._all = tuple(figures)
        by_indicator: dict[str, list[Figure]] = {}
        for figure in self._all:
            by_indicator.setdefault(figure.indicator, []).append(figure)
        self._of = {indicator: tuple(held) for indicator, held in by_indicator.items()}

    def of(self, indicator: str) -> tuple[Figure, ...]:
        """Return every figure of an indicator."""
        return self._of.get(indicator, ())

    def indicators(self) -> frozenset[str]:
        """Return the ids of the indicators that have a figure."""
        return frozenset(self._of)

    def cell(self, place: str, indicator: str, period: str) -> Sequence[Figure]:
        """Return every figure of one cell, whatever its base and source."""
        if indicator not in self._cells:
            cells: dict[tuple[str, str], list[Figure]] = {}
            for figure in self.of(indicator):
                cells.setdefault((figure.place, figure.period.code), []).append(figure)
            self._cells[indicator] = cells
        return self._cells[indicator].get((place, period), ())

    def series(self, place: str, indicator: str) -> Sequence[Figure]:
        """Return every figure of an indicator at a place, whatever its period."""
        if indicator not in self._places:
            places: dict[str, list[Figure]] = {}
            for figure in self.of(indicator):
                places.setdefault(figure.place, []).append(figure)
            self._places[indicator] = places
        return self._places[indicator].get(place, ())

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, index: int) -> Figure: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Figure]: ...
    def __getitem__(self, index: int | slice) -> Figure | Sequence[Figure]:
        return self._all[index]
