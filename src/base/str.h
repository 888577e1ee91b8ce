/* base/str.h -- a borrowed piece of UTF-8 with its length; not NUL-terminated
 * unless the maker says so.  An empty one has p == "" and never NULL. */
#ifndef CH_BASE_STR_H
#define CH_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ch_str {
    const char *p;
    size_t      n;
} ch_str;

#define CH_STR_EMPTY ((ch_str){"", 0})
#define CH_STR_LIT(s) ((ch_str){(s), sizeof(s) - 1})

ch_str ch_str_from(const char *z); /* NULL gives the empty string */
bool   ch_str_eq(ch_str a, ch_str b);
bool   ch_str_is(ch_str a, const char *z);
int    ch_str_cmp(ch_str a, ch_str b); /* by bytes, like memcmp */
bool   ch_str_starts(ch_str a, const char *z);
bool   ch_str_ends(ch_str a, const char *z);
/* Behind the last space; all of it when there is none.  Of a name with no family name marked, the
 * word that it is ordered by. */
ch_str ch_str_last_word(ch_str a);
ch_str ch_str_trim(ch_str a); /* without XML white space at both ends */
ch_str ch_str_sub(ch_str a, size_t from, size_t to);
/* The line at *at, which moves behind its line feed; false: there is no more.  Begin with 0. */
bool ch_str_line(ch_str s, size_t *at, ch_str *line);
bool ch_is_space(char c); /* white space of XML */
/* As a token of XML is: white space is none at the ends and one space inside.  to: room for s.n
 * bytes; returns how many there are. */
size_t ch_space_fold(ch_str s, char *to);
/* The length of the reference that begins with the & at `at`: one of the five names of XML, or the
 * number of a character that XML has, which is *cp; 0: it is none. */
size_t ch_xml_reference(ch_str s, size_t at, uint32_t *cp);
/* A letter of ASCII in the other case; any other byte as it is. */
char ch_lower(char c);
char ch_upper(char c);

/* Decode the code point at s.p[*at] and move *at behind it.
 * An invalid sequence gives U+FFFD and moves one byte. */
uint32_t ch_utf8_next(ch_str s, size_t *at);
/* The code point that begins at `at`, 0 at the end; the one before `at`, 0 at the beginning. */
uint32_t ch_utf8_at(ch_str s, size_t at);
uint32_t ch_utf8_before(ch_str s, size_t at);
/* Where the code point before `at` begins; at is not 0. */
size_t ch_utf8_back(ch_str s, size_t at);
/* Encode cp into out (4 bytes of room); returns the number of bytes. */
size_t ch_utf8_put(uint32_t cp, char out[4]);
/* The offset of the first byte that is not valid UTF-8, or s.n. */
size_t ch_utf8_valid(ch_str s);

#endif
