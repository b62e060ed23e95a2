"""The process that crawls: `python -m crawler.child`. A job on stdin, lines of JSON on stdout."""

import json
import os
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any, TextIO

from pydantic import TypeAdapter

from crawler.model import CrawlError, SiteSpec


def main() -> None:
    """Reads one job, crawls, and tells progress, then the summaries or why there are none."""
    out, sys.stdout = sys.stdout, sys.stderr
    line = sys.stdin.readline()
    if not line.endswith("\n"):  # whoever started us was stopped before all was told
        return
    job = json.loads(line)
    from crawler.crawling import crawl_here

    try:
        summaries = crawl_here(
            TypeAdapter(list[SiteSpec]).validate_python(job["sites"]),
            Path(job["archive"]),
            contact=job["contact"],
            bounds=(timedelta(seconds=job["recrawl_min"]), timedelta(seconds=job["recrawl_max"])),
            tell=lambda site_id, url: _say(out, {"site": site_id, "url": url}),
            lifeline=sys.stdin.fileno(),  # whoever started us holds the other end
        )
    except CrawlError as error:
        _say(out, {"error": str(error)})
        return
    except OSError as error:  # the disk, or what may be written where
        _say(out, {"error": f"{error.filename or job['archive']}: {error.strerror or error}"})
        return
    except Exception as error:
        _say(out, {"error": f"unexpected {type(error).__name__}: {error}"})
        raise SystemExit(1) from None
    _say(out, {"summaries": [asdict(summary) for summary in summaries]})


def _say(out: TextIO, message: dict[str, Any]) -> None:
    try:
        out.write(json.dumps(message, default=str) + "\n")
        out.flush()
    except BrokenPipeError:  # whoever started us was stopped; what they would be told stands in the frontier
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


if __name__ == "__main__":
    main()
