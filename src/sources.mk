# The files of each room; written by tests/lint/lists.sh --update.

base_sources = \
	src/base/arena.c \
	src/base/arena.h \
	src/base/base.h \
	src/base/buf.c \
	src/base/buf.h \
	src/base/civil.c \
	src/base/civil.h \
	src/base/codes.def \
	src/base/ctx.c \
	src/base/ctx.h \
	src/base/diag.c \
	src/base/diag.h \
	src/base/diag_add.h \
	src/base/diag_sarif.c \
	src/base/digest.c \
	src/base/digest.h \
	src/base/fd.h \
	src/base/files.c \
	src/base/files.h \
	src/base/host.c \
	src/base/host.h \
	src/base/inputs.c \
	src/base/inputs.h \
	src/base/keep.c \
	src/base/keep.h \
	src/base/lang.c \
	src/base/lang.h \
	src/base/len.c \
	src/base/len.h \
	src/base/map.c \
	src/base/map.h \
	src/base/status.h \
	src/base/str.c \
	src/base/str.h \
	src/base/stream.h

input_sources = \
	src/input/check.c \
	src/input/check.h \
	src/input/elements.c \
	src/input/elements.h \
	src/input/input.h \
	src/input/letter.def \
	src/input/letter_vocab.c \
	src/input/letter_vocab.h \
	src/input/nearest.c \
	src/input/reference.c \
	src/input/reference.h \
	src/input/rng.c \
	src/input/rng.h \
	src/input/sax.c \
	src/input/sax.h \
	src/input/scan.c \
	src/input/scan.h \
	src/input/tree.c \
	src/input/tree.h \
	src/input/vocab.c \
	src/input/vocab.h \
	src/input/vocab_defaults.h \
	src/input/vocab_define.h \
	src/input/vocab_undef.h \
	src/input/withheld.c \
	src/input/withheld.h \
	src/input/xml.c \
	src/input/xml.h

letter_sources = \
	src/letter/annex.c \
	src/letter/attach.c \
	src/letter/body.c \
	src/letter/build.c \
	src/letter/builder.h \
	src/letter/canonical.c \
	src/letter/canonical.h \
	src/letter/csv.c \
	src/letter/dump.c \
	src/letter/edition.c \
	src/letter/fields.c \
	src/letter/fields.h \
	src/letter/fields_used.c \
	src/letter/files.c \
	src/letter/formula.c \
	src/letter/fragment.c \
	src/letter/fragment.h \
	src/letter/inline.c \
	src/letter/letter.h \
	src/letter/levels.c \
	src/letter/merge.c \
	src/letter/merge.h \
	src/letter/order.c \
	src/letter/parity.c \
	src/letter/parity.def \
	src/letter/parity.h \
	src/letter/parity_print.c \
	src/letter/people.c \
	src/letter/pseudo.c \
	src/letter/record.c \
	src/letter/record.h \
	src/letter/title.c \
	src/letter/translate.c \
	src/letter/translate.h \
	src/letter/translate_xml.c \
	src/letter/translation.h \
	src/letter/units.c \
	src/letter/units.h \
	src/letter/version.c

locale_sources = \
	src/locale/amounts.c \
	src/locale/amounts.h \
	src/locale/calendar.c \
	src/locale/calendar.h \
	src/locale/catalog.c \
	src/locale/catalog.h \
	src/locale/catalog_read.h \
	src/locale/date.c \
	src/locale/direction.h \
	src/locale/icu.c \
	src/locale/labels.def \
	src/locale/locale.c \
	src/locale/locale.def \
	src/locale/locale.h \
	src/locale/locale_vocab.c \
	src/locale/locale_vocab.h \
	src/locale/mo.c \
	src/locale/number.c \
	src/locale/pack.c \
	src/locale/pack.h \
	src/locale/po.c \
	src/locale/script.c \
	src/locale/script.h \
	src/locale/typography.c \
	src/locale/typography.h \
	src/locale/words.c \
	src/locale/words.h \
	src/locale/xliff.c \
	src/locale/xliff.def \
	src/locale/xliff.h \
	src/locale/xliff_read.c \
	src/locale/xliff_vocab.c \
	src/locale/xliff_vocab.h

