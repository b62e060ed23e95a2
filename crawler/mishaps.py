"""What went wrong with a request, in words for people."""

import re

import aiohttp
from scrapy import exceptions

from crawler.payload import MAX_BODY

TOO_LARGE = f"larger than {MAX_BODY // 1_000_000} MB; refused"


def explain(error: BaseException) -> str:
    """One line: what happened, without the names of classes and libraries."""
    text = " ".join(str(error).split())
    match error.__cause__:
        case aiohttp.ClientConnectorCertificateError() as cause:
            return (
                f"its certificate cannot be trusted ({_of_certificate(cause)}); if you know why, "
                "verify_certificates = false in the configuration"
            )
        case aiohttp.ClientSSLError():
            return "no secure connection (TLS) comes about; is it http, or another port?"
    match error:
        case exceptions.CannotResolveHostError():
            return _private(text) or "the host name cannot be resolved"
        case exceptions.DownloadConnectionRefusedError():
            return "the host refuses connections"
        case exceptions.DownloadTimeoutError():
            return "no complete answer in time"
        case exceptions.DownloadCancelledError():
            return TOO_LARGE
        case exceptions.ResponseDataLossError() | exceptions.DownloadFailedError():
            return "the connection broke off"
        case exceptions.IgnoreRequest() if "DOWNLOAD_MAXSIZE" in text:
            return TOO_LARGE
        case exceptions.IgnoreRequest() if "redirections" in text:
            return "it redirects in circles"
        case exceptions.IgnoreRequest():
            return text
        case ValueError():
            return f"its answer makes no sense ({text})"
    return f"{type(error).__name__}: {text}"


def _of_certificate(error: aiohttp.ClientConnectorCertificateError) -> str:
    """ "self-signed certificate", without the numbers of lines and libraries."""
    return (
        re.sub(r"^.*verify failed: | \(_ssl\.c.*$", "", str(error.certificate_error)).strip(" .")
        or "no reason given"
    )


def _private(text: str) -> str | None:
    """What `connections` says of a name that leads inside, without what was put around it on the way."""
    m = re.search(r"\S+ resolves to \S+, a private address", text)
    return f"{m[0].lstrip('[')}; set allow_private (--allow-private) if it is yours to crawl" if m else None


def is_unreachable(error: BaseException) -> bool:
    """Whether the host itself does not answer, rather than this one page."""
    kinds = (
        exceptions.CannotResolveHostError,
        exceptions.DownloadConnectionRefusedError,
        exceptions.DownloadTimeoutError,
        exceptions.DownloadFailedError,
    )
    return isinstance(error, kinds)
