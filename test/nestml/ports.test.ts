// Receptor numbers: pairs share one, all others have their own, from 1 where there are several.
import { check } from '../../lib/nestml/check';
import { portNumbers } from '../../lib/nestml/ports';
import { Problems } from '../../lib/nestml/source';

function numbersOf(...ports: readonly string[]): ReturnType<typeof portNumbers> {
  const lines = ports.map((port) => `    ${port}\n`).join('');
  const text = `model m_neuron:
  parameters:
    n integer = 2
    half integer = 6 / 2
    u mV = 1 mV
  internals:
    twice integer = 2 * n
  input:
${lines}`;
  const problems = new Problems();
  const [model] = check(text, problems);
  expect(problems.hasErrors).toBe(false);
  return portNumbers(model!);
}

/** `1 EXC/INH: +exc -inh`, a receptor each. */
const receptorsOf = (...ports: readonly string[]): string[] =>
  numbersOf(...ports).receptors.map(({ number, names, inputs }) => {
    const parts = inputs.map(({ port, index, takes, sign }) => {
      const name = `${port.name.text}${index === undefined ? '' : `[${index}]`}`;
      return `${sign < 0 ? '-' : ''}${name}(${takes})`;
    });
    return `${number} ${names.join('/')}: ${parts.join(' ')}`;
  });

test.each<[ports: string[], receptors: string[]]>([
  [['I pA <- continuous'], []],
  // One number alone is 0.
  [['p <- spike'], ['0 P: p(all)']],
  [['p <- excitatory spike'], ['0 P: p(all)']],
  [['p <- inhibitory spike'], ['0 P: -p(all)']],
  [
    ['exc <- excitatory spike', 'inh <- inhibitory spike'],
    ['0 EXC/INH: exc(positive) -inh(negative)'],
  ],
  [
    ['inh <- inhibitory spike', 'exc <- excitatory spike'],
    ['0 INH/EXC: -inh(negative) exc(positive)'],
  ],
  [['p[1] <- spike'], ['0 P_0: p[0](all)']],
  // Several are numbered from 1.
  [
    ['a <- spike', 'b <- spike'],
    ['1 A: a(all)', '2 B: b(all)'],
  ],
  [
    ['exc <- excitatory spike', 'inh <- inhibitory spike', 'other <- spike'],
    ['1 EXC/INH: exc(positive) -inh(negative)', '2 OTHER: other(all)'],
  ],
  // The number of a pair is that of its first.
  [
    ['exc <- excitatory spike', 'other <- spike', 'inh <- inhibitory spike'],
    ['1 EXC/INH: exc(positive) -inh(negative)', '2 OTHER: other(all)'],
  ],
  [
    [
      ...[
        'ampa <- excitatory spike',
        'gaba <- inhibitory spike',
        'nmda <- spike',
        'foo[2] <- spike',
      ],
      ...['ex[3] <- excitatory spike', 'in_[3] <- inhibitory spike'],
    ],
    [
      ...['1 AMPA/GABA: ampa(positive) -gaba(negative)', '2 NMDA: nmda(all)'],
      ...['3 FOO_0: foo[0](all)', '4 FOO_1: foo[1](all)'],
      ...[0, 1, 2].map((i) => `${5 + i} EX_${i}/IN__${i}: ex[${i}](positive) -in_[${i}](negative)`),
    ],
  ],
  // Each has one partner, and the first that waits gets it.
  [
    ['a <- excitatory spike', 'b <- excitatory spike', 'c <- inhibitory spike'],
    ['1 A/C: a(positive) -c(negative)', '2 B: b(all)'],
  ],
  [
    [
      ...['a <- excitatory spike', 'b <- excitatory spike'],
      ...['c <- inhibitory spike', 'd <- inhibitory spike'],
    ],
    ['1 A/C: a(positive) -c(negative)', '2 B/D: b(positive) -d(negative)'],
  ],
  // Vectors are pairs where they are of one size.
  [
    ['a[2] <- excitatory spike', 'b[3] <- inhibitory spike', 'c <- inhibitory spike'],
    [
      ...['1 A_0: a[0](all)', '2 A_1: a[1](all)'],
      ...['3 B_0: -b[0](all)', '4 B_1: -b[1](all)', '5 B_2: -b[2](all)', '6 C: -c(all)'],
    ],
  ],
  // Sizes that are parameters count by their defaults.
  [
    ['a[n] <- excitatory spike', 'b[2] <- inhibitory spike'],
    ['1 A_0/B_0: a[0](positive) -b[0](negative)', '2 A_1/B_1: a[1](positive) -b[1](negative)'],
  ],
  [['a[half] <- spike'], ['1 A_0: a[0](all)', '2 A_1: a[1](all)', '3 A_2: a[2](all)']],
  [['a[twice] <- spike'], Array.from({ length: 4 }, (_, i) => `${i + 1} A_${i}: a[${i}](all)`)],
])('%j', (ports, receptors) => {
  expect(receptorsOf(...ports)).toEqual(receptors);
  expect(numbersOf(...ports).isNumbered).toBe(receptors.length > 1);
});

test('continuous ports are numbered from 0, by themselves', () => {
  const { receptors, currents } = numbersOf(
    ...['I pA <- continuous', 'p <- spike', 'J[2] pA <- continuous', 'g nS <- continuous'],
  );
  expect(receptors.map(({ number }) => number)).toEqual([0]);
  expect(currents.map(({ number, name, index }) => [number, name, index])).toEqual([
    ...[[0, 'I', undefined] as const, [1, 'J_0', 0] as const, [2, 'J_1', 1] as const],
    [3, 'G', undefined],
  ]);
});
