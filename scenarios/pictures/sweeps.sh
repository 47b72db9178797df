#!/bin/sh
# Draws the pictures of sweeps in the README again, from smaller forms of three shipped sweeps (FINDINGS.md 2.6 says what came out of them).
# Needs the .NET SDK. About 25 minutes on two cores; what is finished is kept in the folder given (default: runs).
set -eu
cd "$(dirname "$0")/../.."
pictures=scenarios/pictures
out=${1:-runs}
dotnet build -c Release -v quiet src/TmeSim.Cli
small() {
  dotnet src/TmeSim.Cli/bin/Release/net10.0/tmesim.dll sweep "$@" --out "$out" --quiet --set "tissue.size=[1.28 mm, 1.28 mm]" --set "lesions[primary].tumor.radius=0.36 mm"
}
small scenarios/barrier/cd163-by-stroma.yaml --replicates 4 --set "time.duration=12 weeks" \
  --set 'sweep={vary: {"lesions[primary].immune.cd163_fraction": [0.1, 0.4, 0.7, 0.85], "lesions[primary].stroma.density": [0.2, 0.5, 0.65, 0.9]}, outputs: [tumor_volume_change@12 weeks]}'
small scenarios/atezolizumab-bevacizumab/dose-by-nlr.yaml --replicates 4 --set "time.duration=12 weeks" --set 'sweep.outputs=[tumor_volume_change@12 weeks]'
small scenarios/sensitivity/screening.yaml --replicates 2 --set "time={burn_in: 56 d, duration: 6 weeks}" --set sweep.trajectories=6 --set 'sweep.outputs=[tumor_volume_change@6 weeks]'
copy() { cp "$out"/$1-sweep-*/figures/[0-9][0-9]-$2 "$pictures/$3.svg"; }
copy cd163-fraction-by-stroma-density "bestarm-*" sweep_bestarm
copy cd163-fraction-by-stroma-density "heatmap-*" sweep_heatmap
copy bevacizumab-dose-by-nlr "response-*" sweep_response
copy screening-of-parameters-under-atezolizumab-bevac "morris-*-effect-*" sweep_morris
