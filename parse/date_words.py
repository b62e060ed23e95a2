"""The words of dates in the languages of forums: months, weekdays, units, "yesterday". A table."""

import re

LETTER = (
    r"[^\d\s\x00-\x40\x5b-\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u058a\u05be\u060c\u061b\u061f\u06d4"
    r"\u0964\u0965\u0970\u0e3f\u0e5a\u0e5b\u2000-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\u3030\uff00-\uff20\uff3b-\uff65]"
)
"""A letter, or a mark on one: Thai and Hindi write half of their vowels as marks, which are no `\\w`."""
_MONTH_NAMES = {
    1: "january jan januar jänner jän janvier janv enero ene gennaio gen "
       "janeiro januari stycznia января янв ocak "
       "sty ledna led tammikuu tammikuuta tammi január ianuarie ian gener січня "
       "январь styczeń leden siječanj siječnja січень січ януари яну januára oca ιανουαρίου ιαν "
       "ינואר בינואר يناير जनवरी जन มกราคม มค",
    2: "february feb febr februar feber février fevrier févr fév fevr "
       "febrero febbraio fevereiro fev februari "
       "lutego февраля фев şubat "
       "lut února úno helmikuu helmikuuta helmi február februarie febrer лютого "
       "февраль luty únor veljača veljače лютий лют февруари februára şub φεβρουαρίου φεβ "
       "פברואר בפברואר فبراير फ़रवरी फरवरी फ़र กุมภาพันธ์ กพ",
    3: "march mar märz maerz mär mrz mars marzo março marco maart mrt marca марта мар mart "
       "marts března bře maaliskuu maaliskuuta maalis március márc martie març березня "
       "март marzec březen ožujak ožujka березень бер marec marca maret μαρτίου μαρ "
       "מרץ במרץ مارس मार्च มีนาคม มีค",
    4: "april apr avril avr abril abr aprile kwietnia апреля апр nisan "
       "kwi dubna dub huhtikuu huhtikuuta huhti április ápr aprilie квітня "
       "апрель kwiecień duben travanj travnja квітень кві април apríla nis απριλίου απρ "
       "אפריל באפריל أبريل ابريل अप्रैल अप्रै เมษายน เมย",
    5: "may mai mayo maggio mag maio mei maj maja мая май mayıs "
       "května kvě toukokuu toukokuuta touko május máj maig травня "
       "май maj květen svibanj svibnja травень тра mája μαΐου μαΐ μαι "
       "מאי במאי مايو मई พฤษภาคม พค",
    6: "june jun juni juin junio giugno giu junho czerwca июня июн haziran "
       "cze června čer kesäkuu kesäkuuta kesä június jún iunie iun juny червня "
       "июнь czerwiec červen lipanj lipnja червень чер юни júna junij haz ιουνίου ιουν "
       "יוני ביוני يونيو जून มิถุนายน มิย",
    7: "july jul juli juillet juil julio luglio lug julho lipca июля июл temmuz "
       "lip července čvc heinäkuu heinäkuuta heinä július júl iulie iul juliol липня "
       "июль lipiec červenec črc srpanj srpnja липень лип юли júla julij tem ιουλίου ιουλ "
       "יולי ביולי يوليو जुलाई जुल กรกฎาคม กค",
    8: "august aug août aout agosto ago augustus augusti sierpnia августа авг ağustos "
       "sie srpna srp elokuu elokuuta elo augusztus aoû серпня "
       "август sierpień srpen kolovoz kolovoza серпень сер avgust avgusta agustus agu ağu αυγούστου αυγ "
       "אוגוסט באוגוסט أغسطس अगस्त अग สิงหาคม สค",
    9: "september sep sept septembre septiembre setiembre settembre set setembro "
       "września сентября сен сент eylül "
       "wrz září zář syyskuu syyskuuta syys szeptember szept septembrie вересня "
       "сентябрь wrzesień rujan rujna вересень вер септември сеп septembar septembra eyl σεπτεμβρίου σεπ "
       "ספטמבר בספטמבר سبتمبر सितंबर सितम्बर सित กันยายน กย",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out października октября окт ekim "
       "paź října říj lokakuu lokakuuta loka október octombrie жовтня "
        "октябрь październik říjen жовтень жов октомври oktobar oktobra eki οκτωβρίου οκτ "
       "אוקטובר באוקטובר أكتوبر अक्टूबर अक्तूबर अक्टू अक्तू ตุลาคม ตค",
    11: "november nov novembre noviembre novembro listopada ноября ноя kasım "
       "lis listopadu marraskuu marraskuuta marras noiembrie листопада "
        "ноябрь listopad studeni studenoga листопад лис ноември ное novembar novembra kas νοεμβρίου νοε "
       "נובמבר בנובמבר نوفمبر नवंबर नवम्बर नव พฤศจิกายน พย",
    12: "december dec dezember dez décembre decembre déc diciembre dic dicembre "
        "dezembro grudnia декабря дек aralık "
        "gru prosince pro desember joulukuu joulukuuta joulu decembrie desembre грудня "
        "декабрь grudzień prosinec prosinac грудень гру декември decembar decembra ara δεκεμβρίου δεκ "
       "דצמבר בדצמבר ديسمبر दिसंबर दिसम्बर दिस ธันวาคม ธค",
}  # fmt: skip
MONTHS = {word.casefold(): number for number, words in _MONTH_NAMES.items() for word in words.split()}

