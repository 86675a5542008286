"""What can stand side by side in Chinese official prose: words, and pairs of characters that words contain.

The lexicon is our vocabulary (``words.txt``) and the phrases of OpenCC's Simplified dictionary. It is no model of the
language: it only says which neighbours are known, and unknown ones count as evidence when there are many in a row.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tongchou.policy.vocabulary import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NOT_HAN, _UNKNOWN = 0, 1  # rows of the pair table that are no character of the lexicon
_FEW = 3  # phrases a character must occur in to get a row of its own
_LONGEST = 5  # characters of a word across a seam, on either side


class Lexicon:
    """Words, and which characters they hold side by side."""

    def __init__(self, own: frozenset[str], phrases: frozenset[str]) -> None:
        import numpy as np

        self.words = own | phrases
        self.usual = frozenset("".join(own))  # characters of official prose; others are rare there
        counts: dict[str, int] = dict.fromkeys(self.usual, _FEW)
        for phrase in phrases:
            for c in phrase:
                counts[c] = counts.get(c, 0) + 1
        known = [c for c, n in counts.items() if n >= _FEW and ord(c) < 0x10000]
        self._row = np.zeros(0x10000, dtype=np.int32)
        for first, last in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00)):
            self._row[first:last] = _UNKNOWN
        self._row[[ord(c) for c in known]] = range(2, 2 + len(known))
        size = 2 + len(known)
        self._plausible = np.zeros((size, size), dtype=np.bool_)
        joined = "\n".join(w for w in self.words if len(w) > 1)
        rows = self._rows(joined)
        self._plausible[rows[:-1], rows[1:]] = True
        self._plausible[_UNKNOWN, :] = self._plausible[:, _UNKNOWN] = False
        # Words of one character may stand beside anything; so may whatever is not Chinese.
        self.single = words("single_words")
        free = [_NOT_HAN, *(int(self._row[ord(c)]) for c in self.single)]
        self._plausible[free, :] = self._plausible[:, free] = True
        self._flat = self._plausible.ravel()

    def _rows(self, text: str) -> NDArray[np.int32]:
        import numpy as np

        codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
        return self._row[np.minimum(codes, 0xFFFF)]

    def strange(self, text: str) -> NDArray[np.bool_]:
        """Return for each character but the last whether it and the next are neighbours no known word has."""
        import numpy as np

        rows = self._rows(text)
        if len(rows) < 2:
            return np.zeros(0, dtype=np.bool_)
        found: NDArray[np.bool_] = ~self._flat[rows[:-1] * self._plausible.shape[0] + rows[1:]]
        return found

    def across(self, left: str, right: str) -> str:
        """Return the longest word made of the end of ``left`` and the beginning of ``right``, ``""`` without one."""
        best = ""
        for i in range(1, min(_LONGEST, len(left)) + 1):
            for j in range(1, min(_LONGEST, len(right)) + 1):
                word = left[-i:] + right[:j]
                if len(word) > len(best) and word in self.words:
                    best = word
        return best

    def rare(self, text: str) -> int:
        """Return how many characters of ``text`` no word of our vocabulary has."""
        return sum(c not in self.usual for c in text)

    def neighbours(self, left: str, right: str) -> bool:
        """Return whether two characters stand side by side in some word."""
        a, b = min(ord(left), 0xFFFF), min(ord(right), 0xFFFF)
        return bool(self._plausible[self._row[a], self._row[b]])

    def within(self, text: str) -> bool:
        """Return whether ``text`` holds a word of at least two characters."""
        longest = range(2, _LONGEST + 1)
        return any(text[i : i + n] in self.words for i in range(len(text)) for n in longest)

    def wordless(self, left: str, inserted: str, right: str) -> float:
        """Return the share of the characters of ``inserted`` that are in no word, of one character or more."""
        text = left + inserted + right
        covered = [c in self.single or not "\u3400" <= c <= "\u9fff" for c in text]
        for i in range(len(text)):
            for j in range(min(len(text), i + _LONGEST), i + 1, -1):
                if text[i:j] in self.words:
                    covered[i:j] = [True] * (j - i)
                    break
        inside = covered[len(left) : len(left) + len(inserted)]
        return inside.count(False) / max(1, len(inside))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lexicon, built on first use."""
    return Lexicon(words("words"), _phrases())


def _phrases() -> frozenset[str]:
    """Return the Simplified phrases of OpenCC's dictionary, read from the installed package."""
    import marisa_trie

    spec = find_spec("opencc")
    assert spec is not None and spec.origin is not None  # noqa: S101 - a dependency of this package
    file = Path(spec.origin).parent / "clib" / "share" / "opencc" / "STPhrases.ocd2"
    data = file.read_bytes()
    trie = marisa_trie.Trie()
    trie.frombytes(data[data.index(b"We love Marisa.") :])
    return frozenset(phrase for phrase in trie.keys() if len(phrase) > 1)  # noqa: SIM118 - a trie is no dict
