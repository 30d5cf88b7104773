// What statements do where it is easily done otherwise: after a step, each state of a neuron.
import { Kernel, ModelTextError } from '../../lib';

/** The states after a step of a neuron whose update is that. */
async function after(
  update: string,
  { states = '', more = '' }: { readonly states?: string; readonly more?: string } = {},
): Promise<Record<string, number>> {
  const indented = update
    .trim()
    .split('\n')
    .map((line) => `    ${line}\n`);
  const kernel = new Kernel();
  await kernel.LoadModel(`model tried:
  state:
    x, y, z real = 0
    i, k, n, counted integer = 0
    v[3] real = 5
${states}
  update:
${indented.join('')}
  function count() integer:
    counted += 1
    return counted
${more}`);
  const neuron = kernel.Create('tried');
  kernel.SimulateSync(0.1);
  const values = neuron.get() as unknown as Record<string, number>;
  kernel.dispose();
  return values;
}

describe('an integer has no decimals, however it is given', () => {
  test.each([
    ['k = 7 / 2', 3],
    ['k = -(7 / 2)', -3],
    ['k = true ? 7 / 2 : 1', 3],
    ['k = min(7 / 2, 9)', 3],
    ['k = 2 ** -1', 0],
    ['k = pow(2, -1)', 0],
    ['k = 2 ** 3', 8],
    ['k = 2.9', 2],
    ['k += 7 / 2', 3],
    ['j integer = 9 / 2\nk = j', 4],
    ['w[2] integer = 9 / 2\nw[1] = 5 / 2\nk = w[0] + w[1]', 6],
    ['k = 12345\nwhile k > 0:\n  n += k % 10\n  k = k / 10\nk = n', 15],
    ['for i in 3 / 2 ... 4 step 1:\n  k += i', 6],
  ])('%j', async (update, k) => {
    expect(await after(update)).toMatchObject({ k });
  });

  test('also as a default, and as an index', async () => {
    const states = '    a integer = 7 / 2\n    u[4] real = 1\n';
    const update = 'k = 3\nk = k / 2\nv[1] = 7\nx = v[k]\nu[5 / 2] = 9\ny = u[2]';
    expect(await after(update, { states })).toMatchObject({ a: 3, x: 7, y: 9 });
  });
});

describe('loops do what their bodies say', () => {
  test.each<[string, Record<string, number>]>([
    ['for i in 0 ... 10 step 1:\n  n += 1\n  i = 100', { n: 1, i: 101 }],
    ['for i in 0 ... 10 step 1:\n  n += 1\n  i += 1', { n: 5, i: 10 }],
    ['for i in 0 ... 65 step 1:\n  n += 1\n  i += 1', { n: 33, i: 66 }],
    ['z = 3\nfor i in 0 ... z step 1:\n  n += 1\n  if z < 6:\n    z += 1', { n: 6, z: 6 }],
    // A tenth added up ten times is less than 1.
    ['for x in 0 ... 1 step 0.1:\n  n += 1', { n: 11 }],
    ['for i in 5 ... 0 step -2:\n  n += 1', { n: 3, i: -1 }],
    ['for i in 0 ... 3 * count() step 10:\n  n += 1', { n: 1, counted: 2 }],
    ['while count() < 5:\n  n += 1', { n: 4, counted: 5 }],
    [
      'for i in 0 ... 60 step 1:\n  for k in 0 ... 60 step 1:\n    n += 1\n    y += k',
      { n: 3600, y: 106200 },
    ],
  ])('%j', async (update, states) => {
    expect(await after(update)).toMatchObject(states);
  });
});

describe('what is not asked for is not done', () => {
  test.each<[string, Record<string, number>]>([
    ['while i < 3 and v[i] < 6:\n  i += 1', { i: 3 }],
    ['k = 4\nif k < 3 and v[k] > 0:\n  x = 1', { x: 0 }],
    ['k = 4\nif k >= 3 or v[k] > 0:\n  x = 1', { x: 1 }],
    ['k = 4\nx = k < 3 ? v[k] : 2', { x: 2 }],
    ['if false and count() > 0:\n  x = 1', { counted: 0 }],
    ['if true or count() > 0:\n  x = 1', { x: 1, counted: 0 }],
    ['x = y < 1 ? count() : count() + 10', { x: 1, counted: 1 }],
    ['x = (y > 1 ? count() : 4) + (count() > 0 ? 1 : 2)', { x: 5, counted: 1 }],
  ])('%j', async (update, states) => {
    expect(await after(update)).toMatchObject(states);
  });
});

describe('functions that change states', () => {
  const more = '  function add_ten() real:\n    y += 10\n    return 1\n';

  test('do so before what is beside them is read', async () => {
    expect(await after('y += add_ten()', { more })).toMatchObject({ y: 11 });
  });

  test('are called for the weight of a spike, too', async () => {
    const emitting = `${more}  output:\n    spike\n`;
    expect(await after('emit_spike(count())', { more: emitting })).toMatchObject({ counted: 1 });
  });
});

test.each([
  ['q = convolve(k0, spikes)', ''],
  ['q = 1', '  onCondition(convolve(k0, spikes) > 2):\n    q = 2\n'],
])('a convolution with a delta kernel is no number: %s %j', async (update, more) => {
  const text = `model delta_reader:
  state:
    q real = 1
  equations:
    kernel k0 = delta(t)
  input:
    spikes <- spike
  update:
    ${update}
${more}`;
  const error: unknown = await new Kernel().LoadModel(text).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ModelTextError);
  expect((error as ModelTextError).problems).toEqual([
    expect.objectContaining({
      line: more === '' ? 9 : 10,
      message:
        'The convolution with a delta kernel is no number: its jumps are those of states, in equations; ' +
        'spikes * s is what arrives.',
    }),
  ]);
});

test.each([
  'convolve(k0, spikes)**2',
  'exp(convolve(k0, spikes))',
  'x / (1 + convolve(k0, spikes))',
])('a delta kernel in an equation is a summand: %s', async (term) => {
  const text = `model delta_powers:
  state:
    x real = 1
  equations:
    kernel k0 = delta(t)
    x' = (${term}) / ms
  input:
    spikes <- spike
  update:
    integrate_odes()
`;
  const error: unknown = await new Kernel().LoadModel(text).catch((reason: unknown) => reason);
  expect((error as ModelTextError).problems).toEqual([
    expect.objectContaining({
      line: 6,
      message: 'A delta kernel is added, times something that does not depend on it.',
    }),
  ]);
});

test('a number beside a quantity is taken to be of its scale, in any order', async () => {
  const states = '    a, b, c mV = 0 mV\n';
  const update = 'a = max(3 mV, 5.)\nb = min(5, 3 mV)\nc = clip(a, 0, 4)';
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  expect(await after(update, { states })).toMatchObject({ a: 5, b: 3, c: 4 });
  expect(warn.mock.calls[0]![0]).toMatch(/^\d+:19: warning: The number is taken to be in mV\.\n/);
  warn.mockRestore();
});
