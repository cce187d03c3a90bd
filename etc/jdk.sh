# Sourced by ./build, ./polymnia and bench/run: sets JAVA_HOME to a JDK 25 or newer, or says how to
# get one. Looks at JAVA_HOME, at the java on the PATH, then in the folders where JDKs are usually
# put. Starts no program where JAVA_HOME is good, as it runs whenever Polymnia starts.

# Sets `jdk_feature` and `jdk_build` to the version of the JDK in a folder, for example 25 and
# 25.0.3+9-LTS; both empty if there is none.
read_jdk() {
    jdk_feature=
    jdk_build=
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    while IFS='"' read -r key value _; do
        case $key in
        JAVA_VERSION=) jdk_feature=${value%%[!0-9]*} ;;
        JAVA_RUNTIME_VERSION=) jdk_build=$value ;;
        esac
    done <"$1/release"
}

# Takes a folder's JDK if it is new enough.
take_jdk() {
    [ -n "$1" ] || return 1
    read_jdk "$1"
    [ -n "$jdk_feature" ] && [ "$jdk_feature" -ge 25 ] || return 1
    JAVA_HOME=$1
    export JAVA_HOME
}

# Prints the folder of the java on the PATH; nothing if there is none.
jdk_on_path() {
    on_path=$(command -v java) || return 0
    on_path=$(readlink -f "$on_path" 2>/dev/null) || return 0
    dirname "$(dirname "$on_path")"
}

find_jdk() {
    take_jdk "${JAVA_HOME:-}" && return 0
    for jdk in "$(jdk_on_path)" \
        /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        take_jdk "$jdk" && return 0
    done
    echo "Polymnia needs a JDK 25 and found none: install one (for example Eclipse Temurin 25 from adoptium.net or your system's packages) or set JAVA_HOME to it." >&2
    return 1
}

find_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    echo "Polymnia is built with Maven 3.8.7 or newer and found no mvn on the PATH: install it with your system's packages." >&2
    return 1
}
