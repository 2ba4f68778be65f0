"""The tools that an assistant may call. Each answer says what its sources cover: silence must not be taken for no."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from corpus.source_text import SourceText
from corpus.structure.guess import structured
from kb.answers.shapes import DocumentDetails
from kb.authority.relations import RELATIONS
from messages import Message, pick, say
from messages.errors import CancuError
from web.http.front import Front
from web.reports.draft import checked

PER_PAGE = 20
DEEPEST = 4
"""Steps of lineage in one answer: more would fill an assistant's memory."""

Direction = Literal["in", "out"]
Way = Literal["up", "down", "both"]


def assistant(front: Front, lang: str = "vi") -> MCPServer:
    """The server of the tools over an open front; messages in ``lang``."""
    tools = Tools(front, lang)
    server: MCPServer = MCPServer("cancu", title="Cancu", instructions=say("web.assistant.instructions", lang))
    for tool in (tools.check_text, tools.lookup, tools.document, tools.citations, tools.trace, tools.search):
        told = say(pick("web.assistant.tool", tool.__name__), lang)
        server.add_tool(_in_words(tool, lang), name=tool.__name__, description=told, structured_output=True)
    return server


class Tools:
    """What the tools do. Ids of documents are those of permalinks (``tw/cp/2014/nd/24``); numbers do as well."""

    def __init__(self, front: Front, lang: str) -> None:
        self._front, self._kb, self._lang = front, front.kb, lang

    def check_text(self, text: str, province: str | None = None) -> dict[str, Any]:
        """The verdict on every citation of a text, findings, and how each citation should stand."""
        most = self._front.settings.draft_text_bytes
        if len(text.encode("utf-8", "replace")) > most:
            raise ToolError(say("web.problem.text_too_large", self._lang, most=most // 1024))
        source = SourceText("", text, "txt", "", blocks=structured(text, wrapped=True, markdown=True))
        with self._front.heavy.taken() as tools:
            told: dict[str, Any] = tools.work(checked, source, province=province).report.to_json()
        return told

    def lookup(
        self, number: str, province: str | None = None, date: str | None = None, issuer: str | None = None
    ) -> dict[str, Any]:
        """Which document a number means, in whatever shape it is written."""
        return self._scoped(self._kb.lookup(number, province=province, date=date, issuer=issuer).to_json())

    def document(self, id: str) -> dict[str, Any]:
        """All that is known of one document."""
        return self._scoped({"document": self._found(id).to_json()})

    def citations(
        self, id: str, direction: Direction = "in", relation: str | None = None, page: int = 1
    ) -> dict[str, Any]:
        """Who cites a document (``in``) or what it cites (``out``), with sentences."""
        if relation is not None and relation not in {one.id for one in RELATIONS}:
            listed = ", ".join(one.id for one in RELATIONS)
            raise ToolError(say("web.problem.none_of", self._lang, listed=listed))
        found = self._kb.citations(
            self._found(id).id, direction=direction, relation=relation, page=max(1, page), per_page=PER_PAGE
        )
        return self._scoped(found.to_json())

    def trace(self, id: str, direction: Way = "both", depth: int = 2) -> dict[str, Any]:
        """What a document stands on (``up``) and what stands on it (``down``)."""
        steps = min(max(1, depth), DEEPEST)
        return self._scoped(self._kb.trace(self._found(id).id, direction=direction, depth=steps).to_json())

    def search(self, query: str, page: int = 1) -> dict[str, Any]:
        """Documents by number, name or words."""
        query = " ".join(query.split())[: self._front.settings.query_length]
        return self._scoped(self._front.search(query, page=max(1, page), per_page=PER_PAGE).to_json())

    def _found(self, id: str) -> DocumentDetails:
        """The document of an id, of an id that was merged, or of a number that is one document."""
        asked = id.strip().removeprefix("/vb/")
        found = self._kb.document(self._kb.redirect(asked) or asked)
        if found is None:
            known = self._kb.lookup(id)
            found = self._kb.document(known.matches[0].id) if known.status == "ok" else None
        if found is None:
            raise ToolError(say("web.assistant.no_document", self._lang, id=id[:80]))
        return found

    def _scoped(self, answer: dict[str, Any]) -> dict[str, Any]:
        stats = self._kb.stats()
        scope = Message("kb.check.scope.texts", held=stats["held"], known=stats["documents"])
        return {**answer, "scope": scope.text(self._lang)}


def _in_words(tool: Callable[..., dict[str, Any]], lang: str) -> Callable[..., dict[str, Any]]:
    """The tool with what it refuses said as an answer, not as a fault of the server."""

    @wraps(tool)
    def told(*args: Any, **values: Any) -> dict[str, Any]:
        try:
            return tool(*args, **values)
        except CancuError as error:
            raise ToolError(error.text(lang)) from None

    return told
