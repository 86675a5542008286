"""Stage *outline*: the text becomes clauses with stable ids, headings, kinds and places in text and source.

Which numbering style stands above which is learned from the order in which the styles appear. Unnumbered milestone
paragraphs (到2025年…, 第一阶段…), where there are several, and the rows of a table of duties are clauses too. A
document without any numbering has one clause a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from tongchou.policy.finding_codes import NUMBER_REPEATED, NUMBER_SKIPPED, finding
from tongchou.policy.kinds import kind_of, kind_of_title
from tongchou.policy.layout import Line, annex_number, lay_out
from tongchou.policy.model import Clause, ClauseKind
from tongchou.policy.numbering import Number, rank
from tongchou.policy.pipeline import Draft, Stage
from tongchou.policy.spans import Span, span_to_source
from tongchou.policy.tables import Table, header_of

_HEADING_LIMIT = 32
_LINE_LIMIT = 40
_NOWHERE = Span(0, 0)
_FIRST_SENTENCE = re.compile(r"[^。；！？\n\t]{1,40}+。")
_COLON_HEADING = re.compile(r"[^。；，：:！？\n\t（(]{2,20}+[：:](?=\s*\S)")
_GAP_HEADING = re.compile(r"[^。；：，！？\n\t \u3000]{2,24}+[ \u3000]+(?=\S)")
_LABELLED = re.compile(r"[（【\[]([^）】\]\n]{2,20})[）】\]][ \u3000]*")
# A date or a figure makes a first sentence a promise of its own, not a heading.
_NO_HEADING = re.compile(r"\d|《|单位[：:]|部门[：:]|负责[)）〕\]】]|牵头|时限[：:]")
_DUTY_LINE = re.compile(
    r"\s*[（(〔\[【]?\s*(?:[责牵配参协主承实][任头合与助办施]\w{0,2}(?:单位|部门|主体)|完成时[限间]|时限要求?)\s*[：:]"
)
_MILESTONE = re.compile(
    r"\s*(?:(?:到|至|截至)?(?:20|21)\d\d年(?:底|末|年底)?[，,：:、]|(?:到|至)(?:20|21)\d\d年|到本世纪中叶"
    r"|(?:到)?“?十[一二三四五六七八九]五”?(?:规划)?(?:期末|末|时期末|期间)|第[一二三四五]阶段|[近中远]期(?:目标)?[（(：:，,])"
)


@dataclass(slots=True)
class _Node:
    """A clause under construction."""

    number: Number | None
    id: str
    level: int
    parent: _Node | None
    start: int
    words: int  # where the words after the number begin
    end: int
    kind: ClauseKind
    printed: str = ""
    body: list[Line] = field(default_factory=list)  # lines after the first
    children: int = 0
    last: int = 0  # count of the last numbered child
    heading: Span = _NOWHERE
    text: Span = _NOWHERE
    table: tuple[Table, Line] | None = None


class _Outline:
    """Builds the nodes from the lines in one pass."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = draft.text
        self.nodes: list[_Node] = []
        self.root = _Node(None, "", 0, None, 0, 0, 0, ClauseKind.OTHER)
        self.stack: list[_Node] = []
        self.order: list[str] = []
        self.last_of: dict[str, int] = {}
        self.ones: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.table: Table | None = None
        self.taken: Counter[str] = Counter()

    def build(self) -> None:
        text = self.text
        layout = lay_out(text, self.draft.title, self.draft.number)
        if layout.addressees is not None:
            self.draft.addressed = layout.addressees
        if not layout.numbered:
            for i, line in enumerate(layout.body, 1):
                self._node(None, str(i), self.root, line.start, line.start, line.end)
            return
        for line in layout.body:
            if line.number is not None:
                self.all[line.number.style] += 1
                self.ones[line.number.style] += line.number.value == 1
        for line in layout.body:
            if line.kind != "row":
                self.table = None
            if line.kind == "annex":
                self._annex(line)
            elif line.kind == "row":
                self._row(line)
            elif line.number is not None and self._fits(line.number):
                self._heading(line, line.number)
            elif self.stack:
                self.stack[-1].body.append(line)
                self.stack[-1].end = line.end

    def _fits(self, number: Number) -> bool:
        """A decimal such as 1.2 is a heading only where it goes on from the headings before it."""
        if not number.path:
            return True
        above, value = number.path[:-1], number.value
        last = self.last_of.get(f"{number.style}:{above}", 0)
        if value != last + 1:
            return False
        if len(above) == 1:
            return any(n.number is not None and n.number.value == above[0] for n in self.stack) or not self.stack
        return True

    def _annex(self, line: Line) -> None:
        self.stack.clear()
        self.order.clear()
        number = annex_number(self.text, line)
        self.stack.append(self._node(number, f"A{number.value}", self.root, number.start, number.words, line.end))

    def _heading(self, line: Line, number: Number) -> None:
        depth = self._depth(number)
        while self.stack and self._style_depth(self.stack[-1]) >= depth:
            self.stack.pop()
        parent = self.stack[-1] if self.stack else self.root
        node = self._node(number, "", parent, number.start, number.words, line.end)
        self._check_sequence(node, number, parent)
        self.stack.append(node)

    def _style_depth(self, node: _Node) -> int:
        assert node.number is not None  # noqa: S101 - only numbered nodes are put on the stack
        style = node.number.style
        return -1 if style == "annex" else self.order.index(style)

    def _depth(self, number: Number) -> int:
        """Return the place of the number's style in the order learned so far, learning it when it is new."""
        style = number.style
        if style in self.order:
            return self.order.index(style)
        at = self._style_depth(self.stack[-1]) + 1 if self.stack else 0
        # A style that usually stands higher and does not start anew goes above one that does: 一、 after a 1. list.
        while (
            at > 0
            and rank(style) < rank(self.order[at - 1])
            and self.ones[style] <= 1 < self.all[style]
            and self.ones[self.order[at - 1]] > 1
        ):
            at -= 1
        self.order.insert(at, style)
        return at

    def _check_sequence(self, node: _Node, number: Number, parent: _Node) -> None:
        style = number.style
        same_parent = f"{style}@{parent.id}"
        key = f"{style}:{number.path[:-1]}" if number.path else style
        last, anywhere = self.last_of.get(same_parent), self.last_of.get(key, 0)
        expected = (last if last is not None else 0) + 1
        goes_on = last is None and number.value == anywhere + 1
        if number.value != expected and not goes_on:
            kind = NUMBER_SKIPPED if number.value > expected else NUMBER_REPEATED
            span = Span(number.start, number.end)
            self.draft.findings.append(
                finding(kind, node.id, span, number=self.text[number.start : number.end], expected=expected)
            )
        self.last_of[same_parent] = number.value
        self.last_of[key] = number.value

    def _row(self, line: Line) -> None:
        if self.table is None:
            self.table = header_of(self.text, line.start, line.end)
            if self.table is not None and self.stack:
                self.stack[-1].end = line.end
                return
            if self.table is not None:
                return
        if self.table is None or not self.table.has_duties:
            if self.stack:
                self.stack[-1].body.append(line)
                self.stack[-1].end = line.end
            return
        if self.table.is_header(self.text[line.start : line.end]):
            return
        parent = self.stack[-1] if self.stack else self.root
        printed = self.table.number_in(self.text, line.start, line.end)
        node = self._node(None, "", parent, line.start, printed.end if printed else line.start, line.end)
        if printed:
            node.printed = self.text[printed.start : printed.end]
        node.table = (self.table, line)
        for above in self.stack:
            above.end = line.end

    def _node(self, number: Number | None, id_: str, parent: _Node, start: int, words: int, end: int) -> _Node:
        parent.children += 1
        if not id_:
            wanted = number.value if number is not None else parent.last + 1
            prefix = f"{parent.id}." if parent.id else ""
            parent.last = max(parent.last, wanted)
            id_ = f"{prefix}{wanted}"
        # 2.3, and where the number is printed again 2.3b, 2.3c …
        times = self.taken[id_]
        self.taken[id_] += 1
        if times:
            id_ += chr(97 + times) if times < 26 else f"_{times}"
        node = _Node(number, id_, parent.level + 1, parent, start, words, end, parent.kind)
        node.printed = self.text[number.start : number.end] if number is not None else ""
        self.nodes.append(node)
        return node

    def split(self) -> None:
        """Split the heading of every node from its text, tell its kind, and take milestone paragraphs apart."""
        title = kind_of_title(self.draft.title)
        for node in list(self.nodes):
            self._split_heading(node)
            node.kind = kind_of(
                self.text[node.heading.start : node.heading.end],
                title if node.parent is self.root or node.parent is None else node.parent.kind,
                top=node.level == 1 or node.parent is self.root,
            )
        nodes, self.nodes = self.nodes, []
        for node in nodes:
            self.nodes.append(node)
            self._milestones(node)

    def _split_heading(self, node: _Node) -> None:
        text, start, line_end = self.text, node.words, self._first_line_end(node)
        stop = start + len(text[start:line_end].rstrip())
        last = node.body[-1].end if node.body else stop
        heading_end, text_start = start, start
        if node.number is not None and node.table is None:
            heading_end, text_start = self._heading_of(node, start, stop)
        if text_start >= stop and node.body:
            text_start = node.body[0].start
            if node.number is not None and node.number.style == "annex" and heading_end == start:
                first = node.body[0]
                if first.end - first.start <= _HEADING_LIMIT and "。" not in text[first.start : first.end]:
                    node.heading = Span(first.start, first.end)
                    text_start = node.body[1].start if len(node.body) > 1 else first.end
                    node.text = Span(text_start, max(text_start, last))
                    return
        node.heading = Span(start, heading_end)
        node.text = Span(text_start, max(text_start, last)) if text_start < last else Span(last, last)

    def _first_line_end(self, node: _Node) -> int:
        end = self.text.find("\n", node.start)
        return len(self.text) if end < 0 else end

    def _heading_of(self, node: _Node, start: int, stop: int) -> tuple[int, int]:
        """Return where the heading ends and where the text begins, on the first line of a clause."""
        text = self.text
        number = node.number
        assert number is not None  # noqa: S101 - the caller has looked
        article = number.style == "article"
        if article:
            match = _LABELLED.match(text, start, stop)
            if match is not None:
                node.words = match.start(1)
                return match.end(1), match.end()
            return start, start
        labelled = _COLON_HEADING.match(text, start, stop) or _GAP_HEADING.match(text, start, stop)
        if labelled is not None and not _NO_HEADING.search(labelled[0]):
            return start + len(labelled[0].rstrip("：: \u3000")), labelled.end()
        follows = bool(node.body) and not _DUTY_LINE.match(text, node.body[0].start, node.body[0].end)
        match = _FIRST_SENTENCE.match(text, start, stop)
        if match is not None:
            words = text[start : match.end() - 1]
            short = len(words) <= _HEADING_LIMIT and words.count("，") <= 2 and not _NO_HEADING.search(words)
            rest = match.end() < stop and not text[match.end() : stop].isspace()
            if short and (node.children or follows or (rest and not _only_duty(text[match.end() : stop]))):
                return match.end() - 1, match.end()
            return start, start
        words = text[start:stop]
        short = len(words) <= _LINE_LIMIT and not re.search("[。；！？]", words) and not _NO_HEADING.search(words)
        if short and (node.children or follows or number.style == "annex"):
            return start + len(words.rstrip("：: \u3000")), stop
        return start, start

    def _milestones(self, node: _Node) -> None:
        """Make the milestone paragraphs of a goal clauses of their own, each up to the next one."""
        text = self.text
        found = [i for i, line in enumerate(node.body) if line.kind == "text" and _MILESTONE.match(text, *line[:2])]
        if len(found) < 2:
            return
        lines = node.body
        parts = [
            (lines[i], lines[(found[k + 1] if k + 1 < len(found) else len(lines)) - 1]) for k, i in enumerate(found)
        ]
        node.body = lines[: found[0]]
        before = node.body[-1].end if node.body else self._first_line_end(node)
        if node.text.start >= parts[0][0].start:
            node.text = Span(node.heading.end, node.heading.end)
        else:
            node.text = Span(node.text.start, max(node.text.start, before))
        for first, last in parts:
            start = first.start + len(text[first.start : first.end]) - len(text[first.start : first.end].lstrip())
            child = self._node(None, "", node, start, start, last.end)
            child.heading = Span(start, start)
            child.text = Span(start, last.end)
            child.kind = ClauseKind.GOAL


