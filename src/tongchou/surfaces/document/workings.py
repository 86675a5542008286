"""计算说明: a computation as a paper in official form, its formulas as equations that Word and WPS can edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tongchou import __version__
from tongchou.kernel.numbers import figure
from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.rules import words
from tongchou.rules.keys import label as key_label
from tongchou.rules.mathematics import breadth, equation, legend, lines, omml
from tongchou.rules.parameters import Dated
from tongchou.rules.result import Result
from tongchou.surfaces.document.official import OfficialDocument
from tongchou.surfaces.document.tables import TableForm
from tongchou.surfaces.run_rows import distinct, row_name, tables
from tongchou.surfaces.standing import standing, warning

_LINE = 60  # half-width characters of an equation that fit the text area
_EQUATION_PT = 14.0
_LONGEST = 240  # characters of a formula in words; a longer one is left to its equation
_MOST_ROWS = 2_000  # nobody prints more
_MOST_SENTENCES = 200
_WIDTH_MM = 156.0
_SHORT_PERIOD = 8  # characters


def workings(result: Result, names: Mapping[str, Text] | None = None, language: str = "zh") -> bytes:
    """Return the paper as .docx: basis, formulas, parameters with papers, results, a sentence a place, caveats."""
    writer = _Writer(result, names or {}, language)
    writer.basis()
    writer.formulas()
    writer.parameters()
    writer.results()
    writer.sentences()
    writer.cautions()
    return writer.paper.to_bytes()


class _Writer:
    def __init__(self, result: Result, names: Mapping[str, Text], language: str) -> None:
        self.result, self.names, self.language = result, names, language
        self.declared = result.rule.declared
        title = self.declared.title.text().in_(language)
        self.paper = OfficialDocument(f"{title}{self.say('计算说明', ': account of the computation')}")
        self.paper.title(f"{title}\n{self.say('计算说明', 'Account of the Computation')}")

    def say(self, zh: str, en: str) -> str:
        return Text(zh, en).in_(self.language)

    def basis(self) -> None:
        declared, say = self.declared, self.say
        if told := warning(self.result).in_(self.language):
            self.paper.body(told, bold="")
        self.paper.heading(say("依据和办法", "Basis and method"), 1)
        clauses = say("、", ", ").join(declared.clauses)
        periods = say("、", ", ").join(self._period(code) for code in self.result.table.arranged().codes)
        self.paper.body(say(f"本计算对应条款 {clauses}，时期为{periods}。", f"Clauses {clauses}; periods {periods}."))
        self.paper.body(Text(declared.method.zh, declared.method.en).in_(self.language) + say("。", "."))
        self.paper.body(say("办法来源：", "Source: ") + declared.method.source + say("。", "."))

    def formulas(self) -> None:
        say, rule = self.say, self.result.rule
        self.paper.heading(say("计算公式", "Formulas"), 1)
        for name in self.declared.columns:
            shown = equation(rule, name)
            said = words.formula(rule, name).in_(self.language)
            if shown is not None and len(said) > _LONGEST:
                said = said.partition(" = ")[0] + say(" = 按下式计算", " = as follows")
            self.paper.body(said.replace(" = ", say("：", ": "), 1) + say("。", "."))
            if shown is None:
                continue
            wide = breadth(shown, self.language) > _LINE
            short = equation(rule, name, "letters") if wide else shown
            assert short is not None  # noqa: S101 - there is one with labels
            for line in lines(short, _LINE, self.language):
                self.paper.equation(omml(line, self.language, size=_EQUATION_PT))
            if wide:
                self.paper.note(self._where(name))

    def _where(self, name: str) -> str:
        """Say what the letters of an equation stand for."""
        letters = legend(self.result.rule)
        step = next(step for step in self.result.rule.steps if step.name == name)
        used = [n for n in letters if n in step.names | {f"${p}" for p in step.parameters} | {name}]
        each = []
        for one in used:
            node = letters[one]
            called = words.called(self.result.rule, one).in_(self.language)
            each.append(f"{node.words.en}{_subscript(node.index)} {called}")
        return self.say("式中：", "Where ") + self.say("；", "; ").join(each) + self.say("。", ".")

    def parameters(self) -> None:
        say = self.say
        if not self.result.parameters:
            return
        self.paper.heading(say("参数", "Parameters"), 1)
        rows = []
        for name, by_period in self.result.parameters.items():
            declared = self.declared.parameters[name]
            held: list[Dated] = []
            for dated in by_period.values():
                if dated not in held:
                    held.append(dated)
            for dated in held:
                start = "" if dated.start.year == 1 else dated.start.isoformat()
                rows.append(
                    (
                        declared.label.text().in_(self.language),
                        self._value(dated, declared.unit),
                        start,
                        self._paper(dated),
                    )
                )
        heads = (say("参数", "Parameter"), say("数值", "Value"), say("自…起", "From"), say("依据", "Basis"))
        self.paper.table(TableForm(heads, (40, 36, 28, 52)), rows)
        replaced = [n for n, values in self.result.replaced.items() if values]
        if replaced:
            called = say("、", ", ").join(self.declared.parameters[n].label.text().in_(self.language) for n in replaced)
            self.paper.note(
                say(f"{called}的原有数值已被替换，见计算底稿。", f"Values of {called} were replaced; see the workbook.")
            )

    def _value(self, dated: Dated, unit: str) -> str:
        shown = label(unit).in_(self.language)
        if not isinstance(dated.value, Mapping):
            return f"{figure(dated.value, unit)}{shown}"
        each = [f"{code}：{figure(value, unit)}" for code, value in dated.value.items()]
        return self.say("；", "; ").join(each) + (f"（{shown}）" if shown else "")

    def _paper(self, dated: Dated) -> str:
        source = dated.source.text().in_(self.language)
        words_ = self.say("，", ", ").join(part for part in (source, dated.paper) if part)
        return f"{words_}（{self.say('假定', 'assumed')}）" if dated.assumed else words_

    def results(self) -> None:
        rule, say = self.result.rule, self.say
        units = rule.units()
        self.paper.heading(say("计算结果", "Results"), 1)
        for keys, columns in tables(self.result):
            heads = [key_label(key).in_(self.language) for key in keys]
            heads.append(key_label(self.declared.per[-1]).in_(self.language))
            for name in columns:
                unit = label(units[name]).in_(self.language)
                heads.append(words.called(rule, name).in_(self.language) + (f"（{unit}）" if unit else ""))
            heads.append(say("状态", "Status"))
            rows = [self._row(row, keys, columns) for row in distinct(self.result, keys)[:_MOST_ROWS]]
            period = 32.0 if any(len(row[len(keys)]) > _SHORT_PERIOD for row in rows) else 20.0
            self.paper.table(TableForm(tuple(heads), _widths(len(keys), period, len(columns))), rows)
            if (more := len(distinct(self.result, keys)) - _MOST_ROWS) > 0:
                self.paper.note(say(f"另有 {more} 行未列入，见计算底稿。", f"{more} more rows are in the workbook."))

    def _row(self, row: int, keys: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
        result = self.result
        levels = [level for name in columns if (level := int(result.status[name][row]))]
        status = Status(min(levels)).label.in_(self.language) if levels else ""
        cells = [row_name(result, self.names, row, key, self.language) for key in keys]
        cells.append(self._period(result.table.periods[row]))
        return (*cells, *(words.bare(result, name, row).in_(self.language) for name in columns), status)

    def sentences(self) -> None:
        result, say = self.result, self.say
        rows = distinct(result, result.rule.rows)
        self.paper.heading(say("逐项说明", "Row by row"), 1)
        for row in rows[:_MOST_SENTENCES]:
            place = self.names.get(result.table.places[row])
            self.paper.body(words.says(result, row, place).in_(self.language) + say("。", "."))
        if (more := len(rows) - _MOST_SENTENCES) > 0:
            self.paper.note(say(f"另有 {more} 项未列入，见计算底稿。", f"{more} more are in the workbook."))

    def cautions(self) -> None:
        say = self.say
        self.paper.heading(say("需要说明的事项", "What to bear in mind"), 1)
        for number, caveat in enumerate(self.declared.caveats, 1):
            self.paper.body(f"{number}. {caveat.text().in_(self.language)}" + say("。", "."))
        self.paper.body(standing(self.result).in_(self.language))
        if self.result.problems:
            many = len(self.result.problems)
            self.paper.body(say(f"计算时有 {many} 条提示，列入计算底稿。", f"{many} notices are in the workbook."))
        digest = self.result.rule.digest[:16]
        self.paper.note(
            say(
                f"规则 {self.result.rule.id}，指纹 {digest}；统筹 {__version__}。缺数不是零。",
                f"Rule {self.result.rule.id}, digest {digest}; Tongchou {__version__}. A missing number is not zero.",
            )
        )

    def _period(self, code: str) -> str:
        return Period.parse(code).label(self.language)


def _widths(keys: int, period: float, columns: int) -> tuple[float, ...]:
    """Return the widths of a result table's columns, mm: keys, period, numbers, status."""
    fixed = 22.0 * keys + period + 16.0
    each = max(12.0, (_WIDTH_MM - fixed) / columns)
    return (*[22.0] * keys, period, *[each] * columns, 16.0)


def _subscript(index: str) -> str:
    return index.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
