"""Finding what looks like personal data in words that are to be published. What it misses, a person must see."""

from __future__ import annotations

import re

from tongchou.kernel.text import Text

_LOOKS: tuple[tuple[Text, re.Pattern[str]], ...] = (
    (Text("身份证号", "an identity number"), re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")),
    (Text("手机号", "a mobile number"), re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")),
    (Text("电话号码", "a telephone number"), re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)")),
    (Text("银行卡号", "a bank card number"), re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")),
    (Text("电子邮箱", "an e-mail address"), re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII)),
    (Text("门牌号", "a house number"), re.compile(r"\d+\s*号楼|\d+\s*单元\s*\d+|\d+\s*室(?!内|外|温)")),
)


def personal_data(text: str) -> list[Text]:
    """Return the words for what looks like personal data in a text."""
    return [what for what, pattern in _LOOKS if pattern.search(text)]


def struck_out(text: str) -> str:
    """Return the text with what looks like personal data replaced by ×××: a proposal for the person who publishes."""
    for _, pattern in _LOOKS:
        text = pattern.sub("×××", text)
    return text
