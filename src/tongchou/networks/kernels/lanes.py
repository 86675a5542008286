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


def _row(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:
    """Return the row of a table (places, 16) as a pointer to a vector."""
    element = context.get_value_type(kind.dtype)
    data = _MAKE_ARRAY(kind)(context, builder, array).data
    start = _POINTER(builder, data, builder.mul(place, ir.Constant(place.type, LANES)))
    return builder.bitcast(start, ir.VectorType(element, LANES).as_pointer())


def _relax(typing: Any, table: Any, place: Any, higher: Any, cost: Any) -> Any:
    """Lower the row ``place`` of ``table`` (places, 16) to the row ``higher`` plus ``cost`` where that is less."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kind = signature.args[0]
        wide = kind.dtype.bitwidth // 8
        own = _row(context, builder, kind, values[0], values[1])
        other = _row(context, builder, kind, values[0], values[2])
        here, there = builder.load(own), builder.load(other)
        here.align = there.align = wide
        many = ir.Constant(here.type, ir.Undefined)
        for lane in range(LANES):
            many = builder.insert_element(many, values[3], ir.Constant(ir.IntType(32), lane))
        if isinstance(kind.dtype, types.Float):
            by_way = builder.fadd(there, many)
            less = builder.fcmp_ordered("<", by_way, here)
        else:
            by_way = builder.add(there, many)
            less = builder.icmp_signed("<", by_way, here)
        kept = builder.store(builder.select(less, by_way, here), own)
        kept.align = wide
        return context.get_dummy_value()

    return types.void(table, types.intp, types.intp, table.dtype), generate


relax: Any = intrinsic(_relax)
