"""The bases block of a draft, made from the documents that its drafter chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request

from kb.answers.shapes import Answer
from kb.authority import issuers, types
from kb.checking.bases_block import BasesBlock, bases_block
from kb.model import OwnIdentity
from messages import Message
from web.http import params
from web.http.answers import answer, json_response
from web.http.front import front
from web.http.problems import Problem

blueprint = Blueprint("bases_block", __name__)
MOST = 60
"""Documents in one block."""
TYPES = ("quyet-dinh-ubnd", "nghi-quyet-hdnd", "ke-hoach", "nghi-dinh", "thong-tu", "quyet-dinh", "chi-thi", "to-trinh")
"""Types that the page offers; the API takes every id of a type."""


@dataclass(frozen=True, slots=True)
class NothingChosen(Answer):
    """Before anything was chosen."""

    lines: tuple[str, ...] = ()


@blueprint.get("/can-cu")
def page() -> Response:
    """Choose documents, a line each; the block in order, ready to copy."""
    chosen = [line for value in request.args.getlist("van_ban") for line in value.splitlines() if line.strip()]
    made = _made(chosen, _own("loai", "co_quan", "tinh")) if chosen else NothingChosen()
    return answer("bases_block.html", made, chosen=[params.clean(line) for line in chosen], types=_offered())


def call() -> Response:
    """The same for a program."""
    chosen = request.args.getlist("document")
    if not any(map(str.strip, chosen)):
        raise Problem(
            400, "bad_parameter", Message("web.problem.parameter", name="document", why=Message("web.problem.missing")),
            parameter="document",
        )  # fmt: skip
    return json_response(_made(chosen, _own("type", "issuer", "province")).to_json())


def _made(chosen: Sequence[str], own: OwnIdentity) -> BasesBlock:
    if len(chosen) > MOST:
        raise Problem(400, "bad_parameter", Message("web.problem.too_many_bases", most=MOST), parameter="document")
    longest = front().settings.query_length
    return bases_block(front().kb, [params.clean(line)[:longest] for line in chosen], own)


def _own(type_name: str, issuer_name: str, province_name: str) -> OwnIdentity:
    """What the drafter says of the draft; unknown ids are refused."""
    kind = params.one_of(type_name, ("", *(one.id for one in types.TYPES)), "") or None
    body = params.text(issuer_name, limit=60)
    if body is not None and issuers.by_code(body) is None:
        why = Message("web.problem.no_issuer", issuer=body)
        raise Problem(400, "bad_parameter", why, parameter=issuer_name)
    return OwnIdentity(type=kind, body=body, province=params.text(province_name, limit=60))


def _offered() -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in types.TYPES if one.id in TYPES]
