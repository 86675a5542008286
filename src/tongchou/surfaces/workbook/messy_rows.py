"""The rows of one table: what each cell says, totals compared and left out, faults at their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tongchou.kernel.numbers import number
from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.units import is_unit, same_dimension
from tongchou.surfaces import messy_codes as codes
from tongchou.surfaces.typed import NOTHING, Said, Typed, typed
from tongchou.surfaces.workbook.messy_heads import Column, Heads, Part, period_in, plain
from tongchou.surfaces.workbook.messy_reading import Found, Reading, Wanted, fault_at
from tongchou.surfaces.workbook.received import ReceivedSheet, Value

_TOTALS = frozenset({"合计", "总计", "小计", "合", "共计", "全市合计", "汇总", "total"})
_FOOT = (
    "注",
    "备注",
    "说明",
    "填报人",
    "审核人",
    "单位负责人",
    "联系电话",
    "填报日期",
    "资料来源",
    "填表",
    "制表",
    "附:",
)
_TICKS = frozenset({"√", "✓", "✔", "是", "1", "不适用", "v", "y", "yes", "true"})
_TOLERANCE = 1e-9  # of floating sums; a total rounded as printed may differ by half of its last digit besides
_AT_MOST_SAID = 40


@dataclass(slots=True)
class Rows:
    """One table of a sheet, read row by row into a :class:`Reading`."""

    sheet: ReceivedSheet
    heads: Heads
    wanted: Wanted
    known: Mapping[str, str]
    reading: Reading
    places: dict[str, str] = field(default_factory=dict)
    sums: dict[int, float] = field(default_factory=dict)
    spanned: dict[tuple[int, int], Value] = field(default_factory=dict)
    naming: list[tuple[int, Part]] = field(default_factory=list)  # columns that say of what a row is
    holding: list[int] = field(default_factory=list)  # columns of figures

    def read(self) -> None:
        """Read every row below the head."""
        for place in self.wanted.places.values():
            for name in (place.code, place.name, *place.aliases, place.name_en):
                self.places.setdefault(plain(name).lower(), place.code)
        for top, left, bottom, right in self.sheet.merged:
            if bottom > top and top >= self.heads.first:
                value = self.sheet.rows[top][left]
                self.spanned |= {(i, j): value for i in range(top, bottom + 1) for j in range(left, right + 1)}
        columns = self._settled()
        for j, column in enumerate(columns):
            if column.part in (Part.DATA, Part.VALUE):
                self.holding.append(j)
            elif column.part not in (Part.IGNORED, Part.UNKNOWN):
                self.naming.append((j, column.part))
            elif column.part is Part.UNKNOWN:
                self._fault(codes.COLUMN_NOT_READ, self.heads.first - 1, j, head=column.head[:_AT_MOST_SAID])
        for i in range(self.heads.first, len(self.sheet.rows)):
            self._row(i, columns)

    def _settled(self) -> list[Column]:
        """Return the columns, 单位 being a place where places stand below it, and a lone unknown one likewise."""
        columns = list(self.heads.columns)
        unsure = [j for j, c in enumerate(columns) if c.part in (Part.UNIT, Part.UNKNOWN)]
        if not self.heads.has(Part.PLACE):
            for j in unsure:
                below = [plain(v).lower() for v in self._below(j) if v is not None]
                if below and sum(v in self.places for v in below) * 2 >= len(below):
                    columns[j] = Column(Part.PLACE, columns[j].head)
                    break
        if not any(c.part is Part.INDICATOR or c.indicator for c in columns):
            for j in unsure:
                below = [plain(v).lower() for v in self._below(j) if v is not None]
                if below and sum(v in self.known for v in below) * 2 >= len(below):
                    columns[j] = Column(Part.INDICATOR, columns[j].head)
                    break
        return columns

    def _below(self, j: int) -> list[Value]:
        return [row[j] for row in self.sheet.rows[self.heads.first : self.heads.first + 60] if j < len(row)]

    def _at(self, i: int, j: int) -> Value:
        row = self.sheet.rows[i]
        value = row[j] if j < len(row) else None
        return self.spanned.get((i, j)) if value is None and self.spanned else value

    def _row(self, i: int, columns: Sequence[Column]) -> None:
        row = self.sheet.rows[i]
        filled = [value for value in row if value is not None and value != ""]
        first = next((text for value in filled if (text := plain(value))), "")
        if not first or first.startswith(_FOOT) or (len(filled) == 1 and len(first) > _AT_MOST_SAID // 2):
            return
        named: dict[Part, Value] = {}
        for j, part in self.naming:
            value = self._at(i, j)
            if value is not None and (part not in named or part is Part.CODE):
                named[part] = value
        label = plain(named[Part.PLACE]) if Part.PLACE in named else first
        if label.strip("()").lower() in _TOTALS or plain(named.get(Part.INDICATOR)).lower() in _TOTALS:
            self._total(i, columns, named)
            return
        coded = self._coded(named)
        place = coded[1] or self._place(i, named)
        if not place:
            return
        for j in self.holding:
            self._cell(i, j, columns[j], named, place, coded)

    def _coded(self, named: Mapping[Part, Value]) -> tuple[str, str, str]:
        """Return indicator, place and period of a row by its hidden code, where it is one of ours."""
        parts = str(named.get(Part.CODE) or "").split("|")
        if len(parts) == 3 and parts[0] in self.wanted.indicators and parts[1] in self.wanted.places:
            return parts[0], parts[1], parts[2]
        return "", "", ""

    def _place(self, i: int, named: Mapping[Part, Value]) -> str:
        if Part.PLACE not in named:
            if not self.wanted.place:
                self._fault(codes.NO_PLACE, i)
            return self.wanted.place
        text = plain(named[Part.PLACE])
        code = self.places.get(text.lower(), "")
        if not code:
            self._fault(codes.UNKNOWN_PLACE, i, self._column_of(Part.PLACE), text=text[:_AT_MOST_SAID])
        return code

    def _column_of(self, part: Part) -> int:
        return next((j for j, c in enumerate(self.heads.columns) if c.part is part), -1)

    def _cell(
        self, i: int, j: int, column: Column, named: Mapping[Part, Value], place: str, coded: tuple[str, str, str]
    ) -> None:
        id_ = coded[0] or column.indicator or self._indicator(i, named)
        if not id_:
            return
        period = coded[2] or self._period(i, column, named)
        if not period:
            return
        indicator = self.wanted.indicators[id_]
        stated = column.unit or plain(named.get(Part.UNIT)) or self.heads.unit
        if stated and stated != indicator.unit and not (is_unit(stated) and same_dimension(stated, indicator.unit)):
            if column.unit or Part.UNIT in named:
                self._fault(codes.UNIT_DOES_NOT_FIT, i, j, unit=stated[:_AT_MOST_SAID], expected=indicator.unit)
                return
            stated = ""  # the unit above the table is that of its other columns
        cell = self._at(i, j)
        said = typed(cell, indicator.unit, stated)
        if plain(named.get(Part.ABSENT)).lower() in _TICKS:
            if said.said is Said.VALUE:
                self._fault(codes.BOTH, i, j)
                return
            said = Typed(Said.NOT_APPLICABLE)
        if said.said is Said.UNREADABLE:
            self._fault(codes.NOT_A_FIGURE, i, j, text=said.text[:_AT_MOST_SAID])
            return
        if said.is_dash:
            self._fault(codes.DASH, i, j, text=said.text)
        if said.said is Said.VALUE and said.value is not None:
            self.sums[j] = self.sums.get(j, 0.0) + said.value
        base = self._base(i, named)
        if base is None:
            return
        self.reading.cells.append(
            Found(
                id_,
                place,
                period,
                base,
                said if said.said is not Said.NOTHING else NOTHING,
                str(named.get(Part.SOURCE) or "").strip(),
                str(named.get(Part.NOTE) or "").strip(),
                plain(named.get(Part.STATUS)),
                self.sheet.title,
                i + 1,
                j + 1,
            )
        )

    def _indicator(self, i: int, named: Mapping[Part, Value]) -> str:
        if Part.INDICATOR not in named:
            if len(self.wanted.indicators) == 1:
                return next(iter(self.wanted.indicators))
            self._fault(codes.NO_INDICATOR, i)
            return ""
        text = plain(named[Part.INDICATOR])
        found = self.known.get(text.lower()) or self.known.get(text.lower().partition("(")[0], "")
        if not found:
            self._fault(codes.UNKNOWN_INDICATOR, i, self._column_of(Part.INDICATOR), text=text[:_AT_MOST_SAID])
        return found

    def _period(self, i: int, column: Column, named: Mapping[Part, Value]) -> str:
        code = column.period
        if not code and Part.PERIOD in named:
            read: Period | None = period_in(named[Part.PERIOD])
            if read is None:
                at, text = self._column_of(Part.PERIOD), plain(named[Part.PERIOD])[:_AT_MOST_SAID]
                self._fault(codes.BAD_PERIOD, i, at, text=text)
                return ""
            code = read.code
        code = code or (self.heads.period if self._asked(self.heads.period) else "") or self.wanted.period
        if not code:
            self._fault(codes.NO_PERIOD, i)
            return ""
        # A column of another year beside those asked for (last year's, for reading) is left alone.
        return code if self._asked(code) else ""

    def _asked(self, code: str) -> bool:
        return bool(code) and (self.wanted.periods is None or code in self.wanted.periods)

    def _base(self, i: int, named: Mapping[Part, Value]) -> str | None:
        text = plain(named.get(Part.BASE))
        if not text:
            return ""
        if text not in self.wanted.bases:
            self._fault(codes.UNKNOWN_BASE, i, self._column_of(Part.BASE), text=text[:_AT_MOST_SAID])
            return None
        return self.wanted.bases[text]

    def _total(self, i: int, columns: Sequence[Column], named: Mapping[Part, Value]) -> None:
        """Check a line of totals against the sum of the lines above it; it is never kept."""
        for j, column in enumerate(columns):
            if column.part is not Part.DATA or not column.indicator or j not in self.sums:
                continue
            indicator = self.wanted.indicators[column.indicator]
            stated = typed(self._at(i, j), indicator.unit, column.unit or self.heads.unit)
            if stated.said is not Said.VALUE or stated.value is None or indicator.total != "sum":
                continue
            self.reading.totals += 1
            allowed = max(_TOLERANCE * abs(stated.value), _half_of_last_digit(self._at(i, j), stated.value))
            if abs(stated.value - self.sums[j]) > allowed:
                said = {"stated": number(stated.value), "summed": number(self.sums[j])}
                self._fault(codes.TOTAL_DIFFERS, i, j, **said)

    def _fault(self, kind: ProblemKind, i: int, j: int = -1, **values: object) -> None:
        self.reading.faults.append(fault_at(kind, self.sheet.title, i + 1, j + 1, **values))


def _half_of_last_digit(cell: Value, value: float) -> float:
    """Return half a unit of the last digit a number was printed with, in the unit it was converted to."""
    text = plain(cell).replace(",", "").lstrip("+-")
    try:
        printed = abs(float(text))
    except ValueError:
        return 0.0
    decimals = len(text.partition(".")[2]) if "." in text else 0
    scale = abs(value) / printed if printed else 1.0
    return 0.5 * 10**-decimals * scale if decimals or printed != int(printed) else 0.0
