#!/usr/bin/env python3
"""Has LibreOffice open the workbook of `template --xlsx`, types into it what spreadsheets spoil,
and saves it as CSV: what was typed must come out, and be what an import reads.

    tests/xlsx/round_trip.py --bin build/release/rollcall

Cells are filled by the command that typing gives (.uno:EnterString), so that the format of the
column decides what becomes of them; beside the template's columns, where nothing is formatted, the
same must be spoiled, else this would prove nothing. Needs libreoffice-calc and python3-uno, and the
Python that the latter is for: run by ./dev check spreadsheet.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

TYPED = ["+442071838750", "007", "00000000000000000042", "4.42E+11", "1/2", "12/05/2024", "=1+1",
         "TRUE", "1,5", "0015657 4b150"]
COLUMNS = 6
BESIDE = 30  # a column that the template does not have


def value(name, what):
    prepared = PropertyValue()
    prepared.Name, prepared.Value = name, what
    return prepared


class Office:
    """LibreOffice without a window, in a home of its own."""

    def __init__(self, folder):
        pipe = f"rollcall{os.getpid()}"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", "--nodefault",
             f"-env:UserInstallation=file://{folder}/home", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(240):
            try:
                self.context = resolver.resolve(
                    f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(0.5)
        else:
            sys.exit("LibreOffice does not start")
        self.desktop = self.make("com.sun.star.frame.Desktop")

    def make(self, service):
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    def open(self, path):
        return self.desktop.loadComponentFromURL(f"file://{path}", "_blank", 0,
                                                 (value("Hidden", True),))

    def type(self, document, column, row, text):
        frame = document.getCurrentController().getFrame()
        dispatcher = self.make("com.sun.star.frame.DispatchHelper")
        cell = chr(ord("A") + column) if column < 26 else "A" + chr(ord("A") + column - 26)
        for command, name, what in ((".uno:GoToCell", "ToPoint", f"${cell}${row}"),
                                    (".uno:EnterString", "StringName", text)):
            dispatcher.executeDispatch(frame, command, "", 0, (value(name, what),))

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:  # the bridge goes with it
            pass
        self.process.wait(60)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    binary = os.path.abspath(parser.parse_args().bin)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        book, table = os.path.join(folder, "template.xlsx"), os.path.join(folder, "users.csv")
        host = ["--format", "clusterpbx", "--role", "client"]
        subprocess.run([binary, "template", *host, "--xlsx", "-o", book], check=True)
        header = subprocess.run([binary, "template", *host], check=True, capture_output=True).stdout
        headers = next(csv.reader([header.decode()]))
        office = Office(folder)
        try:
            document = office.open(book)
            for row, text in enumerate(TYPED, 2):
                for column in [*range(COLUMNS), BESIDE]:
                    office.type(document, column, row, text)
            # Saved as a workbook, opened again, and saved as CSV in UTF-8 with all cells as shown.
            again = os.path.join(folder, "again.xlsx")
            document.storeToURL(f"file://{again}",
                                (value("FilterName", "Calc MS Excel 2007 XML"),))
            document.close(True)
            document = office.open(again)
            document.storeToURL(f"file://{table}",
                                (value("FilterName", "Text - txt - csv (StarCalc)"),
                                 value("FilterOptions", "44,34,76,1,,0,false,true,false,false")))
            document.close(True)
        finally:
            office.close()
        with open(table, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if rows[0][:len(headers)] != headers:
            faults.append(f"the header came out as {rows[0]}")
        for text, row in zip(TYPED, rows[1:]):
            if row[:COLUMNS] != [text] * COLUMNS:
                faults.append(f"{text!r} came out as {row[:COLUMNS]}")
        spoiled = [text for text, row in zip(TYPED, rows[1:]) if row[BESIDE] != text]
        if not {"+442071838750", "007", "00000000000000000042"} <= set(spoiled):
            faults.append(f"without the template only {spoiled} are spoiled")
        read = subprocess.run([binary, "rows", table], check=False, capture_output=True).stdout
        if any(f'"{text}"'.encode() not in read for text in ("+442071838750", "007")):
            faults.append("what is read is not what was typed")
    for fault in faults:
        print(f"FAIL  {fault}")
    print(f"{len(TYPED)} texts typed into {COLUMNS} columns, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
