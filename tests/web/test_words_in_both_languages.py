"""Every word a page says exists in both languages: templates say nothing outside ``tr``, and ``tr`` says both."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import tongchou.web
from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

WEB = Path(tongchou.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
# Drawn without settings or language, and so in both languages on one page.
STANDALONE = {"server_error.html", "bad_request.html"}
HAN = re.compile(r"[\u4e00-\u9fff]")
TR = re.compile(r'{%\s*tr\s+"([^"]*)"\s+"([^"]*)"([^%]*)%}')
FIELD = r"{(\w+)(?:![rs])?}"
# What is typed into a form to say that there is no such number, in either language.
TYPED = "不适用"
# Names of formats and languages, and an example of an approval number, are the same in both.
NAMES = (
    "中文",
    "English",
    "统",
    "Excel",
    "Word",
    "CSV",
    "JSON",
    "XML",
    "Akoma Ntoso",
    "OpenAPI",
    "DCAT",
    "GS（2019）3333号",
)


def of(template: Path) -> str:
    return template.relative_to(WEB / "templates").as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=of)
def test_each_tr_says_both(template):
    source = template.read_text("utf-8")
    assert source.count("{% tr ") == len(TR.findall(source)), "a tr the test cannot read"
    for zh, en, values in TR.findall(source):
        fields = set(re.findall(r"{(\w+)}", zh))
        assert zh.strip(), source
        assert en.strip(), zh
        assert not HAN.search(en.replace(TYPED, "")), f"Chinese in the English of {zh}"
        assert fields == set(re.findall(r"{(\w+)}", en)), f"{zh} and {en} name different values"
        assert fields <= set(re.findall(r"(\w+)=", values)), f"{zh} is given no value for a field"


@pytest.mark.parametrize("template", [t for t in TEMPLATES if t.name not in STANDALONE], ids=of)
def test_nothing_is_said_outside_tr(template):
    source = re.sub(r"{#.*?#}", "", template.read_text("utf-8"))
    source = re.sub(r"{% block (?:nav_\w+|paper) %}.*?{% endblock %}", "", source)  # fill attributes
    # Tags first: an address inside an attribute is quoted as the attribute is.
    source = re.sub(r"{[{%].*?[%}]}", "", source, flags=re.S)
    words = re.findall(r'(?:title|alt|placeholder|aria-label|data-label)="([^"]*)"', source)
    words += re.split(r"<[^>]*>", source)
    for name in NAMES:
        words = [w.replace(name, "") for w in words]
    assert [w.strip() for w in words if HAN.search(w) or re.search(r"[A-Za-z]{2,}", w)] == []


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.py")), ids=lambda p: p.relative_to(WEB).as_posix())
def test_each_text_in_code_says_both(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
            said = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if len(said) == 2 and any(said):
                zh, en = said
                assert HAN.search(zh) or zh == en, (zh, en)
                assert en.strip(), (zh, en)
                assert not HAN.search(en.replace(TYPED, "")), (zh, en)
                assert set(re.findall(FIELD, zh)) == set(re.findall(FIELD, en)), (zh, en)


def test_the_workbenchs_problems_say_both():
    from tongchou.web import codes

    kinds = [k for k in vars(codes).values() if isinstance(k, ProblemKind)]
    assert len({k.code for k in kinds}) == len(kinds) > 3
    assert all(
        isinstance(t, Text) and t.zh and t.en and not HAN.search(t.en) for k in kinds for t in (k.message, k.hint)
    )
