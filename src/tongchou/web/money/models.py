"""Accounts, entries and their lines.

A line has a payer, a payee and an amount above zero: what one account loses another gains in the same row, so that no
row can put the ledger out of balance.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tongchou.kernel.text import Text
from tongchou.web.people.models import Organisation
from tongchou.web.runs.models import Run


class Account(models.Model):
    """Whose money: an organisation's, or that of a fund the rules name."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, null=True, related_name="account")
    fund = models.CharField(max_length=120, null=True, unique=True)
    fund_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, fund__isnull=True)
                | (Q(organisation__isnull=True, fund__isnull=False) & ~Q(fund="")),
                name="account_of_one",
            ),
        )

    def __str__(self) -> str:
        return self.title.zh

    @property
    def title(self) -> Text:
        """The name of its owner."""
        if self.organisation is not None:
            return self.organisation.title
        return Text(self.fund or "", self.fund_en or self.fund or "")


class Kind(models.TextChoices):
    """Why an entry was made."""

    PAYMENT = "payment", "拨付"
    SUPPLEMENT = "supplement", "补充结算"
    REVERSAL = "reversal", "冲销"

    @property
    def words(self) -> Text:
        """The word for it."""
        return _KINDS[self]


_KINDS = {
    Kind.PAYMENT: Text("拨付", "payment"),
    Kind.SUPPLEMENT: Text("补充结算", "supplement"),
    Kind.REVERSAL: Text("冲销", "reversal"),
}


class Transfer(models.TextChoices):
    """The type of a transfer (S21)."""

    GENERAL = "general", "一般性转移支付"
    SPECIAL = "special", "专项转移支付"
    OTHER = "other", "其他往来"

    @property
    def words(self) -> Text:
        """The word for it."""
        return _TRANSFERS[self]


_TRANSFERS = {
    Transfer.GENERAL: Text("一般性转移支付", "general transfer"),
    Transfer.SPECIAL: Text("专项转移支付", "special transfer"),
    Transfer.OTHER: Text("其他往来", "other payment"),
}


class Entry(models.Model):
    """What one run ordered for one period, the difference a later run made, or the reversal of an entry.

    Never deleted; only ``is_open`` changes, when it is reversed. ``fen`` is the sum of its lines.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices)
    run = models.ForeignKey(Run, models.PROTECT, related_name="entries")
    rule = models.CharField(max_length=80)
    period = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    clauses = models.CharField(max_length=120)
    column = models.CharField(max_length=40)
    transfer = models.CharField(max_length=10, choices=Transfer.choices)
    purpose = models.CharField(max_length=200)
    purpose_en = models.CharField(max_length=300)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    reason = models.CharField(max_length=500, blank=True)
    is_illustrative = models.BooleanField(default=False)
    acknowledgement = models.CharField(max_length=500, blank=True)
    is_open = models.BooleanField(default=True)
    fen = models.BigIntegerField()
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ("-posted_at", "-pk")
        indexes = (models.Index(fields=("rule", "period"), name="entry_rule"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values) & Q(transfer__in=Transfer.values), name="entry_kinds_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind="reversal", reverses__isnull=False) & ~Q(reason=""))
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="entry_reversal_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="supplement") | Q(corrects__isnull=False), name="entry_supplement_corrects"
            ),
            models.CheckConstraint(
                condition=Q(is_illustrative=False) | ~Q(acknowledgement=""), name="entry_illustrative_acknowledged"
            ),
            models.CheckConstraint(condition=Q(fen__gte=0), name="entry_sum_not_negative"),
            models.UniqueConstraint(
                fields=("run", "period"),
                condition=Q(is_open=True) & ~Q(kind="reversal"),
                name="entry_posted_once",
            ),
            models.UniqueConstraint(
                fields=("rule", "period", "is_illustrative"),
                condition=Q(is_open=True, kind="payment"),
                name="entry_paid_once",
            ),
            models.UniqueConstraint(
                fields=("corrects",), condition=Q(is_open=True, kind="supplement"), name="entry_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.rule} {self.period}"

    @property
    def clause_list(self) -> list[str]:
        """The clauses the payment serves, one by one."""
        return self.clauses.split("、")

    @property
    def number(self) -> str:
        """The number of the voucher."""
        return f"{self.posted_at:%Y}-{self.pk:06d}"

    @property
    def kind_words(self) -> Text:
        """The word for its kind."""
        return Kind(self.kind).words

    @property
    def transfer_words(self) -> Text:
        """The word for the type of transfer."""
        return Transfer(self.transfer).words

    @property
    def purpose_words(self) -> Text:
        """What it is for."""
        return Text(self.purpose, self.purpose_en)


class Line(models.Model):
    """One movement: ``fen`` from payer to payee, for the row ``place`` of the run."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    payer = models.ForeignKey(Account, models.PROTECT, related_name="paid")
    payee = models.ForeignKey(Account, models.PROTECT, related_name="received")
    fen = models.BigIntegerField()
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("entry", "number")
        constraints = (
            models.CheckConstraint(condition=Q(fen__gt=0), name="line_moves_something"),
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="line_between_two"),
            models.UniqueConstraint(fields=("entry", "number"), name="line_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.payer_id}→{self.payee_id} {self.fen}"


class Confirmation(models.Model):
    """An organisation's word on its statement of a year as it stood: received as stated, or not."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="confirmations")
    year = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)  # of the statement's lines
    income = models.BigIntegerField()
    outgo = models.BigIntegerField()
    agrees = models.BooleanField()
    words = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "year", "digest"), name="statement_confirmed_once"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(words=""), name="statement_contested_with_words"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"
