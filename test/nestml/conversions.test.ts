// Which type of value fits where: every pair, at every place where a value is given to something.
import { toldOf } from './told';

const types = {
  integer: ['integer', '2'],
  real: ['real', '2.5'],
  voltage: ['mV', '2 mV'],
  duration: ['ms', '2 ms'],
  boolean: ['boolean', 'true'],
  string: ['string', '"a"'],
} as const;
type Name = keyof typeof types;
const names = Object.keys(types) as Name[];

/** What each can be given to, besides its own type. */
const fitting: Readonly<Record<Name, readonly Name[]>> = {
  integer: ['real'],
  real: ['integer'],
  // Without its unit.
  voltage: ['real'],
  duration: ['real'],
  boolean: [],
  string: [],
};

const pairs = names.flatMap((from) => names.map((to) => [from, to] as const));

test.each(pairs)('%s to %s', (from, to) => {
  const [name, value] = [types[to][0], types[from][1]];
  const given = types[from][0];
  const isRight = from === to || fitting[from].includes(to);
  const says = (place: string, what: string): string[] =>
    isRight ? [] : [`${place}: error: ${what} is ${name}; this is ${given}.`];
  const column = 5 + 'y '.length + name.length + ' = '.length;

  expect(toldOf([['parameters', `y ${name} = ${value}`, 'tau ms = 1 ms']])).toEqual(
    says(`3:${column}`, 'y'),
  );
  expect(toldOf([['update', `y ${name} = ${value}`]])).toEqual(says(`3:${column}`, 'y'));
  expect(toldOf([['update', `y ${name}`, `y = ${value}`]])).toEqual(says('4:9', 'y'));
  expect(toldOf([['equations', `inline y ${name} = ${value}`]])).toEqual(
    says(`3:${column + 'inline '.length}`, 'y'),
  );
  expect(toldOf([[`function f() ${name}`, `return ${value}`]])).toEqual(
    says('3:12', 'The function'),
  );
  expect(
    toldOf([
      ['update', `f(${value})`],
      [`function f(y ${name})`, 'x = 1'],
    ]),
  ).toEqual(says('3:7', 'y'));
});

test.each([
  ['3 V', 'mV'],
  ['3 V / (2 kOhm)', 'pA'],
  ['3 / s', '1/ms'],
  ['3 kHz', '1/s'],
  ['1 nS * 1 mV', 'A'],
  ['2 pA * 3 s', 'C'],
])('%s is %s, written another way', (value, unit) => {
  expect(toldOf([['update', `y ${unit} = ${value}`]])).toEqual([]);
});
