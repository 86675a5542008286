"""Reads a phrase that names parties, such as 由市教育局牵头，市财政局、阳曲县、娄烦县人民政府配合."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tongchou.policy.lexicon import any_of, words
from tongchou.policy.model import Role
from tongchou.policy.party_names import GROUP, Names, has_suffix, is_group, place_and_rest
from tongchou.policy.spans import Span

_ROLES = {"lead": Role.LEAD, "support": Role.SUPPORT, "responsible": Role.RESPONSIBLE}
_LONGEST = 30
_PROSE = re.compile(r"均|涉及|不再|下同|任务|以上|以下|按照|根据|[“”]")


@dataclass(slots=True)
class Named:
    """One party as it stands in a phrase."""

    name: str
    span: Span
    role: Role | None
    run: int  # parties of one run are joined by 、 or 和; only they share suffixes
    group: bool


@dataclass(slots=True)
class Phrase:
    """The parties of a phrase, whether it says that they are responsible, and a date it gives."""

    parties: list[Named]
    says_duty: bool
    deadline: Span | None = None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    labels = {w: role for role in (*_ROLES, "deadline", "none") for w in words("duty_words", role=role, form="label")}
    verbs = {w: role for role in _ROLES for w in words("duty_words", role=role, form="verb")}
    etc = (
        r"等(?:[\d一二三四五六七八九十]+个)?(?:(?:市直|市级)?(?:有关|相关|各有关)?(?:部门|单位|地区|成员单位)){0,2}"
        r"(?=[）)〕\]，,；;。、]|$|按|分|共|负|配|牵|参|协|落|抓|组|具)"
    )
    skip = (
        r"按照?(?:各自)?(?:的)?职[责能](?:分工|权限|范围)?|根据职责分工"
        r"|(?:分别|共同|联合|分头|各自|具体|依职责|认真|积极|做好|分工)(?=[一-鿿])|由(?=[市省县区各相有])"
    )
    verb = (
        rf"(?P<verb>{any_of(verbs)})(?:工作|落实|实施|推进|组织实施|抓好落实)?"
        r"(?=[）)〕\]，,；;。、\s]|$|会同|并|，|[市省县区各相有])"
    )
    joins = "会同|联合|商(?=[市省县区])|和|及其|以及|及|与"
    one = r"[（(](?:牵头|主办|主责|配合|协办|协助|参与|负责)(?:单位|部门)?[）)]"
    stops = rf"{one}|{etc}|{skip}|{verb.replace('?P<verb>', '?:')}|{joins}"
    token = re.compile(
        rf"(?P<label>{any_of(labels)})[】\]]?\s*[：:]|【(?P<boxed>{any_of(labels)})】"
        r"|[（(](?P<one>牵头|主办|主责|配合|协办|协助|参与|负责)(?:单位|部门)?[）)]"
        r"|(?P<end>[。；;\n])|(?P<comma>[，,\t]|\s{2,}|(?<=[局委办府会]) )|(?P<mark>[、/]|\s)"
        rf"|(?P<etc>{etc})|(?P<skip>{skip})|{verb}|(?P<with>{joins})"
        rf"|(?P<group>{GROUP.pattern})"
        rf"|(?P<word>(?:(?!{stops})(?:[一-鿿A-Za-z0-9·“”]|[（(][^（）()]{{1,12}}[）)]))+)"
    )
    return token, labels, verbs


def read_phrase(text: str, start: int, end: int, names: Names, role: Role | None = None) -> Phrase:
    """Read the parties named in ``text[start:end]``.

    ``role`` is the role a label in front of the phrase gives. A party whose role the phrase does not say has
    ``None``; the order of naming is never read as a role.
    """
    token, labels, verbs = _patterns()
    found: list[Named] = []
    pending = 0  # first of the parties that still wait for a role word
    given = role
    says = role is not None
    deadline: Span | None = None
    mode = ""
    run = 0
    at = word_start = start
    open_word = False

    def close(stop: int) -> None:
        nonlocal open_word
        if open_word:
            open_word = False
            if mode != "none" and mode != "deadline":
                _add(found, text, word_start, stop, run, given)

    for match in token.finditer(text, start, end):
        kind = match.lastgroup or ""
        here = match.start()
        if kind == "word":
            if not open_word:
                open_word, word_start = True, here
            at = match.end()
            continue
        if (
            kind == "with"
            and open_word
            and not _complete(text[word_start:here], text[match.end() : match.end() + 1], names)
        ):
            continue  # the 和 of 规划和自然资源局
        if kind == "group" and open_word:
            continue
        close(here)
        if kind in ("label", "boxed"):
            what = labels[match[kind]]
            mode = what if what in ("none", "deadline") else ""
            given = _ROLES.get(what)
            says = says or what in _ROLES
            pending = len(found)
            run += 1
            if mode == "deadline":
                stop = re.compile(r"[；;。）)\n\t]|，(?=[责牵配])").search(text, match.end(), end)
                deadline = Span(match.end(), stop.start() if stop else end)
        elif kind == "one":
            if found:
                found[-1].role = _ROLES[verbs.get(match["one"], "responsible")]
            says = True
        elif kind == "verb":
            said = _ROLES[verbs[match["verb"]]]
            says = True
            for party in found[pending:]:
                if party.role is None:
                    party.role = said
            pending = len(found)
        elif kind == "group" and not mode:
            found.append(Named(match["group"], Span(here, match.end()), given, run, True))
        elif kind in ("comma", "end"):
            run += 1
            if kind == "end" and mode:
                mode = ""
        at = match.end()
    close(max(at, word_start))
    _share(found, text, names)
    return Phrase([p for p in found if _plausible(p, names, says)], says, deadline)


def _add(found: list[Named], text: str, start: int, end: int, run: int, role: Role | None) -> None:
    words = text[start:end]
    if words.startswith("由") and len(words) > 3:
        start, words = start + 1, words[1:]
    if 1 < len(words) <= _LONGEST:
        found.append(Named(words, Span(start, end), role, run, is_group(words)))


def _complete(left: str, following: str, names: Names) -> bool:
    """Return whether what stands left of 和 is a whole party, so that 和 joins two of them."""
    if not left:
        return True
    return (
        names.find(left) is not None or has_suffix(left) or names.places.find(left) is not None or left[-1] in "县区市"
    )


def _share(found: list[Named], text: str, names: Names) -> None:
    """Give every party of a run the suffix it shares with the next one that has it, and the 市 in front."""
    for i in range(len(found) - 2, -1, -1):
        party, following = found[i], found[i + 1]
        if party.group or following.group or party.run != following.run:
            continue
        if _stands_alone(party.name, names):
            continue
        place, rest = place_and_rest(following.name)
        if place:
            party.name = _placed(party.name, place, names) + rest
        elif (suffix := _department_suffix(following.name)) and len(party.name) <= 8:
            party.name += suffix
    level = ""
    for i, party in enumerate(found):
        printed = text[party.span.start : party.span.end]
        if i and party.run != found[i - 1].run:
            level = ""
        if printed[0] in "市省县区" and len(printed) > 1:
            level = printed[0] if printed != party.name else level
        elif level and not party.group and has_suffix(party.name) and not place_and_rest(party.name)[0]:
            party.name = level + party.name


def _stands_alone(name: str, names: Names) -> bool:
    """Return whether ``name`` needs no suffix from its neighbour."""
    if names.find(name) is not None:
        return True
    if names.places.find(name) is not None or name[-1] in "县区市旗州镇乡园":
        return False
    return has_suffix(name)


def _placed(name: str, like: str, names: Names) -> str:
    """Return the full name of the place ``name`` is short for: 清徐 beside 阳曲县 is 清徐县."""
    place = names.places.find(name)
    if place is not None:
        return place.name if like in (p.name for p in names.places) or name == place.name else name
    if name[-1] in "县区市旗州镇乡园" or not like:
        return name
    return name + like[-1] if like[-1] in "县区市旗州镇乡" and len(name) <= 4 else name


def _department_suffix(name: str) -> str:
    for suffix in ("委员会", "管委会", "分局", "局", "委", "办", "厅"):
        if name.endswith(suffix):
            return suffix
    return ""


def _plausible(party: Named, names: Names, says_duty: bool) -> bool:
    """Return whether this can be a party: known, a group, or of the form of one."""
    name = party.name
    if party.group or names.find(name) is not None:
        return True
    if _PROSE.search(name):
        return False
    return has_suffix(name) and len(name) > 2 if not says_duty else has_suffix(name) and len(name) > 1
