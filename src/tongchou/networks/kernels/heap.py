"""Binary heaps in arrays: of costs and nodes, the least cost first; of places, the greatest first."""

from __future__ import annotations

from typing import Any

from numba import njit


@njit(cache=True, inline="always")
def push(keys: Any, items: Any, size: Any, key: Any, item: Any) -> Any:
    """Put ``item`` in at ``key``, where there is room; return how many there are now."""
    at = size
    while at > 0:
        above = (at - 1) // 2
        if keys[above] <= key:
            break
        keys[at], items[at] = keys[above], items[above]
        at = above
    keys[at], items[at] = key, item
    return size + 1


@njit(cache=True, inline="always")
def pop(keys: Any, items: Any, size: Any) -> Any:
    """Take the first out, which was ``keys[0], items[0]``; return how many are left."""
    size -= 1
    last, moved = keys[size], items[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= last:
            break
        keys[at], items[at] = keys[child], items[child]
        at = child
    keys[at], items[at] = last, moved
    return size


@njit(cache=True, inline="always")
def push_place(todo: Any, size: Any, place: Any) -> Any:
    """Put ``place`` in; return how many there are now."""
    at = size
    while at > 0:
        over = (at - 1) // 2
        if todo[over] >= place:
            break
        todo[at] = todo[over]
        at = over
    todo[at] = place
    return size + 1


@njit(cache=True, inline="always")
def pop_place(todo: Any, size: Any) -> Any:
    """Take the greatest out, which was ``todo[0]``; return how many are left."""
    size -= 1
    moved = todo[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and todo[child + 1] > todo[child]:
            child += 1
        if todo[child] <= moved:
            break
        todo[at] = todo[child]
        at = child
    todo[at] = moved
    return size
