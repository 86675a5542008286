"""Takes sentences apart into promises: chains of comma-separated verbs with their objects.

A part of a sentence promises something when it begins with a verb of the vocabulary (after link words, a date and
adverbs), when such a verb follows a frame in the same part (依托…打造…, 对…给予…, 将…纳入…), or when a subject is
followed by a strength word, a date or a closing verb (1号线尽快开工). Frames alone (以…为…, 按照…要求) promise nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from tongchou.policy.dates import DATE
from tongchou.policy.lexicon import WordList, any_of, rows, words

_CHUNK = re.compile(
    r"(?:[^，,；;。！？!?：:\n“（《\t]++|“[^”\n]{0,60}+”|（[^）\n]{0,60}+）|《[^》\n]{0,60}+》|[“（《])++"
)
SENTENCE_END = frozenset(("", "。", "！", "？", "!", "?", "\n", "\t"))  # "" is the end of the text
_SPACES = frozenset(" \u3000\xa0\r")
_DATE = re.compile(rf"(?:到|至|截至|于|在|自?.{{0,6}}起|用|利用|经过)?{DATE}的?(?:时间)?，?")
_DATE_FIRST = frozenset("0123456789到至截于在自用利经今本当明次年上下十“一二两三四五六七八九")
_ABOUT = ("对", "对于", "凡", "凡是", "在", "与", "为")
_QUALIFIES = re.compile(r"的[一-鿿]{1,6}$")  # 对达到标准的地区: the verb only says which
# Builds a named tuple without the call in between; for what is built once a phrase or more.
_new = tuple.__new__
_LEADS = frozenset("全我本将要")
_CAUSES = ("坚持", "发挥", "充分发挥", "随着", "鉴于", "因", "因为", "由于", "如", "如果", "当")


class Promise(NamedTuple):
    """One promise: where it stands, its verb, its object, the word of strength in front, and who acts."""

    start: int
    end: int
    verb: int
    verb_end: int  # the object begins here and ends with the promise
    strength: str
    actors: tuple[str, ...]


class Chunk(NamedTuple):
    """A part of a sentence between commas; ``stop`` is the mark behind it, empty at the end of the text."""

    start: int
    end: int
    stop: str


def chunks(text: str, start: int, end: int) -> Iterator[Chunk]:
    """Yield the parts of the sentences in ``text[start:end]``; quotes, brackets and titles are never divided."""
    for match in _CHUNK.finditer(text, start, end):
        left, right = match.span()
        stop = text[right : right + 1] if right < end else ""
        if text[left] in _SPACES or text[right - 1] in _SPACES:
            words_ = text[left:right]
            left += len(words_) - len(words_.lstrip())
            right = left + len(words_.strip())
            if right <= left:
                continue
        yield _new(Chunk, (left, right, stop))


class Head(NamedTuple):
    """What a part of a sentence begins with: link words (before ``start``), a date, adverbs, and a verb."""

    start: int
    verb: int
    verb_end: int
    strength: str
    dated: bool


class Grammar:
    """The vocabulary of phrases, loaded and compiled once."""

    def __init__(self) -> None:
        verbs = rows("verbs")
        self.verbs = WordList(r["word"] for r in verbs)
        self.things = frozenset(r["word"] for r in verbs if r["takes"] == "thing")
        self.also_noun = frozenset(r["word"] for r in verbs if r["also_noun"] == "yes")
        self.strength_of: dict[str, str] = {}
        self.strengths = {r["word"]: r["strength"] for r in rows("adverbs") if r["strength"]}
        # 积极有序 says 有序.
        for word in words("adverbs"):
            self.strength_of[word] = next((s for s in self.strengths if s in word), "")
        self.adverbs = WordList(self.strength_of)
        self.first_of_link = frozenset(w[0] for w in words("phrase_words", role="link"))
        self.links = WordList(words("phrase_words", role="link"))
        self.frames = WordList(words("phrase_words", role="frame"))
        every = any_of(self.verbs.words)
        adverbs = rf"(?P<adverbs>(?:(?:{any_of(self.adverbs.words)})[地的]?){{0,4}})"
        pure = any_of(w for w in self.verbs.words if w not in self.also_noun)
        terminal = any_of(words("phrase_words", role="terminal"))
        closing = words("phrase_words", role="frame_end")
        boundary = any_of([*closing, *words("phrase_words", role="boundary")])
        self.frame_end = re.compile(rf"(?:{any_of(closing)})$")
        self.after_boundary = re.compile(
            rf"(?:{boundary}){adverbs}(?:(?P<verb>{every})(?=[^，]{{2}})|(?P<last>{terminal})$)"
        )
        self.strong = re.compile(
            rf"(?<![的、和与及]){adverbs}(?P<verb>{any_of(words('phrase_words', role='strong'))})(?!的)"
        )
        self.inner = re.compile(rf"{adverbs}(?P<verb>{every})(?!{every}|的)(?=[^，、]{{2}})")
        nouns, ends = any_of(words("phrase_words", role="state_noun")), any_of(words("phrase_words", role="state_end"))
        self.state = re.compile(
            rf"[^，]{{0,16}}?(?:{nouns})[^，的]{{0,14}}?(?:{ends}|达到[^，]*|更加[^，]*|更为[^，]*|取得[^，]*)$"
        )
        self.terminal = re.compile(rf"(?<![的、和与及])(?P<verb>(?:{terminal}){{1,2}})$")
        limits = any_of([*self.strengths, *words("phrase_words", role="limit")])
        self.limit = re.compile(
            rf"(?:(?P<strength>{limits})地?[于在到]?(?:{DATE})?|(?P<date>{DATE})){adverbs}(?P<verb>{every}|{terminal})"
        )
        self.told = re.compile(rf"(?:要|应当|应|须|需)[一-鿿]{{0,4}}?(?P<verb>{every})")
        moved = any_of(words("phrase_words", role="moved"))
        self.moved = re.compile(rf"(?P<verb>{moved}|{every}(?=[至到为成入给在]))(?!的)(?=[^，])")
        self.driven = re.compile(
            rf"(?P<adverbs>(?:(?:{any_of(self.adverbs.words)})地?){{1,4}})(?P<verb>{every})(?!的)(?=[^，]{{2}})"
        )
        self.reach = re.compile(rf"(?P<verb>{any_of(words('phrase_words', role='reach'))})(?=[^，]{{0,3}}\d)")
        self.split = re.compile(rf"[、并]{adverbs}(?P<verb>{pure})(?=(?P<object>[^、，；]{{2,}}))")
        self.list_end = re.compile(r"[^、]{2,8}等")
        self.cause = frozenset(words("phrase_words", role="cause"))
        self.idle = re.compile(
            r"(?:优先|主导|引导|先行|导向|为先|为本|至上|第一|为主|并重|并举|原则|统一|结合|相结合|推动|驱动|引领)$"
        )

    def link_end(self, text: str, at: int, end: int) -> int:
        """Return where the link words at ``at`` end (并, 同时, 一是 …)."""
        while (stop := self.links.end_at(text, at, end)) > at:
            if stop < end and text[stop] == "、":
                return at
            at = stop + (stop < end and text[stop] in "，：: \u3000")
        return at

    def date_end(self, text: str, at: int, end: int) -> int:
        """Return where a date at ``at`` ends, or ``at``."""
        if at < end and text[at] in _DATE_FIRST:
            match = _DATE.match(text, at, end)
            if match is not None and match.end() < end:
                return match.end()
        return at

    def head(self, text: str, at: int, end: int) -> Head | None:
        """Return what ``text[at:end]`` begins with when that is a verb after link words, a date and adverbs."""
        if at >= end:
            return None
        adverb_end, verb_at = self.adverbs.end_at, self.verbs.end_at
        if text[at] in self.first_of_link:
            at = self.link_end(text, at, end)
        start = at
        if at < end and text[at] in _LEADS:
            if at + 2 < end and text[at] in "全我本" and text[at + 1] in "市省县区":
                at += 2
            if at < end and text[at] in "将要":
                at += 1
        adverbs: list[int] = []
        dated, strength = False, ""
        while True:
            stop = adverb_end(text, at, end)
            if stop > at:
                strength = strength or self.strength_of[text[at:stop]]
                adverbs.append(at)
                at = stop + (stop < end and text[stop] in "地的")
                continue
            if not dated and at < end and text[at] in _DATE_FIRST and (stop := self.date_end(text, at, end)) > at:
                dated, at = True, stop
                adverbs.clear()
                continue
            break
        verb_end = verb_at(text, at, end)
        if verb_end == at and adverbs:
            # 加快 is an adverb in 加快建设 and the verb in 加快二环高速公路建设.
            at = adverbs.pop()
            verb_end = verb_at(text, at, end)
        if verb_end == at:
            return None
        verb = text[at:verb_end]
        if verb_end < end:
            behind = text[verb_end]
            if behind == "的":
                return None  # 设定的事项: the verb only says which
            if behind in "和与及、并" and verb in self.things:
                second = verb_at(text, verb_end + 1, end)
                if second > verb_end + 1 and end - second >= 2 and text[second] not in "、，和与及":
                    verb_end = second
        if not strength and verb in self.strengths:
            strength = verb
        return _new(Head, (start, at, verb_end, strength, dated))

    def strength_in(self, adverbs: str) -> str:
        """Return the first word of strength among ``adverbs``."""
        return next((word for word in self.strengths if word in adverbs), "") if adverbs else ""


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Return the vocabulary of phrases."""
    return Grammar()


