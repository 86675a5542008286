"""Parsing of XML and HTML that others made: no entities from outside, no network, no endless trees."""

from __future__ import annotations

from lxml import etree


class DamagedError(ValueError):
    """The markup cannot be parsed; the message says where."""


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML that must not declare a document type; raises :class:`DamagedError`."""
    # Office formats never have a document type; one is there only to define entities that multiply.
    if b"<!DOCTYPE" in data[:4096].upper() or b"<!ENTITY" in data:
        raise DamagedError("document type not allowed")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedError(str(error)) from error


def parse_html(text: str) -> etree._Element | None:
    """Parse a page as browsers do, ``None`` where nothing is in it.

    Pages may nest without bound, so whoever walks the tree must not recurse.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return root
