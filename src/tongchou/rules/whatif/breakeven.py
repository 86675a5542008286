"""Break-even: the value of one parameter or figure at which a named conclusion flips, every one of them in a range."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite, isnan, log10

import numpy as np
from scipy.optimize import brentq

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules import codes
from tongchou.rules.parameters import Parameters
from tongchou.rules.rule import Rule
from tongchou.rules.stack import evaluate_many
from tongchou.rules.table import Numbers, Table
from tongchou.rules.whatif.conclusions import Answer, Conclusion
from tongchou.rules.whatif.settings import Setting, changed, of_one_period, setting_of

_FAN = 16  # pieces a bracket is cut into at a time
_FINE, _FINEST = 1e-10, 1e-12  # of the range: what division, and what Brent's method, leave of a bracket
_TRIES = 512  # computed at a time
_WAVERS = 1e-6  # of the range


@dataclass(frozen=True, slots=True)
class Flip:
    """The conclusion is ``before`` at ``low`` and ``after`` at ``high``; ``None`` where there is no result."""

    low: float
    high: float
    before: Answer
    after: Answer

    @property
    def value(self) -> float:
        """Where it flips, to within the bracket."""
        return self.low + (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Breakeven:
    """Every flip found from ``low`` to ``high``, in order, and the answer as things are (at ``now``).

    The range was looked at every ``resolution``: two flips nearer to each other than that can escape.
    """

    setting: Setting
    label: Text
    conclusion: Conclusion
    low: float
    high: float
    resolution: float
    now: float
    answer: Answer
    flips: tuple[Flip, ...]

    def words(self) -> tuple[Text, ...]:
        """Return a sentence for each flip, or one that says there is none."""
        if not self.flips:
            return (_NONE.format(name=self.label, low=_plain(self.low), high=_plain(self.high)),)
        return tuple(
            _FLIPS.format(
                name=self.label,
                value=_plain(flip.value),
                before=self.conclusion.words(flip.before),
                after=self.conclusion.words(flip.after),
            )
            for flip in self.flips
        )


def breakeven(
    rule: Rule,
    table: Table,
    parameters: Parameters,
    setting: str,
    low: float,
    high: float,
    conclusion: Conclusion,
    *,
    period: str | None = None,
    points: int = 201,
) -> Breakeven:
    """Return every value of ``setting`` between ``low`` and ``high`` at which ``conclusion`` flips.

    ``setting`` is ``$coverage``, ``$rate.C13`` or ``population.140121``. The range is scanned at ``points`` even
    values; between two that differ, Brent's method finds the root where the conclusion is a number against a limit and
    the result moves without steps; repeated division finds the step where money is settled or the answer is a rank.
    Where rounding to fen lets an answer waver, the flips within a millionth of the range are one.

    Raises :class:`ProblemsError` for what cannot be tried.
    """
    figures = of_one_period(table, period)
    problems: list[Problem] = []
    held = setting_of(rule, figures, parameters, setting, problems)
    if not (isfinite(low) and isfinite(high) and low < high) or points < 2:
        problems.append(codes.BAD_SETTING.at(setting, name=setting, reason=f"{low} … {high}, {points}"))
    problems += conclusion.problems(rule, figures)
    if problems or held is None:
        raise ProblemsError(problems)
    trial = _Trial(rule, figures, parameters, held, conclusion)
    trial.answers(np.array([low, high]))  # bounds are told once, not for every value between
    scan = np.linspace(low, high, points)
    found = _merged(trial.narrowed(_brackets(scan, trial.answers(scan)), high - low), _WAVERS * (high - low))
    now = held.now(figures, parameters)
    answer = None if isnan(now) else trial.answers(np.array([now]))[0]
    resolution = (high - low) / (points - 1)
    return Breakeven(held, held.label(rule), conclusion, low, high, resolution, now, answer, tuple(found))


@dataclass(frozen=True, slots=True)
class _Trial:
    rule: Rule
    table: Table
    parameters: Parameters
    setting: Setting
    conclusion: Conclusion

    def values(self, at: Numbers) -> Numbers:
        """Return the conclusion's column for every value of the setting, shape (values, rows)."""
        sets = [changed(self.table, self.parameters, {self.setting: float(value)}) for value in at]
        name = self.conclusion.column_of(self.rule)
        stack = evaluate_many(self.rule, [t for t, _ in sets], [p for _, p in sets], [name])
        return np.broadcast_to(stack.values[name], (at.size, len(self.table)))

    def answers(self, at: Numbers) -> list[Answer]:
        parts = (at[i : i + _TRIES] for i in range(0, at.size, _TRIES))
        return [answer for part in parts for answer in self.conclusion.answers(self.table, self.values(part))]

    def narrowed(self, waiting: list[Flip], width: float) -> list[Flip]:
        """Return the flips in brackets whose ends differ, each to a bracket as narrow as can be told."""
        found: list[Flip] = []
        if not self._in_steps():
            rooted = [(bracket, self._root(bracket, width)) for bracket in waiting]
            found = [flip for _, flip in rooted if flip is not None]
            waiting = [bracket for bracket, flip in rooted if flip is None]
        while waiting:
            wide = [b for b in waiting if b.high - b.low > _FINE * width]
            found += [b for b in waiting if b.high - b.low <= _FINE * width]
            inner = [np.linspace(b.low, b.high, _FAN + 1)[1:-1] for b in wide]
            answers = self.answers(np.concatenate(inner)) if inner else []
            waiting = []
            for i, bracket in enumerate(wide):
                told = answers[i * (_FAN - 1) : (i + 1) * (_FAN - 1)]
                at = np.concatenate([[bracket.low], inner[i], [bracket.high]])
                waiting += _brackets(at, [bracket.before, *told, bracket.after])
        return sorted(found, key=lambda flip: flip.low)

    def _root(self, within: Flip, width: float) -> Flip | None:
        """Return the flip that Brent's method finds; ``None`` where the answers beside the root do not bear it out."""
        left, right = within.low, within.high
        if not isinstance(within.before, bool) or not isinstance(within.after, bool):
            return None

        def measure(value: float) -> float:
            return self.conclusion.measure(self.table, self.values(np.array([value])))

        ends = measure(left), measure(right)
        if any(isnan(end) for end in ends) or ends[0] * ends[1] > 0:
            return None
        root = float(brentq(measure, left, right, xtol=_FINEST * width))
        a, b = max(left, root - _FINEST * width), min(right, root + _FINEST * width)
        flip = Flip(a, b, within.before, within.after)
        return flip if self.answers(np.array([a, b])) == [flip.before, flip.after] else None

    def _in_steps(self) -> bool:
        """Return whether the column moves in steps: settled money, or built on it."""
        stepped: set[str] = set()
        for step in self.rule.steps:
            if step.closing is not None or step.names & stepped:
                stepped.add(step.name)
        return self.conclusion.column_of(self.rule) in stepped


