#include "input/sax.h"

#include <pthread.h>
#include <string.h>

static pthread_once_t parser_once = PTHREAD_ONCE_INIT;

void
ch_sax_begin(void)
{
    (void)pthread_once(&parser_once, xmlInitParser);
}

size_t
ch_sax_value(char *to, const char *p, size_t n)
{
    static const char and[] = "&#38;";
    size_t len = sizeof and-1, made = 0;
    for (size_t i = 0; i < n; i++) {
        to[made++] = p[i];
        if (n - i >= len && !memcmp(p + i, and, len))
            i += len - 1;
    }
    return made;
}
