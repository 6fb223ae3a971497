#!/usr/bin/env bash
# Installs what is missing, builds the program, removes the near-duplicates from the sample corpus and
# shows what came out. Results stay in build/sample.
set -eu
cd "$(dirname "$0")/../.."
./cmake/install_packages.sh
cmake --preset release -D COPYDESK_BUILD_BENCHMARKS=OFF > /dev/null
cmake --build --preset release --target copydesk_cli

copydesk=build/release/tools/copydesk
sample=datasets/sample/wire.jsonl
out=build/sample
mkdir -p "$out"
show() { printf '\n$ %s\n' "$*"; }

show "copydesk dedup $sample -o $out/clean.jsonl --decisions $out/why.jsonl --report $out/run.json"
"$copydesk" dedup "$sample" -o "$out/clean.jsonl" --decisions "$out/why.jsonl" \
  --report "$out/run.json"

show "grep near_duplicate $out/why.jsonl | head -3     # why documents were removed"
grep near_duplicate "$out/why.jsonl" | sed -n 1,3p

first=$(grep near_duplicate "$out/why.jsonl" | sed -n '1s/^{"id":"\([^"]*\)",.*"kept_id":"\([^"]*\)".*/\1 \2/p')
show "copydesk compare --in $sample -- $first"
# shellcheck disable=SC2086
"$copydesk" compare --in "$sample" -- $first | sed -n 1,14p

show "copydesk pairs $sample --threshold 0.5 -o $out/pairs.jsonl"
"$copydesk" pairs "$sample" --threshold 0.5 -o "$out/pairs.jsonl"

show "copydesk evaluate pairs --truth datasets/sample/truth.jsonl --result $out/pairs.jsonl"
"$copydesk" evaluate pairs --truth datasets/sample/truth.jsonl --result "$out/pairs.jsonl"
