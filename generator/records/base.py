"""The kinds of value a field can hold, and what every record has.

All scalars arrive as text (see `generator.parse`), so each type here reads text strictly and says
what it wanted. Types carry three things apart from the check: a JSON Schema for editors, which
records a reference may name (`Ref`, `LocalRef`), and how the text may be shown (`Prose`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, NoReturn, get_args
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from .. import edtf, prose
from ..errors import escape_char, quoted
from ..prose import Kind

KINDS: tuple[Kind, ...] = get_args(Kind)
FOLDERS: dict[Kind, str] = {
    "briefing": "briefings",
    "place": "places",
    "actor": "actors",
    "person": "people",
    "source": "sources",
    "measure": "measures",
}

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ID_RULE = "lower-case ASCII letters, digits and single hyphens, at most 80 characters"
RETYPE = "type it again in plain letters"
LINE_LIMIT = 300
PROSE_LIMIT = 10_000


class Quoted(str):
    """A scalar that stood in quotes: never a number, whatever it looks like."""


def refuse(found: str, expected: str, hint: str = "") -> NoReturn:
    """Stop the validation of one value, with the three parts of a problem."""
    raise PydanticCustomError("refused", "{found}", {"found": found, "expected": expected, "hint": hint})


# --- text ---------------------------------------------------------------------------------------

_BLANK = re.compile(r"[\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u206f\u3164\u2800\ufe00-\ufe0f\ufeff]*")


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str):
        refuse(f"{_kind_of(value)}", "text", _text_hint(value))
    if _BLANK.fullmatch(value):
        refuse("nothing to read here" if value else "empty", "text", "fill it in, or remove the line")
    if len(value) > limit:
        refuse(f"{len(value):,} characters", f"at most {limit:,}", "shorten it, or split it")
    return str(value)


def _text_hint(value: object) -> str:
    if isinstance(value, dict) and len(value) == 1:
        return "a text that holds `: ` needs quotes around it"
    if isinstance(value, list):
        return "remove the leading `- ` or the brackets, or put the text in quotes"
    return ""


def _line(value: object) -> str:
    text = _text(value, LINE_LIMIT).strip()
    if "\n" in text:
        refuse("several lines", "one line of text", "join the lines")
    return text


def _prose(value: object) -> str:
    text = _text(value, PROSE_LIMIT).strip()
    for url in prose.links(text):
        fault = url_fault(url)
        if fault and not prose.record_link(url):
            refuse(
                f"a link to {quoted(url)}: {fault}",
                "an address that starts with https:// or http://, or a record such as place:rawa",
                _link_hint(url),
            )
    return text


def _link_hint(url: str) -> str:
    """For a record's kind written in the plural, as its folder is."""
    folder, _, rest = url.partition(":")
    kind = next((kind for kind, name in FOLDERS.items() if name == folder.lower()), "")
    return f"did you mean {kind}:{rest}?" if kind and prose.record_link(f"{kind}:{rest}") else ""


def _verbatim(value: object) -> str:
    return _text(value, PROSE_LIMIT).strip()


def _kind_of(value: object) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list | tuple):
        return "a list"
    return "text"


_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
Line = Annotated[str, BeforeValidator(_line), WithJsonSchema({**_TEXT, "maxLength": LINE_LIMIT})]
"""Plain text on one line, shown exactly as written."""
Prose = Annotated[str, BeforeValidator(_prose), WithJsonSchema({**_TEXT, "maxLength": PROSE_LIMIT})]
"""Text in which *emphasis*, **strong** and [links](https://…) or [links](place:rawa) work, and nothing else."""
Verbatim = Annotated[str, BeforeValidator(_verbatim), WithJsonSchema({**_TEXT, "maxLength": PROSE_LIMIT})]
"""Spoken or printed words, character for character."""


# --- references ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text that names a record of one of these kinds."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class LocalRef:
    """Marks a text that names a part of a briefing: of the same one (`id`), or of another (`briefing#id`)."""

    part: Literal["claim", "front", "anchor"]
    elsewhere: bool = False


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
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    if any(char.isalnum() and not char.isascii() for char in plain):
        return ""
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:80].strip("-")


def _id(value: object) -> str:
    if not isinstance(value, str):
        refuse(_kind_of(value), "an id")
    if not value:
        refuse("empty", "an id", "fill it in, or remove the line")
    fault = id_fault(value)
    if fault:
        near = suggested_id(value)
        refuse(f"{quoted(value)} has {fault}", f"an id: {ID_RULE}", f"did you mean `{near}`?" if near else RETYPE)
    return str(value)


def _part_ref(value: object) -> str:
    if isinstance(value, str) and value.count("#") == 1:
        briefing, part = value.split("#")
        return f"{_id(briefing)}#{_id(part)}"
    return _id(value)


_ID_SCHEMA = {"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": 80}
_PART_SCHEMA = {"type": "string", "pattern": f"^({ID_PATTERN}#)?{ID_PATTERN}$"}
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema(_ID_SCHEMA)]

