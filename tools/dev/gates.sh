# The gates of ./dev test and ./dev check: what is built, and what is asked of it. Sourced by ./dev.
# shellcheck shell=bash disable=SC2034,SC2154

# Every C++ source that is ours.
sources() {
  local folder
  for folder in include src capi tools tests benchmarks docs; do
    [ ! -d "$folder" ] || find "$folder" -name '*.[ch]pp' -o -name '*.[ch]'
  done | sort
}

compilers() {
  echo "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"
}

build_all() {
  cmake --preset "$1"
  cmake --build --preset "$1" --parallel "$(compilers)"
}

build_target() {
  cmake --preset "$1"
  cmake --build --preset "$1" --parallel "$(compilers)" --target "$2"
}

# run_tests PRESET [MORE FOR CTEST...]
run_tests() {
  local preset=$1
  shift
  ctest --preset "$preset" --parallel "$(compilers)" --no-tests=error "$@"
}

# built_and_tested PRESET [MORE FOR CTEST...]: two steps, the second only if the first went well.
built_and_tested() {
  local preset=$1 failed_before=${#failed_names[@]}
  shift
  step "build $preset" build_all "$preset"
  [ ${#failed_names[@]} -gt "$failed_before" ] || step "test $preset" run_tests "$preset" "$@"
}

# Two compilers, one with the sanitizers: a change has passed both when it has passed this.
gate_test() {
  need clang-14 libclang-rt-14-dev abigail-tools libxml2-utils
  need "${python_packages[@]}" || skip "some tests of Python" "their packages are not to be had"
  built_and_tested dev
  built_and_tested asan -L 'unit|replay|golden'
}

gate_clang() {
  need clang-14
  built_and_tested clang
}

# The whole library is built for ARM, and its unit tests are run.
gate_arm64() {
  has_arm64 || return 0
  built_and_tested arm64 -L 'unit'
}

# What has code of its own on ARM: the kernels, and what stands on them.
gate_kernels() {
  has_arm64 || return 0
  step "build arm64 kernels" build_target arm64 test_csv
  ! all_well || step "test arm64 kernels" run_tests arm64 -R '^csv$'
}

# Is there a compiler for ARM, and all that we build on?
has_arm64() {
  need g++-aarch64-linux-gnu qemu-user-static
  mkdir -p build/log
  tools/dev/arm64_packages.sh >build/log/packages_arm64 2>&1 || {
    skip "arm64" "apt has no arm64 packages for us, see build/log/packages_arm64"
    return 1
  }
}

gate_format() {
  need clang-format-14
  step "format" check_format
}

check_format() {
  sources | xargs -r clang-format-14 --dry-run -Werror
}

gate_lint() {
  need clang-14 clang-tidy-14
  step "lint" lint
}

# Without precompiled headers: nothing is built here.
lint() {
  cmake --preset clang -B build/lint -DROLLCALL_PRECOMPILE=OFF
  # (What is not compiled here has no flags to be looked at with.)
  sources | grep '\.cpp$' | grep -v -e '/kernel_neon\.cpp$' -e '^benchmarks/peers/' |
    xargs -r -P "$(compilers)" -n 1 clang-tidy-14 -p build/lint --quiet \
      2> >(grep -v 'warnings generated' >&2) # of headers that are not ours
}

gate_damaged() {
  need time
  step "build release" build_target release rollcall_cli
  step "damaged" tools/dev/damaged.sh build/release/rollcall
  cat build/log/damaged
}

gate_findings() {
  need time
  step "build release" build_target release rollcall_cli
  step "findings" tests/tools/many_findings.sh build/release/rollcall
  cat build/log/findings
}

# What is installed is taken up by each way that others have, add_subdirectory included; Debian
# packages are, on a machine that has nothing. Built is what ./dev build builds, and has to do.
gate_packages() {
  need debootstrap lintian file
  step "build package" build_target package rollcall_installable
  step "package consumers" python3 -B tests/package/packages.py --build build/package \
    --sources "$PWD"
  if [ "$(id -u)" -ne 0 ] && ! sudo -n true; then
    skip "packages installed" "needs root"
    return
  fi
  step "packages installed" as_root tools/dev/installed_packages.sh build/package
}

gate_tsan() {
  built_and_tested tsan -L 'unit'
}

gate_coverage() {
  need gcovr
  built_and_tested coverage -L 'unit|replay|golden|conformance'
  step "coverage" print_coverage
  sed -n '/^TOTAL/p' build/log/coverage
}

print_coverage() {
  gcovr --root . --filter src/ --filter include/ build/coverage --exclude-throw-branches
}

# What C costs beside C++, and columns beside cells from Python; on a machine that rests.
gate_costs() {
  need "${bench_packages[@]}" valgrind
  step "build bench" build_target bench abi_bench
  step "cost of C" python3 -B benchmarks/abi_cost.py --bin build/bench/benchmarks/abi_bench
  step "cost of cells" env ROLLCALL_LIBRARY=build/bench/capi/librollcall.so.1 \
    python3 -B benchmarks/findings_by_columns.py
}

# A spreadsheet is typed into, and keeps what was typed.
gate_spreadsheet() {
  need libreoffice-calc python3-uno
  step "build release" build_target release rollcall_cli
  step "spreadsheet" /usr/bin/python3 -B tests/xlsx/round_trip.py --bin build/release/rollcall
}

# SARIF and JUnit by their schemas, pages by axe-core in a browser, as pictures and on paper.
gate_forms() {
  need chromium fonts-dejavu-core python3-jsonschema libxml2-utils poppler-utils
  command -v npm >/dev/null || need npm # that of another Node.js lets no second one be installed
  step "npm packages" npm install --no-audit --no-fund --prefix build/npm axe-core \
    @microsoft/sarif-multitool-linux
  step "build release" build_target release rollcall_cli
  step "forms" /usr/bin/python3 -B tests/tools/forms_outside.py --bin build/release/rollcall \
    --npm build/npm --keep build/forms
}

# The site, without a warning and without a broken link.
gate_docs() {
  need "${docs_packages[@]}"
  step "site" tools/docs/site.py
}

gate_bare() {
  need debootstrap
  if [ "$(id -u)" -ne 0 ] && ! sudo -n true; then
    skip "bare machine" "needs root"
    return
  fi
  step "bare machine" as_root tools/dev/bare_machine.sh
}

fuzz() {
  local seconds=${1:-60} only=${2:-} target name
  need "${build_packages[@]}" clang-14 libclang-rt-14-dev llvm-14
  step "build fuzz" build_all fuzz
  finish_quietly
  for target in build/fuzz/tests/fuzz_*; do
    [ -x "$target" ] || { echo "no fuzz targets yet" >&2; exit 2; }
    name=${target##*/fuzz_}
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    step "fuzz $name" fuzz_one "$target" "$name" "$seconds"
    sed -nE 's/^stat::(number_of_executed_units|peak_rss_mb): */    \1 /p' "build/log/fuzz_$name"
  done
  finish
}

# New inputs go to build/fuzz; the corpus of the tree is read and stays as it is.
fuzz_one() {
  local target=$1 name=$2 seconds=$3
  local found=build/fuzz/corpus/$name known=tests/fuzz/corpus/$name
  mkdir -p "$found"
  [ -d "$known" ] || known=
  "$target" -max_total_time="$seconds" -print_final_stats=1 -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="build/fuzz/" "$found" ${known:+"$known"}
}

# models [FILES] [SEED]: random files of each format, held against its slow model. Every file has a
# seed of its own, SEED and those after it. What differs is kept in build/models, with both reports.
models() {
  local files=${1:-10000} seed=${2:-$((SRANDOM % 1000000000))} format
  if [ $# -gt 2 ] || ! [[ $files =~ ^[1-9][0-9]*$ && $seed =~ ^[0-9]+$ ]]; then
    usage "./dev models takes how many files, and the seed of the first"
  fi
  need "${build_packages[@]}"
  step "build release" build_target release rollcall_cli
  finish_quietly
  echo "seed $seed, $files files of each format"
  for format in $(build/release/rollcall formats | awk '{print $1}'); do
    step "models $format" compare_with_model "$format" "$files" "$seed"
    tell_what_differs "$format"
  done
  finish
}

compare_with_model() {
  python3 -B tests/models/random_files.py --bin build/release/rollcall --format "$1" \
    --files "$2" --seed "$3" --keep build/models
}

# How many agreed (where not all did, the end of the log has said it), and how the first of those
# that differ are made again.
tell_what_differs() {
  local log=build/log/models_$1
  sed -nE 's/^[0-9]+ files, 0 differ$/    &/p' "$log"
  local again="    \\1 differs, and again with: .\\/dev models 1 \\1"
  sed -nE "s/^$1, seed ([0-9]+): .*/$again/p" "$log" | sed -n 1,20p
}

# torture [OPTION...]: what fails is printed with the command that repeats it.
torture() {
  need "${build_packages[@]}"
  step "build dev" build_target dev rollcall_torture
  finish_quietly
  local counts=(--kills 1000 --takeovers 400 --hosts 400 --io 400 --allocations 400) option
  for option in "$@"; do
    case $option in
      --kills* | --takeovers* | --hosts* | --io* | --allocations*) counts=() ;;
      --workload* | -h | --help) counts=() ;;
    esac
  done
  build/dev/tests/rollcall_torture "${counts[@]}" "$@"
}