protocol_sources = \
	src/protocol/check_address.c \
	src/protocol/check_dates.c \
	src/protocol/check_names.c \
	src/protocol/check_note.c \
	src/protocol/check_order.c \
	src/protocol/check_parts.c \
	src/protocol/check_slips.c \
	src/protocol/check_symbols.c \
	src/protocol/forms.c \
	src/protocol/forms.h \
	src/protocol/kinds.c \
	src/protocol/kinds.h \
	src/protocol/kinds_vocab.c \
	src/protocol/kinds_vocab.def \
	src/protocol/kinds_vocab.h \
	src/protocol/lists.def \
	src/protocol/protocol.c \
	src/protocol/protocol.def \
	src/protocol/protocol.h \
	src/protocol/protocol_vocab.c \
	src/protocol/protocol_vocab.h \
	src/protocol/ranks.def \
	src/protocol/resolutions.def \
	src/protocol/rules.c \
	src/protocol/rules.def \
	src/protocol/rules.h \
	src/protocol/ruling.h \
	src/protocol/sources.c \
	src/protocol/sources.h \
	src/protocol/sources_vocab.c \
	src/protocol/sources_vocab.def \
	src/protocol/sources_vocab.h \
	src/protocol/store.c \
	src/protocol/store.h \
	src/protocol/typed_date.c \
	src/protocol/typed_date.h \
	src/protocol/walk.c \
	src/protocol/walk.h \
	src/protocol/words.c \
	src/protocol/words.def \
	src/protocol/words.h \
	src/protocol/words_vocab.c \
	src/protocol/words_vocab.h

figure_sources = \
	src/figure/colours.def \
	src/figure/drawing.c \
	src/figure/drawing.h \
	src/figure/drawing_dump.c \
	src/figure/svg.c \
	src/figure/svg.def \
	src/figure/svg.h \
	src/figure/svg_attr.c \
	src/figure/svg_colour.c \
	src/figure/svg_css.c \
	src/figure/svg_inside.h \
	src/figure/svg_lex.c \
	src/figure/svg_lex.h \
	src/figure/svg_paint.c \
	src/figure/svg_props.def \
	src/figure/svg_shape.c \
	src/figure/svg_style.c \
	src/figure/svg_tell.c \
	src/figure/svg_vocab.c \
	src/figure/svg_vocab.h

style_sources = \
	src/style/annex.c \
	src/style/annex_pages.c \
	src/style/attach.c \
	src/style/blocks.h \
	src/style/body.c \
	src/style/build.c \
	src/style/catalogue.c \
	src/style/catalogue_vocab.c \
	src/style/closer.c \
	src/style/dump.c \
	src/style/furniture.c \
	src/style/letterhead.c \
	src/style/opener.c \
	src/style/packed.c \
	src/style/props.def \
	src/style/roles.def \
	src/style/sheet.c \
	src/style/sheet.h \
	src/style/sheet_data.h \
	src/style/sheet_dump.c \
	src/style/sheet_langs.c \
	src/style/sheet_read.c \
	src/style/sheet_roles.c \
	src/style/spans.c \
	src/style/structure.c \
	src/style/structure.h \
	src/style/style.def \
	src/style/style_vocab.c \
	src/style/style_vocab.h \
	src/style/styler.h \
	src/style/template.c \
	src/style/type_roles.def \
	src/style/window.c

font_sources = \
	src/font/catalogue.c \
	src/font/catalogue.h \
	src/font/cover.c \
	src/font/face.c \
	src/font/face.h \
	src/font/font.h \
	src/font/half.c \
	src/font/list.c \
	src/font/missing.c \
	src/font/sfnt.c \
	src/font/sfnt.h

