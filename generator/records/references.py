"""Fields that name records, or parts of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from ..errors import escape_char, meant, quoted
from ..kinds import Kind
from .refusal import kind_of, refuse

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ID_RULE = "lower-case ASCII letters, digits and single hyphens, at most 80 characters"
RETYPE = "type it again in plain letters"
NAMES = "x-names"
"""In a schema, says what a text names: kinds of records, or parts of a briefing."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text that names a record of one of these kinds."""

    kinds: tuple[Kind, ...]

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core_schema), NAMES: " or ".join(self.kinds)}


@dataclass(frozen=True, slots=True)
class LocalRef:
    """Marks a text that names a part of a briefing: of the same one (`id`), or of another (`briefing#id`)."""

    part: Literal["claim", "figure", "event", "front", "anchor"]
    elsewhere: bool = False

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core_schema), NAMES: f"{self.part} or briefing#{self.part}" if self.elsewhere else self.part}


def id_fault(text: str) -> str:
    """What is wrong with an id, or nothing."""
    if len(text) > 80:
        return f"{len(text)} characters"
    if re.fullmatch(ID_PATTERN, text):
        return ""
    odd = next((char for char in text if not re.match(r"[a-z0-9-]", char)), "")
    if odd and ord(odd) > 126:
        return escape_char(odd)
    return f"`{odd}`" if odd.strip() else "a space" if odd else "a hyphen at an end or two in a row"


def suggested_id(text: str) -> str:
    """An id near a refused one; empty when there is none, as for letters of other scripts."""
    # To put marks in order takes time by the square of their number.
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", text[:1_000])
        if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    )
    if any(char.isalnum() and not char.isascii() for char in plain):
        return ""
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:80].strip("-")


def _id(value: object) -> str:
    if not isinstance(value, str):
        refuse(kind_of(value), "an id")
    if not value:
        refuse("empty", "an id", "fill it in, or remove the line")
    fault = id_fault(value)
    if fault:
        near = suggested_id(value)
        refuse(f"{quoted(value)} has {fault}", f"an id: {ID_RULE}", meant(near) if near else RETYPE)
    return str(value)


def _part_ref(value: object) -> str:
    if isinstance(value, str) and value.count("#") == 1:
        briefing, part = value.split("#")
        return f"{_id(briefing)}#{_id(part)}"
    return _id(value)


ID_SCHEMA = {"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": 80, "patternErrorMessage": f"An id has {ID_RULE}."}
_PART_SCHEMA = {
    "type": "string",
    "pattern": f"^({ID_PATTERN}#)?{ID_PATTERN}$",
    "patternErrorMessage": f"The id of a part, or briefing#part; an id has {ID_RULE}.",
}
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema(ID_SCHEMA)]

PlaceRef = Annotated[Id, Ref(("place",))]
ActorRef = Annotated[Id, Ref(("actor",))]
SourceRef = Annotated[Id, Ref(("source",))]
BriefingRef = Annotated[Id, Ref(("briefing",))]
MeasureRef = Annotated[Id, Ref(("measure",))]
SpeakerRef = Annotated[Id, Ref(("actor", "person"))]
OriginRef = Annotated[Id, Ref(("source", "actor"))]
FrontRef = Annotated[Id, LocalRef("front")]
OwnClaimRef = Annotated[Id, LocalRef("claim")]
ClaimRef = Annotated[str, BeforeValidator(_part_ref), WithJsonSchema(_PART_SCHEMA), LocalRef("claim", elsewhere=True)]
FigureRef = Annotated[str, BeforeValidator(_part_ref), WithJsonSchema(_PART_SCHEMA), LocalRef("figure", elsewhere=True)]
EventRef = Annotated[str, BeforeValidator(_part_ref), WithJsonSchema(_PART_SCHEMA), LocalRef("event", elsewhere=True)]
