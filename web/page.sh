#!/bin/sh
# Builds and tests the page: page.sh build|test|scenarios. Maven calls it.
#   build      makes target/classes/polymnia-page, unless nothing has changed since; without npm, or with one
#              that is too old, it says so and goes on, and the program has no page
#   test       what needs no browser
#   scenarios  Debian's Chromium looks at the page of a real server
set -eu
cd "$(dirname "$0")"
page=target/classes/polymnia-page

sources() {
    find page.sh package.json package-lock.json .npmrc index.html diagram.html tsconfig.json vite.config.ts build src public \
        -type f -exec cksum {} + | LC_ALL=C sort
}

has_npm() {
    command -v npm >/dev/null && command -v node >/dev/null &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number);
            process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
}

need_npm() {
    has_npm && return
    echo "The tests of the page need npm with Node.js 20.19, 22.12 or later. Install it, or leave tests out with -DskipTests." >&2
    exit 1
}

# What is in node_modules fits the lock file.
install() {
    if [ ! -e node_modules/installed ] || ! cmp -s package-lock.json node_modules/installed; then
        npm ci --ignore-scripts --loglevel=error
        cp package-lock.json node_modules/installed
    fi
}

build() {
    if [ -e "$page/index.html" ] && [ -e target/page.stamp ] && [ "$(sources)" = "$(cat target/page.stamp)" ]; then
        return
    fi
    rm -rf "$page" target/page.stamp
    if ! has_npm; then
        mkdir -p target/classes
        # The launcher builds the page when this is another one.
        { command -v npm >/dev/null && node --version 2>/dev/null || echo none; } >target/page-missing
        echo "npm with Node.js 20.19, 22.12 or later is missing, so this program will have no page; everything else is there." >&2
        return
    fi
    rm -f target/page-missing
    now=$(sources)
    install
    npm run --silent build
    printf '%s\n' "$now" >target/page.stamp
}

case ${1:-} in
build) build ;;
test | scenarios)
    need_npm
    # The scenarios start a server.
    . ../etc/jdk.sh
    find_jdk
    install
    npm run --silent "$1"
    ;;
*)
    echo "page.sh build, test or scenarios" >&2
    exit 2
    ;;
esac
