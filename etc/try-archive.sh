#!/bin/sh
# Tries an archive as on a machine that has nothing: another home, no environment, no programs but
# coreutils. With a bundled model it asks a question, otherwise it stops before that.
#   etc/try-archive.sh dist/target/polymnia-VERSION-PLATFORM.tar.gz
set -eu
archive=$(readlink -f "${1:?which archive?}")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/home" "$place/programs" "$place/another place"
tar -C "$place/another place" -xzf "$archive"
program=$(echo "$place/another place"/polymnia-*/bin/polymnia)
root=${program%/bin/polymnia}
for name in cat cut dirname head ls mkdir readlink rm stty tail tr; do
    ln -s "$(command -v "$name")" "$place/programs/$name"
done
ln -s "$program" "$place/programs/polymnia"

# Runs the program; the words before it are more of its environment.
bare() {
    env -i HOME="$place/home" PATH="$place/programs" "$@" </dev/null
}

# Runs a command that must succeed, print something and say nothing of its own on the error stream.
quiet() {
    echo "-- $*"
    bare "$program" "$@" >"$place/out" 2>"$place/err"
    if [ ! -s "$place/out" ] || [ -s "$place/err" ]; then
        cat "$place/out" "$place/err"
        echo "this should have printed its result, and nothing else" >&2
        exit 1
    fi
}

quiet --help
quiet models list
quiet completion bash
echo "-- through a link on the PATH"
bare polymnia --version
echo "-- with the cache required: fails if it does not fit what was unpacked"
bare JDK_JAVA_OPTIONS=-XX:AOTMode=on "$program" --version
echo "-- without a question"
if bare "$program" ask ""; then
    echo "an empty question must fail" >&2
    exit 1
fi
if [ -d "$root/bundle" ]; then
    echo "-- a question to the model of the bundle"
    bare "$program" models list | grep "here, installed"
    bare "$program" ask --mode instant --tokens 40 "What is the capital of France?"
    # What the engine measured of this machine may be kept; nothing else.
    if [ -n "$(find "$place/home" -type f ! -path '*/polymnia/measurements/*')" ]; then
        echo "with a bundle nothing but measurements should have been written to the home folder:" >&2
        find "$place/home" >&2
        exit 1
    fi
fi
echo "-- the archive works"
