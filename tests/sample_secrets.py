"""What tests put into secrets.toml, and who comes with it."""

from __future__ import annotations

from minsheng import access

PASSWORD = "梧桐 山下 cafe 7"
WANG = access.hash_password(PASSWORD)
ACCOUNTS = f'[accounts]\n"王芳" = "{WANG.line()}"\n'
AUTH = """[auth]
redirect_uri = "https://minsheng.lucheng.gov.cn/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "minsheng"
client_secret = "s"
server_metadata_url = "https://sso.lucheng.gov.cn/.well-known/openid-configuration"
"""
EDITORS = '[editors]\nallowed = ["WangFang@lucheng.gov.cn"]\n'


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


CLAIMS = {
    "is_logged_in": True,
    "provider": "default",
    "iss": "https://sso.lucheng.gov.cn",
    "aud": "minsheng",
    "sub": "A-17",
    "email": "wangfang@LUCHENG.gov.cn",
    "email_verified": True,
    "name": "王芳",
}
