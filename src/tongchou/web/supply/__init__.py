"""Supply (供给): who gets water, power and bandwidth, who is short, what holds them back, what more would do."""
