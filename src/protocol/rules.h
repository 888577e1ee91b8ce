/* protocol/rules.h -- the rules of protocol, and the letters that are held against them.
 *
 * Reads:   rules.def; the tree of a letter; the words of its language (words.h).
 * Makes:   diagnostics, each with the source of its rule.
 *
 * A letter silences a rule with <waive rule="..." reason="..."/>.  Kinds of document, and what
 * they require as parts, are kinds.c's. */
#ifndef CH_PROTOCOL_RULES_H
#define CH_PROTOCOL_RULES_H

#include "base/base.h"

struct ch_node;
struct ch_protocol;
struct ch_locales;

typedef enum ch_rule {
#define RULE(letter, number, slug, source, what) CH_RULE_##slug,
#include "protocol/rules.def"
#undef RULE
    CH_RULES
} ch_rule;

typedef struct ch_rule_def {
    ch_code     code; /* its slug is the rule's name */
    const char *source, *what;
} ch_rule_def;

/* The rules in the order of the table. */
const ch_rule_def *ch_rule_at(size_t i); /* i below CH_RULES */

/* Hold a letter against all rules; a letter inside an attachment is not read.
 * Returns: CH_OK also when there is something to say; otherwise why it could not be read.
 * Reports: what rules.def says; E3195 a waiver of no rule; N3196 a waiver without use. */
ch_status ch_rules_check(ch_ctx *cx, struct ch_protocol *p, struct ch_locales *locales,
                         const struct ch_node *letter);

#endif
