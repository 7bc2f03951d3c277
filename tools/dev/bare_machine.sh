#!/usr/bin/env bash
# Proves that the README's commands work on a machine that has nothing: a fresh Debian 12 with git
# and apt in a chroot, a clone of this checkout's last commit, `./dev test` and `./dev demo` in it.
# Needs root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tools/dev/chroot.sh

open_chroot
git clone -q --no-hardlinks "$PWD" "$chroot/srv/rollcall"
for tool in cmake g++ python3 ninja; do
  if in_chroot "command -v $tool" >/dev/null; then
    echo "$tool is there already, so this is no bare machine" >&2
    exit 1
  fi
done
in_chroot './dev test'
in_chroot './dev demo'
