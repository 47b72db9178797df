#!/bin/sh
# Do two builds of the tool give the same results? Ten small scenarios run with both, and everything they write is compared: state hashes, tables,
# snapshots, figures, manifests, report pages, what the terminal says, and the listings of the tool (schema, explain, help, validate, new, list).
#
#   sh tests/before-and-after.sh BEFORE AFTER [WORKDIR]     runs both builds, each into a folder of WORKDIR, and compares them
#   sh tests/before-and-after.sh --run BUILD DIR            runs one build and keeps what it wrote
#   sh tests/before-and-after.sh --compare DIR1 DIR2        compares what two builds wrote
#
# A build is a tmesim.dll (run through dotnet), a tmesim binary or a command in quotes. Exit code 0: all equal; 1: some differ, and the files that do are
# listed; 2: the comparison could not be made. A folder of WORKDIR that is there already is not written over. Without WORKDIR results are kept only where they differ.
# Both builds read one copy of the scenarios; --run reads those of the repository, so let nobody change them between two of its calls.
#
# Compared are bytes, but for what no two runs or builds share (function masked):
#   manifests      tool version, commit, runtime, operating system, CPU, wall time and CPU time, and the seal, a checksum over those
#   report pages   program version, vectors and runtime of the machine, CPU time
#   journals       wall time, place in the series file and checksum of a line; lines, as those of series, stand in the order in which simulations ended
#   log.txt        date, seconds, tool version, and the order of lines
#   other text     tool version of calibrated.yaml; the folder of results, wherever a text names it, and the hash in the name of a comparison's, which is of that
set -eu
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd)
scenarios='quick-start atezolizumab-bevacizumab nek9 radiotherapy resistance barrier sensitivity grid every-mechanism every-mechanism-3d'

usage() {
  sed -n '5,7s/^# *//p' "$0" >&2
  exit 2
}

# ---- Running: one build, ten folders and the listings ----

# The tool under test; $tool is a command of words whose files have absolute paths.
absolute() {
  if [ -f "$1" ]; then
    echo "$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
  else
    echo "$1"
  fi
}

find_tool() {
  tool=
  program=
  if [ -f "$1" ]; then
    program=$(absolute "$1")
  else
    for word in $1; do tool="$tool $(absolute "$word")"; done
  fi
  if ! tmesim --version >/dev/null 2>&1; then
    echo "cannot be run: $1" >&2
    exit 2
  fi
}

tmesim() {
  case $program in
    '') $tool "$@" ;;
    *.dll) dotnet "$program" "$@" ;;
    *) "$program" "$@" ;;
  esac
}

# step NAME ARGUMENTS…: one call of the tool; stdout is kept as NAME.txt in the folder of the scenario.
step() {
  name=$1
  shift
  code=0
  tmesim "$@" >"$out/$scenario/$name.txt" 2>"$out/stderr.txt" || code=$?
  if [ "$code" -ne 0 ]; then
    echo "$scenario: exit code $code of tmesim $*" >&2
    grep -v '^finished\|simulated days' "$out/stderr.txt" | tail -n 5 >&2 || :
    echo "$name: exit code $code" >>"$out/$scenario/FAILED"
  fi
}

run() { step run run "$@" --out "$out/$scenario"; }
sweep() { step "sweep-$(basename "$1" .yaml)" sweep "$@" --out "$out/$scenario"; }

# All kinds of figures; their times are 0 and the end of the run, and a day between that has a snapshot.
every_figure() {
  echo "figures=[{plot: time_course, measures: [tumor_volume_change, cd8_bed_per_mm2, perfusion_mean, hypoxic_fraction]}, {plot: contrast}, {plot: burden}, {plot: waterfall},
    {plot: spider}, {plot: swimmer}, {plot: synergy}, {plot: phase_plane}, {plot: clones}, {plot: tissue, times: [0 d, $1, $2]}, {plot: field, field: oxygen, times: [$2]},
    {plot: spatial, functions: [K, L, g, G], times: [$1]}, {plot: pharmacokinetics}]" | tr -d '\n'
}

