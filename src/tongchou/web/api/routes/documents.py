"""Documents and their clauses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from tongchou.policy.model import Clause
from tongchou.web.api.kinds import Id, Name, Pk, Words
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import answers
from tongchou.web.ledger.models import Document

router = Router(tags=["documents"])


class DocumentOut(Schema):
    """A document as received."""

    id: int
    title: str
    number: str
    issuer: str
    issued: date | None
    sha256: str
    is_builtin: bool


class PartyOut(Schema):
    """A party named in a duty; the order of naming is not a rank."""

    name: str
    order: int
    role: str
    party: str | None
    expands_to: list[str]


class PromiseOut(Schema):
    """A commitment as the text has it; ``start`` and ``end`` count characters of the document's text."""

    id: str
    text: str
    start: int
    end: int
    places: list[str]
    deadline: str | None
    due: date | None


class ClauseOut(Schema):
    """A clause with what was read from it."""

    id: str
    number: str
    level: int
    kind: str
    heading: str
    text: str
    parent: str | None
    start: int
    end: int
    parties: list[PartyOut]
    commitments: list[PromiseOut]


def document_of(request: HttpRequest, pk: int) -> Document:
    """Return a document the reader may see; raise 404."""
    found = Document.objects.seen_by(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def document_shape(one: Document) -> dict[str, Any]:
    """Return a document as the interface shows it."""
    return {name: getattr(one, name) for name in ("id", "title", "number", "issuer", "issued", "sha256", "is_builtin")}


def _clause(one: Clause) -> dict[str, Any]:
    duty = one.duty.parties if one.duty else ()
    return {
        "id": one.id,
        "number": one.number,
        "level": one.level,
        "kind": one.kind.value,
        "heading": one.heading,
        "text": one.text,
        "parent": one.parent,
        "start": one.span.start,
        "end": one.span.end,
        "parties": [
            {"name": p.name, "order": p.order, "role": p.role.value, "party": p.party, "expands_to": list(p.expands_to)}
            for p in duty
        ],
        "commitments": [
            {
                "id": m.id,
                "text": m.text,
                "start": m.span.start,
                "end": m.span.end,
                "places": list(m.places),
                "deadline": m.deadline.text if m.deadline else None,
                "due": m.deadline.by if m.deadline else None,
            }
            for m in one.commitments
        ],
    }


@router.get("/documents", response=answers(Page[DocumentOut]), summary="文件 Documents")
def documents(request: HttpRequest, paging: Query[Paging], words: Words = "") -> Any:
    """List documents by title; without an account the built-in ones."""
    found = Document.objects.seen_by(request.user).defer("contract")
    for word in words.split():
        found = found.filter(title__icontains=word)
    return paged(found, paging, document_shape)


@router.get("/documents/{pk}", response=answers(DocumentOut, 404), summary="一份文件 One document")
def document(request: HttpRequest, pk: Pk) -> Any:
    """Return one document."""
    return document_shape(document_of(request, pk))


@router.get("/documents/{pk}/clauses", response=answers(Page[ClauseOut], 404), summary="条款 Clauses")
def clauses(request: HttpRequest, pk: Pk, paging: Query[Paging], kind: Id = "", words: Words = "") -> Any:
    """List the clauses of a document in the order of the text."""
    found = [
        c
        for c in document_of(request, pk).policy.clauses
        if (not kind or c.kind == kind) and all(w in c.text or w in c.heading for w in words.split())
    ]
    return paged(found, paging, _clause)


@router.get("/documents/{pk}/clauses/{clause}", response=answers(ClauseOut, 404), summary="一条 One clause")
def clause(request: HttpRequest, pk: Pk, clause: Name) -> Any:
    """Return one clause."""
    found = next((c for c in document_of(request, pk).policy.clauses if c.id == clause), None)
    if found is None:
        raise Http404
    return _clause(found)
