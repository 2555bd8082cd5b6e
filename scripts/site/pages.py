"""Puts the pages of the repository into a folder, as MkDocs takes them.

usage: pages.py REPOSITORY FOLDER

Pages keep their places, so that links between them stay as they are. A file that a page links to and that is no page,
such as a source, becomes a page that shows it; a folder, one that lists its files. Comments that tell the tests of the
pages what a block does not show are left out. Prints MkDocs' nav, as docs/README.md has it.
"""

import json
import os
import re
import shutil
import sys

PAGES = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "benchmarks/gpu/README.md"]
LINK = re.compile(r"(\]\()([^)\s#]+)(#[^)\s]*)?(\))")
PICTURES = (".png", ".svg", ".jpg", ".gif")
LANGUAGES = {"java": "java", "xml": "xml", "py": "python", "sh": "sh", "html": "html"}
RESULTS = {"prints": "text", "names": "text", "error": "text", "": "text"}


def pages(root):
    docs = [
        os.path.relpath(os.path.join(folder, name), root)
        for folder, _, names in os.walk(os.path.join(root, "docs"))
        for name in names
        if name.endswith(".md")
    ]
    return PAGES + sorted(docs)


class Site:
    def __init__(self, root, folder):
        self.root = root
        self.folder = folder
        self.pages = set(pages(root))
        self.shown = {}

    def write(self, path, text):
        there = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(there), exist_ok=True)
        with open(there, "w", encoding="utf-8") as out:
            out.write(text)

    def read(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8") as page:
            return page.read()

    def build(self):
        for page in sorted(self.pages):
            self.write(page, self.converted(page))

    def converted(self, page):
        lines = []
        fence = None
        text = re.sub(r"(?ms)^<!--.*?-->\n", "", self.read(page))
        for line in text.split("\n"):
            mark = re.match(r"( *)```([\w-]*)$", line)
            if mark and fence is None:
                fence = mark.group(1)
                kind = RESULTS.get(mark.group(2), mark.group(2))
                lines.append(f"{fence}```{kind}")
            elif mark and line == f"{fence}```":
                fence = None
                lines.append(line)
            elif fence is not None:
                lines.append(line)
            else:
                self.prose(page, lines, line)
        return "\n".join(lines)

    def prose(self, page, lines, line):
        """Python's Markdown wants an empty line before a list, and four blanks below one of its items."""
        item = re.match(r"( *)([-*]|\d+\.) ", line)
        before = lines[-1] if lines else ""
        if item and not item.group(1) and before and not re.match(r" *([-*]|\d+\.) |  ", before):
            lines.append("")
        if line.startswith("  ") and not line.startswith("    "):
            line = "    " + line.lstrip()
        lines.append(LINK.sub(lambda found: self.link(page, found), line))

    def link(self, page, found):
        opens, target, anchor, closes = found.groups()
        if re.match(r"[a-z]+:", target):
            return found.group(0)
        path = os.path.normpath(os.path.join(os.path.dirname(page), target))
        if path in self.pages:
            return found.group(0)
        source = os.path.join(self.root, path)
        if os.path.isdir(source) and os.path.join(path, "README.md") in self.pages:
            other = os.path.join(path, "README.md")
        elif path.endswith(PICTURES):
            there = os.path.join(self.folder, path)
            os.makedirs(os.path.dirname(there), exist_ok=True)
            shutil.copyfile(source, there)
            return found.group(0)
        else:
            other = self.show(path)
        return opens + os.path.relpath(other, os.path.dirname(page) or ".") + (anchor or "") + closes

    def show(self, path):
        """The page that shows a file or lists a folder."""
        page = self.shown.get(path)
        if page is None:
            page = self.shown[path] = os.path.join("files", path + ".md")
            head = f"---\nsearch:\n  exclude: true\nhide:\n  - navigation\n---\n\n# {os.path.basename(path)}\n\n`{path}`\n\n"
            source = os.path.join(self.root, path)
            if os.path.isdir(source):
                body = "\n".join(f"- {name}" for name in sorted(os.listdir(source)))
            elif os.path.getsize(source) > 300_000:
                body = "Too large to be shown here."
            else:
                kind = LANGUAGES.get(path.rsplit(".", 1)[-1], "text")
                body = f"````{kind}\n{self.read(path)}\n````"
            self.write(page, head + body + "\n")
        return page

    def nav(self):
        """The sections of docs/README.md, and what it has forgotten."""
        nav = [{"Torchscribe": "README.md"}]
        left = sorted(page for page in self.pages if page.startswith("docs/") and page != "docs/README.md")
        left += ["ARCHITECTURE.md", "CONTRIBUTING.md"]
        for section in re.split(r"(?m)^## ", self.read("docs/README.md"))[1:]:
            title, _, body = section.partition("\n")
            found = []
            for name, target in re.findall(r"\[([^\]]+)\]\(([^)#]+)\)", body):
                path = os.path.normpath(os.path.join("docs", target))
                if path in left:
                    left.remove(path)
                    found.append({name: path})
            nav.append({title: found})
        nav[1][next(iter(nav[1]))].insert(0, "docs/README.md")
        if left:
            nav.append({"More": left})
        nav.append({"API": "api/index.html"})
        return nav


def main():
    root, folder = sys.argv[1:]
    site = Site(root, folder)
    site.build()
    print("nav: " + json.dumps(site.nav(), ensure_ascii=False))


main()
