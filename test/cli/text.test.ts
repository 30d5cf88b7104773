import { csvChunks, jsonText } from '../../lib/cli/files';
import { parseNumber } from '../../lib/cli/options';
import { columns, formatNumber, quantityTable } from '../../lib/cli/table';

describe('numbers as typed', () => {
  const anyNumber = { kind: 'number', description: '' } as const;

  test.each([
    ['1', 1],
    [' 2.5 ', 2.5],
    ['1e3', 1000],
    ['-0.1', -0.1],
  ])('%j is %d', (text, value) => {
    expect(parseNumber(text, anyNumber)).toBe(value);
  });

  test.each(['', ' ', 'one', '1,5', 'Infinity', 'NaN', '1ms'])('%j is none', (text) => {
    expect(() => parseNumber(text, anyNumber)).toThrow('Expected a number.');
  });

  test('multiples of a step hold to within rounding, also for large numbers', () => {
    const time = { ...anyNumber, step: 0.1, min: 0 };
    for (const text of ['0', '0.3', '1.1', '200', '123456.7', '1e9']) {
      expect(parseNumber(text, time)).toBe(Number(text));
    }
    expect(() => parseNumber('0.25', time)).toThrow('Expected a multiple of 0.1, at least 0.');
    expect(() => parseNumber('123456.75', time)).toThrow('Expected a multiple of 0.1');
  });

  test('limits are allowed values', () => {
    const limited = { ...anyNumber, min: 1, max: 2 };
    expect([parseNumber('1', limited), parseNumber('2', limited)]).toEqual([1, 2]);
    expect(() => parseNumber('2.01', limited)).toThrow('Expected a number from 1 to 2.');
    expect(() => parseNumber('3', { ...anyNumber, max: 2 })).toThrow('a number, at most 2.');
  });
});

describe('tables', () => {
  test('columns stand in line without blanks at the end', () => {
    expect(
      columns([
        ['a', 'long'],
        ['longer', 'b'],
        ['x', ''],
      ]),
    ).toBe('  a       long\n  longer  b\n  x\n');
    expect(columns([])).toBe('');
  });

  test.each([
    [32.0349, '32.03'],
    [0.1734567, '0.1735'],
    [15_625_000, '15,625,000'],
    [12_345.67, '12,346'],
    [0, '0'],
    [1.5e-7, '1.500e-7'],
    [NaN, '–'],
    [Infinity, '∞'],
  ])('%d reads %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('values are aligned on the right', () => {
    const table = quantityTable([
      { key: 'a', label: 'rate', value: 9.25, unit: 'spikes/s' },
      { key: 'b', label: 'synapses', value: 1_000_000, unit: '' },
    ]);
    expect(table).toBe('  rate          9.250  spikes/s\n  synapses  1,000,000\n');
  });
});

describe('files', () => {
  test('CSV comes in pieces and is free of rounding noise', () => {
    const n = 40_000;
    const spikes = {
      times: Float64Array.from({ length: n }, (_, i) => (i + 1) * 0.1),
      senders: Uint32Array.from({ length: n }, (_, i) => i % 7),
    };
    const chunks = [...csvChunks(spikes)];
    expect(chunks.length).toBeGreaterThan(2);
    const lines = chunks.join('').split('\n');
    expect(lines).toHaveLength(n + 2);
    expect(lines[0]).toBe('time_ms,sender');
    expect(lines.slice(1, -1).every((line, i) => line === `${(i + 1) / 10},${i % 7}`)).toBe(true);
  });

  test('numbers that do not exist are null in JSON', () => {
    expect(jsonText({ a: NaN, b: Infinity })).toBe('{\n  "a": null,\n  "b": null\n}\n');
  });
});
