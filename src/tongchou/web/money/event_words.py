"""What the events of the ledger of movements are called."""

from __future__ import annotations

from tongchou.kernel.text import Text

WORDS: dict[str, Text] = {
    "money.posted": Text("记账", "posted"),
    "money.reversed": Text("冲销", "reversed"),
    "money.statement_answered": Text("答复对账单", "statement answered"),
}
