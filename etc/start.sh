# Sourced by the launchers, the one of a checkout and the one of an archive: starts Java with what a
# run of Polymnia always has. Needs nothing but a shell and stty. docs/design/start-up.md has the
# reasons.

# What training and use of a cache must share. Without adapters it runs on other processors, too;
# a later Java that does not know an option is to run all the same.
java_options="-XX:+UseSerialGC -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching"

# Sets `console` to which streams are terminals and how wide they are. Java cannot tell which of its
# streams are terminals; a shell can.
find_console() {
    console=
    [ -t 0 ] && console="in,$console"
    [ -t 1 ] && console="out,$console"
    [ -t 2 ] && console="err,$console"
    if [ -n "$console" ] && [ -r /dev/tty ]; then
        size=$(stty size </dev/tty 2>/dev/null) || size=
        console="$console${size#* }"
    fi
}

# Becomes Polymnia: start JAVA CACHE [JAVA'S OPTION…] [POLYMNIA'S WORD…]
# A cache that does not fit this Java or this program is passed over without a word.
start() {
    java=$1
    cache=$2
    shift 2
    find_console
    [ ! -r "$cache" ] || set -- "-XX:AOTCache=$cache" '-Xlog:aot*=off,cds*=off' "$@"
    exec "$java" $java_options "-Dpolymnia.console=$console" "$@"
}

# Makes a cache by a rehearsal: train JAVA CACHE [JAVA'S OPTION…]
# Without a cache everything works, only slower to start; so nothing here is a failure.
train() {
    java=$1
    cache=$2
    shift 2
    if "$java" $java_options -Dpolymnia.console= "-XX:AOTCacheOutput=$cache.$$" "$@" rehearse \
        </dev/null >"$cache.log" 2>&1 && [ -s "$cache.$$" ]; then
        mv -f "$cache.$$" "$cache"
    else
        rm -f "$cache"
    fi
    rm -f "$cache.$$" "$cache.$$.config"
}
