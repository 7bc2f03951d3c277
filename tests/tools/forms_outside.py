#!/usr/bin/env python3
"""Holds forms of findings to what others have said of them: SARIF to its JSON Schema, pages to
axe-core in a browser without a window, light, dark and narrow. Each is looked at (is there
anything, does it fit into the window?) and printed; one picture is kept, and must stay like it.

    tests/tools/forms_outside.py --bin build/release/rollcall --npm FOLDER [--keep DIR] [--update]

FOLDER has the npm packages axe-core and @microsoft/sarif-multitool-linux, of which the schema is
taken; the browser is Debian's chromium, what reads print is of poppler-utils. --update keeps the
picture that was made. Run by ./dev check forms; what needs none of them is asked by
tests/tools/forms.py in every run.
"""
import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema

import page_looks

HERE = os.path.dirname(os.path.abspath(__file__))
LOOKS = {"light": ["--blink-settings=preferredColorScheme=1"],
         "dark": ["--blink-settings=preferredColorScheme=0"],
         "narrow": ["--window-size=360,800"]}
RUN_AXE = """<script>%s</script><script>
const wider = document.documentElement.scrollWidth > document.documentElement.clientWidth;
axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const told = document.createElement("pre");
  told.id = "axe";
  told.textContent = JSON.stringify(found.violations.map(
    each => [each.impact, each.id, each.help, each.nodes[0].html.slice(0, 120)])
    .concat(wider ? ["wider than its window"] : []));
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
    dumped = page_looks.browse(folder, probe, "--virtual-time-budget=30000", *flags, "--dump-dom")
    told = re.search(r'<pre id="axe">(.*?)</pre>', dumped, re.S)
    if told is None:
        return ["the browser said nothing"]
    return json.loads(told[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


# What the guide to showing findings shows, and a picture of its page.
KEPT = os.path.join(HERE, os.pardir, os.pardir, "docs", "pictures", "findings_page.png")
GUIDE = os.path.join(HERE, os.pardir, os.pardir, "docs", "guides", "show-findings.md")
PICTURE = (900, 1000)


def complaints_about_kept(binary, folder, update):
    """The page of the guide's file is made and looked at again."""
    with open(GUIDE, encoding="utf-8") as file:
        guide = file.read()
    for name in ("users.csv", "directory.json"):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(re.search(rf"^```\w+ {name}\n(.*?)^```$", guide, re.M | re.S)[1])
    page, made = os.path.join(folder, "guide.html"), os.path.join(folder, "guide.png")
    with open(page, "wb") as file:
        subprocess.run([binary, "validate", "users.csv", "--format", "clusterpbx", "--role",
                        "client", "--directory", "directory.json", "--findings", "html"],
                       cwd=folder, stdout=file, stderr=subprocess.DEVNULL, check=False)
    page_looks.picture_of(folder, page, made, LOOKS["light"], PICTURE)
    faults = page_looks.faults_of_picture(made)
    if update and not faults:
        shutil.copyfile(made, KEPT)
    return faults or page_looks.faults_beside(KEPT, made)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    parser.add_argument("--npm", required=True, help="the folder that has node_modules")
    parser.add_argument("--keep", help="a folder for the pages and pictures of them")
    parser.add_argument("--update", action="store_true", help="keep the picture that is made")
    asked = parser.parse_args()
    modules = os.path.join(asked.npm, "node_modules")
    with open(glob.glob(os.path.join(modules, "@microsoft", "*", "sarif-2.1.0.json"))[0],
              encoding="utf-8") as file:
        sarif = jsonschema.Draft7Validator(json.load(file))
    faults, looks = [], 0
    with tempfile.TemporaryDirectory() as folder:
        made = os.path.abspath(asked.keep or os.path.join(folder, "forms"))
        subprocess.run([sys.executable, "-B", os.path.join(HERE, "forms.py"), "--bin", asked.bin,
                        "--xmllint", "xmllint", "--keep", made], check=True,
                       stdout=subprocess.DEVNULL)
        faults += [f"the kept picture: {each}" for each in
                   complaints_about_kept(os.path.abspath(asked.bin), folder, asked.update)]
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
                picture = f"{path}.{look}.png"
                page_looks.picture_of(folder, page, picture, flags)
                faults += [f"{name}: {each}" for each in page_looks.faults_of_picture(picture)]
            faults += [f"{os.path.basename(path)}, printed: {each}"
                       for each in page_looks.faults_of_print(folder, page)]
            os.remove(page)
    for fault in faults:
        print(f"FAIL  {fault}")
    print(f"SARIF and JUnit are valid, {looks} looks at pages without complaints" if not faults else
          f"{len(faults)} faults")
    return 1 if faults or not looks else 0


if __name__ == "__main__":
    sys.exit(main())
