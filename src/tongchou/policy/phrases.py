"""Takes sentences apart into promises: chains of comma-separated verbs with their objects.

A part of a sentence promises something when it begins with a verb of the vocabulary (after link words, a date and
adverbs), when such a verb follows a frame in the same part (依托…打造…, 对…给予…, 将…纳入…), or when a subject is
followed by a strength word, a date or a closing verb (1号线尽快开工). Frames alone (以…为…, 按照…要求) promise nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from tongchou.policy.dates import DATE
from tongchou.policy.lexicon import any_of, rows, words

_CHUNK = re.compile(
    r"(?:[^，,；;。！？!?：:\n“（《\t]++|“[^”\n]{0,60}+”|（[^）\n]{0,60}+）|《[^》\n]{0,60}+》|[“（《])++"
)
_SENTENCE_END = "。！？!?\n\t"
_BARE = re.compile(r"[\s　]*")


class Promise(NamedTuple):
    """One promise: where it stands, its verb, its object, the word of strength in front, and who acts."""

    start: int
    end: int
    verb: tuple[int, int]
    object: int  # where the object begins; it ends with the promise
    strength: str
    actors: tuple[str, ...]


class Chunk(NamedTuple):
    """A part of a sentence between commas; ``ends`` tells that the sentence ends with it."""

    start: int
    end: int
    ends: bool


def chunks(text: str, start: int, end: int) -> Iterator[Chunk]:
    """Yield the parts of the sentences in ``text[start:end]``; quotes, brackets and titles are never divided."""
    for match in _CHUNK.finditer(text, start, end):
        left, right = match.span()
        if text[left].isspace():
            left = _BARE.match(text, left, right).end()  # type: ignore[union-attr]
        if text[right - 1].isspace():
            right = left + len(text[left:right].rstrip())
        if right > left:
            stop = match.end()
            yield Chunk(left, right, stop >= end or text[stop] in _SENTENCE_END)


class _Patterns:
    """The patterns of the vocabulary, compiled once."""

    def __init__(self) -> None:
        verbs = rows("verbs")
        every = any_of(r["word"] for r in verbs)
        things = any_of(r["word"] for r in verbs if r["takes"] == "thing")
        pure = any_of(r["word"] for r in verbs if r["also_noun"] == "no")
        adverbs = f"(?:{any_of(r['word'] for r in rows('adverbs'))})[地的]?"
        link = f"(?:{any_of(words('phrase_words', role='link'))})"
        lead = rf"(?:{link}[，、：\s]?(?!、))*+"
        date = rf"(?:(?:力争|争取|确保|计划|预计|原则上)?(?:{DATE})[，]?)?"
        self.strengths = {r["word"]: r["strength"] for r in rows("adverbs") if r["strength"]}
        self.head = re.compile(
            rf"(?P<lead>{lead})(?:[全我本][市省县区])?(?:将|要)?(?P<date>{date})(?P<adverbs>(?:{adverbs}){{0,5}})"
            rf"(?P<verb>{things}(?:[和与及、并]{every}(?=[^，、]{{2}}))?|{every}|[抓办建管][好实紧成细])"
        )
        self.lead = re.compile(lead)
        self.adverb = re.compile(f"(?:{adverbs})+")
        self.verb = re.compile(every)
        frame = any_of(words("phrase_words", role="frame"))
        self.frame = re.compile(rf"{lead}(?P<date>{date})(?:{adverbs}){{0,3}}(?P<frame>{frame})")
        terminal = any_of(words("phrase_words", role="terminal"))
        closing = words("phrase_words", role="frame_end")
        boundary = any_of([*closing, *words("phrase_words", role="boundary")])
        self.frame_end = re.compile(rf"(?:{any_of(closing)})$")
        self.after_boundary = re.compile(
            rf"(?:{boundary})(?P<adverbs>(?:{adverbs}){{0,4}})(?:(?P<verb>{every})(?=[^，]{{2}})|(?P<last>{terminal})$)"
        )
        strong = any_of(words("phrase_words", role="strong"))
        self.strong = re.compile(rf"(?<![的、和与及])(?P<adverbs>(?:{adverbs}){{0,4}})(?P<verb>{strong})")
        self.inner = re.compile(rf"(?P<adverbs>(?:{adverbs}){{0,4}})(?P<verb>{every})(?!{every})(?=[^，、]{{2}})")
        nouns, ends = any_of(words("phrase_words", role="state_noun")), any_of(words("phrase_words", role="state_end"))
        self.state = re.compile(
            rf"[^，]{{0,16}}?(?:{nouns})[^，的]{{0,14}}?(?:{ends}|达到[^，]*|更加[^，]*|更为[^，]*|取得[^，]*)$"
        )
        self.also_noun = frozenset(r["word"] for r in verbs if r["also_noun"] == "yes")
        self.terminal = re.compile(rf"(?P<verb>(?:{terminal}){{1,2}})$")
        limits = any_of([*self.strengths, "要", "应当", "应", "须", "负责", "全部", "不得"])
        self.limit = re.compile(
            rf"(?:(?P<strength>{limits})[地]?(?:于|在|到)?(?:{DATE})?|(?P<date>{DATE}))"
            rf"(?P<adverbs>(?:{adverbs}){{0,3}})(?P<verb>{every}|{terminal})"
        )
        reach = any_of(words("phrase_words", role="reach"))
        self.reach = re.compile(rf"(?P<verb>{reach})(?=[^，]{{0,3}}\d)")
        self.split = re.compile(
            rf"(?:、|并|，并|；)(?P<adverbs>(?:{adverbs}){{0,4}})(?P<verb>{pure})(?=(?P<object>[^、，；]{{2,}}))"
        )
        self.tail_list = re.compile(r"[^、]{2,8}等")
        self.never = re.compile(
            rf"{lead}(?:禁止|严禁|不得|不准|不再|避免)|.{{0,30}}(?:自[^，]{{2,14}}起(?:施行|实施|执行|生效)|有效期|由[^，]{{2,20}}(?:负责解释|解释)|是指|以下简称)"
        )
        self.cause = re.compile(any_of(words("phrase_words", role="cause")))
        self.idle = re.compile(
            r"(?:生态|质量|效益|发展|民生|安全|市场|政府|保护|规划|项目|创新|改革|问题|目标|需求|结果)?(?:优先|主导|引导|先行|导向|为先|为本|至上|第一|为主|并重|并举|原则|统一)$"
        )


@lru_cache(maxsize=1)
def patterns() -> _Patterns:
    """Return the compiled patterns."""
    return _Patterns()


def begins_with_verb(text: str) -> bool:
    """Return whether ``text`` begins with an action (after adverbs), as the heading of a task does."""
    return patterns().head.match(text) is not None


Actors = Callable[[int, int], tuple[int, tuple[str, ...]]]


def promises(
    text: str, chunk: Chunk, actors_at: Actors, acting: tuple[str, ...]
) -> tuple[list[Promise], tuple[str, ...]]:
    """Return the promises of one part of a sentence, and who acts from here on.

    ``actors_at(start, end)`` returns where the parties named at ``start`` end, and who they are; ``acting`` are those
    named earlier in the sentence.
    """
    p = patterns()
    start, end = chunk.start, chunk.end
    at = start
    stop, named = actors_at(start, end)
    subject = False
    if named:
        rest = p.head.match(text, stop, end) or p.frame.match(text, stop, end)
        if rest is not None:
            at, acting, subject = stop, named, True
    match = p.head.match(text, at, end)
    if match is not None:
        found = _from_head(text, start if subject else match.end("lead"), end, match, p)
        if found is not None:
            found = found._replace(actors=_with_caused(text, found, acting, actors_at, p))
            return _divide(text, found, p), acting
    if p.never.match(text, at, end):
        return [], acting
    frame = p.frame.match(text, at, end)
    if frame is not None:
        found = _from_frame(text, start if subject else p.lead.match(text, at, end).end(), end, frame, p)  # type: ignore[union-attr]
    else:
        found = _from_subject(text, start, end, p)
    if found is None:
        return [], acting
    return _divide(text, found._replace(actors=acting), p), acting


def _strength(adverbs: str, p: _Patterns) -> str:
    for word in p.strengths:
        if word in adverbs:
            return word
    return ""


def _from_head(text: str, start: int, end: int, match: re.Match[str], p: _Patterns) -> Promise | None:
    verb = match["verb"]
    after = match.end("verb")
    if end - after < 2 and not (match["date"] and end - after >= 0):
        return None
    if verb in p.also_noun and p.state.match(text, after, end):
        return None
    if verb == "坚持" and p.idle.search(text, after, end):
        return None
    if p.never.match(text, start, end):
        return None
    strength = _strength(match["date"] + match["adverbs"], p) or (verb if verb in p.strengths else "")
    return Promise(start, end, match.span("verb"), after, strength, ())


def _from_frame(text: str, start: int, end: int, frame: re.Match[str], p: _Patterns) -> Promise | None:
    word, inner = frame["frame"], frame.end()
    if p.frame_end.search(text, inner, end):
        return None
    # 以…为… is a frame as a whole; what it promises can only stand behind the 为.
    as_ = text.rfind("为", inner, end) if word == "以" else -1
    found = _after_boundary(text, max(inner, as_), end, p)
    if found is None and as_ < 0:
        if word in ("以", "用", "通过", "由", "从"):
            found = p.inner.search(text, inner + 2, end)
        elif word not in _CAUSES:
            found = p.strong.search(text, inner + 2, end)
    if found is None:
        return None
    kind = "verb" if found["verb"] else "last"
    return Promise(start, end, found.span(kind), found.end(kind), _strength(found["adverbs"], p), ())


_CAUSES = ("坚持", "发挥", "充分发挥", "随着", "鉴于", "因", "因为", "由于", "如", "如果", "当")


def _after_boundary(text: str, start: int, end: int, p: _Patterns) -> re.Match[str] | None:
    """Return the first verb behind a noun that closes a frame, preferring one that cannot be a noun itself."""
    last = None
    for match in p.after_boundary.finditer(text, start, end):
        if match["verb"] and match["verb"] not in p.also_noun:
            return match
        last = match
    return last


def _from_subject(text: str, start: int, end: int, p: _Patterns) -> Promise | None:
    found = p.limit.search(text, start, end)
    if found is not None and found.start() - start >= 2:
        strength = found["strength"] or ""
        return Promise(
            start, end, found.span("verb"), found.end("verb"), strength if strength in p.strengths else "", ()
        )
    found = p.reach.search(text, start, end) or p.terminal.search(text, start, end)
    if found is None or found.start("verb") - start < 2:
        return None
    return Promise(start, end, found.span("verb"), found.end("verb"), "", ())


def _with_caused(
    text: str, found: Promise, acting: tuple[str, ...], actors_at: Actors, p: _Patterns
) -> tuple[str, ...]:
    """Add the parties whom a verb such as 鼓励 or 督促 tells to act."""
    verb = text[found.verb[0] : found.verb[1]]
    if not p.cause.match(verb):
        return acting
    stop, named = actors_at(found.object, found.end)
    if named and (p.head.match(text, stop, found.end) or p.frame.match(text, stop, found.end)):
        return (*acting, *(n for n in named if n not in acting))
    return acting


def _divide(text: str, whole: Promise, p: _Patterns) -> list[Promise]:
    """Divide at 、 or 并 where verbs with objects of their own are joined, never inside a list that ends in 等."""
    if text.find("、", whole.object, whole.end) < 0 and text.find("并", whole.object, whole.end) < 0:
        return [whole]
    parts = [whole]
    for match in p.split.finditer(text, whole.object + 2, whole.end):
        object_ = match["object"]
        if p.tail_list.search(text, match.start(), whole.end) or p.verb.fullmatch(object_):
            continue
        last = parts.pop()
        begin = match.start("adverbs")
        parts.append(last._replace(end=match.start()))
        parts.append(
            Promise(
                begin, whole.end, match.span("verb"), match.end("verb"), _strength(match["adverbs"], p), whole.actors
            )
        )
    return parts
