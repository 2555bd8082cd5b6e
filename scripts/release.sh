#!/usr/bin/env bash
# Makes a release into a folder, a Maven repository, as it would go to a public one: POMs that stand by themselves, jars,
# sources, Javadoc, signatures, sums. Looks at each file, compares what users call with the release before, and lets
# projects use it that begin with nothing: two of Maven's, a server's with the BOM, and one of Gradle's where there is
# Gradle. Nothing is published, and nothing of this checkout is changed: what is committed is what is built.
#
# usage: scripts/release.sh VERSION [FOLDER]         FOLDER: target/release; what a run has left is replaced
#        TORCHSCRIBE_SINCE=VERSION@REPOSITORY        another release to compare with than the last tag's in Maven Central
#        GPG_KEY=ID                                  signs with it; otherwise a key is made, and thrown away
# Beside FOLDER, in FOLDER-site, is the site of this version.
# needs: JDK 17, Maven, gpg, Python with venv, npm, the network. Tests are not run: CI has run them.
set -euo pipefail

version=${1:?usage: scripts/release.sh VERSION [FOLDER]}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[A-Za-z0-9.]+)?$ && $version != *SNAPSHOT* ]] \
  || { echo "a release is called like 0.1.0, and not $version" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${2:-$root/target/release}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
others=$(cd "$folder" && find . -mindepth 1 ! -path ./io ! -path ./io/github ! -path ./io/github/torchscribe \
  ! -path './io/github/torchscribe/*' -print -quit)
[ -z "$others" ] || { echo "$folder would be emptied, and has $others, which no release has made: name another folder" >&2; exit 2; }
cd "$root"
now=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml | head -n 1)
[ -z "$(git status --porcelain)" ] || echo "note: what is not committed is not in it" >&2
grep -q "^## $version\$" CHANGELOG.md || echo "note: CHANGELOG.md has no section $version yet" >&2

work=$(mktemp -d)
trap 'GNUPGHOME=$work/gnupg gpgconf --kill gpg-agent 2>/dev/null; rm -rf "$work"' EXIT
rm -rf "$folder/io"
git archive HEAD | tar -x -C "$work"
(cd "$work" && grep -rlF --include=pom.xml --include='*.md' --include=build.gradle "$now" . | xargs sed -i "s/${now//./\\.}/$version/g")

if [ -z "${GPG_KEY:-}" ]; then
  export GNUPGHOME=$work/gnupg
  mkdir -m 700 "$GNUPGHOME"
  gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key 'A trial <trial@example.org>' default default never
fi

since=()
last=${TORCHSCRIBE_SINCE:-$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null | sed 's/^v//' || true)}
if [ -n "$last" ]; then
  since=("-Dapi.since=${last%%@*}")
  [ "$(cut -d. -f1,2 <<< "${last%%@*}")" = "$(cut -d. -f1,2 <<< "$version")" ] || since+=("-Dapi.breaks=false")
  [[ $last != *@* ]] || since+=("-Dapi.repository=${last#*@}")
  echo "compared with ${last%%@*}"
else
  echo "there is no release yet to compare with"
fi

(cd "$work" && mvn --batch-mode --no-transfer-progress -q -Prelease,spark deploy -DskipTests -Dinvoker.skip -Dspotless.check.skip \
  ${GPG_KEY:+-Dgpg.keyname=$GPG_KEY} "${since[@]}" -DaltDeploymentRepository="release::file://$folder")

