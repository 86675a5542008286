"""Stage *script*: Traditional characters and Taiwan words become mainland official usage.

Words come from our vocabulary (``script_words.csv``), each replacement recorded as a change; the rest is converted
character for character with OpenCC's data, which keeps every offset and is therefore not recorded one by one.
A line is converted only where it is in Traditional script, so Simplified text passes untouched.
"""

from __future__ import annotations

from dataclasses import replace

from tongchou.policy.model import RepairKind
from tongchou.policy.pipeline import Change, Draft, Stage
from tongchou.policy.scripts import characters, words
from tongchou.policy.spans import Edit, EditedText

_CONFIDENCE = 0.98


def run(draft: Draft) -> None:
    """Convert ``draft.text``; adds one layer to ``draft.texts`` and a change for every word replaced."""
    text = draft.text
    traditional = characters.traditional_ranges(text)
    edits: list[Edit] = []
    for start, end in traditional:
        for edit, note in words.replacements(text, start, end):
            edits.append(edit)
            evidence = f"词表：{note}" if note else "词表 script_words.csv"
            draft.changes.append(Change(len(draft.texts), edit, RepairKind.SCRIPT, evidence, _CONFIDENCE))
    layer = EditedText(text, edits)
    draft.texts.append(layer)
    draft.text = characters.simplify(layer, traditional)
    assert draft.source is not None  # noqa: S101 - decode always runs first
    draft.source = replace(draft.source, script="hant" if characters.is_traditional(text, traditional) else "hans")


STAGE = Stage("script", reads=("text", "source"), writes=("text", "texts", "changes", "source"), run=run)
