"""What forums write around posts in several languages, and how each of them writes a date; for pages made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """The words of one language around a thread; dates are templates with the parts of `dated`."""

    code: str
    months: str
    weekdays: str
    dates: tuple[str, ...]
    ago: str
    days: tuple[str, str]
    by: str
    wrote: str
    quote: str
    edited: str
    posts: str
    joined: str
    place: str
    member: str
    buttons: tuple[str, ...]
    page: str
    onward: str
    log_in: str
    write: str
    similar: str
    answers: str
    home: str


TONGUES = (
    Tongue(
        "en", "January February March April May June July August September October November December",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        ("{wd} {mon} {dd}, {y} {h}:{mi} {ap}", "{d}{th} {month} {y}, {h}:{mi} {AP}", "{d}-{mon}-{y} {hh}:{mi}",
         "{month} {d}{th}, {y} {h}:{mi}{ap}", "{weekday}, {month} {d}, {y} - {hh}:{mi}", "{y}-{m}-{dd} {hh}:{mi}:00"),
        "{n} {unit} ago", ("day", "days"), "by", "wrote:", "Quote", "Last edited by {who} on {when}", "Posts", "Joined",
        "Location", "Senior Member", ("Reply", "Quote", "Report", "Like"), "Page", "Next", "Log in", "Quick reply",
        "Related threads", "Replies", "Home",
    ),
    Tongue(
        "de", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        ("{dd}.{m}.{y}, {hh}:{mi}", "{d}. {month} {y} um {hh}:{mi}", "{wd} {d}. {mon} {y}, {hh}:{mi}",
         "{dd}.{m}.{y} {hh}:{mi} Uhr", "{weekday}, {d}. {month} {y}, {hh}:{mi}"),
        "vor {n} {unit}", ("Tag", "Tagen"), "von", "schrieb:", "Zitat", "Zuletzt geändert von {who} am {when}",
        "Beiträge", "Registriert", "Wohnort", "Mitglied", ("Antworten", "Zitieren", "Melden", "Gefällt mir"), "Seite",
        "Nächste", "Anmelden", "Schnellantwort", "Ähnliche Themen", "Antworten", "Startseite",
    ),
    Tongue(
        "fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        ("{d} {month} {y} à {hh}:{mi}", "{wd}. {dd} {month} {y} {hh}:{mi}", "le {dd}/{m}/{y} à {hh}:{mi}",
         "{weekday} {d} {month} {y} à {hh}h{mi}"),
        "il y a {n} {unit}", ("jour", "jours"), "par", "a écrit :", "Citation",
        "Dernière modification par {who} le {when}", "Messages", "Inscription", "Localisation", "Membre",
        ("Répondre", "Citer", "Signaler", "J'aime"), "Page", "Suivante", "Connexion", "Réponse rapide",
        "Sujets similaires", "Réponses", "Accueil",
    ),
    Tongue(
        "es", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "lunes martes miércoles jueves viernes sábado domingo",
        ("{d} de {month} de {y}, {hh}:{mi}", "{dd}/{m}/{y} {hh}:{mi}", "{wd} {mon} {dd}, {y} {h}:{mi} {ap}",
         "{dd} {mon} {y}, {hh}:{mi}"),
        "hace {n} {unit}", ("día", "días"), "por", "escribió:", "Cita", "Última edición por {who} el {when}", "Mensajes",
        "Registrado", "Ubicación", "Miembro", ("Responder", "Citar", "Reportar", "Me gusta"), "Página", "Siguiente",
        "Iniciar sesión", "Respuesta rápida", "Temas similares", "Respuestas", "Inicio",
    ),
    Tongue(
        "it", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}/{m}/{y}, {hh}:{mi}", "{weekday} {d} {month} {y} alle {hh}:{mi}"),
        "{n} {unit} fa", ("giorno", "giorni"), "da", "ha scritto:", "Citazione", "Ultima modifica di {who} il {when}",
        "Messaggi", "Iscritto", "Località", "Membro", ("Rispondi", "Cita", "Segnala", "Mi piace"), "Pagina",
        "Successiva", "Accedi", "Risposta rapida", "Discussioni simili", "Risposte", "Home",
    ),
    Tongue(
        "nl", "januari februari maart april mei juni juli augustus september oktober november december",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}-{m}-{y} {hh}:{mi}", "{wd} {d} {mon} {y}, {hh}:{mi}"),
        "{n} {unit} geleden", ("dag", "dagen"), "door", "schreef:", "Citaat", "Laatst gewijzigd door {who} op {when}",
        "Berichten", "Lid sinds", "Woonplaats", "Lid", ("Reageren", "Citeren", "Melden", "Vind ik leuk"), "Pagina",
        "Volgende", "Inloggen", "Snel reageren", "Vergelijkbare onderwerpen", "Reacties", "Home",
    ),
)  # fmt: skip


def dated(tongue, template, at):
    """A moment as a template of the language writes it."""
    month, weekday = tongue.months.split()[at.month - 1], tongue.weekdays.split()[at.weekday()]
    half = "am" if at.hour < 12 else "pm"
    ending = "th" if 10 < at.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(at.day % 10, "th")
    return template.format(
        y=at.year, m=f"{at.month:02}", d=at.day, dd=f"{at.day:02}", th=ending, month=month, mon=month[:3],
        weekday=weekday, wd=weekday[: 2 if tongue.code in ("de", "nl") else 3], hh=f"{at.hour:02}",
        h=at.hour % 12 or 12, mi=f"{at.minute:02}", ap=half, AP=half.upper(),
    )  # fmt: skip


def aged(tongue, at, now):
    """How long ago a moment was, in whole days."""
    count = (now - at).days
    return tongue.ago.format(n=count, unit=tongue.days[count != 1])
