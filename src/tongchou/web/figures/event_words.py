"""What the events of figures are called."""

from __future__ import annotations

from tongchou.kernel.text import Text

WORDS = {
    "figures.indicator_added": Text("增设了指标", "added an indicator"),
    "figures.correction_submitted": Text("提交了数据更正", "submitted a correction"),
    "figures.correction_approved": Text("核定了数据更正", "approved a correction"),
    "figures.correction_turned_down": Text("退回了数据更正", "turned a correction down"),
    "figures.imported": Text("批量导入了数据", "imported figures"),
}
