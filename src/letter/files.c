/* letter/files.c -- the files that a letter names. */
#include "letter/builder.h"

/* Is it a folder?  Only then does "." in it resolve, and vanish from the path. */
static bool
is_folder(ch_builder *b, ch_str name)
{
    ch_str dot  = ch_arena_printf(b->cx->job, "%.*s/.", CH_ARG(name));
    ch_str path = ch_path_below(b->cx->job, b->path, dot, b->cx->allowed, b->cx->n_allowed);
    return path.n > 0 && !ch_str_ends(path, "/.");
}

ch_str
ch_named_file(ch_builder *b, const ch_attr *attr)
{
    ch_ctx *cx   = b->cx;
    ch_str  name = attr->value;
    if (ch_placeholder(name))
        return CH_STR_EMPTY; /* said already */
    ch_str path   = ch_path_below(cx->job, b->path, name, cx->allowed, cx->n_allowed);
    ch_str folder = ch_path_folder(cx->job, b->path);
    ch_str near   = ch_path_join(cx->job, ch_str_is(folder, ".") ? CH_STR_EMPTY : folder, name);
    /* Called by the name that its user knows; the real one only says whether it is allowed. */
    if (path.n > 0 && ch_file_exists(path.p))
        return near;
    if (path.n == 0 && ch_file_exists(near.p)) {
        ch_report(cx, CH_E1007_path_outside, attr->where, CH_ARG(name));
        ch_hint(cx,
                "files are read below the folder of the letter, and below those that are allowed");
    } else if (path.n > 0 && is_folder(b, name)) {
        ch_report(cx, CH_E1002_file_is_directory, attr->where, CH_ARG(name));
    } else {
        ch_report(cx, CH_E1001_file_missing, attr->where, CH_ARG(name));
    }
    return CH_STR_EMPTY;
}
