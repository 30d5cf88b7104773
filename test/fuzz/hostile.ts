import type { Draws } from './draws';

const numbers = [
  ...[NaN, Infinity, -Infinity, -0, 0, 1, -1, 3.5, 0.05, 1e-12, 1e15, 1e308, -1e308, 5e-324],
  ...[2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 65536],
];

/** An array that claims more entries than there are. */
function sparse(length: number): number[] {
  const list = [1];
  list.length = length;
  return list;
}

function detached(): Float64Array {
  const array = new Float64Array(3);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}

/** A value that is mostly wrong wherever it is given; `others`: what the test has at hand. */
export function hostile(d: Draws, others: readonly unknown[], depth = 0): unknown {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const makers: (() => unknown)[] = [
    ...[0, 1, 2, 3].map(() => () => d.pick(numbers)),
    () => d.pick(['', 'abc', '1', 'V_m', 'x'.repeat(5000), 'a\0b', '\ud800', '__proto__', 'NaN']),
    () => d.pick([null, undefined, true, false, 10n, Symbol('s')]),
    () =>
      d.pick<unknown>([[], [[]], [[[1]]], [1, [2]], [NaN], [1, 'a'], ['a', 1], [true, 1], [null]]),
    () => sparse(d.pick([3, 2 ** 31, 2 ** 32 - 1])),
    () => [sparse(2 ** 32 - 1)],
    () => d.list(d.below(5), () => d.pick(numbers)),
    () =>
      d.pick<unknown>([
        ...[new Int8Array(3), Uint8Array.of(1, 2), Int32Array.of(1, -2), Float32Array.of(0.1, 2)],
        ...[new BigInt64Array(2), new DataView(new ArrayBuffer(8)), new ArrayBuffer(8), detached()],
        ...[new Float64Array(new SharedArrayBuffer(16)), new Float64Array(d.below(5))],
      ]),
    () =>
      d.pick<unknown>([
        ...[
          {},
          { a: 1 },
          { parameter: 1 },
          { nodes: Uint32Array.of(1) },
          Object.create(null) as unknown,
        ],
        ...[
          () => 1,
          class Given {},
          new Date(),
          /x/,
          new Map([[1, 2]]),
          new Set([1]),
          new Error('e'),
        ],
        ...[Promise.resolve(1), Object(1) as unknown, { valueOf: () => 1 }],
      ]),
    () => cyclic,
    () => d.pick(others),
    () => (depth < 2 ? d.list(1 + d.below(3), () => hostile(d, others, depth + 1)) : 1),
  ];
  return d.pick(makers)();
}
