"""A formula as the cell formula of a spreadsheet that gives what the engine gives, a missing number as an empty text.

Only functions of Excel 2010, which WPS and LibreOffice have too. A missing number is ``""`` in its cell; inside a
formula whatever needs it is an error, and the formula as a whole turns errors into ``""``.
"""

from tongchou.rules.cells.closing import CLOSED, Settlement, Shares, settlement, shares
from tongchou.rules.cells.over import Looked, is_array, over
from tongchou.rules.cells.scalar import ROW, Place, expression, formula

__all__ = [
    "CLOSED",
    "ROW",
    "Looked",
    "Place",
    "Settlement",
    "Shares",
    "expression",
    "formula",
    "is_array",
    "over",
    "settlement",
    "shares",
]
