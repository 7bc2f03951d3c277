#!/usr/bin/env bash
# Reads files that are as damaged as they can be, and large: each must end with a named finding, in
# less than a second of the processor's time per 100 MiB and in less than 32 MiB of memory.
#
#   damaged.sh PATH-OF-ROLLCALL
set -euo pipefail
export LC_ALL=C

rollcall=$1
seconds_max=1
rss_kib_max=$((32 * 1024))
limits=(--limit file=2GiB --limit rows=2147483647)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

mib() { echo $(($1 * 1024 * 1024)); }
# filled CHARACTER BYTES
filled() { head -c "$2" /dev/zero | tr '\0' "$1"; }

open_quote() { printf 'a,b\n1,"' && filled x "$(mib 1024)"; }
open_quote_with_lines() {
  printf 'a,b\n1,"'
  { yes 'still inside, or so it seems' || true; } | head -c "$(mib 1024)"
}
columns() { seq -s , 100000 && seq -s , 100000 && echo 1,2; }
one_cell() { printf 'a,b\n1,' && filled z "$(mib 100)" && printf '\n2,3\n'; }
one_quoted_cell() { printf 'a,b\n1,"' && filled z "$(mib 100)" && printf '"\n2,3\n'; }
nuls() { head -c "$(mib 1024)" /dev/zero; }
random_bytes() { head -c "$(mib 256)" /dev/urandom; }
quotes() { filled '"' "$(mib 256)"; }
commas() { filled , "$(mib 256)"; }
line_ends() { filled '\n' "$(mib 256)"; }
lone_surrogate() { printf '\377\376a\0,\0b\0\n\0001\0,\0\0\330\n\0002\0,\0003\0\n\0'; }
lone_surrogates() { printf '\377\376a\0\n\0' && filled '\330' "$(mib 100)"; }
ordinary() {
  echo 'ID,First Name,Last Name,Email,Extension,Department'
  { yes '17,Ana,Petric,ana.petric@example.com,201,"Sales, East"' || true; } | head -c "$(mib 1024)"
}

# read_one NAME FILE EXIT CODE OPTIONS...: FILE is read, and must end so, with a finding of this
# code ("": with none).
read_one() {
  local name=$1 file=$2 exit_wanted=$3 code=$4 exit_code=0
  shift 4
  command time -o "$folder/time" -f '%U %S %e %M' \
    "$rollcall" rows "$@" "${limits[@]}" "$file" >"$folder/out" 2>"$folder/err" || exit_code=$?
  local user system wall rss bytes
  read -r user system wall rss < <(tail -n 1 "$folder/time")
  bytes=$(tail -n 1 "$folder/out" | sed -nE 's/.*"bytes": ([0-9]+).*/\1/p')
  local per_100_mib
  per_100_mib=$(awk -v t="$user" -v s="$system" -v b="${bytes:-0}" \
    'BEGIN { print (t + s) * (b > 1048576 ? 104857600 / b : 1) }')
  local verdict=ok
  [ "$exit_code" -eq "$exit_wanted" ] || verdict="ended with $exit_code, not $exit_wanted"
  [ -z "$code" ] || tail -n 1 "$folder/out" | grep -q "\"$code\"" || verdict="no $code"
  awk -v t="$per_100_mib" -v max="$seconds_max" 'BEGIN { exit t > max }' || verdict="too slow"
  [ "$rss" -lt "$rss_kib_max" ] || verdict="too much memory"
  [ "$verdict" = ok ] || failed=$((failed + 1))
  printf '%-24s %6d MiB %7.2f s/100 MiB %6.2f s %6d KiB  %-22s %s\n' "$name" \
    $((${bytes:-0} / 1024 / 1024)) "$per_100_mib" "$wall" "$rss" "$code" "$verdict"
}

# damaged NAME EXIT CODE OPTIONS...: what the function NAME makes.
damaged() {
  local name=$1
  shift
  read_one "$name" - "$@" < <("$name" 2>/dev/null)
}

damaged open_quote 1 csv.unclosed_quote --count
damaged open_quote_with_lines 1 csv.unclosed_quote --count
damaged columns 1 csv.row_too_large --count
damaged one_cell 1 csv.row_too_large --count
damaged one_quoted_cell 1 csv.unclosed_quote --count
damaged nuls 1 csv.row_too_large --count
damaged random_bytes 1 text.encoding --count
damaged quotes 1 csv.unclosed_quote --count
damaged commas 1 csv.row_too_large --count
damaged line_ends 0 "" --count
damaged lone_surrogate 1 text.encoding
damaged lone_surrogates 1 csv.row_too_large --count

ordinary >"$folder/ordinary.csv"
read_one ordinary "$folder/ordinary.csv" 0 "" --count

[ "$failed" -eq 0 ]
