"""Compiled kernels: typed arrays in, arrays filled, no Python objects inside, kept on disk once compiled.

Costs are whole ticks (int32, int64) or doubles (float64); each kernel compiles once for each. What cannot be reached
has the cost ``top``, which no way there is may reach.
"""
