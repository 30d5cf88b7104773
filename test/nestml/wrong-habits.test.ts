// What is written as in other languages, or only nearly right: one message each, which says what is meant.
import { toldOf, type TextOf, type WrongText } from './told';

describe('ports of spikes without their time', () => {
  const state = ['state', 'I_ pA = 0 pA', 'ok boolean = true'] as const;
  test.each<WrongText>([
    [
      [state, ['update', 'I_ += sp * pA']],
      "6:11: error: Operands of '+=' are of one dimension; these are pA and pA/ms. The sum of the weights is sp * s.",
    ],
    [
      [state, ['update', 'I_ -= 2 * many[0] * pA']],
      "6:11: error: Operands of '-=' are of one dimension; these are pA and pA/ms. The sum of the weights is many[0] * s.",
    ],
    [
      [state, ['update', 'I_ = sp * pA']],
      '6:10: error: I_ is pA; this is pA/ms. The sum of the weights is sp * s.',
    ],
    [
      [state, ['update', 'J_ pA = sp * pA']],
      '6:13: error: J_ is pA; this is pA/ms. The sum of the weights is sp * s.',
    ],
    [
      [state, ['update', 'I_ += pA / ms']],
      "6:11: error: Operands of '+=' are of one dimension; these are pA and pA/ms.",
    ],
    [
      [state, ['update', 'I_ += sp * mV']],
      "6:11: error: Operands of '+=' are of one dimension; these are pA and mV/ms.",
    ],
    [
      [state, ['update', 'I_ += ok']],
      "6:11: error: Operands of '+=' are numbers or quantities; this is boolean.",
    ],
    [
      [state, ['update', 'I_ *= ok']],
      "6:11: error: Operands of '*=' are numbers or quantities; this is boolean.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });
});

describe('functions without parentheses', () => {
  test.each<WrongText>([
    [[['update', 'x += timestep / ms']], "3:10: error: 'timestep' is a function: timestep()."],
    [
      [['internals', 'h_ ms = resolution']],
      "3:13: error: 'resolution' is a function: resolution().",
    ],
    [[['update', 'x = exp']], "3:9: error: 'exp' is a function: exp(…)."],
    [
      [
        ['update', 'x = f'],
        ['function f(a real, b mV) real', 'return a'],
      ],
      "3:9: error: 'f' is a function: f(a, b).",
    ],
    [[['update', 'emit_spike']], "3:5: error: 'emit_spike' is a function: emit_spike()."],
    [
      [['update', 'integrate_odes']],
      "3:5: error: 'integrate_odes' is a function: integrate_odes().",
    ],
    [
      [['update', 'nothing_']],
      "3:13: error: Expected '=' and a value, or a type, found the end of line.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([[[['state', 'exp real = 1', 'x real = exp + exp(1)']]]])(
    'variables may have the name of one: %j',
    (text) => {
      expect(toldOf(text)).toEqual([]);
    },
  );
});

describe('signs, words and functions of other languages', () => {
  test.each<WrongText>([
    [
      [['update', 'if ok && x > 1 || !ok:', '  x = nono']],
      "3:11: error: There is no '&&' in NESTML; write and.",
      "3:20: error: There is no '||' in NESTML; write or.",
      "3:23: error: There is no '!' in NESTML; write not.",
      "4:11: error: There is no variable 'nono'.",
    ],
    [[['update', 'ok = x != q']]],
    [
      [['update', 'x = x^2', 'x = q^i + 1']],
      "3:9: error: Operands of '^' are integers; this is real. A power is written **.",
      "4:9: error: Operands of '^' are integers; this is real. A power is written **.",
    ],
    [[['update', 'x = ok ^ 2']], "3:9: error: Operands of '^' are integers; this is boolean."],
    [[['update', 'i = i ^ 2']]],
    [
      [['update', 'x = sqrt(q) + sqrt(nono)']],
      "3:9: error: There is no function 'sqrt'; a square root is x**0.5.",
      "3:19: error: There is no function 'sqrt'; a square root is x**0.5.",
      "3:24: error: There is no variable 'nono'.",
    ],
    [
      [['update', 'if ok:', '  x = 1', 'else if x > 1:', '  x = 2', 'else:', '  x = nono']],
      "5:5: error: 'else if' is elif.",
      "8:11: error: There is no variable 'nono'.",
    ],
    [[['update', 'x++']], "3:6: error: There is no '++' in NESTML; write x += 1."],
    [[['update', 'v[1]--']], "3:9: error: There is no '--' in NESTML; write v[1] -= 1."],
    [[['update', 'x = q--2']]],
    [[['update', 'x == q']], "3:7: error: '==' compares; a statement assigns with '='."],
    [
      [
        ['input', 'J_ <- current', 'K_ pA <- current'],
        ['update', 'x = (J_ + K_) / pA'],
      ],
      "3:11: error: A port 'current' of older versions is 'continuous'.",
      "4:14: error: A port 'current' of older versions is 'continuous'.",
    ],
    [
      [
        ['initial_values', 'y_ real = 1', "z_' mV = 2"],
        ['update', 'y_ = 2'],
      ],
      "2:3: error: The block 'initial_values' of older versions is 'state'.",
    ],
    [
      [['update', '// one', '   // two', 'x = 1 // three', 'x = nono']],
      '3:5: error: Comments begin with #, and not with //.',
      "6:9: error: There is no variable 'nono'.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });
});

describe('blanks that are none', () => {
  test.each<WrongText>([
    [
      [['update', 'x =\u00A0\u00A0nono']],
      '3:8: error: There is no U+00A0 (no-break space) in NESTML; write a plain blank.',
      "3:10: error: There is no variable 'nono'.",
    ],
    [
      [['update', 'x = 1\u200B']],
      '3:10: error: There is no U+200B (zero-width space) in NESTML; write a plain blank.',
    ],
    [[['update', 'x\u2003= 1']], '3:6: error: There is no U+2003 in NESTML; write a plain blank.'],
    [
      'model m:\n\u00A0\u00A0state:\n\u00A0\u00A0\u00A0 x real = 0\n',
      '2:1: error: There is no U+00A0 (no-break space) in NESTML; write a plain blank.',
      '3:1: error: There is no U+00A0 (no-break space) in NESTML; write a plain blank.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });
});

describe('a digit behind a unit', () => {
  test.each<WrongText>([
    [
      [['parameters', 'a_ cm2 = 1e-3 cm2', 'tau ms = 1 ms', 'b_ 1/(ms*mV3) = 1 / s2']],
      "3:8: error: There is no unit or type 'cm2'; write cm**2.",
      "3:19: error: There is no unit or type 'cm2'; write 0.001 * cm**2.",
      "5:14: error: There is no unit or type 'mV3'; write mV**3.",
      "5:25: error: There is no variable 's2'; the unit is s**2.",
    ],
    [
      [['state', 'x y2 = 1', 'z real = 2 * y2']],
      "3:7: error: There is no unit or type 'y2'.",
      "4:18: error: There is no variable 'y2'.",
    ],
    [[['parameters', 's2 real = 1', 'tau ms = 2 ms * s2']]],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });
});

describe('a power of a number with a unit', () => {
  test.each<WrongText>([
    [
      [['parameters', 'a_ mV**2 = 3 mV**2', 'tau ms = 1 ms', 'b_ cm**2 = -1e-2 cm**2']],
      '3:16: warning: This is (3 mV)**2; 3 of mV**2 is 3 * mV**2.',
      '5:17: warning: This is (0.01 cm)**2; 0.01 of cm**2 is 0.01 * cm**2.',
    ],
    [
      [['update', 'a_ mV**2 = -2 mV**2', 'b_ real = 3 mV**0.5 / mV**0.5']],
      '3:17: warning: This is (2 mV)**2; 2 of mV**2 is 2 * mV**2.',
      '4:15: warning: This is (3 mV)**0.5; 3 of mV**0.5 is 3 * mV**0.5.',
    ],
    [
      [
        [
          'update',
          'a_ mV**2 = (3 mV)**2 + 3 * mV**2 + 1 mV**2',
          'b_ mV = 3 mV**1',
          'c_ real = 3**2',
        ],
      ],
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });
});

describe('an if that is not read', () => {
  const branches = ['elif x > 2:', '  x = 2', 'else:', '  x = 3', 'x = nono'] as const;
  const last = (line: number): string => `${line}:9: error: There is no variable 'nono'.`;
  test.each<WrongText>([
    [
      [['update', 'if x > 1', '  x = nono', ...branches]],
      "3:13: error: Expected ':' behind 'if' and its condition, found the end of line.",
      "4:11: error: There is no variable 'nono'.",
      last(9),
    ],
    [
      [['update', 'if x > 1:', '  x = 1', 'elif x > 2', '  x = 2', 'else', '  x = 3', 'x = nono']],
      "5:15: error: Expected ':' behind 'elif' and its condition, found the end of line.",
      "7:9: error: Expected ':' behind 'else', found the end of line.",
      last(9),
    ],
    [
      [['update', 'if x > 1 then:', '  x = 1', ...branches]],
      "3:14: error: There is no unit or type 'then'.",
      last(9),
    ],
    [
      [['update', 'if x > 1:', 'x = 1', ...branches]],
      "3:14: error: Nothing is indented below 'if' and its condition; a block has at least one line.",
      last(9),
    ],
    [
      [
        [
          'update',
          'if x > 1:',
          '  x = 1',
          ' elif x > 2:',
          '  x = 2',
          'else:',
          '  x = 3',
          'x = nono',
        ],
      ],
      '5:1: error: The line is indented by 5 columns, the blocks around it by 0, 2, 4.',
      last(9),
    ],
    [
      [['update', 'if x > 1:', '    x = 1', '  x = 2', ...branches]],
      '5:1: error: The line is indented by 6 columns, the blocks around it by 0, 2, 4.',
      last(10),
    ],
    [
      [['update', 'if x > 1:', '  x = 1', '    x = 2', ...branches]],
      '5:1: error: Expected a statement, found a line that is indented further.',
      last(10),
    ],
    [
      [['update', 'if x > 1:', '  x = 1', '  else:', '  x = nono', 'x = nono']],
      "5:7: error: There is no 'if' that this 'else' is of.",
      "6:11: error: There is no variable 'nono'.",
      last(7),
    ],
    [
      [
        [
          'update',
          'if x >',
          '  x = 1',
          ...branches,
          'if ok:',
          '  x = 1',
          'x = 2',
          'else:',
          '  x = 3',
        ],
      ],
      '3:11: error: Expected an expression, found the end of line.',
      last(9),
      "13:5: error: There is no 'if' that this 'else' is of.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });
});

describe('tabs and blanks', () => {
  const tabs = 'tabs count as 8 columns';
  test.each<WrongText>([
    [
      'model m:\n\tstate:\n\t\tx real = 1\n            y real = nono\n',
      `4:1: error: The line is indented by 12 columns, the blocks around it by 0, 8; ${tabs}.`,
      "4:22: error: There is no variable 'nono'.",
    ],
    [
      'model m:\n  state:\n    x real = 1\n\ty real = 1\n    z real = nono\n',
      `4:1: error: Expected the name of a variable, found a line that is indented further; ${tabs}.`,
      "5:14: error: There is no variable 'nono'.",
    ],
    [
      'model m:\n\tstate:\n        x real = 1\n',
      `2:8: error: Nothing is indented below 'state'; a block has at least one line; ${tabs}.`,
    ],
    [
      'model m:\n    state:\n        x real = 1\n\ty real = nono\n',
      "4:11: error: There is no variable 'nono'.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text).slice(0, says.length)).toEqual(says);
  });
});

describe('one cause is one error', () => {
  test.each<WrongText>([
    [
      [
        ['state', 't real = 0', 'x real = 0'],
        ['update', 'x = t / ms'],
      ],
      "3:5: error: 't' is a constant of the language, and cannot be declared.",
    ],
    [
      [
        ['equations', "x' = -x / ms"],
        ['update', 'x = integrate_odes()'],
      ],
      '5:9: error: x is real; this is void.',
    ],
    [
      [
        ['input', 'a <- spike', 'b <- spike'],
        ['onReceive(a, priority=-2)', 'x = 2'],
        ['onReceive(b, priority=2)', 'x = 2'],
      ],
      "5:25: error: Expected a number without a sign, a text, true or false, found '-'.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text).filter((line) => !line.includes(': warning: '))).toEqual(says);
  });
});
