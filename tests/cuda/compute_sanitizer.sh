#!/usr/bin/env bash
# The small tests of ring 3 under every tool of compute-sanitizer. Needs a device, CuPy, and compute-sanitizer of the
# CUDA toolkit. Usage: bash tests/cuda/compute_sanitizer.sh [PYTHON]
set -euo pipefail

python=${1:-python3}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
for tool in memcheck racecheck initcheck synccheck; do
    printf '\n=== %s\n' "$tool"
    # --gpu-no-pool: within CuPy's pool of memory the end of an array cannot be seen.
    compute-sanitizer --tool "$tool" --error-exitcode 1 "$python" -m pytest -q -m gpu --gpu-no-pool -p no:cacheprovider \
        tests/cuda/test_cuda_device.py -k 'references or side or contiguous or nothing'
done
