"""An OpenSearch cluster as the index engine meets it: its address, its client, patience, and errors in words.

An index is an *alias*; behind it stands one index of the cluster, ``NAME-1``, ``NAME-2``, …. A new one is filled beside
the one in use and then takes the alias in one step, so that no reader ever meets an empty or half-built index.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from indexer.engines.protocol import FORMAT, IndexUnreachable, IndexUnusable
from messages import Message

SCHEME = "opensearch"
ASKING_SECONDS = 10.0
"""How long a question is tried before the reader is told that the cluster does not answer."""
WRITING_SECONDS = 180.0
"""How long a step of writing is tried: a cluster that lost a node elects and recovers within this."""
_REQUEST_SECONDS = 8.0
_WRITE_REQUEST_SECONDS = 60.0
_CONNECTIONS = 16  # to each node, kept open
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0  # seconds between attempts, doubled each time
_BUSY = frozenset({408, 429, 502, 503, 504})  # statuses that pass
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_MOST_SHARDS = 64
_CLAUSES, _MOST_CLAUSES = "indices.query.bool.max_clause_count", 8192

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index lies: the addresses of some nodes (any of them answers for all), its name, and into how many
    parts a new one is cut."""

    nodes: tuple[str, ...]
    name: str
    shards: int = 1

    @classmethod
    def parsed(cls, url: str) -> Address | None:
        """The address ``opensearch:http://a:9200,http://b:9200/NAME?shards=3``; None for what is none."""
        scheme, _, rest = url.partition(":")
        place, _, asked = rest.partition("?")
        nodes, _, name = place.rpartition("/")
        hosts = tuple(node for node in nodes.split(",") if node)
        shards = parse_qs(asked).get("shards", ["1"])[-1]
        whole = scheme == SCHEME and hosts and all(_is_host(host) for host in hosts) and _NAME.fullmatch(name)
        if not whole or not shards.isdecimal() or not 1 <= int(shards) <= _MOST_SHARDS:
            return None
        return cls(hosts, name, int(shards))

    def __str__(self) -> str:
        """The address without passwords."""
        hosts = ",".join(re.sub(r"//[^@/]*@", "//", node) for node in self.nodes)
        return f"{SCHEME}:{hosts}/{self.name}"


def _is_host(node: str) -> bool:
    try:
        parts = urlsplit(node)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not parts.path
    except ValueError:
        return False


