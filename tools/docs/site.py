#!/usr/bin/env python3
"""Builds the site of the documents: gathers pages in build/docs/pages, then has mkdocs make HTML.

    tools/docs/site.py [--gather]

Documents link to each other, and to whatever else is in the tree: headers, tests, cases. On the
site such a file is a page as well, with its text, so that no link leads away or nowhere. The pages
of the C++ and Python reference are made here too, from what they describe. --gather stops before
mkdocs. Afterwards every link of the site is followed (links.py).
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

import cpp_pages
import links
import python_page

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.path.join(TREE, "build", "docs")
PAGES = os.path.join(OUT, "pages")
# Pages that stand at the top of the tree, and where they stand on the site.
AT_THE_TOP = {"README.md": "index.md", "ARCHITECTURE.md": "ARCHITECTURE.md",
              "CHANGELOG.md": "CHANGELOG.md", "CONTRIBUTING.md": "CONTRIBUTING.md"}
FENCE = re.compile(r"^(```+)(\w*)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(\[(?:[^\[\]]|\[[^\]]*\])*\]\()([^)\s]+)(\))")
LANGUAGES = {".hpp": "cpp", ".cpp": "cpp", ".h": "c", ".c": "c", ".def": "cpp", ".py": "python",
             ".json": "json", ".sh": "bash", ".cmake": "cmake", ".yml": "yaml"}
# Of a folder that is linked to, files are shown whole up to here.
SHOWN_BYTES = 6000


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def page_of(path):
    """Where a file of the tree is on the site, if it is a document; else None."""
    if path in AT_THE_TOP:
        return AT_THE_TOP[path]
    if path.startswith("docs/") and (path.endswith(".md") or not path.endswith(".json")):
        return path[len("docs/"):]
    return None


def fenced(text, language):
    ticks = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return f"{ticks}{language}\n{text.rstrip()}\n{ticks}\n"


class Site:
    def __init__(self):
        self.sources = set()  # files and folders that pages link to

    def gather(self):
        shutil.rmtree(PAGES, ignore_errors=True)
        for path in AT_THE_TOP:
            self.document(path)
        for folder, _, names in os.walk(os.path.join(TREE, "docs")):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), TREE)
                if name.endswith(".md"):
                    self.document(path)
                else:
                    os.makedirs(os.path.dirname(os.path.join(PAGES, path[5:])), exist_ok=True)
                    shutil.copyfile(os.path.join(TREE, path), os.path.join(PAGES, path[5:]))
        for name, text in cpp_pages.pages(os.path.join(TREE, "include", "rollcall")):
            self.put(f"reference/cpp/{name}", text, "docs/reference/cpp")
        self.put("reference/python.md",
                 python_page.page(os.path.join(TREE, "bindings", "python", "rollcall")),
                 "docs/reference")
        self.put("design/index.md", self.design_notes(), "docs/design")
        while self.sources:  # a page of a source has links itself, if it is a document
            self.source(self.sources.pop())

    def document(self, path):
        self.put(page_of(path), read(os.path.join(TREE, path)), os.path.dirname(path))

    def put(self, page, text, folder):
        """Writes a page whose links are those of a file in that folder of the tree."""
        made, at = [], 0
        for fence in FENCE.finditer(text):
            made.append(self.relinked(text[at:fence.start()], page, folder))
            made.append(self.retitled(fence))
            at = fence.end()
        made.append(self.relinked(text[at:], page, folder))
        write(os.path.join(PAGES, page), "".join(made))

    @staticmethod
    def retitled(fence):
        """```csv users.csv: what a guide says of a block becomes the title that is shown."""
        ticks, language, rest, body = fence.groups()
        name = rest.strip()
        if name.endswith(" +"):
            name = name[:-2] + ", added"
        title = f' title="{name}"' if name else ""
        return f"{ticks}{language or 'text'}{title}\n{body}{ticks}"

    def relinked(self, text, page, folder):
        return LINK.sub(lambda link: link[1] + self.target(link[2], page, folder) + link[3], text)

    def target(self, target, page, folder):
        path, _, anchor = target.partition("#")
        if not path or "://" in path or path.startswith("mailto:"):
            return target
        there = os.path.normpath(os.path.join(folder, path))
        found = page_of(there) if os.path.isfile(os.path.join(TREE, there)) else None
        if os.path.isdir(os.path.join(TREE, there)):
            readme = os.path.join(there, "README.md")
            found = page_of(readme) if os.path.isfile(os.path.join(TREE, readme)) else None
        if found is None:
            if not os.path.exists(os.path.join(TREE, there)):
                if os.path.exists(os.path.join(PAGES, page_of(there) or there)):
                    found = page_of(there)  # one that is made
                else:
                    raise SystemExit(f"site: {page} links to {target}, which is not there")
            else:
                header = re.fullmatch(r"include/rollcall/(\w+)\.hpp", there)
                if header:
                    found = f"reference/cpp/{header[1]}.md"
                else:
                    self.sources.add(there)
                    found = f"source/{there}.md"
        relative = os.path.relpath(found, os.path.dirname(page))
        return relative + (f"#{anchor}" if anchor else "")

    def source(self, path):
        page = f"source/{path}.md"
        if os.path.exists(os.path.join(PAGES, page)):
            return
        full = os.path.join(TREE, path)
        if os.path.isdir(full):
            self.put(page, self.folder(path), path)
        elif path.endswith(".md"):
            self.put(page, read(full), os.path.dirname(path))
        else:
            language = LANGUAGES.get(os.path.splitext(path)[1], "text")
            write(os.path.join(PAGES, page), f"# {path}\n\n" + fenced(read(full), language))

    def folder(self, path):
        """A folder as a page: what its README says, the small files, the names of the others."""
        made = [f"# {path}\n"]
        for name in sorted(os.listdir(os.path.join(TREE, path))):
            full = os.path.join(TREE, path, name)
            if os.path.isdir(full) or name == "__pycache__":
                if name != "__pycache__":
                    made.append(f"- [{name}/]({name})\n")
            elif os.path.getsize(full) <= SHOWN_BYTES:
                language = LANGUAGES.get(os.path.splitext(name)[1], "text")
                made.append(f"\n## {name}\n\n{fenced(read(full), language)}")
            else:
                made.append(f"\n## {name}\n\n[{os.path.getsize(full)} bytes]({name})\n")
        return "".join(made)

    @staticmethod
    def design_notes():
        folder = os.path.join(TREE, "docs", "design")
        notes = [f"- [{read(os.path.join(folder, name)).splitlines()[0].lstrip('# ')}]({name})\n"
                 for name in sorted(os.listdir(folder)) if name.endswith(".md")]
        return "# Design notes\n\nWhat was chosen where several ways were open, what it costs, " \
               "and what would change our mind.\n\n" + "".join(notes)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gather", action="store_true")
    options = parser.parse_args()
    Site().gather()
    shutil.copyfile(os.path.join(TREE, "tools", "docs", "site.css"),
                    os.path.join(PAGES, "site.css"))
    if options.gather:
        return 0
    config = os.path.join(TREE, "tools", "docs", "mkdocs.yml")
    done = subprocess.run(["mkdocs", "build", "--strict", "--clean", "-q", "-f", config],
                          stderr=subprocess.PIPE, text=True, check=False)
    # Debian's theme tells of versions to come whenever it runs; that is no warning of ours.
    said = [line for line in done.stderr.splitlines() if line.strip()]
    print("\n".join(said))
    if done.returncode != 0:
        return 1
    return links.check(os.path.join(OUT, "site"))


if __name__ == "__main__":
    sys.exit(main())
