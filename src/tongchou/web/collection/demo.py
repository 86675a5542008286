"""Rounds of the demonstration, one in each state, with made-up figures that say so. Works through actions only."""

from __future__ import annotations

from datetime import datetime, timedelta

from tongchou.kernel.periods import Period
from tongchou.web.collection.answering import accept_answer, review_answer, save_entries, send_back, submit_answer
from tongchou.web.collection.asking import Draft
from tongchou.web.collection.cells import Written, sheet_of
from tongchou.web.collection.designing import close_round, design_round, drop_round, open_round, rule
from tongchou.web.collection.models import Answer, Round
from tongchou.web.figures.store import region_as_of
from tongchou.web.people.models import Organisation, User

_PEOPLE = (
    "coordinator",
    "loufan-officer",
    "loufan-reviewer",
    "qingxu-officer",
    "qingxu-reviewer",
    "transport-officer",
    "transport-reviewer",
)
_COUNTIES = {"140121": "county-140121", "140123": "county-140123"}
_ECONOMY = ("gdp.total", "gdp.primary", "population.urban_share")
_SOURCE = "县统计局年报（示例）"


def prepare(now: datetime) -> None:
    """Add the rounds that are not there yet, where the demonstration has its people and the region these indicators."""
    people = User.objects.in_bulk(_PEOPLE, field_name="username")
    known = region_as_of("taiyuan").indicators
    if len(people) < len(_PEOPLE) or Round.objects.exists() or not set(_ECONOMY) <= set(known):
        return
    city = Organisation.objects.get(pk="development-reform")
    year = now.year
    _open_round(people, city, now, year)
    _finished_round(people, city, now, year)
    _closed_and_dropped(people, city, now, year)
    rule(
        first="gdp.primary",
        second="gdp.total",
        verdict="different",
        reason="第一产业增加值只是生产总值的一部分（示例裁定）",
        by=people["coordinator"],
        now=now,
    )


def _draft(title: str, indicators: tuple[str, ...], period: str, now: datetime, days: int, **more: object) -> Draft:
    held = {
        "title": title,
        "clause": "1.2.2",
        "used_by": "县区差距指数",
        "basis": "国家统计调查制度（示例）",
        "frequency": "yearly",
        "minutes": 4.0,
        "due": now.date() + timedelta(days=days),
        "indicators": indicators,
        "places": _COUNTIES,
        "periods": (period,),
        "base": "ten_units",
    }
    return Draft(**{**held, **more})  # type: ignore[arg-type]


def _open_round(people: dict[str, User], city: Organisation, now: datetime, year: int) -> None:
    """Leave one round open, with a draft begun and an answer sent back, and another in design."""
    by, on = people["coordinator"], now.date()
    draft = _draft(f"{year}年县域经济快报（示例）", _ECONOMY, str(year), now, 20)
    made = design_round(draft=draft, organisation=city, by=by, now=now, on=on, is_illustrative=True)
    open_round(round_=made, reason="", by=by, now=now, on=on)
    loufan, qingxu = (made.answers.get(place=p) for p in ("140123", "140121"))
    officer = people["loufan-officer"]
    save_entries(answer=loufan, written=_written(loufan, officer, now, most=1), by=officer, now=now)
    officer = people["qingxu-officer"]
    save_entries(answer=qingxu, written=_written(qingxu, officer, now), by=officer, now=now)
    submit_answer(answer=qingxu, by=officer, now=now, on=on)
    send_back(answer=qingxu, reason="城镇化率的来源请写明报表号（示例）", by=people["qingxu-reviewer"], now=now)
    design_round(
        draft=_draft(f"{year + 1}年县域经济快报（示例）", _ECONOMY, str(year + 1), now, 200),
        organisation=city,
        by=by,
        now=now,
        on=on,
        is_illustrative=True,
    )


def _finished_round(people: dict[str, User], city: Organisation, now: datetime, year: int) -> None:
    """Leave one round with an answer accepted, and one with the city, waiting."""
    by, on = people["coordinator"], now.date()
    draft = _draft(f"{year - 1}年县域经济年报（示例）", _ECONOMY, str(year - 1), now, 5)
    made = design_round(draft=draft, organisation=city, by=by, now=now, on=on, is_illustrative=True)
    open_round(round_=made, reason="", by=by, now=now, on=on)
    for name, place in (("loufan", "140123"), ("qingxu", "140121")):
        answer, officer, reviewer = (
            made.answers.get(place=place),
            people[f"{name}-officer"],
            people[f"{name}-reviewer"],
        )
        save_entries(answer=answer, written=_written(answer, officer, now), by=officer, now=now)
        submit_answer(answer=answer, by=officer, now=now, on=on)
        review_answer(answer=answer, by=reviewer, now=now)
    accept_answer(answer=made.answers.get(place="140123"), by=by, now=now)


def _closed_and_dropped(people: dict[str, User], city: Organisation, now: datetime, year: int) -> None:
    by, on = people["coordinator"], now.date()
    draft = _draft(f"{year - 2}年三次产业补报（示例）", ("gdp.primary",), str(year - 2), now, 1)
    made = design_round(draft=draft, organisation=city, by=by, now=now, on=on, is_illustrative=True)
    open_round(round_=made, reason="", by=by, now=now, on=on)
    close_round(round_=made, by=by, now=now)
    draft = _draft("重复的报表（示例）", ("gdp.secondary",), str(year), now, 30)
    made = design_round(draft=draft, organisation=city, by=by, now=now, on=on, is_illustrative=True)
    drop_round(round_=made, by=by, now=now)


def _written(answer: Answer, by: User, now: datetime, most: int | None = None) -> list[Written]:
    """Return made-up values near those the place had last, one in ten up; a share stays a share."""
    region = region_as_of("taiyuan")
    found = []
    for cell in sheet_of(answer, now.date()).cells[:most]:
        series = [f for f in region.of(answer.place, cell.indicator.id) if f.value is not None]
        last = max(series, key=lambda f: (f.period, f.status), default=None)
        value = (last.value or 0.0) if last is not None else 1.0
        value = value if cell.indicator.unit == "%" else round(value * 1.05, 2)
        explanation = "示例数据，不是真实情况"
        period = Period.parse(cell.period.code).code
        found.append(Written(cell.indicator.id, period, f"{value:.15g}", False, _SOURCE, "示例", explanation, 0))
    return found
