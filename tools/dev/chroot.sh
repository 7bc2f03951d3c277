# A fresh Debian 12 in a folder, for what must work on a machine that has nothing. Sourced; needs
# root. It is gone when the script ends.
# shellcheck shell=bash
#
# The mirror is the one that this machine's own apt uses. The base system is kept in
# ${XDG_CACHE_HOME:-~/.cache}/rollcall, so only the first time takes long.

suite=bookworm
cache=${XDG_CACHE_HOME:-$HOME/.cache}/rollcall
base=$cache/$suite-minbase.tar
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

# Fills the folder and lets it reach what this machine reaches.
open_chroot() {
  if [ -e "$base" ]; then tar -C "$chroot" -xf "$base"; else make_base; fi
  # Proxies and mirrors are the machine's business: what its apt was told, the chroot's is told.
  cp /etc/resolv.conf /etc/hosts "$chroot/etc/"
  apt-config dump | grep -E '^Acquire::https?' >"$chroot/etc/apt/apt.conf.d/99-as-outside" || true
  mount -t proc proc "$chroot/proc"
  mount --bind /dev "$chroot/dev"
}

# in_chroot COMMAND: in its folder /srv/rollcall.
in_chroot() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
    CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" \
    chroot "$chroot" sh -c "mkdir -p /srv/rollcall && cd /srv/rollcall && $1"
}
