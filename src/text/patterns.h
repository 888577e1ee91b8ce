/* text/patterns.h -- hyphenation patterns of one language; for text/ alone.
 *
 * Reads:   the bytes of a pattern file as the distribution has them: an encoding, settings,
 *          Liang's patterns (Word Hy-phen-a-tion by Com-put-er, 1983), and perhaps a second
 *          list behind NEXTLEVEL; the first then finds the parts of compounds.
 * Makes:   a trie that is never changed.  Knows nothing of letters' texts. */
#ifndef CH_TEXT_PATTERNS_H
#define CH_TEXT_PATTERNS_H

#include "base/base.h"

typedef struct ch_patterns ch_patterns;

enum { CH_WORD_MOST = 255 }; /* bytes; longer words are not hyphenated */

/* Load from `bytes`, which like the arena must outlive the patterns; free them with
 * ch_patterns_free.  NULL: *why says what is wrong (a constant), or is NULL when memory is out. */
ch_patterns *ch_patterns_load(ch_arena *a, ch_str bytes, const char **why);
void         ch_patterns_free(ch_patterns *p); /* NULL is fine */

/* In which encoding words are asked for: ISO 8859-1, or else UTF-8. */
bool ch_patterns_latin1(const ch_patterns *p);
/* Mark where a word in lower case may be divided: after byte i when mark[i] is not 0.
 * Needs word.n <= CH_WORD_MOST and room for word.n marks.  Threads: any. */
void ch_patterns_mark(const ch_patterns *p, ch_str word, uint8_t *mark);
/* The same, and where the spelling changes at a hyphen: with change[i].by not NULL the word's `cut`
 * bytes from `from` on become what stands at `by`: what is before the hyphen, =, what is behind it,
 * up to a comma or the line's end.  Without `change` such places are not marked. */
typedef struct ch_respelling {
    const char *by;
    size_t      from, cut;
} ch_respelling;
void ch_patterns_mark_all(const ch_patterns *p, ch_str word, uint8_t *mark, ch_respelling *change);

#endif
