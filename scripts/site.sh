#!/usr/bin/env bash
# Makes a site of the README, the pages in docs and the Javadoc: folders of files, which any browser shows, from a disk,
# too, with search, and without a network. Fails where a link leads nowhere.
#
# usage: scripts/site.sh OUT [--no-javadoc]          of what OUT has, what an earlier run has made goes; others' files stay
#        scripts/site.sh --install-only
# needs: Python 3 with venv, npm, and what the build needs. Zensical, which makes the pages, goes, once, into
# ${TORCHSCRIBE_SITE:-~/.cache/torchscribe/site}.
set -euo pipefail

[ $# -ge 1 ] || { sed -n 's/^# \(usage.*\)/\1/p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
made=.torchscribe-site # in OUT: the files that are this script's
if [ "$1" != --install-only ] && [ ! -e "$1/$made" ] && [ -n "$(ls -A "$1" 2>/dev/null)" ]; then
  echo "$1 has $(ls -A "$1" | head -n 1), and no site of this script: name another folder" >&2
  exit 2
fi
home=${TORCHSCRIBE_SITE:-${XDG_CACHE_HOME:-$HOME/.cache}/torchscribe/site}
zensical=0.0.73
mermaid=11.12.0
worker=1.0.4

# take PACKAGE@VERSION FILE: from npm, FILE alone
take() {
  (cd "$home" && npm pack --silent "$1" >/dev/null && tar -xzf ./*.tgz "package/$2" && rm ./*.tgz)
}

if [ "$(cat "$home/version" 2>/dev/null)" != "$zensical $mermaid $worker" ]; then
  rm -rf "$home"
  mkdir -p "$home"
  python3 -m venv "$home/venv"
  "$home/venv/bin/pip" install -q "zensical==$zensical"
  take "mermaid@$mermaid" dist/mermaid.min.js
  take "iframe-worker@$worker" shim/index.js
  printf %s "$zensical $mermaid $worker" > "$home/version"
fi

[ "$1" != --install-only ] || exit 0
mkdir -p "$1"
out=$(cd "$1" && pwd)
javadoc=${2:-}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/pages/assets"
cp "$home/package/dist/mermaid.min.js" "$root/scripts/site/site.css" "$work/pages/assets"
cp "$root/scripts/site/mkdocs.yml" "$work/mkdocs.yml"
python3 "$root/scripts/site/pages.py" "$root" "$work/pages" > "$work/nav"
{
  cat "$work/nav"
  printf 'docs_dir: pages\nsite_dir: site\n'
  printf 'copyright: "Torchscribe %s"\n' "$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p;T;q' "$root/pom.xml")"
} >> "$work/mkdocs.yml"

# Of each module what it exports to everybody, without its module-info: one page for all, and one search.
if [ "$javadoc" != --no-javadoc ]; then
  (cd "$root" && mvn -q compile dependency:build-classpath -Dmdep.outputFile=target/javadoc-class-path -pl samples -am)
  packages=()
  mkdir "$work/sources"
  for module in "$root"/*/src/main/java/module-info.java; do
    sources=$(dirname "$module")
    while read -r package; do packages+=("$package"); done < <(sed -n 's/^ *exports \([a-zA-Z.]*\);.*/\1/p' "$module")
    cp -r "$sources/." "$work/sources"
  done
  rm "$work/sources/module-info.java"
  javadoc -quiet -Xdoclint:none -windowtitle Torchscribe -doctitle Torchscribe -encoding UTF-8 -locale en \
    -notimestamp -classpath "$(awk '{printf "%s:", $0}' "$root"/*/target/javadoc-class-path)" -sourcepath "$work/sources" \
    -d "$work/pages/api" "${packages[@]}"
else
  mkdir -p "$work/pages/api"
  echo '<!doctype html><title>API</title><p>Made without Javadoc.' > "$work/pages/api/index.html"
fi

(cd "$work" && "$home/venv/bin/zensical" build --strict --clean --config-file mkdocs.yml)

# From a disk a page may start no worker; what stands in for it, and so search, would be fetched from the net.
python3 - "$work/site" "$home/package/shim/index.js" <<'END'
import base64, pathlib, sys
site, shim = map(pathlib.Path, sys.argv[1:])
inline = "data:text/javascript;base64," + base64.b64encode(shim.read_bytes()).decode()
changed = 0
for page in site.rglob("*.html"):
    text = page.read_text(encoding="utf-8")
    if "https://unpkg.com/iframe-worker/shim" in text:
        page.write_text(text.replace("https://unpkg.com/iframe-worker/shim", inline), encoding="utf-8")
        changed += 1
sys.exit(0 if changed else "no page asks for iframe-worker any more: look how search works from a disk")
END
python3 "$root/scripts/site/links.py" "$work/site"
# An earlier one may have pages that are there no more.
if [ -e "$out/$made" ]; then
  (cd "$out" && xargs -d '\n' rm -f < "$made" && { xargs -d '\n' dirname < "$made" | sort -ru | xargs -d '\n' rmdir -p 2>/dev/null || true; })
fi
cp -r "$work/site/." "$out"
(cd "$work/site" && find . -type f -printf '%P\n') > "$out/$made"
echo "$out/index.html"
