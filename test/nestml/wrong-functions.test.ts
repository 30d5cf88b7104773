// Functions, time, random numbers: what is refused or warned of, where, and with which words.
import { type TextOf, toldOf, type WrongText } from './told';

describe('functions', () => {
  test.each<WrongText>([
    [
      [['function f(a real) real', 'x = a']],
      "2:12: error: The function 'f' is real, but not all of its paths return a value.",
    ],
    [
      [['function f(a real) real', 'if a > 0:', '  return 1']],
      "2:12: error: The function 'f' is real, but not all of its paths return a value.",
    ],
    [
      [['function f(a real) real', 'if a > 0:', '  return 1', 'elif a < 0:', '  return 2']],
      "2:12: error: The function 'f' is real, but not all of its paths return a value.",
    ],
    [
      [['function f(a real) real', 'if a > 0:', '  return 1', 'else:', '  x = 1']],
      "2:12: error: The function 'f' is real, but not all of its paths return a value.",
    ],
    [
      [['function f(a real) real', 'while a > 0:', '  return 1']],
      "2:12: error: The function 'f' is real, but not all of its paths return a value.",
    ],
    [
      [['function f(a real) real', 'for i in 0 ... 3 step 1:', '  return 1']],
      "2:12: error: The function 'f' is real, but not all of its paths return a value.",
    ],
    [
      [['function f(a real) real', 'return a', 'x = 1', 'x = 2']],
      '4:5: warning: Nothing comes here: the line before returns.',
    ],
    [
      [['function f(a real) real', 'if a > 0:', '  return 1', '  x = 2', 'return a']],
      '5:7: warning: Nothing comes here: the line before returns.',
    ],
    [
      [['function f(a real)', 'return a']],
      '3:12: error: The function has no type, and returns no value.',
    ],
    [
      [['function f(a real) real', 'return']],
      '3:5: error: The function is real; a value is returned.',
    ],
    [[['function f(a real) mV', 'return 1 ms']], '3:12: error: The function is mV; this is ms.'],
    [[['function f(a real) mV', 'return 1']], '3:12: error: The function is mV; this is integer.'],
    [
      [['function f(a real) boolean', 'return a']],
      '3:12: error: The function is boolean; this is real.',
    ],
    [[['update', 'return']], '3:5: error: Only functions return; this is update.'],
    [[['onReceive(sp)', 'return x']], '3:5: error: Only functions return; this is onReceive.'],
    [
      [['onCondition(ok)', 'if ok:', '  return']],
      '4:7: error: Only functions return; this is onCondition.',
    ],
    [
      [['function f(a real) real', 'return a > 1 ? f(a - 1) : 1']],
      "2:12: error: The function 'f' calls itself: f → f.",
    ],
    [
      [
        ['function f(a real) real', 'return g(a)'],
        ['function g(a real) real', 'return h_(a)'],
        ['function h_(a real) real', 'return f(a)'],
      ],
      "2:12: error: The function 'f' calls itself: f → g → h_ → f.",
    ],
    [[['function f(a real)', 'f(a - 1)']], "2:12: error: The function 'f' calls itself: f → f."],
    [
      [
        ['function f(a real) real', 'return g(a)'],
        ['function g(a real) real', 'return g(a)'],
      ],
      "4:12: error: The function 'g' calls itself: g → g.",
    ],
    [
      [['function f(a real, a mV) real', 'return a']],
      "2:22: error: 'a' is declared already, as an argument in line 2.",
    ],
    [
      [['function f(a real) real', 'a real = 1', 'return a']],
      "3:5: error: 'a' is declared already, as an argument in line 2.",
    ],
    [[['function f() real', 'return nono']], "3:12: error: There is no variable 'nono'."],
    [
      [
        ['function f() real', 'return z'],
        ['update', 'z real = 1'],
      ],
      "3:12: error: There is no variable 'z'.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        [
          'function f(a real) real',
          'if a > 0:',
          '  return 1',
          'elif a < 0:',
          '  return 2',
          'else:',
          '  return 3',
        ],
      ],
    ],
    [[['function f(a real) real', 'if a > 0:', '  return 1', 'return 2']]],
    [[['function f(a real)', 'x = a']]],
    [[['function f(a real) void', 'return']]],
    [[['function f(a mV) real', 'return a']]],
    [[['function f(a real) real', 'a = 1', 'return a']]],
    [[['function f() real', 'x = q + P + sp * s', 'return u / mV']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('time', () => {
  test.each<WrongText>([
    [
      [
        ['equations', "x' = 1 / resolution()"],
        ['update', 'integrate_odes()'],
      ],
      '3:14: error: resolution cannot be called in an equation, only in an initial value, a guard, update, onReceive, onCondition.',
    ],
    [
      [['equations', 'inline a ms = resolution()']],
      '3:19: error: resolution cannot be called in an equation, only in an initial value, a guard, update, onReceive, onCondition.',
    ],
    [
      [['function f() ms', 'return resolution()']],
      '3:12: error: resolution cannot be called in a function, only in an initial value, a guard, update, onReceive, onCondition.',
    ],
    [
      [['onReceive(sp)', 'x = timestep() / ms']],
      '3:9: error: timestep cannot be called in onReceive, only in update.',
    ],
    [
      [['onCondition(timestep() > 1 ms)', 'x = 1']],
      '2:15: error: timestep cannot be called in onCondition, only in update.',
    ],
    [
      [['internals', 'P ms = timestep()']],
      '3:12: error: timestep cannot be called in an initial value, only in update.',
    ],
    [
      [['function f() ms', 'return timestep()']],
      '3:12: error: timestep cannot be called in a function, only in update.',
    ],
    [
      [['equations', 'inline a ms = timestep()']],
      '3:19: error: timestep cannot be called in an equation, only in update.',
    ],
    [
      [['parameters', 'tau ms = 1 ms [[tau > timestep()]]']],
      '3:27: error: timestep cannot be called in a guard, only in update.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        ['parameters', 'tau ms = resolution() [[tau > resolution()]]'],
        ['state', 'x real = resolution() / ms'],
        ['update', 'x = resolution() / ms'],
      ],
    ],
    [[['onReceive(sp)', 'x = resolution() / ms']]],
    [[['update', 'x = timestep() / ms']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('random numbers', () => {
  test.each<WrongText>([
    [
      [['state', 'x real = random_normal(0., 1.)']],
      '3:14: error: random_normal cannot be called in an initial value, only in update, onReceive, onCondition.',
    ],
    [
      [['function f() real', 'return random_normal(0., 1.)']],
      '3:12: error: random_normal cannot be called in a function, only in update, onReceive, onCondition.',
    ],
    [
      [['equations', 'inline a real = random_normal(0., 1.)']],
      '3:21: error: random_normal cannot be called in an equation, only in update, onReceive, onCondition.',
    ],
    [
      [['parameters', 'tau ms = 1 ms [[random_normal(0., 1.) > 0]]']],
      '3:21: error: random_normal cannot be called in a guard, only in update, onReceive, onCondition.',
    ],
    [
      [['state', 'x real = random_uniform(0., 1.)']],
      '3:14: error: random_uniform cannot be called in an initial value, only in update, onReceive, onCondition.',
    ],
    [
      [['function f() real', 'return random_uniform(0., 1.)']],
      '3:12: error: random_uniform cannot be called in a function, only in update, onReceive, onCondition.',
    ],
    [
      [['equations', 'inline a real = random_uniform(0., 1.)']],
      '3:21: error: random_uniform cannot be called in an equation, only in update, onReceive, onCondition.',
    ],
    [
      [['parameters', 'tau ms = 1 ms [[random_uniform(0., 1.) > 0]]']],
      '3:21: error: random_uniform cannot be called in a guard, only in update, onReceive, onCondition.',
    ],
    [
      [['state', 'x real = random_poisson(2.)']],
      '3:14: error: random_poisson cannot be called in an initial value, only in update, onReceive, onCondition.',
    ],
    [
      [['function f() real', 'return random_poisson(2.)']],
      '3:12: error: random_poisson cannot be called in a function, only in update, onReceive, onCondition.',
    ],
    [
      [['equations', 'inline a real = random_poisson(2.)']],
      '3:21: error: random_poisson cannot be called in an equation, only in update, onReceive, onCondition.',
    ],
    [
      [['parameters', 'tau ms = 1 ms [[random_poisson(2.) > 0]]']],
      '3:21: error: random_poisson cannot be called in a guard, only in update, onReceive, onCondition.',
    ],
    [
      [
        [
          'update',
          'u = random_normal(0 mV, 1 ms)',
          'u = random_normal(0, 1 mV)',
          'u = random_uniform(1 mV, 2.)',
          'x = random_normal(true, 1)',
          'x = random_poisson("a")',
          'i = random_uniform(0, 1)',
          'u = random_normal(0 mV, 1 V)',
          'u = random_poisson(2)',
        ],
      ],
      '3:29: error: Arguments of random_normal are of one type; these are mV and ms.',
      '4:23: warning: The number is taken to be in mV.',
      '5:30: warning: The number is taken to be in mV.',
      '6:23: error: Arguments of random_normal are numbers or quantities; this is boolean.',
      '7:24: error: An argument of random_poisson is real; this is string.',
      '10:9: error: u is mV; this is integer.',
    ],
    [
      [['function f()', 'integrate_odes()']],
      '3:5: warning: There is no equation that integrate_odes could integrate.',
      '3:5: error: integrate_odes cannot be called in a function, only in update, onReceive, onCondition.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        ['update', 'x = random_normal(0., 1.)'],
        ['onReceive(sp)', 'x = random_normal(0., 1.)'],
        ['onCondition(random_normal(0., 1.) > 0)', 'x = 1'],
      ],
    ],
    [
      [
        ['update', 'x = random_uniform(0., 1.)'],
        ['onReceive(sp)', 'x = random_uniform(0., 1.)'],
        ['onCondition(random_uniform(0., 1.) > 0)', 'x = 1'],
      ],
    ],
    [
      [
        ['update', 'x = random_poisson(2.)'],
        ['onReceive(sp)', 'x = random_poisson(2.)'],
        ['onCondition(random_poisson(2.) > 0)', 'x = 1'],
      ],
    ],
    [[['update', 'i = steps(tau)']]],
    [[['equations', 'inline a integer = steps(tau)']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});
