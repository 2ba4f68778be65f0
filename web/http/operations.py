"""What an operation of the API takes and gives, declared where its view is: the one place from which its route, the
check of its parameters and its description (``web.http.openapi``) are made.

A view gets an address under ``/api/v1`` through :class:`Operations` alone, so that none is left undescribed. Its words
are messages: ``web.operation`` says what it does, ``web.parameter`` what its parameters are, ``web.answer`` what its
answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from flask import Blueprint

from messages import Message

View = TypeVar("View", bound=Callable[..., Any])
Schema = dict[str, Any]
"""A JSON schema."""

_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def snake(name: str) -> str:
    """A name of the description as messages have it: ``NoSuchDocument`` is ``no_such_document``."""
    return _CAPITAL.sub("_", name).lower()


class Parameter(NamedTuple):
    """One parameter. ``words``: name of its message where that is not its own; ``many``: it may be repeated."""

    name: str
    schema: Schema
    words: str = ""
    required: bool = False
    many: bool = False
    example: str | None = None

    def described(self, path: str) -> Schema:
        """As OpenAPI has it; a parameter that is named in ``path`` is part of that."""
        said = Message.of("web.parameter", self.words or self.name, {})
        inside = f"{{{self.name}}}" in path
        found: Schema = {
            "name": self.name,
            "in": "path" if inside else "query",
            "required": inside or self.required,
            "description": said.en,
            "x-vi": said.vi,
            "schema": self.schema,
        }
        if self.many:
            found["explode"] = True
        return found if self.example is None else found | {"example": self.example}


def answer_words(name: str) -> Schema:
    """What an answer is, or when it is given, by the name of its message: in both languages, as OpenAPI has it."""
    said = Message.of("web.answer", name, {})
    return {"description": said.en, "x-vi": said.vi}


class Gives(NamedTuple):
    """An answer: ``schema`` is one of JSON, or the name of a component; ``words`` the name of the message that says
    when it is given; ``media`` are the schemas of its other forms."""

    schema: str | Schema
    words: str
    media: Mapping[str, Schema] = {}

    def content(self) -> Schema:
        """By form its schema."""
        schema = reference(self.schema) if isinstance(self.schema, str) else self.schema
        json = {"application/json": {"schema": schema}} if schema else {}
        return json | {form: {"schema": one} for form, one in self.media.items()}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``gives``: its answers by status; ``refuses``: by status the name of the message that says of an
    error what is its own; ``shares``: names of the answers that it has in common with some others; ``body``: by media
    type the schema of what is sent in; ``lists``: its answer is had as CSV and Atom, too."""

    name: str
    path: str
    method: str
    takes: Sequence[Parameter]
    gives: Mapping[int, Gives]
    refuses: Mapping[int, str] = field(default_factory=dict)
    shares: Mapping[int, str] = field(default_factory=dict)
    body: Mapping[str, Schema] = field(default_factory=dict)
    lists: bool = False

    @property
    def says(self) -> Message:
        """What it does."""
        return Message.of("web.operation", snake(self.name), {})


DECLARED: dict[tuple[str, str], Operation] = {}
"""Every operation by path and method, in the order in which the views declare them."""


class Operations(Blueprint):
    """A blueprint whose views are operations of the API, or pages."""

    def operation(
        self,
        rule: str,
        name: str,
        *,
        takes: Sequence[Parameter] = (),
        gives: Mapping[int, Gives],
        defaults: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Callable[[View], View]:
        """Declares an operation and gives it its address; ``more``: fields of :class:`Operation`."""
        path = _PLACE.sub(r"{\1}", rule)
        method = "POST" if more.get("body") else "GET"
        DECLARED[path, method] = Operation(name, path, method, takes, gives, **more)
        filled = {"defaults": dict(defaults)} if defaults else {}
        return self.route(rule, methods=(method,), **filled)


def reference(component: str) -> Schema:
    """A reference to a schema by its name."""
    return {"$ref": f"#/components/schemas/{component}"}


def several(component: str) -> Schema:
    """The schema of a list."""
    return {"type": "array", "items": reference(component)}


def record(**properties: Schema) -> Schema:
    """The schema of an object that has all these fields."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def page_of(component: str, **more: Schema) -> Schema:
    """The schema of one page of a list."""
    return {"allOf": [reference("Part"), record(**more, items=several(component))]}
