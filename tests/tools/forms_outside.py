#!/usr/bin/env python3
"""Holds forms of findings to what others have said of them: SARIF to its JSON Schema, pages to
axe-core in a browser without a window, light, dark, narrow and printed.

    tests/tools/forms_outside.py --bin build/release/rollcall --npm FOLDER [--keep DIR]

FOLDER has the npm packages axe-core and @microsoft/sarif-multitool-linux, of which the schema is
taken; the browser is Debian's chromium. Run by ./dev check forms; what needs none of them is asked
by tests/tools/forms.py in every run.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
LOOKS = {"light": ["--blink-settings=preferredColorScheme=1"],
         "dark": ["--blink-settings=preferredColorScheme=0"],
         "narrow": ["--window-size=360,800"]}
RUN_AXE = """<script>%s</script><script>
axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const told = document.createElement("pre");
  told.id = "axe";
  told.textContent = JSON.stringify(found.violations.map(
    each => [each.impact, each.id, each.help, each.nodes[0].html.slice(0, 120)]));
  document.body.replaceChildren(told);
});
</script></body>"""


def complaints_of_axe(page, axe, flags, folder):
    """What axe-core says of a page; its policy against scripts is taken off for that."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r"<meta http-equiv.*?>", "", text, count=1, flags=re.S)
    with open(axe, encoding="utf-8") as file:
        script = RUN_AXE % file.read().replace("</script", "<\\/script")
    probe = os.path.join(folder, "probe.html")
    with open(probe, "w", encoding="utf-8") as file:
        file.write(text.replace("</body>", script))
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=30000",
         f"--user-data-dir={folder}/profile", *flags, "--dump-dom", "file://" + probe],
        capture_output=True, timeout=180, check=False)
    told = re.search(r'<pre id="axe">(.*?)</pre>', done.stdout.decode(), re.S)
    if told is None:
        return ["the browser said nothing"]
    return json.loads(told[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    parser.add_argument("--npm", required=True, help="the folder that has node_modules")
    parser.add_argument("--keep", help="a folder for the pages and pictures of them")
    asked = parser.parse_args()
    modules = os.path.join(asked.npm, "node_modules")
    with open(glob.glob(os.path.join(modules, "@microsoft", "*", "sarif-2.1.0.json"))[0],
              encoding="utf-8") as file:
        sarif = jsonschema.Draft7Validator(json.load(file))
    faults, looks = [], 0
    with tempfile.TemporaryDirectory() as folder:
        made = os.path.abspath(asked.keep or os.path.join(folder, "forms"))
        subprocess.run([sys.executable, "-B", os.path.join(HERE, "forms.py"), "--bin", asked.bin,
                        "--keep", made], check=True, stdout=subprocess.DEVNULL)
        for path in sorted(glob.glob(os.path.join(made, "*.sarif"))):
            with open(path, encoding="utf-8") as file:
                error = jsonschema.exceptions.best_match(sarif.iter_errors(json.load(file)))
            if error is not None:
                faults.append(f"{os.path.basename(path)}: {error.json_path}: {error.message[:200]}")
        for path in sorted(glob.glob(os.path.join(made, "*.html"))):
            page = os.path.join(folder, "page.html")
            os.symlink(path, page)
            for look, flags in LOOKS.items():
                looks += 1
                name = f"{os.path.basename(path)}, {look}"
                faults += [f"{name}: {each}" for each in complaints_of_axe(
                    page, os.path.join(modules, "axe-core", "axe.min.js"), flags, folder)]
                if asked.keep:
                    subprocess.run(
                        ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
                         "--hide-scrollbars", f"--user-data-dir={folder}/profile",
                         "--window-size=1100,2400", *flags, f"--screenshot={path}.{look}.png",
                         "file://" + page], capture_output=True, timeout=180, check=False)
            os.remove(page)
    for fault in faults:
        print(f"FAIL  {fault}")
    print(f"SARIF is valid and {looks} looks at pages are without complaints" if not faults else
          f"{len(faults)} faults")
    return 1 if faults or not looks else 0


if __name__ == "__main__":
    sys.exit(main())
