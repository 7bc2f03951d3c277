#!/usr/bin/env bash
# Validates a file of 2,000,000 rows in which 2,000,000 things are wrong: people get what they can
# read, programs get all of it, and memory does not grow with what was found.
#
#   many_findings.sh PATH-OF-ROLLCALL
set -euo pipefail
export LC_ALL=C

rollcall=$1
rows=2000000
text_lines_max=100
text_bytes_max=10000
rss_kib_max=$((32 * 1024))
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# users EMAIL: as many of them, each with an address of this form and an extension of its own.
users() {
  echo 'ID,First Name,Last Name,Email,Extension'
  seq -f "%.0f" 1000001 $((1000000 + rows)) | sed "s/.*/,Ada,Ek,$1,&/"
}

# validated NAME EXIT FILE OPTIONS...: what it prints is in $folder/out, its memory in $rss.
validated() {
  local name=$1 exit_wanted=$2 file=$3 exit_code=0 user system
  shift 3
  command time -o "$folder/time" -f '%U %S %M' "$rollcall" validate "$folder/$file" \
    --format clusterpbx --role client --directory "$folder/host.json" "$@" \
    >"$folder/out" 2>"$folder/err" || exit_code=$?
  read -r user system rss < <(tail -n 1 "$folder/time")
  lines=$(wc -l <"$folder/out")
  bytes=$(wc -c <"$folder/out")
  [ "$exit_code" -eq "$exit_wanted" ] || claim false "$name ended with $exit_code"
  printf '%-22s %8.2f s %8d KiB %10d lines %12d bytes\n' "$name" \
    "$(awk -v u="$user" -v s="$system" 'BEGIN { print u + s }')" "$rss" "$lines" "$bytes"
}

# claim COMMAND... WHAT: the last word is said if the command fails.
claim() {
  local what=${*: -1}
  "${@:1:$#-1}" && return
  echo "FAIL  $what"
  failed=$((failed + 1))
}

echo '{"user": [], "phone_model": [], "provisioning_template": [], "user_profile": []}' \
  >"$folder/host.json"
users '&@x.example' >"$folder/good.csv"
users '&-x.example' >"$folder/bad.csv"

validated 'no fault' 0 good.csv --findings text
validated 'text' 1 bad.csv --findings text
claim [ "$lines" -lt $text_lines_max ] "nobody reads $lines lines"
claim [ "$bytes" -lt $text_bytes_max ] "nobody reads $bytes bytes"
claim grep -q '^  2,000,000  value.email in D Email' "$folder/out" 'not all are counted'
claim [ "$rss" -lt $rss_kib_max ] "too much memory"

for form in jsonl csv; do
  validated "$form" 1 bad.csv --findings "$form"
  claim [ "$(grep -c 'value\.email' "$folder/out")" -eq $rows ] "$form does not have all findings"
  claim [ "$rss" -lt $rss_kib_max ] "too much memory"
  claim grep -q "2000001" <(tail -n 1 "$folder/out") "$form does not have the last line"
done

validated 'report' 1 bad.csv --report -
claim [ "$lines" -eq $((rows + 1)) ] 'the report does not have all rows'
claim [ "$(grep -c '"code": "value.email"' "$folder/out")" -eq $rows ] 'a row has no finding'
claim [ "$rss" -lt $rss_kib_max ] "too much memory"

[ "$failed" -eq 0 ]
