"""Following a commitment by e-mail: asked for, confirmed by a second step, ended by one click."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.web.events.record import record
from tongchou.web.ledger.models import Document
from tongchou.web.public import codes
from tongchou.web.public.asking import count
from tongchou.web.public.calendar import setting
from tongchou.web.public.models import Follower
from tongchou.web.public.routing import commitment_of
from tongchou.web.public.secrecy import encipher, keyed_hash

_CONFIRM, _END = "tongchou.public.follow", "tongchou.public.unfollow"


@transaction.atomic
def ask_to_follow(*, document: Document, commitment: str, address: str, sender: str, now: datetime) -> Follower:
    """Keep an address until it is confirmed; asking twice keeps one row. Old unconfirmed ones are deleted here."""
    address = address.strip()
    if len(address) > 200 or not _is_address(address):
        raise ProblemsError([codes.NOT_AN_ADDRESS.at("address", text=address[:60])])
    if commitment_of(document.policy, commitment) is None:
        raise ProblemsError([codes.NO_SUCH_CLAUSE.at("commitment", clause=commitment[:60])])
    on = timezone.localdate(now)
    count(form="follow", sender=sender, on=on)
    late = now - timedelta(days=setting("unconfirmed_days", on).value)
    Follower.objects.filter(confirmed_at__isnull=True, created_at__lt=late).delete()
    follower, _ = Follower.objects.get_or_create(
        document=document,
        commitment=commitment,
        address_hash=keyed_hash("follower", address.lower()),
        defaults={"address": encipher(address), "created_at": now},
    )
    record("public.follow_asked", about=f"commitment {commitment}", by=None, now=now)
    return follower


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def confirm_token(follower: Follower) -> str:
    """Return what the link of the first letter carries."""
    return signing.dumps(follower.pk, salt=_CONFIRM)


def end_token(follower: Follower) -> str:
    """Return what the link carries by which following ends; it does not expire."""
    return signing.dumps(follower.pk, salt=_END)


def follower_to_confirm(token: str, on: datetime) -> Follower | None:
    """Return whom a link of a first letter is for; nothing when it is too old or not ours."""
    days = setting("unconfirmed_days", timezone.localdate(on)).value
    try:
        pk = signing.loads(token, salt=_CONFIRM, max_age=days * 86400)
    except signing.BadSignature:
        return None
    return Follower.objects.filter(pk=pk).first()


def follower_to_end(token: str) -> Follower | None:
    """Return whom a link that ends following is for; nothing when it is not ours or has ended already."""
    try:
        return Follower.objects.filter(pk=signing.loads(token, salt=_END)).first()
    except signing.BadSignature:
        return None


@transaction.atomic
def confirm(*, follower: Follower, now: datetime) -> None:
    """Begin to follow; news from now on is sent."""
    held = Follower.objects.select_for_update().get(pk=follower.pk)
    if held.confirmed_at is None:
        held.confirmed_at = held.told_until = now
        held.save(update_fields=("confirmed_at", "told_until"))
        record("public.follow_confirmed", about=f"commitment {held.commitment}", by=None, now=now)


@transaction.atomic
def end(*, follower: Follower, now: datetime) -> None:
    """Stop following; the address is deleted."""
    commitment = follower.commitment
    follower.delete()
    record("public.follow_ended", about=f"commitment {commitment}", by=None, now=now)
