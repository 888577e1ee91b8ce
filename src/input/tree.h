/* input/tree.h -- the element tree of one XML file, checked against its vocabulary.
 *
 * Reads:   what input/xml.h made.
 * Makes:   questions about it, and its print for --dump=tree.
 * Knows nothing of what an element means.
 *
 * White space between elements is not in the tree; text in running text is as in the file
 * (references resolved, line ends made LF), not yet collapsed.  Adjacent text is one node.
 * Everything lives in the job's arena and is read-only. */
#ifndef CH_INPUT_TREE_H
#define CH_INPUT_TREE_H

#include "input/vocab.h"

typedef enum ch_node_kind { CH_NODE_ELEMENT, CH_NODE_TEXT } ch_node_kind;

typedef struct ch_attr {
    uint16_t attr;  /* of the vocabulary */
    ch_str   value; /* white space normalised as its datatype says */
    ch_where where; /* name="value" */
} ch_attr;

typedef struct ch_node {
    ch_node_kind    kind;
    uint16_t        elem;  /* of the vocabulary; 0 for text */
    ch_where        where; /* of an element its start tag, of text all its bytes */
    ch_str          text;  /* of text; of an element its name as written */
    ch_str          lang;  /* xml:lang here or inherited; empty when there is none */
    const ch_attr  *attrs;
    size_t          n_attrs;
    struct ch_node *parent, *first, *last, *next; /* children and siblings: elements and texts */
} ch_node;

/* The first child, or next sibling, of that element; NULL when there is none.  n may be NULL. */
const ch_node *ch_node_child(const ch_node *n, int elem);
const ch_node *ch_node_next(const ch_node *n, int elem);
/* How many children of that element it has.  n may be NULL. */
size_t ch_node_count(const ch_node *n, int elem);
/* The first child, or next sibling, that is an element at all. */
const ch_node *ch_node_elements_first(const ch_node *n);
const ch_node *ch_node_elements_next(const ch_node *n);
/* The node behind n in document order below root; NULL at the end. */
const ch_node *ch_node_walk(const ch_node *n, const ch_node *root);
/* The one behind n and all that is in it. */
const ch_node *ch_node_behind(const ch_node *n, const ch_node *root);
/* Of the children of that element, the one for a language: the same tag, or else one with the
 * same primary language, or else the first.  NULL when there is none. */
const ch_node *ch_node_alternative(const ch_node *n, int elem, ch_str lang);

const ch_attr *ch_node_attr(const ch_node *n, int attr);     /* NULL when absent */
ch_str         ch_node_attr_str(const ch_node *n, int attr); /* empty when absent */
/* Make n, which is in no tree, the last child of parent; NULL: it has none. */
void ch_node_append(ch_node *parent, ch_node *n);
/* All the text below, raw, in a. */
ch_str ch_node_text(ch_arena *a, const ch_node *n);

/* One line a node: indentation, name or text, attributes, byte range. */
void ch_tree_dump(ch_buf *out, const ch_vocab *v, const ch_node *root, const ch_diags *d);

#endif
