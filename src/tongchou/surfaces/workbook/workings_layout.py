"""Where everything of a computation stands in its workbook: which column, which rows, which cell of which sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsxwriter.utility import xl_col_to_name

from tongchou.formulas.terms import WINDOWS, Term
from tongchou.kernel.text import Text
from tongchou.rules.cells import ROW, Looked, Settlement, is_array
from tongchou.rules.parameters import Dated
from tongchou.rules.result import Result
from tongchou.rules.step import Step

FIRST = 6  # the first row of figures, as a spreadsheet counts: title, note, heads, units and words stand above
CODE, VALUE = "B", "D"  # columns of the parameters' sheet that formulas look at
# Windows over all rows of a period stand in the row's own formula while that costs no more comparisons than this.
_INLINE = 2_000_000

SHEETS = {
    "about": Text("说明", "About"),
    "parameters": Text("参数", "Parameters"),
    "data": Text("数据", "Data"),
    "calculation": Text("计算", "Calculation"),
    "settlement": Text("结算", "Settlement"),
    "totals": Text("汇总", "Totals"),
    "result": Text("结果", "Result"),
    "check": Text("核对", "Check"),
}
#: Help columns of a column that closes, in their order.
SETTLING = {
    "units": Text("结算单位数", "in settlement units"),
    "floor": Text("取整", "rounded down"),
    "remainder": Text("尾数", "remainder"),
    "before": Text("排在前面的个数", "served before"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one period, as a spreadsheet counts them; ``at`` is the number of the period."""

    period: str
    first: int
    last: int
    at: int


@dataclass(frozen=True, slots=True)
class Col:
    """One column of the calculation. ``kind``: key, number (of a key's code), name, period, input, given, part, column.

    ``of`` is what it stands for. A part is a help column of the column ``of``: ``part`` says which, ``term`` is what it
    holds where that is a term of a formula.
    """

    kind: str
    of: str
    part: str = ""
    term: Term | None = None


@dataclass(slots=True)
class Layout:
    """The layout of one result. Rows stand by period, then place code, which is the order the engine computes in.

    ``at`` gives the number of a column by what it stands for, ``numbered`` the keys whose codes a spreadsheet would
    confuse, ``parameters`` the rows of a value by its name and period, ``totals`` the columns of windows that stand
    once for a period in a sheet of their own.
    """

    result: Result
    language: str
    named: bool
    blocks: list[Block] = field(default_factory=list)
    columns: list[Col] = field(default_factory=list)
    at: dict[tuple[str, str], int] = field(default_factory=dict)
    numbered: set[str] = field(default_factory=set)
    inline: bool = True
    totals: dict[tuple[str, Term], int] = field(default_factory=dict)
    parameters: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    values: list[tuple[str, Dated, list[str]]] = field(default_factory=list)
    settlements: dict[tuple[str, str], int] = field(default_factory=dict)

    def say(self, zh: str, en: str) -> str:
        """Return the words in the language of the workbook."""
        return Text(zh, en).in_(self.language)

    def sheet(self, name: str) -> str:
        """Return what a sheet is called."""
        return SHEETS[name].in_(self.language)

    def letter(self, name: str, part: str = "") -> str:
        """Return the letters of a column of the calculation."""
        return str(xl_col_to_name(self.at[name, part]))

    def cell(self, name: str, part: str = "") -> str:
        """Return the cell of a column in the row ``ROW``."""
        return f"{self.letter(name, part)}{ROW}"

    def range(self, block: Block, name: str, part: str = "", *, sheet: bool = False) -> str:
        """Return the rows of one period of a column, with the sheet's name for other sheets."""
        letter = self.letter(name, part)
        where = f"{self.sheet('calculation')}!" if sheet else ""
        return f"{where}{letter}${block.first}:{letter}${block.last}"

    def key(self, name: str) -> tuple[str, str]:
        """Return the column that a partition or a look-up goes by."""
        return (name, "number") if name in self.numbered else (name, "")

    def parameter(self, name: str, period: str) -> str:
        """Return the cell of a parameter's value in force, or its look-up for the row ``ROW``."""
        first, last = self.parameters[name, period]
        sheet, by = self.sheet("parameters"), self.result.rule.declared.parameters[name].by
        if by is None:
            return f"{sheet}!${VALUE}${first}"
        here = self.cell(*self.key(by))
        codes, values = (f"{sheet}!${c}${first}:${c}${last}" for c in (CODE, VALUE))
        return f"INDEX({values},MATCH({here},{codes},0))"

    def settlement(self, name: str, period: str) -> Settlement:
        """Return the cells that settle one period of a column that closes."""
        row = self.settlements[name, period]
        return Settlement(*(f"{self.sheet('settlement')}!${letter}${row}" for letter in "DEFGHIJK"))

    def is_total(self, term: Term) -> bool:
        """Return whether a window stands once for a period in a sheet of its own."""
        return not self.inline and not term.keys and term.op != "rank"

    def looked(self, step: Step, term: Term, block: Block, *, sheet: bool = False) -> Looked:
        """Return what a window of a column looks at."""
        arg = term.args[0]
        numbers = (str(arg.value), "") if arg.op == "name" else (step.name, f"of {arg.text}")
        rows = self.result.rule.rows
        keys = [self.key(key) for key in term.keys]
        return Looked(
            self.range(block, *numbers, sheet=sheet),
            self.cell(*numbers),
            tuple((self.range(block, *key), self.cell(*key)) for key in keys),
            tuple(key not in rows for key in term.keys),
        )


