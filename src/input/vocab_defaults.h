/* input/vocab_defaults.h -- first line of a .def file: what the reader did not ask for is nothing.
 * No include guard: it is read once for every pass over a table. */
#ifndef CH_CLASS
#define CH_CLASS(name, members)
#endif
#ifndef CH_ATTRIBUTE
#define CH_ATTRIBUTE(name, xml)
#endif
#ifndef CH_EVERYWHERE
#define CH_EVERYWHERE(attributes)
#endif
#ifndef CH_CONDITIONS
#define CH_CONDITIONS(attributes)
#endif
#ifndef CH_ELEMENT
#define CH_ELEMENT(name, content, children, attributes, doc)
#endif
