// Where the compiled addon is found, and what is said where it is not.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { path as addonPath } from 'node-gyp-build';
import { addonNotLoaded, type AddonPlace } from '../../lib/addon/not-loaded';
import { packagedAddons } from '../../lib/addon/packages';
import { platforms } from '../../lib/addon/platforms';
import { AddonNotLoaded } from '../../lib/errors';
import { compilePrograms, type CompiledPrograms } from '../compiled';

const root = path.join(__dirname, '..', '..');
const addon = addonPath(root);
let folder: string;
let compiled: CompiledPrograms;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-addon-'));
  compiled = compilePrograms('lib');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  compiled.remove();
});

/** What a program prints that begins with `lib`, the compiled folder. */
function printed(
  program: string,
  environment: NodeJS.ProcessEnv = {},
  flags: readonly string[] = [],
): string {
  const lib = path.dirname(compiled.file('index'));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, '-e', `const lib = ${JSON.stringify(lib)};${program}`],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, ...environment } },
  );
  return stdout + stderr;
}

describe('packages of platforms', () => {
  test('are each required by the literal name, in a try of its own', () => {
    const text = readFileSync(path.join(root, 'lib', 'addon', 'packages.ts'), 'utf8');
    expect(Object.keys(packagedAddons)).toEqual(platforms.map((platform) => platform.package));
    for (const { package: name } of platforms) {
      expect(text).toContain(
        `'${name}': () => {\n    try {\n      return { addon: require('${name}/tegmenta.node')`,
      );
    }
  });

  test('are named by operating system, processor and C library', () => {
    for (const { package: name, os: system, cpu, ...libc } of platforms) {
      expect(name).toBe(`@tegmenta/${[system, cpu, ...Object.values(libc)].join('-')}`);
    }
  });

  test('that are not installed give the reason', () => {
    for (const { package: name } of platforms) {
      expect(packagedAddons[name]()).toMatchObject({ cause: { code: 'MODULE_NOT_FOUND' } });
    }
  });
});

