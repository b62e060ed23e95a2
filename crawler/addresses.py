"""Which hosts and addresses a crawl may talk to."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
WEB = frozenset(DEFAULT_PORTS.values())


def hosts_of(urls: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Host and port of each; a site on a default port is reached on both, http and https."""
    found: set[tuple[str, int]] = set()
    for url in urls:
        host, port = host_of(url)
        found |= {(host, each) for each in (WEB if port in WEB else {port})}
    return frozenset(found)


def host_of(url: str) -> tuple[str, int]:
    """Host in lower case and port; ("", 0) for what is no http(s) URL."""
    try:
        parts = urlsplit(url)
        default = DEFAULT_PORTS.get(parts.scheme)
        return ((parts.hostname or "").lower(), parts.port or default) if default else ("", 0)
    except ValueError:
        return "", 0


def is_public(address: str) -> bool:
    """Whether a literal address is one of the open internet; False for loopback, link-local, private."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0].strip("[]"))
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return parsed.is_global and not parsed.is_multicast


def is_literal(host: str) -> bool:
    """Whether the host is an address and no name."""
    try:
        ipaddress.ip_address(host.partition("%")[0].strip("[]"))
    except ValueError:
        return False
    return True
