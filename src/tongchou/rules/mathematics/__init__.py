"""A rule's formulas as mathematics: LaTeX, MathML for pages, and OMML, the equations of a Word document."""

from tongchou.rules.mathematics.breadth import breadth
from tongchou.rules.mathematics.build import Symbols, equation, legend
from tongchou.rules.mathematics.latex import latex
from tongchou.rules.mathematics.lines import lines
from tongchou.rules.mathematics.mathml import mathml
from tongchou.rules.mathematics.nodes import Node
from tongchou.rules.mathematics.omml import omml

__all__ = ["Node", "Symbols", "breadth", "equation", "latex", "legend", "lines", "mathml", "omml"]
