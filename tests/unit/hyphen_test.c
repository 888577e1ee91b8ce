/* tests/unit/hyphen_test.c -- the hyphenation points of words against libhyphen's, which is
 * asked at run time; without that library the comparison is skipped (exit 77).
 *
 *   hyphen_test [LANG WORDLIST]...   compares other lists, one word a line */
#include "text/shared.h"
#include "text/text.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#define FOLDER "/usr/share/hyphen"

typedef struct library {
    void *(*load)(const char *);
    void (*free)(void *);
    int (*hyphenate)(void *, const char *, int, char *, char *, char ***, int **, int **);
} library;

static const struct {
    const char *lang, *file, *encoding, *words;
} LISTS[] = {
    {"en", "hyph_en_US.dic", "UTF-8",
     "accordance acknowledgement ambassador appreciation arrangement assistance beneficiary "
     "bilateral ceasefire commemoration communication consideration consultation convention "
     "cooperation correspondence delegation determination development diplomatic disarmament "
     "distinguished environmental establishment excellency extraordinary friendship governmental "
     "hospitality humanitarian implementation independence institution international invitation "
     "jurisdiction legislation ministerial multilateral negotiation neighbourhood obligation "
     "organization parliamentary peacekeeping permanent plenipotentiary presentation president "
     "protocol recommendation reconciliation representative republic resolution secretariat "
     "signature sovereignty strengthening territory transparency undersigned understanding "
     "vulnerable withdrawal Abcdefgh strengths through"},
    {"fr", "hyph_fr.dic", "UTF-8",
     "accord ambassadeur aujourd'hui l'ambassade bienveillance chancellerie communication "
     "considération d'accueillir développement éminent établissement excellence extraordinaire "
     "gouvernement haute honneur hospitalité ministère négociation nomination l'organisation "
     "parlementaire plénipotentiaire présidence qu'elle reconnaissance représentant république "
     "résolution secrétariat signature souveraineté territoire transparence l'éventualité"},
    {"de", "hyph_de_DE.dic", "ISO-8859-1",
     "abkommen außenministerium botschafter bundesregierung einladung entwicklung "
     "zusammenarbeit regierungsvertreter staatssekretär unterzeichnung vereinbarung "
     "verhandlung völkerrecht wirtschaftsabkommen generalsekretär donaudampfschiff "
     "menschenrechtsausschuss mitgliedstaaten gewährleisten schifffahrt dahin vorabend "
     "zypressenwald übereinkommen größenordnung hochachtungsvoll ab-teilung geht's"},
    {"es", "hyph_es_ES.dic", "UTF-8",
     "acuerdo agradecimiento ambajador comunicación consideración cooperación desarrollo "
     "distinguida embajador excelencia extraordinario gobierno hospitalidad ministerio "
     "negociación organización parlamentario plenipotenciario presidencia reconocimiento "
     "representante república resolución secretaría señores soberanía territorio vergüenza"},
    {"ru", "hyph_ru_RU.dic", "KOI8-R",
     "благодарность внимание государство договор договорённость заверения заседание "
     "министерство международный мероприятие независимость обязательство объявление организация "
     "переговоры подписание посольство правительство председатель представитель президент "
     "приглашение республика резолюция секретариат сотрудничество суверенитет уважение "
     "чрезвычайный"},
    {"uk", "hyph_uk_UA.dic", "UTF-8",
     "запрошення міністерство посольство президент представник республіка співробітництво "
     "суверенітет підписання угода уряд домовленість незалежність повноважний"},
    {"pl", "hyph_pl_PL.dic", "ISO-8859-2",
     "ambasador ministerstwo porozumienie przedstawiciel rzeczpospolita współpraca zaproszenie "
     "nadzwyczajny pełnomocny bezpieczeństwo międzynarodowy zgromadzenie uprzejmość odszkodowanie"},
    {"cs", "hyph_cs_CZ.dic", "ISO-8859-2",
     "velvyslanec ministerstvo spolupráce mezinárodní představitel dohoda pozvání republika "
     "zplnomocněný vyjednávání nezávislost společenství"},
    {"hu", "hyph_hu_HU.dic", "UTF-8",
     "nagykövet minisztérium együttműködés meghívás köztársaság nemzetközi képviselő megállapodás "
     "függetlenség asszony jogszabály rendkívüli meggyőződés"},
    {"it", "hyph_it_IT.dic", "ISO-8859-1",
     "ambasciatore ministero collaborazione rappresentante straordinario plenipotenziario "
     "accordo governo presidenza sovranità negoziato"},
    {"pt", "hyph_pt_PT.dic", "ISO-8859-1",
     "embaixador ministério cooperação representante extraordinário plenipotenciário acordo "
     "governo presidência soberania negociação"},
    {"el", "hyph_el_GR.dic", "ISO-8859-7",
     "πρέσβης υπουργείο συνεργασία αντιπρόσωπος συμφωνία κυβέρνηση προεδρία πρόσκληση δημοκρατία"},
    {"nl", "hyph_nl_NL.dic", "ISO-8859-1",
     "ambassadeur ministerie samenwerking vertegenwoordiger buitengewoon overeenkomst regering "
     "uitnodiging volkenrecht rijksoverheid waterschapsbestuur arbeidsongeschiktheid"},
    {"sv", "hyph_sv_SE.dic", "ISO-8859-1",
     "ambassadör regeringskansliet utrikesdepartementet samarbetsavtal inbjudan företrädare "
     "riksdagsledamot flygplatsterminal säkerhetsrådet statsminister tillåta"},
    {"da", "hyph_da_DK.dic", "ISO-8859-1",
     "ambassadør udenrigsministeriet samarbejdsaftale indbydelse regeringschef repræsentant "
     "folkeretten statsminister sikkerhedsrådet"},
    {"nb", "hyph_nb_NO.dic", "ISO-8859-1",
     "ambassadør utenriksdepartementet samarbeidsavtale invitasjon regjeringssjef representant "
     "folkeretten statsminister sikkerhetsrådet utviklingssamarbeid"},
};

