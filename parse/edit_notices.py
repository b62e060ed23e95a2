"""The line below a post that says who changed it, when and why, in the words of many forums and languages."""

import re
from dataclasses import dataclass

from parse.date_words import WEEKDAYS

_CHANGED = (
    r"(?:edit(?:ed|ado|ada)?|[ée]dité|modified|ge(?:ändert|aendert)|bearbeitet|modifi(?:ée?|cation)|editiert|edición|"
    r"[ée]dition|edição|"
    r"modifica(?:to|ta|do|da|ção)?|alterado|gewijzigd|verandering|bewerkt|bewerking|aangepast|редактировалось|редактирование|отредактировал(?:а|о|\(а\))?|отредактировано|изменено|изменён|upraven[oaý]|změn(?:a|ěn[oaý]?)|änderung|"
    r"modificación|edycja|modyfikowan[yae]|düzenleme|muokattu|muokannut|редагувалось|відредаговано|"
    r"upravil(?:a|\(a\))?|"
    r"szerkeszt\w+|módosít\w+|chỉnh sửa|sửa|diubah|disunting|diedit|تعديل|تحرير|ערך|נערך|"
    r"επεξεργ\w+|editat|modificat|"
    r"edytowan[yaoe]|zmienion[yaoe]|zmiana|ändrad|modifiera[dt]|redigerad|redigert|redigeret|rettet|uređivano|"
    r"düzenlendi|düzenleyen)"
)
_BY = (
    r"(?:by|von|par|por|da|di|door|av|af|przez|od|uživatelem|пользователем|от|gönderen|düzenleyen|bởi|oleh|بواسطة|ע״י|"
    r"על ידי|από)"
)
_BY_THEN_DATE = re.compile(
    rf"{_CHANGED}\b[^:;\n]{{0,25}}?\b{_BY}\s*:?\s+(?:última vez por\s+)?(?P<by>.{{1,80}}?)"
    r"\s*(?:[;,:]|\((?=[^()]*\d)|\b(?:on|am|le|el|il|em|op|den|dnia|at|vào|في|dne|pada|στις|:)\b|\s(?=\d))\s*(?P<at>.{0,40}?\d.*)",
    re.I,
)
_DATE_THEN_BY = re.compile(
    rf"{_CHANGED}\b\s*:?\s*(?P<at>.{{0,40}}?\d.{{0,60}}?),?\s+{_BY}\s*:?\s+(?P<by>[^(]{{1,80}}?(?:\b\w\.)?)(?:,[^,\d]*\d[^,]*)?[\s.)»]*\Z",
    re.I,
)
_VERB_THEN_NAME = re.compile(
    r"(?:редактировалось|отредактировал(?:а|о|\(а\))?|отредактировано|редагувалось|"
    r"upravil(?:a|\(a\))?|muokannut|szerkesztette|son düzenleyen)(?!\w)\s*:?\s+"
    r"(?P<by>[^\d\s].{0,79}?)(?:\s*[;:(]|\s+[-–—]|\s+d(?:ne|ňa)\b|(?=\s+\d|\s+(?:пн|вт|ср|чт|пт|сб|вс)\b))\s*"
    r"(?P<at>.{0,40}?\d.*)",
    re.I,
)
"""Where the verb comes before who did it, and nothing between: "Сообщение отредактировал Иван - ..."."""
_RUSSIAN = re.compile(
    r"(?:редактирование|отредактировано|изменено)\s*:?\s+(?P<at>\d.{0,60}?)\s+(?:от|пользователем)\s+"
    r"(?P<by>.{1,80}?)[\s.)»]*\Z",
    re.I,
)
_TURKISH = re.compile(
    r"(?:(?P<at>\d.{0,60}?)\s+tarihinde|en son|(?:konu|mesaj)(?=(?:(?!tarihinde).)+tarafından)|"
    r"\A(?!.*tarihinde.*tarafından))\s*"
    r"(?P<by>.{1,80}?)\s+tarafından\s+"
    r"(?:(?P<between>\D{0,20}\d.{0,60}?)\s+(?:tarihinde\s+)?)?(?:düzenlen|değiştiril)\w+\W*(?P<then>.*)",
    re.I,
)
_ROMANIAN = re.compile(
    r"\W*ultima modificare(?: efectuată)?\s*:?\s+(?P<at>\d.{0,60}?)\s+de (?:către )?(?P<by>.{1,80}?)\W*\Z",
    re.I,
)
_GERMAN = re.compile(r"zuletzt von (?P<by>.{1,80}?) am (?P<at>.{0,40}?\d.*?) (?:bearbeitet|geändert)", re.I)
_DATE = re.compile(rf"(?:{_CHANGED}|updated (?:on|at))\b(?P<at>.*\d.*)", re.I)
_NOTICE = re.compile(
    rf"\W*(?:(?:this |the |questo |ce |este |esta |dit |deze |ten |tento |detta )?"
    rf"(?:post|message|reply|comment|messaggio|mensaje|mensagem|bericht|wpis|příspěvek|inlägg) "
    rf"(?:was|has been|è stato|a été|fue|ha sido|foi|is|werd|został|był|byl|var) "
    rf"(?:last |het laatst |ostatnio |naposledy |senast )?|"
    rf"(?:last|zuletzt|letzte|dernière|última|ultima|laatste?|senast|sist|sidst|ostatni[oa]|naposledy|poslední|son|viimeksi|"
    rf"востаннє|последнее|utoljára|lần cuối|terakhir|آخر|τελευταία|ultima dată|"
    rf"последний раз(?: сообщение было)?)\W+|"
    rf"(?:post|reply|comment|message|mensaje|messaggio|mensagem|bericht|wpis|сообщение) "
    rf"(?={_CHANGED})|"
    rf"(?:dieser )?beitrag wurde[^.!?\n]{{0,40}}?(?:von .{{1,40}} )?)?"
    rf"{_CHANGED}\b(?:[^.!?\n]|\b\w{{1,2}}\.\s){{0,40}}?(?:\b{_BY}\b|\d)|\W*updated (?:on|at)\s*:.*\d",
    re.I,
)
_BARE = re.compile(rf"\W*(?:last )?{_CHANGED}\W*", re.I)
_CHINESE = re.compile(
    r"\W*(?:本|此)?[帖贴]?子?最[后後]由\s*(?P<by>.+?)\s*(?:[编編][辑輯])?\s*[于於在(（]\s*(?P<at>\d[^，。]+?)\s*(?:[编編][辑輯]|修改|[，。]|\Z)"
    r"|\W*(?:本|此)?[帖贴]?子?[于於]\s*(?P<when>\d.+?)\s*被\s*(?P<who>.+?)\s*(?:[编編][辑輯]|修改)"
    r"|\W*(?P<moment>\d{4}\s?[-/.年].{3,25}?)\s*[由被]\s*(?P<whom>.+?)\s*(?:[编編][辑輯]|修改)"
    r"|\A\W*(?P<name>\S{1,40}?)\s*[于於]\s*(?P<day>\d{4}[^\n]{4,30}?)\s*[编編][辑輯](?:[了过過]\S{0,6})?\W*\Z"
)
_LAST_CHANGE = r"(?:最終(?:編集|更新)者?|最[后後](?:[编編][辑輯]|修改|更新)(?:[时時][间間])?者?)"
_EAST_ASIAN = re.compile(
    rf"\W*{_LAST_CHANGE}\s*[:：]?\s*(?P<moment>\d.{{5,30}}?)\s*(?:by|作者|投稿者|編集者|[编編][辑輯]者|由|従|より)\s*[:：]?\s*"
    r"(?P<whom>[^\d\s].*?)[\s.。)）]*\Z"
    rf"|\W*(?:{_LAST_CHANGE}|最後に編集(?:したの[はが]|したユーザー)?|마지막(?:으로)? 수정(?:자)?)"
    r"\s*[:：]?\s*"
    r"(?P<by>[^\d\s:：].{0,79}?)\s*(?:[(\[;；-]\s*|\s)(?P<at>\d.+)"
    r"|\W*(?P<day>\d{4}\s?[-/.年].{3,25}?)に\s*(?P<name>.{1,80}?)\s*が編集"
    r"|\W*(?P<who>.{1,80}?)님이 (?P<when>\d.{0,60}?)에 (?:마지막으로 )?(?:수정|편집)\S*\W*\Z"
)
_THAI_OR_HINDI = re.compile(
    r"\W*(?:โพสต์นี้)?แก้ไข(?:ครั้ง)?(?:ล่าสุด|สุดท้าย)?\s*โดย\s*(?P<by>.{1,80}?)\s*(?:เมื่อ|:)\s*(?P<at>.{0,40}?\d.*)"
    r"|\W*(?:अंतिम|आखिरी|पिछली) बार\s+(?P<who>.{1,80}?)\s+द्वारा\s+(?P<when>.{0,40}?\d.{0,40}?)"
    r"\s+(?:को |पर )?(?:संपादित|संशोधित).*"
)
_MOMENTS = ("at", "between", "then", "when", "moment", "day")
_NAMES = ("by", "who", "whom", "name")
"""What an expression may call the words that hold the time, and those that say who."""
_WHOLE = (_NOTICE, _CHINESE, _EAST_ASIAN, _TURKISH, _ROMANIAN, _THAI_OR_HINDI)
"""What a notice may be as a whole."""
_CLOSING_ROOM = 200
_CLOSING = re.compile(
    r"(?:last edited by|zuletzt von|dernière édition par|última edição por|última edición por|"
    r"ultima modifica di|laatst aangepast door)\s[^\n]{1,80}\d{1,2}[:.h]\d{2}[^\n]*\Z",
    re.I,
)
_CLOCK = re.compile(r"\d[:.hH]\d\d")
_LONGEST_NOTICE = 40
"""Words; the reason for an edit may be a sentence."""
_MODERATOR = re.compile(
    r"\b(?:by|von|par|por|da|di|door|av|af)\s+(?:an?|einem|un|uno|een|um|en)\s+(?:moderat|modérat|moderad)\w+"
    r"|\bprzez moderator|\bмодератором\b|\bmoderátorem\b|\bmoderatör taraf|モデレーター|由版主",
    re.I,
)
_REASON = re.compile(
    r"\(?(?:\b(?:edit\s+|düzenleme\s+)?(?:reason|\w*grund|raison|moti[vf]\w*|raz[óã]n?o?|reden|powód|"
    r"причина|sebe[bp]i?|neden\w*|důvod|anledning|orsak|årsag|årsak|syy|indok|lý do|λόγος)"
    r"(?:\s[\w'’]+){0,3}|\w*(?:理由|原因|사유|이유))"
    r"\s*[:：]\s*(?P<reason>.*)\Z",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    at: str = ""
    """The words that hold the time, for `parse.dates.parse_time`."""
    by: str | None = None
    by_moderator: bool = False
    """It says so without a name ("Last edited by a moderator")."""
    reason: str | None = None


def read_notice(text: str) -> Notice:
    """What an edit notice says; what it leaves out stays empty. `text` is one line, white space collapsed."""
    words, reason = text[:400], None
    if m := _REASON.search(words):
        words, reason = words[: m.start()].rstrip(" ("), m["reason"].strip(" .)") or None
    if _MODERATOR.search(words):
        return Notice(at=words, by_moderator=True, reason=reason)
    m = (
        _CHINESE.search(words)
        or _EAST_ASIAN.match(words)
        or _THAI_OR_HINDI.match(words)
        or _GERMAN.search(words)
        or _ROMANIAN.match(words)
        or _RUSSIAN.search(words)
        or _VERB_THEN_NAME.search(words)
        or _TURKISH.search(words)
        or _DATE_THEN_BY.search(words)
        or _BY_THEN_DATE.search(words)
        or _DATE.search(words)
    )
    if m is None:
        return Notice(at=words, reason=reason)
    said = m.groupdict("")
    at = next(filter(None, map(said.get, _MOMENTS)), None) or ""
    by = next(filter(None, map(said.get, _NAMES)), None) or ""
    return Notice(at=at, by=_editor(by) or None, reason=reason)


def _editor(words: str) -> str:
    """The name alone: "Edited by user on Tuesday, 3 May" tells none."""
    name = words.strip('»«›‹"“”„ -–—,')
    head, _, last = name.rpartition(" ")
    name = head if last.strip(",.").casefold() in WEEKDAYS else name
    return "" if name.casefold() in ("user", "the user", "author", "the author") else name.strip(" ,")


def closing_notice(text: str) -> str:
    """The notice that stands at the very end of some words, with its moment; empty where none does."""
    end = text[-_CLOSING_ROOM:]
    m = (
        _CLOSING.search(end) if _CLOCK.search(end) else None
    )  # few posts end with a time, and every one is asked
    return m[0] if m else ""


def is_bare(text: str) -> bool:
    """Whether a text says that something was changed, and nothing else: "(edited)"."""
    return bool(_BARE.fullmatch(text))


def is_notice(text: str) -> bool:
    """Whether a short text is an edit notice and nothing else: it says who changed something, or when."""
    m = next((m for each in _WHOLE if (m := each.match(text.strip()))), None)
    return bool(m) and len(text.split()) <= _LONGEST_NOTICE
