"""What a forum shows as a date, as a moment: absolute, relative or "Today at", in a dozen languages.

Plain compiled expressions and one table of month names: a page has a date a post, so this is on the hot path.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise

from parse.date_words import (
    AGO,
    DAY_FIRST,
    DAY_WORDS,
    EAST_ASIAN_AGO,
    EAST_ASIAN_UNITS,
    FIRST_HALVES,
    LETTER,
    MONTHS,
    NOON_WORDS,
    NOW_WORDS,
    ONE_WORDS,
    SECOND_HALVES,
    UNITS,
    WEEKDAYS,
    YEAR_FIRST,
    ZONES,
)

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?\Z")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?\Z")
_YMD = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)[日일]?\.?")
_NUMBERED_MONTH = re.compile(r"(?<![\d:])(\d{1,2}) tháng (\d{1,2})(?:,? năm|,)? (\d{4})(?!\d)", re.I)
"""Vietnamese: "ngày 1 tháng 3 năm 2024"."""
_LED_UP_TO = re.compile(r"\A[^\W\d_]+\s+(?=\d{1,3}\s?[a-z]{1,3}\Z)")
"""A word before a short age, "Updated 5mo"."""
_SEVERAL = 3
"""Days of one month: as often, nobody writes just on the same day of several months."""
_NUMERIC = re.compile(r"(?<![\d:])(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d:])")
_YEARLESS = re.compile(r"(?<![\d:./-])(\d{1,2})([-/.])(\d{1,2})\.?,?\s(?=\d{1,2}:\d\d(?!\d))")
"""What boards show of this year's posts: "03/02 10:11". Without a clock, two numbers are no date."""
_DAY_MONTH = re.compile(
    r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er|\.?º|ª|\.)?[\s/-]*(?:de\s|of\s|d')?\s*(" + LETTER + "{2,12})"
    r"(?!" + LETTER + r"|\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}(?!\d))\.?"
    r"(?:[\s,/-]+(?:de\s|del\s)?\s*(?:(\d{4})(?!\d)|'?(\d{2})(?![\d:.h]|st|nd|rd|th|\s?[ap]\.?m)))?",
    re.I,
)
"""In "#3 - Dec. 13, 2024" the number before the month is no day."""
_MONTH_DAY = re.compile(
    rf"({LETTER}{{2,12}})\.?[\s-]+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
    r"(?:[\s,-]+(\d{4})(?!\d)|(?:,\s|,?\s')(\d{2})(?![\d:.h]|\s?[ap]\.?m))?",
    re.I,
)
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)(\d{{4}})[\s.-]+({LETTER}{{3,12}})\.?[\s.-]+(\d{{1,2}})(?!\d)")
_CLOCK = re.compile(
    rf"(?:(?P<early>{'|'.join(FIRST_HALVES)})|(?P<late>{'|'.join(SECOND_HALVES)}))?\s?(?<![\d:.])"
    r"(?P<hour>\d{1,2})\s?[:h.]\s?(?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?!\d)(?:[.,]\d+)?"
    r"\s*(?P<half>[ap])?\.?(?:m\b)?",
    re.I,
)
_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})\s?([ap])\.?m\b", re.I)
_OFFSET = re.compile(
    r"(?:\A|(?<=[\d\sTCM]))([+-])(\d{2}):?(\d{2})(?!\d)|\b(?:UTC|GMT)\s?([+-])(\d{1,2})\b|\b(Z|[A-Z]{3,4})\b(?!\s?[+-]\d)"
)
"""Of "GMT+0200" the number counts, not the name before it."""
_DAY_FIRST_CLOCK = re.compile(r"\s(?:às?|um|alle|om|kl\.?)\s+\d{1,2}\s?[:.h]", re.I)
"""What stands before the clock where a language puts the day first: "02/11/2026 à 12:45"."""
_LONE_YEAR = re.compile(r"(?<![\d:.])((?:19|20)\d\d)(?![\d:.])")
"""Behind the clock, as C writes it: "Nov 16 00:31:00 2021"."""
_TOKENS = re.compile(rf"(?<![\d:.])\d+|{LETTER}+")
_WORDS = re.compile(rf"{LETTER}+")
_NAMED = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, DAY_WORDS), key=len, reverse=True))})(?!_|{LETTER})"
)
"""A clock may follow without a blank where a language writes none: "昨天10:05"."""
_ORDINAL = re.compile(r"(\d) (st|nd|rd|th)\b ?(?=,|\b)")
"""The small letters of "4th" may be an element of their own."""
_NOISE = re.compile(
    r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?<=[\u0e01-\u0e4e])\.(?=[\u0e01-\u0e2e])"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.:])"
)
"""Marks of direction, the dot within "ม.ค.", and the address that somebody wrote from."""
_BUDDHIST = range(2400, 2700)
"""Years as they are counted in Thailand, from the death of the Buddha: 543 more."""
_LONGEST = 200  # no forum shows a date in more; keeps a body passed by mistake from being searched


