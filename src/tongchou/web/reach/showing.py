"""An answer about reach as its page shows it: sentences, table by place, gaps, evenness, the plan and the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tongchou.kernel.numbers import figure
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.surfaces.reach.answer import Answer, Asked, Placed, SitingAsked
from tongchou.surfaces.reach.listings import plan_rows
from tongchou.surfaces.reach.sentences import access_words, plan_sentences, points_of, sentences, warning
from tongchou.surfaces.reach.words import (
    MEASURES,
    SITINGS,
    SPREADS,
    share_words,
)
from tongchou.web.reach.drawing import Drawing
from tongchou.web.reach.held import answer_to, plan_for
from tongchou.web.reach.mapping import Key, legend, map_of, nowhere
from tongchou.web.reach.rows import PlaceRow, PointRow, per_head, place_row, point_row

FIRST = 12  # gaps in sight
GAPS = 200  # on the page; the files have all


@dataclass(frozen=True, slots=True)
class EvennessShown:
    """How evenly the service is within reach, as printed."""

    name: Text
    about: Text
    unit: Text  # doctors per 1,000, m² per head
    is_counted: bool
    mean: str
    standard: str
    is_own_standard: bool
    gini: str
    theil: str
    between: str
    within: str
    between_share: str
    below: str
    none: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan of next sites, as printed."""

    name: Text
    about: Text
    sentences: tuple[Text, ...]
    rows: tuple[tuple[int, Text, Text, str, str, str], ...]
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page shows of one answer."""

    answer: Answer
    points_word: Text
    measure: Text
    warning: Text | None
    sentences: tuple[Text, ...]
    whole: PlaceRow
    places: tuple[PlaceRow, ...]
    gaps: tuple[PointRow, ...]
    gaps_left: int
    evenness: EvennessShown | None
    plan: PlanShown | None
    drawing: Drawing | None
    legend: tuple[Key, ...]
    nowhere: int  # points without a position

    @property
    def can_zoom(self) -> bool:
        """Whether the map can show one place larger."""
        return len(self.places) > 1 and any(row.points > 1 for row in self.places)

    @property
    def first_gaps(self) -> tuple[PointRow, ...]:
        """The gaps in sight."""
        return self.gaps[:FIRST]

    @property
    def more_gaps(self) -> tuple[PointRow, ...]:
        """The gaps shown when asked for."""
        return self.gaps[FIRST:]

    @property
    def gaps_after_first(self) -> int:
        """How many gaps there are besides those in sight."""
        return self.whole.points_beyond - len(self.first_gaps)


@lru_cache(maxsize=64)
def shown(folder: str, asked: Asked, siting: SitingAsked | None, zoom: str = "") -> Shown:
    """Return what is shown; raise :class:`ProblemsError` where the plan asked for cannot be had."""
    answer = answer_to(asked)
    plan = plan_for(asked, siting) if siting is not None else None
    cover, served = answer.coverage, answer.served
    beyond = cover.beyond.tolist()
    return Shown(
        answer,
        points_of(served),
        MEASURES[served.measure],
        warning(served),
        tuple(sentences(answer)),
        place_row(cover.whole, answer),
        tuple(place_row(one, answer) for one in cover.groups),
        tuple(point_row(answer, i, number + 1) for number, i in enumerate(beyond[:GAPS])),
        max(0, len(beyond) - GAPS),
        _evenness(answer),
        _plan(answer, plan) if plan is not None else None,
        map_of(answer, plan, zoom),
        legend(answer, plan),
        nowhere(answer),
    )


def or_problems(
    folder: str, asked: Asked, siting: SitingAsked | None, zoom: str
) -> tuple[Shown | None, ProblemsError | None]:
    """Return what is shown; where the plan cannot be had, the rest of it and why."""
    try:
        return shown(folder, asked, siting, zoom), None
    except ProblemsError as error:
        if siting is None:
            return None, error
        return or_problems(folder, asked, None, zoom)[0], error


def _evenness(answer: Answer) -> EvennessShown | None:
    found = answer.spread
    if found is None:
        return None
    name, about = SPREADS[found.method]
    total = found.theil.total
    return EvennessShown(
        name,
        about,
        access_words(answer),
        answer.is_counted,
        per_head(answer, found.mean),
        per_head(answer, found.standard),
        answer.asked.least is not None,
        _index(found.gini),
        _index(total),
        _index(found.theil.between),
        _index(found.theil.within),
        share_words(found.theil.between / total) if total > 0 else "—",
        share_words(found.below),
        share_words(found.none),
    )


def _index(value: float) -> str:
    return "—" if value != value else f"{abs(value) if abs(value) < 5e-4 else value:.3f}"


def _plan(answer: Answer, plan: Placed) -> PlanShown:
    name, about = SITINGS[plan.asked.method]
    rows = []
    for i, (site, group, points, people, newly) in enumerate(plan_rows(answer, plan)):
        rows.append((i + 1, site, group, figure(points), figure(people), figure(newly)))  # type: ignore[arg-type]
    return PlanShown(name, about, tuple(plan_sentences(answer, plan)), tuple(rows), plan.sited.is_proved)  # type: ignore[arg-type]
