"""Downloads: approved figures as Data Package, SDMX, GeoPackage, and the catalogue of datasets (DCAT)."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region.model import Figure
from tongchou.surfaces.open_data.catalogue import Dataset, Distribution, Sharing, catalogue
from tongchou.surfaces.open_data.forms import FORMS, Given
from tongchou.web.figures.drawings import layout_of
from tongchou.web.figures.regions import check_code, region_named
from tongchou.web.figures.store import region_as_of
from tongchou.web.listings import file_response
from tongchou.web.people.access import public

#: At most this many figures go into one file that is made while the reader waits; the command line has no bound.
MOST = 200_000


def datasets() -> list[Dataset]:
    """Return what is offered, and what is not with the reason; the catalogue lists both."""
    figures = "/public/data/figures"
    forms = tuple(Distribution(f.label, f"{figures}.{s}", f.media_type, f.conforms_to) for s, f in FORMS.items())
    open_to_all, conditional = Sharing.UNCONDITIONAL, Sharing.CONDITIONAL

    def listing(address: str) -> tuple[Distribution, ...]:
        return tuple(
            Distribution(Text(name, name), f"{address}.{suffix}", media)
            for suffix, name, media in (
                ("csv", "CSV", "text/csv"),
                ("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            )
        )

    return [
        Dataset(
            "figures",
            Text("指标数据", "Figures"),
            Text(
                "各县（市、区）指标，逐条有来源和状态；只含审定的",
                "Indicators by county, each with source and status; approved ones only",
            ),
            open_to_all,
            keywords=("指标", "县区", "区域协调发展"),
            distributions=forms,
        ),
        Dataset(
            "commitments",
            Text("承诺与进展", "Commitments and progress"),
            Text("政策承诺、责任单位、时限和灯", "What the policy promises, who, when, and the lamp"),
            open_to_all,
            keywords=("承诺", "进展"),
            clauses=("4.3",),
            distributions=(
                *listing("/public/commitments"),
                Distribution(Text("接口", "interface"), "/api/commitments", "application/json"),
            ),
        ),
        Dataset(
            "progress",
            Text("承诺进度汇总", "Progress by chapter and county"),
            Text("按章节和县（市、区）汇总", "Counts by chapter and by county"),
            open_to_all,
            clauses=("4.3",),
            distributions=listing("/public/progress"),
        ),
        Dataset(
            "answers",
            Text("公开问答", "Questions and replies"),
            Text("群众提问与答复，个人信息已隐去", "Questions and replies, personal data taken out"),
            open_to_all,
            clauses=("4.3",),
            distributions=(
                *listing("/public/answers"),
                Distribution(Text("接口", "interface"), "/api/questions", "application/json"),
            ),
        ),
        Dataset(
            "runs",
            Text("公布的测算", "Published results"),
            Text("转移支付、补偿等测算结果，附能重算的记录", "Results of rules, with records that can be recomputed"),
            open_to_all,
            distributions=(
                *listing("/runs/list"),
                Distribution(Text("接口", "interface"), "/api/runs", "application/json"),
            ),
        ),
        Dataset(
            "registers",
            Text("登记簿", "Registers"),
            Text("各登记簿公开的事项，个人信息不在内", "Published rows of registers, without personal data"),
            open_to_all,
            distributions=(Distribution(Text("接口", "interface"), "/api/registers", "application/json"),),
        ),
        Dataset(
            "disclosures",
            Text("公开记录", "Disclosure log"),
            Text("什么时候公开了什么", "What became public and when"),
            open_to_all,
            distributions=listing("/public/disclosures"),
        ),
        Dataset(
            "drafts",
            Text("未审定的报告和数据", "Reports and figures not yet approved"),
            Text("各单位填报中的内容", "What units are still working on"),
            conditional,
            Text("只供本单位和市级工作使用，审定后转为无条件共享", "for the unit and the city; open once approved"),
        ),
        Dataset(
            "questions",
            Text("群众提问原文和联系方式", "Questions as sent, and ways to reach people"),
            Text("办理中的提问", "Questions in hand"),
            Sharing.NOT_SHARED,
            Text("含个人信息，只供办理人使用，答复后删除联系方式", "personal data; deleted once answered"),
        ),
    ]


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """List what can be downloaded, in which forms, how it is shared, and what is not and why."""
    region = region_as_of(settings.REGION)
    held = region_named(settings.REGION).figures
    counts = Counter(f.status for f in held)
    context = {
        "region": region,
        "datasets": datasets(),
        "statuses": [(status, counts[status]) for status in sorted(Status, reverse=True) if counts[status]],
        "most": MOST,
    }
    return render(request, "public/data.html", context)


def _chosen(request: HttpRequest) -> list[Figure]:
    region = region_as_of(settings.REGION)
    wanted = request.GET.get("indicator", "").strip()
    if wanted:
        if wanted not in region.indicators:
            raise Http404
        return list(region.of_indicator(wanted))
    figures: list[Figure] = []
    for indicator in region.indicators:
        figures += region.of_indicator(indicator)
        if len(figures) > MOST:
            raise Http404
    return figures


@public
@require_safe
def figures_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the approved figures, or those of ``?indicator=``, in one of the forms."""
    form = FORMS.get(suffix)
    if form is None:
        raise Http404
    region = region_as_of(settings.REGION)
    given = Given(region, _chosen(request), layout_of(settings.REGION), timezone.now())
    code = check_code(region_named(settings.REGION).folder)
    return file_response(form.write(given), form.media_type, f"{region.title.zh}数据-{code}", suffix)


@public
@require_safe
def catalogue_export(request: HttpRequest) -> HttpResponse:
    """Give the catalogue as DCAT in JSON-LD."""
    region = region_named(settings.REGION)
    title = Text(f"{region.title.zh}区域协调发展数据目录", f"Data of {region.title.en}'s coordinated development")
    root = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(catalogue(root, title, region.title, datasets()), content_type="application/ld+json")
