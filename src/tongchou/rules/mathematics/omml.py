"""Mathematics as Office Math Markup (ECMA-376 part 1, 22.1): equations that Word and WPS can edit."""

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

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def omml(node: Node, language: str = "zh", *, size: float | None = None) -> str:
    """Return an ``m:oMathPara`` element, aligned left; ``size`` is that of its letters, in points."""
    half = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    return (
        f'<m:oMathPara xmlns:m="{NAMESPACE}" xmlns:w="{_WORD}"><m:oMathParaPr><m:jc m:val="left"/></m:oMathParaPr>'
        f"<m:oMath>{_Writer(language, half).of(node)}</m:oMath></m:oMathPara>"
    )


class _Writer:
    def __init__(self, language: str, size: str) -> None:
        self.language, self.size = language, size

    def of(self, node: Node) -> str:
        of = self.of
        if isinstance(node, Row):
            return "".join(of(part) for part in node.parts)
        if isinstance(node, Number):
            return self.run(node.text)
        if isinstance(node, Name):
            words = node.words.in_(self.language)
            base = self.run(words, upright=not node.is_letter)
            return f"<m:sSub>{_e('e', base)}{_e('sub', self.run(node.index))}</m:sSub>" if node.index else base
        if isinstance(node, Words):
            return self.run(node.words.in_(self.language), upright=True)
        if isinstance(node, Sign):
            return self.run(node.text)
        if isinstance(node, Fraction):
            return f"<m:f>{_e('num', of(node.over))}{_e('den', of(node.under))}</m:f>"
        if isinstance(node, Power):
            return f"<m:sSup>{_e('e', of(node.base))}{_e('sup', of(node.exponent))}</m:sSup>"
        if isinstance(node, Root):
            return f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>{_e("e", of(node.of))}</m:rad>'
        if isinstance(node, Fence):
            return self.fence(node.left, of(node.of), node.right)
        if isinstance(node, Large):
            return (
                f'<m:nary><m:naryPr><m:chr m:val="{node.sign}"/><m:limLoc m:val="undOvr"/><m:supHide m:val="1"/>'
                f"</m:naryPr>{_e('sub', of(node.under))}<m:sup/>{_e('e', of(node.of))}</m:nary>"
            )
        if isinstance(node, Function):
            return self.function(node)
        if isinstance(node, Cases):
            rows = "".join(f"<m:e>{of(v)}{self.run('　', upright=True)}{of(c)}</m:e>" for v, c in node.rows)
            return self.fence("{", f"<m:eqArr>{rows}</m:eqArr>", "")
        raise AssertionError(node)

    def function(self, node: Function) -> str:
        name = self.run(node.name, upright=True)
        if node.under is not None:
            name = f"<m:limLow>{_e('e', name)}{_e('lim', self.of(node.under))}</m:limLow>"
        args = self.run(", ").join(self.of(arg) for arg in node.args)
        return f"<m:func>{_e('fName', name)}{_e('e', self.fence('(', args, ')'))}</m:func>"

    def fence(self, left: str, inside: str, right: str) -> str:
        return f'<m:d><m:dPr><m:begChr m:val="{left}"/><m:endChr m:val="{right}"/></m:dPr>{_e("e", inside)}</m:d>'

    def run(self, text: str, *, upright: bool = False) -> str:
        style = "<m:rPr><m:nor/></m:rPr>" if upright else ""
        east = '<w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math" w:eastAsia="仿宋_GB2312"/>'
        return f'<m:r>{style}<w:rPr>{east}{self.size}</w:rPr><m:t xml:space="preserve">{escape(text)}</m:t></m:r>'


def _e(tag: str, inside: str) -> str:
    return f"<m:{tag}>{inside}</m:{tag}>"
