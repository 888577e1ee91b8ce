/* job/batch_inputs.c -- the files that a batch's outputs depend on, from the manifest's lines. */
#include "job/batch_inside.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

bool
ch_batch_input_add(ch_batch *b, const char *path)
{
    for (size_t i = 0; i < b->n_inputs; i++)
        if (strcmp(b->input[i], path) == 0)
            return true;
    char  *copy = strdup(path);
    char **more = copy ? realloc(b->input, (b->n_inputs + 1) * sizeof *more) : NULL;
    if (!more) {
        free(copy);
        return false;
    }
    b->input            = more;
    more[b->n_inputs++] = copy;
    return true;
}

bool
ch_batch_inputs_add(ch_batch *b, ch_str line)
{
    json_error_t  why;
    json_t       *object = json_loadb(line.p, line.n, 0, &why);
    const json_t *list   = json_object_get(object, "read");
    bool          ok     = true;
    for (size_t i = 0; ok && i < json_array_size(list); i++) {
        const char *path = json_string_value(json_object_get(json_array_get(list, i), "path"));
        ok               = !path || ch_batch_input_add(b, path);
    }
    json_decref(object);
    return ok;
}

void
ch_batch_inputs_clear(ch_batch *b)
{
    for (size_t i = 0; i < b->n_inputs; i++)
        free(b->input[i]);
    free(b->input);
    b->input    = NULL;
    b->n_inputs = 0;
}
