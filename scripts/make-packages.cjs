'use strict';
// What is published, as folders and as tarballs in out/packages/: the main package, and one for each
// platform that prebuilds/ has an addon of (--all: of each, or none is made). Before: npm run build:prebuild, on each platform.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { glibcOf } = require('./packages/glibc.cjs');
const {
  ADDON,
  isPublished,
  mainManifest,
  packedName,
  platformManifest,
  platformReadme,
} = require('./packages/manifests.cjs');

const root = path.join(__dirname, '..');
const out = path.join(root, 'out', 'packages');
const { platforms } = require(path.join(root, 'dist', 'lib', 'addon', 'platforms.js'));
const checkout = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

/** npm, without the scripts of the packages; its output as JSON. */
function npm(folder, ...argv) {
  const text = execFileSync('npm', [...argv, '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const report = JSON.parse(text);
  return Array.isArray(report) ? report[0] : Object.values(report)[0];
}

const folderOf = (name) => path.join(out, packedName(name));

/** Files are pairs of path in the package and where it is copied from, or the text. */
function makeFolder(manifest, files) {
  const folder = folderOf(manifest.name);
  for (const [name, { from, text }] of files) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (from === undefined) fs.writeFileSync(file, text);
    else fs.copyFileSync(from, file);
  }
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return folder;
}

function makeMain() {
  const { files } = npm(root, 'pack', '--dry-run');
  const published = files
    .map((file) => file.path)
    .filter((file) => isPublished(file) && file !== 'package.json');
  return makeFolder(
    mainManifest(checkout, platforms),
    published.map((file) => [file, { from: path.join(root, file) }]),
  );
}

/** prebuildify names files by what an addon needs: `tegmenta.glibc.node`. */
function prebuildOf({ os, cpu, libc }) {
  const name = ['tegmenta', ...(libc ? [libc] : []), 'node'].join('.');
  const file = path.join(root, 'prebuilds', `${os}-${cpu}`, name);
  return fs.existsSync(file) ? file : undefined;
}

function makePlatform(platform) {
  const addon = prebuildOf(platform);
  if (addon === undefined) return undefined;
  const glibc = platform.libc === 'glibc' ? `, needs glibc ${glibcOf(addon)}` : '';
  console.log(`${platform.package}: ${(fs.statSync(addon).size / 1e6).toFixed(1)} MB${glibc}`);
  return makeFolder(platformManifest(checkout, platform), [
    [ADDON, { from: addon }],
    ['README.md', { text: platformReadme(platform) }],
    ['LICENSE', { from: path.join(root, 'LICENSE') }],
  ]);
}

if (process.argv.includes('--all')) {
  const without = platforms.filter((platform) => prebuildOf(platform) === undefined);
  if (without.length > 0) {
    console.error(`no addon of ${without.map((platform) => platform.package).join(', ')}`);
    process.exit(1);
  }
}
fs.rmSync(out, { recursive: true, force: true });
const folders = [...platforms.map(makePlatform), makeMain()].filter(
  (folder) => folder !== undefined,
);
for (const folder of folders) {
  const { filename, size, unpackedSize } = npm(folder, 'pack', '--pack-destination', out);
  const megabytes = [size, unpackedSize].map((bytes) => (bytes / 1e6).toFixed(1));
  console.log(`out/packages/${filename}: ${megabytes[0]} MB, unpacked ${megabytes[1]} MB`);
}
