"""The page of problem codes: every kind of problem declared anywhere, with its reason and way out."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import tongchou
from tongchou.kernel.problems import ProblemKind

_HEAD = """\
# 问题代码 · Problem codes

每个问题有代码、位置、原因和办法。花括号是填入的内容。
Every problem has a code, a place, a reason and a way out. Braces are filled in when it is raised.

R 读文件 reading a document · F 缺项 findings · G 地区包 region package · L 版图 layout and boundaries ·
O 输出 outputs · C 成本分担 cost sharing · I 差距与目标 gaps and goals · N 联通 networks · U 规则 rules ·
D 登记簿 registers · W 工作台 workbench
"""


def modules() -> Iterator[str]:
    """Name every module that declares problem kinds: those called ``codes`` or ``…_codes``."""
    root = Path(tongchou.__file__).parent
    for path in sorted(root.rglob("*codes.py")):
        if (path.stem == "codes" or path.stem.endswith("_codes")) and path != Path(__file__):
            yield ".".join(("tongchou", *path.relative_to(root).with_suffix("").parts))


def kinds() -> list[ProblemKind]:
    """Return every declared kind of problem in the order of its code; raise ``ValueError`` when one is used twice."""
    found: dict[str, ProblemKind] = {}
    for name in modules():
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, ProblemKind) and found.setdefault(value.code, value) != value:
                raise ValueError(f"problem code {value.code} is declared twice, the second time in {name}")
    return [found[code] for code in sorted(found)]


def page() -> str:
    """Return the page as Markdown."""
    parts = [_HEAD]
    for kind in kinds():
        level = "错误 error" if kind.severity == "error" else "提醒 warning"
        parts.append(
            f"## {kind.code}\n\n{level}\n\n"
            f"- {kind.message.zh}\n- {kind.message.en}\n\n"
            f"办法 Way out\n\n- {kind.hint.zh}\n- {kind.hint.en}\n"
        )
    return "\n".join(parts)
