#!/bin/sh
# Writes src/MinaKyukyu.Grpc*/PublicSurface.txt: every public and protected type and member of our stand-ins for the gRPC packages.
# tests/MinaKyukyu.Grpc.Tests holds the built assemblies against these files, and these files against the real packages.
#
# Read the difference before you commit it: a line that the packages do not have may not stand there.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
tests="$root/tests/MinaKyukyu.Grpc.Tests"
written="$tests/bin/Release/net10.0/surface"
dotnet build "$tests" -c Release --nologo -v quiet -p:PublicPackages=false
rm -rf "$written"
# The test writes what it found, and fails while the committed files say something else.
dotnet test "$tests" -c Release --no-build --nologo -v quiet -p:PublicPackages=false \
  --filter OwnSurfaceTests >/dev/null 2>&1 || true
for project in MinaKyukyu.Grpc MinaKyukyu.Grpc.AspNetCore; do
  if [ ! -f "$written/$project.txt" ]; then
    echo "update-surface: the tests wrote nothing for $project; run 'dotnet test $tests --filter OwnSurfaceTests'" >&2
    exit 1
  fi
  cp "$written/$project.txt" "$root/src/$project/PublicSurface.txt"
  echo "src/$project/PublicSurface.txt: $(wc -l < "$written/$project.txt") lines"
done
