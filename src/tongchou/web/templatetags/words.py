"""Words of a template in both languages, side by side, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.template.base import FilterExpression
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from tongchou.kernel.declared import Words
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.web import kept
from tongchou.web.assets import asset_path
from tongchou.web.figures.regions import check_code
from tongchou.web.language import current

register = template.Library()


@register.simple_tag
def tr(zh: str, en: str, **values: Any) -> SafeString:
    """Show ``zh`` or ``en``; ``{name}`` fields are filled. All is escaped, the values too."""
    words = en if current() == "en" else zh
    return format_html(words, **{k: said(v) for k, v in values.items()}) if values else conditional_escape(words)


@register.filter
def said(text: Any) -> Any:
    """Show a :class:`Text` in the language of the page; anything else as it is."""
    return text.in_(current()) if isinstance(text, Text) else text


@register.filter
def said_words(words: Words) -> str:
    """Show the words of a declaration in the language of the page."""
    return words.text().in_(current())


@register.filter
def unlocalised(value: float) -> str:
    """Show a number as markup has it, whatever the language."""
    return f"{value:g}"


@register.filter
def mathematics(text: Text) -> SafeString:
    """Show MathML that ``rules.mathematics`` wrote, in the language of the page; it escapes what it writes."""
    return SafeString(text.in_(current()))


@register.filter
def unit(text: str) -> str:
    """Show a unit of measure in the language of the page."""
    return label(text).in_(current())


@register.filter
def day(value: date | None) -> str:
    """Show a date as 2019年10月25日 or 25 October 2019."""
    if value is None:
        return ""
    if current() == "en":
        return f"{value.day} {value:%B} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Look ``key`` up."""
    return mapping.get(key)


@register.filter
def folder_code(folder: str) -> str:
    """Return the check code of a region package's folder."""
    return check_code(folder)


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built file, with the hash of its content in its name."""
    return asset_path(name)


class _Kept(template.Node):
    """The part between ``{% kept … %}`` and ``{% endkept %}``."""

    def __init__(self, names: list[FilterExpression], inside: template.NodeList) -> None:
        self.names, self.inside = names, inside

    def render(self, context: template.Context) -> SafeString:
        """Return the part as kept, or render and keep it; with an empty name it is rendered each time."""
        named = tuple(str(name.resolve(context)) for name in self.names)
        if not all(named[:2]):
            return self.inside.render(context)
        whole = (current(), *named)
        found = kept.part(whole)
        if found is None:
            found = self.inside.render(context)
            kept.keep(whole, found)
        return SafeString(found)


@register.tag("kept")
def do_kept(parser: template.base.Parser, token: template.base.Token) -> _Kept:
    """Keep a part of a page: ``{% kept "rows" document.stamp filters page.number %}…{% endkept %}`` (``web.kept``).

    The first name says which part, the second is the stamp of the content; without a stamp nothing is kept. The
    language is always part of the name.
    """
    names = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return _Kept(names, inside)
