#!/usr/bin/env bash
# Proves that the Debian packages of a build can be installed where nothing is, and do their work
# there: a fresh Debian 12 in a chroot, each package beside what apt brings for it, a program in C
# and one in C++ built against them. Needs root.
#
#   tools/dev/installed_packages.sh BUILD
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$(realpath "$1")
. tools/dev/chroot.sh

(cd "$build" && rm -f ./*.deb && cpack)
# A mail address is for who hands packages out to set (ROLLCALL_MAINTAINER).
lintian --allow-root --fail-on error \
  --suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog "$build"/*.deb

open_chroot
mkdir -p "$chroot/srv/packages"
cp "$build"/*.deb "$chroot/srv/packages"
cp -r tests/package tests/demo "$chroot/srv"
in_chroot 'apt-get -q update'
in_chroot 'apt-get -q -y --no-install-recommends install /srv/packages/rollcall_*.deb'
# The command line brings what it needs, and reads a file.
in_chroot 'rollcall formats'
in_chroot 'rollcall rows /srv/demo/damaged.csv >/dev/null || test $? -eq 1'
in_chroot 'test -s /usr/share/man/man1/rollcall-validate.1.gz'
in_chroot 'bash -n /usr/share/bash-completion/completions/rollcall'
# The Python package brings the library with it, and goes without a trace.
in_chroot 'apt-get -q -y --no-install-recommends install /srv/packages/python3-rollcall_*.deb \
  /srv/packages/librollcall1_*.deb'
in_chroot 'python3 /srv/package/consumer.py'
in_chroot 'apt-get -q -y purge python3-rollcall &&
  test ! -e /usr/lib/python3/dist-packages/rollcall'
# The shared library and what one builds with.
in_chroot 'apt-get -q -y --no-install-recommends install /srv/packages/librollcall*.deb \
  cmake ninja-build g++ pkg-config'
for language in c cpp; do
  in_chroot "cmake -S /srv/package/consumer_$language -B /srv/$language -G Ninja &&
    cmake --build /srv/$language && /srv/$language/consumer"
done
in_chroot 'cc -std=c99 /srv/package/consumer_c/main.c -o /srv/by-pkg-config \
  $(pkg-config --cflags --libs rollcall-capi) && /srv/by-pkg-config'
