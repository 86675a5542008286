"""A policy as Akoma Ntoso 3.0 (OASIS LegalDocML), so that other systems can address its clauses.

A government's opinions are not an act: the root is ``<doc name="opinions">``. A clause printed as 第X编, 第X章, 第X节
or 第X条 is a part, chapter, section or article, any other a level; its ``eId`` follows the OASIS naming convention
(``level_2__level_8``, ``chp_2__art_5``). Duties name their parties, dated deadlines and quantities are marked, and so
are words the reader doubts (``<inline name="doubtful">``); what
stands before the first clause is the preamble. Left out are the interpretation published beside the document, and what
follows the last clause except issuer and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lxml import etree

from tongchou import __version__
from tongchou.policy.model import Clause, Policy
from tongchou.policy.numbering import number_at
from tongchou.policy.spans import Span
from tongchou.surfaces.doubts import Doubts

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSAFE = re.compile(r"[^0-9a-z]+")
_PREFIXES = {"part": "part", "chapter": "chp", "section": "sec", "article": "art"}  # of ids, by element


def akoma_ntoso(policy: Policy) -> bytes:
    """Return the document, UTF-8. Control characters that XML cannot hold are left out."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the stubs forget the default namespace
    doc = _add(root, "doc", name="opinions")
    parties = _parties(policy)
    _meta(doc, policy, parties)
    preface = _add(doc, "preface")
    title = _add(_add(preface, "p"), "docTitle")
    title.text = _clean(policy.title)
    if policy.number:
        _add(_add(preface, "p"), "docNumber").text = _clean(policy.number)
    _preamble(doc, policy)
    body = _add(doc, "mainBody")
    if not policy.clauses:
        for words in _lines(policy.text):
            _add(body, "p").text = words
    parents = {c.parent for c in policy.clauses}
    opened: dict[str, etree._Element] = {}
    ids: dict[str, str] = {}
    taken: set[str] = set()
    doubts = Doubts(policy)
    for clause in policy.clauses:
        parent = opened.get(clause.parent or "")
        kind = _kind(clause)
        ids[clause.id] = _eid(clause, kind, ids, taken)
        element = _add(parent if parent is not None else body, kind, eId=ids[clause.id])
        opened[clause.id] = element
        if clause.number:
            _add(element, "num").text = _clean(clause.number)
        if clause.heading:
            _words(_add(element, "heading"), policy.text, clause.heading_span, _doubted(doubts, clause.heading_span))
        tag = "intro" if clause.id in parents else "content"
        if clause.text or tag == "content":
            holder = _add(element, tag, eId=f"{ids[clause.id]}__{tag}")
            inlines = [*_inlines(clause, parties), *_doubted(doubts, clause.text_span)]
            _words(_add(holder, "p"), policy.text, clause.text_span, inlines)
    if policy.issuer or policy.issued:
        conclusions = _add(doc, "conclusions")
        line = _add(conclusions, "p")
        if policy.issuer:
            who = _add(line, "organization", refersTo=f"#{parties[policy.issuer]}")
            who.text = _clean(policy.issuer)
        if policy.issued:
            when = _add(line, "docDate", date=policy.issued.isoformat())
            when.text = f"{policy.issued.year}年{policy.issued.month}月{policy.issued.day}日"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)


def _meta(doc: etree._Element, policy: Policy, parties: dict[str, str]) -> None:
    meta = _add(doc, "meta")
    identification = _add(meta, "identification", source="#tongchou")
    issued = (policy.issued or date(1, 1, 1)).isoformat()
    code = policy.source.sha256[:12]
    work = f"/akn/cn/doc/{issued}/{code}"
    for name, uri, day in (
        ("FRBRWork", work, issued),
        ("FRBRExpression", f"{work}/zho@", issued),
        ("FRBRManifestation", f"{work}/zho@.xml", issued),
    ):
        level = _add(identification, name)
        _add(level, "FRBRthis", value=f"{uri}/!main" if name != "FRBRManifestation" else f"{work}/zho@/!main.xml")
        _add(level, "FRBRuri", value=uri)
        # The schema asks for a date where the document has none.
        _add(level, "FRBRdate", date=day, name="issued" if policy.issued else "unknown")
        author = parties[policy.issuer] if policy.issuer else "tongchou"
        _add(level, "FRBRauthor", href=f"#{author}")
        if name == "FRBRWork":
            _add(level, "FRBRcountry", value="cn")
            if policy.number:
                _add(level, "FRBRnumber", value=_clean(policy.number))
        elif name == "FRBRExpression":
            _add(level, "FRBRlanguage", language="zho")
        else:
            _add(level, "FRBRformat", value="application/akn+xml")
    references = _add(meta, "references", source="#tongchou")
    _add(
        references,
        "TLCOrganization",
        eId="tongchou",
        href="/ontology/organization/tongchou",
        showAs=f"Tongchou {__version__}",
    )
    _add(references, "TLCConcept", eId="quantity", href="/ontology/concept/quantity", showAs="量化指标")
    for name, id_ in parties.items():
        _add(references, "TLCOrganization", eId=id_, href=f"/ontology/organization/cn/{id_}", showAs=_clean(name))


