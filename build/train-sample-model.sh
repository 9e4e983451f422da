#!/usr/bin/env bash
# Trains the model of the sample city anew: a year of invented runs on its real roads, whose true speeds, hours and turnouts are
# others than the router's. The same program gives the same model.bin; the signature is of a key that is thrown away.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/mina-model.XXXXXX")
trap 'rm -rf "$work"' EXIT
./mina model simulate-runs --city samples/tachikawa --weeks 52 --seed 7 --out "$work/runs.csv.gz"
./mina model train --schema samples/schemas/journal.json --in "$work/runs.csv.gz" --out "$work/model" --key "$work/key.pem"
rm -rf samples/tachikawa/model
mv "$work/model" samples/tachikawa/model
cp samples/tachikawa/model/signer.pem samples/tachikawa/model-signer.pem
