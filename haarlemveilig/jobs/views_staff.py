import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from haarlemveilig.jobs.models import Job


def _followable(request: HttpRequest, job_id: uuid.UUID) -> Job:
    job = get_object_or_404(Job, pk=job_id)
    if not request.user.has_perm("jobs.follow", job):
        raise Http404
    return job


@never_cache
def job_list(request: HttpRequest) -> HttpResponse:
    jobs = Job.objects.filter(requested_by=request.user.pk)[:50]
    return render(request, "jobs/list.html", {"jobs": jobs})


@never_cache
def job_detail(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """The page that follows a job; the same address gives only the fragment to the script."""
    job = _followable(request, job_id)
    fragment = request.headers.get("X-Fragment") == "job"
    late = Job.objects.lost(timezone.now()).filter(pk=job.pk).exists()
    return render(request, "jobs/_job.html" if fragment else "jobs/detail.html", {"job": job, "late": late})


@never_cache
def job_file(request: HttpRequest, job_id: uuid.UUID) -> FileResponse:
    job = _followable(request, job_id)
    if not job.file:
        raise Http404
    return FileResponse(job.file.open("rb"), as_attachment=False, filename=job.file_name)
