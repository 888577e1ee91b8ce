#include "cli.h"

#include <string.h>

/* `chancery translate WHAT LETTER...`: the work around translations. */
int
cli_translate(const cli_options *o)
{
    static const struct {
        const char *name;
        int (*run)(const cli_options *o);
    } works[] = {{"parity", cli_parity}};
    for (size_t i = 0; o->n_operands > 0 && i < sizeof works / sizeof works[0]; i++)
        if (strcmp(o->operand[0], works[i].name) == 0)
            return works[i].run(o);
    return o->n_operands > 0
               ? cli_usage_error("translate does not know '%s': parity", o->operand[0])
               : cli_usage_error("translate needs to know what: parity");
}
