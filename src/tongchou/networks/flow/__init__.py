"""Flows of water or energy: at least cost, as much as fits, and shared by priority where there is not enough."""

from __future__ import annotations

from tongchou.networks.flow.allocation import Allocation, allocated
from tongchou.networks.flow.given import Demand, Links, Reservoir, Sharing
from tongchou.networks.flow.simple import Flow, least_cost, most

__all__ = ["Allocation", "Demand", "Flow", "Links", "Reservoir", "Sharing", "allocated", "least_cost", "most"]
