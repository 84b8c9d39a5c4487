"""Points and spans of time in words."""

from decimal import Decimal

import pytest

from generator.edtf import parse
from generator.wording import country_name, language_name, position, span


@pytest.mark.parametrize(
    ("lat", "lon", "words"),
    [
        ("35.33588", "40.14084", "35.33588° north, 40.14084° east"),
        ("-18.14", "178.44", "18.14° south, 178.44° east"),
        ("-12.05", "-77.0400", "12.05° south, 77.0400° west"),
        ("51.5", "-0.0000001", "51.5° north, 0.0000001° west"),
        ("-0.0", "0", "0.0° north, 0° east"),
    ],
)
def test_a_point_names_its_half_of_the_globe(lat: str, lon: str, words: str) -> None:
    assert position(Decimal(lat), Decimal(lon)) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ([], ""),
        (["2017-11-19", "2017-11-03"], "3 to 19 November 2017"),
        (["2017-11-03"], "3 November 2017"),
        (["2017-11-03~", "2017-11-03"], "3 November 2017"),
        (["2017-10-26", "2017-11-03"], "26 October to 3 November 2017"),
        (["2017-10-26/2017-11-03", "2017-11-01"], "26 October to 3 November 2017"),
        (["2014-06", "2019-03-23"], "2014 to 2019"),
        (["2017-02", "2017-11-03"], "February to November 2017"),
        (["2017-11", "2017-11-03"], "November 2017"),
        (["2017", "2017-11-03"], "2017"),
        (["../2017-11-03", "2017-11-05"], "3 to 5 November 2017"),
        (["0099", "0099"], "AD 99"),
    ],
)
def test_a_span_is_no_finer_than_its_coarser_end(dates: list[str], words: str) -> None:
    assert span(parse(date) for date in dates) == words


def test_codes_without_a_name_stay_as_they_are() -> None:
    assert (country_name("FJ"), country_name("XQ")) == ("Fiji", "XQ")
    assert (language_name("fj"), language_name("en-GB")) == ("Fijian", "English")