class Actors(Protocol):
    """Finds the parties named in the text."""

    def stands_at(self, start: int) -> bool:
        """Return whether the region's lists have a name that stands at ``start``."""

    def at(self, start: int, end: int) -> tuple[int, tuple[str, ...]]:
        """Return where the parties named one after another at ``start`` end, and who they are."""


def promises(
    g: Grammar, text: str, chunk: Chunk, parties: Actors, acting: tuple[str, ...]
) -> tuple[list[Promise], tuple[str, ...]]:
    """Return the promises of one part of a sentence, and who acts from here on.

    ``acting`` are those named earlier in the sentence.
    """
    start, end, _ = chunk
    at, begin = start, -1
    head = g.head(text, start, end)
    if head is None or parties.stands_at(start):
        stop, named = parties.at(start, end)
        if named:
            behind = g.head(text, stop, end)
            if behind is not None or g.told.match(text, stop, end) or _frame(text, g.link_end(text, stop, end), end, g):
                head, at, acting, begin = behind, stop, named, start
    if head is not None:
        found = _from_head(text, head.start if begin < 0 else begin, end, head, g)
        if found is not None:
            verb = text[found.verb : found.verb_end]
            actors = _caused(text, found, acting, parties, g) if verb in g.cause else acting
            return _divide(text, found._replace(actors=actors) if actors else found, g), acting
    lead = g.link_end(text, at, end)
    frame = _frame(text, g.date_end(text, lead, end), end, g)
    told = g.told.match(text, at, end) if begin >= 0 else None
    if told is not None:
        found = Promise(begin, end, *told.span("verb"), "", ())
    elif frame is not None:
        found = _from_frame(text, lead if begin < 0 else begin, frame, end, g)
    else:
        found = _from_subject(text, start, end, g)
    if found is None:
        return [], acting
    return _divide(text, found._replace(actors=acting) if acting else found, g), acting


