import { inspect } from 'node:util';
import { named } from './named';
import * as errors from '../../lib/errors';
import { conditional } from '../../lib/logic';
import * as math from '../../lib/math';
import { Parameter, stepsOf } from '../../lib/parameters';
import * as random from '../../lib/random';

describe('Parameter', () => {
  const p = random.uniform(0, 1);

  it('encodes distributions with their defaults', () => {
    expect(random.uniform().spec).toEqual(['uniform', 0, 1]);
    expect(random.uniform_int(5).spec).toEqual(['uniform_int', 5]);
    expect(random.normal().spec).toEqual(['normal', 0, 1]);
    expect(random.lognormal(1, 2).spec).toEqual(['lognormal', 1, 2]);
    expect(random.exponential().spec).toEqual(['exponential', 1]);
  });

  it.each(['add', 'sub', 'mul', 'div', 'pow', 'lt', 'le', 'gt', 'ge', 'eq', 'ne'] as const)(
    'encodes %s of a number and of a parameter',
    (operation) => {
      expect(p[operation](2).spec).toEqual([operation, ['uniform', 0, 1], 2]);
      expect(p[operation](p).spec).toEqual([operation, p.spec, p.spec]);
    },
  );

  it('encodes functions', () => {
    expect(p.neg().spec).toEqual(['neg', p.spec]);
    expect(math.exp(p).spec).toEqual(['exp', p.spec]);
    expect(math.sin(p).spec).toEqual(['sin', p.spec]);
    expect(math.cos(p).spec).toEqual(['cos', p.spec]);
    expect(math.min(p, 3).spec).toEqual(['min', p.spec, 3]);
    expect(math.max(p, 3).spec).toEqual(['max', p.spec, 3]);
    expect(math.redraw(p, 0, Infinity).spec).toEqual(['redraw', p.spec, 0, Infinity]);
    expect(conditional(p.lt(0.5), -1, p).spec).toEqual([
      'conditional',
      ['lt', p.spec, 0.5],
      -1,
      p.spec,
    ]);
  });

  it.each([
    ['uniform: min = max', () => random.uniform(1, 1), 'BadProperty'],
    ['uniform: infinite', () => random.uniform(0, Infinity), 'BadProperty'],
    ['uniform: NaN', () => random.uniform(NaN, 1), 'BadProperty'],
    ['uniform: text', () => random.uniform('0' as unknown as number), 'TypeMismatch'],
    ['uniform_int: 0', () => random.uniform_int(0), 'BadProperty'],
    ['uniform_int: 2.5', () => random.uniform_int(2.5), 'TypeMismatch'],
    ['normal: std < 0', () => random.normal(0, -1), 'BadProperty'],
    ['lognormal: std < 0', () => random.lognormal(0, -1), 'BadProperty'],
    ['exponential: beta < 0', () => random.exponential(-1), 'BadProperty'],
    ['redraw: min > max', () => math.redraw(p, 2, 1), 'BadParameterValue'],
    ['operand: NaN', () => p.add(NaN), 'BadParameterValue'],
    ['operand: undefined', () => p.mul(undefined as unknown as number), 'TypeMismatch'],
  ])('refuses %s', (_, make, name) => {
    expect(make).toThrow(named(name));
  });

  it('says how to combine parameters where operators cannot', () => {
    expect(() => (p as unknown as number) * 2).toThrow(errors.TypeMismatch);
    expect(() => (p as unknown as number) + 2).toThrow(/\.add\(1\)/);
    expect(`${p.add(2).toString()}`).toBe('add(uniform(0, 1), 2)');
  });

  it('gives the core every operation once, however many share it', () => {
    let shared = p;
    for (let i = 0; i < 100; i++) shared = shared.add(shared);
    const steps = stepsOf(shared.spec) as readonly unknown[];
    expect(steps).toHaveLength(101);
    expect(steps.slice(0, 3)).toEqual([
      ['uniform', 0, 1],
      ['add', [0], [0]],
      ['add', [1], [1]],
    ]);
    const other = conditional(p.lt(0.5), -1, p.mul(p.lt(0.5)));
    expect(stepsOf(other.spec)).toHaveLength(5);
    expect(stepsOf(3)).toBe(3);
  });

  it('takes expressions of any depth, and shows a part of long ones', () => {
    let deep = p;
    for (let i = 0; i < 100_000; i++) deep = deep.add(i);
    expect(stepsOf(deep.spec)).toHaveLength(100_001);
    let shared = p;
    for (let i = 0; i < 100; i++) shared = shared.mul(shared);
    for (const text of [String(deep), String(shared), inspect(shared)]) {
      expect(text).toContain('…');
      expect(text.length).toBeLessThan(3000);
    }
    expect(String(math.max(p.add(1), 2))).toBe('max(add(uniform(0, 1), 1), 2)');
  });

  it('draws from the kernel that it is given', () => {
    const drawParameter = jest.fn(() => 0.25);
    expect(p.GetValue({ drawParameter })).toBe(0.25);
    expect(drawParameter).toHaveBeenCalledWith([['uniform', 0, 1]]);
    expect(() => p.GetValue()).toThrow(errors.BadParameterValue);
    expect(p).toBeInstanceOf(Parameter);
  });
});