def _only_duty(rest: str) -> bool:
    """Return whether nothing but a bracket or line naming the responsible follows."""
    return bool(re.match(r"\s*[（(〔\[【].*[)）〕\]】]\s*。?\s*$", rest)) or bool(_DUTY_LINE.match(rest))


def run(draft: Draft) -> None:
    """Write ``draft.clauses``, the place of the addressees, and findings on numbers that skip or repeat."""
    outline = _Outline(draft)
    outline.build()
    outline.split()
    text, layers = draft.text, [layer for layer in draft.texts if layer.edits]
    for node in outline.nodes:
        end = max(node.text.end, node.heading.end, node.words)
        span = Span(node.start, end)
        draft.clauses.append(
            Clause(
                id=node.id,
                number=node.printed,
                level=node.level,
                kind=node.kind,
                heading=text[node.heading.start : node.heading.end],
                text=text[node.text.start : node.text.end],
                span=span,
                heading_span=node.heading,
                text_span=node.text,
                source_span=span_to_source(span, layers),
                parent=node.parent.id if node.parent is not None and node.parent.id else None,
                duty=None,
                commitments=(),
                targets=(),
            )
        )
        if node.table is not None:
            draft.rows[node.id] = node.table[0].cells(text, node.table[1].start, node.table[1].end)


STAGE = Stage(
    "outline",
    reads=("text", "texts", "title", "number"),
    writes=("clauses", "addressed", "rows", "findings"),
    run=run,
)