static int failures, compared;

/* The points that libhyphen gives, as offsets in UTF-8. */
static size_t
theirs(const library *lib, void *dict, const char *encoding, const char *word, size_t *at,
       size_t max)
{
    char       own[400], marks[420];
    char     **rep = NULL;
    int       *pos = NULL, *cut = NULL;
    UErrorCode e = U_ZERO_ERROR;
    size_t     n = strlen(word), found = 0;
    int        len = ucnv_convert(encoding, "UTF-8", own, sizeof own - 1, word, (int32_t)n, &e);
    if (U_FAILURE(e) || lib->hyphenate(dict, own, len, marks, NULL, &rep, &pos, &cut) != 0)
        return 0;
    /* One mark a character, behind it. */
    size_t i = 0;
    for (size_t k = 0; i < n && found < max; k++) {
        ch_str s = {word, n};
        (void)ch_utf8_next(s, &i);
        /* Where the spelling changes at the hyphen we offer no point. */
        if ((marks[k] & 1) && i < n && !(rep && rep[k]))
            at[found++] = i;
    }
    for (int k = 0; rep && k < len; k++)
        free(rep[k]);
    free(rep);
    free(pos);
    free(cut);
    return found;
}

static void
print(const char *who, const char *word, const size_t *at, size_t n)
{
    fprintf(stderr, "  %s: ", who);
    for (size_t i = 0, k = 0; word[i]; i++) {
        if (k < n && at[k] == i) {
            fputc('=', stderr);
            k++;
        }
        fputc(word[i], stderr);
    }
    fputc('\n', stderr);
}

static void
compare(const library *lib, void *dict, const char *encoding, ch_hyphens *h, ch_ctx *cx,
        const char *lang, const char *word)
{
    size_t a[64], b[64];
    if (strlen(word) > 120)
        return;
    size_t n = ch_hyphenate(h, cx, ch_str_from(lang), ch_str_from(word), a, 64);
    size_t m = theirs(lib, dict, encoding, word, b, 64);
    compared++;
    if (n == m && !memcmp(a, b, n * sizeof *a))
        return;
    if (failures++ < 20) {
        fprintf(stderr, "%s differs\n", lang);
        print("ours", word, a, n);
        print("libhyphen", word, b, m);
    }
}

static void
compare_list(const library *lib, ch_hyphens *h, ch_ctx *cx, size_t l, const char *file)
{
    char path[300], word[512];
    (void)snprintf(path, sizeof path, FOLDER "/%s", LISTS[l].file);
    void *dict = lib->load(path);
    if (!dict) {
        printf("skip %s: %s is not installed\n", LISTS[l].lang, path);
        return;
    }
    FILE *f = file ? fopen(file, "r") : NULL;
    for (const char *p = LISTS[l].words; !file && *p;) {
        size_t n = strcspn(p, " ");
        (void)snprintf(word, sizeof word, "%.*s", (int)n, p);
        compare(lib, dict, LISTS[l].encoding, h, cx, LISTS[l].lang, word);
        p += n + (p[n] == ' ');
    }
    while (f && fgets(word, sizeof word, f)) {
        word[strcspn(word, "\r\n")] = 0;
        compare(lib, dict, LISTS[l].encoding, h, cx, LISTS[l].lang, word);
    }
    if (f)
        fclose(f);
    lib->free(dict);
}

/* A word with all its hyphens, as it is spelled with them. */
static void
respelled(ch_hyphens *h, ch_ctx *cx, const char *word, const char *wanted)
{
    const ch_patterns *p = ch_hyphens_patterns(h, cx, CH_STR_LIT("hu"));
    ch_hyphen_point    point[16];
    char               got[100] = "";
    size_t             from     = 0;
    if (!p)
        return;
    size_t n = ch_hyphen_points(p, ch_str_from(word), point, 16);
    for (size_t i = 0; i < n; i++) {
        strncat(got, word + from, point[i].at - point[i].cut - from);
        strcat(got, point[i].pre);
        strcat(got, "-");
        from = point[i].at;
    }
    strcat(got, word + from);
    if (!strcmp(got, wanted))
        return;
    fprintf(stderr, "%s: wanted %s, got %s\n", word, wanted, got);
    failures++;
}