text_sources = \
	src/text/alike.c \
	src/text/breaks.c \
	src/text/chars.c \
	src/text/dump.c \
	src/text/edges.def \
	src/text/hyphenate.c \
	src/text/inputs.c \
	src/text/inside.h \
	src/text/itemize.c \
	src/text/kashida.c \
	src/text/kashida.def \
	src/text/keeps.c \
	src/text/kept.c \
	src/text/kept.h \
	src/text/levels.c \
	src/text/paragraph.c \
	src/text/patterns.c \
	src/text/patterns.h \
	src/text/ranges.c \
	src/text/recall.c \
	src/text/recall.h \
	src/text/rooms.c \
	src/text/script.c \
	src/text/shape.c \
	src/text/shared.h \
	src/text/stray.c \
	src/text/text.h \
	src/text/whole.c \
	src/text/whole.def

line_sources = \
	src/line/breaker.c \
	src/line/breaker.h \
	src/line/compose.c \
	src/line/dump.c \
	src/line/fill.c \
	src/line/fill.h \
	src/line/han.c \
	src/line/han.def \
	src/line/han.h \
	src/line/items.h \
	src/line/kashida.c \
	src/line/kept.c \
	src/line/kept.h \
	src/line/line.h \
	src/line/pass.c \
	src/line/protrude.c \
	src/line/protrude.h \
	src/line/protrusion.def \
	src/line/setter.h \
	src/line/slice.c \
	src/line/slice.h \
	src/line/strips.c \
	src/line/strips.h \
	src/line/table.c \
	src/line/table.h

page_sources = \
	src/page/annex.c \
	src/page/columns.c \
	src/page/columns.h \
	src/page/dump.c \
	src/page/emit.c \
	src/page/explain.c \
	src/page/furniture.c \
	src/page/layout.h \
	src/page/loosen.c \
	src/page/notes.c \
	src/page/optimum.c \
	src/page/optimum.h \
	src/page/page.h \
	src/page/pager.h \
	src/page/paginate.c \
	src/page/place.c \
	src/page/stack.c \
	src/page/table.c \
	src/page/vlist.c \
	src/page/vlist.h \
	src/page/window.c

pdf_sources = \
	src/pdf/cache.c \
	src/pdf/cache.h \
	src/pdf/cff.c \
	src/pdf/cff.h \
	src/pdf/cluster.c \
	src/pdf/cluster.h \
	src/pdf/compound.c \
	src/pdf/compound.h \
	src/pdf/content.c \
	src/pdf/content.h \
	src/pdf/drawing.c \
	src/pdf/drawing.h \
	src/pdf/fonts.c \
	src/pdf/fonts.h \
	src/pdf/fonts_write.c \
	src/pdf/groups.c \
	src/pdf/groups.def \
	src/pdf/groups.h \
	src/pdf/haru.c \
	src/pdf/haru.h \
	src/pdf/image.c \
	src/pdf/image.h \
	src/pdf/jpeg.c \
	src/pdf/link.c \
	src/pdf/link.h \
	src/pdf/look.c \
	src/pdf/look.h \
	src/pdf/merge.c \
	src/pdf/merge.h \
	src/pdf/meta.c \
	src/pdf/meta.h \
	src/pdf/pack.c \
	src/pdf/pack.h \
	src/pdf/pdf.c \
	src/pdf/pdf.h \
	src/pdf/png.c \
	src/pdf/put.c \
	src/pdf/put.h \
	src/pdf/srgb.c \
	src/pdf/srgb.h \
	src/pdf/structure.c \
	src/pdf/structure.h \
	src/pdf/structure_dump.c \
	src/pdf/structure_write.c \
	src/pdf/subset.c \
	src/pdf/subset.h \
	src/pdf/turns.c \
	src/pdf/turns.h \
	src/pdf/writer.h

