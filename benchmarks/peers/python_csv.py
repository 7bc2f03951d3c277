"""A file through Python's csv: prints rows, cells, and the seconds it took by either clock."""
import csv
import sys
import time

wall, cpu = time.perf_counter(), time.process_time()
rows = cells = 0
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.reader(file):
        rows += 1
        cells += len(row)
print(rows, cells, time.perf_counter() - wall, time.process_time() - cpu)
