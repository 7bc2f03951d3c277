#!/usr/bin/env bash
# Unpacks Debian's arm64 builds of the libraries that rollcall links into a folder:
#
#   arm64_packages.sh FOLDER
#
# apt is given a state of its own under that folder, so the machine stays as it is: no foreign
# architecture is added to it, nothing is installed, and no rights are needed.
set -euo pipefail

folder=$1
packages=(libsimdjson-dev libsimdjson14 libutf8proc-dev libutf8proc2 libfmt-dev libfmt9)

[ -e "$folder/complete" ] && exit 0
mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" "$folder/apt/debs"
folder=$(cd "$folder" && pwd)
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
touch "$folder/complete"
