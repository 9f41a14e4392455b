#!/usr/bin/env bash
# Makes the sample of real music; skips if the packages can't be downloaded.
set -euo pipefail
"$(dirname "${BASH_SOURCE[0]}")/../../datasets/make_sample.sh" "$1" || { echo "SKIPPED: no sample of real music"; exit 77; }
