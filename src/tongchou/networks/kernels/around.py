"""Which shortcuts a node of many neighbours leaves behind: ways round for sixteen of them at a time.

Searches from the neighbours of one node go over the same few nodes again and again. So its neighbours and theirs are
taken out of the graph once, and costs from all neighbours are lowered together, edge by edge, in a few sweeps. A way
that is not found leaves a shortcut that is superfluous, never wrong.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from tongchou.networks.kernels.lanes import LANES, relax_all
from tongchou.networks.kernels.room import AROUND

FEWEST, MOST = 5, 128  # neighbours of a node for which this is quicker than a search from each
_SWEEPS = 3  # toward the node itself, away from it, and back; two leave an edge in a hundred more, four save none


@njit(cache=True)
def shortcuts_around(
    start: Any,
    count: Any,
    near: Any,
    out: Any,
    into: Any,
    node: Any,
    gone: Any,
    alike: bool,
    room: Any,
    part: int,
    top: Any,
    tails: Any,
    heads: Any,
    costs: Any,
    at: int,
) -> int:
    """Write the shortcuts of ``node`` as :func:`tongchou.networks.kernels.witness.shortcuts` does."""
    around, number, table = room.around[part], room.number[part], room.table[part]
    nodes = _taken_out(start, count, near, out, into, node, gone, room, part, top)
    low, many = start[node], count[node]
    found = 0
    for batch in range(0, many - 1 if alike else many, LANES):
        lanes = min(LANES, many - batch)
        _costs_from(near[low + batch : low + batch + lanes], nodes, room, part, top)
        for lane in range(lanes):
            i = batch + lane
            come = into[low + i]
            for j in range(i + 1 if alike else 0, many):
                go = out[low + j]
                if j == i or come >= top or go >= top or come + go >= top:
                    continue
                other = number[near[low + j]]
                if other < 0 or table[other, lane] > come + go:
                    tails[at + found], heads[at + found], costs[at + found] = near[low + i], near[low + j], come + go
                    found += 1
    for k in range(nodes):
        number[around[k]] = -1
    return found


@njit(cache=True)
def _taken_out(
    start: Any, count: Any, near: Any, out: Any, into: Any, node: Any, gone: Any, room: Any, part: int, top: Any
) -> int:
    """Number the neighbours of ``node`` from 0 and theirs after them; write down the edges between all these, by heads.

    Return how many nodes they are. What finds no room is left out, and with it ways round.
    """
    around, number = room.around[part], room.number[part]
    begin, tails, paid = room.begin[part], room.tails[part], room.paid[part]
    low, many = start[node], count[node]
    # No node of a way from neighbour to neighbour that is worth it lies farther than the two longest edges together.
    longest, second = out.dtype.type(0), out.dtype.type(0)
    found = 0
    for edge in range(low, low + many):
        farther = max(out[edge], into[edge])
        if farther >= top:
            farther = min(out[edge], into[edge])
        if farther > longest:
            longest, second = farther, longest
        elif farther > second:
            second = farther
        number[near[edge]], around[found] = found, near[edge]
        found += 1
    reach = longest + second
    edges, k = 0, 0
    while k < found:
        tail = around[k]
        begin[k] = edges
        for edge in range(start[tail], start[tail] + count[tail]):
            head = near[edge]
            other = number[head]
            if other < 0:
                if k >= many or found >= AROUND or gone[head]:
                    continue
                if min(out[low + k], into[low + k]) + min(out[edge], into[edge]) > reach:
                    continue
                other = found
                number[head], around[found] = found, head
                found += 1
            if into[edge] < top and edges < tails.size:
                tails[edges], paid[edges] = other, into[edge]
                edges += 1
        k += 1
    begin[found] = edges
    return found


@njit(cache=True)
def _costs_from(origins: Any, nodes: int, room: Any, part: int, top: Any) -> None:
    """Write what it costs at most from each of ``origins``, one a lane, to the numbered nodes into the table."""
    number, table = room.number[part], room.table[part]
    begin, tails, paid = room.begin[part], room.tails[part], room.paid[part]
    for k in range(nodes):
        for lane in range(LANES):
            table[k, lane] = top
    for lane in range(origins.size):
        if number[origins[lane]] >= 0:
            table[number[origins[lane]], lane] = 0
    for turn in range(_SWEEPS):
        for step in range(nodes):
            k = step if turn % 2 else nodes - 1 - step
            relax_all(table, k, tails, paid, begin[k], begin[k + 1])
