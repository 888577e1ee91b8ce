#include "job/reading.h"

#include <string.h>

static ch_status
report_file_error(ch_ctx *cx, ch_str name, ch_file_error err, int os_error, size_t max)
{
    switch (err) {
    case CH_FILE_OK:
        return CH_OK;
    case CH_FILE_MISSING:
        ch_report(cx, CH_E1001_file_missing, CH_NOWHERE, CH_ARG(name));
        break;
    case CH_FILE_IS_DIRECTORY:
        ch_report(cx, CH_E1002_file_is_directory, CH_NOWHERE, CH_ARG(name));
        break;
    case CH_FILE_TOO_LARGE:
        ch_report(cx, CH_E1004_file_too_large, CH_NOWHERE, CH_ARG(name), max);
        return CH_ERR_LIMIT;
    case CH_FILE_UNREADABLE:
    case CH_FILE_FAILED:
        ch_report(cx, CH_E1003_file_unreadable, CH_NOWHERE, CH_ARG(name), strerror(os_error));
        break;
    }
    return CH_ERR_HOST;
}

ch_status
ch_read_input(ch_ctx *cx, ch_input_kind kind, ch_str path, size_t max, ch_str *name, ch_str *bytes)
{
    int           os_error = 0;
    ch_file_error err      = ch_file_read(cx->job, path.p, max, bytes, &os_error);
    *name                  = ch_str_is(path, "-") ? CH_STR_LIT("<stdin>") : path;
    ch_status st           = report_file_error(cx, *name, err, os_error, max);
    if (st != CH_OK)
        return st;
    ch_input_add_bytes(cx, kind, *name, *bytes, ch_file_exists(name->p));
    if (bytes->n == 0) {
        ch_report(cx, CH_E1005_file_empty, CH_NOWHERE, CH_ARG(*name));
        return CH_ERR_INPUT;
    }
    return CH_OK;
}