class Cluster:
    """The client of one index of a cluster; safe for several threads."""

    def __init__(self, address: Address) -> None:
        try:
            import opensearchpy
        except ImportError as error:
            raise IndexUnusable(Message("indexer.engines.no_cluster_client")) from error
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # what matters is told in our words
        self.address = address
        self._errors = opensearchpy.exceptions
        self.client = opensearchpy.OpenSearch(
            hosts=list(address.nodes),
            timeout=_REQUEST_SECONDS,
            max_retries=len(address.nodes) - 1,  # each node once; what comes after is `asked` or `written`
            retry_on_timeout=True,
            retry_on_status=(502, 503, 504),
            pool_maxsize=_CONNECTIONS,
        )

    # -- patience and words ------------------------------------------------------------------------------------

    def asked(self, call: Callable[..., Answer], **given: Any) -> Answer:
        """What ``call`` answers, tried again for ``ASKING_SECONDS`` where the cluster is busy or electing."""
        return self._patiently(ASKING_SECONDS, call, given)

    def written(self, call: Callable[..., Answer], **given: Any) -> Answer:
        """The same for a step of writing, which may be done twice; tried for ``WRITING_SECONDS``."""
        limits = {"request_timeout": _WRITE_REQUEST_SECONDS, **given.pop("params", {})}
        return self._patiently(WRITING_SECONDS, call, {**given, "params": limits})

    def _patiently(self, seconds: float, call: Callable[..., Answer], given: dict[str, Any]) -> Answer:
        until, pause = time.monotonic() + seconds, _FIRST_PAUSE
        while True:
            try:
                return call(**given)
            except self._errors.TransportError as error:
                if not self._passes(error) or time.monotonic() + pause > until:
                    raise self._in_words(error) from error
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _passes(self, error: Any) -> bool:
        """Whether the next attempt may succeed: no node answered, or the one that did is busy or without a manager."""
        if isinstance(error, self._errors.SSLError):
            return False
        return isinstance(error, self._errors.ConnectionError) or error.status_code in _BUSY

    def _in_words(self, error: Any) -> IndexUnusable:
        if isinstance(error, self._errors.NotFoundError):
            return IndexUnusable(Message("indexer.engines.no_index", path=self.address))
        if error.status_code in (401, 403):
            return IndexUnusable(Message("indexer.engines.cluster_refuses", address=self.address))
        return self.unreachable(_reason(error))

    def unreachable(self, reason: object) -> IndexUnreachable:
        """The cluster gave no whole answer in time."""
        return IndexUnreachable(Message("indexer.engines.cluster_silent", address=self.address, reason=reason))

    # -- which index stands behind the name --------------------------------------------------------------------

    def in_use(self) -> list[str]:
        """The indexes behind the alias: one, or none."""
        name = self.address.name
        found = self.asked(self.client.indices.get_alias, name=name, params={"ignore": 404})
        return sorted(index for index, about in found.items() if isinstance(about, dict) and "aliases" in about)

    def check(self) -> None:
        """Raises ``IndexUnusable`` where the index is of another format."""
        found = self.asked(self.client.indices.get_mapping, index=self.address.name)
        formats = {about["mappings"].get("_meta", {}).get("format") for about in found.values()}
        if formats != {FORMAT}:
            reason = f"format is not {FORMAT}"
            raise IndexUnusable(Message("indexer.engines.cannot_read", folder=self.address, reason=reason))

    def shards(self) -> int:
        """Into how many parts the index in use is cut."""
        found = self.asked(self.client.indices.get_settings, index=self.address.name)
        return max(int(about["settings"]["index"]["number_of_shards"]) for about in found.values())

    def create(self, form: dict[str, Any]) -> str:
        """A new empty index of this form, beside the one in use; returns its name."""
        self._allow_long_queries()
        number = max(self._numbers(), default=0) + 1
        while True:
            name = f"{self.address.name}-{number}"
            try:
                self.written(self.client.indices.create, index=name, body=form, params={"timeout": "30s"})
                return name
            except IndexUnreachable as error:
                if "resource_already_exists" not in str(error):
                    raise
                number += 1  # of another process, or of an attempt whose answer was lost

    def _allow_long_queries(self) -> None:
        """A pasted title of fifty words is ranked by more terms than a cluster lets through by itself."""
        known = self.asked(
            self.client.cluster.get_settings, params={"include_defaults": "true", "flat_settings": "true"}
        )
        values = (known[kind].get(_CLAUSES) for kind in ("transient", "persistent", "defaults"))
        if int(next(value for value in values if value is not None)) < _MOST_CLAUSES:
            body = {"persistent": {_CLAUSES: _MOST_CLAUSES}}
            self.written(self.client.cluster.put_settings, body=body)

    def adopt(self, index: str) -> None:
        """Make this the index behind the name, in one step, and delete those before it."""
        alias = self.address.name
        before = [name for name in self.in_use() if name != index]
        actions: list[dict[str, Any]] = [{"remove": {"index": name, "alias": alias}} for name in before]
        actions.append({"add": {"index": index, "alias": alias}})
        self.written(self.client.indices.update_aliases, body={"actions": actions})
        own = int(index.rpartition("-")[2])
        for number in self._numbers():
            if number < own:
                self.written(self.client.indices.delete, index=f"{alias}-{number}", params={"ignore": 404})

    def _numbers(self) -> list[int]:
        pattern = f"{self.address.name}-*"
        found = self.asked(self.client.indices.get_settings, index=pattern)
        ends = (name[len(self.address.name) + 1 :] for name in found)
        return [int(end) for end in ends if end.isdecimal()]

    # -- writing -----------------------------------------------------------------------------------------------

    def send(self, index: str, actions: list[tuple[bytes, ...]]) -> None:
        """Do what the lines say (an action, and a document where it needs one); what the cluster is too busy to take is
        sent again, for ``WRITING_SECONDS`` at most.

        Raises:
            IndexUnreachable: where the cluster does not take them in time.
        """
        # Without its alias an index would be made on the spot, with fields guessed from the first document.
        alone = {"require_alias": "true"} if index == self.address.name else {}
        params = {"timeout": "30s", **alone}
        until, pause = time.monotonic() + WRITING_SECONDS, _FIRST_PAUSE
        while actions:
            body = b"\n".join([line for lines in actions for line in lines]) + b"\n"
            answer = self.written(self.client.bulk, body=body, index=index, params=params)
            left = []
            for lines, item in zip(actions, answer["items"], strict=True):
                (done,) = item.values()
                if done["status"] in _BUSY:
                    left.append(lines)
                    reason = done.get("error")
                elif "error" in done:
                    raise self.unreachable(done["error"].get("reason", done["error"]))
            if left and time.monotonic() + pause > until:
                raise self.unreachable(reason)
            if left:
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            actions = left

    def refresh(self, index: str) -> None:
        """Let searches see all that was sent."""
        self.written(self.client.indices.refresh, index=index)


def _reason(error: Any) -> str:
    """What is wrong, in a line, without the address that the client puts before it."""
    if error.status_code == "N/A":
        return str(error.error).split("object at 0x")[0].strip()[:200]
    info = error.info if isinstance(error.info, dict) else {}
    causes = info.get("error", {}) if isinstance(info.get("error"), dict) else {}
    roots = causes.get("root_cause") or [causes]
    return f"{error.status_code} {error.error}: {roots[0].get('reason', '') if roots else ''}"[:300]
