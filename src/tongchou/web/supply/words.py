"""What nodes and states of supply networks are called."""

from __future__ import annotations

from tongchou.kernel.text import Text

KINDS: dict[str, Text] = {
    "source": Text("源头", "source"),
    "reservoir": Text("水库", "reservoir"),
    "works": Text("水厂、管网", "works or mains"),
    "station": Text("节点", "node"),
    "seat": Text("县区", "county"),
    "hub": Text("枢纽", "hub"),
    "ring": Text("汇聚点", "ring"),
    "outside": Text("出市", "leaves the city"),
}
#: What a line of the map says by its look, by kind of network.
STATES: dict[str, tuple[tuple[str, Text], ...]] = {
    "water": (
        ("carries", Text("走水，越粗越多，箭头是流向", "carries water: the thicker the more, arrows say which way")),
        ("full", Text("走满，没有卡住谁", "full, holds nobody back")),
        ("binds", Text("走满，卡住用水（加底色）", "full and holds somebody back (underlaid)")),
        ("idle", Text("这段时间不走水", "carries nothing in this time")),
    ),
    "energy": (
        ("carries", Text("线路，越粗能力越大", "link: the thicker the more it can carry")),
        ("binds", Text("停一回就有地方不够（加底色）", "without one circuit some place has too little (underlaid)")),
    ),
    "information": (
        ("carries", Text("线路，越粗流量越大", "link: the thicker the more traffic")),
        ("full", Text("忙时用满，该扩容", "full at peak, to be widened")),
        ("binds", Text("卡住最差节点（加底色）", "narrows the worst node (underlaid)")),
    ),
}
#: What the ring around a node says.
LIT: dict[str, Text] = {
    "water": Text("这里取水的用户有缺", "somebody who draws here is short"),
    "energy": Text("停一回就不够", "not enough with one circuit out"),
    "information": Text("最差节点", "worst node"),
}


def kind_word(kind: str) -> Text:
    """Return what a kind of node is called; its own id where the workbench has no word."""
    return KINDS.get(kind, Text(kind, kind))
