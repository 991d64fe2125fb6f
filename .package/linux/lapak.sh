#!/bin/sh
# Starts the version of Lapak that the file `versi` beside this one names; should that be lost, any that is whole.
here=$(dirname "$(readlink -f "$0")")
version=
[ -r "$here/versi" ] && read -r version <"$here/versi"
[ -x "$here/app-$version/lapak" ] || for app in "$here"/app-*; do
    [ -r "$app/isi.json" ] && version=${app##*/app-}
done
exec "$here/app-$version/lapak" "$@"