_WEEKDAY_NAMES = (
    "monday mon montag lundi lunes lunedì lunedi segunda-feira segunda maandag måndag "
    "mandag maanantai poniedziałek понедельник понеділок pondělí pondelok pazartesi senin δευτέρα "
    "luni hétfő सोमवार จันทร์ วันจันทร์ วันจันทร์ที่",
    "tuesday tue tues dienstag mardi martes martedì martedi terça-feira terça dinsdag tisdag "
    "tirsdag tiistai wtorek вторник вівторок úterý utorok salı selasa τρίτη marți kedd मंगलवार "
    "อังคาร วันอังคาร วันอังคารที่",
    "wednesday wed mittwoch mercredi miércoles miercoles mercoledì mercoledi "
    "quarta-feira quarta woensdag onsdag "
    "keskiviikko środa среда середа středa streda çarşamba rabu τετάρτη miercuri szerda बुधवार พุธ "
    "วันพุธ วันพุธที่",
    "thursday thu thurs donnerstag jeudi jueves giovedì giovedi quinta-feira quinta donderdag torsdag "
    "torstai czwartek четверг четвер čtvrtek štvrtok perşembe kamis πέμπτη joi csütörtök गुरुवार "
    "พฤหัสบดี วันพฤหัสบดี วันพฤหัสบดีที่",
    "friday fri freitag vendredi viernes venerdì venerdi sexta-feira sexta vrijdag fredag "
    "perjantai piątek пятница п’ятниця pátek piatok cuma jumat παρασκευή vineri péntek शुक्रवार "
    "ศุกร์ วันศุกร์ วันศุกร์ที่",
    "saturday sat samstag sonnabend samedi sábado sabado sabato zaterdag lördag "
    "lørdag lauantai sobota суббота субота cumartesi sabtu σάββατο sâmbătă szombat शनिवार เสาร์ "
    "วันเสาร์ วันเสาร์ที่",
    "sunday sun sonntag dimanche domingo domenica zondag söndag "
    "søndag sunnuntai niedziela воскресенье неділя neděle nedeľa pazar minggu κυριακή duminică "
    "vasárnap रविवार อาทิตย์ วันอาทิตย์ วันอาทิตย์ที่",
)  # fmt: skip
WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAY_NAMES) for word in words.split()}
_SHORT_NAMES = (
    "lun mar mer mié mie jue gio jeu ven vie sam sáb sab sob dom dim seg ter qua qui sex "
    "pon wto śro czw pią nie mån tis ons tor fre lör sön pn wt śr cz pt nd пн вт ср чт пт сб вс"
)
SHORT_WEEKDAYS = frozenset(_SHORT_NAMES.split())
"""As they stand before a date; alone many of them mean something else, "mar" March."""

