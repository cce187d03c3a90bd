# Sourced by ./build: makes the archive that runs without a JDK. docs/design/start-up.md and
# docs/guide/install.md say what is in it and why. Needs GNU tar, beside what the build needs.

# What a program of these jars uses of Java. check_modules finds out when a new jar wants more.
java_modules="java.base java.logging java.management java.naming java.net.http java.sql java.xml jdk.jfr jdk.management jdk.unsupported jdk.zipfs"
# What libraries mention for callers that Polymnia does not have (property listeners, Kerberos), and what
# draws plots, which a report leaves out without it.
unused_modules="java.desktop java.security.jgss"

# Every file of the archive is as old as this, so that the same sources make the same archive.
archive_time=2026-01-01T00:00:00Z

platform() {
    case $(uname -s)-$(uname -m) in
    Linux-x86_64) echo linux-x64 ;;
    Linux-aarch64) echo linux-arm64 ;;
    *)
        echo "Archives are made on Linux only, on x86-64 or arm64; this is $(uname -s) on $(uname -m)." >&2
        return 1
        ;;
    esac
}

# Fails if a jar uses a module of Java that the archive's runtime does not have.
check_modules() {
    used=$("$JAVA_HOME/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps "$1")
    for module in $(echo "$used" | tr ',' ' '); do
        case " $java_modules $unused_modules " in
        *" $module "*) ;;
        *)
            echo "A jar uses the module $module; add it to java_modules in etc/package.sh, or to unused_modules if no call gets there." >&2
            return 1
            ;;
        esac
    done
}

# Sets the times of all files in a folder.
set_times() {
    find "$1" -exec touch -h -d "$archive_time" {} +
}

# Lays out everything but the cache: lay_out ROOT JAR
lay_out() {
    mkdir -p "$1/bin" "$1/lib"
    cp "$2" "$1/lib/polymnia.jar"
    cp "$here/etc/start.sh" "$1/lib/start.sh"
    cp "$here/etc/archive-launcher.sh" "$1/bin/polymnia"
    chmod 755 "$1/bin/polymnia"
    cp "$here/LICENSE" "$here/README.md" "$1/"
    {
        cat "$here/NOTICE"
        cat "$here/dist/target/classes/META-INF/THIRD-PARTY.txt"
        echo
        echo "What these libraries ask to be passed on, and the licences of the Java runtime, are in"
        echo "META-INF/NOTICE of lib/polymnia.jar and in runtime/legal; for the page in META-INF/PAGE-LICENCES.txt."
    } >"$1/NOTICE"
    "$JAVA_HOME/bin/jlink" --add-modules "$(echo "$java_modules" | tr ' ' ',')" \
        --strip-java-debug-attributes --no-header-files --no-man-pages --output "$1/runtime"
}

# Puts a model and the libraries beside the program, as the cache has them: bundle ROOT MODEL
bundle() {
    model=$("$1/bin/polymnia" models pull "$2" | tail -n 1)
    cached=${model%/models/*}
    mkdir -p "$1/bundle/models" "$1/bundle/libraries"
    cp "$model" "$1/bundle/models/"
    for libraries in "$cached/libraries/$(platform)"-[0-9]*; do
        [ ! -d "$libraries" ] || cp -R "$libraries" "$1/bundle/libraries/"
    done
    cat >>"$1/NOTICE" <<TEXT

This archive does contain, in bundle: the model $2 (its licence: polymnia models info $2) and
prebuilt libraries of llama.cpp and ggml (MIT; LICENSE beside them).
TEXT
    # Brings the libraries if they were not there, and fails if anything is missing.
    POLYMNIA_HOME="$1/bundle" POLYMNIA_DEVICE=cpu "$1/bin/polymnia" doctor --fetch --no-speed >&2
}

package() {
    model=
    if [ "${1:-}" = --bundle ] && [ $# -eq 2 ]; then
        model=$2
    elif [ $# -gt 0 ]; then
        echo "./build package takes nothing but --bundle MODEL; for Maven's own goal say mvn package." >&2
        return 2
    fi
    where=$(platform)
    rm -f "$here"/dist/target/polymnia-*
    mvn --batch-mode --no-transfer-progress --quiet -Pdistribution -pl dist -am -DskipTests -Dmaven.test.skip package
    if [ -e "$here/web/target/page-missing" ]; then
        echo "npm is missing, so the archive would have no page; install npm with Node.js 20.19, 22.12 or later." >&2
        return 1
    fi
    jar=$(echo "$here"/dist/target/polymnia-*.jar)
    check_modules "$jar"
    name=${jar##*/}
    name=${name%.jar}-$where
    stage="$here/dist/target/stage"
    rm -rf "$stage"
    lay_out "$stage/$name" "$jar"
    [ -z "$model" ] || bundle "$stage/$name" "$model"
    # The cache remembers the times of the jar and the runtime, so they come first.
    set_times "$stage"
    train "$stage/$name/runtime/bin/java" "$stage/$name/lib/polymnia.aot" \
        -XX:MaxRAM=64g -jar "$stage/$name/lib/polymnia.jar"
    if [ ! -e "$stage/$name/lib/polymnia.aot" ]; then
        echo "The cache could not be made; $stage/$name/lib/polymnia.aot.log says why." >&2
        return 1
    fi
    rm "$stage/$name/lib/polymnia.aot.log"
    set_times "$stage"
    tar -C "$stage" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mode=go-w -cf - "$name" |
        gzip -n >"$here/dist/target/$name.tar.gz"
    echo "$jar"
    echo "$here/dist/target/$name.tar.gz"
}
