"""Who may settle doubts on the pages: whoever gives a name and the word that the server was started with.

Name and word come by HTTP Basic authentication (RFC 7617), so that browsers keep them and no cookie is needed. As
browsers send them by themselves, each form carries a seal that only a page of this server can have given.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from flask import request

from messages import Message
from web.http import params
from web.http.front import front
from web.http.problems import Problem

_SECRET = secrets.token_bytes(32)
_LONGEST = 80


def allowed() -> bool:
    """Whether doubts can be settled here at all."""
    return front().settings.edit_token is not None


def reviewer() -> str:
    """The name of who asks.

    Raises the 404 problem where nobody may settle doubts here, 401 without a name and the right word.
    """
    token = front().settings.edit_token
    if token is None:
        raise Problem(404, "not_found", Message("web.problem.no_page", path=request.path))
    given = request.authorization
    word = given.password or "" if given is not None and given.type == "basic" else ""
    name = params.clean((given.username if given is not None else None) or "")[:_LONGEST]
    if not name or not hmac.compare_digest(word.encode(), token.encode()):
        challenge = {"WWW-Authenticate": 'Basic realm="cancu", charset="UTF-8"'}
        raise Problem(401, "no_reviewer", Message("web.problem.no_reviewer"), headers=challenge)
    return name


def seal(name: str, what: str) -> str:
    """The seal of a form about ``what`` that was given to a reviewer."""
    shared = front().settings.secret
    key = shared.encode() if shared else _SECRET
    return hmac.new(key, f"{name}\0{what}".encode("utf-8", "surrogatepass"), sha256).hexdigest()


def check_seal(name: str, what: str, given: str) -> None:
    """Raises the 403 problem where a form does not come from a page of this server."""
    if not hmac.compare_digest(seal(name, what).encode(), given.encode("utf-8", "replace")):
        raise Problem(403, "wrong_seal", Message("web.problem.wrong_seal"))
