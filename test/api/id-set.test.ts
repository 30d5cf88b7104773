import fc from 'fast-check';
import { named } from './named';
import { IdSet, resolveIndex, resolvePick, resolveSlice } from '../../lib/id-set';

const ascending = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 20 })
  .map((ids) => ids.sort((a, b) => a - b));
const setOf = (ids: readonly number[]): IdSet => IdSet.from(Uint32Array.from(ids));

describe('IdSet', () => {
  it('behaves as the array of its IDs', () => {
    fc.assert(
      fc.property(ascending, fc.nat(60), (ids, id) => {
        const set = setOf(ids);
        expect([...set.toArray()]).toEqual(ids);
        expect(set.length).toBe(ids.length);
        expect(set.indexOf(id)).toBe(ids.indexOf(id));
        expect(set.lowerBound(id)).toBe(ids.filter((x) => x < id).length);
        expect(ids.map((_, i) => set.get(i))).toEqual(ids);
      }),
    );
  });

  it('slices as arrays do', () => {
    fc.assert(
      fc.property(
        ascending,
        fc.nat(20),
        fc.nat(20),
        fc.integer({ min: 1, max: 5 }),
        (ids, a, b, step) => {
          const [from, to] = [Math.min(a, ids.length), Math.min(b, ids.length)];
          const expected = ids.slice(from, to).filter((_, i) => i % step === 0);
          expect([...setOf(ids).slice(from, to, step).toArray()]).toEqual(expected);
        },
      ),
    );
  });

  it('joins disjoint sets in ascending order', () => {
    fc.assert(
      fc.property(ascending, ascending, (a, others) => {
        const b = others.filter((id) => !a.includes(id));
        const union = setOf(a).union(setOf(b));
        expect([...union.toArray()]).toEqual([...a, ...b].sort((x, y) => x - y));
      }),
    );
  });

  it('does not join sets that overlap', () => {
    expect(() => setOf([1, 3, 7]).union(setOf([2, 7, 9]))).toThrow(
      named('BadProperty', { node: 7 }),
    );
  });

  it('equals sets with the same IDs only', () => {
    fc.assert(
      fc.property(ascending, ascending, (a, b) => {
        expect(setOf(a).equals(setOf(b))).toBe(a.join() === b.join());
        expect(setOf(a).equals(setOf(a))).toBe(true);
      }),
    );
  });

  it('lists runs that cover it', () => {
    fc.assert(
      fc.property(ascending, (ids) => {
        const listed = [...setOf(ids).runs()].flatMap(([first, last, step]) =>
          Array.from({ length: (last - first) / step + 1 }, (_, i) => first + i * step),
        );
        expect(listed).toEqual(ids);
      }),
    );
  });

  it('refuses IDs that do not ascend', () => {
    expect(() => setOf([1, 3, 3])).toThrow('must ascend');
    expect(() => setOf([3, 1])).toThrow('must ascend');
  });

  it('keeps a contiguous union compact', () => {
    const union = IdSet.progression(1, 10).union(IdSet.progression(11, 5));
    expect([...union.runs()]).toEqual([[1, 15, 1]]);
  });
});

describe('positions', () => {
  it('count from the end when negative', () => {
    expect(resolveIndex(-1, 5)).toBe(4);
    expect(resolveSlice(5, -3, -1, 1)).toEqual([2, 4, 1]);
    expect(resolveSlice(5)).toEqual([0, 5, 1]);
    expect([...resolvePick([0, -1], 5)]).toEqual([0, 4]);
    expect([...resolvePick([true, false, true], 3)]).toEqual([0, 2]);
  });

  it.each([
    ['index', () => resolveIndex(5, 5), '-5 … 4'],
    ['index of an empty collection', () => resolveIndex(0, 0), 'none, the collection is empty'],
    ['fraction', () => resolveIndex(0.5, 5), '-5 … 4'],
    ['slice bound', () => resolveSlice(5, 0, 6), '-5 … 5'],
    ['slice step', () => resolveSlice(5, 0, 5, 0), '≥ 1'],
    ['picked index', () => resolvePick([1, 7], 5), '-5 … 4'],
  ])('outside throws IndexError: %s', (_, resolve, allowed) => {
    expect(resolve).toThrow(named('IndexError', { allowed }));
  });

  it('refuses masks of another length', () => {
    expect(() => resolvePick([true, false], 3)).toThrow('one boolean for each of the 3');
    expect(() => resolvePick([true, 1, false] as unknown as boolean[], 3)).toThrow('mask');
  });
});