# All nine fields.
every_field() {
  echo "figures=[{plot: time_course, measures: [tumor_volume_change, deaths_radiation, mutant_fraction, ifng_mean]}, {plot: tissue}, {plot: pharmacokinetics}, {plot: clones}"
  for field in oxygen vegf ifng cxcl suppressive myeloid damp antibody_delivery small_molecule_delivery; do echo ", {plot: field, field: $field, times: [$1]}"; done
  echo "]"
}

small='tissue.size=[1.28 mm, 1.28 mm]'
smaller='tissue.size=[0.96 mm, 0.96 mm]'
nodule='lesions[primary].tumor.radius=0.3 mm'
nodule2='lesions[second].tumor.radius=0.3 mm'

# Run, asked for again, drawn again and exported with a movie.
quick_start() {
  file=scenarios/quick-start.yaml
  run $file
  step again run $file --out "$out/$scenario"
  for folder in "$out/$scenario"/quick-start-*; do
    step report report "$folder" --json
    step export export "$folder" --measures --points --movie --simulations 39
  done
}

# Four arms, response at visits, every kind of figure; beside an immune desert.
atezolizumab_bevacizumab() {
  figures=$(every_figure '3 weeks' '9 weeks')
  set -- --replicates 4 --set "$small" --set 'lesions[primary].tumor={radius: 0.3 mm, doubling_time: 40 d, clones: [{name: B2M, lof: [B2M], fraction: 0.1}]}' \
    --set 'time={burn_in: 20 d, duration: 9 weeks, snapshot_every: 3 weeks}' --set 'parameters.endpoints.assessment_interval=3 weeks' --set "$figures"
  run scenarios/atezolizumab-bevacizumab/inflamed.yaml "$@"
  step compare compare scenarios/atezolizumab-bevacizumab/inflamed.yaml scenarios/atezolizumab-bevacizumab/desert.yaml "$@" --out "$out/$scenario"
  # The name of the folder holds a hash of the paths of the runs.
  for folder in "$out/$scenario"/compare-*; do mv "$folder" "$out/$scenario/comparison"; done
}

# The mouse, 2 x 2 with synergy, and arms without CD8 killing.
nek9() {
  figures=$(every_figure '3 d' '9 d')
  run scenarios/nek9/mouse-factorial.yaml --replicates 4 --set 'tissue.size=[1.6 mm, 1.6 mm]' --set "$nodule" --set 'time={burn_in: 8 d, duration: 9 d, snapshot_every: 3 d}' --set "$figures"
}

# Two lesions, of which one is irradiated in part; some cells survive.
radiotherapy() {
  run scenarios/radiotherapy/two-lesions.yaml --replicates 2 --set "$small" --set "$nodule" --set "$nodule2" --set 'time={burn_in: 20 d, duration: 5 weeks, snapshot_every: 1 weeks}' \
    --set 'parameters.radiation.alpha=0.1 /Gy' --set 'arms[8 Gy x 3].therapy[radiotherapy].radiotherapy.coverage=0.6' --set 'parameters.endpoints.assessment_interval=2 weeks' \
    --set 'figures=[{plot: time_course, measures: [tumor_volume_change, deaths_radiation, doomed_cells, damp_mean]}, {plot: waterfall}, {plot: contrast}, {plot: field, field: damp, times: [1 weeks]}, {plot: tissue, times: [0 d, 1 weeks, 5 weeks]}]'
}

# Clones that are there, and new ones.
resistance() {
  run scenarios/resistance/clones.yaml --replicates 2 --set "$small" --set "$nodule" --set 'time={burn_in: 20 d, duration: 6 weeks, snapshot_every: 2 weeks}' --set 'parameters.clones.mutation_rate=1e-3'
}

# An excluded tumour, its stroma opened, ignored and held.
barrier() {
  run scenarios/barrier/excluded.yaml --replicates 2 --set "$small" --set "$nodule" --set 'time={burn_in: 20 d, duration: 4 weeks, snapshot_every: 2 weeks}'
}

