/**
 * Mistakes that once compiled without a warning, made again in a copy: each is refused by the
 * compiler, with the flags that the tests of the core are built with. Two parameters of a model that
 * have changed places: test/core/declaration_test.cc.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'mistakes-'));
const copy = path.join(folder, 'cpp');

interface Compilation {
  file: string;
  command: string;
}

let compilations: Compilation[];

beforeAll(() => {
  const build = path.join(folder, 'build');
  execFileSync('cmake', [
    ...['-S', root, '-B', build, '-DCMAKE_BUILD_TYPE=Debug'],
    ...['-DTEGMENTA_BUILD_ADDON=OFF', '-DTEGMENTA_WARNINGS_AS_ERRORS=ON'],
  ]);
  const commands = readFileSync(path.join(build, 'compile_commands.json'), 'utf8');
  compilations = JSON.parse(commands) as Compilation[];
  cpSync(path.join(root, 'cpp'), copy, { recursive: true });
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What the compiler says of a file of the copy: nothing where it takes it. */
function compile(file: string): string {
  const { command } = compilations.find((one) => one.file === path.join(root, 'cpp', file))!;
  const inCopy = command.replaceAll(path.join(root, 'cpp'), copy);
  const { stderr } = spawnSync(inCopy.replace(/ -o \S+/, ' -fsyntax-only'), {
    cwd: folder,
    encoding: 'utf8',
    shell: true,
  });
  return stderr;
}

/** The same with a text in some file exchanged for another, and back. */
function compileWith(file: string, changed: string, text: string, other: string): string {
  const at = path.join(copy, changed);
  const source = readFileSync(at, 'utf8');
  expect(source.split(text)).toHaveLength(2);
  writeFileSync(at, source.replace(text, other));
  try {
    return compile(file);
  } finally {
    writeFileSync(at, source);
  }
}

describe('the compiler refuses', () => {
  test('a rule without its case in the visit', () => {
    const visit = 'plasticity/visit.cc';
    const rules = 'models/synapses/synapse_model.h';
    expect(compile(visit)).toBe('');
    const said = compileWith(visit, rules, '  kQuantal,\n', '  kQuantal,\n  kForgotten,\n');
    expect(said).toMatch(/visit\.cc.*kForgotten.*not handled in switch/);
  }, 120_000);

  test('a default in the place of a case', () => {
    const visit = 'plasticity/visit.cc';
    const stdp = '    case PlasticRule::kStdp:\n      return visit_stdp(';
    const said = compileWith(visit, visit, stdp, '    default:\n      return visit_stdp(');
    expect(said).toMatch(/visit\.cc.*kStdp.*not (explicitly )?handled in switch/);
  }, 120_000);

  test('two kernels of one type that have changed places', () => {
    const kernels = 'simd/kernels.cc';
    expect(compile(kernels)).toBe('');
    const [normals, uniforms] = ['TEGMENTA_KERNEL(normals),', 'TEGMENTA_KERNEL(uniforms),'];
    const order = `${normals}\n    ${uniforms}`;
    const said = compileWith(kernels, kernels, order, `${uniforms}\n    ${normals}`);
    expect(said).toMatch(/kernels\.cc.*order/);
  }, 120_000);

  test('a kernel that the table leaves out', () => {
    const kernels = 'simd/kernels.cc';
    const said = compileWith(kernels, kernels, '    TEGMENTA_KERNEL(policy_gradient),\n', '');
    expect(said).toMatch(/missing.*initializer.*policy_gradient/);
  }, 120_000);
});
