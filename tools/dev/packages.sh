# The Debian packages that the steps of ./dev need, and how they get there. Sourced by ./dev.
# shellcheck shell=bash disable=SC2034,SC2154

build_packages=(
  cmake ninja-build g++ ccache python3 pkg-config
  libboost-dev libsimdjson-dev libutf8proc-dev libfmt-dev libsqlite3-dev libcli11-dev doctest-dev
  libxlsxwriter-dev
)

# What the tests of the Python package use; each skips what it needs and is not there.
python_packages=(
  python3-pytest python3-pycparser python3-pandas python3-tqdm python3-rich mypy patchelf
  python3-venv python3-jsonschema
)

# The readers that ours is compared with.
bench_packages=(libcsv-dev python3-pandas miller)

# What makes the site of the documents.
docs_packages=(mkdocs mkdocs-material)

# need PACKAGE...: installs those that are missing. apt's lists are fetched only if installing fails
# without, since on most machines they are there.
need() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    echo "no apt-get here; please install what Debian calls: ${missing[*]}" >&2
    return 1
  fi
  echo "installing ${missing[*]}"
  mkdir -p build/log
  if ! apt_install "${missing[@]}" >build/log/apt 2>&1; then
    if ! { as_root apt-get -q update && apt_install "${missing[@]}"; } >>build/log/apt 2>&1; then
      tail -n 20 build/log/apt >&2
      return 1
    fi
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y install --no-install-recommends "$@" </dev/null
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}
