/* input/vocab_define.h -- make the const ch_vocab of a .def file; see input/vocab.h.
 * No include guard: a file of its own includes it once, after the CH_VOCAB_ macros. */

#define NOTHING
#define ELEMENTS CH_CONTENT_ELEMENTS
#define MIXED CH_CONTENT_MIXED
#define TEXT CH_D_TEXT, NULL
#define EMPTY CH_CONTENT_EMPTY

#define ONE(x) {CH_VOCAB_E(x), CH_OCCURS_ONE, false, 0},
#define OPT(x) {CH_VOCAB_E(x), CH_OCCURS_OPTIONAL, false, 0},
#define ANY(x) {CH_VOCAB_E(x), CH_OCCURS_ANY, false, 0},
#define SOME(x) {CH_VOCAB_E(x), CH_OCCURS_SOME, false, 0},
#define ALT(x) {CH_VOCAB_E(x), CH_OCCURS_ALT, false, 0},
#define ONE_OF(c) {CLASS_##c, CH_OCCURS_ONE, true, 0},
#define OPT_OF(c) {CLASS_##c, CH_OCCURS_OPTIONAL, true, 0},
#define ANY_OF(c) {CLASS_##c, CH_OCCURS_ANY, true, 0},
#define SOME_OF(c) {CLASS_##c, CH_OCCURS_SOME, true, 0},
#define SOME_OF_UNLESS(c, a) {CLASS_##c, CH_OCCURS_SOME, true, CH_VOCAB_A(a)},
#define IN(x) CH_VOCAB_E(x),

#define REQUIRED(a, type, doc) {CH_VOCAB_A(a), true, type, doc},
#define ALLOWED(a, type, doc) {CH_VOCAB_A(a), false, type, doc},
#define TOKEN CH_D_TOKEN, NULL
#define NAME CH_D_NAME, NULL
#define NAMES CH_D_NAMES, NULL
#define ID CH_D_ID, NULL
#define LANG CH_D_LANG, NULL
#define DATE CH_D_DATE, NULL
#define LENGTH CH_D_LENGTH, NULL
#define SIGNED_LENGTH CH_D_SIGNED_LENGTH, NULL
#define NATURAL CH_D_NATURAL, NULL
#define INTEGER CH_D_INTEGER, NULL
#define NUMBER CH_D_NUMBER, NULL
#define YES_NO CH_D_YES_NO, "yes no"
#define CHOICE(words) CH_D_CHOICE, words
#define CHOICES(words) CH_D_CHOICES, words
#define URI CH_D_URI, NULL
#define PATH CH_D_PATH, NULL

enum {
#define CH_CLASS(name, members) CLASS_##name,
#include CH_VOCAB_FILE
    CLASS_COUNT
};

#define CH_CLASS(name, members) static const uint16_t class_##name[] = {members 0};
#include CH_VOCAB_FILE

static const ch_class_def classes[] = {
#define CH_CLASS(name, members) {#name, class_##name},
#include CH_VOCAB_FILE
    {NULL, NULL}};

static const char *const attrs[] = {
    "",
#define CH_ATTRIBUTE(name, xml) xml,
#include CH_VOCAB_FILE
};

#define CH_EVERYWHERE(attributes)                                                                  \
    static const ch_attr_use everywhere[] = {attributes{0, false, CH_D_TEXT, NULL, NULL}};
#include CH_VOCAB_FILE

static const ch_attr_use conditions[] = {
#define CH_CONDITIONS(attributes) attributes
#include CH_VOCAB_FILE
    {0, false, CH_D_TEXT, NULL, NULL}};

#define CH_ELEMENT(name, content, children, attributes, doc)                                       \
    static const ch_particle particles_##name[] = {children{0, 0, false, 0}};                      \
    static const ch_attr_use attrs_##name[]     = {attributes{0, false, CH_D_TEXT, NULL, NULL}};
#include CH_VOCAB_FILE

/* TEXT as content and TEXT as the type of an attribute are two things. */
#undef TEXT
#define TEXT CH_CONTENT_TEXT
static const ch_element_def elements[] = {
    {"", CH_CONTENT_EMPTY, NULL, NULL, ""},
#define CH_ELEMENT(name, content, children, attributes, doc)                                       \
    {#name, content, particles_##name, attrs_##name, doc},
#include CH_VOCAB_FILE
};

const ch_vocab CH_VOCAB_NAME = {
    .ns           = CH_VOCAB_NS,
    .root         = CH_VOCAB_ROOT,
    .placeholders = CH_VOCAB_PLACEHOLDERS,
    .elements     = elements,
    .n_elements   = sizeof elements / sizeof *elements,
    .attrs        = attrs,
    .n_attrs      = sizeof attrs / sizeof *attrs,
    .classes      = classes,
    .n_classes    = CLASS_COUNT,
    .everywhere   = everywhere,
    .conditions   = conditions,
};
