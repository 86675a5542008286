"""A piece of text in the two languages of the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Simplified Chinese and in English; the language is chosen when shown, never when loaded."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """Return the words in ``language``; any tag beginning with ``en`` is English, everything else Chinese."""
        return self.en if language.startswith("en") else self.zh

    def format(self, **values: object) -> Text:
        """Fill ``{name}`` fields in both languages; a value that is itself a :class:`Text` is filled in its own."""
        return Text(
            self.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )

    def __str__(self) -> str:
        return self.zh
