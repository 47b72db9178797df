#!/bin/sh
# Runs the sweep of throughput.yaml with one job and with two, alternating, and as two processes of one job each on a half of the work, which is what
# the machine gives without any coordination. Prints seconds, simulations per second, ratios, and the resident memory of the process as it goes.
#   throughput.sh TMESIM...     the command of the tool, word by word: throughput.sh dotnet src/TmeSim.Cli/bin/Release/net10.0/tmesim.dll
set -eu

here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runs=1000

now() { date +%s.%N; }

# one NAME JOBS: seconds to stdout, resident memory in MB at every tenth of the runs to stderr
one() {
  start=$(now)
  "$tool" "$@" >/dev/null 2>&1 &
  pid=$!
  journal=
  tenth=1
  line=
  while kill -0 $pid 2>/dev/null; do
    [ -n "$journal" ] || journal=$(ls "$out"/*/journals/*.log 2>/dev/null | head -n 1 || true)
    if [ -n "$journal" ] && [ "$(wc -l <"$journal")" -ge $((runs * tenth / 10)) ]; then
      line="$line $(awk '/^VmRSS/ {printf "%.0f", $2 / 1024}' /proc/$pid/status 2>/dev/null || true)"
      tenth=$((tenth + 1))
    fi
    sleep 0.2
  done
  wait $pid
  echo "memory after each tenth [MB]:$line" >&2
  awk -v a="$start" -v b="$(now)" 'BEGIN {printf "%.1f", b - a}'
}

tool=$1
shift
for round in ${ROUNDS:-1 2 3}; do
  out=$work/one.$round
  t1=$(one "$@" sweep "$here/throughput.yaml" --out "$out" --jobs 1 --no-figures --quiet)
  out=$work/two.$round
  t2=$(one "$@" sweep "$here/throughput.yaml" --out "$out" --jobs 2 --no-figures --quiet)
  cmp "$work/one.$round"/*/sweep.csv "$work/two.$round"/*/sweep.csv
  start=$(now)
  "$tool" "$@" sweep "$here/throughput.yaml" --out "$work/a.$round" --jobs 1 --shard 1/2 --no-figures --quiet 2>/dev/null &
  first=$!
  "$tool" "$@" sweep "$here/throughput.yaml" --out "$work/b.$round" --jobs 1 --shard 2/2 --no-figures --quiet 2>/dev/null
  wait $first
  t3=$(awk -v a="$start" -v b="$(now)" 'BEGIN {printf "%.1f", b - a}')
  awk -v n=$runs -v a="$t1" -v b="$t2" -v c="$t3" 'BEGIN {printf "one job %.1f s (%.1f /s), two jobs %.1f s (%.1f /s): %.2fx; two processes %.1f s: %.2fx\n", a, n / a, b, n / b, a / b, c, a / c}'
done
