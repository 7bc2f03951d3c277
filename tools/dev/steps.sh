# Steps: named commands that are timed, logged to build/log, and counted. Sourced by ./dev.
# shellcheck shell=bash disable=SC2034,SC2154
#
# A step that fails does not stop the next one; `finish` sums up and ends with the right exit code.
# What ctest ran inside a step counts test by test, any other step counts as one.

steps_passed=0
steps_failed=0
failed_names=()

# step NAME COMMAND...: one line, with the end of the log under it if it failed.
step() {
  local name=$1 start=$SECONDS code=0
  shift
  mkdir -p build/log
  local log=build/log/${name// /_}
  printf '%-34s' "$name"
  # In a subshell with -e, and outside of any condition: bash ignores -e inside of one.
  set +e
  (set -e; "$@") >"$log" 2>&1 </dev/null
  code=$?
  set -e
  count "$log" "$code"
  if [ "$code" -eq 0 ]; then
    printf 'ok      %4d s\n' $((SECONDS - start))
    return 0
  fi
  printf 'failed  %4d s   %s\n' $((SECONDS - start)) "$log"
  tail -n 60 "$log" | sed 's/^/    /'
  failed_names+=("$name")
  return 0
}

# skip NAME WHY: a step that cannot be run here, said and not counted.
skip() {
  printf '%-34sskipped: %s\n' "$1" "$2"
}

# Did the steps so far go well? What hangs on a build that failed need not be tried.
all_well() {
  [ ${#failed_names[@]} -eq 0 ]
}

count() {
  local log=$1 code=$2 line failed total
  # 100% tests passed, 0 tests failed out of 6
  line=$(sed -nE 's/.*tests passed, ([0-9]+) tests failed out of ([0-9]+).*/\1 \2/p' "$log" |
    tail -n 1)
  if [ -n "$line" ]; then
    read -r failed total <<<"$line"
    steps_passed=$((steps_passed + total - failed))
    steps_failed=$((steps_failed + failed))
    [ "$code" -ne 0 ] || return 0
    [ "$failed" -gt 0 ] || steps_failed=$((steps_failed + 1))
  elif [ "$code" -eq 0 ]; then
    steps_passed=$((steps_passed + 1))
  else
    steps_failed=$((steps_failed + 1))
  fi
}

finish() {
  all_well || printf 'failed: %s\n' "${failed_names[*]}"
  printf '%d passed, %d failed\n' "$steps_passed" "$steps_failed"
  all_well || exit 1
}

# For verbs whose point comes after the steps.
finish_quietly() {
  all_well || exit 1
}
