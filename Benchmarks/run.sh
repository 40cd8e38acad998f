#!/usr/bin/env bash
# Times one replication of every variant of a scenario on one core: the median of five runs.
# Compare two builds in turn on a quiet machine; absolute times say little.
set -euo pipefail
cd "$(dirname "$0")/.."

scenario=${1:-black-friday}
podstorm=${PODSTORM_BINARY:-.build/release/podstorm}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

TIMEFORMAT='%U'
for round in 1 2 3 4 5; do
  { time "$podstorm" run "Scenarios/$scenario/scenario.yaml" --replications 1 --jobs 1 --quiet \
    --output "$folder/$round" --timings "$folder/timings.json" > /dev/null 2>&1 \
    || case $? in 98 | 99) ;; *) exit 1 ;; esac; } 2>> "$folder/seconds"
done
echo "$scenario: $(sort -n "$folder/seconds" | sed -n 3p) s of CPU, one replication per variant"
cat "$folder/timings.json"
