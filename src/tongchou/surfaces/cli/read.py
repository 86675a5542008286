"""``tongchou read``: a document becomes a ledger, on the screen and in files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tongchou.kernel.problems import Problem
    from tongchou.policy.model import Policy
    from tongchou.region.model import Region


class Language(StrEnum):
    """The language of labels."""

    ZH = "zh"
    EN = "en"


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="政策文件。.txt, .docx, .pdf with text, or .html.")],
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="按后缀写出，可重复。Write by suffix: .xlsx .docx .csv .json .xml."),
    ] = None,
    region: Annotated[
        str, typer.Option(help="地区包名称或文件夹，none 为不用。Region package, or none; by default by the issuer.")
    ] = "auto",
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """把政策文件读成条款、责任、承诺、目标和缺项。Read a policy into clauses, duties, commitments and findings."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.cli.writing import write
    from tongchou.surfaces.exports import EXPORTS

    outputs = output or []
    problems = _unfit(file, outputs)
    if problems:
        raise stop(problems)
    try:
        policy, used = read_with_region(file, region)
    except ProblemsError as error:
        raise stop(error.problems) from None
    written = [write(path, EXPORTS[path.suffix.lower()].render(policy, used)) for path in outputs]
    problems = [p for p in written if p is not None]
    from rich.console import Console

    from tongchou.surfaces.summary import summary

    console = Console()
    console.print(summary(policy, used, language.value, brief=bool(outputs)))
    for path in outputs:
        if path.exists():
            console.print(f"→ {path}", markup=False, highlight=False)
    if problems:
        raise stop(problems)


def read_with_region(file: Path, region: str) -> tuple[Policy, Region | None]:
    """Read ``file`` with the names of a region: one named, none, or (``auto``) the built-in one that issued it.

    Raises :class:`~tongchou.kernel.problems.ProblemsError`.
    """
    from tongchou.kernel.problems import ProblemsError
    from tongchou.policy.reader import read_file
    from tongchou.region import builtin, load
    from tongchou.surfaces import codes

    try:
        if region not in ("auto", "none"):
            used = load(region)
            return read_file(file, places=used.places, parties=used.parties), used
        policy = read_file(file)
        if region == "auto":
            for name in builtin():
                used = load(name)
                if used.places[used.centre].name in f"{policy.issuer or ''} {policy.title}":
                    return read_file(file, places=used.places, parties=used.parties), used
        return policy, None
    except OSError as error:
        raise ProblemsError([codes.NOT_READABLE.at(str(file), reason=error.strerror or str(error))]) from error


def _unfit(file: Path, outputs: list[Path]) -> list[Problem]:
    """Return what can be known to be wrong before anything is read."""
    from tongchou.surfaces import codes
    from tongchou.surfaces.exports import EXPORTS

    problems = []
    if file.is_dir():
        problems.append(codes.IS_A_FOLDER.at(str(file)))
    elif not file.is_file():
        problems.append(codes.NO_SUCH_FILE.at(str(file)))
    for path in outputs:
        if path.suffix.lower() not in EXPORTS:
            problems.append(codes.UNKNOWN_SUFFIX.at(str(path), suffix=path.suffix, known=" ".join(EXPORTS)))
        if path.exists() and file.exists() and path.samefile(file):
            problems.append(codes.WOULD_OVERWRITE.at(str(path)))
    return problems
