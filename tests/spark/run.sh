#!/usr/bin/env bash
# Runs the tests of copydesk.spark with the package and the program in build/release, which tests/run.sh
# builds. Installs pyspark into build/venv-spark and, where it may, a Java of Debian. Where one of the two
# cannot be had, the tests are passed over and a line says so.
set -eu
cd "$(dirname "$0")/../.."

skip() {
  echo "Skipped: tests/spark: $1" >&2
  exit 0
}

java_version() {
  java -version 2>&1 | sed -n '1s/^[^"]*"\([0-9]*\).*/\1/p'
}
if ! command -v java > /dev/null || [ "$(java_version)" -lt 17 ]; then
  echo "Installing openjdk-17-jre-headless" >&2
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq update > /dev/null 2>&1 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -qq install -y --no-install-recommends openjdk-17-jre-headless > /dev/null 2>&1 ||
    skip "there is no Java of 17 or later, and it could not be installed"
fi

# The module was built for the Python of build/venv.
venv="$PWD/build/venv-spark"
[ -x "$venv/bin/python" ] || build/venv/bin/python -m venv "$venv"
echo "Installing what the tests of copydesk.spark need (python/requirements-spark.txt) into build/venv-spark" >&2
"$venv/bin/pip" install --quiet --disable-pip-version-check -r python/requirements-spark.txt ||
  skip "python/requirements-spark.txt could not be installed"

COPYDESK_PROGRAM="$PWD/build/release/tools/copydesk" \
  COPYDESK_GENERATE="$PWD/build/release/datasets/generate/copydesk-generate" \
  PYTHONPATH="$PWD/build/release/python" \
  "$venv/bin/python" -m pytest -q -rs tests/spark "$@"
