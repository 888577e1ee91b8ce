/* font/catalogue.h -- the catalogue's inside; for font/ alone.
 *
 * All entries and the index of families are made once and never change, apart from `face`
 * and `verdict` of an entry and the list of orders, which the lock guards. */
#ifndef CH_FONT_CATALOGUE_H
#define CH_FONT_CATALOGUE_H

#include "font/face.h"
#include "font/font.h"

#include <fontconfig/fontconfig.h>
#include <pthread.h>

/* One font that fontconfig knows: a file and an index. */
typedef struct ch_font_entry {
    FcPattern      *pattern;
    FcCharSet      *chars;
    FcLangSet      *langs;
    const char     *file, *family, *style;
    int             index;
    int             weight; /* 100..1000 */
    int             slant;  /* FC_SLANT_ROMAN, ... */
    int             width;  /* 100 is normal */
    bool            mono;
    bool            opened; /* face and verdict are set */
    ch_face        *face;   /* NULL when the verdict is not CH_FACE_OK */
    ch_face_verdict verdict;
    const char     *why;
} ch_font_entry;

/* A family name of an entry; chained by hash. */
typedef struct ch_font_name {
    const char *family;
    uint32_t    entry, next; /* next: 1 + its place among the names; 0 ends the chain */
} ch_font_name;

#define CH_FONT_BUCKETS 1024

/* The fonts that serve one kind of text, best first. */
typedef struct ch_font_order {
    struct ch_font_order *next;
    ch_font_want          want; /* its strings belong to the catalogue */
    ch_font_entry       **at;   /* the role's families, as far as they are installed */
    size_t                n;
    ch_font_entry       **rest; /* every other font; NULL until it is needed */
    size_t                n_rest;
    ch_str                families; /* names of `at`, for people */
    struct ch_font_seen  *seen;     /* single characters already looked for */
} ch_font_order;

struct ch_fonts {
    ch_arena              *arena; /* entries, names, orders: under `lock` once made */
    ch_arena              *faces; /* under `loading` */
    FcConfig              *config;
    struct FT_LibraryRec_ *ft;
    pthread_mutex_t        lock; /* of entries' faces, orders and `arena` */
    pthread_mutex_t loading;     /* of FreeType and `faces`; taken before `lock`, never after it */
    ch_font_entry  *entry;
    size_t          n;
    ch_font_name   *name;
    size_t          n_names;
    uint32_t        bucket[CH_FONT_BUCKETS];
    ch_font_order  *orders;
    ch_str         *conf; /* the configuration's files */
    size_t          n_conf;
};

/* The order for a want, made when it is new; NULL when memory is out. */
ch_font_order *ch_fonts_order(ch_fonts *f, const ch_font_want *want);
/* Open the entry's face once; NULL when it cannot be used, the reason in the entry. */
const ch_face *ch_fonts_open(ch_fonts *f, ch_ctx *cx, ch_font_entry *e);
/* The best entry of a family for weight and slant; NULL when the family is not installed. */
ch_font_entry *ch_fonts_pick(ch_fonts *f, const char *family, const ch_font_want *want);
/* Make o->rest (font/cover.c); false when memory is out. */
bool ch_fonts_rest(ch_fonts *f, ch_font_order *o);
/* Say what is wrong with an entry that cannot be opened. */
void ch_fonts_complain(ch_ctx *cx, const ch_font_entry *e, ch_where where);
/* The family is not installed: say so, with near names and damaged files (font/missing.c). */
void ch_fonts_missing(ch_fonts *f, ch_ctx *cx, ch_str family, ch_where where);

#endif
