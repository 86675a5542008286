"""Reads the vocabulary files beside the reader and turns word lists into one fast pattern."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=64)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``vocabulary/<name>.csv``."""
    text = files("tongchou.policy").joinpath("vocabulary", f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def words(name: str, **where: str) -> tuple[str, ...]:
    """Return the column ``word`` of the rows of a vocabulary whose columns have the given values."""
    return tuple(r["word"] for r in rows(name) if all(r[k] == v for k, v in where.items()))


def any_of(vocabulary: Iterable[str]) -> str:
    """Return a pattern that matches the longest word of ``vocabulary`` at a place.

    Words are merged by their first characters, so that the time at a place grows with the length of a word and not
    with the number of words.
    """
    tree: dict[str, dict[str, object]] = {}
    for word in vocabulary:
        node = tree
        for character in word:
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = {}
    return _pattern(tree)


def _pattern(tree: dict[str, dict[str, object]]) -> str:
    ends = "" in tree
    leaves = [c for c, below in tree.items() if c and not set(below) - {""}]
    branches = [re.escape(c) + _pattern(below) for c, below in tree.items() if c and set(below) - {""}]  # type: ignore[arg-type]
    if leaves:
        branches.append(re.escape(leaves[0]) if len(leaves) == 1 else "[" + "".join(map(re.escape, leaves)) + "]")
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not ends else "(?:" + "|".join(branches) + ")"
    # Longest first: what goes on is tried before the end of the word.
    return f"{body}?" if ends else body
