// Models of texts as parts of a kernel: what depends on its resolution, on their ports, and what
// comes of numbers that no longer are.
import { Kernel } from '../../lib';
import { named } from './named';

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});
afterEach(() => kernel.dispose());

const timed = `model timed:
  state:
    n integer = steps(5 ms)
    left real = exp(-resolution() / (10 ms))
  parameters:
    p integer = steps(3 ms) [[p > 1]]
    other real = 7
  update:
    n -= 1
`;

describe('defaults that depend on the resolution', () => {
  const known = (): unknown => {
    const { n, left, p, other } = kernel.GetDefaults('timed');
    return { n, left, p, other };
  };

  test('follow it', async () => {
    await kernel.LoadModel(timed);
    expect(known()).toEqual({ n: 50, left: Math.exp(-0.1 / 10), p: 30, other: 7 });
    kernel.SetKernelStatus({ resolution: 1 });
    expect(known()).toEqual({ n: 5, left: Math.exp(-1 / 10), p: 3, other: 7 });
    expect(kernel.Create('timed', 1, { other: 9 }).get(['n', 'p', 'other'])).toEqual({
      ...{ n: 5, p: 3, other: 9 },
    });
  });

  test('are those of the first resolution again after ResetKernel', async () => {
    kernel.SetKernelStatus({ resolution: 1 });
    await kernel.LoadModel(timed);
    expect(known()).toMatchObject({ n: 5, p: 3 });
    kernel.ResetKernel();
    expect(kernel.GetKernelStatus('resolution')).toBe(0.1);
    expect(known()).toEqual({ n: 50, left: Math.exp(-0.1 / 10), p: 30, other: 7 });
  });

  test('keep a resolution away that makes them what the model does not allow', async () => {
    await kernel.LoadModel(timed);
    expect(() => kernel.SetKernelStatus({ resolution: 5 })).toThrow(
      named('BadProperty', { model: 'timed', parameter: 'p', value: 1 }),
    );
    expect(kernel.GetKernelStatus('resolution')).toBe(0.1);
    expect(known()).toMatchObject({ n: 50, p: 30 });
  });
});

describe('ports', () => {
  const ported = (ports: string): string => `model ported:
  state:
    x real = 0
  input:
${ports}
  update:
    x += 1
`;

  test('spikes do not reach a neuron that has no port of spikes', async () => {
    await kernel.LoadModel(ported('    I_stim pA <- continuous'));
    const [deaf, source] = [kernel.Create('ported'), kernel.Create('spike_generator')];
    const refused = named('IllegalConnection', {
      ...{ model: 'ported', message: 'ported does not accept spikes.' },
    });
    expect(() => kernel.Connect(source, deaf)).toThrow(refused);
    expect(() => kernel.Connect(kernel.Create('iaf_psc_exp'), deaf)).toThrow(refused);
    expect(() => kernel.Connect(kernel.Create('poisson_generator'), deaf)).toThrow(refused);
    kernel.Connect(kernel.Create('dc_generator'), deaf);
    expect(kernel.GetKernelStatus('num_connections')).toBe(1);
  });

  test('both ports of a pair have a name, and the same number', async () => {
    const ports = ['exc <- excitatory spike', 'inh <- inhibitory spike', 'reset <- spike'];
    await kernel.LoadModel(ported(ports.map((one) => `    ${one}`).join('\n')));
    expect(kernel.GetDefaults('ported', 'receptor_types')).toEqual({ EXC: 1, INH: 1, RESET: 2 });
    const [target, source] = [kernel.Create('ported'), kernel.Create('spike_generator')];
    expect(() => kernel.Connect(source, target, 'all_to_all', { receptor_type: 3 })).toThrow(
      named('UnknownReceptorType', { allowed: '1 (EXC/INH) or 2 (RESET)' }),
    );
  });
});

