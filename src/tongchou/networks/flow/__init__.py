"""Flows of water or energy: at least cost, as much as fits, and shared by priority where there is not enough."""

from __future__ import annotations

from tongchou.networks.flow.allocation import Allocation, Demand, Links, Reservoir, allocated
from tongchou.networks.flow.simple import Flow, least_cost, most

__all__ = ["Allocation", "Demand", "Flow", "Links", "Reservoir", "allocated", "least_cost", "most"]
