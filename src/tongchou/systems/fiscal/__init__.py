"""Fiscal systems: transfers that narrow the gap between what counties must spend and what they can raise."""
