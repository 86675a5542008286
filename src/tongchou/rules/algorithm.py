"""Rules that are not columns: a Python function, plain arrays in and out, whose arguments are the declared names."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules import codes
from tongchou.rules.declaration import Declaration

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

#: Only functions under these packages are ever called, whatever a rule file or a run record names.
TRUSTED = ("tongchou.systems.",)
_NOTE = "note"


class Withheld(Exception):  # noqa: N818 - not an error: an honest answer
    """Raised by an algorithm that will not give a result, with the reason."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True)
class Note:
    """A step an algorithm recorded: a number, or one for each row in order of place code, and what it is."""

    period: str
    name: str
    value: float | tuple[float, ...]
    words: Text


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A checked function, imported when it is first called.

    ``takes`` are the inputs and parameters it is given, ``keys`` the row keys it asks for, ``columns`` what it returns.
    """

    name: str
    takes: frozenset[str]
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    takes_note: bool

    def call(
        self, period: str, arguments: Mapping[str, Any], keys: Mapping[str, Sequence[str]], rows: int
    ) -> tuple[dict[str, Numbers], list[Note]]:
        """Return every column as an array of ``rows`` numbers, and the steps recorded; raise what the function raises.

        A scalar stands for all rows. Raises :class:`ProblemsError` when what comes back is not one number a row.
        """
        import numpy as np  # here, for a catalogue is loaded without it

        notes: list[Note] = []

        def note(name: str, value: Any, words: Text) -> None:
            held = np.asarray(value, dtype=np.float64)
            notes.append(Note(period, name, float(held) if held.ndim == 0 else tuple(held.ravel().tolist()), words))

        extra: dict[str, Any] = {key: list(keys[key]) for key in self.keys}
        if self.takes_note:
            extra[_NOTE] = note
        try:
            found = _function(self.name)(**arguments, **extra)
        except (ValueError, ArithmeticError) as error:  # NumPy's and SciPy's errors of figures they cannot take
            reason = f"{type(error).__name__}: {error}"
            raise ProblemsError([codes.RETURNED.at(f"{self.name} {period}", name=self.name, reason=reason)]) from error
        if set(found) != set(self.columns):
            reason = f"{sorted(found)} ≠ {sorted(self.columns)}"
            raise ProblemsError([codes.RETURNED.at(self.name, name=self.name, reason=reason)])
        result = {}
        for name in self.columns:
            values = np.asarray(found[name], dtype=np.float64)
            if values.ndim == 0:
                values = np.full(rows, float(values))
            if values.shape != (rows,):
                reason = f"{name}: {values.shape} ≠ ({rows},)"
                raise ProblemsError([codes.RETURNED.at(self.name, name=self.name, reason=reason)])
            result[name] = np.where(np.isfinite(values), values, np.nan)
        return result, notes


def _function(name: str) -> Callable[..., Mapping[str, Any]]:
    """Return the function of ``package.module:function``; raise ``ImportError`` or ``AttributeError``."""
    module, _, attribute = name.partition(":")
    if not f"{module}.".startswith(TRUSTED):
        raise ImportError(f"{name} is not under {' or '.join(TRUSTED)}")
    found: Callable[..., Mapping[str, Any]] = getattr(importlib.import_module(module), attribute)
    return found


def _arguments(name: str) -> set[str]:
    """Return the names of a function's arguments: read from its source, for importing it may bring in half of SciPy.

    What is no plain function at the top of its module is imported. Raises as :func:`_function`.
    """
    module, _, attribute = name.partition(":")
    if module not in sys.modules:
        spec = importlib.util.find_spec(module)
        if spec is not None and spec.origin is not None and attribute in (plain := _plain(Path(spec.origin))):
            return set(plain[attribute])
    return set(inspect.signature(_function(name)).parameters)


@lru_cache(maxsize=64)
def _plain(path: Path) -> dict[str, frozenset[str]]:
    """Return the arguments of every plain function (undecorated, every argument named) at the top of a module."""
    found = {}
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            held = node.args
            if held.vararg is None and held.kwarg is None and not held.posonlyargs:
                found[node.name] = frozenset(arg.arg for arg in (*held.args, *held.kwonlyargs))
    return found


@dataclass(slots=True)
class Computed:
    """What an algorithm gave for a whole table, rows in the table's order."""

    values: dict[str, Numbers]
    notes: list[Note] = field(default_factory=list)
    withheld: dict[str, Text] = field(default_factory=dict)


def find(declared: Declaration, formulas: Collection[str], where: str, problems: list[Problem]) -> Algorithm | None:
    """Return the function a rule names; problems are added when there is none or its arguments are not the names.

    Inputs and (``$``) parameters that the ``formulas`` mention need not be its arguments too.
    """
    name = str(declared.compute)
    example = "tongchou.systems.goals.rules:dagum"
    if not name.replace(":", ".").startswith(TRUSTED):
        reason = Text("不在 tongchou.systems 之内", "it is not under tongchou.systems")
        problems.append(codes.NO_ALGORITHM.at(where, name=name, reason=reason, example=example))
        return None
    try:
        taken = _arguments(name)
    except (ImportError, AttributeError, SyntaxError) as error:
        problems.append(codes.NO_ALGORITHM.at(where, name=name, reason=str(error), example=example))
        return None
    wanted = {*declared.inputs, *declared.parameters}
    optional = {*declared.per[:-1], _NOTE}
    free = {name.removeprefix("$") for name in formulas}
    extra, lacking = sorted(taken - wanted - optional), sorted(wanted - taken - free)
    if extra or lacking:
        shown = {"extra": "、".join(extra) or "—", "lacking": "、".join(lacking) or "—"}
        problems.append(codes.ARGUMENTS.at(where, name=name, **shown))
        return None
    columns = tuple(n for n, column in declared.columns.items() if column.formula is None)
    keys = tuple(key for key in declared.per[:-1] if key in taken)
    return Algorithm(name, frozenset(taken & wanted), columns, keys, _NOTE in taken)
