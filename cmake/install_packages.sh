#!/usr/bin/env bash
# Installs the Debian packages of cmake/packages.txt that are missing, with sudo where the user is not
# root. Where that cannot be done it says what to do: it ends with 1 if something is missing that the
# build needs, and goes on if all that is missing is optional. On another system it names what is needed
# and goes on; the build then says what it does not find.
set -eu
list="$(dirname "$0")/packages.txt"
packages() { sed 's/#.*//; /^[[:space:]]*$/d' "$list" | sed -n "$1"; }
mapfile -t needed < <(packages '/^optional:/!p')
mapfile -t optional < <(packages 's/^optional: *//p')

if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
  echo "This is no Debian system. copydesk needs what these Debian packages hold:" >&2
  printf '  %s\n' "${needed[@]}" >&2
  echo "and makes use of: ${optional[*]}" >&2
  exit 0
fi

missing_of() {
  local package state
  for package in "$@"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
    [ "$state" = installed ] || echo "$package"
  done
}
mapfile -t missing < <(missing_of "${needed[@]}")
mapfile -t wished < <(missing_of "${optional[@]}")
[ ${#missing[@]} -gt 0 ] || [ ${#wished[@]} -gt 0 ] || exit 0

# Nobody may install here: what then?
give_up() {
  echo "$1" >&2
  if [ ${#missing[@]} -gt 0 ]; then
    echo "These packages are missing; ask whoever may install them for:" >&2
    echo "  apt-get install ${missing[*]}" >&2
    exit 1
  fi
  echo "Going on without: ${wished[*]}" >&2
  exit 0
}

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo > /dev/null || give_up "You are not root, and there is no sudo."
  sudo -v || give_up "sudo does not let you install packages."
  as_root=(sudo)
fi

# Quiet as apt is then, one line a package shows that it is at work.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
all=("${missing[@]}" "${wished[@]}")
echo "Installing ${#all[@]} packages and what they need (a minute or two): ${all[*]}" >&2
run() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" 2>&1 | tee -a "$log" |
    sed -u -n 's/^Fetched \(.*\)/  fetched \1/p; s/^Setting up \([^ ]*\).*/  set up \1/p' >&2
  return "${PIPESTATUS[0]}"
}
if ! run update || ! run install -y --no-install-recommends "${all[@]}"; then
  tail -n 5 "$log" >&2
  mapfile -t missing < <(missing_of "${needed[@]}")
  mapfile -t wished < <(missing_of "${optional[@]}")
  give_up "apt-get failed."
fi
