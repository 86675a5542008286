"""Whose a row is: who may write and move it, who sees it, and who sees personal data in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from tongchou.registers.declaration import Move
from tongchou.registers.moving import open_moves
from tongchou.registers.register import Register
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import drafts_of, may, organisations_of
from tongchou.web.people.roles import Role
from tongchou.web.registers.models import Row

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

    Reader = User | AnonymousUser

# Roles that act for the whole city, wherever the person sits.
_EVERYWHERE = frozenset({Role.COORDINATOR, Role.ASSESSOR, Role.FINANCE, Role.ADMINISTRATOR})


def owners(register: Register, place: str) -> Q:
    """Return which organisations may own a row at a place: those named, and the one that governs the place."""
    owner = register.declared.owner
    found = Q(pk__in=owner.parties)
    return found | Q(kind="county_government", place=place) if owner.place and place else found


def owner_of(register: Register, place: str, by: Reader) -> Organisation | None:
    """Return whose a new row at ``place`` would be: one of the person's own, or for the city the county's or first.

    ``None`` where the person may not add a row there.
    """
    held = organisations_of(by, "registers.write")
    possible = Organisation.objects.filter(owners(register, place))
    if held is not None:
        return possible.filter(pk__in=held).first()
    found = {o.pk: o for o in possible}
    own = [o for o in found.values() if by.is_authenticated and o.pk in by.organisations]
    county = [o for o in found.values() if o.is_county and register.declared.owner.place]
    return next(iter([*own, *county, *found.values()]), None)


def may_add(register: Register, by: Reader) -> bool:
    """Return whether a person may add rows to a register at all."""
    held = organisations_of(by, "registers.write")
    if held is None:
        return True
    owner = register.declared.owner
    if held & set(owner.parties):
        return True
    return bool(held) and owner.place and Organisation.objects.filter(pk__in=held, kind="county_government").exists()


def may_write(register: Register, row: Row, by: Reader) -> bool:
    """Return whether a person may change a row: for its owner, a party the register names, the county it is in."""
    held = organisations_of(by, "registers.write")
    if held is None or row.organisation_id in held or held & set(register.declared.owner.parties):
        return True
    return bool(held) and Organisation.objects.filter(owners(register, row.place), pk__in=held).exists()


def roles_for(register: Register, row: Row, by: Reader) -> frozenset[str]:
    """Return the roles in which a person may move a row: those in an organisation that may write it, and city-wide."""
    if not by.is_authenticated:
        return frozenset()
    mine = {row.organisation_id, *register.declared.owner.parties}
    if register.declared.owner.place and row.place:
        mine |= {m.organisation_id for m in by.roles if m.organisation.is_county and m.organisation.place == row.place}
    return frozenset(m.role for m in by.roles if m.organisation_id in mine or Role(m.role) in _EVERYWHERE)


def moves_of(register: Register, rows: Sequence[Row], by: Reader) -> dict[str, Move]:
    """Return the moves that a person may make with at least one of ``rows``, in the order they are declared in."""
    if not may(by, "registers.move"):
        return {}
    open_to = {name for row in rows for name in open_moves(register, row.state, roles_for(register, row, by))}
    return {name: move for name, move in register.declared.moves.items() if name in open_to}


def visible(register: Register, by: Reader) -> Q:
    """Return which rows of a register a person sees: published ones, and drafts of their own or, for the city, all."""
    drafts = drafts_of(by)
    if drafts is None:
        return Q()
    found = Q(is_published=True)
    if drafts:
        found |= Q(organisation__in=drafts)
        if register.declared.owner.place and by.is_authenticated:
            places = [m.organisation.place for m in by.roles if m.organisation.is_county]
            found |= Q(place__in=[p for p in places if p])
    return found


def sees_personal(row: Row, by: Reader) -> bool:
    """Return whether a person sees personal data of a row: only in the organisation that owns it."""
    return bool(by.is_authenticated and row.organisation_id in by.organisations)


def is_published(register: Register, state: str, before: bool = False) -> bool:
    """Return whether others see a row in ``state``; once published it stays so."""
    visibility = register.declared.visibility
    if visibility == "owner_and_city":
        return False
    return before or visibility == "open" or state != register.declared.first_state
