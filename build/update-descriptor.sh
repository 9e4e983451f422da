#!/bin/sh
# Writes protos/v1.descriptor.pb, the wire of v1 as it was published, from protos/minakyukyu/** and what it imports.
# tests/MinaKyukyu.Architecture.Tests holds the compiled contracts against it and refuses any change that is not additive.
#
# Until the first release, while v1 is being written, the set may be made anew. AFTER THE FIRST RELEASE IT IS ONLY EXTENDED:
# run this only when that test names nothing but additions; never to silence a break. Removed is nothing, ever; a field that
# nobody needs any more stays and is marked deprecated.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
version=$(sed -n 's/.*Include="Grpc.Tools" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux_x64 ;;
  Linux-aarch64) platform=linux_arm64 ;;
  Darwin-*) platform=macosx_x64 ;;
  *) echo "update-descriptor: no protoc of Grpc.Tools for this machine" >&2; exit 1 ;;
esac
tools="$packages/grpc.tools/$version"
protoc="$tools/tools/$platform/protoc"
if [ ! -f "$protoc" ]; then
  echo "update-descriptor: $protoc is missing; run 'dotnet restore src/MinaKyukyu.Contracts' first" >&2
  exit 2
fi
cd "$root/protos"
find minakyukyu -name '*.proto' | LC_ALL=C sort | xargs "$protoc" -I . -I third_party -I "$tools/build/native/include" \
  --include_imports --descriptor_set_out=v1.descriptor.pb
echo "protos/v1.descriptor.pb: $(wc -c < v1.descriptor.pb) bytes"
