"""Whether an element names somebody or shows when: links to profiles, classes that say author, dates."""

import re
from itertools import islice

from bs4.element import NavigableString, Tag

from parse.date_words import EAST_ASIAN_AGO, LETTER, MONTHS, NOW_WORDS
from parse.edit_notices import is_notice, read_notice
from parse.unknown.tags import attribute, classes, clean, inside, opening, own_text

LONGEST_DATE = 80
_PERSON_LINK = re.compile(
    r"(?:^|[/?&=_.;-])(?:u(?!s)|user|member|profile|profil|people|author|account|viewprofile|userid|uid|memberlist|"
    r"usr|userinfo|usrinfo|user[-_]?profile|showuser|space|"
    r"nutzer|benutzer|mitglied(?:er)?|membre|utilisateur|usager|auteur|usuario|miembro|perfil|autor|utente|profilo|"
    r"membro|utilizador|gebruiker|lid|leden|uzytkownik|uzivatel|medlem|bruker|kullanici|uye|polzovatel)s?"
    r"(?:[/=?&.;-]|\d|$)|/@\w|/~[^/?#]+/?(?:[?#]|$)|^javascript:[^(]*profile\w*\(",
    re.I,
)
NO_PERSON = re.compile(
    r"sharer?\.php|/(?:share|intent|login|logout|signin|sign_in|signup|register|report|search|"
    r"sendprivate|sendpm|newpm|privmsg|pms?|e-?mail|sendmail)(?:[/?.]|$)",
    re.I,
)
"""Links that carry an account's address, or look as if, and lead elsewhere."""
_PERSON_CLASS = re.compile(
    r"(?:^|[-_])(?:author|u(?:ser)?-?name|display-?name|nick(?:name)?|poster|creator|created-?by|commenter|byline|user|member|"
    r"auteur|autore?|pseudo)",
    re.I,
)
_NO_NAME = re.compile(
    r"(?:(?:view|show|see|all|my|our|the|list of|user|member)\s)*"
    r"(?:profiles?|members?(?:hip)?|member(?:s?'?|ship)\s?list(?:ing|e)?|users?|user\s?list(?:ing)?|people|authors?|accounts?|user\sinfo|"
    r"profil|benutzer(?:liste)?|mitglieder(?:liste)?|nutzer|konto|membres|utilisateurs|compte|"
    r"perfil|miembros|usuarios|cuenta|profilo|utenti|membri|leden|gebruikers|profiel)"
    r"|(?:send |write )?(?:an? )?(?:pm|private message|e-?mail)"
    r"|register|sign ?(?:up|in)|log ?(?:in|out)|create (?:an )?account|lost your (?:login|password)\W?"
    r"|registrieren|anmelden|s'inscrire|se connecter|registrarse|iniciar sesión|registrati|accedi",
    re.I,
)
"""What a link says that leads to accounts, or to one, without its name: a menu, a button."""
_COUNTED = re.compile(r"(?<=s)\s+\d+\Z|\s*\(\d+\)\Z")
"""How many there are, behind what a menu calls them: "Members 31"; "User 31" may be somebody's name."""
_PROFILE = re.compile(r"\b(?:profile?|profilo|perfil)\b", re.I)
_WORDS = re.compile(r"[^\W_]+")
_WORDS_OF_A_TITLE = 3
"""By which a title is known in its own address."""
NAME_CLASS = re.compile(
    r"(?:^|[-_])(?:author|u(?:ser)?-?name|display-?name|nick(?:name)?|poster|commenter|pseudo)(?:[-_](?:name|link|url))?$|^user$",
    re.I,
)
"""A link whose class says this is a name wherever it leads."""
SIGNATURE_CLASS = re.compile(r"(?:^|[-_])sig(?:n?$|nature|[-_])|\wsignature$|user_?sig$", re.I)
_ABOUT_CLASS = re.compile(
    r"(?:level|rank|title|badges?|status|groups?|role|stats?|counts?|joined|since|location|points|posts|karma|date|time|avatar|registered)$",
    re.I,
)
"""Of a class that speaks of an author: not the name, but what is told of whoever has it."""
BADGE = re.compile(r"(?:^|[-_])(?:badge|label|chip|pill|flair)s?(?:$|[-_])", re.I)
"""Of a class that sets a word apart beside a name: "staff", "accepted answer"."""
PERSON_LABEL = re.compile(
    r"(?:author|posted by|written by|poster|verfasser(?:in)?|autor(?:in)?|auteur|autore)\s*:\s*"
    r"(?=[^\s:][^:]*\Z)",
    re.I,
)
"""What stands before a name in one breath with it: "Author: Ingrid"."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where the next word begins in "commentAuthorName"."""
_MICROFORMAT = ("fn", "p-author")
_LONGEST_NAME = 40
_NAME_AND_DATE = 2
_MONTH = f"(?:{'|'.join(sorted(map(re.escape, MONTHS), key=len, reverse=True))})"
DATE_TEXT = re.compile(
    r"(?<!\d\.)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\.\d)|\d{1,2}\.\s\d{1,2}\.\s\d{4}|\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}"
    rf"|(?<![^\W_])\d{{1,2}}(?:st|nd|rd|th|\.)?[\s-]+(?:(?:de|of)\s+)?{LETTER}{{3,12}}\.?,?[\s-]+(?:de\s+)?'?\d{{2,4}}"
    r"|\b\d{4}\.\s[^\W\d_]{3,12}\.?\s\d{1,2}\b|\d{1,2}\stháng\s\d{1,2},?\s(?:năm\s)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?\s?,?\s+'?\d{2,4}"
    r"|(?:\d+\s*|\b(?:an?|one|een)\s+)\w+\s+(?:ago|fa|geleden|atrás|назад|temu|önce|sedan|siden|sitten|ezelőtt|trước|тому)\b"
    r"|\b\d+\s+\w+\s+yang lalu\b|\b\d+\s+\S{2,7}\s+पहले"
    r"|(?<![^\W_])\d{1,2}\s+(?:मई|[ก-ฮ]{1,2}\.[ก-ฮ]\.)\s+\d{4}"
    r"|\b(?:vor|il y a|hace|há|před|pred|acum|πριν(?: από)?|לפני|منذ|قبل)\s+\w+\s+\w+"
    r"|\bsince\s+\d+\s+(?:minute|hour|day|week|month|year)s?\b"
    r"|\bdepuis\s+\d+\s+(?:minute|heure|jour|semaine|mois|an)s?\b"
    r"|\bseit\s+\d+\s+(?:minute|stunde|tag|woche|monat|jahr)(?:en?)?\b"
    r"|\b(?:час|минуту|день|неделю|месяц|год|godzinę|rok)\s+(?:назад|temu)\b"
    rf"|{EAST_ASIAN_AGO.pattern}"
    r"|(?<![\d./:-])\d{1,2}[./-]\d{1,2}\.?,?\s\d{1,2}:\d\d(?!\d)"
    rf"|\d:\d\d(?::\d\d)?\s?(?:[ap]\.?m\b\.?)?,?\s(?:on\s)?(?:{_MONTH}\.?\s\d{{1,2}}|\d{{1,2}}\.?\s{_MONTH})(?!\w)"
    r"|(?:\b(?:today|yesterday|heute|gestern|hier|aujourd'hui|hoy|ayer|oggi|ieri|hoje|ontem|vandaag|gisteren|idag|"
    r"igår|dzisiaj|wczoraj|сегодня|вчера|bugün|dün|hôm (?:nay|qua)|היום|אתמול|اليوم|أمس)\b"
    r"|今天|昨天|前天|今日|昨日|오늘|어제|그제|วันนี้|เมื่อวาน|(?<!\w)(?:आज|कल)(?=[\s,])).{0,12}\d",
    re.I,
)
JOINED = re.compile(
    r"\b(?:registered|registration(?: date)?|joined|join date|member since|user since|"
    r"anmelde\w*|registriert|registrierung|dabei seit|mitglied seit|beigetreten|"
    r"inscrit|inscription|membre depuis|"
    r"registrad[oa]|desde|miembro desde|ingreso|fecha de ingreso|se unió|"
    r"iscritt[oa]|iscrizione|registrat[oa]|membro dal|"
    r"registad[oa]|inscrito|cadastr\w+|"
    r"lid sinds|geregistreerd|aangemeld|"
    r"medlem sedan|medlem siden|registrerad|registreret|registrert|tilmeldt|ble med|"
    r"liittynyt|rekisteröity\w*|"
    r"dołączyła?|rejestracj\w+|zarejestrowan\w*|registrace|založen\w*|csatlakozott|regisztrá\w+|"
    r"зарегистрирован\w*|регистрац\w+|на форуме с|зареєстрован\w*|"
    r"kayıt|katılım|üyelik|înscris|înregistrat|membru din|εγγραφή|registrov[aá]n\w*|registrác\w+|з нами з|"
    r"tham gia|bergabung|terdaftar|(?:تاريخ )?التسجيل|انضم|عضو منذ|تاریخ عضویت|(?:תאריך )?הצטרפות|הצטרף)\b"
    r"|注册|註冊|加入|登録日|参加日|가입|เข้าร่วมเมื่อ|ลงทะเบียนเมื่อ|สมัครเมื่อ|สมาชิกเมื่อ|शामिल हुए|सदस्यता",
    re.I,
)
"""What stands before the day on which somebody became a member."""
REPLY = re.compile(
    r"(?:^|[-_#.])(?:comment|repl(?:y|ies)|answer|response|antwort|kommentar|reponse|reponce|commentaire|respuesta|"
    r"comentario|risposta|commento|resposta|reactie)",
    re.I,
)
"""What is called an answer."""
_YEAR = re.compile(r"\b(?:19|20)\d\d(?!\d)")
_COMPACT_AGE = re.compile(r"(?:\w+\s)?\d{1,3}\s?(?:y|yr|mo|w|wk|d|h|hr|m|min)s?", re.I)
"""As a whole text "3y" or "Updated 7mo"; within another it means nothing."""
_NOW = re.compile(rf"(?:\w+\s){{0,2}}(?:{'|'.join(map(re.escape, NOW_WORDS))})\W*", re.I)
"""As a whole text, too: somebody may have seen something "just now"."""
_TO_ANOTHER = re.compile(
    r"\W*(?:in (?:reply|response|answer) to|(?:als )?antwort (?:auf|an)|en réponse à|en respuesta a|"
    r"in risposta a|em resposta a|in antwoord op|som svar på)\b",
    re.I,
)
"""What a line begins with that says whom a post answers, and not who wrote it."""
_DATED = (DATE_TEXT.search, _COMPACT_AGE.fullmatch, _NOW.fullmatch)
_DATE_ITEM = ("datePublished", "dateCreated", "uploadDate")
OF_PAGE = re.compile(
    r"\W*(?:current time|(?:the )?time (?:is )?now|it is (?:currently|now)|all times are|powered by|"
    r"page (?:generated|generation|created|rendered)|aktuelle (?:uhr)?zeit|es ist jetzt)(?!\w).*",
    re.I,
)
"""Before the clock of a page, or the version of its software, which looks like a date."""
_WORDS_OF_A_DATE = 8
"""In a line that ends as sentences do: "Jane began the topic of the pier 3 days ago."."""
_STEPS_TO_A_QUOTE = 6
"""From a `<cite>` in a quote to the quote."""


