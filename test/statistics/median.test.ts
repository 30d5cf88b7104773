import { medianOf } from '../../lib/statistics';

test('a median is taken of what has a value', () => {
  expect(medianOf([3, 1, 2])).toEqual({ value: 2, range: [1, 3] });
  expect(medianOf([4, NaN, 1])).toEqual({ value: 2.5, range: [1, 4] });
  expect(medianOf([NaN, 7])).toEqual({ value: 7 });
  expect(medianOf([NaN]).value).toBeNaN();
  expect(medianOf([]).value).toBeNaN();
});
