"""Settling by largest remainder in live formulas: as kernel/apportion.py and rules/settling.py do it, to the unit."""

from __future__ import annotations

from dataclasses import dataclass

from tongchou.kernel.text import Text
from tongchou.rules.cells.scalar import number
from tongchou.rules.settling import Closing

#: What a settlement says where its amounts add up, and where they do not.
CLOSED, OPEN = Text("合拢", "closes"), Text("不合拢", "does not close")
_LEAST = "1E-6"  # of a unit: remainders closer than this are equal


@dataclass(frozen=True, slots=True)
class Settlement:
    """The cells that settle one period, each a formula: what there is, what it comes to, what is left over."""

    count: str
    total: str
    pool: str
    known: str
    aim: str
    floors: str
    left: str
    closed: str


def settlement(
    closing: Closing, units: str, floors: str, pool: str | None, at: Settlement, language: str
) -> Settlement:
    """Return the formulas of a period. ``units`` and ``floors`` are ranges, ``pool`` the cell or range of the pool.

    ``at`` holds the addresses of the cells themselves.
    """
    goal = "0" if pool is None else f"{pool}*{number(closing.pool_unit)}"
    largest = f"MAX(MAX({units}),-MIN({units}))"
    whole = f"ROUND({at.pool},0)"
    relation = "=" if closing.exactly else "<="
    near = f"ABS({at.pool}-{whole})<=MAX({_LEAST},ABS({at.pool})*2E-15)"
    sums = f"ABS({at.total}-{at.aim})<1+MAX({_LEAST},ABS({at.total})*2E-15)"
    return Settlement(
        count=f"=COUNT({units})",
        total=f"=SUM({units})",
        pool=f"={goal}",
        # What the machine knows the largest amount to: eight times the distance to the next number it can hold.
        known=f"=IF({largest}>0,MAX({_LEAST},8*POWER(2,INT(LOG({largest},2))-52)),{_LEAST})",
        aim=f"=IF(ABS({at.total}-{whole})<1,{whole},ROUND({at.total},0))",
        floors=f"=SUM({floors})",
        left=f"={at.aim}-{at.floors}",
        closed=f'=IF(OR({at.count}=0,AND({near},{at.aim}{relation}{whole},{sums})),"{CLOSED.in_(language)}","{OPEN.in_(language)}")',
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """The formulas of one row: units before settling, rounded down, remainder on the grid, served before, settled."""

    units: str
    floor: str
    remainder: str
    before: str
    settled: str


def shares(
    closing: Closing, amount: str, pool_here: str | None, here: Shares, ranges: Shares, at: Settlement, language: str
) -> Shares:
    """Return the formulas of a row. ``here`` and ``ranges`` are this row's cells and the period's ranges of them.

    ``amount`` is an expression, ``pool_here`` this row's cell of the pool where that is an input or column.
    """
    units = f"({amount})*{number(closing.per_unit)}" if closing.per_unit != 1 else f"({amount})+0"
    if pool_here is not None:
        units = f'IF(ISNUMBER({pool_here}),{units},"")'
    same = f"({ranges.remainder}={here.remainder})"
    larger = f"({ranges.units}>{here.units})"
    earlier = f"({ranges.units}={here.units})*(ROW({ranges.units})<ROW())"
    ties = f"SUMPRODUCT({same}*({larger}+{earlier}))"
    one_more = f"({here.before}<{at.left})-({here.before}>={at.count}+{at.left})"
    return Shares(
        units=f'=IFERROR({units},"")',
        floor=f'=IF({here.units}="","",INT({here.units}+{at.known}))',
        remainder=f'=IF({here.units}="","",ROUND(MAX({here.units}-{here.floor},0)/(2*{at.known}),0))',
        before=(
            f'=IF({here.units}="","",COUNTIF({ranges.remainder},">"&{here.remainder})'
            f"+IF(COUNTIF({ranges.remainder},{here.remainder})>1,{ties},0))"
        ),
        settled=(
            f'=IF(OR({here.units}="",{at.closed}<>"{CLOSED.in_(language)}"),"",({here.floor}+{one_more})/{number(closing.per_unit)})'
        ),
    )
