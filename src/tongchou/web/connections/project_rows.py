"""Projects as the page lists them: what was promised, when it opened, what it changes, or why nothing can be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongchou.kernel.text import Text
from tongchou.region.model import Project, Region
from tongchou.web.connections.asking import Question
from tongchou.web.connections.held import Held
from tongchou.web.connections.projects import Effect, Effects

_TRAVEL = ("metro", "railway", "expressway", "airport", "road")
_STAGE = "opened"
_YUAN = {"亿元": 1.0, "万元": 1e-4, "元": 1e-8}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project. Amounts are people-minutes a day; ``per_yuan`` for each 万元; ``invested`` in 亿元."""

    id: str
    name: Text
    promised: Text
    opened: Text
    state: str  # between, earlier, later, left
    share: float | None
    alone: float | None
    last: float | None
    invested: float | None
    per_yuan: float | None
    why: Text

    @property
    def amounts(self) -> dict[str, str] | None:
        """The amounts as the table prints them; ``None`` where nothing can be said."""
        if self.share is None:
            return None
        held = {"share": self.share, "alone": self.alone, "last": self.last}
        return {**{name: amount(value) for name, value in held.items()}, "per_yuan": per(self.per_yuan)}


def project_rows(region: Region, whole: Held, asked: Question, found: Effects) -> list[ProjectRow]:
    """Return the projects of the network, those that opened between the days first, then the others."""
    own = {p.id: p for p in region.projects}
    effects = {e.project: e for e in found.projects}
    rows = [_row(id_, own.get(id_), whole, asked, effects.get(id_), found) for id_ in whole.network.projects()]
    order = {"between": 0, "left": 1, "later": 2, "earlier": 3}
    return sorted(rows, key=lambda r: (order[r.state], -(r.share or 0.0)))


def elsewhere(region: Region, whole: Held) -> list[Text]:
    """Return the projects of travel the package names that have no link or line in the network."""
    own = whole.network.projects()
    return [p.name for p in region.projects if p.kind in _TRAVEL and p.id not in own]


def _row(
    id_: str, own: Project | None, whole: Held, asked: Question, effect: Effect | None, found: Effects
) -> ProjectRow:
    days = whole.network.opens(id_)
    state = _state(id_, days, asked)
    invested = _invested(own)
    share = effect.share if effect is not None else None
    return ProjectRow(
        id_,
        own.name if own is not None else Text(id_, id_),
        _promised(own),
        _opened(own, days, asked.on),
        state,
        share,
        effect.alone if effect is not None else None,
        effect.last if effect is not None else None,
        invested,
        share / invested / 1e4 if share is not None and invested else None,
        _why(id_, state, effect, found, whole),
    )


def _state(id_: str, days: tuple[date, ...], asked: Question) -> str:
    if id_ in asked.without:
        return "left"
    if any(asked.before < day <= asked.on for day in days):
        return "between"
    return "later" if days and min(days) > asked.on else "earlier"


def _why(id_: str, state: str, effect: Effect | None, found: Effects, whole: Held) -> Text:
    if state == "left":
        return Text("已勾去，前后都不计入", "left out by you on both days")
    if state == "later":
        return Text(
            "在“之后”那天还没有开通；把滑块拖到开通以后再看",
            "not open yet on the later day; move the slider past its opening",
        )
    if state == "earlier":
        return Text(
            "“之前”那天已经在用，不属于两个日期之间的变化",
            "in use on the earlier day already, so no change between the two",
        )
    if id_ in found.unshared:
        if whole.is_streets:
            return Text(
                "街道网太大，网页上不逐项分摊", "the map of streets is too large to share effects out on a page"
            )
        return Text(
            "同时开通的项目太多，网页上不逐项分摊；勾去一些再看",
            "too many projects opened to share the effect out here; leave some out",
        )
    if effect is not None and max(abs(effect.alone), abs(effect.last), abs(effect.share)) < 1:
        return Text(
            "在这个粗网络上没有作用：到别的县区和枢纽都另有不慢于它的走法。只说明到这些地方不更快，不说明它没有用",
            "without effect on this coarse network: there is a way as quick to every other county and hub. That says "
            "nothing of other journeys",
        )
    if effect is not None and effect.last < 1 <= effect.share:
        return Text(
            "别的项目可以替代它：最后才加上时已不再省时",
            "others can stand in for it: added last of all it saves nothing",
        )
    return Text("", "")


def _promised(own: Project | None) -> Text:
    if own is None or not (own.promised or own.strength):
        return Text("—", "—")
    return Text(
        " ".join(w for w in (own.strength, own.promised) if w), " ".join(w for w in (own.strength, own.promised) if w)
    )


def _opened(own: Project | None, days: tuple[date, ...], on: date) -> Text:
    """Return when it opened as the package reports it; else the day the network takes, and that it is to come."""
    reported = [when for stage, when in own.stages if stage == _STAGE] if own is not None else []
    if reported:
        return Text("、".join(reported), ", ".join(reported))
    if not days:
        return Text("—", "—")
    told = "、".join(day.isoformat() for day in days)
    if min(days) > on:
        return Text(f"网络按 {told} 开通计算", f"taken to open on {told}")
    return Text(told, told)


def _invested(own: Project | None) -> float | None:
    """Return the investment in 亿元, ``None`` where nobody reports it."""
    if own is None:
        return None
    for what, value, unit in own.quantities:
        if what == "investment" and unit in _YUAN:
            return value * _YUAN[unit]
    return None


def amount(value: float | None) -> str:
    """Return people-minutes or trips as the table prints them."""
    return "—" if value is None else f"{value:z,.0f}".replace("-", "−")


def per(value: float | None) -> str:
    """Return what comes to one trip or to 万元."""
    return "—" if value is None else f"{value:z,.3g}".replace("-", "−")
