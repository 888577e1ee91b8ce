/* bench/corpus.c -- letters of any length, for the benchmark and the tests of pages.
 *
 *     corpus [--seed N] [--words N] [--signatories N] [--layout blocks|table|columns]
 *            [--groups N] [--notes N] [--addressee-foot] [--language en|ar] [--fields]
 *     corpus [--seed N] --records N
 *
 * Prints one letter in English, or with its body in Arabic, to standard output.  The same arguments give the same letter.
 * The Arabic letter draws the same sentences: of 700 words it has a sixth fewer characters and an
 * eighth fewer lines, but, leaded wider, 3 pages against 2; what stands round its body stays in
 * English, so that it has two fonts.
 * With --fields whom it is to is left to records; --records prints N of them, as CSV.
 * The words are real sentences put together from parts, so that lines and hyphenation behave as in
 * a letter; the names are made of syllables. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252u;

static unsigned
pick(unsigned n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)((state >> 20) % n);
}

static int arabic;

#define ONE_OF(list) (list)[pick((unsigned)(sizeof(list) / sizeof(list)[0]))]

static const char *const subjects[] = {"the Commission",
                                       "my Government",
                                       "the delegation of Eastmark",
                                       "each of the councils",
                                       "the committee on crossings",
                                       "the Secretariat",
                                       "the keeper of the archive",
                                       "the presidency",
                                       "the Gauging Service",
                                       "the council of the estuary"};
static const char *const verbs[]    = {
       "has examined",          "would gladly support", "has taken note of",
       "wishes to recall",      "cannot yet accept",    "has communicated",
       "undertakes to publish", "is considering",       "attaches great importance to",
       "has twice postponed"};
static const char *const objects[] = {"the interpretation of article 9",
                                      "the report of the surveyors",
                                      "the prolongation of the fund",
                                      "the proposals that were made in the spring session",
                                      "a common timetable for the ferries",
                                      "the restoration of the landing stages",
                                      "an arrangement of a provisional character",
                                      "the responsibilities of the wardens",
                                      "the administrative consequences of the decision",
                                      "the understanding reached at Port Alden"};
static const char *const tails[]   = {"",
                                      ", as the annex shows",
                                      " in the course of the coming year",
                                      ", without prejudice to the position of any government",
                                      " and will report on it before the next session",
                                      ", which the experience of last November has made necessary",
                                      " subject to the approval of the authorities concerned"};
static const char *const links[]   = {"",
                                      "Furthermore, ",
                                      "In this connection, ",
                                      "Accordingly, ",
                                      "At the same time, ",
                                      "As is well known, "};
static const char *const first[]   = {
      "Ada",   "Henrik",  "Oddny",  "Tomasz", "Ingrid", "Benedikt", "Marisol",   "Dragan", "Žaneta",
      "Lajos", "Beatriz", "Rasmus", "Helmi",  "Signe",  "Ioan",     "Gwenllian", "Rūta",   "Solveig"};
static const char *const syllable[] = {"al",   "der",  "sund", "mar", "vik", "en", "stad", "or",
                                       "lund", "berg", "ska",  "vår", "ti",  "ne", "hof",  "rin"};
static const char *const offices[]  = {"Mayor",
                                       "Chair of the Council",
                                       "Warden of the Locks",
                                       "President of the Commune",
                                       "Harbour Master",
                                       "Council Member",
                                       "Reeve",
                                       "Head of the Ferry Guild"};
static const char *const places[]   = {"Town of ",   "Commune of ",   "Municipality of ",
                                       "Parish of ", "Free Town of ", "District of "};

/* The same in Arabic. */
static const char *const ar_subjects[] = {
    "اللجنة",     "حكومة بلادي",    "وفد المشرق",    "كل من المجالس", "لجنة المعابر",
    "أمانة السر", "أمين المحفوظات", "رئاسة المنتدى", "مصلحة القياس",  "مجلس المصب"};
static const char *const ar_verbs[] = {
    "تدرس باهتمام",     "تؤيد بكل سرور",       "تحيط علما بما جاء في", "تود أن تذكر بما ورد في",
    "لا تقبل الآن",     "أبلغت الأعضاء مضمون", "تتعهد بأن تنشر",       "تنظر في",
    "تولي أهمية كبيرة", "أجلت مرتين"};