def lay_out(result: Result, language: str, *, named: bool) -> Layout:
    """Return the layout of a result."""
    arranged, rule = result.table.arranged(), result.rule
    layout = Layout(result, language, named)
    row = FIRST
    for at, code in enumerate(arranged.codes):
        many = int((arranged.period == at).sum())
        layout.blocks.append(Block(code, row, row + many - 1, at))
        row += many
    layout.inline = sum((b.last - b.first + 1) ** 2 for b in layout.blocks) <= _INLINE
    layout.numbered = {key for key in rule.rows if _is_ambiguous(set(result.keys[key]))}
    _columns(layout)
    _parameters(layout)
    closing = [step.name for step in rule.steps if step.closing is not None]
    pairs = [(name, block.period) for name in closing for block in layout.blocks]
    layout.settlements = {pair: FIRST + i for i, pair in enumerate(pairs)}
    return layout


def windows(step: Step) -> list[Term]:
    """Return the windows of a column's formula, each once."""
    return list({part: None for part in step.term.walk() if part.op in WINDOWS})


def _is_ambiguous(codes: set[str]) -> bool:
    """Return whether a spreadsheet would take two codes for the same, or one for a pattern or a comparison."""
    seen = set()
    for code in codes:
        if set("*?~") & set(code) or code[:1] in ("<", ">", "=", ""):
            return True
        try:
            seen.add(str(float(code)))
        except ValueError:
            seen.add(code.casefold())
    return len(seen) < len(codes)


def _columns(layout: Layout) -> None:
    rule = layout.result.rule
    steps = {step.name: step for step in rule.steps}

    def add(kind: str, of: str, part: str = "", term: Term | None = None) -> None:
        if (of, part) not in layout.at:
            layout.at[of, part] = len(layout.columns)
            layout.columns.append(Col(kind, of, part, term))

    for key in rule.rows:
        add("key", key)
        if key in layout.numbered:
            add("number", key, "number")
    if layout.named:
        add("name", "#name")
    add("period", "#period")
    for name in rule.declared.inputs:
        add("input", name)
    for name in rule.declared.columns:
        if (step := steps.get(name)) is None:
            add("given", name)
            continue
        for term in windows(step):
            if term.args[0].op != "name":
                add("part", name, f"of {term.args[0].text}", term.args[0])
            if is_array(term.op, parted=bool(term.keys)):
                add("part", name, f"over {term.text}", term)
            elif layout.is_total(term):
                layout.totals[name, term] = 1 + len(layout.totals)
        if step.closing is not None:
            for part in SETTLING:
                add("part", name, part)
        add("column", name)


def _parameters(layout: Layout) -> None:
    row = FIRST
    for name, by_period in layout.result.parameters.items():
        held: list[tuple[Dated, list[str]]] = []
        for period, dated in by_period.items():
            alike = next((periods for one, periods in held if one == dated), None)
            if alike is None:
                held.append((dated, [period]))
            else:
                alike.append(period)
        for dated, periods in held:
            many = 1 if isinstance(dated.value, float | int) else len(dated.value)
            layout.values.append((name, dated, periods))
            for period in periods:
                layout.parameters[name, period] = (row, row + many - 1)
            row += many
