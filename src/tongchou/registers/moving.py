"""Moves between states: what a role may do with a row, and what a move still needs."""

from __future__ import annotations

from collections.abc import Collection

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.registers import codes
from tongchou.registers.declaration import Move
from tongchou.registers.register import Register
from tongchou.registers.row import Row

ROLES = {
    "officer": Text("经办人", "an officer"),
    "reviewer": Text("审核人", "a reviewer"),
    "head": Text("单位负责人", "the head of the unit"),
    "coordinator": Text("市级协调员", "the city's coordinator"),
    "finance": Text("财政", "finance"),
    "assessor": Text("考核", "an assessor"),
    "administrator": Text("系统管理员", "an administrator"),
}
_EVIDENCE = {"file": Text("文件", "a file"), "text": Text("文字或文件", "words or a file")}


def open_moves(register: Register, state: str, roles: Collection[str]) -> dict[str, Move]:
    """Return the moves somebody with one of ``roles`` may make from ``state``."""
    return {name: move for name, move in register.moves_from(state).items() if set(move.who) & set(roles)}


def problems_of(
    register: Register,
    row: Row,
    name: str,
    *,
    roles: Collection[str],
    text: str = "",
    files: int = 0,
    reason: str = "",
) -> list[Problem]:
    """Return everything that stands against making the move ``name`` with ``row``; nothing when it may be made."""
    declared = register.declared
    possible = register.moves_from(row.state)
    move = declared.moves.get(name)
    if move is None or name not in possible:
        state = declared.states[row.state].label.text()
        known = Text(
            "、".join(m.label.zh for m in possible.values()) or "—",
            ", ".join(m.label.en for m in possible.values()) or "—",
        )
        return [codes.NO_SUCH_MOVE.at("move", state=state, move=move.label.text() if move else name, known=known)]
    label = move.label.text()
    found = []
    if not set(move.who) & set(roles):
        who = Text("、".join(ROLES[r].zh for r in move.who), " or ".join(ROLES[r].en for r in move.who))
        found.append(codes.NOT_YOUR_MOVE.at("move", move=label, who=who))
    if (move.evidence == "file" and not files) or (move.evidence == "text" and not files and not text.strip()):
        found.append(codes.NO_EVIDENCE.at("evidence", move=label, what=_EVIDENCE[move.evidence]))
    if move.reason and not reason.strip():
        found.append(codes.NO_REASON.at("reason", move=label))
    empty = [declared.fields[field].label for field in move.fields if row.values.get(field) in (None, "", [])]
    if empty:
        labels = Text("、".join(w.zh for w in empty), ", ".join(w.en for w in empty))
        found.append(codes.FIELDS_FIRST.at("fields", move=label, labels=labels))
    return found
