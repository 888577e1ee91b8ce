# The files of each room; written by tests/lint/lists.sh --update.

base_sources = \
	src/base/arena.c \
	src/base/arena.h \
	src/base/base.h \
	src/base/buf.c \
	src/base/buf.h \
	src/base/codes.def \
	src/base/ctx.c \
	src/base/ctx.h \
	src/base/diag.c \
	src/base/diag.h \
	src/base/diag_add.h \
	src/base/digest.c \
	src/base/digest.h \
	src/base/host.c \
	src/base/host.h \
	src/base/len.c \
	src/base/len.h \
	src/base/map.c \
	src/base/map.h \
	src/base/status.h \
	src/base/str.c \
	src/base/str.h

input_sources =

letter_sources = \
	src/letter/letter.h

locale_sources = \
	src/locale/locale.h

protocol_sources =

style_sources = \
	src/style/blocks.h \
	src/style/props.def \
	src/style/roles.def \
	src/style/sheet.h \
	src/style/structure.h

font_sources = \
	src/font/font.h

text_sources = \
	src/text/text.h

line_sources = \
	src/line/line.h

page_sources = \
	src/page/page.h

pdf_sources = \
	src/pdf/pdf.h

job_sources =

cli_sources =

api_sources =

unit_tests = \
	tests/unit/base_test

test_tools =

bench_programs =

data_files =

man_pages =

doc_files =
