"""What services, levels, modes and methods of reach are called, and what each method can and cannot decide."""

from __future__ import annotations

from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.kernel.units import label as unit_label
from tongchou.networks.access.served import Measure

_SERVICES = {
    "health": Text("医疗卫生机构", "health facilities"),
    "health_beds": Text("设床位的医疗卫生机构", "health facilities with beds"),
    "green": Text("绿地", "green space"),
    "school": Text("学校", "schools"),
    "rail": Text("铁路客站", "railway stations"),
    "high_speed_rail": Text("高铁站", "high-speed stations"),
    "air": Text("机场", "airports"),
}
# What facilities offer, where their capacity is a count of it.
_SUPPLIES = {
    "health": Text("名医师", "doctors"),
    "health_beds": Text("张床位", "beds"),
    "school": Text("个学位", "places at school"),
}
_LEVELS = {
    "": Text("不分等级", "of no level"),
    "city": Text("市级", "city"),
    "county": Text("县级", "county"),
    "town": Text("乡级", "town"),
    "township": Text("乡级", "town"),
    "village": Text("村级", "village"),
    "riverside": Text("滨河（湖）空间", "riverside space"),
    "wetland": Text("湿地公园", "wetland park"),
    "park": Text("城区小公园", "small city park"),
    "square": Text("小型广场绿地", "small green square"),
}
_MODES = {
    "walk": Text("步行", "walking"),
    "street": Text("城市道路", "street"),
    "arterial": Text("城市干道", "main street"),
    "mountain": Text("山区公路", "mountain road"),
    "metro": Text("地铁", "metro"),
    "road": Text("县乡公路", "county or town road"),
    "village_road": Text("通村公路", "village road"),
    "motorway": Text("高速公路", "motorway"),
    "rail": Text("铁路", "railway"),
    "expressway": Text("高速公路", "expressway"),
    "transfer": Text("换乘", "transfer"),
}
_POINTS = {
    "block": Text("街区", "blocks"),
    "village": Text("村", "villages"),
    "": Text("居民点", "settlements"),
}
MEASURES: dict[Measure, Text] = {"minutes": Text("分钟", "minutes"), "metres": Text("米", "metres")}

SPREADS = {
    "two_step": (
        Text("两步移动搜寻法（2SFCA）", "2SFCA, two-step floating catchment"),
        Text(
            "能看出设施被多少人分用；不能区分标准以内的远近，也不知道人实际去哪一家。",
            "It tells how many people share a facility; within the standard near and far count alike, and it does not "
            "know where people go.",
        ),
    ),
    "enhanced": (
        Text("增强两步移动搜寻法（E2SFCA）", "E2SFCA, enhanced two-step"),
        Text(
            "标准分三段，近的算得多（权重 1、0.68、0.22，是假定）；设施多时会高估竞争下的需求。",
            "Thirds of the standard count 1, 0.68 and 0.22 (assumed), so near counts more; where there are many "
            "facilities it takes demand for higher than it is.",
        ),
    ),
    "three_step": (
        Text("三步移动搜寻法（3SFCA）", "3SFCA, three-step floating catchment"),
        Text(
            "先把人按远近分给各设施，再分供给，不重复算需求；分法仍是假定，不能代替就诊、游园的实际流向。",
            "People are shared among facilities by nearness first, so demand is not counted twice; the sharing is "
            "still assumed and no record of where people go.",
        ),
    ),
}
SITINGS = {
    "maximal_cover": (
        Text("最多人在标准以内（最大覆盖）", "most people within the standard (maximal cover)"),
        Text(
            "只看标准以内有多少人，超出的远近不计；人少而偏远的点可能一直轮不到。",
            "Only people within the standard count; how far the others are does not, so that few and remote people "
            "may never have their turn.",
        ),
    ),
    "p_median": (
        Text("总路程最少（p-中位）", "least travel in all (p-median)"),
        Text(
            "所有人到最近一处的路程合计最少；不保证有人不远。",
            "The travel of all people to the nearest one is least; somebody may still have far to go.",
        ),
    ),
    "p_centre": (
        Text("最远的人最近（p-中心）", "the farthest as near as can be (p-centre)"),
        Text(
            "让最远的一个点尽量近；不看人多人少。",
            "The farthest point is brought as near as can be; how many people live where does not count.",
        ),
    ),
    "set_cover": (
        Text("最少几处能全覆盖（集合覆盖）", "fewest that cover all (set cover)"),
        Text(
            "回答还要几处才能人人在标准以内；不看钱，也不看每处多大。",
            "It says how many more it takes until everybody is within the standard, whatever they cost and hold.",
        ),
    ),
}
CANDIDATES = {
    "sites": Text("标明的备选点", "marked sites"),
    "people": Text("还没有设施的居民点", "settlements without one"),
}


def service_words(service: str) -> Text:
    """Return what a service is called; its own word where nobody has named it."""
    return _SERVICES.get(service, Text(service, service))


def supply_words(service: str, unit: str) -> Text:
    """Return what capacity in ``unit`` is a count of: doctors, beds; m² is itself; facilities where there is none."""
    if not unit:
        return Text("处设施", "facilities")
    return _SUPPLIES.get(service, unit_label(unit))


def level_words(level: str) -> Text:
    """Return what a level of facilities is called."""
    return _LEVELS.get(level, Text(level, level))


def levels_words(levels: tuple[str, ...]) -> Text:
    """Return several levels, one after the other."""
    held = [level_words(one) for one in levels]
    return Text("、".join(w.zh for w in held), ", ".join(w.en for w in held))


def mode_words(mode: str) -> Text:
    """Return what a mode of travel is called."""
    return _MODES.get(mode, Text(mode, mode))


def point_words(kinds: set[str]) -> Text:
    """Return what points of these kinds are called together."""
    return _POINTS.get(next(iter(kinds)) if len(kinds) == 1 else "", _POINTS[""])


def cost_words(value: float, measure: Measure) -> Text:
    """Return a cost as a sentence says it: 21 minutes, 1,634 metres; no way where it is infinite."""
    if value == float("inf"):
        return Text("不通", "no way")
    shown, unit = shown_cost(value, measure), MEASURES[measure]
    return Text(f"{shown} {unit.zh}", f"{shown} {unit.en}")


def shown_cost(value: float, measure: Measure) -> str:
    """Return a cost as a table prints it: minutes to a tenth, metres whole."""
    return figure(round(value, 1 if measure == "minutes" else 0))


def people_words(value: float) -> str:
    """Return a number of people."""
    return figure(round(value))


def share_words(value: float) -> str:
    """Return a share in per cent to a tenth; 100 % is said only of all, 0 % only of none."""
    if value != value:
        return "—"
    if 0 < value < 1:
        value = min(max(value, 0.0005), 0.9994)
    return f"{100 * value:.1f}%".replace(".0%", "%") if value in (0, 1) else f"{100 * value:.1f}%"
