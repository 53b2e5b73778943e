"""The peer: an endpoint that parses, checks and stores the same contribution, and does nothing else.

    python benchmarks/load_bare.py STORE PORT

Starlette under uvicorn, a thread for each request as Starlette does it; answers once the store has it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from consultation.contribution import Part, Rating, Reply, Sending, Speaker, contribute
from consultation.shipped import open_shipped, shipped_plan


def main(address: str, port: int) -> None:
    store, plan = open_shipped(address), shipped_plan()

    def keep(said: dict[str, object]) -> int:
        question, contribution = str(said["question"]), str(said["id"])
        reply = Reply(question, str(said["guide"]), str(said["text"]))
        ratings = tuple(Rating(*rating) for rating in said["ratings"])  # type: ignore[attr-defined]
        sending = Sending(contribution, plan.id, datetime.now(UTC).replace(microsecond=0))
        speaker = Speaker(str(said["group"]), "quotable_with_group")
        earlier = store.contribution(contribution)
        new = contribute(plan, speaker, Part(question, (reply,), ratings), replace(sending, earlier=earlier))
        store.add(new, return_code=str(said["code"]), erased_trials=0)
        return new.version

    async def taken(request: Request) -> JSONResponse:
        version = await run_in_threadpool(keep, await request.json())
        return JSONResponse({"version": version})

    app = Starlette(routes=[Route("/contributions", taken, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
