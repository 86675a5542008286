"""What the events of collection are called."""

from __future__ import annotations

from tongchou.kernel.text import Text

WORDS = {
    "collection.round_designed": Text("设计了填报任务", "designed a round"),
    "collection.round_opened": Text("开启了填报", "opened a round"),
    "collection.round_closed": Text("结束了填报", "closed a round"),
    "collection.round_dropped": Text("放弃了填报任务", "gave a round up"),
    "collection.entries_saved": Text("保存了填报草稿", "saved a draft of figures"),
    "collection.answer_submitted": Text("提交了填报", "submitted figures"),
    "collection.answer_reviewed": Text("审核通过了填报", "passed figures on"),
    "collection.answer_accepted": Text("验收了填报", "accepted figures"),
    "collection.answer_returned": Text("退回了填报", "sent figures back"),
    "collection.answer_reopened": Text("重新打开了已验收的填报", "reopened accepted figures"),
    "collection.definitions_ruled": Text("裁定了两个口径的异同", "ruled on two definitions"),
}