static const char *const ar_objects[] = {"تفسير المادة التاسعة",
                                         "تقرير مهندسي المساحة",
                                         "تمديد العمل بالصندوق",
                                         "المقترحات المقدمة في الدورة الربيعية",
                                         "جدول مشترك لمواعيد العبارات",
                                         "ترميم الأرصفة القديمة",
                                         "ترتيب ذي طابع مؤقت",
                                         "مسؤوليات حراس السدود",
                                         "النتائج الإدارية المترتبة على القرار",
                                         "التفاهم الذي تم في المرفأ الكبير"};
static const char *const ar_tails[]   = {"",
                                         "، كما هو مبين في المرفق",
                                         " في غضون السنة المقبلة",
                                         "، دون مساس بموقف أي حكومة",
                                         " وسترفع تقريرا عنه قبل الدورة القادمة",
                                         "، وهو ما أثبتت تجربة الخريف ضرورته",
                                         " رهنا بموافقة السلطات المعنية"};
static const char *const ar_links[]   = {"",
                                         "وعلاوة على ذلك، ",
                                         "وفي هذا الصدد، ",
                                         "وبناء على ذلك، ",
                                         "وفي الوقت نفسه، ",
                                         "وكما هو معلوم، "};

static void
made_name(void)
{
    unsigned parts    = 2 + pick(2);
    char     word[64] = "";
    for (unsigned i = 0; i < parts; i++)
        strcat(word, ONE_OF(syllable));
    if (word[0] >= 'a' && word[0] <= 'z')
        word[0] = (char)(word[0] - 'a' + 'A');
    fputs(word, stdout);
}

static unsigned
words_in(const char *s)
{
    unsigned n = 0;
    for (const char *p = s; *p; p++)
        n += *p == ' ';
    return n;
}

/* Each list is as long in one language as in the other, so that both draw the same lots. */
#define IN_LANGUAGE(list) (arabic ? ONE_OF(ar_##list) : ONE_OF(list))

/* One sentence; returns about how many words it has. */
static unsigned
sentence(void)
{
    const char *l = IN_LANGUAGE(links), *s = IN_LANGUAGE(subjects), *v = IN_LANGUAGE(verbs);
    const char *o = IN_LANGUAGE(objects), *t = IN_LANGUAGE(tails);
    char        head[128];
    snprintf(head, sizeof head, "%s%s", l, s);
    if (head[0] >= 'a' && head[0] <= 'z')
        head[0] = (char)(head[0] - 'a' + 'A');
    printf("%s %s %s%s.", head, v, o, t);
    return words_in(l) + words_in(s) + words_in(v) + words_in(o) + words_in(t) + 4;
}

static void
body(long words, long notes)
{
    long noted = 0;
    fputs("  <body>\n", stdout);
    for (long done = 0; done < words;) {
        if (pick(9) == 0 && done > 0)
            fputs("    <salute>Excellency,</salute>\n", stdout);
        fputs("    <p>", stdout);
        for (unsigned n = 2 + pick(6), i = 0; i < n; i++) {
            if (i > 0)
                fputs("\n      ", stdout);
            done += sentence();
            if (noted < notes && pick(4) == 0) {
                fputs("<note>", stdout);
                for (unsigned k = 1 + pick(4); k > 0; k--) {
                    sentence();
                    if (k > 1)
                        fputc(' ', stdout);
                }
                fputs("</note>", stdout);
                noted++;
            }
        }
        fputs("</p>\n", stdout);
    }
    fputs("  </body>\n", stdout);
}

static void
signatory(void)
{
    printf("      <signatory status=\"signed\"><persName>%s <surname>", ONE_OF(first));
    made_name();
    printf("</surname></persName><role>%s</role><orgName>%s", ONE_OF(offices), ONE_OF(places));
    made_name();
    fputs("</orgName></signatory>\n", stdout);
}

static void
annex(long signatories, long groups, const char *layout)
{
    printf("  <signatories layout=\"%s\"%s order=\"%s\" numbered=\"yes\">\n"
           "    <head>Names and signatures</head>\n",
           layout, strcmp(layout, "columns") == 0 ? " columns=\"2\"" : "",
           groups > 0 ? "given" : "organisation");
    for (long g = 0; g < (groups > 0 ? groups : 1); g++) {
        long n = groups > 0 ? signatories / groups + (g < signatories % groups) : signatories;
        if (groups > 0 && n > 0) {
            fputs("    <group><head>", stdout);
            made_name();
            fputs("</head>\n", stdout);
        }
        for (long i = 0; i < n; i++)
            signatory();
        if (groups > 0 && n > 0)
            fputs("    </group>\n", stdout);
    }
    fputs("  </signatories>\n", stdout);
}

