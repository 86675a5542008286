"""Region packages: a folder that describes a region's places, parties, indicators, figures and sources."""

from tongchou.region.load import builtin, check, load, package_folder
from tongchou.region.model import Adjacency, Base, Figure, Group, Indicator, Project, Region, Source

__all__ = [
    "Adjacency",
    "Base",
    "Figure",
    "Group",
    "Indicator",
    "Project",
    "Region",
    "Source",
    "builtin",
    "check",
    "load",
    "package_folder",
]
