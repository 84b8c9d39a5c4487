"""What every record has, and the parts that several kinds share."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from .references import ID_SCHEMA, NAMES, Id, SourceRef
from .refusal import refuse
from .text import Line, Prose
from .values import Date, Day

HISTORY_FIELDS = frozenset({"formerly", "updates", "withdrawn"})
"""What only something published can have: a new record, or part of one, has none of them."""
FormerIds = Annotated[tuple[Id, ...], Field(description="Ids it had before, the oldest first; links to them still lead here")]
Withdrawn = Annotated[Prose | None, Field(description="Why it is withdrawn, in one sentence; it stays, and says so")]


class Part(BaseModel):
    """A group of fields. Frozen, and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


class Change(Part):
    """One field's value before and after an update."""

    path: Annotated[Line, Field(description="Where in the record: claims[cl-losses].figures[fg-losses].high")]
    from_: Annotated[Any, Field(alias="from", description="The value before; left out when it was added")] = None
    to: Annotated[Any, Field(description="The value after; left out when it was removed")] = None


UpdateKind = Literal["update", "correction", "clarification", "withdrawal"]
UPDATE_KINDS: tuple[UpdateKind, ...] = get_args(UpdateKind)


class Update(Part):
    """An entry of a record's history, kept for ever."""

    at: Annotated[Day, Field(description="The day on which this entry was published")]
    known: Annotated[Date | None, Field(description="Since when it was known, where that is earlier than the entry")] = None
    kind: Annotated[
        UpdateKind,
        Field(description="`correction` when what stood there was wrong; `update` when the world moved on"),
    ]
    note: Annotated[Prose, Field(description="Why, in one sentence")]
    changes: Annotated[tuple[Change, ...], Field(description="Which fields went from what to what")] = ()

    @model_validator(mode="after")
    def _was_known_by_then(self) -> Update:
        if self.known and self.known.earliest > self.at.latest:
            refuse(f"an entry of {self.at} on what was known since {self.known}", "`known` not after `at`", "are they swapped?")
        return self


class Record(Part):
    """What every kind of record has besides its own fields.

    `id` is the file's stem, never a field in the file.
    """

    id: Annotated[Id, Field(exclude=True)]
    formerly: Annotated[tuple[Id, ...], Field(description="Ids this record had before, the oldest first; they redirect for ever")] = ()
    updates: Annotated[tuple[Update, ...], Field(description="What changed since it was first published, oldest first")] = ()
    withdrawn: Withdrawn = None


class Citation(Part):
    """A source, and where in it. Written as `- source-id`, or with a locator as `- source: …` and `locator: …`."""

    source: Annotated[SourceRef, Field(description="Id of the source")]
    locator: Annotated[Line | None, Field(description="Where in it: line 12, p. 3, 0:45", examples=["line 12"])] = None

    @model_validator(mode="before")
    @classmethod
    def _an_id_alone_will_do(cls, value: Any) -> Any:
        return {"source": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler.resolve_ref_schema(handler(core_schema))
        described = schema.pop("description", "")
        return {"description": described, "anyOf": [{**ID_SCHEMA, "description": "Id of the source", NAMES: "source"}, dict(schema)]}
