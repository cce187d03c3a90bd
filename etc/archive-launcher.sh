#!/bin/sh
# Starts the Polymnia of this archive. Needs nothing but a shell and coreutils.
set -eu
self=$0
[ ! -L "$self" ] || self=$(readlink -f "$self")
case $self in */*) ;; *) self=./$self ;; esac
home=$(cd "${self%/*}/.." && pwd -P)
. "$home/lib/start.sh"
# With more memory Java would lay out objects in another way than in the cache.
set -- -XX:MaxRAM=64g -jar "$home/lib/polymnia.jar" "$@"
[ ! -d "$home/bundle" ] || set -- "-Dpolymnia.bundle=$home/bundle" "$@"
start "$home/runtime/bin/java" "$home/lib/polymnia.aot" "$@"
