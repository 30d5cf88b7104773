import { parse } from '../../lib/nestml/parse';
import { Problems } from '../../lib/nestml/source';
import {
  dimensionText,
  isSameDimension,
  nearestUnit,
  scaled,
  type Unit,
  unitIn,
  unitNamed,
} from '../../lib/nestml/units';

/** A unit as the type of a state. */
function read(text: string): Unit {
  const problems = new Problems();
  const [model] = parse(`model m:\n  state:\n    x ${text} = 0\n`, problems);
  expect(problems.all).toEqual([]);
  const [block] = model!.blocks;
  const [declared] = block!.is === 'state' ? block!.declarations : [];
  if (declared?.type.is !== 'quantity') throw new Error('no quantity');
  const unit = unitIn(declared.type.unit);
  if ('text' in unit) throw new Error(`no unit: ${unit.text.name}`);
  return unit;
}

describe('3 of a unit are in the scale of its dimension', () => {
  test.each([
    ['ms', 3, 'ms'],
    ['s', 3000, 'ms'],
    ['us', 0.003, 'ms'],
    ['V', 3000, 'mV'],
    ['mV', 3, 'mV'],
    ['nA', 3000, 'pA'],
    ['S', 3e9, 'nS'],
    ['uS', 3000, 'nS'],
    ['nF', 3000, 'pF'],
    ['MOhm', 0.003, 'GOhm'],
    ['ohm', 3e-9, 'GOhm'],
    ['Hz', 0.003, '1/ms'],
    ['kHz', 3, '1/ms'],
    ['1/s', 0.003, '1/ms'],
    ['s**-1', 0.003, '1/ms'],
    ['Bq', 0.003, '1/ms'],
    ['C', 3e15, 'pA*ms'],
    ['pC', 3000, 'pA*ms'],
    ['V/s', 3, 'mV/ms'],
    ['1/(ms*mV)', 3, '1/(mV*ms)'],
    ['nS*mV', 3, 'pA'],
    ['mV/GOhm', 3, 'pA'],
    ['h', 10_800_000, 'ms'],
    ['d', 259_200_000, 'ms'],
    ['rad', 3, 'real'],
    ['ms**1.5', 3, 'ms**1.5'],
    ['s**(1/2)', 3 * 10 ** 1.5, 'ms**0.5'],
    ['mmol', 0.003, 'mol'],
    ['cm', 0.03, 'm'],
    // V A s³ / m², so that masses and energies go with charges and potentials.
    ['kg', 3e24, 'mV*ms**3*pA/m**2'],
    ['S/cm**2', 3e13, 'pA/(mV*m**2)'],
  ])('%s', (text, expected, dimension) => {
    const unit = read(text);
    expect(scaled(3, unit.factor)).toBeCloseTo(expected, 12);
    expect(scaled(3, unit.factor) / expected).toBeCloseTo(1, 14);
    expect(dimensionText(unit.dimension)).toBe(dimension);
  });
});

describe('variables hold', () => {
  test.each([
    ['V', 1, 'mV: the scale'],
    ['Hz', 1, '1/ms: the scale'],
    ['mmol', 1e-3, 'mmol, as declared'],
    ['um', 1e-6, 'um, as declared'],
    ['S/cm**2', 1e4, 'nS/cm**2: each factor for itself'],
    ['mmol/s', 1e-3, 'mmol/ms: each factor for itself'],
  ])('of %s', (text, expected) => {
    expect(scaled(1, read(text).held) / expected).toBeCloseTo(1, 14);
  });
});

test('powers of ten are rounded once', () => {
  expect(scaled(0.1, read('s').factor)).toBe(100);
  expect(scaled(7, read('us').factor)).toBe(0.007);
  expect(scaled(2.5, read('Ohm').factor)).toBe(2.5e-9);
});

test('the same dimension, however it is written', () => {
  for (const [a, b] of [
    ['V', 'A*Ohm'],
    ['S', '1/Ohm'],
    ['F', 'C/V'],
    ['Hz', '1/s'],
    ['W', 'V*A'],
    ['J', 'N*m'],
    ['Wb', 'V*s'],
    ['H', 'Ohm*s'],
    ['T', 'Wb/m**2'],
    ['Pa', 'N/m**2'],
    ['eV', 'J'],
    ['L', 'm**3'],
    ['lx', 'lm/m**2'],
    ['ms**0.5*ms**(1/2)', 's'],
    ['(s**(1/3))**3', 's'],
  ] as const) {
    expect([a, isSameDimension(read(a).dimension, read(b).dimension)]).toEqual([a, true]);
  }
  expect(isSameDimension(read('ns**1.5').dimension, read('ns').dimension)).toBe(false);
});

test('prefixes are those of the SI, one each', () => {
  for (const name of ['mmV', 'kkg', 'min', 'kat', 'Gy', 'Sv', 'M', 'mh', 'kd', 'x', '', 'µV']) {
    expect([name, unitNamed(name)]).toEqual([name, undefined]);
  }
  // What could be prefix and name is the name.
  expect(dimensionText(unitNamed('cd')!.dimension)).toBe('cd');
  expect(dimensionText(unitNamed('Pa')!.dimension)).toBe('mV*ms*pA/m**3');
  expect(scaled(1, unitNamed('daA')!.factor)).toBe(1e13);
});

test('the name that was probably meant', () => {
  expect(['mv', 'quite_other', 'PA', 'Ms', 'mVV', 'gohm'].map(nearestUnit)).toEqual([
    ...['mV', undefined, 'pA', 'ms', 'mV', 'GOhm'],
  ]);
});
