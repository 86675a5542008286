"""The list of everything declared: rules and registers of ``systems``, those a region adds, and parameters."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import tongchou.systems
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.registers import codes as register_codes
from tongchou.registers import register as registers_of_file
from tongchou.registers.register import Register
from tongchou.rules import codes
from tongchou.rules import parameters as dated
from tongchou.rules.kept import kept
from tongchou.rules.parameters import Parameters
from tongchou.rules.rule import Rule, load

_PARAMETERS = "parameters"
_RULES = "rules"
_REGISTERS = "registers"
_CODE = ("kernel", "formulas", "rules", "registers", "systems")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules by id, in order, and the dated parameters of each; a region's values show what they set aside.

    Registers by id, in order of the systems they serve.
    """

    rules: dict[str, Rule]
    parameters: dict[str, Parameters]
    registers: dict[str, Register]

    def rule(self, id_: str) -> Rule:
        """Return a rule; raise :class:`ProblemsError` naming near ones when there is none of this id."""
        if id_ not in self.rules:
            near = get_close_matches(id_, self.rules, n=3, cutoff=0.4)
            raise ProblemsError([codes.NO_SUCH_RULE.at(id_, id=id_, near="、".join(near) or "—")])
        return self.rules[id_]

    def register(self, id_: str) -> Register:
        """Return a register; raise :class:`ProblemsError` naming near ones when there is none of this id."""
        if id_ not in self.registers:
            near = get_close_matches(id_, self.registers, n=3, cutoff=0.4)
            raise ProblemsError([register_codes.NO_SUCH_REGISTER.at(id_, id=id_, near="、".join(near) or "—")])
        return self.registers[id_]


def registers() -> dict[str, Register]:
    """Return every built-in register by id; raise :class:`ProblemsError` with the problems of all files."""
    return built_in().registers


def rules() -> dict[str, Rule]:
    """Return every built-in rule by id, in order; raise :class:`ProblemsError` with the problems of all files."""
    return built_in().rules


@lru_cache(maxsize=1)
def built_in() -> Catalogue:
    """Return the built-in catalogue, rules and parameters; raise :class:`ProblemsError` with all that is wrong.

    Once checked it is kept beside the code until a declaration or the code changes.
    """
    root = Path(tongchou.__path__[0])
    return kept(
        "catalogue",
        root,
        [root / folder for folder in ("kernel", "formulas", "rules", "registers", "systems")],
        checked,
    )


def checked() -> Catalogue:
    """Return the built-in catalogue with every declaration checked anew; raise as :func:`built_in`."""
    root = Path(tongchou.systems.__path__[0])
    found = _load_rules({path.relative_to(root).as_posix(): path for path in sorted(root.glob("*/*.yaml"))}, {})
    files = {
        f"{path.parent.parent.name}.{path.stem}": (path, path.relative_to(root).as_posix())
        for path in sorted(root.glob(f"*/{_PARAMETERS}/*.yaml"))
    }
    declared = {path.relative_to(root).as_posix(): path for path in sorted(root.glob(f"*/{_REGISTERS}/*.yaml"))}
    return Catalogue(found, _load_parameters(found, files, {}), _load_registers(declared, {}))


def of_package(folder: Path | None) -> Catalogue:
    """Return the built-in catalogue with what a region package adds in ``rules``, ``parameters`` and ``registers``.

    A package adds rules and registers and sets parameters of rules (``parameters/<rule id>.yaml``); it cannot replace
    what is built in. Raises :class:`ProblemsError`.
    """
    base = built_in()
    if folder is None:
        return base
    added = {f"{_RULES}/{path.name}": path for path in sorted((folder / _RULES).glob("*.yaml"))}
    all_rules = _load_rules(added, base.rules) if added else base.rules
    files = {path.stem: (path, f"{_PARAMETERS}/{path.name}") for path in sorted((folder / _PARAMETERS).glob("*.yaml"))}
    declared = {f"{_REGISTERS}/{path.name}": path for path in sorted((folder / _REGISTERS).glob("*.yaml"))}
    all_registers = _load_registers(declared, base.registers) if declared else base.registers
    return Catalogue(all_rules, _load_parameters(all_rules, files, base.parameters), all_registers)


def _load_registers(files: dict[str, Path], known: dict[str, Register]) -> dict[str, Register]:
    found = dict(known)
    problems: list[Problem] = []
    for file, path in files.items():
        try:
            register = registers_of_file.load(path, file)
        except ProblemsError as error:
            problems += error.problems
            continue
        if register.id in found:
            problems.append(register_codes.TAKEN_NAME.at(file, name=register.id))
        found[register.id] = register
    linked = {f.register_ for r in found.values() for f in r.declared.fields.values() if f.register_ is not None}
    problems += [
        register_codes.NO_SUCH_REGISTER.at(id_, id=id_, near="、".join(get_close_matches(id_, found)) or "—")
        for id_ in sorted(linked - found.keys())
    ]
    if problems:
        raise ProblemsError(problems)
    return dict(sorted(found.items(), key=lambda item: (item[1].declared.system, item[0])))


def _load_rules(files: dict[str, Path], known: dict[str, Rule]) -> dict[str, Rule]:
    found = dict(known)
    problems: list[Problem] = []

    def find(id_: str) -> tuple[str, str] | None:
        """Look up a rule that another uses: a built-in one, or one of the same folder."""
        module, _, name = id_.rpartition(".")
        folders = (Path(tongchou.systems.__path__[0]) / module, *{path.parent for path in files.values()})
        there = next((f / f"{name}.yaml" for f in folders if (f / f"{name}.yaml").is_file()), None)
        return None if there is None else (there.read_text(encoding="utf-8-sig"), there.name)

    for file, path in files.items():
        try:
            rule = load(path, file, find)
        except ProblemsError as error:
            problems += error.problems
            continue
        if rule.id in found:
            problems.append(codes.REPEATED_NAME.at(file, name=rule.id))
        found[rule.id] = rule
    if problems:
        raise ProblemsError(problems)
    return dict(sorted(found.items()))


def _load_parameters(
    known: dict[str, Rule], files: dict[str, tuple[Path, str]], before: dict[str, Parameters]
) -> dict[str, Parameters]:
    found = {id_: before.get(id_) or dated.none(rule) for id_, rule in known.items()}
    problems: list[Problem] = []
    for id_, (path, file) in files.items():
        if id_ not in known:
            problems.append(codes.NO_SUCH_RULE.at(file, id=id_, near="、".join(get_close_matches(id_, known)) or "—"))
            continue
        try:
            found[id_] = found[id_].overridden_by(dated.load(path, known[id_], file))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return found