def _parties(policy: Policy) -> dict[str, str]:
    """Return an id for every party named, in the order of first naming; the region's own id where there is one."""
    found: dict[str, str] = {}
    taken = {"tongchou", "quantity"}
    named = [(p.name, p.party) for _, duty in policy.duties for p in duty.parties]
    for name, known in ([(policy.issuer, None)] if policy.issuer else []) + named:
        if name not in found:
            id_ = f"party-{known}" if known else f"party-{len(found) + 1}"
            found[name] = id_ if id_ not in taken else f"{id_}-{len(found) + 1}"
            taken.add(found[name])
    return found


def _preamble(doc: etree._Element, policy: Policy) -> None:
    """Write what stands between the title and the first clause: why it was issued, and to whom."""
    if not policy.clauses:
        return
    lines = _lines(policy.text[: min(c.span.start for c in policy.clauses)])
    if lines and lines[0] == _clean(policy.title):
        lines = lines[1:]
    if lines:
        preamble = _add(doc, "preamble")
        for line in lines:
            _add(preamble, "p").text = line


def _lines(text: str) -> list[str]:
    return [line for line in _clean(text).split("\n") if line.strip()]


def _kind(clause: Clause) -> str:
    """Return the element of a clause by the unit its number is printed with."""
    number = number_at(clause.number, 0, len(clause.number))
    return number.style if number is not None and number.style in _PREFIXES else "level"


def _eid(clause: Clause, kind: str, ids: dict[str, str], taken: set[str]) -> str:
    """Return the id: the parent's, and the element's prefix with the clause's number in its parent."""
    parent = ids.get(clause.parent or "")
    own = clause.id.removeprefix(f"{clause.parent}.") if parent else clause.id
    eid = f"{_PREFIXES.get(kind, kind)}_{_UNSAFE.sub('-', own.lower()).strip('-') or 'x'}"
    eid = first = f"{parent}__{eid}" if parent else eid
    again = 1
    while eid in taken:
        again += 1
        eid = f"{first}-{again}"
    taken.add(eid)
    return eid


@dataclass(frozen=True, slots=True)
class _Inline:
    span: Span
    tag: str
    attributes: dict[str, str]


def _inlines(clause: Clause, parties: dict[str, str]) -> Iterable[_Inline]:
    if clause.duty:
        for party in clause.duty.parties:
            yield _Inline(party.span, "organization", {"refersTo": f"#{parties[party.name]}"})
    for commitment in clause.commitments:
        if commitment.deadline and commitment.deadline.by:
            yield _Inline(commitment.deadline.span, "date", {"date": commitment.deadline.by.isoformat()})
        for quantity in commitment.quantities:
            yield _Inline(
                quantity.span,
                "quantity",
                {"refersTo": "#quantity", "normalized": f"{quantity.value:g} {quantity.unit}".strip()},
            )


def _doubted(doubts: Doubts, span: Span) -> Iterable[_Inline]:
    """Mark what the reader proposes to change and has not changed."""
    for repair in doubts.within(span):
        said = f"疑作“{repair.after}”，待核定" if repair.after else "疑为衍文，待核定"
        yield _Inline(repair.span, "inline", {"name": "doubtful", "title": _clean(said)})


def _words(p: etree._Element, text: str, span: Span, inlines: Iterable[_Inline]) -> None:
    """Write the characters of ``text`` at ``span`` with their inline elements; of two that overlap the first stays."""
    start, end = span
    at = start
    last: etree._Element | None = None

    def say(words: str) -> None:
        words = _clean(words)
        if last is None:
            p.text = (p.text or "") + words
        else:
            last.tail = (last.tail or "") + words

    for inline in sorted(inlines, key=lambda i: i.span):
        if inline.span.start < at or inline.span.end > end or inline.span.start >= inline.span.end:
            continue
        say(text[at : inline.span.start])
        last = _add(p, inline.tag, **inline.attributes)
        last.text = _clean(text[inline.span.start : inline.span.end])
        at = inline.span.end
    say(text[at:end])


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
