#!/usr/bin/env bash
# A tour of two minutes: a damaged file is understood, mended, planned, applied and undone.
#
#   demo.sh PATH-OF-ROLLCALL [--transcript]
#
# Everything that is shown happens, in a folder of its own. On a terminal it waits between the
# steps, or until Enter is pressed. The transcript is docs/demo.md; in it times, and the number that
# a plan is given by chance, are always the same.
# shellcheck disable=SC2016
set -euo pipefail
program=$(realpath "$1")
how=${2:-}
cd "$(dirname "${BASH_SOURCE[0]}")/../../tests/demo/tour"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp ./* "$folder"
cd "$folder"
ln -s "$program" rollcall
export PATH=$folder:$PATH HOME=$folder
unset XDG_CONFIG_HOME

# say WORDS: what a step is about.
say() {
  if [ "$how" = --transcript ]; then
    printf '\n%s\n' "$1"
  elif [ -t 1 ]; then
    printf '\n\033[1m%s\033[0m\n' "$1"
  else
    printf '\n%s\n' "$1"
  fi
}

# run COMMAND: shows it, has it done, and waits until it was read. What it ends with is not looked
# at: a file that is wrong is the point of the tour.
run() {
  local said
  if [ "$how" = --transcript ]; then
    said=$(bash -c "$1" 2>&1 </dev/null || true)
    printf '\n```\n$ %s\n%s```\n' "$1" "${said:+$said$'\n'}" |
      sed -E -e 's/\r$//' -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}/2026-11-21 18:00/g' \
        -e 's/\b[0-9a-f]{32}\b/9fc5485bc02d8465c4ae70ca4c604678/'
    return
  fi
  printf '\n$ %s\n' "$1"
  bash -c "$1" || true
  if [ -t 0 ] && [ -t 1 ]; then
    read -r -t "$2" || true
  fi
}

if [ "$how" = --transcript ]; then
  printf '# A tour of two minutes\n\nThis is `./dev demo`: '
  printf 'written by the run itself, and held to it by a test.\n'
fi

say 'A phone system is played by a database. It has three users, and defaults that need no typing.'
run 'rollcall init host.db --directory directory.json && cat rollcall.toml' 6
run 'rollcall export -o before.csv' 2

say 'This file came back from a spreadsheet. Ada and Bob are to swap extensions, Dee is new.'
run 'cat users.csv' 8

say 'What is wrong with it? Nothing is changed by asking.'
run 'rollcall validate users.csv --findings text' 25

say 'What is certain can be mended, and what was probably meant, if that is asked for, in a copy.'
run 'rollcall fix users.csv --unsafe-fixes' 12
run 'rollcall fix users.csv --unsafe-fixes -o mended.csv' 4

say 'The digits of one number are gone, which nobody can guess. Somebody asks Cy.'
run "sed -i 's/4.42E+11/+442071838753/' mended.csv" 3

say 'A plan says what would happen. It is a file that can be read, and is carried out once.'
run 'rollcall plan mended.csv -o plan.jsonl' 5
run 'rollcall show plan.jsonl' 15

say 'So be it.'
run 'rollcall apply plan.jsonl' 6
run 'rollcall export' 8

say 'It was the wrong day for that.'
run 'rollcall jobs' 6
run 'rollcall undo 4' 6

say 'All is as it was.'
run 'rollcall export | diff before.csv - && echo no difference' 3
