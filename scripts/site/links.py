"""Fails where a page of the site links to a file or a place in a page that is not there.

usage: links.py SITE
"""

import html.parser
import os
import sys
import urllib.parse


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.targets = []
        self.places = set()

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.targets.append(value)
            elif name in ("id", "name") and value:
                self.places.add(value)


def read(path):
    links = Links()
    with open(path, encoding="utf-8") as page:
        links.feed(page.read())
    return links


def main():
    site = os.path.abspath(sys.argv[1])
    api = os.path.join(site, "api")  # javadoc has its own links
    pages = {
        os.path.join(folder, name): None
        for folder, _, names in os.walk(site)
        for name in names
        if name.endswith(".html") and not folder.startswith(api) and name != "404.html"
    }
    for path in pages:
        pages[path] = read(path)
    broken = set()
    for path, links in pages.items():
        for target in links.targets:
            url = urllib.parse.urlsplit(target)
            if url.scheme or url.netloc:
                continue
            there = os.path.normpath(os.path.join(os.path.dirname(path), urllib.parse.unquote(url.path))) if url.path else path
            if os.path.isdir(there):
                there = os.path.join(there, "index.html")
            place = urllib.parse.unquote(url.fragment)
            if not os.path.exists(there) or place and there in pages and place not in pages[there].places:
                broken.add(f"{os.path.relpath(path, site)}: {target}")
    if broken:
        sys.exit("\n".join(sorted(broken)) + f"\n{len(broken)} links lead nowhere")


main()