job_sources = \
	src/job/batch.c \
	src/job/batch.h \
	src/job/batch_inputs.c \
	src/job/batch_inside.h \
	src/job/datadir.c \
	src/job/engine.c \
	src/job/engine.h \
	src/job/extract.c \
	src/job/extract.h \
	src/job/fontlock.c \
	src/job/fontlock.h \
	src/job/language.c \
	src/job/language.h \
	src/job/lines.c \
	src/job/manifest.c \
	src/job/manifest.h \
	src/job/manifest_line.c \
	src/job/names.c \
	src/job/names.h \
	src/job/output.c \
	src/job/plan.c \
	src/job/reading.c \
	src/job/reading.h \
	src/job/records.c \
	src/job/records.h \
	src/job/records_csv.c \
	src/job/records_inside.h \
	src/job/records_json.c \
	src/job/records_xml.c \
	src/job/render.c \
	src/job/render.h \
	src/job/sarif.c \
	src/job/sarif.h \
	src/job/select.c \
	src/job/select.h \
	src/job/summary.c \
	src/job/summary.h \
	src/job/versions.c \
	src/job/versions.h \
	src/job/worker.c

cli_sources = \
	src/cli/batch.c \
	src/cli/check.c \
	src/cli/cli.h \
	src/cli/common.c \
	src/cli/depfile.c \
	src/cli/editions.c \
	src/cli/fonts.c \
	src/cli/main.c \
	src/cli/options.c \
	src/cli/parity.c \
	src/cli/render.c \
	src/cli/rules.c \
	src/cli/translate.c \
	src/cli/verify.c

api_sources = \
	src/api.c \
	src/api.h \
	src/api_batch.c

unit_tests = \
	tests/unit/amounts_test \
	tests/unit/api_test \
	tests/unit/arabic_test \
	tests/unit/base_test \
	tests/unit/breaker_test \
	tests/unit/compose_test \
	tests/unit/compound_test \
	tests/unit/cut_test \
	tests/unit/font_test \
	tests/unit/groups_test \
	tests/unit/hyphen_test \
	tests/unit/input_test \
	tests/unit/inputs_test \
	tests/unit/keep_test \
	tests/unit/layout_test \
	tests/unit/letter_test \
	tests/unit/locale_cldr_test \
	tests/unit/locale_test \
	tests/unit/look_test \
	tests/unit/merge_test \
	tests/unit/page_test \
	tests/unit/pdf_test \
	tests/unit/protocol_test \
	tests/unit/records_test \
	tests/unit/rules_test \
	tests/unit/sarif_test \
	tests/unit/style_test \
	tests/unit/svg_test \
	tests/unit/text_test \
	tests/unit/translate_test \
	tests/unit/unicode_test \
	tests/unit/xliff_test

test_tools = \
	tests/tools/luatex_lines \
	tests/tools/png_diff

bench_programs = \
	bench/batch \
	bench/bench \
	bench/corpus \
	bench/floor

