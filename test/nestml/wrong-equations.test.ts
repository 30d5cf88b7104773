// Equations, kernels, delays: what is refused or warned of, where, and with which words.
import { type TextOf, toldOf, type WrongText } from './told';

describe('equations', () => {
  test.each<WrongText>([
    [
      [
        ['equations', 'x = -x'],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: An equation is of a derivative: x' = ….",
    ],
    [
      [
        ['equations', "q' = -q / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: 'q' is a parameter; only states have equations.",
    ],
    [
      [
        ['equations', "P' = -P / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: 'P' is an internal; only states have equations.",
    ],
    [
      [
        ['equations', "I' = -I / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: 'I' is a continuous port; only states have equations.",
    ],
    [
      [
        ['equations', 'inline a real = 1', "a' = 1 / tau"],
        ['update', 'integrate_odes()'],
      ],
      "4:5: error: 'a' is an inline expression; only states have equations.",
    ],
    [
      [
        ['equations', "y' = 1 / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: The equation of y' needs 'y' among the states.",
    ],
    [
      [
        ['equations', "t' = 1"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: 't' is a constant; only states have equations.",
    ],
    [
      [
        ['equations', "x'' = -x / tau**2"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: The equation of x'' needs x' among the states.",
    ],
    [
      [
        ['equations', "x''' = -x / tau**3"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: The equation of x''' needs x', x'' among the states.",
    ],
    [
      [
        ['equations', "y'' = 1 / tau**2"],
        ['update', 'integrate_odes()'],
      ],
      "3:5: error: The equation of y'' needs 'y', y' among the states.",
    ],
    [
      [
        ['equations', "x' = -x / tau", "x' = x / tau"],
        ['update', 'integrate_odes()'],
      ],
      "4:5: error: 'x' has an equation already.",
    ],
    [
      [
        ['equations', "x' = -x / tau"],
        ['update', 'integrate_odes()', "x = x' * ms"],
      ],
      "6:9: error: There is no variable x'; did you mean 'x'?",
    ],
    [[['update', "x' = 1 / ms"]], "3:5: error: There is no variable x'; did you mean 'x'?"],
    [
      [
        ['state', 'b boolean = true', 'x real = 0'],
        ['equations', "b' = 1 / ms"],
        ['update', 'integrate_odes()'],
      ],
      "6:5: error: 'b' is boolean; what has an equation is real or a quantity.",
    ],
    [
      [
        ['state', 'n integer = 0', 'x real = 0'],
        ['equations', "n' = 1 / ms"],
        ['update', 'integrate_odes()'],
      ],
      "6:5: error: 'n' is integer; what has an equation is real or a quantity.",
    ],
    [
      [['equations', 'y real = 1']],
      "3:7: error: Expected '=' and the right side of the equation, found 'real'.",
    ],
    [
      [['equations', 'if x > 0:', '  x = 1']],
      "3:5: error: Expected the name of a variable, found 'if', which is a keyword.",
    ],
    [
      [['equations', 'integrate_odes()']],
      "3:19: error: Expected '=' and the right side of the equation, found '('.",
    ],
    [
      [['state', "x' = 1 / ms"]],
      "3:8: error: Expected a type: integer, real, boolean, string or a unit, found '='.",
    ],
    [
      [['equations', "x' = -x / tau"]],
      '3:5: error: Equations are integrated by integrate_odes(), in update, say.',
    ],
    [
      [
        ['equations', "x' = -x / tau"],
        ['update', 'integrate_odes(2 * x)'],
      ],
      '5:20: error: integrate_odes takes names of states, without primes: all orders are integrated.',
    ],
    [
      [
        ['equations', "x' = -x / tau"],
        ['update', "integrate_odes(x')"],
      ],
      '5:20: error: integrate_odes takes names of states, without primes: all orders are integrated.',
    ],
    [
      [
        ['equations', "x' = -x / tau"],
        ['update', 'integrate_odes(q)'],
      ],
      '5:20: error: integrate_odes takes names of states, without primes: all orders are integrated.',
    ],
    [
      [
        ['equations', "v' = -v / tau"],
        ['update', 'integrate_odes(v[0])'],
      ],
      '5:20: error: integrate_odes takes names of states, without primes: all orders are integrated.',
    ],
    [
      [
        ['equations', "x' = -x / tau"],
        ['update', 'integrate_odes(u)'],
      ],
      "5:20: error: 'u' has no equation.",
    ],
    [
      [
        ['equations', "x' = -x / tau"],
        ['update', 'integrate_odes(x, x)'],
      ],
      "5:23: warning: 'x' is named already.",
    ],
    [
      [['update', 'integrate_odes()']],
      '3:5: warning: There is no equation that integrate_odes could integrate.',
    ],
    [
      [['update', 'integrate_odes(x)']],
      '3:5: warning: There is no equation that integrate_odes could integrate.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, sp)']]],
    [
      [
        ['equations', "x' = -x / tau"],
        ['onReceive(sp)', 'integrate_odes(x)'],
      ],
    ],
    [
      [
        ['equations', "x' = -x / tau"],
        ['update', 'if ok:', '  integrate_odes()'],
      ],
    ],
    [
      [
        ['equations', "x' = 1 / tau"],
        ['update', 'integrate_odes()'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('kernels', () => {
  test.each<WrongText>([
    [
      [['equations', 'kernel k = exp(-t / tau) * pA']],
      '3:16: error: A kernel has no unit, which is written at convolve; this is pA.',
    ],
    [[['equations', 'kernel k = t > tau']], '3:16: error: A kernel is a number; this is boolean.'],
    [
      [
        ['state', 'x real = 0', 'k real = 1'],
        ['equations', "kernel k' = -k"],
      ],
      "6:17: error: k' is 1/ms; this is real.",
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1'],
        ['equations', "kernel k' = 0"],
      ],
      "6:17: error: k' is 1/ms; this is integer.",
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1'],
        ['equations', "kernel k' = -k * t / tau**2"],
      ],
      "6:22: error: An equation of a kernel cannot depend on 't', the time.",
    ],
    [
      [['equations', "kernel k' = -k / tau"]],
      "3:12: error: The kernel 'k' needs the initial value 'k' among the states.",
    ],
    [
      [['equations', "kernel k'' = -k / tau**2"]],
      "3:12: error: The kernel 'k' needs the initial values 'k', k' among the states.",
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1'],
        ['equations', "kernel k'' = -k / tau**2 - 2 * k' / tau"],
      ],
      "6:12: error: The kernel 'k' needs the initial value k' among the states.",
    ],
    [
      [
        ['state', 'x real = 0', 'k mV = 1 mV'],
        ['equations', "kernel k' = -k / tau"],
      ],
      '4:5: error: k of a kernel is real; it is declared as mV.',
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1', "k' real = 1"],
        ['equations', "kernel k'' = -k / tau**2 - 2 * k' / tau"],
      ],
      "5:5: error: k' of a kernel is 1/ms; it is declared as real.",
    ],
    [
      [
        ['state', 'x real = 0', 'k[2] real = 1'],
        ['equations', "kernel k' = -k / tau"],
      ],
      '4:5: error: k is of a kernel, which is no vector.',
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1'],
        ['equations', "kernel k' = -k / tau,", "  k' = k / tau"],
      ],
      "7:7: error: 'k' has an equation already.",
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 0', 'k2 1/ms = 1 / ms'],
        [
          'equations',
          "kernel k' = k2 - k / tau,",
          "  k2' = -k2 / tau",
          'inline a real = convolve(k, sp) + convolve(k2, sp)',
        ],
      ],
      '9:48: error: convolve takes a kernel that has no unit.',
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 0', 'k2 real = 1'],
        [
          'equations',
          "kernel k' = k2 - k / tau,",
          "  k2' = -k2 / tau",
          'inline a real = convolve(k, sp)',
        ],
      ],
      '7:17: warning: The number is taken to be in 1/ms.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, sp) + k']],
      "4:39: error: 'k' is a kernel, which is used in convolve only.",
    ],
    [
      [
        ['equations', 'kernel k = exp(-t / tau)'],
        ['update', 'k = 2'],
      ],
      "5:5: error: 'k' is a kernel, and cannot be assigned to.",
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1'],
        ['equations', "kernel k' = -k / tau", 'inline a real = convolve(k, sp)'],
        ['update', 'x = k'],
      ],
      "9:9: error: 'k' is a kernel, which is used in convolve only.",
    ],
    [
      [
        ['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, sp)'],
        ['update', 'x = k__X__sp'],
      ],
      "6:9: error: There is no variable 'k__X__sp'.",
    ],
    [
      [['equations', 'kernel k = exp(-t / tau * x)']],
      "3:31: error: A kernel cannot depend on 'x', a state.",
    ],
    [
      [['equations', 'kernel k = exp(-t * sp)']],
      "3:25: error: A kernel cannot depend on 'sp', a port of spikes.",
    ],
    [
      [['equations', 'kernel k = exp(-t / tau) * random_normal(0., 1.)']],
      '3:32: error: random_normal cannot be called in a kernel, only in update, onReceive, onCondition.',
    ],
    [
      [['equations', 'inline a real = x', 'kernel k = a * exp(-t / tau)']],
      "4:16: error: A kernel cannot depend on 'x', a state. The inline expression 'a' reads it.",
    ],
    [
      [
        ['equations', 'kernel k = f(t)'],
        ['function f(time ms) real', 'return time / tau * x'],
      ],
      "3:16: error: A kernel cannot depend on 'x', a state. The function 'f' reads it.",
    ],
    [
      [['equations', 'kernel k = exp(-t / resolution())']],
      '3:25: error: resolution cannot be called in a kernel, only in an initial value, a guard, update, onReceive, onCondition.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'kernel k2 = k * 2']],
      "4:17: error: 'k' is a kernel, which is used in convolve only.",
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'kernel k2 = convolve(k, sp)']],
      '4:17: error: convolve cannot be called in a kernel, only in an equation, update, onReceive, onCondition.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)']],
      "3:12: warning: The kernel 'k' is not used: no convolve takes it.",
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1'],
        ['equations', "kernel k' = -k / tau"],
      ],
      "6:12: warning: The kernel 'k' is not used: no convolve takes it.",
    ],
    [
      [
        [
          'equations',
          'kernel k = exp(-t / tau), k2 = 1 - exp(-t / tau)',
          'inline a real = convolve(k2, sp)',
        ],
      ],
      "3:12: warning: The kernel 'k' is not used: no convolve takes it.",
    ],
    [
      [['equations', 'kernel k = delta(2 ms)']],
      '3:22: error: delta takes t, the time since a spike.',
    ],
    [
      [['equations', 'kernel k = delta(tau)']],
      '3:22: error: delta takes t, the time since a spike.',
    ],
    [[['equations', 'kernel k = delta()']], '3:16: error: delta takes 1 argument; here are 0.'],
    [
      [['equations', 'kernel k = 2 * delta(t)']],
      '3:20: error: delta is all of a kernel: k = delta(t); factors are written at convolve.',
    ],
    [
      [['equations', 'inline a real = delta(t)']],
      '3:21: error: delta cannot be called in an equation, only in a kernel.',
    ],
    [
      [['update', 'x = delta(t)']],
      '3:9: error: delta cannot be called in update, only in a kernel.',
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1'],
        ['equations', "kernel k' = -k / tau + delta(t) / ms"],
      ],
      '6:28: error: delta is all of a kernel: k = delta(t); factors are written at convolve.',
    ],
    [
      [['equations', 'kernel k = -delta(t)']],
      '3:17: error: delta is all of a kernel: k = delta(t); factors are written at convolve.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['equations', 'kernel k = 1', 'inline a real = convolve(k, sp)']]],
    [
      [
        ['state', 'x real = 0', 'k real = 0', 'k2 1/ms = 1 / ms'],
        [
          'equations',
          "kernel k' = k2 - k / tau,",
          "  k2' = -k2 / tau",
          'inline a real = convolve(k, sp)',
        ],
      ],
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 0', "k' 1/s = 1 / ms"],
        ['equations', "kernel k'' = -2 * k' / tau - k / tau**2", 'inline a real = convolve(k, sp)'],
      ],
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 0', 'k2 1/ms = 1 / ms'],
        [
          'equations',
          "kernel k2' = -k2 / tau, k' = k2 - k / tau",
          'inline a real = convolve(k, sp)',
        ],
      ],
    ],
    [
      [
        ['equations', 'kernel k = f(t)', 'inline a real = convolve(k, sp)'],
        ['function f(time ms) real', 'return exp(-time / tau)'],
      ],
    ],
    [[['equations', 'kernel k = (delta(t))', 'inline a real = convolve(k, sp)']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('convolutions', () => {
  test.each<WrongText>([
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k)']],
      '4:21: error: convolve takes 2 arguments; here are 1.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k + k, sp)']],
      '4:30: error: convolve takes a kernel first.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, sp * s)']],
      '4:33: error: convolve takes a port of spikes behind a kernel.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(sp, k)']],
      '4:21: error: convolve takes a kernel first, then a port: convolve(k, sp).',
    ],
    [
      [['equations', 'inline a real = convolve(x, sp)']],
      '3:30: error: convolve takes a kernel first.',
    ],
    [
      [['equations', 'inline a real = convolve(q, sp)']],
      '3:30: error: convolve takes a kernel first.',
    ],
    [
      [['equations', 'inline a real = convolve(nono, sp)']],
      "3:30: error: There is no variable 'nono'.",
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, I)']],
      '4:33: error: convolve takes a port of spikes behind a kernel.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, nono)']],
      "4:33: error: There is no variable 'nono'.",
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a pA = convolve(k, sp)']],
      '4:19: error: a is pA; this is real.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, many)']],
      "4:33: error: 'many' is a vector; one of it is many[0], say.",
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, many[2])']],
      "4:38: error: 'many' has no element 2, only 0 to 1.",
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, many[i])']],
      '4:38: error: Which port is convolved is written as a whole number.',
    ],
    [
      [['equations', 'kernel k = exp(-t / tau)', 'inline a real = convolve(k, sp[0])']],
      "4:33: error: 'sp' is a port of spikes and no vector; it has no index.",
    ],
    [
      [
        ['state', 'x real = 0', 'k real = 1', "k' 1/ms = 1 / ms"],
        [
          'equations',
          "kernel k'' = -k / tau**2 - 2 * k' / tau",
          "inline a real = convolve(k', sp)",
        ],
      ],
      '8:30: error: convolve takes a kernel first.',
    ],
    [
      [
        ['equations', 'kernel k = exp(-t / tau)'],
        ['function f() real', 'return convolve(k, sp)'],
      ],
      '5:12: error: convolve cannot be called in a function, only in an equation, update, onReceive, onCondition.',
    ],
    [
      [
        ['equations', 'kernel k = exp(-t / tau)'],
        ['state', 'x real = convolve(k, sp)'],
      ],
      '5:14: error: convolve cannot be called in an initial value, only in an equation, update, onReceive, onCondition.',
    ],
    [
      [['equations', 'inline a real = convolve(nono, sp)']],
      "3:30: error: There is no variable 'nono'.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        ['equations', 'kernel k = exp(-t / tau)'],
        ['update', 'x = convolve(k, sp)'],
      ],
    ],
    [
      [
        ['equations', 'kernel k = exp(-t / tau)'],
        ['onCondition(convolve(k, sp) > 1)', 'x = convolve(k, many[1])'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('inline expressions and delays', () => {
  test.each<WrongText>([
    [
      [
        ['equations', 'inline a real = 1'],
        ['update', 'a = 2'],
      ],
      "5:5: error: 'a' is an inline expression, and cannot be assigned to.",
    ],
    [
      [
        ['equations', 'recordable inline a real = 1'],
        ['update', 'a += 2'],
      ],
      "5:5: error: 'a' is an inline expression, and cannot be assigned to.",
    ],
    [
      [
        ['equations', "u' = (E - u) / tau", "x' = u(t + 1 ms) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
      '4:12: error: A state is taken as u(t - d), with a delay d.',
    ],
    [
      [
        ['equations', "u' = (E - u) / tau", "x' = u(t - 1) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
      '4:16: error: A delay is ms; this is integer.',
    ],
    [
      [
        ['equations', "x' = u(t - q) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
      '3:16: error: A delay is ms; this is real.',
    ],
    [
      [
        ['equations', "x' = u(t - 2 * tau) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
      '3:16: error: A delay is a number or a parameter.',
    ],
    [
      [
        ['equations', "x' = -x(t - 1 ms) / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:11: error: The equation of 'x' cannot look back at it.",
    ],
    [
      [
        ['equations', "x' = u(t - 1 ms) / mV / tau + u(t - 2 ms) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:41: error: 'u' has one delay, which is 1 ms already.",
    ],
    [[['update', 'u = u(t - 2 ms)']], '3:9: error: u(t - …) stands in equations only.'],
    [
      [['function f() mV', 'return u(t - 2 ms)']],
      '3:12: error: u(t - …) stands in equations only.',
    ],
    [
      [
        ['equations', "x' = u(t - d_) / mV / tau"],
        ['parameters', 'tau ms = 1 ms', 'd_ ms = -2 ms'],
        ['update', 'integrate_odes()'],
      ],
      '3:16: error: A delay is not negative; this one is -2 ms by default.',
    ],
    [
      [
        ['equations', "x' = u(t - -2 ms) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
      '3:16: error: A delay is a number or a parameter.',
    ],
    [
      [
        ['equations', "x' = u(t - 1 ms, 2) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
      '3:12: error: A state is taken as u(t - d), with a delay d.',
    ],
    [
      [
        ['equations', "x' = q(t - 1 ms) / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:10: error: 'q' is a parameter; functions are called, and only states are looked back at.",
    ],
    [
      [
        ['equations', 'inline a real = x', "x' = a(t - 1 ms) / tau"],
        ['update', 'integrate_odes()'],
      ],
      "4:10: error: 'a' is an inline expression; functions are called, and only states are looked back at.",
    ],
    [
      [
        ['equations', "x' = v(t - 1 ms) / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:10: error: 'v' is a vector, which no equation looks back at.",
    ],
    [
      [
        ['equations', "x' = u(t - z) / mV / tau"],
        ['state', 'x real = 0', 'u mV = 0 mV', 'z ms = 1 ms'],
        ['update', 'integrate_odes()'],
      ],
      '3:16: error: A delay is a number or a parameter.',
    ],
    [
      [
        ['equations', "x' = u(t - 1 mV) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
      '3:16: error: A delay is ms; this is mV.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        ['equations', "x' = u(t - tau) / mV / tau - u(t - tau) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
    ],
    [
      [
        ['equations', "x' = u(t - 0 ms) / mV / tau"],
        ['update', 'integrate_odes()'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});
