"""What the events of people are called."""

from tongchou.kernel.text import Text

WORDS: dict[str, Text] = {
    "people.organisations_received": Text("载入单位名录", "organisations taken from the region package"),
    "people.person_added": Text("添加人员", "person added"),
    "people.role_given": Text("赋予岗位", "role given"),
}
