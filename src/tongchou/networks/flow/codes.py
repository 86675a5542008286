"""Problem codes of flow (N05…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NO_LIMIT = ProblemKind(
    "N050",
    Text("从 {tail} 到 {head} 有一路不限量", "a way from {tail} to {head} has no limit"),
    Text("给这一路至少一段写能力", "give one of its links a capacity"),
)
