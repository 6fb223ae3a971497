#!/usr/bin/env bash
# Installs what is missing, builds everything and runs all tests: those of the library and the
# program with ctest, those of the Python package and of its part for Spark with pytest. Takes the name of
# a preset: release (default), debug (address and undefined sanitizers) or tsan, which leave the package
# out; or spark, which builds the package and runs the tests of that part alone.
set -eu
cd "$(dirname "$0")/.."
preset="${1:-release}"
./cmake/install_packages.sh
if [ "$preset" != release ] && [ "$preset" != spark ]; then
  exec cmake --workflow --preset "$preset"
fi

# Debian's Python, whatever else is on the PATH.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
venv="$PWD/build/venv"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing what the Python tests need (python/requirements-test.txt) into build/venv" >&2
"$venv/bin/pip" install --quiet --disable-pip-version-check -r python/requirements-test.txt
[ "$preset" = spark ] ||
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r python/requirements-examples.txt ||
  echo "Not installed: python/requirements-examples.txt; tests of examples/ are passed over" >&2

cmake --preset release -DCOPYDESK_BUILD_PYTHON=ON -DPython_EXECUTABLE="$venv/bin/python"
if [ "$preset" = spark ]; then
  cmake --build --preset release --target copydesk_python copydesk_cli copydesk_generate
  exec tests/spark/run.sh
fi
cmake --build --preset release
result=0
ctest --preset release --parallel "$(nproc)" || result=$?
# Cases within a test, which ctest does not name.
sed -n 's/^skipped: /Skipped case: /p' build/release/Testing/Temporary/LastTest.log
COPYDESK_PROGRAM="$PWD/build/release/tools/copydesk" PYTHONPATH="$PWD/build/release/python" \
  "$venv/bin/python" -m pytest -q -rs python/tests || result=$?
(cd build/release/python && PYTHONPATH=. "$venv/bin/python" -m pytest -q --doctest-modules --ignore copydesk/spark copydesk) ||
  result=$?
tests/spark/run.sh || result=$?
"$venv/bin/mypy" --python-executable "$venv/bin/python" || result=$?
if "$venv/bin/pip" install --quiet --disable-pip-version-check -r docs/requirements.txt; then
  "$venv/bin/mkdocs" build --quiet --strict -f packaging/mkdocs.yml || result=$?
  echo "The documents as a site: build/docs/index.html" >&2
else
  echo "Not installed: docs/requirements.txt; the documents are not built as a site" >&2
fi
exit "$result"
