"""Reads the vocabulary files beside the reader and looks their words up in text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tongchou.policy.vocabulary import rows as rows


def words(name: str, **where: str) -> tuple[str, ...]:
    """Return the column ``word`` of the rows of a vocabulary whose columns have the given values."""
    return tuple(r["word"] for r in rows(name) if all(r[k] == v for k, v in where.items()))


class WordList:
    """A list of words to be found at a given place; asking costs the same however long the list is."""

    __slots__ = ("_lengths", "words")

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.words = frozenset(vocabulary)
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def end_at(self, text: str, at: int, end: int) -> int:
        """Return where the longest word that stands at ``text[at:end]`` ends, or ``at`` when none does."""
        if at < end:
            for length in self._lengths.get(text[at], ()):
                stop = at + length
                if stop <= end and text[at:stop] in self.words:
                    return stop
        return at


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