_UNIT_NAMES = {
    1: "second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi s"
    " секунду секунды секунд сек sekundę sekundy sekund sekunder saniye"
    " giây detik másodperc másodperce másodperccel sekuntia δευτερόλεπτα שניות secunde секунд ثانية"
    " ثوان ثواني ثانیه सेकंड सेकेंड",
    60: "minute minutes min mins minuten minuto minutos minuti m"
    " минуту минуты минут мин minutę minuty minut minutter minuter minuut dakika"
    " phút menit perc perce perccel minuuttia minuutti λεπτά λεπτό דקות דקה хвилин хвилини хвилину"
    " minuty minutami دقيقة دقائق دقیقه मिनट",
    3600: "hour hours hr hrs stunde stunden std heure heures hora horas ora ore uur h"
    " час часа часов godzinę godziny godzin timer timmar uren saat hodin"
    " giờ jam óra órája órával tuntia tunti ώρες ώρα שעות שעה oră годин години годину hodiny"
    " hodinami ساعة ساعات ساعت घंटा घंटे घंटों",
    86400: "day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen d"
    " день дня дней дн dzień dni dage dager dagar dny gün tg"
    " ngày hari nap napja nappal päivää päivä ημέρες ημέρα μέρες ימים יום zile дні днів dny dní"
    " dňami dňom يوم أيام ايام روز दिन दिनों",
    7 * 86400: "week weeks woche wochen semaine semaines semana semanas settimana settimane weken w"
    " неделю недели недель tydzień tygodnie tygodni uke uker uger veckor hafta"
    " tuần minggu hét hete héttel viikkoa viikko εβδομάδες εβδομάδα שבועות săptămâni тиждень тижні"
    " тижнів týdny أسبوع أسابيع هفته सप्ताह हफ़्ते हफ्ते",
    30 * 86400: "month months monat monate monaten mois mes meses mese mesi mês maand maanden mo"
    " месяц месяца месяцев мес miesiąc miesiące miesięcy måned måneder månader ay"
    " tháng bulan hónap hónapja hónappal kuukautta kuukausi μήνες μήνα חודשים luni місяць місяці"
    " місяців měsíce شهر أشهر شهور ماه महीना महीने माह",
    365 * 86400: "year years yr yrs jahr jahre jahren an ans année années año años anno anni ano anos jaar y"
    " год года лет rok lata lat år roky lety yıl"
    " năm tahun év éve évvel vuotta vuosi χρόνια שנים ani рік роки років سنة سنوات سال साल वर्ष",
}
UNITS = {word.casefold(): seconds for seconds, words in _UNIT_NAMES.items() for word in words.split()}
ONE_WORDS = {
    word: 1
    for words in ("a an one ein eine einer einem un une uno una um uma een",)
    for word in words.split()
}
AGO = re.compile(
    r"\bago\b|\bvor\b|\bil y a\b|\bhace\b|\bfa\b|\bhá\b|\bha \d|\batrás\b|\bgeleden\b|\bearlier\b|\bdepuis\b"
    r"|\bsince\b|\bseit\b|\bназад\b|\btemu\b|\bsiden\b|\bsedan\b|\bönce\b|\bpřed\b|\bpred\b"
    r"|\btrước\b|\blalu\b|\bezelőtt\b|\bsitten\b|\bπριν\b|\bלפני\b|\bтому\b|\bacum\b|منذ|قبل|پیش|पहले"
)
EAST_ASIAN_UNITS = {
    unit: seconds
    for seconds, units in {
        1: "秒 초 วินาที",
        60: "分钟 分鐘 分 분 นาที",
        3600: "小时 小時 个小时 個小時 時間 시간 ชั่วโมง",
        86400: "天 日 일 วัน",
        7 * 86400: "周 週 週間 星期 个星期 個星期 주 주일 สัปดาห์",
        30 * 86400: "月 个月 個月 か月 カ月 ヶ月 ケ月 개월 달 เดือน",
        365 * 86400: "年 년 ปี",
    }.items()
    for unit in units.split()
}
EAST_ASIAN_AGO = re.compile(
    rf"(\d+)\s?({'|'.join(sorted(EAST_ASIAN_UNITS, key=len, reverse=True))})\s?"
    r"(?:之前|以前|前|전|ที่แล้ว|ที่ผ่านมา|มาแล้ว|ก่อน)"
)
""" "3天前", "2 時間前", "5분 전": written without blanks, they are no words of their own."""

