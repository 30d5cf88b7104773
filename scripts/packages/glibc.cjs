'use strict';
// Which C library an addon needs.
const { execFileSync } = require('node:child_process');

/**
 * The highest that an addon may need: what one that is built on Debian 12 does; the workflow, which
 * builds on an older system, sets less.
 */
const HIGHEST_GLIBC = process.env.HIGHEST_GLIBC ?? '2.34';

/** Parts of a version, as numbers: `2.3.4` is before `2.34`. */
function compareVersions(a, b) {
  const [one, other] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The highest version of glibc whose symbols a file uses, e.g. `2.34`; undefined for none. */
function glibcOf(file) {
  const text = execFileSync('readelf', ['--version-info', '--wide', file], { encoding: 'utf8' });
  const versions = [...text.matchAll(/GLIBC_(\d[\d.]*)/g)].map(([, version]) => version);
  return versions.sort(compareVersions).at(-1);
}

/** Other libraries that a file needs. */
function librariesOf(file) {
  const text = execFileSync('readelf', ['--dynamic', '--wide', file], { encoding: 'utf8' });
  return [...text.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, name]) => name);
}

module.exports = { HIGHEST_GLIBC, compareVersions, glibcOf, librariesOf };
