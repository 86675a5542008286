"""Writes a small .osm.pbf by hand: the format of OpenStreetMap extracts in as few lines as tests need."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Way = tuple[int, Sequence[int], Mapping[str, str]]  # id, nodes, tags


def write_extract(path: Path, nodes: Mapping[int, tuple[float, float]], ways: Sequence[Way]) -> None:
    """Write nodes (id → longitude, latitude) and ways."""
    words = ["", *dict.fromkeys(w for _, _, tags in ways for pair in tags.items() for w in pair)]
    table = b"".join(_bytes(1, word.encode()) for word in words)
    ids = sorted(nodes)
    dense = _bytes(1, _deltas(ids))
    dense += _bytes(8, _deltas(round(nodes[i][1] * 1e7) for i in ids))
    dense += _bytes(9, _deltas(round(nodes[i][0] * 1e7) for i in ids))
    group = b""
    for number, refs, tags in ways:
        way = _key(1, 0) + _varint(number)
        way += _bytes(2, b"".join(_varint(words.index(k)) for k in tags))
        way += _bytes(3, b"".join(_varint(words.index(v)) for v in tags.values()))
        way += _bytes(8, _deltas(refs))
        group += _bytes(3, way)
    block = _bytes(1, table) + _bytes(2, _bytes(2, dense)) + _bytes(2, group)
    header = _bytes(4, b"OsmSchema-V0.6") + _bytes(4, b"DenseNodes")
    path.write_bytes(_blob(b"OSMHeader", header) + _blob(b"OSMData", block))


def _blob(kind: bytes, data: bytes) -> bytes:
    body = _key(2, 0) + _varint(len(data)) + _bytes(3, zlib.compress(data))
    head = _bytes(1, kind) + _key(3, 0) + _varint(len(body))
    return struct.pack(">I", len(head)) + head + body


def _key(field: int, wire: int) -> bytes:
    return _varint(field << 3 | wire)


def _bytes(field: int, data: bytes) -> bytes:
    return _key(field, 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _deltas(values: Iterable[int]) -> bytes:
    found, last = b"", 0
    for value in values:
        step, last = value - last, value
        found += _varint(step << 1 if step >= 0 else (-step << 1) - 1)
    return found