def is_person(tag: Tag) -> bool:
    """Whether this element names an account: a link to a profile, or a class that says author."""
    if attribute(tag, "itemprop") == "author" or attribute(tag, "rel") == "author":
        return True
    if tag.name == "a":
        href = attribute(tag, "href")
        named = _leads_to_person(href, clean(tag)) or any(map(NAME_CLASS.search, classes(tag)))
        said = clean(tag)
        is_name = said and not _NO_NAME.fullmatch(_COUNTED.sub("", said)) and not DATE_TEXT.match(said)
        is_name = is_name and not _is_moment(tag, said)
        told = named and is_name and not NO_PERSON.search(href)
        return (bool(told) or _is_title_of_profile(attribute(tag, "title"), said)) and not _is_mention(tag)
    text = opening(tag, _LONGEST_NAME)
    if (label := PERSON_LABEL.match(text)) and label.end() < len(text) <= _LONGEST_NAME:
        return not any(PERSON_LABEL.match(opening(child, _LONGEST_NAME)) for child in inside(tag))
    names = [_HUMP.sub("-", name) for name in classes(tag)]
    if not any(token in _MICROFORMAT or _PERSON_CLASS.search(token) for token in names):
        return False
    if any(SIGNATURE_CLASS.search(name) or _ABOUT_CLASS.search(name) for name in names):
        return False
    name = _beside_date(tag) if DATE_TEXT.search(text) else text
    return 0 < len(name) <= _LONGEST_NAME