NOW_WORDS = (
    "just now", "moments ago", "a moment ago", "seconds ago", "less than a minute ago", "gerade eben",
    "à l'instant", "à l’instant", "ahora mismo", "proprio ora", "agora mesmo", "agora há pouco",
    "только что", "przed chwilą", "zojuist", "刚刚", "剛剛", "刚才", "たった今", "방금", "vừa xong", "baru"
    " saja", "az önce",
    "щойно", "juuri nyt", "μόλις τώρα", "הרגע", "अभी अभी", "अभी-अभी", "เมื่อสักครู่", "เมื่อครู่",
)  # fmt: skip
DAY_WORDS = {
    "day before yesterday": 2, "vorgestern": 2, "avant-hier": 2, "anteayer": 2, "anteontem": 2,
    "l'altro ieri": 2, "позавчера": 2, "przedwczoraj": 2, "eergisteren": 2,
    "today": 0, "yesterday": 1, "heute": 0, "gestern": 1, "aujourd'hui": 0, "aujourd’hui": 0, "hier": 1,
    "hoy": 0, "ayer": 1, "oggi": 0, "ieri": 1, "hoje": 0, "ontem": 1, "vandaag": 0, "gisteren": 1,
    "idag": 0, "igår": 1, "dzisiaj": 0, "wczoraj": 1, "сегодня": 0, "вчера": 1, "bugün": 0, "dün": 1,
    "i dag": 0, "i går": 1, "tänään": 0, "eilen": 1, "dnes": 0, "včera": 1, "tegnap": 1, "dziś": 0, "azi": 0,
    "сьогодні": 0, "вчора": 1, "днес": 0, "danas": 0, "jučer": 1, "juče": 1, "danes": 0, "včeraj": 1,
    "σήμερα": 0, "χθεσ": 1, "χτεσ": 1, "hari ini": 0, "kemarin": 1,
    "今天": 0, "昨天": 1, "前天": 2, "今日": 0, "昨日": 1, "一昨日": 2,
    "오늘": 0, "어제": 1, "그제": 2, "그저께": 2,
    "hôm nay": 0, "hôm qua": 1, "היום": 0, "אתמול": 1, "اليوم": 0, "أمس": 1, "امروز": 0, "دیروز": 1,
    "आज": 0, "कल": 1, "วันนี้": 0, "เมื่อวาน": 1, "เมื่อวานนี้": 1,
    "astăzi": 0, "avui": 0, "ahir": 1, "toissapäivänä": 2,
}  # fmt: skip
DAY_FIRST = frozenset(
    (
        "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv", "da", "no", "nb", "nn", "fi", "cs", "sk", "tr",
        "el", "ro", "bg", "uk", "hr", "sr", "sl", "ca", "gl", "vi", "id",
        "ms", "ar", "he", "th", "hi", "et", "lv", "mk", "sq", "bs",
    )
)  # fmt: skip
"""Languages in which 05-01-2024 is the 5th of January wherever they are written."""
YEAR_FIRST = ("zh", "ja", "ko")
"""Languages in which 26-10-02 is the 2nd of October, and 10-02 too."""
NOON_WORDS = {"midnight": 0, "noon": 12, "mitternacht": 0, "minuit": 0, "midi": 12, "medianoche": 0}
FIRST_HALVES = ("오전", "上午", "午前", "凌晨", "早上", "清晨")
SECOND_HALVES = ("오후", "下午", "午後", "晚上", "中午", "傍晚")
"""Of a day, as they stand before the clock: "下午3:05"."""
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AEST": 10, "AEDT": 11, "JST": 9, "KST": 9,
}  # fmt: skip
