#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# check_messages.sh MESSAGES EXPECTED: each message that the tables of docs/messages.md quote in their
# second column is among what the golden case usage/messages expects, with the exit code behind it.
set -eu
quoted=0
failed=0
while IFS= read -r line; do
  message=$(sed -n 's/^|[^|]*| `\([^`]*\)`.*/\1/p' <<< "$line")
  [ -n "$message" ] || continue
  quoted=$((quoted + 1))
  code=$(sed -n 's/^|[^|]*| `[^`]*` (\([0-9]*\)).*/\1/p' <<< "$line")
  if ! grep -qF -e "$message" "$2"; then
    echo "not said: $message"
    failed=1
  elif [ -n "$code" ] && ! grep -F -A 6 -e "$message" "$2" | grep -m 1 '^exit' | grep -qx "exit $code"; then
    echo "not with $code: $message"
    failed=1
  fi
done < "$1"
[ "$quoted" -ge 20 ] || { echo "only $quoted messages are quoted"; exit 1; }
exit $failed