data_files = \
	styles/canada.xml \
	styles/catalogue.xml \
	styles/coalition.xml \
	styles/din-5008-a.xml \
	styles/din-5008-b.xml \
	styles/french-nf.xml \
	styles/gbt9704.xml \
	styles/gost-r-7.0.97.xml \
	styles/isiri-379-a5.xml \
	styles/isiri-379.xml \
	styles/japan-long-3.xml \
	styles/letter-us.xml \
	styles/letter.xml \
	styles/locales/ar-EG.xml \
	styles/locales/ar-SA.xml \
	styles/locales/ar.xml \
	styles/locales/cs.xml \
	styles/locales/da.xml \
	styles/locales/de.xml \
	styles/locales/el.xml \
	styles/locales/en-US.xml \
	styles/locales/en.xml \
	styles/locales/es.xml \
	styles/locales/fa-AF.xml \
	styles/locales/fa.xml \
	styles/locales/fr-CA.xml \
	styles/locales/fr-CH.xml \
	styles/locales/fr.xml \
	styles/locales/he.xml \
	styles/locales/hi.xml \
	styles/locales/hu.xml \
	styles/locales/it.xml \
	styles/locales/ja.xml \
	styles/locales/ko.xml \
	styles/locales/nb.xml \
	styles/locales/nl.xml \
	styles/locales/no.xml \
	styles/locales/pl.xml \
	styles/locales/prs.xml \
	styles/locales/ps.xml \
	styles/locales/pt-BR.xml \
	styles/locales/pt.xml \
	styles/locales/ru.xml \
	styles/locales/sv.xml \
	styles/locales/th.xml \
	styles/locales/tr.xml \
	styles/locales/uk.xml \
	styles/locales/und.xml \
	styles/locales/ur.xml \
	styles/locales/zh-HK.xml \
	styles/locales/zh-Hant.xml \
	styles/locales/zh-MO.xml \
	styles/locales/zh-TW.xml \
	styles/locales/zh.xml \
	styles/memorandum.xml \
	styles/ministry.xml \
	styles/note-verbale.xml \
	styles/open-letter.xml \
	styles/protocol/ar.xml \
	styles/protocol/cs.xml \
	styles/protocol/da.xml \
	styles/protocol/de.xml \
	styles/protocol/el.xml \
	styles/protocol/en.xml \
	styles/protocol/es.xml \
	styles/protocol/fa-AF.xml \
	styles/protocol/fa.xml \
	styles/protocol/fr.xml \
	styles/protocol/he.xml \
	styles/protocol/hi.xml \
	styles/protocol/hu.xml \
	styles/protocol/it.xml \
	styles/protocol/ja.xml \
	styles/protocol/kinds.xml \
	styles/protocol/ko.xml \
	styles/protocol/nb.xml \
	styles/protocol/nl.xml \
	styles/protocol/no.xml \
	styles/protocol/pl.xml \
	styles/protocol/prs.xml \
	styles/protocol/ps.xml \
	styles/protocol/pt.xml \
	styles/protocol/ru.xml \
	styles/protocol/sources.xml \
	styles/protocol/sv.xml \
	styles/protocol/th.xml \
	styles/protocol/tr.xml \
	styles/protocol/uk.xml \
	styles/protocol/ur.xml \
	styles/protocol/words/ar.xml \
	styles/protocol/words/de.xml \
	styles/protocol/words/en-US.xml \
	styles/protocol/words/en.xml \
	styles/protocol/words/es.xml \
	styles/protocol/words/fa-AF.xml \
	styles/protocol/words/fa.xml \
	styles/protocol/words/fr.xml \
	styles/protocol/words/it.xml \
	styles/protocol/words/prs.xml \
	styles/protocol/words/ps.xml \
	styles/protocol/words/pt.xml \
	styles/protocol/words/ru.xml \
	styles/protocol/words/zh.xml \
	styles/protocol/zh-HK.xml \
	styles/protocol/zh-Hant.xml \
	styles/protocol/zh-MO.xml \
	styles/protocol/zh-TW.xml \
	styles/protocol/zh.xml \
	styles/swiss-left.xml \
	styles/swiss-right.xml \
	styles/un.xml \
	styles/us-9-double.xml \
	styles/us-9.xml \
	styles/us-state.xml \
	fonts/fonts.conf

its_files = \
	its/chancery.its \
	its/chancery.loc

man_pages = \
	doc/chancery-letter.5 \
	doc/chancery-style.5 \
	doc/chancery.1

doc_files = \
	README \
	NEWS \
	doc/architecture.md \
	doc/batch.md \
	doc/digest.md \
	doc/images.md \
	doc/locales.md \
	doc/parity.md \
	doc/pipeline.md \
	doc/profiles.md \
	doc/protocol-rules.md \
	doc/protocol.md \
	doc/records.md \
	doc/scripts.md \
	doc/text-extraction.md \
	doc/translate.md
