#include "cli.h"

#include <stdio.h>

/* The table of rules: name, diagnostic, what is wrong, who says so. */
int
cli_rules(const cli_options *o)
{
    if (o->n_operands > 0 || o->out || o->dump >= 0)
        return cli_usage_error("rules takes no letter and writes no file");
    for (size_t i = 0; i < chancery_rules(); i++) {
        chancery_rule r;
        if (chancery_rule_at(i, &r))
            printf("%s  %c%u\n    %s\n    source: %s\n", r.name,
                   r.severity == CHANCERY_ERROR ? 'E' : 'W', r.number, r.what, r.source);
    }
    return fflush(stdout) == 0 ? 0 : CHANCERY_ERR_IO;
}
