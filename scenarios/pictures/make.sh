#!/bin/sh
# Draws the pictures of the README again: figures of scenarios/gallery.yaml, and its report page as Chromium shows it.
# Needs the .NET SDK, and chromium for the last one. Two to three minutes on two cores.
set -eu
cd "$(dirname "$0")/../.."
pictures=scenarios/pictures
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build -c Release -v quiet src/TmeSim.Cli
tmesim="dotnet src/TmeSim.Cli/bin/Release/net10.0/tmesim.dll"
$tmesim run scenarios/gallery.yaml --out "$out" >/dev/null
run=$(echo "$out"/pd-l1-and-vegf-blockade-*)
for kind in time_course contrast burden waterfall spider swimmer synergy phase_plane clones tissue field spatial pharmacokinetics; do
  cp "$run"/figures/[0-9][0-9]-"$kind"-*.svg "$pictures/$kind.svg"
done
if command -v chromium >/dev/null; then
  chromium --headless --no-sandbox --hide-scrollbars --force-device-scale-factor=1 --window-size=1280,2000 --virtual-time-budget=20000 \
    --screenshot="$pictures/report.png" "file://$run/report.html#day=42" >/dev/null 2>&1
fi
ls -l "$pictures"
