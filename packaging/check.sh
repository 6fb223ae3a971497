#!/usr/bin/env bash
# Installs each package of build/packages into a scratch folder and runs it there, on the sample.
set -eu
cd "$(dirname "$0")/.."
packages="$PWD/build/packages"
sample="$PWD/datasets/sample/wire.jsonl"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Program, folder in which its man pages and completions are.
check_program() {
  "$1" dedup "$sample" -q -o "$scratch/kept.jsonl" --decisions "$scratch/why.jsonl"
  [ "$(wc -l < "$scratch/kept.jsonl")" -eq 560 ] || { echo "$1: wrong result"; exit 1; }
  [ -s "$2/share/man/man1/copydesk-dedup.1" ] || [ -s "$2/share/man/man1/copydesk-dedup.1.gz" ]
  [ -s "$2/share/bash-completion/completions/copydesk" ]
  [ -s "$2/share/zsh/site-functions/_copydesk" ]
  [ -s "$2/share/fish/vendor_completions.d/copydesk.fish" ]
  echo "runs: $1"
}

for tarball in "$packages"/*.tar.xz; do
  tar -C "$scratch" -xJf "$tarball"
  folder="$scratch/$(basename "$tarball" .tar.xz)"
  mv "$folder" "$scratch/moved"
  check_program "$scratch/moved/bin/copydesk" "$scratch/moved"
done
for package in "$packages"/*.deb; do
  dpkg-deb -x "$package" "$scratch/root"
done
check_program "$scratch/root/usr/bin/copydesk" "$scratch/root/usr"
cat > "$scratch/use.cpp" <<'CPP'
#include "copydesk/copydesk.h"
int main() {
  const std::vector<std::string> texts = {"one two three four five six", "One, two, three four five six!"};
  return copydesk::dedup(texts).kept.size() == 1 ? 0 : 1;
}
CPP
flags=$(PKG_CONFIG_PATH="$scratch/root/usr/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR= \
  pkg-config --define-prefix --cflags --libs copydesk)
# shellcheck disable=SC2086
g++ -std=c++20 "$scratch/use.cpp" -o "$scratch/use" $flags
"$scratch/use" && echo "links: libcopydesk-dev"

for wheel in "$packages"/*.whl; do
  minor=$(sed -n 's/.*-cp3\([0-9]*\)-.*/\1/p' <<< "$wheel")
  python=/usr/bin/python3.$minor
  [ -x "$python" ] || python=python3.$minor
  "$python" -m venv "$scratch/venv$minor"
  "$scratch/venv$minor/bin/pip" install -q --no-index "$wheel"
  (cd "$scratch" && "$scratch/venv$minor/bin/python" - "$sample" <<'PYTHON'
import json, sys
import copydesk
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert len(copydesk.dedup(rows).kept) == 560
PYTHON
  )
  "$scratch/venv$minor/bin/copydesk" dedup "$sample" -q -o "$scratch/kept.jsonl"
  [ "$(wc -l < "$scratch/kept.jsonl")" -eq 560 ] || { echo "$wheel: wrong result"; exit 1; }
  echo "runs: $(basename "$wheel"), with its program"
done