# Morris, Saltelli, Sobol points from distributions, and a calibration.
sensitivity() {
  set -- --replicates 1 --set "$smaller" --set 'lesions[primary].tumor.radius=0.2 mm' --set 'time={burn_in: 5 d, duration: 6 d}' --set 'sweep.outputs=[tumor_volume_change@6 d, deaths_cd8@6 d, cd8_bed_per_mm2@min]'
  sweep scenarios/sensitivity/screening.yaml "$@" --set sweep.trajectories=4
  sweep scenarios/sensitivity/indices.yaml "$@" --set sweep.base_samples=8
  sweep scenarios/sensitivity/patients.yaml "$@" --set sweep.runs=16
  # One at a time: with more, the number of simulations depends on which one ends first.
  step calibrate calibrate scenarios/sensitivity/calibrate-mouse.yaml --jobs 1 --out "$out/$scenario" --replicates 1 --set "$smaller" --set 'lesions[primary].tumor.radius=0.2 mm' --set 'time.burn_in=3 d' \
    --set calibrate.particles=16 --set calibrate.generations=3
}

# Two keys of the tumour; keys that are varied together; a list of patients.
grid() {
  set -- --replicates 2 --set "$smaller" --set 'lesions[primary].tumor.radius=0.2 mm'
  sweep scenarios/barrier/cd163-by-stroma.yaml "$@" --set 'time={burn_in: 10 d, duration: 2 weeks}' \
    --set 'sweep={vary: {"lesions[primary].immune.cd163_fraction": [0.1, 0.4, 0.85], "lesions[primary].stroma.density": [0.2, 0.5, 0.9]}, outputs: [tumor_volume_change@2 weeks, deaths_cd8@1 weeks], series: all}'
  sweep scenarios/nek9/inhibitor-by-blockade.yaml "$@" --set 'time={burn_in: 5 d, duration: 6 d}' --set 'sweep.outputs=[tumor_volume_change@6 d, cxcl_mean@mean]'
  sweep scenarios/atezolizumab-bevacizumab/dose-by-nlr.yaml "$@" --set 'time={burn_in: 5 d, duration: 6 d}' --set 'sweep.outputs=[tumor_volume_change@6 d, perfusion_mean@max]'
}

# Each mechanism at work, two threads inside the simulation.
every_mechanism() {
  figures=$(every_field '2 d' | tr -d '\n')
  run tests/scenarios/every-mechanism.yaml --threads 2 --replicates 2 --jobs 1 --set 'tissue.size=[1.28 mm, 1.1 mm]' --set 'time.snapshot_every=1 d' --set 'parameters.radiation.alpha=0.1 /Gy' --set "$figures"
}

every_mechanism_3d() {
  figures=$(every_field '2 d' | tr -d '\n')
  run tests/scenarios/every-mechanism.yaml --threads 2 --set 'tissue.size=[0.64 mm, 0.6 mm, 0.56 mm]' --set 'lesions[primary].tumor.radius=0.16 mm' --set 'lesions[second].tumor.radius=0.12 mm' \
    --set 'time={burn_in: 2 d, duration: 3 d, snapshot_every: 1 d}' --set "$figures"
}

# What the tool says without a run. `says NAME ARGUMENTS…` keeps stdout, stderr and exit code.
says() {
  name=$1
  shift
  code=0
  tmesim "$@" >"$out/listings/$name" 2>&1 || code=$?
  echo "exit code $code" >>"$out/listings/$name"
}

listings() {
  mkdir -p "$out/listings"
  says schema schema
  says explain explain
  for format in csv md tex; do says "explain.$format" explain --format $format; done
  for key in cd8 cd8.kill_rate cd8.killing bevacizumab tumor_volume_change response synergy 'figures[].plot' sweep.csv nothing-of-this-name; do says "explain-$key" explain $key; done
  says help --help
  for command in run compare sweep calibrate report validate schema explain new list export verify bench; do says "help-$command" $command --help; done
  says validate validate scenarios/*.yaml scenarios/*/*.yaml tests/scenarios/*.yaml
  says validate-wrong validate scenarios/quick-start.yaml --set 'time.duration=12 mm' --set patient.nrl=3 --set 'lesions[second].immune.cd8=40 /mm2' --set 'arms[Control].therapy=[{drug: nothing}]'
  says run-wrong run scenarios/quick-start.yaml --set replicates=none --out "$out/listings/none"
  says list list scenarios --json
  (cd "$out/listings" && says new new "a new scenario")
}

# run_build BUILD DIR FILES: FILES holds scenarios/ and tests/scenarios/.
run_build() {
  out=$2
  if [ -e "$out" ]; then
    echo "$out is there already; name another folder" >&2
    exit 2
  fi
  find_tool "$1"
  mkdir -p "$out"
  out=$(cd "$out" && pwd)
  cd "$3"
  begin=$(date +%s)
  for scenario in $scenarios; do
    start=$(date +%s)
    mkdir "$out/$scenario"
    $(echo "$scenario" | tr - _)
    step verify verify "$out/$scenario"/*/ --json
    echo "  $scenario: $(($(date +%s) - start)) s" >&2
  done
  listings
  rm -f "$out/stderr.txt"
  echo "$out" >"$out/place"
  echo "  all: $(($(date +%s) - begin)) s" >&2
}

