#!/usr/bin/env bash
# Builds the fuzz targets with libFuzzer and AddressSanitizer and runs each for a while.
#
#   Tests/Fuzz/run.sh [SECONDS] [READER ...]     600 seconds each and all readers by default
#
# New inputs that reach new code are kept in .build/fuzz/corpus/READER, an input that breaks a
# reader in .build/fuzz/READER-crash-*. Prints one line a reader; exits 1 when one was broken.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-600}
shift || true
readers=("$@")
[ ${#readers[@]} -gt 0 ] || readers=(literal manifest override scenario)

out=.build/fuzz
yaml=.build/checkouts/Yams/Sources/CYaml
[ -d "$yaml" ] || swift package resolve
mkdir -p "$out/modules" "$out/objects"

# Compiles one module of the package unless nothing has changed: its name and its folder.
changed=""
compile() {
  local files object="$out/objects/$1.o"
  mapfile -t files < <(find "$2" -name '*.swift' | sort)
  if [ -z "$changed" ] && [ -e "$object" ] \
    && [ -z "$(find "$2" Tests/Fuzz/run.sh -newer "$object")" ]; then
    return
  fi
  changed=1
  echo "compiling $1"
  swiftc -O -wmo -sanitize=fuzzer,address -parse-as-library -swift-version 6 \
    -package-name podstorm -module-name "$1" -I "$out/modules" -I "$yaml/include" \
    -I Sources/CGSL -emit-module -emit-module-path "$out/modules/$1.swiftmodule" \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility \
    -c "${files[@]}" -o "$object"
}

for file in "$yaml"/src/*.c; do
  clang -O2 -g -fsanitize=fuzzer-no-link,address -I "$yaml/include" \
    -c "$file" -o "$out/objects/$(basename "$file" .c).o"
done
for module in SimKernel Statistics KubernetesManifests ClusterSimulator Scenarios; do
  compile "$module" "Sources/$module"
done
compile FuzzSupport Tests/Fuzz/Support
compile FuzzTarget Tests/Fuzz/Target
swiftc -sanitize=fuzzer,address -use-ld=lld "$out"/objects/*.o -lgsl -lgslcblas -lm -o "$out/fuzz"

# Swift's lazy globals look like leaks, and its own backtraces hide those of the sanitizer.
export ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no

broken=0
for reader in "${readers[@]}"; do
  mkdir -p "$out/corpus/$reader"
  ln -f "$out/fuzz" "$out/$reader"
  log="$out/$reader.log"
  status=0
  # One thread, at most 10 s and 2 GB an input.
  "$out/$reader" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$out/$reader-" \
    "$out/corpus/$reader" "Tests/Fuzz/Corpus/$reader" > "$log" 2>&1 || status=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -1)
  peak=$(sed -n 's/^stat::peak_rss_mb: *//p' "$log" | tail -1)
  edges=$(grep -o 'cov: [0-9]*' "$log" | tail -1 | cut -d ' ' -f 2)
  echo "$reader: ${runs:-0} executions, ${edges:-0} edges, ${peak:-0} MB at most, exit $status"
  [ "$status" = 0 ] || broken=1
done
exit "$broken"
