"""What can be found of documents: their titles, their clauses word by word, and what was promised in them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.finding import Hit, around, has_all
from tongchou.web.ledger.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_DOCUMENT = Text("文件", "Document")
_CLAUSE = Text("条款", "Clause")
_COMMITMENT = Text("条文中的承诺", "Promise in the text")
# The text of the newest documents is searched; of older ones the titles, which the database finds by itself.
_READ = 5


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return documents by title, then commitments and clauses that say all of the words."""
    seen = Document.objects.seen_by(user)
    titled = seen.defer("contract")
    for word in words.split():
        titled = titled.filter(title__icontains=word)
    hits = [
        Hit(_DOCUMENT, Text(d.title, d.title), Text(d.number, d.number), f"{reverse('policy')}?document={d.pk}")
        for d in titled[:most]
    ]
    inside: list[Hit] = []
    for document in seen[:_READ]:
        inside += _in(document, words)
    return hits + inside[: most * 2]


def _in(document: Document, words: str) -> list[Hit]:
    address = f"{reverse('policy')}?{urlencode({'document': document.pk})}"
    promised, clauses = [], []
    for clause in document.policy.clauses:
        found = [m for m in clause.commitments if has_all(words, m.text)]
        for m in found:
            place = Text(f"{m.id} · {clause.heading or document.title}", f"{m.id} · {clause.heading or document.title}")
            promised.append(Hit(_COMMITMENT, Text(m.text, m.text), place, f"{address}#at-c{m.id}"))
        # A clause above others has no words of its own but a heading.
        if not found and has_all(words, clause.id, clause.heading, clause.text):
            title = f"{clause.id} {clause.heading}".strip()
            said = around(words, clause.text)
            clauses.append(Hit(_CLAUSE, Text(title, title), Text(said, said), f"{address}#clause-{clause.id}"))
    return clauses + promised