def _beside_date(tag: Tag) -> str:
    """The name in what is called an author and says when as well: "Jane <small>3 May 2010</small>"."""
    pieces = list(islice(tag.stripped_strings, _NAME_AND_DATE + 1))
    names = [piece for piece in pieces if not DATE_TEXT.search(piece) and not _CLOCK.match(piece)]
    return names[0] if len(pieces) == _NAME_AND_DATE and len(names) == 1 else ""


def _is_moment(link: Tag, said: str) -> bool:
    """Whether a link says when, in a `<time>`, and nothing beside it but signs: "Jan 08*" leads to a post."""
    for moment in inside(link, "time"):
        said = said.replace(clean(moment), "", 1)
    return not any(map(str.isalnum, said))


def _is_title_of_profile(title: str, said: str) -> bool:
    """Whether a link's title says that it leads to the profile of whom it names: "View Jane's profile".

    Where accounts have no page, such a link leads to a picture, or nowhere.
    """
    return 1 < len(said) < len(title) <= LONGEST_DATE and said in title and bool(_PROFILE.search(title))


def is_person_address(href: str) -> bool:
    """Whether an address speaks of an account."""
    return bool(_PERSON_LINK.search(href))


def _leads_to_person(href: str, said: str) -> bool:
    """Whether an address speaks of an account, and not because the title that it is made of does.

    "/t/delete-my-account/17/" is that of "Delete my account", "/12-new-members/" that of "New members".
    """
    found = list(_PERSON_LINK.finditer(href))
    words = _WORDS.findall(said.casefold().removeprefix("re:"))[:_WORDS_OF_A_TITLE]
    if not found or len(words) < 2:
        return bool(found)
    title = re.compile(rf"(?<![^/])(?:{'-'.join(words)}[^/]*|(?:\d+-)+{'-'.join(words)})")
    spans = [m.span() for m in title.finditer(href.casefold().replace("_", "-"))]
    return not all(any(start <= m.start() + 1 and m.end() - 1 <= end for start, end in spans) for m in found)


