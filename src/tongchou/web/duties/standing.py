"""How commitments stand on a day: the three statuses and the lamp of each, read for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import F, Max, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from tongchou.kernel.text import Text
from tongchou.policy.labels import ROLES
from tongchou.policy.model import Role
from tongchou.web.duties.lamps import Calendar, Facts, Lamp, Shown, calendar, lamp, shown, silence
from tongchou.web.duties.models import Commitment, Duty, EvidenceEvent, Overlay, ProgressReport
from tongchou.web.duties.parameters import lamp_parameters
from tongchou.web.duties.words import Answer, EvidenceKind, EvidenceState, OverlayState, ReportState, Said
from tongchou.web.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Word:
    """A unit's latest approved word about a commitment."""

    said: Said
    words: str
    on: date
    is_illustrative: bool
    is_entered: bool  # by the coordinator, for a unit without an account


class Bearer(NamedTuple):
    """A party responsible for a commitment; thousands of them are read for one page, so they are no model objects."""

    name: str
    role: str
    group: str
    organisation: Organisation | None

    @property
    def organisation_id(self) -> str | None:
        """The id of its organisation, ``None`` where the region does not know the name."""
        return self.organisation.pk if self.organisation else None

    @property
    def role_label(self) -> Text:
        """The word for the role printed."""
        return ROLES[Role(self.role)]


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment on a day. ``by_unit`` are the latest approved words, by organisation."""

    commitment: Commitment
    duties: tuple[Bearer, ...]
    overlays: tuple[Overlay, ...]  # the signed ones
    by_unit: Mapping[str, Word]
    facts: Facts
    lamp: Lamp
    calendar: Calendar
    evidence: Shown
    silence: int
    is_illustrative: bool
    shown_by_unit: Mapping[str, date]  # the latest day of accepted evidence, by organisation
    considered: tuple[Word, ...]  # the words that it stands by: all units', or one's

    @property
    def since(self) -> date:
        """From when silence counts where there was no word."""
        return self.facts.since

    @property
    def said(self) -> Said | None:
        """What the unit says."""
        return self.facts.said

    @property
    def leads(self) -> tuple[str, ...]:
        """Names of the leads: those printed, else the signed answer."""
        printed = tuple(d.name for d in self.duties if d.role == Role.LEAD)
        return printed or tuple(o.said.zh for o in self.overlays if o.kind == Answer.LEAD)

    @property
    def is_entered(self) -> bool:
        """Whether what the units say rests on a word the coordinator entered for one of them."""
        return any(word.is_entered for word in self.considered)

    @property
    def lead_is_signed(self) -> bool:
        """Whether the lead is an answer and not printed."""
        return all(d.role != Role.LEAD for d in self.duties)

    @property
    def due_is_signed(self) -> bool:
        """Whether the date is an answer and not printed."""
        return any(o.kind == Answer.DATE for o in self.overlays)


def facts_of_unit(row: Standing, organisation: str) -> Facts:
    """Return a commitment's facts by one unit's words and evidence alone; what is accepted stands for all."""
    word = row.by_unit.get(organisation)
    heard = [day for day in (row.shown_by_unit.get(organisation), word.on if word else None) if day]
    return Facts(row.facts.due, word.said if word else None, row.facts.accepted, max(heard, default=None), row.since)


@dataclass(slots=True)
class _Held:
    units: Mapping[str, Organisation] = field(default_factory=dict)
    duties: dict[int, list[Bearer]] = field(default_factory=dict)
    overlays: dict[int, list[Overlay]] = field(default_factory=dict)
    words: dict[int, dict[str, Word]] = field(default_factory=dict)
    accepted: dict[int, set[EvidenceKind]] = field(default_factory=dict)
    shown: dict[int, dict[str, date]] = field(default_factory=dict)
    illustrative: set[int] = field(default_factory=set)


def standings(
    commitments: Sequence[Commitment], on: date, organisation: str = "", answers: Iterable[Overlay] | None = None
) -> list[Standing]:
    """Return how commitments stand on a day, in five queries; with ``organisation`` by that unit's words alone.

    ``answers`` are the overlays of these commitments where they have been read already.
    """
    return _stand(commitments, _read(commitments, on, answers), on, organisation)


@dataclass(frozen=True, slots=True)
class Known:
    """All commitments of a document with what was known of them on a day; shared between requests, never changed.

    ``stamp`` says what had happened by then.
    """

    stamp: str
    commitments: Mapping[int, Commitment]
    _held: _Held
    on: date
    together: Mapping[int, Standing]  # by the words of all units
    _by_unit: dict[tuple[str, int], Standing] = field(default_factory=dict)  # by one unit's, as they are asked for

    @classmethod
    def read(cls, stamp: str, commitments: Iterable[Commitment], on: date) -> Known:
        """Read it, in six queries."""
        keyed = {c.pk: c for c in commitments}
        held = _read(list(keyed.values()), on, None)
        stand = _stand(keyed.values(), held, on, "")
        return cls(stamp, keyed, held, on, {s.commitment.pk: s for s in stand})

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        """All organisations there are, by id, whether or not they bear anything."""
        return self._held.units

    @property
    def units(self) -> list[Organisation]:
        """The units that bear any of them, in the region's order."""
        found = {d.organisation.pk: d.organisation for s in self.together.values() for d in s.duties if d.organisation}
        return sorted(found.values(), key=lambda o: (o.order, o.pk))

    def standings(self, keys: Iterable[int], organisation: str = "") -> list[Standing]:
        """Return how these commitments stand, in this order; with ``organisation`` by that unit's words alone.

        One that has been read from the document only since is left out.
        """
        if not organisation:
            return [self.together[k] for k in keys if k in self.together]
        wanted = [k for k in keys if k in self.commitments]
        new = [self.commitments[k] for k in wanted if (organisation, k) not in self._by_unit]
        for one in _stand(new, self._held, self.on, organisation) if new else ():
            self._by_unit[organisation, one.commitment.pk] = one
        return [self._by_unit[organisation, k] for k in wanted]


