"""What an answer says in a few sentences, and the warning where made-up data has an effect."""

from __future__ import annotations

from datetime import date

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.access.served import Served
from tongchou.networks.access.spread import Spread
from tongchou.surfaces.reach.answer import Answer, Placed
from tongchou.surfaces.reach.words import (
    SPREADS,
    cost_words,
    levels_words,
    people_words,
    point_words,
    service_words,
    share_words,
    supply_words,
)


def day_words(day: date) -> Text:
    """Return a day as sentences print it."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B} {day.year}")


def points_of(served: Served) -> Text:
    """Return what the points of an answer are called."""
    return point_words({n.kind for n in served.points})


def access_words(answer: Answer) -> Text:
    """Return in what access is told: m² per head, doctors per 1,000 people, facilities where they have no capacity."""
    unit = supply_words(answer.served.service, answer.unit)
    if answer.per == 1:
        return Text(f"{unit.zh}/人", f"{unit.en} per head")
    return Text(f"{unit.zh}/千人", f"{unit.en} per 1,000")


def sentences(answer: Answer) -> list[Text]:
    """Return the answer in words: how many are within, who is farthest, how evenly."""
    served, cover = answer.served, answer.coverage
    whole, points = cover.whole, points_of(served)
    limit = cost_words(cover.limit, served.measure)
    what = service_words(served.service)
    if not served.points:
        return [
            Text("网络里没有填人数的点，算不出覆盖。", "No node of the network has people: coverage cannot be said.")
        ]
    if not served.facilities:
        day = day_words(answer.asked.day)
        return [
            Text(
                f"{day.zh}没有开着的{what.zh}（{levels_words(served.levels).zh}），{people_words(whole.people)}人都没有覆盖。",
                f"On {day.en} no {what.en} ({levels_words(served.levels).en}) are open: none of "
                f"{people_words(whole.people)} people are covered.",
            )
        ]
    said = [
        Text(
            f"{people_words(whole.people)}人中，{people_words(whole.within)}人（{share_words(whole.share)}）在"
            f"{limit.zh}以内有{what.zh}；超出的有{people_words(whole.beyond)}人、{whole.points_beyond}个{points.zh}。",
            f"Of {people_words(whole.people)} people {people_words(whole.within)} ({share_words(whole.share)}) have "
            f"{what.en} within {limit.en}; {people_words(whole.beyond)} people in {whole.points_beyond} {points.en} "
            "have not.",
        )
    ]
    if not cover.beyond.size:
        said.append(Text("没有超出标准的点。", "No point is beyond the standard."))
    elif cover.whole.greatest != float("inf"):
        far = served.points[int(cover.beyond[0])]
        most = cost_words(whole.greatest, served.measure)
        said.append(Text(f"最远的是{far.name.zh}：{most.zh}。", f"The farthest is {far.name.en}: {most.en}."))
    else:
        apart = int((served.least == float("inf")).sum())
        said.append(
            Text(f"有{apart}个点没有路可到。", f"{apart} points have no way to any of them."),
        )
    worst = min(cover.groups, key=lambda g: g.share) if len(cover.groups) > 1 else None
    if worst is not None and worst.beyond > 0:
        said.append(
            Text(
                f"覆盖最低的是{worst.group.name.zh}：{share_words(worst.share)}，缺口{people_words(worst.beyond)}人。",
                f"Coverage is lowest in {worst.group.name.en}: {share_words(worst.share)}, "
                f"{people_words(worst.beyond)} people beyond.",
            )
        )
    if answer.spread is not None:
        said.append(_evenness(answer, answer.spread))
    return said


def _evenness(answer: Answer, found: Spread) -> Text:
    name, unit = SPREADS[found.method][0], access_words(answer)
    gini, below = figure(round(found.gini, 3)), share_words(found.below)
    least = figure(float(f"{found.standard * answer.per:.3g}"))
    under = Text(f"{least} {unit.zh}", f"{least} {unit.en}")
    if answer.asked.least is None:
        under = Text(f"平均的一半（{under.zh}）", f"half the mean ({under.en})")
    return Text(
        f"按{name.zh}，可达的基尼系数为{gini}；够得着的低于{under.zh}的有{below}的人。",
        f"By {name.en} the Gini coefficient of access is {gini}; {below} of people reach less than {under.en}.",
    )


def warning(served: Served) -> Text | None:
    """Return what is made up and has an effect here, ``None`` where nothing is."""
    if served.status is not Status.ILLUSTRATIVE:
        return None
    names = {
        "points": points_of(served),
        "facilities": Text("设施", "facilities"),
        "links": Text("连线", "links"),
    }
    parts = [(names[what], n, all_) for what, (n, all_) in served.made_up.items() if n]
    zh = "、".join(f"{name.zh}{n}个（共{all_}个）" for name, n, all_ in parts)
    en = ", ".join(f"{n} of {all_} {name.en}" for name, n, all_ in parts)
    return Text(
        f"【示例】下面的结果不能用于决定：{zh}的数据是编造的示例。",
        f"[Illustrative] Nothing below may be decided on: the data of {en} is made up as an example.",
    )


def plan_sentences(answer: Answer, plan: Placed) -> list[Text]:
    """Return a plan in words: what it wins, whether it is proved best, and whom no site can serve."""
    found, measure = plan.sited, answer.served.measure
    before, after, whole = found.before, found.after, answer.coverage.whole.people
    count, more = len(plan.chosen), people_words(after.within - before.within)
    said = [
        Text(
            f"新增{count}处，标准以内的人从{people_words(before.within)}（{_part(before.within, whole)}）到"
            f"{people_words(after.within)}（{_part(after.within, whole)}），多{more}人。",
            f"With {count} new, people within the standard go from {people_words(before.within)} "
            f"({_part(before.within, whole)}) to {people_words(after.within)} ({_part(after.within, whole)}): "
            f"{more} more.",
        )
    ]
    if not count:
        said = [Text("不需要再建：人人都在标准以内。", "No more are needed: everybody is within the standard.")]
    elif after.reached:
        new, old = cost_words(after.mean, measure), cost_words(before.mean, measure) if before.reached else None
        far = cost_words(after.greatest, measure)
        said.append(
            Text(
                f"人均路程{f'由{old.zh}' if old else ''}到{new.zh}，最远{far.zh}。",
                f"Mean travel {f'goes from {old.en} to' if old else 'is'} {new.en}; the farthest is {far.en}.",
            )
        )
    said.append(_proof(plan))
    if found.apart.size:
        names = [answer.served.points[i].name for i in found.apart[:8].tolist()]
        rest = found.apart.size > len(names)
        zh, en = "、".join(n.zh for n in names), ", ".join(n.en for n in names)
        said.append(
            Text(
                f"没有候选点能服务的{found.apart.size}个点不在题中：{zh}{'等' if rest else ''}。",
                f"{found.apart.size} points no candidate can serve are left out: {en}{' and others' if rest else ''}.",
            )
        )
    return said


def _proof(plan: Placed) -> Text:
    if plan.sited.is_proved:
        return Text(
            "已证明：在这些候选点中没有更好的方案（HiGHS 求到最优）。",
            "Proved: among these candidates no plan is better (solved to optimality by HiGHS).",
        )
    gap = share_words(plan.sited.gap)
    return Text(
        f"时限内没有求到最优：任何方案至多再好{gap}（界 {figure(round(plan.sited.bound, 2))}）。",
        f"Not solved to optimality in time: no plan can be better by more than {gap} "
        f"(bound {figure(round(plan.sited.bound, 2))}).",
    )


def _part(people: float, whole: float) -> str:
    return share_words(people / whole if whole else float("nan"))
