#!/usr/bin/env bash
# Installs what is missing, builds everything and runs all tests. Takes the name of a preset:
# release (default), debug (address and undefined sanitizers), tsan.
set -eu
cd "$(dirname "$0")/.."
./cmake/install_packages.sh
exec cmake --workflow --preset "${1:-release}"
