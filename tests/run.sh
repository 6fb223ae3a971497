#!/usr/bin/env bash
# Installs what is missing, builds everything and runs all tests: those of the library and the
# program with ctest, those of the Python package with pytest. Takes the name of a preset: release
# (default), debug (address and undefined sanitizers) or tsan, which leave the package out.
set -eu
cd "$(dirname "$0")/.."
preset="${1:-release}"
./cmake/install_packages.sh
if [ "$preset" != release ]; then
  exec cmake --workflow --preset "$preset"
fi

# Debian's Python, whatever else is on the PATH.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
venv="$PWD/build/venv"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing what the Python tests need (python/requirements-test.txt) into build/venv" >&2
"$venv/bin/pip" install --quiet --disable-pip-version-check -r python/requirements-test.txt
"$venv/bin/pip" install --quiet --disable-pip-version-check -r python/requirements-examples.txt ||
  echo "Not installed: python/requirements-examples.txt; tests of examples/ are passed over" >&2

cmake --preset release -DCOPYDESK_BUILD_PYTHON=ON -DPython_EXECUTABLE="$venv/bin/python"
cmake --build --preset release
result=0
ctest --preset release --parallel "$(nproc)" || result=$?
# Cases within a test, which ctest does not name.
sed -n 's/^skipped: /Skipped case: /p' build/release/Testing/Temporary/LastTest.log
COPYDESK_PROGRAM="$PWD/build/release/tools/copydesk" PYTHONPATH="$PWD/build/release/python" \
  "$venv/bin/python" -m pytest -q -rs python/tests || result=$?
(cd build/release/python && PYTHONPATH=. "$venv/bin/python" -m pytest -q --doctest-modules copydesk) ||
  result=$?
"$venv/bin/mypy" --python-executable "$venv/bin/python" || result=$?
if "$venv/bin/pip" install --quiet --disable-pip-version-check -r docs/requirements.txt; then
  "$venv/bin/mkdocs" build --quiet --strict -f packaging/mkdocs.yml || result=$?
  echo "The documents as a site: build/docs/index.html" >&2
else
  echo "Not installed: docs/requirements.txt; the documents are not built as a site" >&2
fi
exit "$result"
