#!/usr/bin/env bash
# Builds the program, removes the near-duplicates from the sample corpus and shows what came out. Says
# before it begins what it installs and how long it takes. Results stay in build/sample.
set -eu
cd "$(dirname "$0")/../.."
echo "Installs the Debian packages of cmake/packages.txt that are missing, builds the program in"
echo "build/release (some minutes the first time) and runs it on 661 made-up news stories."
./cmake/install_packages.sh
cmake --preset release -D COPYDESK_BUILD_BENCHMARKS=OFF > /dev/null
cmake --build --preset release --target copydesk_cli

copydesk=build/release/tools/copydesk
sample=datasets/sample/wire.jsonl
out=build/sample
mkdir -p "$out"

show() { printf '\n$ %s\n' "$*"; }
show "$copydesk dedup $sample -o $out/clean.jsonl --decisions $out/why.jsonl --report $out/run.json \\
    --html $out/removed.html --source-field site"
"$copydesk" dedup "$sample" -o "$out/clean.jsonl" --decisions "$out/why.jsonl" --report "$out/run.json" \
  --html "$out/removed.html" --source-field site

first=$(grep near_duplicate "$out/why.jsonl" | sed -n '1s/^{"id":"\([^"]*\)",.*/\1/p')
show "$copydesk why $first --report $out/run.json     # one removal, both texts side by side"
"$copydesk" why "$first" --report "$out/run.json" | sed -n 1,24p

show "$copydesk summarize $sample --output-format text | head -n 5     # an abstract"
"$copydesk" summarize "$sample" --output-format text -q | sed -n 1,5p

"$copydesk" reuse "$sample" -q -o "$out/passages.jsonl" --html "$out/families.html"
"$copydesk" summarize "$sample" -q --output-format html -o "$out/newsletter.html"
cat << END

Pages to look at in a browser:
  $PWD/$out/removed.html      what was removed and why
  $PWD/$out/families.html     who printed whose story
  $PWD/$out/newsletter.html   abstracts of all stories

The program is $PWD/$copydesk;
"cmake --install build/release" puts it on the PATH (with --prefix ~/.local where you are not root).
END