static void
respellings(ch_hyphens *h, ch_ctx *cx)
{
    respelled(h, cx, "asszonnyal", "asz-szony-nyal");
    respelled(h, cx, "ASSZONNYAL", "ASZ-SZONY-NYAL");
    respelled(h, cx, "hosszabb", "hosz-szabb");
    respelled(h, cx, "l\xC3\xA1nnyal", "l\xC3\xA1ny-nyal");
    respelled(h, cx, "eddze", "edz-dze");
    respelled(h, cx, "asztal", "asz-tal");
}

/* What must hold without libhyphen too. */
static void
known_points(ch_hyphens *h, ch_ctx *cx)
{
    size_t at[16];
    if (ch_hyphenate(h, cx, CH_STR_LIT("xx"), CH_STR_LIT("communication"), at, 16) != 0)
        failures++;
    if (ch_hyphenate(h, cx, CH_STR_LIT("en"), CH_STR_EMPTY, at, 16) != 0)
        failures++;
    /* The letters of a word may be capitals, and a typographic apostrophe is one. */
    size_t n = ch_hyphenate(h, cx, CH_STR_LIT("en-GB"), CH_STR_LIT("Communication"), at, 16);
    if (n && at[0] != 3)
        failures++;
    size_t m =
        ch_hyphenate(h, cx, CH_STR_LIT("fr"), CH_STR_LIT("l\xE2\x80\x99organisation"), at, 16);
    if (m && (at[0] < 4 || at[m - 1] > 12))
        failures++;
}

/* A file in an encoding that nobody knows gives a warning and no points. */
static void
damaged_file(ch_ctx *cx)
{
    char        folder[] = "/tmp/chancery-hyphen-XXXXXX", path[64];
    ch_hyphens *h;
    size_t      at[4];
    if (!mkdtemp(folder))
        return;
    (void)snprintf(path, sizeof path, "%s/hyph_en_US.dic", folder);
    FILE *f = fopen(path, "w");
    if (f) {
        fputs("KLINGON-1\n1b1\n", f);
        fclose(f);
    }
    if (f && ch_hyphens_new(cx, ch_str_from(folder), &h) == CH_OK) {
        size_t n = ch_hyphenate(h, cx, CH_STR_LIT("en"), CH_STR_LIT("abababab"), at, 4);
        if (n != 0 || ch_diags_count(cx->diags) != 1 ||
            ch_diags_at(cx->diags, 0)->code != CH_W5013_bad_patterns) /* W5013 */
            failures++;
        ch_hyphens_free(h);
    }
    (void)remove(path);
    (void)rmdir(folder);
}

int
main(int argc, char **argv)
{
    ch_arena *a = ch_arena_new(0), *s = ch_arena_new(0);
    if (!a || !s)
        return 1;
    ch_ctx cx = {.job = a, .scratch = s, .diags = ch_diags_new(a)};
    ch_limits_fill(&cx.limits);
    ch_hyphens *h;
    if (ch_hyphens_new(&cx, CH_STR_LIT("/nonexistent:" FOLDER), &h) != CH_OK)
        return 1;
    known_points(h, &cx);
    respellings(h, &cx);
    library lib = {0};
    /* libhyphen leaks a little; the sanitizer build runs our side alone. */
    bool  alone = getenv("CHANCERY_SAN") != NULL;
    void *so    = alone ? NULL : dlopen("libhyphen.so.0", RTLD_NOW);
    if (so) {
        *(void **)&lib.load      = dlsym(so, "hnj_hyphen_load");
        *(void **)&lib.free      = dlsym(so, "hnj_hyphen_free");
        *(void **)&lib.hyphenate = dlsym(so, "hnj_hyphen_hyphenate2");
    }
    bool can = lib.load && lib.free && lib.hyphenate;
    for (size_t l = 0; can && l < sizeof LISTS / sizeof *LISTS; l++) {
        bool asked = argc < 3;
        for (int i = 1; i + 1 < argc; i += 2)
            if (!strcmp(argv[i], LISTS[l].lang))
                compare_list(&lib, h, &cx, l, argv[i + 1]);
        if (asked)
            compare_list(&lib, h, &cx, l, NULL);
    }
    for (size_t l = 0; alone && l < sizeof LISTS / sizeof *LISTS; l++)
        for (const char *p = LISTS[l].words; *p;) {
            size_t n = strcspn(p, " "), at[64];
            (void)ch_hyphenate(h, &cx, ch_str_from(LISTS[l].lang), (ch_str){p, n}, at, 64);
            p += n + (p[n] == ' ');
        }
    if (ch_diags_count(cx.diags) != 0)
        failures++;
    ch_hyphens_free(h);
    damaged_file(&cx);
    ch_arena_free(s);
    ch_arena_free(a);
    if (so)
        dlclose(so);
    printf("%d words compared, %d differ\n", compared, failures);
    if (failures)
        return 1;
    if (alone)
        return 0;
    if (!can || compared == 0) {
        puts("libhyphen or its patterns are not installed");
        return 77;
    }
    return 0;
}
