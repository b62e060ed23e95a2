"""Scrapy's settings for one site."""

from importlib.metadata import version
from typing import Any

from crawler.addresses import hosts_of
from crawler.model import SiteSpec
from crawler.payload import ACCEPTED, MAX_BODY

PARALLEL = 8
"""Requests at once where no delay is wanted: loopback hosts only."""
READ_AHEAD = 1_000_000
"""Bytes of pages fetched that wait to be read; then fetching waits too, so that memory stays flat."""
SLOWEST = 60.0
"""Seconds between requests to a server that answers ever more slowly."""
MOST_REDIRECTS = 6
"""From one page to the next: to https, to another name, to the new address, to the login."""
MIDDLEWARES, EXTENSIONS = "scrapy.downloadermiddlewares", "scrapy.extensions"
UNUSED = ("depth.Depth", "httperror.HttpError", "referer.Referer", "urllength.UrlLength")
"""Spider middlewares for requests that callbacks make; ours come from the frontier."""


def settings_for(spec: SiteSpec, contact: str | None) -> dict[str, Any]:
    """How one site is crawled: who we say we are, how fast, how much, and through what."""
    return {
        "USER_AGENT": f"Folkmoot/{version('folkmoot')}" + (f" (+{contact})" if contact else ""),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5",
            "Accept-Encoding": ACCEPTED,
        },
        "FOLKMOOT_HOSTS": hosts_of(spec.start),
        "FOLKMOOT_ALLOW_PRIVATE": spec.allow_private,
        "DOWNLOAD_VERIFY_CERTIFICATES": spec.verify_certificates,
        **_manners(spec),
        **_machinery(),
        "HTTPPROXY_ENABLED": not spec.allow_private,
    }


def _manners(spec: SiteSpec) -> dict[str, Any]:
    parallel = 1 if spec.delay else PARALLEL
    return {
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": spec.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS": parallel,
        "CONCURRENT_REQUESTS_PER_DOMAIN": parallel,
        "AUTOTHROTTLE_ENABLED": spec.delay > 0,
        "AUTOTHROTTLE_START_DELAY": spec.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(SLOWEST, spec.delay),
        "DOWNLOAD_TIMEOUT": spec.timeout,
        "DOWNLOAD_MAXSIZE": MAX_BODY,
        "REDIRECT_MAX_TIMES": MOST_REDIRECTS,
        "RETRY_TIMES": 2,
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadConnectionRefusedError",
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.DownloadTimeoutError",
            "scrapy.exceptions.ResponseDataLossError",
        ],
    }


def _machinery() -> dict[str, Any]:
    handler = "crawler.connections.VettedHandler"
    return {
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "SCHEDULER": "crawler.scheduler.FrontierScheduler",
        "DOWNLOADER_MIDDLEWARES": {
            f"{MIDDLEWARES}.httpauth.HttpAuthMiddleware": None,
            f"{MIDDLEWARES}.httpcompression.HttpCompressionMiddleware": None,  # Capture unpacks, with a limit
            f"{MIDDLEWARES}.offsite.OffsiteMiddleware": None,
            f"{MIDDLEWARES}.robotstxt.RobotsTxtMiddleware": None,
            f"{MIDDLEWARES}.retry.RetryMiddleware": None,
            "crawler.politeness.HostGuard": 50,
            "crawler.politeness.Robots": 100,
            "crawler.politeness.Patience": 550,
            "crawler.capture.Capture": 950,
        },
        "SPIDER_MIDDLEWARES": {f"scrapy.spidermiddlewares.{name}Middleware": None for name in UNUSED},
        "EXTENSIONS": {
            "crawler.politeness.CrawlDelay": 0,
            **dict.fromkeys((f"{EXTENSIONS}.corestats.CoreStats", f"{EXTENSIONS}.logcount.LogCount")),
        },
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",  # we count for ourselves
        "DOWNLOADER_STATS": False,
        "CONCURRENT_ITEMS": 1,  # Scrapy starts as many tasks for every page, and a page here is one item
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": READ_AHEAD,
        "METAREFRESH_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
    }
