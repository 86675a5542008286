"""Windows as cell formulas: what looks at all rows of a period, or at those of them alike in further columns."""

from __future__ import annotations

from dataclasses import dataclass

_NUMBER = '">-1E+307"'  # a criterion that every number meets and no text
_PLAIN = {"sum": "SUM", "avg": "AVERAGE", "min": "MIN", "max": "MAX"}
_IF = {"sum": "SUMIFS", "avg": "AVERAGEIFS"}
#: With a partition there is no function for these in Excel 2010: they are array formulas.
_ARRAYS = ("min", "max", "stddev_pop")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a window looks at: the range of the numbers, this row's cell of it, and of every partition key the same.

    ``may_lack`` marks keys that are numbers and can be missing (row keys never are).
    """

    values: str
    here: str
    keys: tuple[tuple[str, str], ...] = ()
    may_lack: tuple[bool, ...] = ()


def is_array(op: str, *, parted: bool) -> bool:
    """Return whether the window is an array formula, which needs a cell of its own."""
    return parted and op in _ARRAYS


def over(op: str, looked: Looked, *, leaves_out: bool, descending: bool = False) -> str:
    """Return the expression of a window; where it has no value it is an error.

    A missing number leaves the window without value unless ``leaves_out``; so does a row of unknown partition, for it
    could belong to any.
    """
    if not looked.keys:
        return _whole(op, looked, leaves_out, descending)
    value = _parted(op, looked, descending)
    within = ",".join(f"{keys},{here}" for keys, here in looked.keys)
    if op != "count":
        numbers = f"COUNTIFS({within},{looked.values},{_NUMBER})"
        lacking = f"{numbers}=0" if leaves_out else f"{numbers}<COUNTIFS({within})"
        value = f"IF({lacking},NA(),{value})"
    for (keys, here), lacks in zip(looked.keys, looked.may_lack, strict=True):
        if lacks:
            known = f"ISNUMBER({here})" if leaves_out else f"COUNT({keys})=ROWS({keys})"
            value = f"IF({known},{value},NA())"
    return value


def _whole(op: str, looked: Looked, leaves_out: bool, descending: bool) -> str:
    numbers = looked.values
    if op == "count":
        return f"COUNT({numbers})"
    if op == "rank":
        value = f"RANK({looked.here},{numbers},{0 if descending else 1})"
        return value if leaves_out else f"IF(COUNT({numbers})<ROWS({numbers}),NA(),{value})"
    lacking = f"COUNT({numbers})=0" if leaves_out else f"COUNT({numbers})<ROWS({numbers})"
    if op == "stddev_pop":
        return f"IF({lacking},NA(),IF(MAX({numbers})=MIN({numbers}),0,STDEVP({numbers})))"
    return f"IF({lacking},NA(),{_PLAIN[op]}({numbers}))"


def _parted(op: str, looked: Looked, descending: bool) -> str:
    numbers = looked.values
    within = ",".join(f"{keys},{here}" for keys, here in looked.keys)
    if op == "count":
        return f"COUNTIFS({within},{numbers},{_NUMBER})"
    if op in _IF:
        return f"{_IF[op]}({numbers},{within})"
    if op == "rank":
        alike = "*".join(f"({keys}={here})" for keys, here in looked.keys)
        sign = ">" if descending else "<"
        return f"SUMPRODUCT({alike}*ISNUMBER({numbers})*({numbers}{sign}{looked.here}+0))+1"
    chosen = f'IF(ISNUMBER({numbers}),{numbers},"")'
    for keys, here in looked.keys:
        chosen = f'IF({keys}={here},{chosen},"")'
    if op == "stddev_pop":
        return f"IF(MAX({chosen})=MIN({chosen}),0,STDEVP({chosen}))"
    return f"{_PLAIN[op]}({chosen})"
