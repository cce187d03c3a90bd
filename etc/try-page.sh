#!/bin/sh
# Tries the page as a new person would, in Chromium, with a server that has no model yet and takes a real one.
#   etc/try-page.sh ./polymnia
set -eu
polymnia=$(readlink -f "${1:?which launcher?}")
cd "$(dirname "$0")/../web"
place=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait; rm -rf "$place"' EXIT
trap 'exit 130' INT TERM
mkfifo "$place/said"
POLYMNIA_HOME=$place/cache "$polymnia" serve --port 0 --data-dir "$place/data" >"$place/said" &
server=$!
exec 3<"$place/said"
read -r line <&3
echo "$line"
url=$(echo "$line" | grep -oE 'http://[0-9.:]+')
REAL=$url npx playwright test
