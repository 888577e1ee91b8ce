/* input/nearest.c -- what was meant by a word that is almost right. */
#include "input/check.h"

#include <string.h>

#define WORD_MAX 40u

static unsigned
least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, changes and swaps of neighbours between two words of WORD_MAX bytes
 * at most, letters without regard to case (optimal string alignment distance). */
static unsigned
distance(ch_str a, ch_str b)
{
    unsigned rows[3][WORD_MAX + 1];
    for (unsigned j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a.n; i++) {
        unsigned *now = rows[i % 3], *up = rows[(i - 1) % 3], *above = rows[(i + 1) % 3];
        now[0] = i;
        for (unsigned j = 1; j <= b.n; j++) {
            char x = ch_lower(a.p[i - 1]), y = ch_lower(b.p[j - 1]);
            now[j] = least(up[j - 1] + (x != y), least(up[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && x == ch_lower(b.p[j - 2]) && ch_lower(a.p[i - 2]) == y)
                now[j] = least(now[j], above[j - 2] + 1);
        }
    }
    return rows[a.n % 3][b.n];
}

ch_str
ch_nearest(ch_str s, ch_str words)
{
    ch_str   best = CH_STR_EMPTY;
    unsigned top = s.n <= 4 ? 1 : s.n <= 8 ? 2 : 3, least_yet = top + 1;
    if (!s.n || s.n > WORD_MAX)
        return best;
    for (size_t at = 0; at < words.n;) {
        const char *space = memchr(words.p + at, ' ', words.n - at);
        size_t      end   = space ? (size_t)(space - words.p) : words.n;
        ch_str      word  = ch_str_sub(words, at, end);
        at                = end + 1;
        if (!word.n || word.n > WORD_MAX)
            continue;
        unsigned d = distance(s, word);
        if (d < least_yet && d < word.n && d < s.n) {
            least_yet = d;
            best      = word;
        }
    }
    return best;
}
