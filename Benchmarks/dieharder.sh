#!/bin/bash
# Runs dieharder's tests over interleaved keyed draws and writes the results into docs/RANDOM.md.
#
#     dieharder.sh <random-bits> <folder> <report> [<interleaving>:<full|quick> ... | report]
#
# Each test reads a sequence of its own: its seed is base * 100000 + test * 100 + parameter, so any
# line can be repeated alone. A test that is not PASSED is repeated with other bases. What is found
# finished in the folder is not run again: an interrupted battery goes on where it was, and `report`
# writes down what there is. The report's last section is replaced.
set -euo pipefail

[ $# -ge 3 ] && [ -x "$1" ] && [ -f "$3" ] || {
  sed -n 's/^# *\(dieharder.sh <\)/usage: \1/p' "$0" >&2
  exit 64
}
readonly bits=$1 folder=$2 report=$3
shift 3
readonly all=(mixed:full ordinals:quick entities:quick attempts:quick streams:quick
  replications:quick successive:quick)
runs=("$@")
[ $# -gt 0 ] || runs=("${all[@]}")

# All of `dieharder -a`, as test.parameter; 0 is the default. The costly ones come last.
full="$(echo {0..17}.0 100.0 101.0 102.0 200.{1..12} 202.{2..5} 204.0 205.0 206.0 207.0 208.0 \
  209.0 201.{2..5} 203.{0..32})"
# A choice of them for interleavings with less in them: tests that take seconds.
quick="$(echo {0..3}.0 5.0 {8..13}.0 {15,16}.0 100.0 101.0 102.0 200.{2,8} 202.5 205.0 \
  206.0 207.0 209.0 203.{0,3})"

# Runs one test unless it is finished; the file's name says which: base, test and parameter.
run_test() {
  local interleaving=$1 base=$2 test=${3%.*} parameter=${3#*.} option=()
  local file=$folder/$interleaving/$base.$3
  [ -e "$file" ] && return
  case $test in 200 | 201 | 202 | 203) option=(-n "$parameter") ;; esac
  # The reader closes the pipe when it has enough; that the writer ends by it is no error.
  { "$bits" "$interleaving" "$(seed "$base" "$3")" || true; } \
    | dieharder -g 200 -d "$test" "${option[@]}" -c , -D test_name -D ntuple -D tsamples \
      -D psamples -D pvalues -D assessment > "$file.part"
  grep -qE 'PASSED|WEAK|FAILED' "$file.part"
  mv "$file.part" "$file"
}

# The seed of the sequence that a test reads.
seed() {
  echo $(($1 * 100000 + ${2%.*} * 100 + ${2#*.}))
}

# Runs the tests of a list, and those that are not PASSED with up to two other bases.
run_list() {
  local interleaving=$1 entry base
  for entry in $2; do
    for base in 1 2 3; do
      run_test "$interleaving" "$base" "$entry"
      grep -qE 'WEAK|FAILED' "$folder/$interleaving/$base.$entry" || break
    done
  done
}

# Files with the first results of an interleaving, in the order of tests.
first_results() {
  find "$folder/$1" -name '1.*' ! -name '*.part' | sort -t. -k"$2,$2"n -k"$(($2 + 1))"n
}

# One row of counts.
count_row() {
  local interleaving=${1%:*} list=${1#*:} files
  files=$(first_results "$interleaving" "$field")
  cat $files | awk -F, -v name="$interleaving" -v run="$(wc -w <<< "$files")" \
    -v of="$(wc -w <<< "${!list}")" '
    { gsub(/ /, "", $6); count[$6]++ }
    END { printf "| %s | %d of %d | %d | %d | %d | %d | %.1f |\n", name, run, of, NR,
      count["PASSED"], count["WEAK"], count["FAILED"], NR / 100 }'
}

# One row for each p-value of an interleaving that is not PASSED, at first or when repeated.
weak_rows() {
  local file entry
  for file in $(first_results "$1" "$field"); do
    entry=${file##*/1.}
    awk -F, -v name="$1" -v seed="$(seed 1 "$entry")" '
      { gsub(/ /, "") }
      FNR == 1 { files++ }
      $6 != "PASSED" { isWeak[FNR] = 1 }
      files == 1 { first[FNR] = $1 " | " $2 " | " seed " | " $5 " " $6; rows = FNR; next }
      { again[FNR] = again[FNR] (files > 2 ? ", " : "") $5 " " $6 }
      END {
        for (row = 1; row <= rows; row++)
          if (row in isWeak) printf "| %s | %s | %s |\n", name, first[row], again[row]
      }
    ' "$folder/$1"/[123]."$entry"
  done
}

# The results in Markdown.
write_results() {
  local run
  echo "## Results"
  printf '\nWritten by `make dieharder` with %s (Debian %s).\n\n' \
    "$(dieharder -l | grep -oE 'dieharder version [0-9.]+')" \
    "$(dpkg-query -W -f '${Version}' dieharder 2> /dev/null || echo 'package unknown')"
  echo "| sequence | tests run | p-values | PASSED | WEAK | FAILED | WEAK expected |"
  echo "|---|---|---|---|---|---|---|"
  for run in "${found[@]}"; do count_row "$run"; done
  printf '\nEvery p-value that was not PASSED at first or in a repetition with another seed:\n\n'
  echo "| sequence | test | parameter | seed | first | repeated |"
  echo "|---|---|---|---|---|---|"
  for run in "${found[@]}"; do weak_rows "${run%:*}"; done
  for run in "${found[@]}"; do
    printf '\n### %s\n\n```\n' "${run%:*}"
    cat $(first_results "${run%:*}" "$field") | sed 's/^ *//; s/ *, */, /g; s/ *$//'
    echo '```'
  done
}

# Replaces the last section of the report.
write_report() {
  local run found=() field
  # Where the test's number stands in a path that is split at its dots.
  field=$(($(tr -cd . <<< "$folder" | wc -c) + 2))
  for run in "${all[@]}"; do
    if compgen -G "$folder/${run%:*}/1.*" > /dev/null; then found+=("$run"); fi
  done
  [ ${#found[@]} -gt 0 ] || return 0
  { sed '/^## Results$/,$d' "$report"; write_results; } > "$report.part"
  mv "$report.part" "$report"
}

trap write_report EXIT
for run in "${runs[@]}"; do
  [ "$run" != report ] || continue
  list=${run#*:}
  mkdir -p "$folder/${run%:*}"
  run_list "${run%:*}" "${!list}"
done
