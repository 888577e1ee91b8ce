/* protocol/store.c -- reading the files of styles/protocol. */
#include "protocol/store.h"

#include "input/xml.h"

#include <string.h>

static ch_str
path_of(ch_ctx *cx, const char *folder, ch_str name)
{
    return ch_arena_printf(cx->job, "%s/%.*s.xml", folder, CH_ARG(name));
}

void
ch_store_used(ch_ctx *cx, const char *folder, ch_str name)
{
    ch_input_add(cx, CH_INPUT_PROTOCOL, path_of(cx, folder, name));
}

ch_status
ch_store_tree(ch_ctx *cx, const ch_vocab *vocab, const char *folder, ch_str name,
              const struct ch_node **root)
{
    ch_str path     = path_of(cx, folder, name);
    int    os_error = 0;
    ch_str bytes;
    ch_ctx inner = *cx; /* the limits of a job are for its letter, not for our own data */
    inner.limits = (ch_limits){0};
    ch_limits_fill(&inner.limits);
    *root = NULL;
    switch (ch_file_read(cx->job, path.p, inner.limits.file_bytes, &bytes, &os_error)) {
    case CH_FILE_OK:
        ch_input_add(cx, CH_INPUT_PROTOCOL, path);
        return ch_xml_read(&inner, vocab, path, bytes, root);
    case CH_FILE_MISSING:
        return CH_OK;
    default:
        break;
    }
    ch_report(cx, CH_E1003_file_unreadable, CH_NOWHERE, CH_ARG(path), strerror(os_error));
    return CH_ERR_HOST;
}
