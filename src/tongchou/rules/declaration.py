"""What a rule file may say. Unknown keys and missing ones are errors, all reported at once with their lines."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from tongchou.kernel.declared import CodeText, Method, Model, Name, Number, Word, Words
from tongchou.rules import keys

# A code is a whole number; JSON writes it as text, where it is a key.
Code = Annotated[int, BeforeValidator(lambda v: int(v) if isinstance(v, str) and v.lstrip("-").isdigit() else v)]


def _per(value: list[str]) -> list[str]:
    if not keys.is_per(value):
        raise ValueError(f"keys of rows ({', '.join(keys.ROWS)}), then one of {', '.join(keys.PERIODS)}")
    return value


def _part(value: list[str]) -> list[str]:
    if not value or value[-1] not in keys.PERIODS:
        raise ValueError(f"some of the rule's own keys, ending in one of {', '.join(keys.PERIODS)}")
    return value


Per = Annotated[list[str], Field(min_length=2), AfterValidator(_per)]
Part = Annotated[list[str], AfterValidator(_part)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]


class Quantity(Model):
    """What every number of a rule has: a unit, a name, and where it helps a note (such as the article it follows)."""

    unit: Word
    label: Words
    note: Words | None = None


class Parameter(Quantity):
    """A number somebody set: its dated values with their papers stand in a parameter file.

    With ``by`` it has a value for each code of that key or coded input. The bounds hold for every value.
    """

    by: Name | None = None
    at_least: Number | None = None
    at_most: Number | None = None


class Input(Quantity):
    """A figure the rule needs.

    ``indicator`` says where a region package holds it (``employment.{industry}`` gathers one for each code of that
    key but those in ``without``), ``groups`` takes the group of the place instead; an input that does not go by place
    is that ``of`` the city, province or country. ``base`` is the population base it must be on, ``lag`` how many years
    earlier, ``when: latest`` takes the latest figure there is. ``per`` names the keys that tell its numbers apart
    where these are not all of the rule's; ``codes`` the categories its whole numbers stand for.
    """

    indicator: Word | None = None
    without: list[Word] = []
    groups: dict[str, Code] | None = None
    of: Literal["city", "province", "country"] = "city"
    base: str = ""
    lag: Annotated[int, Field(ge=0, le=50)] = 0
    when: Literal["period", "latest"] = "period"
    per: Part | None = None
    codes: dict[Code, Words] | None = None
    at_least: Number | None = None
    at_most: Number | None = None


class Closing(Model):
    """Money settled in whole ``unit``: it adds up to ``to`` (a parameter, a name constant in the period, or 0).

    Units left over go to the largest remainders; of equal remainders to the larger amount, then to the lower place
    code, which is what ``ties: larger_then_code`` declares.
    """

    to: Annotated[
        str,
        BeforeValidator(lambda v: "0" if v == 0 else v),
        StringConstraints(pattern=r"^(0|\$?[a-z][a-z0-9_]{0,39})$"),
    ]
    unit: Word
    at_most: bool = False
    exactly: bool = False
    ties: Literal["larger_then_code"] = "larger_then_code"


class Column(Quantity):
    """One step of the calculation; without a formula it comes from the rule's algorithm.

    ``missing`` says what an aggregate does when a place lacks its number. ``per`` and ``codes`` as for an input.
    """

    formula: Word | None = None
    closes: Closing | None = None
    missing: Literal["carry", "leave_out"] = "carry"
    per: Part | None = None
    codes: dict[Code, Words] | None = None


class Promises(Model):
    """What holds whatever the figures are; the catalogue's tests try to break it."""

    never_negative: list[Name] = []
    rises_with: dict[Name, list[Name]] = {}
    falls_with: dict[Name, list[Name]] = {}
    scales_with_money: bool = False


class Side(Model):
    """Who pays or is paid: the ``party`` city (its government), the party that a row's ``key`` names, or a ``fund``."""

    party: Literal["city"] | None = None
    key: Name | None = None
    fund: Words | None = None

    @model_validator(mode="after")
    def _one(self) -> Side:
        if sum(given is not None for given in (self.party, self.key, self.fund)) != 1:
            raise ValueError("one of party, key, fund")
        return self


class Pays(Model):
    """How a rule moves money: the amount in ``column`` goes from payer to payee, a negative one the other way.

    ``kind`` is 一般性 or 专项转移支付; a payment between counties or into a fund is neither.
    """

    column: Name
    payer: Side
    payee: Side
    kind: Literal["general", "special", "other"]
    purpose: Words


class Declaration(Model):
    """One rule as its file declares it; see docs/rules.md."""

    id: RuleId
    title: Words
    system: Annotated[str, StringConstraints(pattern=r"^S\d\d$")]
    clauses: Annotated[list[Word], Field(min_length=1)]
    method: Method
    per: Per
    names: dict[Name, dict[CodeText, Words]] = {}
    inputs: Annotated[dict[Name, Input], Field(min_length=1)]
    parameters: dict[Name, Parameter] = {}
    compute: Annotated[str, StringConstraints(pattern=r"^[a-z_][\w.]*:[a-z_]\w*$")] | None = None
    missing: Literal["carry", "leave_out"] = "carry"
    columns: Annotated[dict[Name, Column], Field(min_length=1)]
    result: Name
    also: list[Name] = []
    says: Words
    caveats: list[Words] = []
    promises: Promises = Promises()
    pays: Pays | None = None

    def quantities(self) -> dict[str, Quantity]:
        """Return every input and column by name, and every parameter under ``$name``."""
        return {**self.inputs, **self.columns, **{f"${name}": item for name, item in self.parameters.items()}}

    def units(self) -> dict[str, str]:
        """Return the unit of every input and column, and of every parameter under ``$name``."""
        return {name: item.unit for name, item in self.quantities().items()}
