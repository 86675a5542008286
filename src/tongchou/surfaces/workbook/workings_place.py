"""Where a formula finds its numbers, seen from one row of the calculation."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from tongchou.formulas.terms import Term
from tongchou.rules.cells import is_array, over
from tongchou.rules.step import Step
from tongchou.surfaces.workbook.workings_layout import FIRST, Block, Layout


@dataclass(frozen=True, slots=True)
class FromRow:
    """Where the numbers of one column's formula stand, seen from a row of one period."""

    layout: Layout
    step: Step
    block: Block

    def here(self, name: str) -> str:
        """Return the cell of an input or column in this row."""
        return self.layout.cell(name)

    def parameter(self, name: str) -> str:
        """Return the cell or look-up of a parameter as it is in force for this row."""
        return self.layout.parameter(name, self.block.period)

    def over(self, term: Term) -> str:
        """Return the value of a window for this row."""
        if is_array(term.op, parted=bool(term.keys)):
            return f"({self.layout.cell(self.step.name, f'over {term.text}')}+0)"
        if self.layout.is_total(term):
            column = xl_col_to_name(self.layout.totals[self.step.name, term])
            return f"({self.layout.sheet('totals')}!${column}${FIRST + self.block.at}+0)"
        return self.window(term)

    def window(self, term: Term, *, sheet: bool = False) -> str:
        """Return the expression of a window itself."""
        looked = self.layout.looked(self.step, term, self.block, sheet=sheet)
        return over(term.op, looked, leaves_out=self.step.leaves_out, descending=bool(term.value))
