"""An answer as lists for CSV and Word: coverage by place, the gaps, every point, the plan."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.networks.access.coverage import Covered
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.surfaces.reach.answer import Answer, Placed
from tongchou.surfaces.reach.sentences import day_words, plan_sentences, points_of, sentences, warning
from tongchou.surfaces.reach.words import MEASURES, SITINGS, cost_words, level_words, levels_words, service_words

_ILLUSTRATIVE = Text("【示例】", "[Illustrative] ")


def title(answer: Answer, what: Text) -> Text:
    """Return what a file is called: the service, what it lists, and that it is made up where it is."""
    marked = _ILLUSTRATIVE if warning(answer.served) is not None else Text("", "")
    service = service_words(answer.served.service)
    return Text(f"{marked.zh}{service.zh}{what.zh}", f"{marked.en}{what.en}: {service.en}")


def note(answer: Answer) -> Text:
    """Return the conditions an answer holds under, in one sentence, the warning first."""
    served = answer.served
    limit, day, levels = cost_words(answer.asked.limit, served.measure), day_words(served.standing.day), served.levels
    told = warning(served)
    network = served.network.title
    zh = f"{network.zh}；{day.zh}；{levels_words(levels).zh}；标准 {limit.zh}以内。"
    en = f"{network.en}; {day.en}; {levels_words(levels).en}; standard: within {limit.en}."
    return Text(f"{told.zh}{zh}", f"{told.en} {en}") if told is not None else Text(zh, en)


def coverage_listing(answer: Answer, foot: Text) -> Listing:
    """Return coverage by place, the whole last."""
    measure = MEASURES[answer.served.measure]
    columns = (
        ListingColumn(Text("地方", "Place"), 24),
        ListingColumn(points_of(answer.served), 9, "number"),
        ListingColumn(Text("人数", "People"), 12, "number"),
        ListingColumn(Text("标准以内", "Within"), 12, "number"),
        ListingColumn(Text("覆盖率（%）", "Share (%)"), 10, "decimal"),
        ListingColumn(Text("超出人数", "Beyond"), 12, "number"),
        ListingColumn(Text("超出点数", "Points beyond"), 9, "number"),
        ListingColumn(Text(f"最远（{measure.zh}）", f"Farthest ({measure.en})"), 11, "decimal"),
    )
    rows = [_coverage_row(one) for one in (*answer.coverage.groups, answer.coverage.whole)]
    said = _after(note(answer), sentences(answer))
    return Listing(title(answer, Text("覆盖", "Coverage")), said, columns, rows, foot)


def _coverage_row(one: Covered) -> list[Cell]:
    share = 100 * one.share if one.people else None
    far = one.greatest if one.greatest != float("inf") else None
    people = (round(one.people), round(one.within), share, round(one.beyond))
    return [one.group.name, one.points, *people, one.points_beyond, far]


def gap_listing(answer: Answer, foot: Text) -> Listing:
    """Return the points beyond the standard, numbered as on the map, the farthest first."""
    rows = [[i + 1, *point_row(answer, point)[1:]] for i, point in enumerate(answer.coverage.beyond.tolist())]
    columns = (ListingColumn(Text("图号", "No. on the map"), 7, "centre"), *_point_columns(answer)[1:])
    return Listing(title(answer, Text("缺口", "Gaps")), note(answer), columns, rows, foot)


def point_listing(answer: Answer, foot: Text) -> Listing:
    """Return every point in the order of the file."""
    rows = [point_row(answer, i) for i in range(len(answer.served.points))]
    return Listing(title(answer, Text("各点", "Points")), note(answer), _point_columns(answer), rows, foot)


def _point_columns(answer: Answer) -> tuple[ListingColumn, ...]:
    measure = MEASURES[answer.served.measure]
    return (
        ListingColumn(Text("编号", "Id"), 9),
        ListingColumn(Text("名称", "Name"), 22),
        ListingColumn(Text("所属", "Place"), 16),
        ListingColumn(Text("人数", "People"), 10, "number"),
        ListingColumn(Text(f"到最近一处（{measure.zh}）", f"To the nearest ({measure.en})"), 12, "decimal"),
        ListingColumn(Text("最近的设施", "Nearest facility"), 24),
        ListingColumn(Text("等级", "Level"), 12),
        ListingColumn(Text("标准以内", "Within"), 9, "centre"),
        ListingColumn(Text("数据状态", "Status"), 9, "centre"),
    )


def point_row(answer: Answer, i: int) -> list[Cell]:
    """Return one point: id, name, place, people, cost, nearest facility and level, whether within, status."""
    served = answer.served
    point, cost, which = served.points[i], float(served.least[i]), int(served.nearest[i])
    facility = served.facilities[which] if which >= 0 else None
    within = Text("是", "yes") if cost <= answer.asked.limit else Text("否", "no")
    return [
        point.id,
        point.name,
        answer.coverage.of[i].name,
        round(float(served.people[i])),
        cost if cost != float("inf") else None,
        facility.name if facility is not None else Text("没有路可到", "no way"),
        level_words(facility.level) if facility is not None and facility.level else None,
        within,
        point.status.label,
    ]


def plan_listing(answer: Answer, plan: Placed, foot: Text) -> Listing:
    """Return the new sites in the order of the people they serve."""
    columns = (
        ListingColumn(Text("序号", "No."), 7, "centre"),
        ListingColumn(Text("地点", "Site"), 24),
        ListingColumn(Text("所属", "Place"), 16),
        ListingColumn(Text("服务的点", "Points served"), 9, "number"),
        ListingColumn(Text("服务的人", "People served"), 12, "number"),
        ListingColumn(Text("其中新进标准", "Newly within"), 12, "number"),
    )
    name, _ = SITINGS[plan.asked.method]
    what = Text(f"下一步布点：{name.zh}", f"Next sites: {name.en}")
    rows = [[i + 1, *row] for i, row in enumerate(plan_rows(answer, plan))]
    said = _after(note(answer), [*plan_sentences(answer, plan), SITINGS[plan.asked.method][1]])
    return Listing(title(answer, what), said, columns, rows, foot)


def _after(note: Text, told: list[Text]) -> Text:
    """Return a note with sentences after it."""
    return Text("".join([note.zh, *(t.zh for t in told)]), " ".join([note.en, *(t.en for t in told)]))


def plan_rows(answer: Answer, plan: Placed) -> list[list[Cell]]:
    """Return for every new site: name, place, points and people that go there, people newly within the standard."""
    served, found, limit = answer.served, plan.sited, answer.asked.limit
    groups = site_groups(answer, plan)
    rows: list[list[Cell]] = []
    for i, group in zip(found.chosen.tolist(), groups, strict=True):
        here = found.served == i
        newly = here & (served.least > limit) & (found.cost <= limit)
        people = round(float(served.people[here].sum())), round(float(served.people[newly].sum()))
        rows.append([plan.candidates[i].name, group, int(here.sum()), *people])
    return rows


def site_groups(answer: Answer, plan: Placed) -> list[Text]:
    """Return where each new site lies."""
    from tongchou.networks.access.coverage import groups_of

    names = {group.id: group.name for group in answer.coverage.of}
    return [names.get(g.id, g.name) for g in groups_of(answer.served.network, plan.chosen)]
