"""Which shortcuts a node of many neighbours leaves behind: ways round for sixteen of them at a time.

Searches from the neighbours of one node go over the same few nodes again and again. So the nodes around are taken out
of the graph once, and costs from all neighbours are lowered together, edge by edge, in a few sweeps. A way that is not
found leaves a shortcut that is superfluous, never wrong.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from tongchou.networks.kernels.heap import pop, push
from tongchou.networks.kernels.lanes import LANES, relax
from tongchou.networks.kernels.room import AROUND, HEAP

FEWEST, MOST = 6, 64  # neighbours of a node for which this is quicker than a search from each, and good enough
_FOR_EACH = 10  # nodes around for each neighbour: the nearest
_SWEEPS = 2  # from the farthest to the nearest, and back


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
    nodes = _nearest(start, count, near, out, into, node, gone, room, part, top)
    _between(start, count, near, into, nodes, room, part, top)
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
def _nearest(
    start: Any, count: Any, near: Any, out: Any, into: Any, node: Any, gone: Any, room: Any, part: int, top: Any
) -> int:
    """Number the nodes nearest to ``node`` from 0, whichever way is shorter; return how many they are."""
    dist, touched, keys, items = room.dist[part], room.touched[part], room.keys[part], room.items[part]
    around, number = room.around[part], room.number[part]
    low, high = start[node], start[node] + count[node]
    # No node of a way from neighbour to neighbour that is worth it lies farther than the two longest edges together.
    longest, second = out.dtype.type(0), out.dtype.type(0)
    marks, size = 0, 0
    for edge in range(low, high):
        here = min(out[edge], into[edge])
        farther = max(out[edge], into[edge])
        if farther >= top:
            farther = here
        if farther > longest:
            longest, second = farther, longest
        elif farther > second:
            second = farther
        dist[near[edge]] = here
        touched[marks] = near[edge]
        marks += 1
        size = push(keys, items, size, here, near[edge])
    reach = longest + second
    most = min(AROUND, _FOR_EACH * count[node])
    found = 0
    while size > 0 and found < most:
        key, tail = keys[0], items[0]
        size = pop(keys, items, size)
        if key > dist[tail] or number[tail] >= 0:
            continue
        number[tail], around[found] = found, tail
        found += 1
        for edge in range(start[tail], start[tail] + count[tail]):
            head = near[edge]
            there = key + min(out[edge], into[edge])
            if there > reach or gone[head] or there >= dist[head]:
                continue
            if dist[head] == top:
                touched[marks] = head
                marks += 1
            dist[head] = there
            if size < HEAP:
                size = push(keys, items, size, there, head)
    for k in range(marks):
        dist[touched[k]] = top
    return found


@njit(cache=True)
def _between(start: Any, count: Any, near: Any, into: Any, nodes: int, room: Any, part: int, top: Any) -> None:
    """Write down the edges between the numbered nodes, by their heads; what finds no room is left out."""
    around, number = room.around[part], room.number[part]
    begin, tails, paid = room.begin[part], room.tails[part], room.paid[part]
    edges = 0
    for k in range(nodes):
        begin[k] = edges
        for edge in range(start[around[k]], start[around[k]] + count[around[k]]):
            tail = number[near[edge]]
            if tail >= 0 and into[edge] < top and edges < tails.size:
                tails[edges], paid[edges] = tail, into[edge]
                edges += 1
    begin[nodes] = edges


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
            for edge in range(begin[k], begin[k + 1]):
                relax(table, k, tails[edge], paid[edge])
