/**
 * Mistakes that once compiled without a warning, made again in a copy: each is refused by the
 * compiler, with the flags that the tests of the core are built with.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

jest.setTimeout(240_000);

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
});

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
  const registry = 'models/synapses/synapse_models.cc';
  const rule = 'models/synapses/vogels_sprekeler_synapse.h';

  test.each([
    ['what a post spike does', ' post_spike(', ' other_spike(', 'post_spike()'],
    ['what a presynaptic spike does', ' pre_spike(', ' other_spike(', 'pre_spike()'],
    ['the check of its values', 'void check(', 'void other(', 'check()'],
    ['its models', '> models(', '> others(', 'models()'],
    ['the time constant of its trace', 'auto kTrace =', 'auto kOther =', 'kTrace'],
  ])('a rule of synapses without %s', (_, text, other, part) => {
    expect(compileWith(registry, rule, text, other)).toMatch(
      new RegExp(`static assertion failed: A rule .*needs .*${part.replace('()', '\\(\\)')}`),
    );
  });

  test('a number of a rule that is not declared, or declared twice', () => {
    expect(compile(registry)).toBe('');
    const said = /static assertion failed: Every member of Own is declared once in kFields/;
    expect(compileWith(registry, rule, 'tau, alpha,', 'tau, other, alpha,')).toMatch(said);
    expect(compileWith(registry, rule, 'Field<&Own::eta>', 'Field<&Own::tau>')).toMatch(said);
  });

  test('a number that the rule does not have', () => {
    const said = compileWith(registry, rule, 'weight<&Own::Wmax>', 'weight<&Own::Wmin>');
    expect(said).toMatch(/Wmin.* is not a member/);
  });

  test('a default in the place of a case', () => {
    const visit = 'plasticity/visit.cc';
    expect(compile(visit)).toBe('');
    const said = compileWith(visit, visit, '    case RowTrace::kAll:\n', '    default:\n');
    expect(said).toMatch(/visit\.cc.*kAll.*not (explicitly )?handled in switch/);
  });

  test('two kernels of one type that have changed places', () => {
    const kernels = 'simd/kernels.cc';
    expect(compile(kernels)).toBe('');
    const [normals, uniforms] = ['TEGMENTA_KERNEL(normals),', 'TEGMENTA_KERNEL(uniforms),'];
    const order = `${normals}\n    ${uniforms}`;
    const said = compileWith(kernels, kernels, order, `${uniforms}\n    ${normals}`);
    expect(said).toMatch(/kernels\.cc.*order/);
  });

  test('a kernel that the table leaves out', () => {
    const kernels = 'simd/kernels.cc';
    const said = compileWith(kernels, kernels, '    TEGMENTA_KERNEL(policy_gradient),\n', '');
    expect(said).toMatch(/missing.*initializer.*policy_gradient/);
  }, 120_000);

  const generator = 'models/devices/spike_generator.cc';
  const sampler = 'recording/multimeter.cc';

  test.each([
    {
      mistake: 'a parameter of a device that is not declared',
      file: generator,
      text: '      tegmenta::allow_offgrid_times<Parameters>(),\n',
      other: '',
      said: /Every member of Parameters is declared once/,
    },
    {
      mistake: 'a parameter of a device that is declared in the place of another',
      file: generator,
      text: 'DeviceField<&Parameters::shift_now_spikes>',
      other: 'DeviceField<&Parameters::precise_times>',
      said: /Every member of Parameters is declared once/,
    },
    {
      mistake: 'a parameter that the device does not have',
      file: generator,
      text: 'given.has<&Parameters::spike_times>()) place',
      other: 'given.has<&Parameters::times>()) place',
      said: /times.* is not a member/,
    },
    {
      mistake: 'a sampling recorder that does not say what it shares with others',
      file: sampler,
      text: 'kParameters = sampling_parameters();',
      other: 'kParameters{};',
      said: /kParameters declares what devices of this role share|is declared once/,
    },
  ])(
    '$mistake',
    ({ file, text, other, said }) => {
      expect(compile(file)).toBe('');
      expect(compileWith(file, file, text, other)).toMatch(said);
    },
    120_000,
  );

  const neurons = 'models/neuron_registry.cc';
  const neuron = 'models/neurons/iaf_psc_exp.h';

  test.each([
    {
      mistake: 'a parameter that is declared twice in the place of another',
      text: 'common::V_th<Parameters>(-55)',
      other: 'common::V_reset<Parameters>(-55)',
      said: /Every member of Parameters is declared once/,
    },
    {
      mistake: 'a parameter that is not declared',
      text: '      common::E_L<Parameters>(-70),\n',
      other: '',
      said: /This member is not declared/,
    },
    {
      mistake: 'a coefficient that is left out',
      text: '            .reset = p.V_reset - p.E_L,\n',
      other: '',
      said: /missing initializer.*reset/,
    },
    {
      mistake: 'a neuron without its check',
      text: 'static void check(',
      other: 'static void verify(',
      said: /A neuron needs the check of its parameters/,
    },
    {
      mistake: 'a neuron without its step',
      text: 'static TEGMENTA_INLINE auto step(',
      other: 'static TEGMENTA_INLINE auto advance(',
      said: /A neuron needs step\(\), derivative\(\) or update\(\)|is not a member|not declared/,
    },
    {
      mistake: 'a neuron without its coefficients',
      text: 'static Coefficients<double> calibrate(',
      other: 'static Coefficients<double> compute(',
      said: /A neuron needs its coefficients/,
    },
  ])(
    '$mistake',
    ({ text, other, said }) => {
      expect(compileWith(neurons, neuron, text, other)).toMatch(said);
    },
    120_000,
  );

  test('(and takes the neuron as it is)', () => {
    expect(compile(neurons)).toBe('');
  }, 120_000);
});
