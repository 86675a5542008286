"""The reader: a document's bytes, or its text, become a :class:`~tongchou.policy.model.Policy`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.model import Policy
from tongchou.policy.pipeline import Draft, Stage, repairs, run
from tongchou.policy.stages import commitments, decode, duties, findings, outline, repair, script

STAGES: tuple[Stage, ...] = (
    decode.STAGE,
    script.STAGE,
    repair.STAGE,
    outline.STAGE,
    duties.STAGE,
    commitments.STAGE,
    findings.STAGE,
)

_NO_PLACES = Places(())
_NO_PARTIES = Parties(())


def read_bytes(data: bytes, name: str, *, places: Places = _NO_PLACES, parties: Parties = _NO_PARTIES) -> Policy:
    """Read a document given as bytes; ``name`` (with its suffix) says what kind of file it is.

    ``places`` and ``parties`` of a region let names be joined and groups be expanded; without them names are known
    by their form only. Raises :class:`~tongchou.kernel.problems.ProblemsError` on input that cannot be read.
    """
    with without_collector():
        return policy_of(run(Draft(name=name, data=data, places=places, parties=parties), STAGES))


@contextmanager
def without_collector() -> Iterator[None]:
    """Switch the cyclic garbage collector off for a while, if it is on.

    The stages make trees of plain objects by the hundred thousand and no cycles: searching them costs a tenth of the
    time of a read and finds nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_file(path: Path | str, *, places: Places = _NO_PLACES, parties: Parties = _NO_PARTIES) -> Policy:
    """Read the document at ``path``; see :func:`read_bytes`."""
    path = Path(path)
    return read_bytes(path.read_bytes(), path.name, places=places, parties=parties)


def read_text(
    text: str, name: str = "text.txt", *, places: Places = _NO_PLACES, parties: Parties = _NO_PARTIES
) -> Policy:
    """Read a document given as text; see :func:`read_bytes`."""
    return read_bytes(text.encode("utf-8", "replace"), name, places=places, parties=parties)


def policy_of(draft: Draft) -> Policy:
    """Return the policy that the stages put together in ``draft``."""
    if draft.source is None:
        raise ValueError("the decode stage has not run")
    return Policy(
        source=draft.source,
        title=draft.title,
        number=draft.number,
        issuer=draft.issuer,
        issued=draft.issued,
        effective=draft.effective,
        text=draft.text,
        addressees=tuple(draft.addressees),
        clauses=tuple(draft.clauses),
        repairs=repairs(draft),
        findings=tuple(draft.findings),
        interpretation=draft.interpretation,
        attachments=tuple(draft.attachments),
    )