def _stand(commitments: Iterable[Commitment], held: _Held, on: date, organisation: str) -> list[Standing]:
    parameters = lamp_parameters(on)
    result = []
    for one in commitments:
        duties = tuple(held.duties.get(one.pk, ()))
        overlays = tuple(held.overlays.get(one.pk, ()))
        words = held.words.get(one.pk, {})
        accepted, evidenced = held.accepted.get(one.pk, set()), held.shown.get(one.pk, {})
        considered = {k: v for k, v in words.items() if k == organisation} if organisation else words
        signed = next((o.date for o in overlays if o.kind == Answer.DATE), None)
        shown_days = [day for unit, day in evidenced.items() if organisation in ("", unit)]
        heard = [w.on for w in considered.values()] + shown_days
        decided = timezone.localdate(one.decided_at) if one.decided_at else on
        facts = Facts(
            due=signed or one.printed_by,
            said=said_together(considered, duties, overlays, organisation),
            accepted=frozenset(accepted),
            last_word=max(heard, default=None),
            since=decided,
        )
        result.append(
            Standing(
                commitment=one,
                duties=duties,
                overlays=overlays,
                by_unit=words,
                facts=facts,
                lamp=lamp(facts, on, parameters),
                calendar=calendar(facts, on, parameters),
                evidence=shown(facts.accepted),
                silence=silence(facts, on),
                is_illustrative=one.pk in held.illustrative or any(w.is_illustrative for w in considered.values()),
                shown_by_unit=evidenced,
                considered=tuple(considered.values()),
            )
        )
    return result


def said_together(
    words: Mapping[str, Word], duties: Iterable[Bearer], overlays: Iterable[Overlay], organisation: str = ""
) -> Said | None:
    """Return what the units say together.

    Where there is a lead, its word. Else: blocked where one is; done where all who bear the duty say so; under way
    where any is or part of them are done; else not started. ``None`` where nobody said anything.
    """
    if organisation:
        return words[organisation].said if organisation in words else None
    duties = list(duties)
    leads = {d.organisation_id for d in duties if d.role == Role.LEAD} or {
        o.organisation_id for o in overlays if o.kind == Answer.LEAD
    }
    of_leads = {word.said for unit, word in words.items() if unit in leads}
    all_said = of_leads or {word.said for word in words.values()}
    if not all_said:
        return None
    if Said.BLOCKED in all_said:
        return Said.BLOCKED
    bearers = {d.organisation_id for d in duties if d.organisation_id}
    if all_said == {Said.DONE} and (of_leads or bearers <= set(words)):
        return Said.DONE
    return Said.NOT_STARTED if all_said == {Said.NOT_STARTED} else Said.UNDER_WAY


def _read(commitments: Sequence[Commitment], on: date, answers: Iterable[Overlay] | None) -> _Held:
    held = _Held()
    keys = [c.pk for c in commitments]
    units = held.units = Organisation.objects.in_bulk()
    borne = Duty.objects.filter(commitment__in=keys).order_by("order", "pk")
    same: dict[tuple[str | None, ...], Bearer] = {}  # the commitments of a clause have the same bearers
    for key, *words, unit in borne.values_list("commitment_id", "name", "role", "group", "organisation_id"):
        named = (*words, unit)
        bearer = same.get(named)
        if bearer is None:
            bearer = same[named] = Bearer(words[0], words[1], words[2], units.get(unit or ""))
        held.duties.setdefault(key, []).append(bearer)
    if answers is None:
        answers = Overlay.objects.filter(commitment__in=keys, state=OverlayState.ACTIVE).select_related("organisation")
    for overlay in answers:
        if overlay.state != OverlayState.ACTIVE or overlay.holds_from is None or overlay.holds_from > on:
            continue
        held.overlays.setdefault(overlay.commitment_id, []).append(overlay)
        if overlay.is_illustrative and overlay.kind in (Answer.DATE, Answer.LEAD):
            held.illustrative.add(overlay.commitment_id)
    # The newest word of every unit about every commitment, whatever number there are of older ones.
    newest = Window(
        RowNumber(), partition_by=[F("commitment"), F("organisation")], order_by=[F("said_on").desc(), F("pk").desc()]
    )
    reports = (
        ProgressReport.objects.filter(commitment__in=keys, state=ReportState.APPROVED, said_on__lte=on)
        .annotate(rank=newest)
        .filter(rank=1)
        .values_list("commitment_id", "organisation_id", "status", "words", "said_on", "is_illustrative", "origin")
    )
    for commitment, unit, status, told, said_on, illustrative, origin in reports:
        word = Word(Said(status), told, said_on, illustrative, bool(origin))
        held.words.setdefault(commitment, {})[unit] = word
    events = (
        EvidenceEvent.objects.filter(commitment__in=keys, state=EvidenceState.ACCEPTED, happened_on__lte=on)
        .order_by()
        .values_list("commitment_id", "kind", "organisation_id", "is_illustrative")
        .annotate(Max("happened_on"))
    )
    for commitment, kind, unit, illustrative, day in events:
        held.accepted.setdefault(commitment, set()).add(EvidenceKind(kind))
        days = held.shown.setdefault(commitment, {})
        days[unit] = max(day, days.get(unit, day))
        if illustrative:
            held.illustrative.add(commitment)
    return held
