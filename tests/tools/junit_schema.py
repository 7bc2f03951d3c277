"""Holds JUnit reports to junit.xsd, by xmllint; and the schema itself to reports that are broken,
each in a way that some reader would stumble over.
"""
import os
import subprocess

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "junit.xsd")
GOOD = """<testsuites tests="2" failures="1"><testsuite name="users.csv" tests="2" failures="1">
<testcase name="a" classname="x"><failure type="a" message="m">text</failure></testcase>
<testcase name="b" classname="x"><system-out>text</system-out></testcase>
</testsuite></testsuites>"""
BREAKS = [('name="b"', 'name="a"'), (' classname="x"', ""), (' name="users.csv"', ""),
          (' message="m"', ""), ('message="m"', 'message=" "'), (">text</failure>", "/>"),
          ('tests="2"', 'tests="two"'), ("<failure", "<skipped/><failure"),
          ("</testsuite>", "<properties/></testsuite>"), ("users.csv", " "),
          ("<testsuites", "<testsuites><testsuites"), ("x", "\x08")]


def complaint(xmllint, text):
    """What xmllint says of a report; nothing of one that is as the schema says."""
    done = subprocess.run([xmllint, "--noout", "--nonet", "--schema", SCHEMA, "-"],
                          input=text.encode(), capture_output=True, timeout=60, check=False)
    said = done.stderr.decode().strip().splitlines()
    return said[0] if done.returncode != 0 else ""


def faults(xmllint, reports):
    """Of reports by what they are about."""
    found = [f"{what} as junit: {said}" for what, text in reports.items()
             if (said := complaint(xmllint, text))]
    if said := complaint(xmllint, GOOD):
        found.append(f"junit.xsd refuses what is good: {said}")
    found += [f"junit.xsd takes {new!r} for {old!r}" for old, new in BREAKS
              if not complaint(xmllint, GOOD.replace(old, new, 1))]
    return found
