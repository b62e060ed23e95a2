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
FARTHER = (
    Tongue(
        "ru", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "Пн Вт Ср Чт Пт Сб Вс",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}.{m}.{y} {hh}:{mi}", "{dd} {mon} {y}, {hh}:{mi}", "{wd} {d} {mon} {y} {hh}:{mi}"),
        "{n} {unit} назад", ("день", "дней"), "от", "писал(а):", "Цитата",
        "Последний раз редактировалось {who} {when}", "Сообщения", "Регистрация", "Откуда", "Участник",
        ("Ответить", "Цитировать", "Пожаловаться", "Нравится"), "Страница", "Следующая", "Вход",
        "Быстрый ответ", "Похожие темы", "Ответы", "Главная",
    ),
    Tongue(
        "pl", "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}.{m}.{y}, {hh}:{mi}", "{dd}-{m}-{y} {hh}:{mi}", "{wd} {d} {mon} {y}, {hh}:{mi}"),
        "{n} {unit} temu", ("dzień", "dni"), "przez", "napisał(a):", "Cytat",
        "Ostatnio zmieniony {when} przez {who}", "Posty", "Rejestracja", "Skąd", "Użytkownik",
        ("Odpowiedz", "Cytuj", "Zgłoś", "Lubię to"), "Strona", "Następna", "Zaloguj", "Szybka odpowiedź",
        "Podobne tematy", "Odpowiedzi", "Strona główna",
    ),
    Tongue(
        "pt", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        ("{d} de {month} de {y}, {hh}:{mi}", "{dd}/{m}/{y} {hh}:{mi}", "{dd} {mon} {y}, {hh}:{mi}", "{dd}/{m}/{y} às {hh}:{mi}"),
        "há {n} {unit}", ("dia", "dias"), "por", "escreveu:", "Citação",
        "Última edição por {who} em {when}", "Mensagens", "Registrado em", "Localização", "Membro",
        ("Responder", "Citar", "Denunciar", "Curtir"), "Página", "Próxima", "Entrar", "Resposta rápida",
        "Tópicos semelhantes", "Respostas", "Início",
    ),
    Tongue(
        "tr", "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
        ("{d} {month} {y} {hh}:{mi}", "{dd}.{m}.{y} {hh}:{mi}", "{dd} {mon} {y}, {hh}:{mi}"),
        "{n} {unit} önce", ("gün", "gün"), "yazan", "yazdı:", "Alıntı",
        "En son {who} tarafından {when} tarihinde düzenlendi", "Mesaj", "Kayıt", "Konum", "Üye",
        ("Yanıtla", "Alıntıla", "Şikayet et", "Beğen"), "Sayfa", "Sonraki", "Giriş", "Hızlı yanıt",
        "Benzer konular", "Yanıtlar", "Ana sayfa",
    ),
    Tongue(
        "zh", "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
        "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
        ("{y}-{m}-{dd} {hh}:{mi}", "{y}年{m}月{dd}日 {hh}:{mi}", "{y}/{m}/{dd} {hh}:{mi}:00"),
        "{n} {unit}前", ("天", "天"), "作者", "发表于：", "引用", "本帖最后由 {who} 于 {when} 编辑", "帖子", "注册时间", "来自", "会员",
        ("回复", "引用", "举报", "点赞"), "页", "下一页", "登录", "快速回复", "相关主题", "回复", "首页",
    ),
    Tongue(
        "ja", "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
        "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
        ("{y}年{m}月{dd}日 {hh}:{mi}", "{y}/{m}/{dd} {hh}:{mi}"),
        "{n} {unit}前", ("日", "日"), "投稿者", "さんが書きました:", "引用", "最終編集 {who} {when}", "投稿", "登録日", "所在地",
        "メンバー", ("返信", "引用", "通報", "いいね"), "ページ", "次へ", "ログイン", "クイック返信", "関連スレッド", "返信", "ホーム",
    ),
    Tongue(
        "ko", "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
        "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
        ("{y}.{m}.{dd} {hh}:{mi}", "{y}년 {m}월 {dd}일 {hh}:{mi}", "{y}-{m}-{dd} {hh}:{mi}"),
        "{n}{unit} 전", ("일", "일"), "작성자", "님이 작성:", "인용", "{who}님이 {when}에 수정함", "게시물", "가입일", "위치", "회원",
        ("답글", "인용", "신고", "추천"), "페이지", "다음", "로그인", "빠른 답글", "관련 글", "댓글", "홈",
    ),
    Tongue(
        "cs", "ledna února března dubna května června července srpna září října listopadu prosince",
        "pondělí úterý středa čtvrtek pátek sobota neděle",
        ("{d}. {month} {y}, {hh}:{mi}", "{dd}.{m}.{y} {hh}:{mi}", "{d}. {m}. {y} {hh}:{mi}"),
        "před {n} {unit}", ("dnem", "dny"), "od", "napsal(a):", "Citace",
        "Naposledy upravil {who} dne {when}", "Příspěvky", "Registrován", "Bydliště", "Člen",
        ("Odpovědět", "Citovat", "Nahlásit", "Líbí se mi"), "Stránka", "Další", "Přihlásit",
        "Rychlá odpověď", "Podobná témata", "Odpovědi", "Úvod",
    ),
    Tongue(
        "sv", "januari februari mars april maj juni juli augusti september oktober november december",
        "måndag tisdag onsdag torsdag fredag lördag söndag",
        ("{d} {month} {y}, {hh}:{mi}", "{y}-{m}-{dd} {hh}:{mi}", "{wd} {d} {mon} {y}, {hh}:{mi}", "{d} {mon} {y} kl. {hh}:{mi}"),
        "{n} {unit} sedan", ("dag", "dagar"), "av", "skrev:", "Citat", "Senast redigerad av {who} {when}",
        "Inlägg", "Registrerad", "Ort", "Medlem", ("Svara", "Citera", "Anmäl", "Gilla"), "Sida", "Nästa",
        "Logga in", "Snabbsvar", "Liknande trådar", "Svar", "Hem",
    ),
    Tongue(
        "hu", "január február március április május június július augusztus szept október november december",
        "hétfő kedd szerda csütörtök péntek szombat vasárnap",
        ("{y}. {month} {d}., {hh}:{mi}", "{y}.{m}.{dd}. {hh}:{mi}", "{y}. {month} {d}. {hh}:{mi}"),
        "{n} {unit} ezelőtt", ("nappal", "nappal"), "írta", "írta:", "Idézet",
        "Utoljára szerkesztette {who} {when}", "Hozzászólások", "Csatlakozott", "Tartózkodási hely", "Tag",
        ("Válasz", "Idézés", "Jelentés", "Tetszik"), "Oldal", "Következő", "Bejelentkezés", "Gyors válasz",
        "Hasonló témák", "Válaszok", "Kezdőlap",
    ),
    Tongue(
        "vi", "tháng\u00a01 tháng\u00a02 tháng\u00a03 tháng\u00a04 tháng\u00a05 tháng\u00a06 tháng\u00a07 tháng\u00a08 tháng\u00a09 tháng\u00a010 tháng\u00a011 tháng\u00a012",
        "thứ2 thứ3 thứ4 thứ5 thứ6 thứ7 CN",
        ("{d}/{m}/{y} {hh}:{mi}", "{d} tháng {m}, {y} lúc {hh}:{mi}", "{hh}:{mi} {dd}/{m}/{y}"),
        "{n} {unit} trước", ("ngày", "ngày"), "bởi", "đã viết:", "Trích dẫn",
        "Sửa lần cuối bởi {who} vào {when}", "Bài viết", "Tham gia", "Đến từ", "Thành viên",
        ("Trả lời", "Trích dẫn", "Báo cáo", "Thích"), "Trang", "Tiếp", "Đăng nhập", "Trả lời nhanh",
        "Chủ đề tương tự", "Trả lời", "Trang chủ",
    ),
    Tongue(
        "ar", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        ("{d} {month} {y} {hh}:{mi}", "{dd}/{m}/{y} {hh}:{mi}", "{y}-{m}-{dd} {hh}:{mi}"),
        "منذ {n} {unit}", ("يوم", "أيام"), "بواسطة", "كتب:", "اقتباس", "آخر تعديل بواسطة {who} في {when}",
        "المشاركات", "تاريخ التسجيل", "المكان", "عضو", ("رد", "اقتباس", "تبليغ", "إعجاب"), "صفحة", "التالي",
        "دخول", "رد سريع", "مواضيع مشابهة", "ردود", "الرئيسية",
    ),
    Tongue(
        "fi", "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
        "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
        ("{d}. {month} {y} klo {hh}:{mi}", "{d}.{m}.{y} {hh}:{mi}", "{d}.{m}.{y} klo {hh}.{mi}"),
        "{n} {unit} sitten", ("päivä", "päivää"), "Kirjoittaja", "kirjoitti:", "Lainaus",
        "Viimeksi muokannut {who} {when}", "Viestit", "Liittynyt", "Paikkakunta", "Jäsen",
        ("Vastaa", "Lainaa", "Ilmoita", "Tykkää"), "Sivu", "Seuraava", "Kirjaudu", "Pikavastaus",
        "Samankaltaisia aiheita", "Vastaukset", "Etusivu",
    ),
    Tongue(
        "ro", "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        "luni marți miercuri joi vineri sâmbătă duminică",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}.{m}.{y} {hh}:{mi}", "{weekday}, {d} {month} {y} {hh}:{mi}"),
        "acum {n} {unit}", ("zi", "zile"), "de", "a scris:", "Citat", "Ultima modificare {when} de {who}",
        "Mesaje", "Membru din", "Localitate", "Membru", ("Răspunde", "Citează", "Raportează", "Îmi place"),
        "Pagina", "Următoarea", "Autentificare", "Răspuns rapid", "Subiecte similare", "Răspunsuri",
        "Acasă",
    ),
    Tongue(
        "el", "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
        "Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}/{m}/{y} {hh}:{mi}", "{weekday} {d} {month} {y} {hh}:{mi}"),
        "πριν από {n} {unit}", ("ημέρα", "ημέρες"), "από", "έγραψε:", "Παράθεση",
        "Τελευταία επεξεργασία από {who}: {when}", "Δημοσιεύσεις", "Εγγραφή", "Τοποθεσία", "Μέλος",
        ("Απάντηση", "Παράθεση", "Αναφορά", "Μου αρέσει"), "Σελίδα", "Επόμενη", "Σύνδεση",
        "Γρήγορη απάντηση", "Παρόμοια θέματα", "Απαντήσεις", "Αρχική",
    ),
    Tongue(
        "uk", "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "Пн Вт Ср Чт Пт Сб Нд",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}.{m}.{y} {hh}:{mi}", "{wd} {dd}.{m}.{y} {hh}:{mi}"),
        "{n} {unit} тому", ("день", "днів"), "від", "написав:", "Цитата",
        "Востаннє редагувалось {who} {when}", "Повідомлень", "З нами з", "Звідки", "Учасник",
        ("Відповісти", "Цитувати", "Поскаржитись", "Подобається"), "Сторінка", "Далі", "Вхід",
        "Швидка відповідь", "Схожі теми", "Відповіді", "Головна",
    ),
    Tongue(
        "id", "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}/{m}/{y} {hh}:{mi}", "{weekday}, {d} {month} {y} {hh}.{mi}"),
        "{n} {unit} yang lalu", ("hari", "hari"), "oleh", "menulis:", "Kutipan",
        "Terakhir diubah oleh {who} pada {when}", "Pesan", "Bergabung", "Lokasi", "Anggota",
        ("Balas", "Kutip", "Laporkan", "Suka"), "Halaman", "Berikutnya", "Masuk", "Balasan cepat",
        "Topik serupa", "Balasan", "Beranda",
    ),
    Tongue(
        "no", "januar februar mars april mai juni juli august september oktober november desember",
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        ("{d}. {month} {y}, {hh}:{mi}", "{dd}.{m}.{y} {hh}:{mi}", "{d} {month} {y} kl. {hh}:{mi}"),
        "{n} {unit} siden", ("dag", "dager"), "av", "skrev:", "Sitat", "Sist redigert av {who} {when}",
        "Innlegg", "Ble med", "Sted", "Medlem", ("Svar", "Siter", "Rapporter", "Lik"), "Side", "Neste",
        "Logg inn", "Hurtigsvar", "Lignende tråder", "Svar", "Hjem",
    ),
    Tongue(
        "he", "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
        "שני שלישי רביעי חמישי שישי שבת ראשון",
        ("{d} ב{month} {y}, {hh}:{mi}", "{dd}/{m}/{y} {hh}:{mi}"),
        "לפני {n} {unit}", ("יום", "ימים"), "מאת", "כתב:", "ציטוט", "נערך לאחרונה על ידי {who} ב-{when}",
        "הודעות", "הצטרף", "מיקום", "חבר", ("תגובה", "ציטוט", "דיווח", "אהבתי"), "עמוד", "הבא", "כניסה",
        "תגובה מהירה", "נושאים דומים", "תגובות", "ראשי",
    ),
    Tongue(
        "sk", "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
        "pondelok utorok streda štvrtok piatok sobota nedeľa",
        ("{d}. {month} {y}, {hh}:{mi}", "{dd}.{m}.{y} {hh}:{mi}"),
        "pred {n} {unit}", ("dňom", "dňami"), "od", "napísal:", "Citácia",
        "Naposledy upravil {who} dňa {when}", "Príspevky", "Dátum registrácie", "Bydlisko", "Člen",
        ("Odpovedať", "Citovať", "Nahlásiť", "Páči sa mi"), "Strana", "Ďalšia", "Prihlásiť",
        "Rýchla odpoveď", "Podobné témy", "Odpovede", "Úvod",
    ),
    Tongue(
        "th", "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}/{m}/{y} {hh}:{mi} น.", "วัน{weekday}ที่ {d} {month} {y} เวลา {hh}:{mi}"),
        "{n} {unit}ที่แล้ว", ("วัน", "วัน"), "โดย", "เขียนว่า:", "อ้างอิง", "แก้ไขล่าสุดโดย {who} เมื่อ {when}",
        "โพสต์", "เข้าร่วมเมื่อ", "ที่อยู่", "สมาชิก", ("ตอบกลับ", "อ้างอิง", "รายงาน", "ถูกใจ"), "หน้า", "ถัดไป", "เข้าสู่ระบบ",
        "ตอบกลับด่วน", "หัวข้อที่คล้ายกัน", "ตอบกลับ", "หน้าแรก",
    ),
    Tongue(
        "hi", "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
        ("{d} {month} {y}, {hh}:{mi}", "{dd}/{m}/{y} {hh}:{mi}", "{weekday}, {d} {month} {y} को {hh}:{mi} बजे"),
        "{n} {unit} पहले", ("दिन", "दिन"), "द्वारा", "ने लिखा:", "उद्धरण", "अंतिम बार {who} द्वारा {when} को संपादित",
        "संदेश", "शामिल हुए", "स्थान", "सदस्य", ("उत्तर दें", "उद्धृत करें", "रिपोर्ट करें", "पसंद"), "पृष्ठ", "अगला", "लॉग इन",
        "त्वरित उत्तर", "समान विषय", "उत्तर", "मुखपृष्ठ",
    ),
)  # fmt: skip
"""Languages in which layouts are drawn only where somebody asks for them: `wide_layouts.py 0 80 ko ar`."""


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