PlaceRef = Annotated[Id, Ref(("place",))]
ActorRef = Annotated[Id, Ref(("actor",))]
PersonRef = Annotated[Id, Ref(("person",))]
SourceRef = Annotated[Id, Ref(("source",))]
MeasureRef = Annotated[Id, Ref(("measure",))]
SpeakerRef = Annotated[Id, Ref(("actor", "person"))]
OriginRef = Annotated[Id, Ref(("source", "actor"))]
FrontRef = Annotated[Id, LocalRef("front")]
OwnClaimRef = Annotated[Id, LocalRef("claim")]
ClaimRef = Annotated[str, BeforeValidator(_part_ref), WithJsonSchema(_PART_SCHEMA), LocalRef("claim", elsewhere=True)]


# --- dates, numbers, addresses ------------------------------------------------------------------


def _date(value: object) -> edtf.Edtf:
    if isinstance(value, edtf.Edtf):
        return value
    if isinstance(value, list):
        refuse("a list", "a date", 'a date in brackets needs quotes: "[2017-11-02..2017-11-03]"')
    if not isinstance(value, str):
        refuse(_kind_of(value), f"a date: {edtf.FORMS}")
    try:
        return edtf.parse(value)
    except edtf.EdtfError as error:
        if not value:
            refuse("empty", edtf.FORMS, "fill it in, or remove the line")
        refuse(f"{quoted(value)}: {error}", edtf.FORMS, error.hint)


def _day(value: object) -> edtf.Edtf:
    parsed = _date(value)
    if not parsed.is_exact_day:
        refuse(f"`{parsed}`", "one exact day, like 2017-11-03", "this field is about our own publishing, which has a day")
    return parsed


_AS_TEXT = PlainSerializer(str, return_type=str)
Date = Annotated[
    edtf.Edtf,
    PlainValidator(_date),
    _AS_TEXT,
    WithJsonSchema({"type": "string", "format": "edtf", "examples": ["2017-11-03", "2017-10-27~", "2017-10-26/2017-11-03"]}),
]
"""An EDTF date; see `generator.edtf` for the accepted forms."""
Day = Annotated[
    edtf.Edtf, PlainValidator(_day), _AS_TEXT, WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
]
"""An exact calendar day."""


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        refuse(_kind_of(value), "a number")
    if isinstance(value, Quoted):
        refuse(f'text in quotes, "{value[:40]}"', "a number", "remove the quotes")
    if not _PLAIN_DIGITS.fullmatch(value):
        refuse(quoted(value, 40) if value else "empty", "a number in plain digits, such as 1500 or 4.4", _number_hint(value))
    return Decimal(value)


_PLAIN_DIGITS = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?", re.ASCII)


def _number_hint(text: str) -> str:
    """The number that was probably meant. Never a guess between a thousands and a decimal sign."""
    if not text:
        return "fill it in, or remove the line"
    plain = "".join(str(unicodedata.decimal(char, char)) for char in text).replace("−", "-").removeprefix("+")
    if re.fullmatch(r"-?[0-9]{1,3},[0-9]{3}", plain):
        return f"did you mean {plain.replace(',', '')}, or {plain.replace(',', '.')}?"
    if re.fullmatch(r"-?[0-9]{1,3}([\s_’',.][0-9]{3})+", plain) and len(set(re.sub(r"[0-9-]", "", plain))) == 1:
        return f"did you mean {re.sub('[^0-9-]', '', plain)}?"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", plain):
        return f"did you mean {plain.replace(',', '.')}?"
    if re.fullmatch(r"\.[0-9]+", plain):
        return f"did you mean 0{plain}?"
    if _PLAIN_DIGITS.fullmatch(plain):
        return f"did you mean {plain}?"
    if re.fullmatch(r"[0-9.]+ ?[-–/] ?[0-9.]+", plain):
        return "write a range as `low` and `high`"
    if re.match(r"(about|some|around|nearly|almost|over|more|less|up|at|circa|ca|~|<|>|≈)", plain, re.IGNORECASE):
        return "words such as `about` belong in `qualifier`"
    return "write the number alone, with all its digits"


def _bounded(low: int, high: int, what: str) -> Any:
    def check(value: object) -> Decimal:
        number = _number(value)
        if not low <= number <= high:
            hint = "are latitude and longitude swapped?" if what == "latitude" and abs(number) <= 180 else ""
            refuse(f"`{number:f}`", f"a {what} between {low} and {high}", hint)
        return number

    return BeforeValidator(check)


def _digits(number: Decimal) -> str:
    """As typed: `str` would write 0.0000001 as 1E-7."""
    return f"{number:f}"


