"""Stage *repair*: the text of the document, clean, out of the text as found.

1. Second copies: what they prove is applied, then they are cut.
2. Head and end: title and data are read, web furniture and the official explanation are cut, space is tidied.
3. What seems pushed in, where no second copy proves it, is proposed; half-width marks become full width.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from tongchou.policy.pipeline import Change, Cut, CutKind, Draft, Stage
from tongchou.policy.repairing import backmatter, copies, frontmatter, inserted, punctuation, tidy
from tongchou.policy.spans import Edit, EditedText, Span, span_to_source


def run(draft: Draft) -> None:
    """Repair ``draft.text``: three layers of edits, the changes, the cuts and the document's data."""
    found_as = draft.text
    _copies(draft)
    _ends(draft)
    _marks(draft, found_as)


def _copies(draft: Draft) -> None:
    """Apply what second copies prove, then cut them."""
    text, layer = draft.text, len(draft.texts)
    changes: list[Change] = []
    cuts: list[Span] = []
    for copy in copies.find(text):
        if any(copy.kept.start < cut.end and cut.start < copy.kept.end for cut in cuts):
            # What stays of this pair is itself a copy that goes: the other one says nothing new.
            cuts = _with(cuts, copy.dropped)
            continue
        cuts = _with(cuts, copy.dropped)
        changes += [_change(layer, found) for found in inserted.from_copy(text, copy)]
    gone = [(cut.start, cut.end) for cut in cuts]
    changes = [c for c in changes if not _inside(c.edit.start, gone)]
    edits = [c.edit for c in changes if c.applied] + [Edit(c.start, text[c.start : c.end], "") for c in cuts]
    _apply(draft, edits)
    draft.changes += changes
    _cut(draft, [(cut, CutKind.SECOND_COPY) for cut in cuts], layer)


def _with(cuts: list[Span], more: Span) -> list[Span]:
    """Return ``cuts`` with ``more`` added, overlapping ones made one."""
    merged: list[Span] = []
    for cut in sorted([*cuts, more]):
        if merged and cut.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, cut.end))
        else:
            merged.append(cut)
    return merged


def _inside(offset: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in stretches)


def _ends(draft: Draft) -> None:
    """Read the document's data, cut what is not its text, tidy the space."""
    text, layer = draft.text, len(draft.texts)
    head = frontmatter.read(text)
    body = max((span.end for span in head.title_lines), default=0)
    back = backmatter.read(text, body)
    cuts = _disjoint(head.cuts + back.cuts)
    if not _remains(text, cuts):
        cuts = []  # a page of nothing but labels is better shown than lost
    if back.interpretation is not None:
        footer = min((c.start for c, kind in back.cuts if kind is CutKind.FURNITURE), default=len(text))
        draft.interpretation = text[back.interpretation.start : min(back.interpretation.end, footer)].strip()
    edits = []
    for cut, _ in cuts:
        end = cut.end + 1 if text[cut.end : cut.end + 1] == "\n" and text[cut.end - 1] != "\n" else cut.end
        edits.append(Edit(cut.start, text[cut.start : end], ""))
    for before, after in pairwise(head.title_lines):
        apart = " " if f"{text[before.start : before.end].strip()} " in head.title else ""
        edits.append(Edit(before.end, text[before.end : after.start], apart))
    _apply(draft, edits)
    _cut(draft, cuts, layer)
    _apply(draft, tidy.edits(draft.text))
    draft.interpretation = EditedText(draft.interpretation, tidy.edits(draft.interpretation)).text
    draft.title = head.title
    draft.number = head.number or backmatter.number_in(draft.interpretation)
    draft.issuer = head.issuer or back.issuer or frontmatter.issuer_of(head.title)
    draft.issued = head.issued or back.issued or head.published
    draft.effective = head.effective or backmatter.in_force(draft.text, draft.issued)
    draft.attachments = backmatter.attachments(draft.text)


def _remains(text: str, cuts: list[tuple[Span, CutKind]]) -> bool:
    """Return whether any Chinese character stays when ``cuts`` are gone."""
    ends = [0, *(cut.end for cut, _ in cuts)]
    starts = [*(cut.start for cut, _ in cuts), len(text)]
    return any("\u3400" <= c <= "\u9fff" for a, b in zip(ends, starts, strict=True) for c in text[a:b])


def _disjoint(cuts: list[tuple[Span, CutKind]]) -> list[tuple[Span, CutKind]]:
    found: list[tuple[Span, CutKind]] = []
    for cut, kind in sorted(cuts):
        if cut.end > cut.start and (not found or cut.start >= found[-1][0].end):
            found.append((cut, kind))
    return found


def _marks(draft: Draft, found_as: str) -> None:
    """Propose what seems pushed in and widen half-width marks."""
    text, layer = draft.text, len(draft.texts)
    names = [name for group in (draft.places.names(), draft.parties.names()) for name in group]
    draft.changes += [_change(layer, found) for found in inserted.proposals(text, found_as, names)]
    wide, changes = punctuation.widen(text, layer)
    draft.changes += changes
    draft.texts.append(EditedText(text, [c.edit for c in changes]))
    draft.text = wide
    draft.title, _ = punctuation.widen(draft.title, layer)
    draft.interpretation, _ = punctuation.widen(draft.interpretation, layer)


def _change(layer: int, found: inserted.Found) -> Change:
    return Change(layer, found.edit, found.kind, found.evidence, found.confidence, found.applied)


def _apply(draft: Draft, edits: Iterable[Edit]) -> None:
    layer = EditedText(draft.text, edits)
    draft.texts.append(layer)
    draft.text = layer.text


def _cut(draft: Draft, cuts: list[tuple[Span, CutKind]], layer: int) -> None:
    draft.cuts += [Cut(span_to_source(span, draft.texts[:layer]), kind) for span, kind in cuts]


STAGE = Stage(
    "repair",
    reads=("text", "places", "parties"),
    writes=(
        "text",
        "texts",
        "changes",
        "cuts",
        "title",
        "number",
        "issuer",
        "issued",
        "effective",
        "interpretation",
        "attachments",
    ),
    run=run,
)