# ---- Comparing: two folders that --run wrote ----

# The place of a folder when it was written, as a pattern of sed; results name it.
place_of() {
  sed 's/[].[*^$|\]/\\&/g' "$1/place"
}

# masked FILE PLACE: what of a file is compared where its bytes differ.
masked() {
  case $1 in
    */log.txt) sed -E "s/^[0-9-]{10}T[0-9:]{8}Z //; s/^tmesim [^ ,]+,/tmesim VERSION,/; s/(^| )[0-9]+\.[0-9]+ s([ ,]|\$)/\1TIME s\2/g; s|$2|OUT|g" "$1" | sort ;;
    */listings/*) sed "s|$2|OUT|g" "$1" ;;
    */journals/*.log) sed -E 's/^[0-9a-f]{8} //; s/"(wall_s|series)":[0-9.]+/"\1":0/g' "$1" | sort ;;
    *.csv.gz) gzip -dc "$1" | sort ;;
    */report.html)
      sed -E "/^<dt>(Program version|Vectors|Runtime)<\/dt>\$/{n;s/.*/MASKED/;}
        s/(<th scope=\"row\">CPU time \[h\]<\/th>).*/\1MASKED/; s|$2|OUT|g" "$1"
      ;;
    *.json)
      sed -E '/^  "cpu": \{$/,/^  \}/{/^  ("cpu"|\})/!d;}
        s/^( *"(tool_version|commit|runtime|operating_system|wall_seconds|cpu_hours|seal)": ).*[^,](,?)$/\1MASKED\3/'"; s|$2|OUT|g" "$1"
      ;;
    */calibrated.yaml) sed -E 's/\(TmeSim [^ ,]+,/(TmeSim VERSION,/' "$1" ;;
    *.txt) sed -E "s|$2|OUT|g; s/(OUT.*\/compare-[a-z0-9-]+)-[0-9a-f]{16}\//\1\//" "$1" ;;
    *) cat "$1" ;;
  esac
}

kind_of() {
  case $1 in
    */figures/*) echo figures ;;
    */snapshots/*) echo snapshots ;;
    *.csv | *.csv.gz) echo tables ;;
    */report.html) echo pages ;;
    *.json) echo manifests ;;
    *) echo others ;;
  esac
}

# compare_folder NAME: a line `kind equal` or `kind differs path` for each file of either side.
compare_folder() {
  for side in "$first" "$second"; do
    [ ! -d "$side/$1" ] || (cd "$side" && find "$1" -type f)
  done | sort -u >"$work/files"
  while IFS= read -r path; do
    kind=$(kind_of "$path")
    if [ ! -f "$first/$path" ]; then
      echo "$kind differs $path (only after)"
    elif [ ! -f "$second/$path" ]; then
      echo "$kind differs $path (only before)"
    elif cmp -s "$first/$path" "$second/$path"; then
      echo "$kind equal"
    else
      masked "$first/$path" "$first_place" >"$work/a"
      masked "$second/$path" "$second_place" >"$work/b"
      if cmp -s "$work/a" "$work/b"; then echo "$kind equal"; else echo "$kind differs $path"; fi
    fi
  done <"$work/files"
}

