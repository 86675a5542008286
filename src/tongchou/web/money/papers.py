"""The ledger and a statement as files: list, workbook, and the statement as a paper in official form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.surfaces.document.official import OfficialDocument
from tongchou.surfaces.document.tables import TableForm
from tongchou.surfaces.listing import Listing, ListingColumn, printed
from tongchou.web.money.amounts import yuan
from tongchou.web.money.models import Line
from tongchou.web.money.statement import Statement

MADE_UP = Text("示例", "illustrative")
_NOTHING = Text("", "")


def period_words(code: str) -> Text:
    """Return a period in words."""
    held = Period.parse(code)
    return Text(held.label(), held.label("en"))


def ledger_listing(lines: Iterable[Line], titles: Mapping[str, Text], now: datetime) -> Listing:
    """Return the ledger as a list."""
    columns = (
        ListingColumn(Text("凭证号", "Entry"), 13),
        ListingColumn(Text("日期", "Date"), 11, "date"),
        ListingColumn(Text("类别", "Kind"), 9, "centre"),
        ListingColumn(Text("转移支付类型", "Type"), 15),
        ListingColumn(Text("用途", "Purpose"), 24),
        ListingColumn(Text("规则", "Rule"), 22),
        ListingColumn(Text("条款", "Clause"), 9),
        ListingColumn(Text("时期", "Period"), 9),
        ListingColumn(Text("付方", "Payer"), 20),
        ListingColumn(Text("收方", "Payee"), 20),
        ListingColumn(Text("金额（元）", "Amount (yuan)"), 17, "decimal"),
        ListingColumn(Text("测算", "Run"), 7, "number"),
        ListingColumn(Text("数据状态", "Standing"), 9, "centre"),
    )
    rows = [
        (
            line.entry.number,
            timezone.localtime(line.entry.posted_at).date(),
            line.entry.kind_words,
            line.entry.transfer_words,
            line.entry.purpose_words,
            titles.get(line.entry.rule, Text(line.entry.rule, line.entry.rule)),
            line.entry.clauses,
            period_words(line.entry.period),
            line.payer.title,
            line.payee.title,
            line.fen / 100,
            line.entry.run_id,
            MADE_UP if line.entry.is_illustrative else _NOTHING,
        )
        for line in lines
    ]
    local = timezone.localtime(now)
    note = Text(
        f"截至 {local:%Y年%m月%d日}，共 {len(rows)} 笔。标“示例”的不是真实款项。",
        f"As of {local:%Y-%m-%d}, {len(rows)} movements. What is marked illustrative is not real money.",
    )
    return Listing(Text("支付台账", "Ledger of movements"), note, columns, rows)


_COLUMNS = (
    ListingColumn(Text("日期", "Date"), 11, "date"),
    ListingColumn(Text("凭证号", "Entry"), 12),
    ListingColumn(Text("用途", "Purpose"), 24),
    ListingColumn(Text("条款", "Clause"), 8),
    ListingColumn(Text("规则和测算", "Rule and run"), 26),
    ListingColumn(Text("时期", "Period"), 9),
    ListingColumn(Text("对方", "Other side"), 18),
    ListingColumn(Text("收入（元）", "Received (yuan)"), 16, "decimal"),
    ListingColumn(Text("支出（元）", "Paid (yuan)"), 16, "decimal"),
    ListingColumn(Text("说明", "Note"), 12),
)


def statement_title(held: Statement) -> Text:
    """Return the title of a statement."""
    return Text(
        f"{held.organisation.name}{held.year}年度往来款项对账单",
        f"Statement of movements {held.year}: {held.organisation.title.en}",
    )


def statement_note(held: Statement, now: datetime) -> Text:
    """Return what stands above a statement."""
    local = timezone.localtime(now)
    income, outgo, balance = yuan(held.income), yuan(held.outgo), yuan(held.balance)
    zh = f"截至{local:%Y年%m月%d日}，收入 {income} 元，支出 {outgo} 元，收支差额 {balance} 元。"
    en = f"As of {local:%Y-%m-%d}: received {income}, paid {outgo}, difference {balance} yuan."
    if held.has_made_up:
        income, outgo = yuan(held.illustrative_income), yuan(held.illustrative_outgo)
        zh += f"另有标“示例”的收入 {income} 元、支出 {outgo} 元，不是真实款项，不计入合计。"
        en += f" Besides, illustrative amounts: {income} received, {outgo} paid, not real and not in the totals."
    return Text(zh, en)


def statement_listing(held: Statement, titles: Mapping[str, Text], now: datetime) -> Listing:
    """Return a statement as a list: every flow and the totals."""
    rows: list[tuple[object, ...]] = [
        (
            timezone.localtime(f.entry.posted_at).date(),
            f.entry.number,
            f.entry.purpose_words,
            f.entry.clauses,
            _rule_and_run(titles.get(f.entry.rule, Text(f.entry.rule, f.entry.rule)), f.entry.run_id),
            period_words(f.entry.period),
            f.other,
            None if f.income is None else f.income / 100,
            None if f.outgo is None else f.outgo / 100,
            _remark(f.entry.kind_words, f.entry.is_illustrative),
        )
        for f in held.flows
    ]
    total = Text("合计（不含示例）", "Total, illustrative left out")
    rows.append((None, "", total, "", "", "", "", held.income / 100, held.outgo / 100, ""))
    foot = Text(f"核对码 {held.digest[:12]}", f"check code {held.digest[:12]}")
    return Listing(statement_title(held), statement_note(held, now), _COLUMNS, rows, foot)  # type: ignore[arg-type]


def statement_paper(held: Statement, titles: Mapping[str, Text], now: datetime, language: str) -> bytes:
    """Return a statement as a Word document to be signed: title, addressee, table, totals, places to sign."""
    listing = statement_listing(held, titles, now)
    paper = OfficialDocument(listing.title.in_(language))
    paper.landscape()
    paper.title(listing.title.in_(language))
    paper.body(Text(f"{held.organisation.name}：", f"{held.organisation.title.en}:").in_(language), indent=False)
    paper.body(listing.note.in_(language))
    total = sum(c.width for c in listing.columns)
    form = TableForm(
        tuple(c.head.in_(language) for c in listing.columns), tuple(225 * c.width / total for c in listing.columns)
    )
    rows = [
        [yuan(round(cell * 100)) if isinstance(cell, float) else printed(cell, language) for cell in row]
        for row in listing.rows
    ]
    paper.table(form, rows)
    for words in (
        Text(
            "请核对。相符的，由单位负责人签字并加盖公章后退回；不符的，写明分录和理由。",
            "Please check. Where it agrees, return it signed and sealed; where not, name the line and the reason.",
        ),
        Text(
            "核对结果：□ 相符　□ 不符，理由：",
            "Result: □ agrees   □ does not agree, because:",
        ),
        Text(
            "经办人：　　　　　　单位负责人：　　　　　　（公章）　　　　年　　月　　日",
            "Officer:            Head:            (seal)            Date:",
        ),
    ):
        paper.body(words.in_(language))
    paper.note(listing.foot.in_(language))
    return paper.to_bytes()


def _rule_and_run(title: Text, run: int) -> Text:
    return Text(f"{title.zh}（第 {run} 号测算）", f"{title.en} (run {run})")


def _remark(kind: Text, made_up: bool) -> Text:
    return Text(f"{kind.zh}{'，示例' if made_up else ''}", f"{kind.en}{', illustrative' if made_up else ''}")
