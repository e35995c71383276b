"""Recordings for those who may watch them: the list, what happened in each, and who has watched it.

Whoever looks at what was recorded is written down first. A recording that is not there and one that somebody may not
watch look alike. The video itself is in `recorded_video`.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deskside.core.schema import is_identifier
from signaling.api.answers import HEADERS, Refused, answer, as_administrator, body_of, services_of, signed_in
from signaling.api.recorded_video import video
from signaling.archive import StillRecording, is_there
from signaling.recording import MOST_PARTS
from signaling.recordings.folder import RecordingFolder
from signaling.recordings.keyring import KeyMissing
from signaling.recordings.seal import SealBroken
from signaling.recordings.timeline import as_json, as_webvtt
from signaling.recordings.words import notice_in, words_in
from signaling.store.accounts import Account
from signaling.store.archive import Row

T = TypeVar("T")
log = structlog.get_logger()
_PAGE = 50
_MOMENTS = 1000
"""Entries of a timeline in one answer: a page has time to breathe between two of them."""
_LONGEST_SEARCH = 100


async def everything(request: Request) -> Response:
    """Those that this person may watch, newest first, a page at a time: `search` a name, `before` the last one that is
    known already."""
    account = await signed_in(request)
    before = request.query_params.get("before", "")
    if before and not is_identifier(before):
        raise Refused(400, "bad_fields")
    search = request.query_params.get("search", "")[:_LONGEST_SEARCH]
    found = await services_of(request).archive.seen_by(account, search, before, _PAGE + 1)
    shown = [_shown(request, account, row) for row in found[:_PAGE]]
    return answer({"recordings": shown, "more": len(found) > _PAGE})


async def one(request: Request) -> Response:
    """One recording, with its parts."""
    account, row = await asked(request)
    shown = _shown(request, account, row) | {"parts": []}
    if is_there(row):
        shown |= await read(request, partial(_parts, row.id))
    return answer(shown)


async def timeline(request: Request) -> Response:
    """What happened in it, `after` the number of the last entry that is known. To ask for this is to watch it."""
    account, row = await watched(request)
    after = request.query_params.get("after", "0")
    if not after.isascii() or not after.isdigit() or len(after) > 10:
        raise Refused(400, "bad_fields")
    await services_of(request).archive.note_viewing(account, row.id)
    return answer(await read(request, lambda folder: as_json(folder.timeline(row.id), int(after), _MOMENTS)))


async def captions(request: Request) -> Response:
    """The same, for one part, as captions of its video."""
    account, row = await watched(request)
    number = part_of(request)
    archive = services_of(request).archive
    language = request.query_params.get("language", "")
    words, notice = words_in(language, row.customer), notice_in(language)
    await archive.note_viewing(account, row.id)
    text = await read(request, lambda folder: as_webvtt(folder.timeline(row.id), number, words, notice))
    return Response(text, headers=HEADERS, media_type="text/vtt; charset=utf-8")


async def picture(request: Request) -> Response:
    """The video of one part, to be watched or to be taken away."""
    account, row = await watched(request)
    number = part_of(request)
    archive = services_of(request).archive
    takes = request.query_params.get("download") == "1"
    if takes and not archive.may_download(account):
        raise Refused(403, "not_allowed")
    reader = await read(request, lambda folder: folder.open_part(row.id, number))
    try:
        if request.method == "GET":
            await (archive.note_download if takes else archive.note_viewing)(account, row.id)
    except BaseException:
        reader.close()
        raise
    return video(request, reader, row, number, takes)


async def delete(request: Request) -> Response:
    """For good, by an administrator."""
    account = await as_administrator(request)
    await body_of(request)
    services = services_of(request)
    row = await services.archive.one(account, _id(request))
    if not row or not is_there(row):
        raise Refused(404, "unknown_recording")
    busy = services.recorder is not None and row.id in services.desk.hub.recordings
    try:
        await services.archive.delete(account, row, busy)
    except StillRecording:
        raise Refused(409, "still_recording") from None
    return answer({})


async def views(request: Request) -> Response:
    """Who has watched, downloaded or deleted it, for administrators; also when it is gone."""
    await as_administrator(request)
    recording = request.query_params.get("recording", "")
    return answer({"views": await services_of(request).archive.views(recording)})


# --- what these have in common ---------------------------------------------------------------------------


async def asked(request: Request) -> tuple[Account, Row]:
    """Who asks, and for which recording. Raises Refused."""
    account = await signed_in(request)
    row = await services_of(request).archive.one(account, _id(request))
    if not row:
        raise Refused(404, "unknown_recording")
    return account, row


async def watched(request: Request) -> tuple[Account, Row]:
    """The same, for one that is still there."""
    account, row = await asked(request)
    if not is_there(row):
        raise Refused(404, "unknown_recording")
    return account, row


def part_of(request: Request) -> int:
    """Which of its parts. Raises Refused."""
    text = str(request.path_params["part"])
    if not text.isascii() or not text.isdigit() or len(text) > 5 or not 1 <= int(text) <= MOST_PARTS:
        raise Refused(404, "unknown_recording")
    return int(text)


async def read(request: Request, job: Callable[[RecordingFolder], T]) -> T:
    """Something of its files, in a thread. Raises Refused."""
    folder = services_of(request).archive.folder
    try:
        return await asyncio.to_thread(job, folder)
    except FileNotFoundError:
        raise Refused(404, "unknown_recording") from None
    except KeyMissing:
        log.error("recording_key_missing", recording=_id(request))
        raise Refused(500, "recording_key_missing") from None
    except SealBroken:
        log.error("recording_broken", recording=_id(request))
        raise Refused(500, "recording_broken") from None


def _id(request: Request) -> str:
    return str(request.path_params["id"])


def _parts(id: str, folder: RecordingFolder) -> dict[str, Any]:
    """The parts as the timeline knows them, with what there is of each on the disk."""
    if not folder.exists(id):
        return {"parts": []}
    files = {file.number: file for file in folder.parts(id)}
    known = {part["number"]: part for part in as_json(folder.timeline(id))["parts"]}
    parts = []
    for number in sorted(known.keys() | files.keys()):
        file = files.get(number)
        part = {"number": number, "offset": 0, "duration": 0} | known.get(number, {})
        parts.append(part | {"size": file.size if file else 0, "complete": file.complete if file else True})
    return {"parts": parts, "size": folder.size(id)}


def _shown(request: Request, account: Account, row: Row) -> dict[str, Any]:
    there = is_there(row)
    return row._asdict() | {
        "may_download": there and services_of(request).archive.may_download(account),
        "may_delete": there and account.administrator and row.ended_at is not None,
    }


ROUTES = [
    Route("/api/recordings", everything, methods=["GET"]),
    Route("/api/recordings/views", views, methods=["GET"]),
    Route("/api/recordings/{id}", one, methods=["GET"]),
    Route("/api/recordings/{id}/timeline.json", timeline, methods=["GET"]),
    Route("/api/recordings/{id}/delete", delete, methods=["POST"]),
    Route("/api/recordings/{id}/{part}.vtt", captions, methods=["GET"]),
    Route("/api/recordings/{id}/{part}.webm", picture, methods=["GET"]),
]
