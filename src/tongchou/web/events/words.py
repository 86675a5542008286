"""What each kind of event is called. An app that records events has a module ``event_words`` with ``WORDS``."""

from __future__ import annotations

from functools import lru_cache

from tongchou.kernel.text import Text
from tongchou.web.discovery import offered


@lru_cache(maxsize=1)
def every() -> dict[str, Text]:
    """Return the words of all kinds, those of every installed app."""
    return {kind: words for module in offered("event_words") for kind, words in module.WORDS.items()}


def words_of(kind: str) -> Text:
    """Return what happened, in words; a kind nobody named (of an app since removed) is shown as it is."""
    return every().get(kind, Text(kind, kind))
