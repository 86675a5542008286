"""Computing a run in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from tongchou.kernel.text import Text
from tongchou.web.jobs.actions import under_way
from tongchou.web.jobs.models import Job
from tongchou.web.runs.actions import keep_result
from tongchou.web.runs.computing import computed
from tongchou.web.runs.models import Run


@task()
def compute(job: int) -> None:
    """Compute the run a job is about, and keep its record; done once, it is not done again."""
    with under_way(job) as work:
        run = Run.objects.get(pk=Job.objects.get(pk=job).about_id)
        if run.record_id is not None:
            return
        work.advance(10, Text("取数并计算", "gathering figures and computing"))
        result = computed(run)
        work.advance(80, Text("存档", "keeping the record"))
        keep_result(run=run, result=result, by=None, now=timezone.now())
