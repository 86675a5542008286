"""Which shortcuts a node leaves behind: a local search round it for every pair of its neighbours, cut off early.

A search that gives up only misses a way round; the shortcut it then leaves is superfluous, never wrong.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from tongchou.networks.kernels.heap import pop, push
from tongchou.networks.kernels.room import HEAP

SETTLED = 500  # nodes a search settles before it gives up


@njit(cache=True)
def _search(
    start: Any,
    count: Any,
    near: Any,
    out: Any,
    origin: Any,
    gone: Any,
    reach: Any,
    wanted: Any,
    room: Any,
    part: Any,
    top: Any,
) -> int:
    """Search from ``origin`` around the nodes ``gone``; return how many nodes were touched.

    It ends when ``wanted`` nodes are found at no more than they ``need`` (each then −1), or when nothing within
    ``reach`` is left.
    """
    need, dist, touched = room.need[part], room.dist[part], room.touched[part]
    keys, items = room.keys[part], room.items[part]
    dist[origin] = 0
    touched[0] = origin
    marks = 1
    keys[0], items[0] = 0, origin
    size = 1
    left = SETTLED
    while size > 0 and left > 0:
        key, node = keys[0], items[0]
        size = pop(keys, items, size)
        if key > dist[node]:
            continue
        left -= 1
        for edge in range(start[node], start[node] + count[node]):
            head = near[edge]
            there = key + out[edge]
            if gone[head] or out[edge] >= top or there >= dist[head]:
                continue
            found = there <= need[head]
            if not found and there > reach:
                continue
            if dist[head] == top:
                touched[marks] = head
                marks += 1
            dist[head] = there
            if found:
                need[head] = -1
                wanted -= 1
                if wanted == 0:
                    return marks
            if there <= reach and size < HEAP:
                size = push(keys, items, size, there, head)
    return marks


@njit(cache=True)
def shortcuts(
    start: Any,
    count: Any,
    near: Any,
    out: Any,
    into: Any,
    node: Any,
    gone: Any,
    alike: bool,
    room: Any,
    part: Any,
    top: Any,
    tails: Any,
    heads: Any,
    costs: Any,
    at: int,
) -> int:
    """Write the shortcuts that ``node`` (itself marked ``gone``) leaves from ``at`` on; return their number.

    Where every cost is the same both ways (``alike``) each pair is written once.
    """
    need, dist, touched, slack = room.need[part], room.dist[part], room.touched[part], room.slack[part]
    low, high = start[node], start[node] + count[node]
    found = 0
    for j in range(low, high):
        # What the last edge of a way round to this neighbour costs at least: the search need not come nearer.
        other = near[j]
        least = top
        for edge in range(start[other], start[other] + count[other]):
            if not gone[near[edge]] and into[edge] < least:
                least = into[edge]
        slack[j - low] = least
    for i in range(low, high):
        come = into[i]
        if come >= top:
            continue
        begin = i + 1 if alike else low
        reach = come - come - 1
        wanted = np.int64(0)  # no literal: the search would be compiled for it as well
        for j in range(begin, high):
            if j != i and out[j] < top and come + out[j] < top:
                need[near[j]] = come + out[j]
                reach = max(reach, come + out[j] - slack[j - low])
                wanted += 1
        if wanted == 0:
            continue
        marks = 0
        if reach >= 0:
            marks = _search(start, count, near, out, near[i], gone, reach, wanted, room, part, top)
        for j in range(begin, high):
            if j != i and need[near[j]] >= 0:
                tails[at + found], heads[at + found], costs[at + found] = near[i], near[j], come + out[j]
                found += 1
                need[near[j]] = -1
        for k in range(marks):
            dist[touched[k]] = top
    return found
