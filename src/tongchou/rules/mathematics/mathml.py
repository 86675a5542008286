"""Mathematics as MathML Core, which browsers show without any script."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tongchou.rules.mathematics.nodes import (
    Cases,
    Fence,
    Fraction,
    Function,
    Large,
    Name,
    Node,
    Number,
    Power,
    Root,
    Row,
    Sign,
    Words,
)

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def mathml(node: Node, language: str = "zh", *, block: bool = True) -> str:
    """Return a ``math`` element; ``block`` sets it on a line of its own."""
    display = ' display="block"' if block else ""
    return f'<math xmlns="{_NAMESPACE}"{display}>{_of(node, language)}</math>'


def _of(node: Node, language: str) -> str:
    def of(part: Node) -> str:
        return _of(part, language)

    if isinstance(node, Row):
        return f"<mrow>{''.join(of(part) for part in node.parts)}</mrow>"
    if isinstance(node, Number):
        return f"<mn>{escape(node.text)}</mn>"
    if isinstance(node, Name):
        words = escape(node.words.in_(language))
        base = f"<mi>{words}</mi>" if node.is_letter else f"<mtext>{words}</mtext>"
        return f"<msub>{base}<mn>{escape(node.index)}</mn></msub>" if node.index else base
    if isinstance(node, Words):
        # Spaces at the ends of mtext are dropped; these are not.
        return f"<mtext>{escape(node.words.in_(language)).replace(' ', chr(0xA0))}</mtext>"
    if isinstance(node, Sign):
        form = "" if node.spaced else ' form="prefix"'
        return f"<mo{form}>{escape(node.text.strip())}</mo>" + ("<mspace width='1em'/>" if node.text == ", " else "")
    if isinstance(node, Fraction):
        return f"<mfrac>{_one(of(node.over))}{_one(of(node.under))}</mfrac>"
    if isinstance(node, Power):
        return f"<msup>{_one(of(node.base))}{_one(of(node.exponent))}</msup>"
    if isinstance(node, Root):
        return f"<msqrt>{of(node.of)}</msqrt>"
    if isinstance(node, Fence):
        return f"<mrow><mo>{node.left}</mo>{of(node.of)}<mo>{node.right}</mo></mrow>"
    if isinstance(node, Large):
        return f"<mrow><munder><mo>{node.sign}</mo>{_one(of(node.under))}</munder>{of(node.of)}</mrow>"
    if isinstance(node, Function):
        name = f"<mi>{escape(node.name)}</mi>"
        if node.under is not None:
            name = f"<munder>{name}{_one(of(node.under))}</munder>"
        args = "<mo>,</mo>".join(of(arg) for arg in node.args)
        return f"<mrow>{name}<mo>(</mo>{args}<mo>)</mo></mrow>"
    if isinstance(node, Cases):
        rows = "".join(f"<mtr><mtd>{of(v)}</mtd><mtd>{of(c)}</mtd></mtr>" for v, c in node.rows)
        return f'<mrow><mo>{{</mo><mtable columnalign="left left">{rows}</mtable></mrow>'
    raise AssertionError(node)


def _one(text: str) -> str:
    return text if text.startswith("<mrow>") and text.count("<mrow>") == 1 else f"<mrow>{text}</mrow>"
