#include "job/reading.h"

#include <string.h>

ch_status
ch_read_input(ch_ctx *cx, ch_input_kind kind, ch_str path, size_t max, ch_str *name, ch_str *bytes)
{
    int           os_error = 0;
    ch_file_error err      = ch_file_read(cx->job, path.p, max, bytes, &os_error);
    *name                  = ch_str_is(path, "-") ? CH_STR_LIT("<stdin>") : path;
    ch_status st           = ch_report_file(cx, CH_NOWHERE, *name, err, os_error, max, CH_ERR_HOST);
    if (st != CH_OK)
        return st;
    ch_input_add_bytes(cx, kind, *name, *bytes, ch_file_exists(name->p));
    if (bytes->n == 0) {
        ch_report(cx, CH_E1005_file_empty, CH_NOWHERE, CH_ARG(*name));
        return CH_ERR_INPUT;
    }
    return CH_OK;
}
