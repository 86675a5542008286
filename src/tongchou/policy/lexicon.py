"""Reads the vocabulary files beside the reader and looks their words up in text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tongchou.policy.vocabulary import rows as rows


def words(name: str, **where: str) -> tuple[str, ...]:
    """Return the column ``word`` of the rows of a vocabulary whose columns have the given values."""
    return tuple(r["word"] for r in rows(name) if all(r[k] == v for k, v in where.items()))


class WordList:
    """A list of words to be found at a given place; asking costs the same however long the list is."""

    __slots__ = ("end_at", "words")

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.words = frozenset(vocabulary)
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[0], set()).add(len(word))
        #: ``end_at(text, at, end)`` returns where the longest word at ``text[at:end]`` ends, or ``at`` for none.
        self.end_at = _finder(self.words, {c: tuple(sorted(found, reverse=True)) for c, found in lengths.items()})


def _finder(vocabulary: frozenset[str], lengths: dict[str, tuple[int, ...]]) -> Callable[[str, int, int], int]:
    # A closure: this is the innermost step of the reader, and names local to it are the fastest there are.
    of_first = lengths.get

    def end_at(text: str, at: int, end: int) -> int:
        if at < end:
            for length in of_first(text[at], ()):
                stop = at + length
                if text[at:stop] in vocabulary and stop <= end:
                    return stop
        return at

    return end_at


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
    branches = [
        re.escape(c) + _pattern(below)  # type: ignore[arg-type]
        for c, below in tree.items()
        if c and set(below) - {""}
    ]
    if leaves:
        branches.append(re.escape(leaves[0]) if len(leaves) == 1 else "[" + "".join(map(re.escape, leaves)) + "]")
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not ends else "(?:" + "|".join(branches) + ")"
    # Longest first: what goes on is tried before the end of the word.
    return f"{body}?" if ends else body