def _brackets(at: Numbers, answers: list[Answer]) -> list[Flip]:
    """Return the neighbours among ``at`` whose answers differ."""
    pairs = zip(at[:-1].tolist(), at[1:].tolist(), answers[:-1], answers[1:], strict=True)
    return [Flip(*pair) for pair in pairs if pair[2] != pair[3]]


def _merged(flips: list[Flip], near: float) -> list[Flip]:
    """Return the flips with those nearer to each other than ``near`` made one, or none where nothing is changed."""
    found: list[Flip] = []
    for flip in flips:
        if found and flip.low - found[-1].high <= near:
            found[-1] = Flip(found[-1].low, flip.high, found[-1].before, flip.after)
        else:
            found.append(flip)
    return [flip for flip in found if flip.before != flip.after]


def _plain(value: float) -> str:
    """Return six digits of a value: a break-even is read off to use it."""
    size = floor(log10(abs(value))) if value else 0
    text = f"{value:,.{min(12, max(0, 5 - size))}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


_FLIPS = Text(
    "{name}达到 {value} 时结论改变：由“{before}”变为“{after}”",
    "at {value} of {name} the conclusion flips: from “{before}” to “{after}”",
)
_NONE = Text(
    "{name}从 {low} 到 {high}，结论不变",
    "from {low} to {high} of {name} the conclusion does not flip",
)
