"""A small OpenID provider for tests: everybody who comes is whom the test says, without being asked.

Discovery, authorization code with PKCE (S256), RS256 tokens, keys, logout; on 127.0.0.1 only. It
checks what a real one checks: client, its secret, redirect address, verifier, each code once.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

HOST = "127.0.0.1"
CLIENT, SECRET = "minsheng", "the client's secret"


@dataclass
class Provider:
    """`claims` is who comes next; `seen` what was asked of it, path by path."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    issued_ago: int = 0
    seen: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def secrets(self, *allowed: str) -> str:
        """The secrets.toml of an app that trusts this provider."""
        return f"""[auth]
redirect_uri = "http://{HOST}:{{port}}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{self.url}/.well-known/openid-configuration"

[editors]
allowed = {json.dumps(allowed)}
"""

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = query | {"claims": json.dumps(self.claims)}
        back = {"code": code, "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any]:
        asked = self.codes.pop(form["code"])
        assert base64.b64decode(authorization.removeprefix("Basic ")).decode() in (
            f"{CLIENT}:{SECRET}",
            f"{CLIENT}:{urlencode({'': SECRET})[1:]}",
        )
        assert form["redirect_uri"] == asked["redirect_uri"]
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        now = int(time.time()) - self.issued_ago
        claims = json.loads(asked["claims"]) | {
            "iss": self.url, "aud": CLIENT, "iat": now, "exp": int(time.time()) + 300,
            "nonce": asked["nonce"],
        }  # fmt: skip
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key),
        }


@contextlib.contextmanager
def provider() -> Iterator[Provider]:
    """Runs a provider; fails when it had to refuse what the app asked of it."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = self._asked(self.path)
            if path == "/.well-known/openid-configuration":
                self._json(made.metadata())
            elif path == "/jwks":
                self._json({"keys": [made.key.as_dict(private=False)]})
            elif path == "/authorize":
                self._answer(lambda: self._redirect(made.authorize(query)))
            elif path == "/logout":
                self._answer(lambda: self._redirect(query["post_logout_redirect_uri"]))
            else:
                self._json({}, 404)

        def do_POST(self) -> None:
            path, _ = self._asked(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            _, form = self._parts("?" + body)
            authorization = self.headers.get("Authorization", "")
            if path == "/token":
                self._answer(lambda: self._json(made.token(form, authorization)))
            else:
                self._json({}, 404)

        def _asked(self, address: str) -> tuple[str, dict[str, str]]:
            path, query = self._parts(address)
            made.seen.append(path)
            return path, query

        @staticmethod
        def _parts(address: str) -> tuple[str, dict[str, str]]:
            parts = urlsplit(address)
            return parts.path, {key: value[0] for key, value in parse_qs(parts.query).items()}

        def _answer(self, answer: Any) -> None:
            try:
                answer()
            except (AssertionError, KeyError) as error:
                made.refused.append(repr(error))
                self._json({"error": "invalid_request"}, 400)

        def _redirect(self, where: str) -> None:
            self.send_response(302)
            self.send_header("Location", where)
            self.end_headers()

        def _json(self, value: object, status: int = 200) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((HOST, 0), Handler)
    made.url = f"http://{HOST}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert made.refused == []