describe('what cannot be computed ends a simulation', () => {
  const solved = (slope: string): string => `model solved:
  state:
    V_m mV = -70 mV
    x real = 1
  equations:
    x' = ${slope}
    V_m' = (x * mV - V_m * V_m / mV) / (10 ms)
  update:
    integrate_odes()
`;

  test.each([
    ['x * x / (x - 1) / ms', /the slope of x is not finite/],
    ['x * x / ms', /NumericalInstability|the slope of (x|V_m) is not finite|x = /],
  ])("with the state that it is about: x' = %s", async (slope, says) => {
    await kernel.LoadModel(solved(slope));
    kernel.Create('solved', 3);
    expect(() => kernel.SimulateSync(20)).toThrow(
      named('NumericalInstability', {
        ...{ model: 'solved', node: 1, message: expect.stringMatching(says) as string },
      }),
    );
  });

  test('a loop without an end says how often it has gone round', async () => {
    await kernel.LoadModel(
      'model turning:\n  state:\n    x real = 0\n  update:\n    while x < 1:\n      x -= 1\n',
    );
    kernel.Create('turning');
    expect(() => kernel.SimulateSync(1)).toThrow(
      named('NumericalInstability', {
        message: expect.stringContaining(
          'a loop of its text goes round more than 1000000 times in a step',
        ) as string,
      }),
    );
  });

  test.each([
    ['gsl_abs_error_tol', [-1, 0, Infinity]],
    ['gsl_rel_error_tol', [-1, Infinity]],
  ])('%s is an error that a solver can keep', async (parameter, refused) => {
    await kernel.LoadModel(solved('-x / ms'));
    for (const value of refused) {
      expect(() => kernel.Create('solved', 1, { [parameter]: value })).toThrow(
        named('BadProperty', { model: 'solved', parameter, value }),
      );
    }
  });
});

test('warnings of a text that is loaded are told as Node.js tells of them, once', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  await kernel.LoadModel([
    timed,
    'model warned:\n  state:\n    d real = 0\n  update:\n    d = 1\n',
  ]);
  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(/^source\[1\]:3:5: warning: 'd' is also the name of a unit/),
      { type: 'TegmentaWarning', code: 'TEGMENTA_MODEL_TEXT' },
    ],
  ]);
  warn.mockRestore();
});

test.each([
  ['a sum', `    x = x${' + x'.repeat(1998)}\n`],
  [
    'functions that call others twice',
    `    x = f30(1)\n${Array.from({ length: 30 }, (_, i) => `  function f${i + 1}(y real) real:\n    return ${i === 0 ? 'y + y' : `f${i}(y) + f${i}(y + 1)`}\n`).join('')}`,
  ],
])('%s without end is told at the model, and the stack holds', async (_, update) => {
  const text = `model large:\n  state:\n    x real = 0\n  update:\n${update}`;
  const outcome = await kernel.LoadModel(text).then(
    ([name]) => name,
    (error: Error) => error.message,
  );
  // How deep a stack is depends on the machine.
  const told = "1:7: error: 'large' is too large, or nested too deep, to be compiled.";
  expect(['large', told]).toContain(outcome);
});

test.each([32, 40, 64])('%d coupled linear equations are solved exactly', async (n) => {
  const states = Array.from({ length: n }, (_, i) => `    x${i} real = ${i}\n`).join('');
  const slopes = Array.from(
    { length: n },
    (_, i) => `    x${i}' = (x${(i + 1) % n} - x${i}) / (10 ms)\n`,
  ).join('');
  await kernel.LoadModel(
    `model ring:\n  state:\n${states}  equations:\n${slopes}  update:\n    integrate_odes()\n`,
  );
  const ring = kernel.Create('ring');
  kernel.SimulateSync(5);
  const values = ring.get(Array.from({ length: n }, (_, i) => `x${i}`) as ['x0']);
  // x(t) = Σ e^−a aᵏ / k! x_k(0), a = t / 10 ms: by how much of the ring each has been reached.
  const a = 0.5;
  for (const [i, value] of Object.values(values).entries()) {
    let [expected, weight] = [0, Math.exp(-a)];
    for (let k = 0; k < 40; k++) {
      expected += weight * ((i + k) % n);
      weight *= a / (k + 1);
    }
    expect(Math.abs(Number(value) - expected)).toBeLessThanOrEqual(1e-12 * n);
  }
});