describe('what is said', () => {
  const linux = { platform: 'linux', arch: 'x64' };
  const absent = Object.assign(new Error('no such file'), { code: 'ENOENT' });
  const old = new Error("version `GLIBC_2.34' not found");
  const none = new Error('No native build was found for platform=linux');
  test.each<[string, unknown, AddonPlace, { platform: string; arch: string }, RegExp]>([
    [
      'a file that is not there',
      absent,
      { file: '/a/b' },
      linux,
      /\/a\/b, which TEGMENTA_ADDON or nativeBinding names, is not there\.$/,
    ],
    [
      'a file that does not load',
      old,
      { file: '/a/b' },
      linux,
      /\/a\/b, .*\(version `GLIBC_2\.34' not found\)\.$/,
    ],
    ['a checkout without one', none, { checkout: root }, linux, /`npm run build` compiles it\.$/],
    [
      'one of a checkout that does not load',
      old,
      { checkout: root },
      linux,
      /GLIBC_2\.34.*`npm run build` compiles it\.$/,
    ],
    [
      'a dependency from git',
      none,
      { checkout: '/c' },
      linux,
      /\/c has none for this machine; installing tegmenta anew compiles it\.$/,
    ],
    [
      'a package that is not installed',
      undefined,
      { package: undefined },
      linux,
      /@tegmenta\/linux-x64-glibc or @tegmenta\/linux-x64-musl, .* is not installed; install tegmenta anew here/,
    ],
    [
      'a package that does not load',
      old,
      { package: '@tegmenta/linux-x64-glibc' },
      linux,
      /linux-x64-glibc is installed, but .*GLIBC_2\.34.*TEGMENTA_ADDON\.$/,
    ],
    [
      'Windows',
      undefined,
      { package: undefined },
      { platform: 'win32', arch: 'x64' },
      /there is none for Windows; tegmenta runs there in WSL/,
    ],
    [
      'another machine',
      undefined,
      { package: undefined },
      { platform: 'freebsd', arch: 'riscv64' },
      /none for freebsd-riscv64, only for linux-x64, linux-arm64, darwin-arm64, darwin-x64; /,
    ],
  ])('of %s', (_what, cause, place, machine, text) => {
    const error = addonNotLoaded(cause, place, machine);
    expect(error).toBeInstanceOf(AddonNotLoaded);
    expect(error.message).toMatch(text);
    // One sentence: no full stop but the last, apart from those in numbers and names of files.
    expect(error.message.match(/\.(?=\s|$)/g)).toHaveLength(1);
    expect(error.cause).toBe(cause);
  });

  test('where Node.js forbids it', () => {
    const cause = Object.assign(new Error('no'), { code: 'ERR_DLOPEN_DISABLED' });
    expect(addonNotLoaded(cause, { package: undefined }).message).toMatch(/--no-addons/);
  });
});

test('the permission model of Node.js is told from --no-addons, and says what to allow', () => {
  const allowed = process.allowedNodeEnvironmentFlags;
  const permission = ['--permission', '--experimental-permission'].find((flag) =>
    allowed.has(flag),
  )!;
  const program = `
    try { require(lib + '/index') } catch (error) { console.log(error.code, error.message) }`;
  const lib = path.dirname(compiled.file('index'));
  for (const addon of ['', path.join(folder, 'none.node')]) {
    const flags = [permission, `--allow-fs-read=${lib}`, `--allow-fs-read=${root}`];
    expect(printed(program, { TEGMENTA_ADDON: addon }, flags)).toMatch(
      /^ERR_TEGMENTA_ADDON_NOT_LOADED .*the permission model of Node\.js forbids it; start with --allow-addons/,
    );
  }
});

describe('TEGMENTA_ADDON', () => {
  const program = `
    try { console.log(require(lib + '/index').Create('iaf_psc_exp').length) }
    catch (error) { console.log(error.code, error.message, error.file) }`;

  test('names the file that is loaded, from the working folder', () => {
    copyFileSync(addon, path.join(folder, 'copy.node'));
    expect(printed(program, { TEGMENTA_ADDON: './copy.node' })).toBe('1\n');
    expect(printed(program, { TEGMENTA_ADDON: '' })).toBe('1\n');
  });

  test('that names none is an error with the file', () => {
    const file = path.join(folder, 'none.node');
    expect(printed(program, { TEGMENTA_ADDON: file })).toBe(
      `ERR_TEGMENTA_ADDON_NOT_LOADED The native addon of tegmenta cannot be loaded: ${file}, which TEGMENTA_ADDON or nativeBinding names, is not there. ${file}\n`,
    );
  });

  test('that names something else is an error with the reason', () => {
    writeFileSync(path.join(folder, 'text.node'), 'no addon');
    expect(printed(program, { TEGMENTA_ADDON: 'text.node' })).toMatch(
      /text\.node, which .* names, does not load on this machine \(.+\)\. /,
    );
  });

  test('that names a folder, a program or another addon says so', () => {
    writeFileSync(path.join(folder, 'program.js'), "console.log('it was run')");
    mkdirSync(path.join(folder, 'folder.node'));
    const resvg = path.join(root, 'node_modules', '@resvg');
    const another = path.join(
      resvg,
      readdirSync(resvg, { recursive: true, encoding: 'utf8' }).find((name) =>
        name.endsWith('.node'),
      )!,
    );
    for (const [file, reason] of [
      ['folder.node', 'it is a folder'],
      ['program.js', 'its name does not end in .node'],
      [another, 'it is the addon of something else'],
    ] as const) {
      expect(printed(program, { TEGMENTA_ADDON: file })).toContain(
        `${path.resolve(folder, file)}, which TEGMENTA_ADDON or nativeBinding names, does not load on this machine (${reason}). `,
      );
    }
  });
});

describe('load', () => {
  const tried = (call: string): string => `
    const { load } = require(lib + '/load');
    try { ${call} } catch (error) { console.log(error.code, error.message) }`;

  test('takes the addon of a file, for worker threads too', () => {
    copyFileSync(addon, path.join(folder, 'named.node'));
    const call = `
      const nest = load({ nativeBinding: 'named.node' });
      const again = load({ nativeBinding: './named.node' });
      const { Worker } = require('node:worker_threads');
      const inWorker = "const { load } = require(process.argv[1] + '/load');"
        + "console.log(load().Create('parrot_neuron').length, process.env.TEGMENTA_ADDON)";
      console.log(nest.Create('iaf_psc_exp', 3).length, again === nest, load() === nest);
      new Worker(inWorker.replace('process.argv[1]', JSON.stringify(lib)), { eval: true });`;
    expect(printed(tried(call))).toBe(`3 true true\n1 ${path.join(folder, 'named.node')}\n`);
  });

  test('comes before the simulator is there', () => {
    const call = "load(); load({ nativeBinding: 'other.node' })";
    expect(printed(tried(call))).toMatch(
      /^ERR_TEGMENTA_ADDON_NOT_LOADED load: .*other\.node comes too late, that of the package is loaded already/,
    );
  });

  test('that fails leaves things as they were', () => {
    const call = `
      try { load({ nativeBinding: 'nowhere.node' }) } catch ({ message }) { console.log(message) }
      console.log(process.env.TEGMENTA_ADDON, load().Create('iaf_psc_exp').length)`;
    expect(printed(tried(call))).toMatch(
      /nowhere\.node, which .* names, is not there\.\nundefined 1\n$/,
    );
  });

  test.each([
    ['3', /TYPE_MISMATCH load: options must be an object \{ nativeBinding \}/],
    ['{ nativeBinding: 3 }', /TYPE_MISMATCH load: nativeBinding must be the path of a file/],
    ["{ nativeBinding: '' }", /TYPE_MISMATCH load: nativeBinding must be the path of a file/],
    [
      "{ nativebinding: 'x' }",
      /load has no option 'nativebinding'; did you mean 'nativeBinding'\?/,
    ],
  ])('refuses %s', (options, text) => {
    expect(printed(tried(`load(${options})`))).toMatch(text);
  });
});

describe('an installed package', () => {
  test('loads the addon of the package for the platform', () => {
    const modules = path.join(folder, 'node_modules');
    const { package: name } = platforms.find(
      ({ os: system, cpu }) => system === process.platform && cpu === process.arch,
    )!;
    mkdirSync(path.join(modules, name), { recursive: true });
    copyFileSync(addon, path.join(modules, name, 'tegmenta.node'));
    const program = `
      const Module = require('node:module');
      const resolve = Module._resolveFilename;
      Module._resolveFilename = (request, ...rest) => request.startsWith('@tegmenta/')
        ? resolve.call(Module, request, null, false, { paths: [process.cwd()] })
        : resolve.call(Module, request, ...rest);
      const { packagedAddons } = require(lib + '/addon/packages');
      console.log(Object.values(packagedAddons).map((load) => 'addon' in load()).join());`;
    const expected = platforms.map((platform) => platform.package === name);
    expect(printed(program)).toBe(`${expected.join()}\n`);
  });
});

test('docs/packages.md names every platform, and every peer', () => {
  const page = readFileSync(path.join(root, 'docs', 'packages.md'), 'utf8');
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  const { peerDependencies } = JSON.parse(manifest) as { peerDependencies: object };
  const names = [...platforms.map((one) => one.package), ...Object.keys(peerDependencies)];
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