def _is_mention(link: Tag) -> bool:
    """Whether a link to an account stands within words: "thanks, @jane"; "Jane said:" above a quote; "in
    reply to: New pier by Jane"."""
    above = link.parent
    if above is None:
        return False
    if link.get_text(strip=True).startswith("@") and own_text(above).strip():
        return True
    if _TO_ANOTHER.match(" ".join(reversed([clean(part) for part in link.previous_siblings]))):
        return True
    around = [t for t in (above, above.parent) if t is not None]
    return any(t.name == "blockquote" or (t.name == "cite" and _is_of_quote(t)) for t in around)


def _is_of_quote(cite: Tag) -> bool:
    """Whether a `<cite>` names who is quoted; some boards have the author of a post in one."""
    following = cite.find_next_sibling()
    quoted = following is not None and following.name == "blockquote"
    return quoted or any(above.name == "blockquote" for above in islice(cite.parents, _STEPS_TO_A_QUOTE))


def is_date(tag: Tag, text: str) -> bool:
    """Whether this element shows when: a `<time>`, a machine-readable date, or a short text with one."""
    text = " ".join(text.split())  # the blanks that indent a template are many
    if tag.name == "time" or tag.has_attr("datetime") or attribute(tag, "itemprop") in _DATE_ITEM:
        return not label_before(tag)
    if OF_PAGE.match(text) or OF_PAGE.fullmatch(_text_before(tag)):
        return False
    if 0 < len(text) <= LONGEST_DATE and any(told(text) for told in _DATED) and not _is_sentence(text):
        is_of_post = not _is_of_account(tag, text) or len(DATE_TEXT.findall(text)) > 1
        return is_of_post and not (is_notice(text) and read_notice(text).by)
    title = attribute(tag, "title")
    if not 0 < len(title) <= LONGEST_DATE or not DATE_TEXT.search(title):
        return False
    return tag.name != "a" or title[:1].isdigit()  # a link's title may be that of a thread


def _text_before(tag: Tag) -> str:
    """What stands bare right before an element: "Powered by" before a link that tells the version."""
    before = tag.previous_sibling
    return " ".join(before.split()) if isinstance(before, NavigableString) else ""


def _is_sentence(text: str) -> bool:
    """Whether a text says when something was, "I last saw it more than a year ago.", and is no byline."""
    words = text.split()
    return len(words) > _WORDS_OF_A_DATE and words[-1] in ("ago.", "ago!", "ago?")


def _is_of_account(tag: Tag, text: str) -> bool:
    """Whether a date's label, in it or before it, says that it is when somebody joined."""
    named = " ".join(classes(tag)).replace("-", " ").replace("_", " ")
    if JOINED.search(f"{named} {label_before(tag)}"):
        return True
    found = DATE_TEXT.search(text)
    around = (words for words in (text, opening(tag, LONGEST_DATE)) if len(words) <= LONGEST_DATE)
    return any(is_labelled(JOINED, words, found[0] if found else text) for words in around)


def is_labelled(label: re.Pattern[str], words: str, date: str) -> bool:
    """Whether in words a label stands before a date, and no other date or year between: in "3 May 2010,
    joined in June 2002" only before the second."""
    before = words.partition(date)[0] if date and date in words else words
    ends = [found.end() for found in label.finditer(before)]
    return bool(ends) and not (DATE_TEXT.search(before, ends[-1]) or _YEAR.search(before, ends[-1]))


def label_before(tag: Tag) -> str:
    """What stands before an element, or before the box that holds it alone, and may be its label: "Member
    since:", but not "Registered: N/A"."""
    before = tag.find_previous_sibling()
    if before is None and tag.parent and opening(tag.parent, LONGEST_DATE) == opening(tag, LONGEST_DATE):
        before = tag.parent.find_previous_sibling()
    words = opening(before, LONGEST_DATE) if before else ""
    ends = [word.end() for word in JOINED.finditer(words)]
    return words if ends and not any(map(str.isalnum, words[ends[-1] :])) else ""
