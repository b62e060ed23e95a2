"""What is put around the words of a mail on its way: armour of a signed one, the list's footer, a line of a
program. Quoted with the rest, each stands behind the marks of the quote."""

import re

_MARKS = r"^(?P<marks>(?:>[ \t]?)*)"
_ARMOUR = re.compile(
    r"^[> \t]*-----BEGIN PGP SIGNED MESSAGE-----[ \t]*(?:\n|\Z)(?:[> \t]*\n)*"
    r"(?:[> \t]*Hash: \S+[ \t]*(?:\n|\Z))?(?:[> \t]*\n)?",
    re.M,
)
_SIGNATURE = re.compile(
    r"^[> \t]*-----BEGIN PGP SIGNATURE-----(?:[^-]|-(?!----)){0,4000}-----END PGP SIGNATURE-----[ \t]*\n?",
    re.M,
)
_ESCAPED = re.compile(rf"{_MARKS}- (?=-)", re.M)
"""A line of a signed mail that begins with a dash."""
_CUT_MARK = re.compile(rf"{_MARKS}--[ \t]*$", re.M)
"""The mark of a signature, whose blank may have been cut off as well."""
_FOOTER = re.compile(
    rf"{_MARKS}_{{30,}}[ \t]*(?:\n(?P=marks))?(?=[^\n]*mailing list).*(?:\n(?P=marks).*)*", re.M | re.I
)
_PHONE = re.compile(
    rf"{_MARKS}(?:Sent from (?:my|Yahoo|Mail for|Outlook for)|Get Outlook for|Von meinem \S+ gesendet|"
    r"Envoyé de mon|Enviado desde mi|Inviato da)\b.{0,60}(?:\Z|\n(?=[> \t]*(?:\n|\Z)))",
    re.M,
)
_PROGRAMS = ("Sent from", "Get Outlook", "Von meinem", "Envoyé de", "Enviado desde", "Inviato da")
_RULE = "_" * 30
_FOOT = 150
"""Characters at the end of a mail, among which a program's own line stands where nothing is quoted below."""


def is_wrapped(text: str) -> bool:
    """Whether there may be any of it where nothing is quoted; cheap, for every post is asked."""
    return "-----BEGIN PGP" in text or _RULE in text or _names_program(text[-_FOOT:])


def unwrapped(text: str) -> str:
    """The mail without it."""
    if "-----BEGIN PGP" in text:
        text = _CUT_MARK.sub(r"\g<marks>-- ", _ESCAPED.sub(r"\g<marks>", text))
        text = _SIGNATURE.sub("", _ARMOUR.sub("", text))
    if _RULE in text:
        text = _FOOTER.sub("", text)
    return _PHONE.sub("", text) if _names_program(text) else text


def _names_program(text: str) -> bool:
    return any(map(text.__contains__, _PROGRAMS))
