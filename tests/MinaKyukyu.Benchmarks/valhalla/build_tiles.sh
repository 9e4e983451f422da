#!/usr/bin/env bash
# Installs Valhalla and builds its tiles: build_tiles.sh EXTRACT.osm.pbf DIRECTORY. The configuration is DIRECTORY/config.json.
set -euo pipefail
extract=$(readlink -f "$1")
mkdir -p "$2"
tiles=$(readlink -f "$2")
cd "$(dirname "$(readlink -f "$0")")"
valhalla=$PWD/node_modules/.bin/valhalla
[[ -x $valhalla ]] || npm ci --no-fund --no-audit
# It leaves lists of its own where it runs.
cd "$tiles"
"$valhalla" build_config --mjolnir-tile-dir "$tiles/tiles" --mjolnir-tile-extract "$tiles/tiles.tar" >config.json
"$valhalla" build_tiles -c config.json "$extract"
