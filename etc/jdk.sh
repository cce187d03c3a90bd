# Sourced by ./build and ./polymnia: sets JAVA_HOME to a JDK 25 or newer, or says how to get one.
# Looks at JAVA_HOME, at the java on the PATH, then in the folders where JDKs are usually put.

# Prints the feature version of the JDK in a folder; nothing if there is none.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the folder of the java on the PATH; nothing if there is none.
jdk_on_path() {
    on_path=$(command -v java) || return 0
    on_path=$(readlink -f "$on_path" 2>/dev/null) || return 0
    dirname "$(dirname "$on_path")"
}

find_jdk() {
    for jdk in "${JAVA_HOME:-}" "$(jdk_on_path)" \
        /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -n "$jdk" ] || continue
        version=$(jdk_version "$jdk")
        if [ -n "$version" ] && [ "$version" -ge 25 ]; then
            JAVA_HOME=$jdk
            export JAVA_HOME
            return 0
        fi
    done
    echo "Polymnia needs a JDK 25 and found none: install one (for example Eclipse Temurin 25 from adoptium.net or your system's packages) or set JAVA_HOME to it." >&2
    return 1
}

find_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    echo "Polymnia is built with Maven 3.8.7 or newer and found no mvn on the PATH: install it with your system's packages." >&2
    return 1
}
