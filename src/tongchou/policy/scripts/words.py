"""Taiwan words and ambiguous characters, replaced by our vocabulary where the context allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tongchou.policy.spans import Edit
from tongchou.policy.vocabulary import rows

_CONTEXT = 12  # characters of context a condition may look at on either side


class Word(NamedTuple):
    """One row of ``script_words.csv``: where ``pattern`` stands in a context that fits, write ``replacement``."""

    pattern: str
    replacement: str
    left: re.Pattern[str] | None  # must match right before the pattern
    not_left: re.Pattern[str] | None
    right: re.Pattern[str] | None  # must match right behind it
    not_right: re.Pattern[str] | None
    note: str

    def fits(self, text: str, start: int, end: int) -> bool:
        """Return whether the context of ``text[start:end]`` allows the replacement."""
        if self.left is not None and self.left.search(text, max(0, start - _CONTEXT), start) is None:
            return False
        if self.not_left is not None and self.not_left.search(text, max(0, start - _CONTEXT), start) is not None:
            return False
        if self.right is not None and self.right.match(text, end, end + _CONTEXT) is None:
            return False
        return self.not_right is None or self.not_right.match(text, end, end + _CONTEXT) is None


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[re.Pattern[str], dict[str, tuple[Word, ...]]]:
    by_first: dict[str, list[Word]] = {}
    for row in rows("script_words"):
        word = Word(
            row["pattern"],
            row["replacement"],
            _condition(row["left"], before=True),
            _condition(row["not_left"], before=True),
            _condition(row["right"]),
            _condition(row["not_right"]),
            row["note"],
        )
        by_first.setdefault(word.pattern[0], []).append(word)
    # Among the words with the same first character the longest that fits wins; rows of equal length keep file order.
    ordered = {c: tuple(sorted(found, key=lambda w: -len(w.pattern))) for c, found in by_first.items()}
    beginnings = sorted({w.pattern[:2] for found in ordered.values() for w in found})
    return re.compile("|".join(_grouped(beginnings))), ordered


def _grouped(beginnings: list[str]) -> Iterator[str]:
    """Yield alternatives ``網[路際]``, one a first character, so that few are tried at each place."""
    seconds: dict[str, str] = {}
    for beginning in beginnings:
        seconds[beginning[0]] = seconds.get(beginning[0], "") + (beginning[1:] or "*")
    for first, second in seconds.items():
        yield first if "*" in second else f"{first}[{second}]"


def _condition(pattern: str, *, before: bool = False) -> re.Pattern[str] | None:
    if not pattern:
        return None
    return re.compile(f"(?:{pattern})$" if before else pattern)


def replacements(text: str, start: int, end: int) -> Iterator[tuple[Edit, str]]:
    """Yield the edits for the words in ``text[start:end]``, in order and not overlapping, each with its note."""
    anchor, by_first = _vocabulary()
    at = start
    while (match := anchor.search(text, at, end)) is not None:
        at = match.start()
        for word in by_first[text[at]]:
            stop = at + len(word.pattern)
            if stop <= end and text.startswith(word.pattern, at) and word.fits(text, at, stop):
                if word.replacement != word.pattern:
                    yield Edit(at, word.pattern, word.replacement), word.note
                at = stop
                break
        else:
            at += 1
