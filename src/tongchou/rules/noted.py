"""Steps of an algorithm in the names of its rows: a function knows codes only, whoever reads its steps names too."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tongchou.kernel.text import Text
from tongchou.rules.result import Result
from tongchou.rules.words import key_name

#: Keys whose codes are ids that a network made up, never a word of a sentence.
KEYS = ("demand", "facility", "plot")
_CODE = re.compile(r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*")


def names_of_codes(result: Result, names: Mapping[str, Text]) -> dict[str, Text]:
    """Return what the codes of :data:`KEYS` are called, where that is not the code itself; ``names`` is by place."""
    found: dict[str, Text] = {}
    for key in KEYS:
        if key in result.keys:
            for row, code in enumerate(result.keys[key]):
                if code not in found:
                    found[code] = key_name(result, row, key, names.get(result.table.places[row]))
    return {code: name for code, name in found.items() if name.zh != code and any(c.isdigit() for c in code)}


def in_names(words: Text, called: Mapping[str, Text]) -> Text:
    """Return the words of a step with every code that stands alone replaced by what it is called."""
    if not called:
        return words
    return Text(
        _CODE.sub(lambda m: called[m[0]].zh if m[0] in called else m[0], words.zh),
        _CODE.sub(lambda m: called[m[0]].en if m[0] in called else m[0], words.en),
    )
