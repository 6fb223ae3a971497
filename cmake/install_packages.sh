#!/usr/bin/env bash
# Installs the Debian packages of cmake/packages.txt that are missing, with sudo where the user is
# not root. On another system, or without the right to install, it names them and goes on: the build
# then says what it cannot find.
set -eu
list="$(dirname "$0")/packages.txt"
mapfile -t wanted < <(sed 's/#.*//; /^[[:space:]]*$/d' "$list")

if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
  echo "This is no Debian system. copydesk needs what these Debian packages hold:" >&2
  printf '  %s\n' "${wanted[@]}" >&2
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo > /dev/null; then
    echo "Missing packages, and no sudo to install them: ${missing[*]}" >&2
    exit 0
  fi
  as_root=(sudo)
fi
echo "Installing: ${missing[*]}" >&2
"${as_root[@]}" apt-get update -q > /dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -q -y --no-install-recommends "${missing[@]}" > /dev/null
