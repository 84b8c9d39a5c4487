"""Fields that hold dates, numbers, flags, addresses and codes.

All scalars arrive as text (see `generator.parse`), so each type here reads text strictly and says what it
wanted. Each also carries a JSON Schema for editors.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema

from .. import edtf
from ..errors import meant, quoted
from .refusal import Quoted, kind_of, refuse


def _date(value: object) -> edtf.Edtf:
    if isinstance(value, edtf.Edtf):
        return value
    if isinstance(value, list):
        refuse("a list", "a date", 'a date in brackets needs quotes: "[2017-11-02..2017-11-03]"')
    if not isinstance(value, str):
        refuse(kind_of(value), f"a date: {edtf.FORMS}")
    try:
        return edtf.parse(str(value))
    except edtf.EdtfError as error:
        if not value:
            refuse("empty", edtf.FORMS, "fill it in, or remove the line")
        refuse(f"{quoted(value)}: {error}", edtf.FORMS, meant(error.instead, error.hint) if error.instead else error.hint)


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
    WithJsonSchema(
        {
            "type": "string",
            "format": "edtf",
            "pattern": edtf.PATTERN,
            "patternErrorMessage": f"Not {edtf.FORMS}.",
            "examples": ["2017-11-03", "2017-10-27~", "2017-10-26/2017-11-03"],
        }
    ),
]
"""An EDTF date; see `generator.edtf` for the accepted forms."""
Day = Annotated[
    edtf.Edtf,
    PlainValidator(_day),
    _AS_TEXT,
    WithJsonSchema({"type": "string", "pattern": f"^{edtf.DAY_PATTERN}$", "patternErrorMessage": "Not one exact day, like 2017-11-03."}),
]
"""An exact calendar day."""


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        refuse(kind_of(value), "a number")
    if isinstance(value, Quoted):
        refuse(f'text in quotes, "{value[:40]}"', "a number", meant(value, "remove the quotes"))
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
        return _meant_number(re.sub("[^0-9-]", "", plain))
    if re.fullmatch(r"-?[0-9]+,[0-9]+", plain):
        return _meant_number(plain.replace(",", "."))
    if re.fullmatch(r"\.[0-9]+", plain):
        return _meant_number(f"0{plain}")
    if _PLAIN_DIGITS.fullmatch(plain):
        return _meant_number(plain)
    if re.fullmatch(r"[0-9.]+ ?[-–/] ?[0-9.]+", plain):
        return "write a range as `low` and `high`"
    if re.match(r"(about|some|around|nearly|almost|over|more|less|up|at|circa|ca|~|<|>|≈)", plain, re.IGNORECASE):
        return "words such as `about` belong in `qualifier`"
    return "write the number alone, with all its digits"


def _meant_number(digits: str) -> str:
    return meant(digits, f"did you mean {digits}?")


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
Latitude = Annotated[Decimal, _bounded(-90, 90, "latitude"), _NUMBER_TEXT, WithJsonSchema({**_PLAIN_NUMBER, "minimum": -90, "maximum": 90})]
Longitude = Annotated[
    Decimal, _bounded(-180, 180, "longitude"), _NUMBER_TEXT, WithJsonSchema({**_PLAIN_NUMBER, "minimum": -180, "maximum": 180})
]
Kilometres = Annotated[Decimal, _bounded(0, 20_000, "distance in km"), _NUMBER_TEXT, WithJsonSchema({**_PLAIN_NUMBER, "minimum": 0})]


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false") or isinstance(value, Quoted):
        said = quoted(value, 40) if isinstance(value, str) else kind_of(value)
        if isinstance(value, Quoted) and value in ("true", "false"):
            refuse(f"{said} in quotes", "`true` or `false`", meant(value, "remove the quotes"))
        yes = isinstance(value, str) and value.lower() in ("yes", "y", "on", "true", "1")
        no = isinstance(value, str) and value.lower() in ("no", "n", "off", "false", "0")
        refuse(said, "`true` or `false`", meant("true") if yes else meant("false") if no else "")
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
        refuse(kind_of(value), "a web address")
    fault = url_fault(value) if value else "empty"
    if fault:
        near = f"https://{value}" if re.match(r"[\w-]+\.[\w.-]+(/|$)", value) else ""
        hint = meant(near, "did you forget https://?") if near and not url_fault(near) else ""
        refuse(f"{quoted(value, 80)}: {fault}" if value else "empty", "a web address such as https://example.org/page", hint)
    return str(value)


Url = Annotated[
    str,
    BeforeValidator(_url),
    WithJsonSchema(
        {
            "type": "string",
            "format": "uri",
            "pattern": "^https?://",
            "patternErrorMessage": "A web address starts with https:// or http://.",
        }
    ),
]


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?")


def _language(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        said = quoted(value, 40) if isinstance(value, str) else kind_of(value)
        near = value.replace("_", "-") if isinstance(value, str) else ""
        hint = (
            meant(near, f"did you mean {near}?")
            if near != value and _LANGUAGE.fullmatch(near)
            else "two or three small letters; a script or a country may follow"
        )
        refuse(said, "a language tag such as en, ar or zh-Hant (BCP 47)", hint)
    return str(value)


Language = Annotated[
    str,
    BeforeValidator(_language),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}(-.*)?$", "patternErrorMessage": "A language tag is like en, ar or zh-Hant."}),
]


def _country(value: object) -> str:
    if not isinstance(value, str):
        refuse(kind_of(value), "a two-letter country code (ISO 3166-1), such as SY")
    if not re.fullmatch(r"[A-Z]{2}", value):
        near = re.fullmatch(r"[A-Za-z]{2}", value)
        refuse(
            quoted(value, 40),
            "a two-letter country code (ISO 3166-1), such as SY",
            meant(value.upper(), f"did you mean {value.upper()}?") if near else "see iso.org/obp, or leave the line out",
        )
    return str(value)


Country = Annotated[
    str,
    BeforeValidator(_country),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$", "patternErrorMessage": "A country has two capital letters, such as SY."}),
]
