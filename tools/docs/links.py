"""Follows every link of a site on the disk: pages, headings, pictures; and lets none be fetched
from elsewhere."""
import html.parser
import os
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids = set()
        self.links = []
        self.fetched = []
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        for name in ("id", "name"):
            if given.get(name):
                self.ids.add(given[name])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        for name in ("src", "href"):
            if tag in ("img", "script", "link") and given.get(name):
                if given.get("rel") not in ("canonical", "next", "prev"):
                    self.fetched.append(given[name])


def check(site):
    """0 if every link leads somewhere; prints the others."""
    pages = {}
    for folder, _, names in os.walk(site):
        for name in names:
            if name.endswith(".html"):
                path = os.path.join(folder, name)
                pages[path] = Page(path)
    faults = []
    for path, page in sorted(pages.items()):
        if os.path.basename(path) == "404.html":
            continue  # its links are from the root of a server
        here = os.path.relpath(path, site)
        for link in page.links + page.fetched:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                if link in page.fetched:
                    faults.append(f"{here} fetches {link}")
                continue
            there = path
            if parts.path:
                there = os.path.normpath(os.path.join(os.path.dirname(path),
                                                      urllib.parse.unquote(parts.path)))
            if os.path.isdir(there):
                there = os.path.join(there, "index.html")
            if not os.path.exists(there):
                faults.append(f"{here} links to {link}, which is not there")
            elif parts.fragment and there in pages:
                if urllib.parse.unquote(parts.fragment) not in pages[there].ids:
                    faults.append(f"{here} links to {link}, which has no such heading")
    for fault in sorted(set(faults)):
        print(fault)
    print(f"{len(pages)} pages, {sum(len(page.links) for page in pages.values())} links, "
          f"{len(set(faults))} broken")
    return 1 if faults else 0