def parse_time(
    text: str, *, now: datetime, zone: tzinfo = UTC, day_first: bool | None = None
) -> datetime | None:
    """The moment `text` shows, aware and UTC; None when there is none.

    `now` is when the page was fetched, `zone` the zone in which the page shows times without one.
    `day_first` settles 05-01-2024; None reads it the American way, as most forum software does by default.
    """
    text = " ".join(_NOISE.sub("", text[:_LONGEST]).split())
    if not text:
        return None
    try:
        return _machine(text, zone) or _shown(
            _ORDINAL.sub(_joined, text), now.astimezone(zone), zone, day_first
        )
    except (ValueError, OverflowError):  # the 31st of February, the year 0
        return None


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether the numeric dates among `texts` put the day first; None when none of them tells.

    A number above 12 is proof; single misprints are outvoted. Without proof, the reading in which the
    dates (given in the order of the page) run forward more often is taken if it is clearly the better.
    """
    found = [m for text in texts if (m := _NUMERIC.search(text))]
    votes = sum((int(m[1]) > 12) - (int(m[3]) > 12) for m in found)
    if votes:
        return votes > 0
    pairs = [(int(m[4]), int(m[1]), int(m[3])) for m in found]
    backward = _steps_back([(y, b, a) for y, a, b in pairs]), _steps_back([(y, a, b) for y, a, b in pairs])
    return None if backward[0] == backward[1] else backward[0] < backward[1]


def within_a_month(texts: Iterable[str]) -> bool | None:
    """Whether numeric dates put the day first since, read so, several days are of one month.

    Read the other way they are the same day of several months; None where neither is so, a guess otherwise.
    """
    found = [m for text in texts if (m := _NUMERIC.search(text))]
    years, first, second = ({m[part] for m in found} for part in (4, 1, 3))
    if len(years) != 1 or min(len(first), len(second)) != 1 or max(len(first), len(second)) < _SEVERAL:
        return None
    return len(first) > len(second)


def order_told(texts: Iterable[str], now: datetime) -> bool | None:
    """Whether the dates of a page put the day first, told by them, or by `now`, when it was fetched.

    Where they do not tell (see `day_first`), the reading is taken in which fewer of them are yet to come:
    nobody has posted tomorrow. None where neither tells.
    """
    texts = list(texts)
    told = day_first(texts)
    return _past_order(texts, now) if told is None else told


def _past_order(texts: Iterable[str], now: datetime) -> bool | None:
    found = [m for text in texts if (m := _NUMERIC.search(text))]
    votes = sum(_is_to_come(m, now, day_first=False) - _is_to_come(m, now, day_first=True) for m in found)
    return votes > 0 if votes else None


def _is_to_come(m: re.Match[str], now: datetime, *, day_first: bool) -> bool:
    try:
        return _numeric(m, now, day_first) > now.date() + timedelta(days=1)
    except ValueError:  # the 31st of February
        return False


def usual_order(language: str) -> bool | None:
    """Whether numeric dates put the day first where this language ("de", "pt-BR") is written.

    None where it does not tell: both orders are English, and some software says "en-GB" everywhere.
    """
    spoken = language.replace("_", "-").partition("-")[0].casefold()
    return True if spoken in DAY_FIRST else False if spoken in YEAR_FIRST else None


def _steps_back(dates: list[tuple[int, int, int]]) -> int:
    return sum(after < before for before, after in pairwise(dates))


def _joined(m: re.Match[str]) -> str:
    return m[1] + m[2]


def _machine(text: str, zone: tzinfo) -> datetime | None:
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC)
    if not _ISO.match(text):
        return None
    moment = datetime.fromisoformat(text.replace(" +", "+").replace(" Z", "Z"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _shown(text: str, now: datetime, zone: tzinfo, day_first: bool | None) -> datetime | None:
    day, rest = _absolute(text, now, day_first)
    if day is None and (moment := _ago(text, now)):
        return moment.astimezone(UTC)
    if day is None:
        day, rest = _named_day(text, now)
    if day is None:
        return None
    hour, minute, second, after = _clock(rest)
    moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(after, zone))
    return moment.astimezone(UTC)


def _absolute(text: str, now: datetime, day_first: bool | None) -> tuple[date | None, str]:
    """The calendar day in the text, and the text without it."""
    if m := _YMD.search(text):
        return date(_year(m[1], now), int(m[2]), int(m[3])), _without(text, m)
    if m := _NUMERIC.search(text):
        return _numeric(m, now, day_first), _without(text, m)
    if m := _NUMBERED_MONTH.search(text):
        return date(int(m[3]), int(m[2]), int(m[1])), _without(text, m)
    if (m := _YEAR_MONTH_DAY.search(text)) and (month := MONTHS.get(m[2].casefold())):
        return date(int(m[1]), month, int(m[3])), _without(text, m)
    day, rest = _written(text, now)
    if day is None and (m := _YEARLESS.search(text)):
        return _last(*_ordered(m, day_first), now), _without(text, m)
    return day, rest


def _numeric(m: re.Match[str], now: datetime, day_first: bool | None) -> date:
    return date(_year(m[4], now), *_ordered(m, day_first))


def _ordered(m: re.Match[str], day_first: bool | None) -> tuple[int, int]:
    """The month and the day."""
    first, second = int(m[1]), int(m[3])
    if day_first is None:
        # 01.05.2024: only countries that put the day first write dots
        day_first = m[2] == "." or _DAY_FIRST_CLOCK.search(m.string, m.end()) is not None
    return (first, second) if second > 12 or (not day_first and first <= 12) else (second, first)


def _last(month: int, day: int, now: datetime) -> date:
    """The last day of that name before tomorrow."""
    return date(now.year - ((month, day) > (now.month, now.day + 1)), month, day)


def _written(text: str, now: datetime) -> tuple[date | None, str]:
    """A month in letters; a reading with a year beats one without ("mar 5 mai 2020": a Tuesday)."""
    found = []
    for expression, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        for m in _each(expression, text, month):
            number = MONTHS[m[month].casefold()]
            if year := m[3] or m[4]:
                return date(_year(year, now), number, int(m[day])), _without(text, m)
            found.append((number, int(m[day]), m))
    if not found or _is_span(text):
        return None, text
    number, dom, m = found[0]
    rest = _without(text, m)
    if told := _LONE_YEAR.search(rest):
        return date(int(told[1]), number, dom), _without(rest, told)
    return _last(number, dom, now), rest


def _each(expression: re.Pattern[str], text: str, month: int) -> Iterator[re.Match[str]]:
    """The matches that name a month. "Jane31 - Tuesday, 23 July" begins with what looks like another day."""
    at = 0
    while m := expression.search(text, at):
        is_month = m[month].casefold() in MONTHS
        at = m.end() if is_month else m.start(2)
        if is_month:
            yield m


def _is_span(text: str) -> bool:
    """ "2 min ago" is no day of the month of August, whatever Spaniards call it."""
    return bool(_span(text.casefold()))


def _without(text: str, m: re.Match[str]) -> str:
    return f"{text[: m.start()]} {text[m.end() :]}"


def _year(digits: str, now: datetime) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year - 543 if year in _BUDDHIST else year
    return year + (2000 if year <= (now.year + 1) % 100 else 1900)


def _ago(text: str, now: datetime) -> datetime | None:
    """ "3 hours ago", "vor einer Stunde", "il y a 2 jours", "5 min", "1 day, 2 hours ago"."""
    lowered = _LED_UP_TO.sub("", text.casefold())
    if any(words in lowered for words in NOW_WORDS):
        return now
    if m := EAST_ASIAN_AGO.search(lowered):
        return now - timedelta(seconds=int(m[1]) * EAST_ASIAN_UNITS[m[2]])
    if len(lowered) > 8 and not AGO.search(lowered):  # "5h", "2 days" stand alone
        return None
    seconds = _span(lowered)
    return now - timedelta(seconds=seconds) if seconds else None


def _span(lowered: str) -> int:
    """The seconds of "1 day, 2 hours"; 0 where no number stands before a unit.

    Of several spans the one beside a word for "ago": "5 min read, 3 days ago".
    """
    tokens = _TOKENS.findall(lowered)
    spans = list(_spans(tokens))
    if spans:
        return next((length for begin, end, length in spans if _is_ago(tokens, begin, end)), spans[0][2])
    # "час назад", "rok temu": where a language has no article, one is not said.
    return next((UNITS[unit] for unit, ago in pairwise(tokens) if unit in UNITS and AGO.match(ago)), 0)


def _is_ago(tokens: Sequence[str], begin: int, end: int) -> bool:
    return bool(AGO.search(" ".join((*tokens[max(0, begin - 3) : begin + 1], *tokens[end : end + 1]))))


def _spans(tokens: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where each run of numbers with units begins and ends, and its seconds."""
    begin = end = length = 0
    for at, (number, unit) in enumerate(pairwise(tokens)):
        one = UNITS.get(unit, 0) * (int(number) if number.isdecimal() else ONE_WORDS.get(number, 0))
        if not one:
            continue
        between = tokens[end:at]  # nothing, or a word such as "and"
        if length and (len(between) > 1 or any(map(AGO.match, between))):
            yield begin, end, length
            length = 0
        begin, end, length = (begin if length else at), at + 2, length + one
    if length:
        yield begin, end, length