typedef struct settings {
    long        seed, words, signatories, groups, notes;
    const char *layout;
    long        records;
    int         foot, fields;
} settings;

static int
parse(settings *s, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--addressee-foot") == 0) {
            s->foot = 1;
            continue;
        }
        if (strcmp(argv[i], "--fields") == 0) {
            s->fields = 1;
            continue;
        }
        if (i + 1 >= argc)
            return 0;
        const char *value = argv[i + 1];
        if (strcmp(argv[i], "--seed") == 0)
            s->seed = atol(value);
        else if (strcmp(argv[i], "--records") == 0)
            s->records = atol(value);
        else if (strcmp(argv[i], "--words") == 0)
            s->words = atol(value);
        else if (strcmp(argv[i], "--signatories") == 0)
            s->signatories = atol(value);
        else if (strcmp(argv[i], "--groups") == 0)
            s->groups = atol(value);
        else if (strcmp(argv[i], "--notes") == 0)
            s->notes = atol(value);
        else if (strcmp(argv[i], "--layout") == 0)
            s->layout = value;
        else if (strcmp(argv[i], "--language") == 0)
            arabic = strcmp(value, "ar") == 0;
        else
            return 0;
        i++;
    }
    return 1;
}

/* What stands above the text. */
static void
head(const settings *s)
{
    printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<letter xmlns=\"urn:chancery:letter:1\" kind=\"%s\" xml:lang=\"%s\">\n"
           "  <meta>%s<title>Letter number %ld of the corpus</title></meta>\n"
           "  <addressee rank=\"ambassador\" gender=\"f\"%s>\n"
           "    <honorific>Her Excellency</honorific><persName>",
           s->fields ? "letter" : "joint-letter", arabic ? "ar" : "en",
           s->fields ? "<idno type=\"reference\"><field name=\"idno\"/></idno>" : "", s->seed,
           s->foot ? " position=\"foot\"" : "");
    if (s->fields) {
        fputs("<field name=\"name\"/>", stdout);
    } else {
        printf("Ms. %s ", ONE_OF(first));
        made_name();
    }
    printf("</persName>\n    <role>%s</role>\n"
           "    <address><addrLine>%s</addrLine></address>\n  </addressee>\n"
           "  <opener>\n    <dateline><placeName>Ravensholm</placeName>"
           "<date when=\"2026-03-02\"/></dateline>\n"
           "    <salute>%s</salute>\n  </opener>\n",
           s->fields ? "<field name=\"office\"/>" : "Permanent Representative",
           s->fields ? "<field name=\"town\"/>" : "Port Alden",
           s->fields ? "<field name=\"salute\"/>" : "Excellency,");
}

static void
records(long n)
{
    fputs("idno,name,office,town,salute\n", stdout);
    for (long i = 1; i <= n; i++) {
        printf("L-%06ld,%s ", i, ONE_OF(first));
        made_name();
        printf(",%s,", ONE_OF(offices));
        made_name();
        fputs(",\"Dear Ambassador ", stdout);
        made_name();
        fputs(",\"\n", stdout);
    }
}

int
main(int argc, char **argv)
{
    settings s = {.seed = 1, .words = 600, .layout = "table"};
    if (!parse(&s, argc, argv)) {
        fputs(
            "usage: corpus [--seed N] [--words N] [--signatories N] [--groups N] [--notes N]\n"
            "              [--layout blocks|table|columns] [--addressee-foot] [--language en|ar]\n"
            "              [--fields] [--records N]\n",
            stderr);
        return 2;
    }
    state += (uint64_t)s.seed * 0x9E3779B97F4A7C15u;
    for (int i = 0; i < 8; i++)
        pick(2);
    if (s.records > 0) {
        records(s.records);
        return fflush(stdout) == 0 ? 0 : 4;
    }
    head(&s);
    body(s.words, s.notes);
    fputs("  <closer>\n    <formula name=\"courtesy\">Accept, Excellency, the assurances of my "
          "highest consideration.</formula>\n    <signed><persName>",
          stdout);
    printf("%s ", ONE_OF(first));
    made_name();
    fputs("</persName><role>President of the Forum</role></signed>\n  </closer>\n", stdout);
    if (s.signatories > 0)
        annex(s.signatories, s.groups, s.layout);
    fputs("</letter>\n", stdout);
    return fflush(stdout) == 0 ? 0 : 4;
}
