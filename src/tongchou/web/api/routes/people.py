"""Organisations, places, and who the interface takes one for. People are never listed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Schema

from tongchou.web.api.guard import Somebody, person
from tongchou.web.api.kinds import Id, Words
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import TextOut, answers, text
from tongchou.web.figures.regions import region_named
from tongchou.web.people.models import Organisation

router = Router(tags=["organisations"])


class OrganisationOut(Schema):
    """A party of the region, or an outside body."""

    id: str
    name: TextOut
    kind: str
    place: str


class PlaceOut(Schema):
    """A place by its GB/T 2260 code; ``seat`` is longitude and latitude (EPSG:4490)."""

    code: str
    name: TextOut
    kind: str
    parent: str | None
    seat: list[float] | None


class RoleOut(Schema):
    """A role a person holds."""

    organisation: str
    role: str


class MeOut(Schema):
    """Who the interface takes one for, and what the token may do."""

    name: str
    roles: list[RoleOut]
    token: str | None
    can_write: bool
    expires_at: datetime | None


@router.get("/organisations", response=answers(Page[OrganisationOut]), summary="单位 Organisations")
def organisations(request: HttpRequest, paging: Query[Paging], kind: Id = "", words: Words = "") -> Any:
    """List organisations in official order."""
    found = Organisation.objects.all()
    if kind:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(name_en__icontains=word))
    return paged(found, paging, lambda o: {"id": o.pk, "name": text(o.title), "kind": o.kind, "place": o.place})


@router.get("/places", response=answers(Page[PlaceOut]), summary="地方 Places")
def places(request: HttpRequest, paging: Query[Paging], kind: Id = "") -> Any:
    """List the places of the region in official order."""
    found = [p for p in region_named(settings.REGION).places if not kind or p.kind == kind]
    return paged(
        found,
        paging,
        lambda p: {
            "code": p.code,
            "name": {"zh": p.name, "en": p.name_en},
            "kind": p.kind.value,
            "parent": p.parent,
            "seat": [p.seat_lon, p.seat_lat] if p.seat_lon is not None and p.seat_lat is not None else None,
        },
    )


@router.get("/me", response=answers(MeOut), auth=Somebody(), summary="当前身份 Who am I")
def me(request: HttpRequest) -> Any:
    """Return who the interface takes one for."""
    user, token = person(request), getattr(request, "token", None)
    return {
        "name": user.name,
        "roles": [{"organisation": m.organisation_id, "role": m.role} for m in user.roles],
        "token": token.name if token else None,
        "can_write": token.can_write if token else True,
        "expires_at": token.expires_at if token else None,
    }