def _named_day(text: str, now: datetime) -> tuple[date | None, str]:
    """Today, yesterday, or the last Monday."""
    lowered = text.casefold()
    if m := _NAMED.search(lowered):
        return now.date() - timedelta(days=DAY_WORDS[m[0]]), lowered
    for word in _WORDS.findall(lowered):
        if (weekday := WEEKDAYS.get(word)) is not None and _CLOCK.search(lowered):
            return now.date() - timedelta(days=(now.weekday() - weekday) % 7), lowered
    return None, text


def _clock(text: str) -> tuple[int, int, int, str]:
    """Hour, minute, second (0 where the text has none) and what follows them."""
    if m := _CLOCK.search(text):
        half = m["half"] or (m["early"] and "a") or (m["late"] and "p")
        after = text[m.end("second" if m["second"] else "minute") :]
        return _hour(int(m["hour"]), half), int(m["minute"]), int(m["second"] or 0), after
    if m := _HOUR.search(text):
        return _hour(int(m[1]), m[2]), 0, 0, text[m.end() :]
    for word, hour in NOON_WORDS.items():
        if word in text.casefold():
            return hour, 0, 0, ""
    return 0, 0, 0, ""


def _hour(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)


def _zone(text: str, otherwise: tzinfo) -> tzinfo:
    """The zone written behind the time; `otherwise` where none is."""
    for m in _OFFSET.finditer(text):
        if sign := m[1] or m[4]:
            offset = timedelta(hours=int(m[2] or m[5]), minutes=int(m[3] or 0))
            return timezone(-offset if sign == "-" else offset)
        if m[6] in ZONES:
            return timezone(timedelta(hours=ZONES[m[6]]))
    return otherwise
