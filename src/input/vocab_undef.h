/* input/vocab_undef.h -- last line of a .def file.  No include guard, as above. */
#undef CH_CLASS
#undef CH_ATTRIBUTE
#undef CH_EVERYWHERE
#undef CH_CONDITIONS
#undef CH_ELEMENT