_NUMBER_TEXT = PlainSerializer(_digits, return_type=str)
_PLAIN_NUMBER = {"type": "number"}
Number = Annotated[Decimal, BeforeValidator(_number), _NUMBER_TEXT, WithJsonSchema(_PLAIN_NUMBER)]
"""A number, kept digit for digit: 1.10 stays 1.10."""
Latitude = Annotated[
    Decimal, _bounded(-90, 90, "latitude"), _NUMBER_TEXT, WithJsonSchema({**_PLAIN_NUMBER, "minimum": -90, "maximum": 90})
]
Longitude = Annotated[
    Decimal, _bounded(-180, 180, "longitude"), _NUMBER_TEXT, WithJsonSchema({**_PLAIN_NUMBER, "minimum": -180, "maximum": 180})
]
Kilometres = Annotated[
    Decimal, _bounded(0, 20_000, "distance in km"), _NUMBER_TEXT, WithJsonSchema({**_PLAIN_NUMBER, "minimum": 0})
]


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false") or isinstance(value, Quoted):
        said = quoted(value, 40) if isinstance(value, str) else _kind_of(value)
        if isinstance(value, Quoted) and value in ("true", "false"):
            refuse(f"{said} in quotes", "`true` or `false`", "remove the quotes")
        yes = isinstance(value, str) and value.lower() in ("yes", "y", "on", "true", "1")
        no = isinstance(value, str) and value.lower() in ("no", "n", "off", "false", "0")
        refuse(said, "`true` or `false`", "did you mean `true`?" if yes else "did you mean `false`?" if no else "")
    return value == "true"


Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]


def url_fault(url: str) -> str:
    """What is wrong with a web address, or nothing."""
    if any(ord(char) <= 32 or ord(char) == 127 for char in url) or "\\" in url:
        return "it holds a space, a control character or a backslash"
    if any(char in '<>"`' for char in url):
        return "it holds a character that addresses write as %XX"
    try:
        parts = urlsplit(url)
        host = parts.hostname
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return "it is no address"
    if parts.scheme.lower() not in ("http", "https") or not url.lower().startswith(("http://", "https://")):
        return "it does not start with https:// or http://"
    if not host or not port_is_fine or not re.fullmatch(r"[^\s/?#@%]+", host):
        return "it has no host"
    if parts.username is not None or parts.password is not None:
        return "it hides its host behind a user name"
    return ""


def _url(value: object) -> str:
    if not isinstance(value, str):
        refuse(_kind_of(value), "a web address")
    fault = url_fault(value) if value else "empty"
    if fault:
        hint = "did you forget https://?" if re.match(r"[\w-]+\.[\w.-]+(/|$)", value) else ""
        refuse(f"{quoted(value, 80)}: {fault}" if value else "empty", "a web address such as https://example.org/page", hint)
    return str(value)


Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"})]


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?")


def _language(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        said = quoted(value, 40) if isinstance(value, str) else _kind_of(value)
        near = value.replace("_", "-") if isinstance(value, str) else ""
        hint = f"did you mean {near}?" if near != value and _LANGUAGE.fullmatch(near) else "two or three small letters; a script or a country may follow"
        refuse(said, "a language tag such as en, ar or zh-Hant (BCP 47)", hint)
    return str(value)


Language = Annotated[str, BeforeValidator(_language), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}(-.*)?$"})]


def _country(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{2}", value):
        said = f"`{value[:40]}`" if isinstance(value, str) else _kind_of(value)
        near = isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}", value)
        refuse(said, "a two-letter country code (ISO 3166-1), such as SY", f"did you mean {value.upper()}?" if near else "see iso.org/obp, or leave the line out")  # type: ignore[attr-defined]  # near implies text
    return str(value)


Country = Annotated[str, BeforeValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})]


# --- what every record has ----------------------------------------------------------------------


class Part(BaseModel):
    """A group of fields. Frozen, and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


class Change(Part):
    """One field's value before and after an update."""

    path: Annotated[Line, Field(description="Where in the record: claims[cl-losses].figures[0].high")]
    from_: Annotated[Any, Field(alias="from", description="The value before; left out when it was added")] = None
    to: Annotated[Any, Field(description="The value after; left out when it was removed")] = None


class Update(Part):
    """An entry of a record's history, kept for ever."""

    at: Annotated[Day, Field(description="The day on which this entry was published")]
    kind: Annotated[
        Literal["update", "correction", "clarification", "withdrawal"],
        Field(description="`correction` when what stood there was wrong; `update` when the world moved on"),
    ]
    note: Annotated[Prose, Field(description="Why, in one sentence")]
    changes: Annotated[tuple[Change, ...], Field(description="Which fields went from what to what")] = ()


class Record(Part):
    """What every kind of record has besides its own fields.

    `id` is the file's stem, never a field in the file.
    """

    id: Annotated[Id, Field(exclude=True)]
    formerly: Annotated[tuple[Id, ...], Field(description="Ids this record had before; they redirect for ever")] = ()
    updates: Annotated[tuple[Update, ...], Field(description="What changed since it was first published, oldest first")] = ()


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
        return {"description": described, "anyOf": [{**_ID_SCHEMA, "description": "Id of the source"}, dict(schema)]}
