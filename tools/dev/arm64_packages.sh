#!/usr/bin/env bash
# Unpacks Debian's arm64 builds of the libraries that rollcall links into
# ${XDG_CACHE_HOME:-~/.cache}/rollcall/arm64-packages, where cmake/aarch64-linux-gnu.cmake looks.
#
# apt is given a state of its own under that folder, so the machine stays as it is: no foreign
# architecture is added to it, nothing is installed, and no rights are needed.
set -euo pipefail

folder=${XDG_CACHE_HOME:-$HOME/.cache}/rollcall/arm64-packages
packages=(libsimdjson-dev libsimdjson14 libutf8proc-dev libutf8proc2 libfmt-dev libfmt9
  libsqlite3-dev libsqlite3-0)

# What is there is good if it is of the same list.
[ "$(cat "$folder/complete" 2>/dev/null)" != "${packages[*]}" ] || exit 0
rm -rf "$folder"
mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" "$folder/apt/debs"
: >"$folder/apt/status"
apt_get() {
  apt-get -q -o APT::Architecture=arm64 -o APT::Architectures::=arm64 \
    -o Dir::State="$folder/apt" -o Dir::State::Lists="$folder/apt/lists" \
    -o Dir::State::status="$folder/apt/status" -o Dir::Cache="$folder/apt/cache" \
    -o Debug::NoLocking=1 -o APT::Sandbox::User= "$@"
}
apt_get update
(cd "$folder/apt/debs" && apt_get download "${packages[@]}")
for deb in "$folder"/apt/debs/*.deb; do dpkg-deb -x "$deb" "$folder"; done
rm -r "$folder/apt"
echo "${packages[*]}" >"$folder/complete"
