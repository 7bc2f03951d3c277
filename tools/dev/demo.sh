#!/usr/bin/env bash
# Shows how a damaged file is read: the bytes, then what `rollcall rows` makes of them.
#
#   demo.sh PATH-OF-ROLLCALL
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rollcall=$1
file=tests/demo/damaged.csv

cat <<'TEXT'
A users.csv as it comes back from people and their programs. It begins with a byte order mark, its
lines end in CRLF, LF and once a lone CR, and nearly every row has something else:

TEXT
# Control characters and bytes beyond ASCII are made visible, a line end stays one.
cat -n -A "$file" | cut -c4-

cat <<TEXT

What rollcall reads there ($rollcall rows $file):

TEXT
# Rows that cannot be read make it end with another code than 0; here that is the point.
"$rollcall" rows "$file" || [ $? -eq 1 ]

cat <<'TEXT'

What one sees:
- Every record has its row number and the physical line where it starts, whatever ended the lines
  before it. Row 0 is the header; the byte order mark is not part of it.
- Whatever is wrong has a name, a line and a byte: csv.quote, text.encoding, text.control_character,
  row.short, csv.unclosed_quote. The rows around it are read as if nothing had been.
- The last line says how the file was understood: encoding, delimiter, and how often each code was
  found. Blank rows are skipped and counted there.
- The last quote never closes. It takes the rest of the file along, and the finding names the line
  where it was opened: that is where to look.
TEXT
