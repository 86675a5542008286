"""A catalogue of what is offered, as DCAT in JSON-LD, with 共享类型 as access rights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from tongchou.kernel.text import Text

_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"


class Sharing(Enum):
    """How a dataset may be shared, by the catalogue of government information resources (政务信息资源目录)."""

    UNCONDITIONAL = ("无条件共享", "shared with everybody", "PUBLIC")
    CONDITIONAL = ("有条件共享", "shared on conditions", "RESTRICTED")
    NOT_SHARED = ("不予共享", "not shared", "NON_PUBLIC")

    def __init__(self, zh: str, en: str, right: str) -> None:
        self.label = Text(zh, en)
        self.right = _RIGHTS + right


@dataclass(frozen=True, slots=True)
class Distribution:
    """One form a dataset can be had in; ``address`` is relative to where the workbench is reached."""

    title: Text
    address: str
    media_type: str
    conforms_to: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset: what it is, how it is shared and on what condition, which clauses it serves, and its forms."""

    id: str
    title: Text
    description: Text
    sharing: Sharing
    condition: Text = field(default_factory=lambda: Text("", ""))
    keywords: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    modified: date | None = None
    distributions: tuple[Distribution, ...] = ()


def catalogue(root: str, title: Text, publisher: Text, datasets: Sequence[Dataset]) -> bytes:
    """Return the catalogue as JSON-LD; ``root`` is where the workbench is reached, without a slash at the end."""
    graph: dict[str, Any] = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{root}/public/data/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _both(title),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": _both(publisher)},
        "dct:language": ["zh-Hans", "en"],
        "dcat:dataset": [_dataset(root, one) for one in datasets],
    }
    return (json.dumps(graph, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _both(words: Text) -> list[dict[str, str]]:
    return [{"@value": words.zh, "@language": "zh-Hans"}, {"@value": words.en, "@language": "en"}]


def _dataset(root: str, one: Dataset) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@id": f"{root}/public/data/#{one.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.id,
        "dct:title": _both(one.title),
        "dct:description": _both(one.description),
        "dct:accessRights": {"@id": one.sharing.right, "dct:title": _both(one.sharing.label)},
        "dcat:keyword": list(one.keywords),
        "dct:references": list(one.clauses),
        "dcat:distribution": [_distribution(root, d) for d in one.distributions],
    }
    if one.condition.zh:
        said["dct:rights"] = _both(one.condition)
    if one.modified:
        said["dct:modified"] = {"@value": one.modified.isoformat(), "@type": "xsd:date"}
    return said


def _distribution(root: str, one: Distribution) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": _both(one.title),
        "dcat:mediaType": one.media_type,
        "dcat:accessURL": {"@id": f"{root}{one.address}"},
        "dcat:downloadURL": {"@id": f"{root}{one.address}"},
    }
    return said | ({"dct:conformsTo": {"@id": one.conforms_to}} if one.conforms_to else {})
