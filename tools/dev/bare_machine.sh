#!/usr/bin/env bash
# Proves that the README's commands work on a machine that has nothing: a fresh Debian 12 with git
# and apt in a chroot, a clone of this checkout's last commit, `./dev test` and `./dev demo` in it.
# Needs root.
#
# The mirror is the one that this machine's own apt uses. The base system is kept in
# ${XDG_CACHE_HOME:-~/.cache}/rollcall, so only the first time takes long.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

suite=bookworm
cache=${XDG_CACHE_HOME:-$HOME/.cache}/rollcall
base=$cache/$suite-minbase.tar
checkout=$PWD
chroot=$(mktemp -d "${TMPDIR:-/var/tmp}/rollcall-bare.XXXXXX")

clean_up() {
  local place
  for place in proc dev/pts dev; do
    if mountpoint -q "$chroot/$place"; then umount -l "$chroot/$place"; fi
  done
  rm -rf --one-file-system "$chroot"
}
trap clean_up EXIT

# Address and suite of every archive with a part `main` that apt knows here, in whatever form its
# sources are written.
main_archives() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk '$3 == "main" { print $1, $2 }' | sort -u
}

mirror() {
  main_archives | awk -v suite="$suite" '$2 == suite { print $1; exit }'
}

make_base() {
  local from
  from=$(mirror)
  [ -n "$from" ] || { echo "apt has no $suite main here" >&2; exit 1; }
  mkdir -p "$cache"
  debootstrap --variant=minbase --include=git,ca-certificates "$suite" "$chroot" "$from"
  # The same sources as here, as far as they are Debian's own: updates and security with the suite.
  main_archives | awk -v suite="$suite" 'index($2, suite) == 1 { print "deb", $1, $2, "main" }' \
    >"$chroot/etc/apt/sources.list"
  chroot "$chroot" apt-get clean
  # Without lists: that ./dev fetches them when it has to is part of the proof.
  rm -rf "$chroot"/var/lib/apt/lists/*
  tar -C "$chroot" -cf "$base.new" .
  mv "$base.new" "$base"
}

if [ -e "$base" ]; then tar -C "$chroot" -xf "$base"; else make_base; fi

# Proxies and mirrors are the machine's business: what its apt was told, the chroot's apt is told.
cp /etc/resolv.conf /etc/hosts "$chroot/etc/"
apt-config dump | grep -E '^Acquire::https?' >"$chroot/etc/apt/apt.conf.d/99-as-outside" || true
mount -t proc proc "$chroot/proc"
mount --bind /dev "$chroot/dev"

git clone -q --no-hardlinks "$checkout" "$chroot/srv/rollcall"
for tool in cmake g++ python3 ninja; do
  if chroot "$chroot" sh -c "command -v $tool" >/dev/null; then
    echo "$tool is there already, so this is no bare machine" >&2
    exit 1
  fi
done
in_chroot() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
    CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" \
    chroot "$chroot" sh -c "cd /srv/rollcall && $1"
}
in_chroot './dev test'
in_chroot './dev demo'
