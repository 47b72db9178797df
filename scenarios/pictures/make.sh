#!/bin/sh
# Draws report.png again: the report of scenarios/gallery.yaml as Chromium shows it. Needs the .NET SDK and chromium; two to three minutes on two cores.
set -eu
cd "$(dirname "$0")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build -c Release -v quiet src/TmeSim.Cli
dotnet src/TmeSim.Cli/bin/Release/net10.0/tmesim.dll run scenarios/gallery.yaml --out "$out" >/dev/null
chromium --headless --no-sandbox --hide-scrollbars --force-device-scale-factor=1 --window-size=1280,2000 --virtual-time-budget=20000 \
  --screenshot=scenarios/pictures/report.png "file://$(echo "$out"/pd-l1-and-vegf-blockade-*)/report.html#day=42" >/dev/null 2>&1
ls -l scenarios/pictures/report.png