# State hashes of the runs, sweeps and calibrations of a scenario: where and when, and the hash.
hashes() {
  [ -d "$1" ] || return 0
  (
    cd "$1"
    find . -name manifest.json | while IFS= read -r path; do
      sed -nE '/^  "state_hashes": \[/,/^  \]/s/^ {6}"(arm|replicate|time_d|hash)": *//p' "$path" | paste -d ' ' - - - - | sed "s|^|$path |"
    done
    find . -path '*/journals/*.log' | while IFS= read -r path; do
      sed -n 's/.*"run":"\([0-9a-f]*\)".*"state":"\([0-9a-f]*\)".*/\1 \2/p' "$path" | sed "s|^|$path |"
    done
  ) | sort
}

# count KIND: "KIND equal/all" of the lines of compare_folder; nothing where there are none of a kind.
count() {
  awk -v kind="$1" '$1 == kind { all++; if ($2 == "equal") equal++ } END { if (all) printf ", %s %d/%d", kind, equal, all }' "$work/lines"
}

counts() {
  for kind in tables snapshots figures manifests pages others; do count $kind; done
}

compare_builds() {
  for side in "$1" "$2"; do
    if [ ! -f "$side/place" ]; then
      echo "$side does not hold a finished run of this script" >&2
      exit 2
    fi
  done
  first=$1
  second=$2
  first_place=$(place_of "$first")
  second_place=$(place_of "$second")
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  equal=0
  : >"$work/differing"
  for scenario in $scenarios; do
    compare_folder "$scenario" >"$work/lines"
    hashes "$first/$scenario" >"$work/hashes1"
    hashes "$second/$scenario" >"$work/hashes2"
    same=$(comm -12 "$work/hashes1" "$work/hashes2" | wc -l)
    all=$(sort -s -m "$work/hashes1" "$work/hashes2" | sed 's/ [^ ]*$//' | sort -u | wc -l)
    differing=$(sed -n 's/^[a-z]* differs //p' "$work/lines" | tee -a "$work/differing" | wc -l)
    verdict=equal
    [ "$all" -gt 0 ] || echo "$scenario: no state hashes" >>"$work/differing"
    [ "$differing" -eq 0 ] && [ "$same" -eq "$all" ] && [ "$all" -gt 0 ] || verdict=DIFFERS
    # A step that failed in both builds alike shows nothing.
    for side in "$first" "$second"; do
      if [ -f "$side/$scenario/FAILED" ]; then
        verdict=DIFFERS
        sed "s|^|$side, $scenario: |" "$side/$scenario/FAILED" >>"$work/differing"
      fi
    done
    [ $verdict != equal ] || equal=$((equal + 1))
    echo "$scenario: $verdict; state hashes $same/$all$(counts)"
  done
  compare_folder listings >"$work/lines"
  verdict=equal
  [ -s "$work/lines" ] || echo "others differs listings (on neither side)" >"$work/lines"
  [ "$(sed -n 's/^[a-z]* differs //p' "$work/lines" | tee -a "$work/differing" | wc -l)" -eq 0 ] || verdict=DIFFERS
  echo "listings: $verdict$(counts | sed 's/^,/;/')"
  if [ -s "$work/differing" ]; then
    echo "Differing:"
    sed 's/^/  /' "$work/differing"
  fi
  echo "$equal of $(echo $scenarios | wc -w) scenarios equal"
  [ "$equal" -eq "$(echo $scenarios | wc -w)" ] && [ ! -s "$work/differing" ]
}

case ${1-} in
  --run) [ $# -eq 3 ] || usage; run_build "$2" "$3" "$root" ;;
  --compare)
    [ $# -eq 3 ] || usage
    compare_builds "$2" "$3" || exit 1
    ;;
  -* | '') usage ;;
  *)
    case $# in
      2) into=$(mktemp -d) ;;
      3) into=$3 ;;
      *) usage ;;
    esac
    # Both builds read the same files, whatever happens to those of the repository meanwhile.
    mkdir -p "$into/files/tests"
    cp -R "$root/scenarios" "$into/files/"
    cp -R "$root/tests/scenarios" "$into/files/tests/"
    echo "before: $1" >&2
    (run_build "$1" "$into/before" "$into/files")
    echo "after: $2" >&2
    (run_build "$2" "$into/after" "$into/files")
    if compare_builds "$into/before" "$into/after"; then
      [ $# -eq 3 ] || rm -rf "$into"
    else
      echo "What both wrote is kept in $into" >&2
      exit 1
    fi
    ;;
esac
