"""What can be found of runs: by title, purpose or rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tongchou.kernel.text import Text
from tongchou.web.finding import Hit, has_all
from tongchou.web.runs.listing import standing
from tongchou.web.runs.pages import address, periods_words, titles
from tongchou.web.runs.queries import visible

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_RUN = Text("测算", "Run")
_LATEST = 1000


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return the runs that the person may see and that hold the words, the latest first."""
    called = titles(settings.REGION)
    found = []
    for run in visible(user)[:_LATEST]:
        rule = called.get(run.rule, Text(run.rule, run.rule))
        if not has_all(words, run.title, run.purpose, run.rule, rule.zh, rule.en):
            continue
        periods, marked = periods_words(run), standing(run)
        around = Text(
            f"{rule.zh} {periods.zh} {run.state_words.zh} {marked.zh}".strip(),
            f"{rule.en} {periods.en} {run.state_words.en} {marked.en}".strip(),
        )
        found.append(Hit(_RUN, Text(run.title, run.title), around, address(run)))
        if len(found) == most:
            break
    return found
