"""The API held to its description: calls made from it, right and wrong ones, each answer checked against what is said.

``CANCU_BENCH_EACH``: calls of each operation, right ones and again wrong ones (default 200, some ten thousand in all);
``CANCU_BENCH_KB``: the knowledge base asked (default: one built of the bundled collection). Needs schemathesis
(``pip install -e '.[bench]'``). Fails on any answer that is a server's error, is not described, or is not as described.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import AcceptedNegativeData, FailureGroup
from schemathesis.generation import GenerationMode

from indexer.build.ingest import ingest
from kb.service import KnowledgeBase
from web.app import create_app
from web.http.wire import create_server

SEED = 1616
TOO_LONG = 414
_SHOWN = 300  # characters of what is wrong


class Tally:
    """Calls by operation and status, and what was wrong, each thing once."""

    def __init__(self) -> None:
        self.calls: Counter[tuple[str, int]] = Counter()
        self.wrong: dict[tuple[str, str], str] = {}

    def made(self, operation: str, case: Any, known: dict[str, str]) -> None:
        """Makes one call and notes how its answer compares with the description; ``known``: values that the base has,
        put in the place of some that were made up, so that not all answers are "not found"."""
        for values in (case.path_parameters, case.query):
            for name in known.keys() & (values or {}).keys():
                values[name] = known[name]
        answer = case.call(timeout=60)
        self.calls[operation, answer.status_code] += 1
        if case.path_parameters and urlsplit(answer.request.url).path.endswith("/"):
            return  # a name that is empty, or "." which the client resolves: the address of the list
        try:
            case.validate_response(answer, excluded_checks=_NOT_ASKED)
        except FailureGroup as failures:
            for one in failures.exceptions:
                if isinstance(one, AcceptedNegativeData) and (answer.status_code == TOO_LONG or _as_words(case, one)):
                    continue  # the first refuses, too
                address = answer.request.url[:_SHOWN]
                self.wrong.setdefault((operation, type(one).__name__), f"{one!s:.{_SHOWN}} – {address}")


def _as_words(case: Any, failure: AcceptedNegativeData) -> bool:
    """Whether what was wrong cannot be told from what was sent: the fields of a form are words, a number too."""
    return case.media_type == "multipart/form-data" and "violates `type`" in str(failure)


_NOT_ASKED = [
    schemathesis.checks.positive_data_acceptance,  # a document that does not exist is rightly not found
    schemathesis.checks.unsupported_method,
]


def values_of(where: str) -> st.SearchStrategy[dict[str, str]]:
    """Values of parameters that documents of the base have; sometimes none."""
    base = KnowledgeBase.open(where)
    briefs = base.documents(role="held", per_page=60) + base.documents(role="cited_only", per_page=60)
    registers = [one.name for one in base.registers()] or ["?"]
    ids, numbers = [one.id for one in briefs], [one.number for one in briefs if one.number]
    values = {
        "id": st.sampled_from(ids),
        "document": st.sampled_from(numbers),
        "number": st.sampled_from(numbers),
        "q": st.sampled_from([*numbers, "kế hoạch", "cải cách hành chính", "loại:kế_hoạch", "luật đất đai"]),
        "from": st.sampled_from(ids),
        "to": st.sampled_from(numbers),
        "since": st.sampled_from(["2000", "2015-06", "2026-01-01"]),
        "issuer": st.sampled_from(sorted({one.issuer for one in briefs if one.issuer})),
        "implements": st.sampled_from(ids),
        "pinpoint": st.sampled_from(["dieu-1", "dieu-5-khoan-2", "Điều 3"]),
        "name": st.sampled_from(registers),
    }
    return st.fixed_dictionaries({}, optional=values) | st.just({})


def _asked(
    tally: Tally, operation: Any, each: int, mode: GenerationMode, known: st.SearchStrategy[dict[str, str]]
) -> None:
    @seed(SEED)
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=known)
    def called(case: Any, known: dict[str, str]) -> None:
        tally.made(operation.label, case, known)

    called()


def main() -> int:
    each = int(os.environ.get("CANCU_BENCH_EACH", "200"))
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="cancu-api-") as folder:
        where = os.environ.get("CANCU_BENCH_KB")
        if where is None:
            where = str(Path(folder) / "kb")
            ingest([Path(__file__).resolve().parent.parent / "corpus" / "samples"], where)
        server = create_server(create_app(where, requests_per_minute=0), "127.0.0.1", 0)
        threading.Thread(target=server.run, daemon=True).start()
        known = values_of(where)
        schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{server.effective_port}/api/v1/openapi.json")
        for result in schema.get_all_operations():
            operation = result.ok()
            _asked(tally, operation, each, GenerationMode.POSITIVE, known)
            if operation.definition.raw.get("parameters") or operation.definition.raw.get("requestBody"):
                _asked(tally, operation, each, GenerationMode.NEGATIVE, st.just({}))
            mine = {status: count for (label, status), count in sorted(tally.calls.items()) if label == operation.label}
            print(f"{operation.label:55} {mine}", flush=True)
        server.close()
    print(f"{sum(tally.calls.values())} calls, {len(tally.wrong)} kinds of answers not as described")
    for (label, kind), words in tally.wrong.items():
        print(f"{label} {kind}: {words}")
    return int(bool(tally.wrong))
