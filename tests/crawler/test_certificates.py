"""Who answers over https is who the name says, unless the configuration waives that."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from quick import crawl

from crawler.model import SiteSpec, SiteSummary


def self_signed(file: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


class Nothing(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Nothing)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "key.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def visit(url: str, root: Path, **more: bool) -> SiteSummary:
    spec = SiteSpec(id="site", start=(url,), delay=0, allow_private=True, **more)  # type: ignore[arg-type]
    (summary,) = crawl([spec], root, contact="me@example.org")
    return summary


def test_a_certificate_of_ones_own_making_is_not_trusted_unless_that_is_waived(
    port: int, tmp_path: Path
) -> None:
    url = f"https://127.0.0.1:{port}/"
    (failure,) = visit(url, tmp_path / "a").failures
    assert "its certificate cannot be trusted (self-signed certificate)" in failure
    assert "verify_certificates = false" in failure
    (failure,) = visit(url, tmp_path / "b", verify_certificates=False).failures
    assert failure == f"{url}: not there (404)"


def test_what_speaks_no_tls_is_said(port: int, tmp_path: Path) -> None:
    plain = ThreadingHTTPServer(("127.0.0.1", 0), Nothing)
    threading.Thread(target=plain.serve_forever, daemon=True).start()
    (failure,) = visit(f"https://127.0.0.1:{plain.server_address[1]}/", tmp_path).failures
    plain.shutdown()
    plain.server_close()
    assert "no secure connection (TLS) comes about" in failure
