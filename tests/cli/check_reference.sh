#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Man pages, completions and docs/options.md, as the command line itself writes them:
#   check_reference.sh WRITE_REFERENCE SOURCE_FOLDER SCRATCH_FOLDER
# docs/options.md must be up to date; completion is tried in a shell; pages must be free of warnings.
# Shells and readers of man pages that are not there are named and passed over.
set -u
write_reference=$1 source=$2 scratch=$3
rm -rf "$scratch"
mkdir -p "$scratch/man" "$scratch/completions"
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }

"$write_reference" markdown "$scratch/options.md" || fail "markdown"
"$write_reference" man "$scratch/man" || fail "man"
"$write_reference" completions "$scratch/completions" || fail "completions"

diff -u "$source/docs/options.md" "$scratch/options.md" ||
  fail "docs/options.md is out of date: $write_reference markdown docs/options.md"

# What a shell would offer behind the words given, the last of which is being typed.
completed() {
  bash -c '
    source "$1"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _copydesk 2> /dev/null
    [ ${#COMPREPLY[@]} -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}" | sort | tr "\n" " "' bash "$scratch/completions/copydesk.bash" "$@"
}
expect() {
  local wanted=$1; shift
  local got; got=$(completed "$@")
  [ "$got" = "$wanted" ] || fail "completion of '$*': '$got' instead of '$wanted'"
}
expect "summarize " copydesk su
expect "decontaminate dedup " copydesk de
expect "--threshold " copydesk dedup in.jsonl --thresh
expect "--text-field " copydesk summarize --text
expect "--stem " copydesk evaluate rouge --st
expect "clusters " copydesk evaluate cl
expect "--site-field --site-rule " copydesk blocks in.jsonl --site
touch "$scratch/corpus.jsonl"
expect "$scratch/corpus.jsonl " copydesk dedup "$scratch/cor"
expect "" copydesk dedup --no-such-option

# Files are offered behind options whose value is a file, also where several may follow.
for option in output against files-from; do
  grep -qe "--$option\[.*:_files'" "$scratch/completions/_copydesk" || fail "zsh: no files for --$option"
  grep -qe "-l $option -r -F" "$scratch/completions/copydesk.fish" || fail "fish: no files for --$option"
done

for shell in zsh fish; do
  file="$scratch/completions/$([ $shell = zsh ] && echo _copydesk || echo copydesk.fish)"
  if command -v $shell > /dev/null; then
    $shell -n "$file" || fail "$shell does not understand $file"
  else
    echo "skipped: there is no $shell here"
  fi
done

pages=$(ls "$scratch/man" | wc -l)
[ "$pages" -ge 18 ] || fail "only $pages man pages"
if command -v groff > /dev/null; then
  for page in "$scratch"/man/*.1; do
    warnings=$(groff -man -Tutf8 -ww -z "$page" 2>&1)
    [ -z "$warnings" ] || fail "$(basename "$page"): $warnings"
  done
  groff -man -Tutf8 "$scratch/man/copydesk-dedup.1" | grep -q threshold ||
    fail "copydesk-dedup.1 does not say --threshold"
else
  echo "skipped: there is no groff here"
fi
[ $failures -eq 0 ]
