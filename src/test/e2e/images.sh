# How images of the end-to-end tests are made from Debian's packages; sourced, not run, with the cluster's tools in $tools.
# shellcheck shell=bash disable=SC2154

# Debian's psql in /usr/bin is a script for Perl, so the real one comes first.
PSQL=/usr/lib/postgresql/15/bin

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# unpack PACKAGE...: these and what they need, as the folder $work/files.
unpack() {
  "$tools/debian-image" base:unpacked "$work/base.tar" "$@"
  mkdir "$work/files"
  tar -xOf "$work/base.tar" layer.tar | tar -C "$work/files" -xf -
}

# pack NAME:TAG CONFIG: makes an image of that folder and loads it into the cluster.
pack() {
  "$tools/pack-image" "$1" "$work/files" "$work/image.tar" "$2"
  "$tools/load-image" "$work/image.tar"
}
