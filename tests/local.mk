# Programs of the tests and of the benchmark, linked with the whole library inside so that
# they reach what libchancery does not export.  Which there are is listed in src/sources.mk;
# tests/unit/NAME_test.c makes the program of that name, and the runner finds it.
check_PROGRAMS = $(unit_tests) $(test_tools) $(bench_programs)

# For every program that names no sources or libraries of its own.
LDADD = libch.la

# Builds what the tests run, and runs nothing.
.PHONY: test-programs print-unit-tests
test-programs: all $(check_PROGRAMS)

print-unit-tests:
	@echo $(unit_tests)

print-compile:
	$(info $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(CPPFLAGS) $(AM_CFLAGS) $(CFLAGS))@:

check-local: test-programs
	$(srcdir)/tests/run --build "$(abs_builddir)" --programs "$(unit_tests)"

clean-local:
	-rm -rf tests/tmp build-clang gallery
