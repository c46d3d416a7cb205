"""Programs that measure and print; they assert nothing: python -m tests.bench.walk."""
