"""How well pushed-in characters are found: known ones put into clean texts, with one copy of the text and with two.

The texts in ``repair_texts`` are our own; the reader's vocabulary was not made from them. Characters are drawn from the
3,755 of GB 2312 level 1, two to five at a place, one place in about 250 characters.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.model import RepairKind
from tongchou.policy.pipeline import Draft, repairs, run
from tongchou.policy.repairing.language import lexicon
from tongchou.policy.stages.text import TEXT_STAGES

Spoiled = tuple[str, list[tuple[int, str]]]  # a text, and what was put in where
TRIALS = 25  # a text
_LEVEL_1 = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low)).decode(
    "gb2312", "ignore"
)


@dataclass
class Score:
    """What was put in, and what the reader said."""

    name: str
    characters: int = 0
    put_in: int = 0
    found: int = 0  # exactly the characters put in
    touched: int = 0  # a proposal that overlaps them
    wrong: int = 0  # repairs or proposals that touch nothing put in

    def line(self) -> str:
        recall = (
            f"{self.found / self.put_in:7.1%} {self.touched / self.put_in:9.1%}"
            if self.put_in
            else f"{'–':>7} {'–':>9}"
        )
        said = self.touched + self.wrong
        precision = f"{self.touched / said:9.1%}" if said else f"{'–':>9}"
        per = 10_000 * self.wrong / max(1, self.characters)
        return f"{self.name:<58} {self.characters:>8} {self.put_in:>6} {recall} {precision} {per:>8.2f}"


HEADER = f"{'':<58} {'chars':>8} {'places':>6} {'exact':>7} {'touched':>9} {'precision':>9} {'wrong/10k':>8}"


def texts() -> dict[str, str]:
    """Return the clean texts by name."""
    return {
        p.stem: p.read_text("utf-8").strip() for p in sorted((Path(__file__).parent / "repair_texts").glob("*.txt"))
    }


def spoil(text: str, rng: random.Random, inside: bool | None = None) -> tuple[str, list[tuple[int, str]]]:
    """Return ``text`` with characters pushed in behind Chinese characters, and where (offsets of the result).

    ``inside`` asks for places inside words (true) or between them (false), as far as the lexicon tells.
    """
    places = [i for i in range(60, len(text) - 40) if "\u4e00" <= text[i - 1] <= "\u9fff" and text[i] != "\n"]
    if inside is not None:
        across = lexicon().across
        places = [i for i in places if bool(across(text[i - 6 : i], text[i : i + 6])) is inside]
    chosen: list[int] = []
    for i in sorted(rng.sample(places, max(1, len(text) // 250))):
        if not chosen or i - chosen[-1] > 12:
            chosen.append(i)
    parts, put_in, at, length = [], [], 0, 0
    for i in chosen:
        junk = "".join(rng.choice(_LEVEL_1) for _ in range(rng.randint(2, 5)))
        parts += [text[at:i], junk]
        put_in.append((length + i - at, junk))
        length += i - at + len(junk)
        at = i
    return "".join([*parts, text[at:]]), put_in


def _said(text: str, applied: bool) -> list[tuple[int, str]]:
    draft = run(Draft("text.txt", text.encode(), Places(()), Parties(())), TEXT_STAGES)
    kinds = (RepairKind.INSERTED, RepairKind.VARIANT)
    return [(r.source_span.start, r.before) for r in repairs(draft) if r.kind in kinds and r.applied is applied]


def _mark(score: Score, said: list[tuple[int, str]], put_in: list[tuple[int, str]]) -> None:
    def meets(a: tuple[int, str], b: tuple[int, str]) -> bool:
        return a[0] < b[0] + len(b[1]) and b[0] < a[0] + len(a[1])

    score.put_in += len(put_in)
    score.found += sum(p in said for p in put_in)
    score.touched += sum(any(meets(s, p) for s in said) for p in put_in)
    score.wrong += sum(not any(meets(s, p) for p in put_in) for s in said)


def table(trials: int = TRIALS) -> list[Score]:
    """Return the scores: clean texts, one spoiled copy (proposals), and two copies (applied repairs)."""
    found = texts()
    clean = Score("clean texts, ours and tests/corpus: proposals")
    sure = Score("clean texts, ours and tests/corpus: applied changes")
    samples = Path(__file__).parents[1] / "tests" / "corpus"
    for text in (*found.values(), *(p.read_text("utf-8") for p in sorted(samples.glob("*.txt")))):
        for score, applied in ((clean, False), (sure, True)):
            score.characters += len(text)
            _mark(score, _said(text, applied), [])

    def body(text: str) -> str:
        return text[text.index("\n") + 1 :]

    def spoiled(
        name: str, applied: bool, make: Callable[[str, random.Random], tuple[str, list[tuple[int, str]]]]
    ) -> Score:
        score, rng = Score(name), random.Random(20)
        for text in found.values():
            for _ in range(trials):
                made, put_in = make(text, rng)
                score.characters += len(made)
                _mark(score, _said(made, applied), put_in)
        return score

    def second_clean(text: str, rng: random.Random) -> tuple[str, list[tuple[int, str]]]:
        made, put_in = spoil(text, rng)
        return made + "\n" + body(text), put_in

    def second_spoiled(text: str, rng: random.Random) -> tuple[str, list[tuple[int, str]]]:
        made, _ = spoil(body(text), rng)
        return text + "\n" + made, []

    def both_spoiled(text: str, rng: random.Random) -> tuple[str, list[tuple[int, str]]]:
        made, put_in = spoil(text, rng)
        other, _ = spoil(body(text), rng)
        return made + "\n" + other, put_in

    return [
        clean,
        sure,
        spoiled("one copy, spoiled inside words: proposals", False, partial(spoil, inside=True)),
        spoiled("one copy, spoiled between words: proposals", False, partial(spoil, inside=False)),
        spoiled("first of two copies spoiled: applied", True, second_clean),
        spoiled("second of two copies spoiled: applied to the first", True, second_spoiled),
        spoiled("both copies spoiled at other places: applied", True, both_spoiled),
    ]


def main() -> None:
    print(HEADER)
    for score in table():
        print(score.line())
