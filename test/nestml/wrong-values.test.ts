// Parameters, internals, guards, vectors: what is refused, where, and with which words.
import { type TextOf, toldOf, type WrongText } from './told';

describe('what is fixed', () => {
  test.each<WrongText>([
    [[['update', 'q = 2']], "3:5: error: 'q' is a parameter, which only a user sets."],
    [[['function f()', 'q = 2']], "3:5: error: 'q' is a parameter, which only a user sets."],
    [[['onReceive(sp)', 'q -= 2']], "3:5: error: 'q' is a parameter, which only a user sets."],
    [[['update', 'P += 2']], "3:5: error: 'P' is an internal, and cannot be assigned to."],
    [[['update', 't = 2 ms']], "3:5: error: 't' is a constant, and cannot be assigned to."],
    [[['update', 'e = 2']], "3:5: error: 'e' is a constant, and cannot be assigned to."],
    [[['update', 'pi += 2']], "3:5: error: 'pi' is a constant, and cannot be assigned to."],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([[[['update', 'P real = 1', 'P += 2']]]])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('guards', () => {
  test.each<WrongText>([
    [
      [['parameters', 'tau ms = 1 ms', 'p real = 1 [[p + 1]]']],
      '4:18: error: A guard is boolean; this is real.',
    ],
    [
      [['parameters', 'tau ms = 1 ms', 'n integer = 1 [[n]]']],
      '4:21: error: A guard is boolean; this is integer.',
    ],
    [
      [['parameters', 'tau ms = -1 ms [[tau > 0 ms]]']],
      '3:22: error: The default does not fulfil this.',
    ],
    [
      [['parameters', 'tau ms = 1 ms', 'a mV = 1 mV [[a > b]]', 'b mV = 1 V']],
      '4:19: error: The default does not fulfil this.',
    ],
    [
      [['parameters', 'tau ms = 1 ms [[tau > 0 ms and tau < 0.0005 s]]']],
      '3:21: error: The default does not fulfil this.',
    ],
    [
      [
        ['internals', 'P integer = 2 * n [[P < 6]]'],
        ['parameters', 'tau ms = 1 ms', 'n integer = 3'],
      ],
      '3:25: error: The default does not fulfil this.',
    ],
    [
      [['parameters', 'tau ms = 1 ms', 'a, b real = -1 [[b > 0]]']],
      '4:22: error: The default does not fulfil this.',
    ],
    [[['parameters', 'tau ms [[tau > 0 ms]]']], '3:14: error: The default does not fulfil this.'],
    [
      [['parameters', 'tau ms = 1 ms', 'b boolean = false', 'a real = 1 [[b ? a > 0 : a < 0]]']],
      '5:18: error: The default does not fulfil this.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['parameters', 'tau ms = -1 ms [[exp(tau / ms) > 2]]']]],
    [
      [
        [
          'parameters',
          'tau ms = 1 ms [[tau > 0 s]]',
          'n integer = 2.9 [[n == 2]]',
          'b boolean [[not b]]',
        ],
      ],
    ],
    [[['state', 'x real = -1 [[x > 0]]']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('vectors', () => {
  test.each<WrongText>([
    [[['state', 'x[0] real = 1']], "3:7: error: The size of 'x' is a whole number, at least 1."],
    [
      [['state', 'x[-1] real = 1']],
      "3:7: error: The size of 'x' is a whole number, or an integer parameter or internal.",
    ],
    [[['state', 'x[2.5] real = 1']], "3:7: error: The size of 'x' is a whole number, at least 1."],
    [
      [['state', 'x[count + 1] real = 1']],
      "3:7: error: The size of 'x' is a whole number, or an integer parameter or internal.",
    ],
    [[['state', 'x[nono] real = 1']], "3:7: error: There is no variable 'nono'."],
    [
      [['state', 'x[q] real = 1']],
      "3:7: error: The size of 'x' is a whole number, or an integer parameter or internal.",
    ],
    [
      [['state', 'x[i] real = 1', 'i integer = 1']],
      "3:7: error: The size of 'x' is a whole number, or an integer parameter or internal.",
    ],
    [
      [
        ['state', 'x[n] real = 1'],
        ['internals', 'n integer = count - 3'],
      ],
      "3:7: error: The size of 'x' is a whole number, at least 1; n is 0 by default.",
    ],
    [
      [
        ['state', 'x[n] real = 1'],
        ['internals', 'n integer = steps(tau)'],
      ],
      "3:7: error: The size of 'x' is a number that the text says; that of this default only comes out later.",
    ],
    [[['update', 'z[0] real = 1']], "3:7: error: The size of 'z' is a whole number, at least 1."],
    [[['state', 'x[1e9] real = 1']], "3:7: error: The size of 'x' is a whole number, at least 1."],
    [
      [['state', 'x[2] real = 1', 'x_1 real = 0']],
      "4:5: error: 'x_1' is also how an element of 'x' is seen from outside; one of them needs another name.",
    ],
    [
      [
        ['parameters', 'tau ms = 1 ms', 'x_0 real = 1'],
        ['state', 'x[1] real = 0'],
      ],
      "4:5: error: 'x_0' is also how an element of 'x' is seen from outside; one of them needs another name.",
    ],
    [
      [['state', 'x[2] real = 1', 'y real = x']],
      "4:14: error: 'x' is a vector; one of it is x[0], say.",
    ],
    [
      [['state', 'x[2] real = 1', 'y[2] real = x']],
      "4:17: error: 'x' is a vector; one of it is x[0], say.",
    ],
    [[['update', 'z real = v']], "3:14: error: 'v' is a vector; one of it is v[0], say."],
    [[['update', 'v = 3']], "3:5: error: 'v' is a vector; one of it is v[0], say."],
    [
      [['update', 'v = v']],
      "3:5: error: 'v' is a vector; one of it is v[0], say.",
      "3:9: error: 'v' is a vector; one of it is v[0], say.",
    ],
    [[['update', 'v += 1']], "3:5: error: 'v' is a vector; one of it is v[0], say."],
    [[['update', 'x[1] = 3']], "3:5: error: 'x' is a state and no vector; it has no index."],
    [[['update', 'x = q[0]']], "3:9: error: 'q' is a parameter and no vector; it has no index."],
    [[['update', 'v[3] = 1']], "3:7: error: 'v' has no element 3, only 0 to 2."],
    [[['update', 'x = v[-1]']], "3:11: error: 'v' has no element -1, only 0 to 2."],
    [[['update', 'v[1.5] = 1']], '3:7: error: An index is an integer; this is real.'],
    [[['update', 'x = v[u]']], '3:11: error: An index is an integer; this is mV.'],
    [[['update', 'x = v[ok]']], '3:11: error: An index is an integer; this is boolean.'],
    [[['update', 'x = v[q]']], '3:11: error: An index is an integer; this is real.'],
    [[['update', 'x = v[3 * 1]']], "3:11: error: 'v' has no element 3, only 0 to 2."],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        ['state', 'x[n] real = 1'],
        ['internals', 'n integer = count'],
      ],
    ],
    [[['update', 'z[2] real = 1', 'z[1] = 2']]],
    [[['update', 'v[i] = v[i + 1]']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('vectors in equations', () => {
  test.each<WrongText>([
    [
      [
        ['state', 'x real = 0', 'v[3] real = 0', 'w[2] real = 0'],
        ['equations', "v' = -w / tau"],
        ['update', 'integrate_odes()'],
      ],
      "7:11: error: Vectors of one equation are of one size; 'w' has 2 elements, and 'v' has 3.",
    ],
    [
      [
        ['equations', "v[0]' = -v[0] / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: An equation is of all elements of a vector: v' = ….",
    ],
    [
      [
        ['equations', "x' = -v / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:11: error: 'v' is a vector; one of it is v[0], say.",
    ],
    [
      [
        ['state', 'x real = 0', 'v[2] real = 0', "v[3]' 1/ms = 0 / ms"],
        ['equations', "v'' = -v / tau**2"],
        ['update', 'integrate_odes()'],
      ],
      "7:5: error: 'v', v' are vectors of one size, or none is a vector.",
    ],
    [
      [
        ['state', 'x real = 0', 'v[2] real = 0', "v' 1/ms = 0 / ms"],
        ['equations', "v'' = -v / tau**2"],
        ['update', 'integrate_odes()'],
      ],
      "7:5: error: 'v', v' are vectors of one size, or none is a vector.",
    ],
    [
      [
        ['equations', 'inline a real = v', "v' = -a / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:21: error: 'v' is a vector; one of it is v[0], say.",
    ],
    [
      [
        ['state', 'x real = 0', 'v[3] real = 0'],
        ['equations', 'kernel k = exp(-t / tau)', "v' = (convolve(k, many) - v) / tau"],
        ['update', 'integrate_odes()'],
      ],
      "7:23: error: Vectors of one equation are of one size; 'many' has 2 elements, and 'v' has 3.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        ['equations', "v' = -v / tau"],
        ['update', 'integrate_odes()'],
      ],
    ],
    [
      [
        ['state', 'x real = 0', 'v[3] real = 0', 'w[count] real = 0'],
        ['equations', "v' = (w - v) / tau"],
        ['update', 'integrate_odes()'],
      ],
    ],
    [
      [
        ['equations', "v' = (v[0] - v) / tau"],
        ['update', 'integrate_odes()'],
      ],
    ],
    [
      [
        ['state', 'x real = 0', 'v[2] real = 0'],
        ['equations', "v' = -v / tau + many"],
        ['update', 'integrate_odes()'],
      ],
    ],
    [
      [
        ['state', 'x real = 0', 'v[2] real = 0'],
        ['equations', 'kernel k = exp(-t / tau)', "v' = (convolve(k, many) - v) / tau"],
        ['update', 'integrate_odes()'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('declarations', () => {
  test.each<WrongText>([
    [
      [['parameters', 'tau ms = 1 ms @foo']],
      '3:20: error: There is no decorator @foo; allowed are @homogeneous, @heterogeneous and @space::name.',
    ],
    [
      [['parameters', 'tau ms = 1 ms @nest:delay']],
      '3:20: error: There is no decorator @nest; allowed are @homogeneous, @heterogeneous and @space::name.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        [
          'parameters',
          'tau ms = 1 ms @homogeneous',
          'p real = 1 @heterogeneous @nest::other @x::y',
        ],
        ['equations', "x' = 1 / tau @homogeneous", 'inline a real = 1 @heterogeneous'],
        ['update', 'integrate_odes()'],
      ],
    ],
    [[['state', 'recordable x real = 0']]],
    [[['state', 'inline x real = 0']]],
    [[['state', 'x, y real = q']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});