def _from_head(text: str, start: int, end: int, head: Head, g: Grammar) -> Promise | None:
    _, verb_at, after, strength, dated = head
    if end - after < 2 and not dated:
        return None
    verb = text[verb_at:after]
    if verb in g.also_noun and g.state.match(text, after, end):
        return None
    if verb == "坚持" and g.idle.search(text, after, end):
        return None
    return _new(Promise, (start, end, verb_at, after, strength, ()))


def _frame(text: str, at: int, end: int, g: Grammar) -> tuple[int, int] | None:
    """Return where the word that opens a frame (以, 按照, 对 …) stands, past adverbs, or ``None``."""
    for _ in range(4):
        stop = g.frames.end_at(text, at, end)
        if stop > at:
            return at, stop
        stop = g.adverbs.end_at(text, at, end)
        if stop == at:
            return None
        at = stop
    return None


def _from_frame(text: str, start: int, frame: tuple[int, int], end: int, g: Grammar) -> Promise | None:
    word, inner = text[frame[0] : frame[1]], frame[1]
    if g.frame_end.search(text, inner, end):
        return None
    # 以…为… is a frame as a whole; what it promises can only stand behind the 为.
    as_ = text.rfind("为", inner, end) if word == "以" else -1
    found = _after_boundary(text, max(inner, as_), end, g)
    if found is None and as_ < 0:
        if word in ("以", "用", "通过", "由", "从"):
            found = g.inner.search(text, inner + 2, end)
        elif word in ("将", "把"):
            found = _last(g.moved, text, inner + 2, end) or g.strong.search(text, inner + 2, end)
        elif word not in _CAUSES:
            found = g.driven.search(text, inner + 2, end) or g.strong.search(text, inner + 2, end)
    if found is None and as_ < 0:
        found = g.terminal.search(text, inner + 2, end)
    if found is None or (word in _ABOUT and _QUALIFIES.search(text, found.end(), end)):
        return None
    adverbs = found.groupdict().get("adverbs") or ""
    return Promise(start, end, *found.span(found.lastgroup or "verb"), g.strength_in(adverbs), ())


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last match, which in 将…纳入… is the verb the sentence is about."""
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found


def _after_boundary(text: str, start: int, end: int, g: Grammar) -> re.Match[str] | None:
    """Return the first verb behind a noun that closes a frame, preferring one that cannot be a noun itself."""
    last = None
    for match in g.after_boundary.finditer(text, start, end):
        if match["verb"] and match["verb"] not in g.also_noun:
            return match
        last = match
    return last


def _from_subject(text: str, start: int, end: int, g: Grammar) -> Promise | None:
    found = g.limit.search(text, start, end)
    if found is not None and found.start() - start >= 2:
        strength = found["strength"] or ""
        return Promise(start, end, *found.span("verb"), strength if strength in g.strengths else "", ())
    found = g.reach.search(text, start, end) or g.terminal.search(text, start, end)
    if found is None or found.start("verb") - start < 2:
        return None
    return Promise(start, end, *found.span("verb"), "", ())


def _caused(text: str, found: Promise, acting: tuple[str, ...], parties: Actors, g: Grammar) -> tuple[str, ...]:
    """Add the parties whom a verb such as 鼓励 or 督促 tells to act."""
    stop, named = parties.at(found.verb_end, found.end)
    if named and (g.head(text, stop, found.end) or _frame(text, stop, found.end, g)):
        return (*acting, *(n for n in named if n not in acting))
    return acting


def _divide(text: str, whole: Promise, g: Grammar) -> list[Promise]:
    """Divide at 、 or 并 where verbs with objects of their own are joined, never inside a list that ends in 等."""
    object_, end = whole.verb_end, whole.end
    if text.find("、", object_, end) < 0 and text.find("并", object_, end) < 0:
        return [whole]
    parts = [whole]
    for match in g.split.finditer(text, object_ + 2, end):
        if g.list_end.search(text, match.start(), end) or match["object"] in g.verbs.words:
            continue
        last = parts.pop()
        parts.append(last._replace(end=match.start()))
        verb = match.span("verb")
        parts.append(Promise(match.start("adverbs"), end, *verb, g.strength_in(match["adverbs"]), whole.actors))
    return parts
