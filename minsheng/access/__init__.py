"""Who may edit. Nobody, unless secrets.toml says who; nobody either while it has a mistake.

Knows nothing of Streamlit: what a session or a browser is, is told by `ui.access`.
"""

from minsheng.access.attempts import Throttle
from minsheng.access.files import read
from minsheng.access.passwords import Hash, hash_password, weakness
from minsheng.access.policy import Policy, Way, is_name, parse
from minsheng.access.rights import Editor, by_claims, sign_in
from minsheng.access.sessions import HOURS, IDLE_MINUTES, Sessions, login_key

__all__ = [
    "HOURS",
    "IDLE_MINUTES",
    "Editor",
    "Hash",
    "Policy",
    "Sessions",
    "Throttle",
    "Way",
    "by_claims",
    "hash_password",
    "is_name",
    "login_key",
    "parse",
    "read",
    "sign_in",
    "weakness",
]
