"""What the events of registers are called."""

from tongchou.kernel.text import Text

WORDS: dict[str, Text] = {
    "registers.row_added": Text("登记一项", "record added"),
    "registers.row_changed": Text("修改登记", "record changed"),
    "registers.row_moved": Text("登记事项变更状态", "record moved to another state"),
    "registers.row_withdrawn": Text("撤回登记", "record withdrawn"),
    "registers.sheet_received": Text("收到登记表", "sheet of records received"),
    "registers.rows_imported": Text("导入登记表", "sheet of records imported"),
    "registers.rows_seeded": Text("载入地区包登记", "records taken from the region package"),
}
