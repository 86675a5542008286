"""One value of a field as typed, pasted or read from a cell, to the one form in which it is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.kernel.units import convert, is_unit, same_dimension
from tongchou.region.tables import NOT_APPLICABLE
from tongchou.registers import codes, dates
from tongchou.registers.declaration import DATED, NUMERIC, RegisterField
from tongchou.registers.references import References

_NUMBER = re.compile(r"([+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(\D.*)?$")
_YES, _NO = ("是", "有", "true", "yes", "1", "y", "√"), ("否", "无", "false", "no", "0", "n", "×")
_SEPARATORS = re.compile(r"[|、;；，,\n]+")
_LONGEST = {"text": 200, "long_text": 5000}
_FORMS = {
    "date": (Text("日期", "a day"), "2020-12-26"),
    "partial_date": (Text("日期（可只到月或年）", "a day, month or year"), "2020-12-26、2020-12、2020"),
    "month": (Text("月份", "a month"), "2020-12"),
    "year": (Text("年份", "a year"), "2020"),
}


class Refused(Exception):  # noqa: N818 - it carries the problem, it is not an error of the program
    """A value that cannot be kept, with the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message.zh)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads values of one field; problems are placed at ``where``."""

    field: RegisterField
    references: References
    where: str

    def read(self, raw: Any) -> Any:
        """Return the value as kept, ``None`` where nothing is given; raise :class:`Refused`."""
        if isinstance(raw, str):
            raw = unicodedata.normalize("NFC", raw).strip()
        if raw is None or raw in ("", [], ()):
            return None
        if self.field.many:
            items = raw if isinstance(raw, (list, tuple)) else _SEPARATORS.split(str(raw))
            found = [self._one(item) for item in items if str(item).strip()]
            return list(dict.fromkeys(found)) or None
        return self._one(raw)

    def _one(self, raw: Any) -> Any:
        kind = self.field.kind
        if kind in NUMERIC:
            return self._number(raw)
        if kind in DATED or kind == "year":
            return self._date(raw)
        readers: dict[str, Callable[[str], Any]] = {
            "choice": self._choice,
            "flag": self._flag,
            "place": lambda text: self._pointing(text, self.references.place(text)),
            "party": lambda text: self._pointing(text, self.references.party(text)),
            "clause": lambda text: self._pointing(text, _among(text, self.references.clauses)),
            "commitment": lambda text: self._pointing(text, _among(text, self.references.commitments)),
            "register_row": self._row,
            "file": lambda text: text,
        }
        text = raw if isinstance(raw, str) else _plain(raw)
        return readers.get(kind, self._text)(text.strip())

    def _refuse(self, kind: Any, **values: object) -> Refused:
        return Refused(kind.at(self.where, label=self.field.label.text(), **values))

    def _number(self, raw: Any) -> float | int | str:
        if isinstance(raw, str) and raw.strip().lower() in (NOT_APPLICABLE, "n/a", "na"):
            return NOT_APPLICABLE
        unit = self.field.unit or "1"
        if isinstance(raw, bool):
            raise self._refuse(codes.NOT_A_NUMBER, value=raw, unit=unit)
        if isinstance(raw, (int, float)):
            value = float(raw)
        else:
            text = unicodedata.normalize("NFKC", str(raw)).replace("−", "-").strip()
            match = _NUMBER.match(text)
            if match is None:
                raise self._refuse(codes.NOT_A_NUMBER, value=str(raw)[:40], unit=unit)
            value = float(match[1].replace(",", ""))
            if match[2]:
                value = self._converted(value, match[2].strip(), unit, str(raw))
        return self._bounded(value)

    def _converted(self, value: float, written: str, unit: str, raw: str) -> float:
        if not is_unit(written) or not same_dimension(written, unit):
            raise self._refuse(codes.WRONG_UNIT, value=raw[:40], unit=unit)
        return convert(value, written, unit)

    def _bounded(self, value: float) -> float | int:
        low, high = self.field.at_least, self.field.at_most
        if value != value or abs(value) == float("inf"):
            raise self._refuse(codes.NOT_A_NUMBER, value=value, unit=self.field.unit or "1")
        if (low is not None and value < low) or (high is not None and value > high):
            told = {"low": "−∞" if low is None else f"{low:g}", "high": "∞" if high is None else f"{high:g}"}
            raise self._refuse(codes.OUT_OF_RANGE, value=f"{value:g}", **told)
        if self.field.kind == "integer":
            if not value.is_integer():
                raise self._refuse(codes.WHOLE_NUMBER, value=f"{value:g}")
            return int(value)
        return value

    def _date(self, raw: Any) -> Any:
        readers: dict[str, Callable[[object], Any]] = {
            "date": dates.read_day,
            "partial_date": dates.read_partial,
            "month": dates.read_month,
            "year": dates.read_year,
        }
        try:
            return readers[self.field.kind](raw)
        except ValueError:
            form, example = _FORMS[self.field.kind]
            raise self._refuse(codes.NOT_A_DATE, value=str(raw)[:40], form=form, example=example) from None

    def _choice(self, text: str) -> str:
        choices = self.field.choices or {}
        if text in choices:
            return text
        for code, words in choices.items():
            if text in (words.zh, words.en, f"{code} {words.zh}"):
                return code
        raise self._refuse(codes.NOT_A_CHOICE, value=text[:40], choices="、".join(w.zh for w in choices.values()))

    def _flag(self, text: str) -> bool:
        if text.lower() in _YES:
            return True
        if text.lower() in _NO:
            return False
        raise self._refuse(codes.NOT_A_CHOICE, value=text[:40], choices="是、否")

    def _pointing(self, text: str, found: str | None) -> str:
        if found is None:
            raise self._refuse(codes.UNKNOWN_REFERENCE, value=text[:60])
        return found

    def _row(self, text: str) -> str:
        has_row = self.references.has_row
        if has_row is not None and not has_row(str(self.field.register_), text):
            raise self._refuse(codes.UNKNOWN_REFERENCE, value=text[:60])
        return text

    def _text(self, text: str) -> str:
        longest = self.field.longest or _LONGEST[self.field.kind]
        if len(text) > longest:
            reason = Text(f"有 {len(text)} 字，最多 {longest} 字", f"{len(text)} characters, at most {longest}")
            raise self._refuse(codes.BAD_TEXT, reason=reason)
        if any(unicodedata.category(c) == "Cc" and c not in "\n\t\r" for c in text):
            raise self._refuse(codes.BAD_TEXT, reason=Text("含有控制字符", "it holds control characters"))
        if self.field.pattern and re.fullmatch(self.field.pattern, text) is None:
            reason = Text(f"写法应为 {self.field.pattern}", f"it should match {self.field.pattern}")
            raise self._refuse(codes.BAD_TEXT, reason=reason)
        return text


def _among(text: str, known: Any) -> str | None:
    return text if known is None or text in known else None


def _plain(raw: Any) -> str:
    """Return what a cell holds as text; a whole number without decimals, so that codes survive a spreadsheet."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)
