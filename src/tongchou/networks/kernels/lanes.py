"""Sixteen lanes at a time, written as vectors: of loops the compiler makes one lane after another, thrice slower."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils as builders
from numba.core.extending import intrinsic
from numba.np import arrayobj

LANES = 16
_MAKE_ARRAY: Any = arrayobj.make_array
_POINTER: Any = builders.gep_inbounds
_RANGE: Any = builders.for_range_slice
_PLACE: Any = builders.alloca_once_value


def _row(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:
    """Return the row of a table (places, 16) as a pointer to a vector."""
    element = context.get_value_type(kind.dtype)
    data = _MAKE_ARRAY(kind)(context, builder, array).data
    start = _POINTER(builder, data, builder.mul(place, ir.Constant(place.type, LANES)))
    return builder.bitcast(start, ir.VectorType(element, LANES).as_pointer())


def _entry(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:
    """Return one entry of an array of one dimension."""
    return builder.load(_POINTER(builder, _MAKE_ARRAY(kind)(context, builder, array).data, place))


def _loaded(builder: Any, row: Any, wide: int) -> Any:
    vector = builder.load(row)
    vector.align = wide
    return vector


def _less(builder: Any, dtype: Any, here: Any, there: Any, cost: Any) -> Any:
    """Return the lesser of ``here`` and ``there`` plus ``cost``, lane by lane."""
    many = ir.Constant(here.type, ir.Undefined)
    for lane in range(LANES):
        many = builder.insert_element(many, cost, ir.Constant(ir.IntType(32), lane))
    if isinstance(dtype, types.Float):
        by_way = builder.fadd(there, many)
        less = builder.fcmp_ordered("<", by_way, here)
    else:
        by_way = builder.add(there, many)
        less = builder.icmp_signed("<", by_way, here)
    return builder.select(less, by_way, here)


def _relax(typing: Any, table: Any, place: Any, higher: Any, cost: Any) -> Any:
    """Lower the row ``place`` of ``table`` (places, 16) to the row ``higher`` plus ``cost`` where that is less."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kind = signature.args[0]
        wide = kind.dtype.bitwidth // 8
        own = _row(context, builder, kind, values[0], values[1])
        other = _row(context, builder, kind, values[0], values[2])
        here, there = _loaded(builder, own, wide), _loaded(builder, other, wide)
        builder.store(_less(builder, kind.dtype, here, there, values[3]), own).align = wide
        return context.get_dummy_value()

    return types.void(table, types.intp, types.intp, table.dtype), generate


def _relax_all(typing: Any, table: Any, place: Any, others: Any, costs: Any, low: Any, high: Any) -> Any:
    """Relax the row ``place`` of ``table`` over the edges ``low`` … ``high`` from the rows ``others`` at ``costs``.

    No edge may lead from the row to itself: it is held outside memory until the last.
    """

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kind, ends, paid = signature.args[0], signature.args[2], signature.args[3]
        wide = kind.dtype.bitwidth // 8
        own = _row(context, builder, kind, values[0], values[1])
        held = _PLACE(builder, _loaded(builder, own, wide))
        with _RANGE(builder, values[4], values[5], ir.Constant(values[4].type, 1)) as (edge, _):
            other = _entry(context, builder, ends, values[2], edge)
            row = _row(context, builder, kind, values[0], builder.sext(other, values[1].type))
            cost = _entry(context, builder, paid, values[3], edge)
            builder.store(_less(builder, kind.dtype, builder.load(held), _loaded(builder, row, wide), cost), held)
        builder.store(builder.load(held), own).align = wide
        return context.get_dummy_value()

    return types.void(table, types.intp, others, costs, types.intp, types.intp), generate


relax: Any = intrinsic(_relax)
relax_all: Any = intrinsic(_relax_all)
