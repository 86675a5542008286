"""Letters to those who follow a commitment, through the city's own mail server. Without one there is only the feed."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from tongchou.web.public.following import confirm_token, end_token
from tongchou.web.public.models import Follower
from tongchou.web.public.secrecy import decipher
from tongchou.web.public.standing import News

_log = logging.getLogger(__name__)


def can_send() -> bool:
    """Return whether a mail server is set up."""
    is_smtp = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    return not is_smtp or settings.EMAIL_HOST not in ("", "localhost")


def send_confirmation(follower: Follower, root: str) -> bool:
    """Send the first letter, with the link that confirms; ``root`` is where the workbench is reached."""
    link = f"{root}/public/follow/confirm/{confirm_token(follower)}"
    words = (
        f"有人用这个邮箱申请关注承诺 {follower.commitment} 的进展。是您本人，请打开下面的地址确认；"
        "不是，不用理会，几天后地址即删除。\n\n"
        f"Somebody asked that news of commitment {follower.commitment} be sent here. If it was you, open the address "
        f"below; if not, do nothing and the address is deleted in a few days.\n\n{link}\n"
    )
    return _send(follower, f"请确认关注承诺 {follower.commitment} · please confirm", words, root)


def send_news(follower: Follower, found: Sequence[News], root: str) -> bool:
    """Send what became public since the last letter."""
    lines = [f"{one.at:%Y-%m-%d} {one.title.zh} · {one.title.en}\n{one.words}\n{root}{one.address}" for one in found]
    words = "\n\n".join(lines) + f"\n\n取消关注 · unsubscribe: {root}/public/unfollow/{end_token(follower)}\n"
    return _send(follower, f"承诺 {follower.commitment} 有新进展 · news", words, root)


def _send(follower: Follower, subject: str, words: str, root: str) -> bool:
    address = decipher(follower.address)
    if not address or not can_send():
        return False
    end = f"<{root}/public/unfollow/{end_token(follower)}>"
    headers = {"List-Unsubscribe": end, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    try:
        return bool(EmailMessage(subject, words, to=[address], headers=headers).send())
    except (OSError, smtplib.SMTPException) as error:
        # Never the address: logs hold no personal data.
        _log.warning("a letter to follower %s could not be sent: %s", follower.pk, type(error).__name__)
        return False
