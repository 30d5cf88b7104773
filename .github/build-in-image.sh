#!/bin/sh
# Builds, checks and tests the package of a platform in an image of an old glibc (manylinux), or of
# musl (Alpine). Called by workflows/packages.yml.
set -eu

if command -v apk >/dev/null; then
  apk add --no-cache g++ cmake ninja binutils bash python3
else
  dnf install -y -q gcc-toolset-12-gcc-c++
  . /opt/rh/gcc-toolset-12/enable
  pipx install cmake ninja
  case "$(uname -m)" in x86_64) cpu=x64 ;; *) cpu=arm64 ;; esac
  releases=https://nodejs.org/dist/latest-v20.x
  archive="$(curl -fsS "$releases/SHASUMS256.txt" | sed -n "s/.* \(node-.*-linux-$cpu\.tar\.xz\)/\1/p")"
  curl -fsS "$releases/$archive" | tar xJ -C /usr/local --strip-components=1
fi

npm ci
npm run check:package
npx jest test/api test/dense test/reference test/property