echo "== what there is"
base=$folder/io/github/torchscribe
for place in "$base"/*/"$version"; do
  artifact=$(basename "$(dirname "$place")")
  files=("$artifact-$version.pom")
  grep -q '<packaging>pom' "$place/${files[0]}" || files+=("$artifact-$version"{,-sources,-javadoc}.jar)
  for file in "${files[@]}"; do
    for sum in md5 sha1; do
      [ "$("${sum}sum" < "$place/$file" | cut -d' ' -f1)" = "$(cat "$place/$file.$sum")" ] || { echo "$file: no sum" >&2; exit 1; }
    done
    gpg --batch --quiet --verify "$place/$file.asc" "$place/$file" 2>"$work/gpg" || { cat "$work/gpg" >&2; exit 1; }
  done
  for said in name description url licenses scm developers issueManagement; do
    grep -q "<$said[ >]" "$place/${files[0]}" || { echo "${files[0]} says no $said" >&2; exit 1; }
  done
  ! grep -E 'SNAPSHOT|\$\{|<parent>' "$place/${files[0]}" | grep -vF '${project.version}' || exit 1
  if [ ${#files[@]} -gt 1 ]; then
    unzip -l "$place/$artifact-$version.jar" > "$work/list"
    for said in LICENSE NOTICE; do
      grep -q "META-INF/$said\$" "$work/list" || { echo "$artifact has no $said" >&2; exit 1; }
    done
    unzip -p "$place/$artifact-$version.jar" META-INF/NOTICE | cmp -s - "$work/NOTICE" || { echo "$artifact has another NOTICE" >&2; exit 1; }
  fi
  echo "$artifact: ${#files[@]} files, signed"
done
for kept in torchscribe-samples torchscribe; do
  [ ! -e "$base/$kept" ] || { echo "$kept is not to be published" >&2; exit 1; }
done
unzip -p "$base/torchscribe-onnx/$version/torchscribe-onnx-$version.jar" META-INF/NOTICE | grep 'Copyright (c) ONNX' > /dev/null \
  || { echo "torchscribe-onnx does not say whose its classes are" >&2; exit 1; }

echo "== who uses it, from an empty repository of his own"
cat > "$work/settings.xml" <<XML
<settings>
  <profiles><profile><id>release</id><repositories>
    <repository><id>release</id><url>file://$folder</url></repository>
  </repositories></profile></profiles>
  <activeProfiles><activeProfile>release</activeProfile></activeProfiles>
</settings>
XML
use() {
  (cd "$1" && shift && mvn --batch-mode --no-transfer-progress -s "$work/settings.xml" -Dmaven.repo.local="$work/repository" \
    -Djavacpp.platform.host -Dtorchscribe.runs= "$@") > "$work/said" 2>&1 || { tail -n 60 "$work/said" >&2; exit 1; }
}
# tell WHO WORD…: the lines that have these words; each has to be there
tell() {
  local who=$1 line lines=()
  for word in "${@:2}"; do
    line=$(grep "$word" "$work/said") || { echo "$who: nothing is said with '$word'" >&2; tail -n 60 "$work/said" >&2; exit 1; }
    lines+=("$line")
  done
  echo "$who: $(printf '%s\n' "${lines[@]}" | paste -sd ';')"
}
use "$work/samples/src/it/consumer" compile exec:java
tell 'consumer (Maven)' 'after training'
use "$work/samples/src/it/modules" compile exec:exec
tell 'modules (Maven)' 'runs in' 'after training'
use "$work/samples/src/release/server" process-classes exec:java -Dexec.mainClass=example.Server
tell 'server (Maven, BOM)' 'answers of' 'takes FastCSV'
for kind in bytedeco others; do
  ls -l "$work/samples/src/release/server/target/server" | awk -v kind=$kind '
    NF > 8 && ($9 ~ /^(pytorch|openblas|javacpp)/) == (kind == "bytedeco") { n++; s += $5 }
    END { printf "  a server has of %s %d jars, %.1f MB\n", kind, n, s / 1e6 }'
done
if command -v gradle > /dev/null; then
  (cd "$work/samples/src/release/gradle" && gradle --no-daemon --console=plain -q -g "$work/gradle" -Prelease="file://$folder" run) \
    > "$work/said" 2>&1 || { tail -n 60 "$work/said" >&2; exit 1; }
  tell "consumer ($(gradle --version 2>/dev/null | grep '^Gradle'))" 'after training'
else
  echo "there is no Gradle: not tried"
fi
echo "== the site, which has the release's versions"
"$work/scripts/site.sh" "$folder-site"
echo "== all is in $folder and $folder-site"
