"""Side work, for those who run the site."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.failures import errors
from app.api.parameters import JobId
from app.gateway.context import actor
from app.schemas.jobs import FindJobs, JobView
from app.schemas.listing import Listed
from app.services import jobs

router = APIRouter(prefix="/api/v1/jobs", tags=["admin"])


@router.get("", summary="List side work", responses=errors("FORBIDDEN"))
async def find(query: Annotated[FindJobs, Query()]) -> Listed[JobView]:
    return await jobs.find(actor(), query)


@router.post(
    "/{job_id}/retry",
    summary="Try a dead job again",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "NOT_FOUND"),
)
async def retry(job_id: JobId) -> None:
    await jobs.retry(actor(), job_id)


@router.delete(
    "/{job_id}",
    summary="Discard a dead job",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "NOT_FOUND"),
)
async def discard(job_id: JobId) -> None:
    await jobs.discard(actor(), job_id)
