#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What cmake/install_packages.sh says and does where nobody may install: check_install.sh SOURCE SCRATCH.
# Its helpers (id, sudo, apt-get, dpkg-query) are played by scripts of this test; nothing is installed.
set -u
script=$1/cmake/install_packages.sh scratch=$2
failures=0
rm -rf "$scratch"
mkdir -p "$scratch/bin"
play() { printf '#!/bin/sh\n%s\n' "$2" > "$scratch/bin/$1"; chmod +x "$scratch/bin/$1"; }
for tool in bash sed dirname cat tail tee mktemp rm env; do ln -s "$(command -v $tool)" "$scratch/bin/$tool"; done
# Runs it; expects an exit code and a line.
expect() {
  PATH="$scratch/bin" bash "$script" > "$scratch/said" 2>&1
  code=$?
  [ $code -eq "$1" ] && { [ -z "$2" ] || grep -q -- "$2" "$scratch/said"; } && return
  echo "FAIL: $3: exit $code, expected $1 and \"$2\":"
  cat "$scratch/said"
  failures=$((failures + 1))
}
play apt-get 'echo "E: no"; exit 100'
play id 'echo 1000'
play dpkg-query 'case "$*" in *libfmt-dev*|*libisal-dev*) exit 1;; esac; echo installed'
expect 1 'apt-get install libfmt-dev$' 'without sudo, what is needed is missing'
play sudo 'exit 1'
expect 1 'sudo does not let you' 'sudo refuses'
expect 1 'apt-get install libfmt-dev$' 'sudo refuses'
play dpkg-query 'case "$*" in *libisal-dev*) exit 1;; esac; echo installed'
expect 0 'Going on without: libisal-dev' 'sudo refuses what is optional'
play id 'echo 0'
expect 0 'Going on without: libisal-dev' 'apt-get fails with what is optional'
expect 0 '^E: no' 'apt-get fails: its words are shown'
play dpkg-query 'case "$*" in *libfmt-dev*) exit 1;; esac; echo installed'
expect 1 'apt-get failed' 'apt-get fails with what is needed'
play apt-get 'echo "Fetched 3 MB in 1 s"; echo "Setting up libfmt-dev:amd64 (9.1) ..."'
expect 0 '  set up libfmt-dev:amd64' 'one line a package'
play dpkg-query 'echo installed'
expect 0 '' 'nothing is missing'
[ -s "$scratch/said" ] && { echo "FAIL: nothing is missing, and it speaks"; failures=$((failures + 1)); }
rm "$scratch/bin/apt-get"
expect 0 'This is no Debian system' 'another system'
exit $((failures > 0))
