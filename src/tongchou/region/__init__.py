"""Region packages: a folder that describes a region's places, parties, indicators, figures and sources."""

from tongchou.region.load import TableFile, builtin, check, load, package_folder, read_tables
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
    "TableFile",
    "builtin",
    "check",
    "load",
    "package_folder",
    "read_tables",
]
