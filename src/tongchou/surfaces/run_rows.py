"""The rows and columns of a result as tables show them: each number once, under what its rows are called."""

from __future__ import annotations

from collections.abc import Mapping

from tongchou.kernel.text import Text
from tongchou.rules import words
from tongchou.rules.result import Result


def in_order(result: Result) -> list[int]:
    """Return the rows of a result by period, then place code."""
    rows: list[int] = result.table.arranged().order.tolist()
    return rows


def shown(result: Result) -> list[str]:
    """Return the columns that are the answer: the result first."""
    declared = result.rule.declared
    return list(dict.fromkeys((declared.result, *declared.also)))


def tables(result: Result) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the columns to show by the keys that tell their numbers apart: each such set is a table of its own."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in shown(result):
        found.setdefault(result.rule.keys(name), []).append(name)
    return list(found.items())


def distinct(result: Result, keys: tuple[str, ...]) -> list[int]:
    """Return the first row of each combination of ``keys`` and period, in order."""
    seen: dict[tuple[str, ...], int] = {}
    for i in in_order(result):
        seen.setdefault((result.table.periods[i], *(result.keys[key][i] for key in keys)), i)
    return list(seen.values())


def row_name(result: Result, names: Mapping[str, Text], row: int, key: str, language: str) -> str:
    """Return what a row is called under one key: by its name, the rule's, or its code."""
    return words.key_name(result, row, key, names.get(result.table.places[row])).in_(language)
