// Types and units: what is refused or warned of, where, and with which words.
import { type TextOf, toldOf, type WrongText } from './told';

describe('operators', () => {
  test.each<WrongText>([
    [[['update', 'y void']], '3:7: error: Only a function can be void; a variable has a type.'],
    [[['state', 'x void = 1']], '3:7: error: Only a function can be void; a variable has a type.'],
    [
      [['input', 'J void <- continuous']],
      "3:5: warning: 'J' is also the name of a unit; an expression with J means this one.",
      '3:7: error: Only a function can be void; a variable has a type.',
    ],
    [
      [['equations', 'inline a void = 1']],
      '3:14: error: Only a function can be void; a variable has a type.',
    ],
    [
      [['function f(a void) real', 'return 1']],
      '2:16: error: Only a function can be void; a variable has a type.',
    ],
    [
      [['update', 'x = 1 mV + 1 ms']],
      "3:9: error: Operands of '+' are of one dimension; these are mV and ms.",
    ],
    [
      [['update', 'x = 1 mV - 1 ms']],
      "3:9: error: Operands of '-' are of one dimension; these are mV and ms.",
    ],
    [[['update', 'u = 1 mV + 2.']], '3:9: warning: The number is taken to be in mV.'],
    [[['update', 'u = 2 + 1 mV']], '3:9: warning: The number is taken to be in mV.'],
    [
      [['update', 'x = -true']],
      "3:10: error: The operand of '-' is a number or a quantity; this is boolean.",
    ],
    [
      [['update', 'x = +true']],
      "3:10: error: The operand of '+' is a number or a quantity; this is boolean.",
    ],
    [[['update', 'i = ~true']], "3:10: error: The operand of '~' is an integer; this is boolean."],
    [
      [['update', 'x = true * 1.']],
      "3:9: error: Operands of '*' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'x = 1. * true']],
      "3:14: error: Operands of '*' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'x = true - 1.']],
      "3:9: error: Operands of '-' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'x = 1 / ok']],
      "3:13: error: Operands of '/' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'x = ok + 1']],
      "3:9: error: Operands of '+' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'print("a" + 1)']],
      "3:11: error: Operands of '+' are numbers or quantities; this is string.",
    ],
    [
      [['update', 'print(1 + "a")']],
      "3:15: error: Operands of '+' are numbers or quantities; this is string.",
    ],
    [
      [['update', 'print("a" - "b")']],
      "3:11: error: Operands of '-' are numbers or quantities; this is string.",
    ],
    [
      [['update', 'print("a" * 2)']],
      "3:11: error: Operands of '*' are numbers or quantities; this is string.",
    ],
    [[['update', 'i = 5. % 2']], "3:9: error: Operands of '%' are integers; this is real."],
    [[['update', 'i = (5 mV) % 2']], "3:9: error: Operands of '%' are integers; this is mV."],
    [[['update', 'i = 5 % 2.']], "3:13: error: Operands of '%' are integers; this is real."],
    [[['update', 'i = ~1.']], "3:10: error: The operand of '~' is an integer; this is real."],
    [[['update', 'i = ~u']], "3:10: error: The operand of '~' is an integer; this is mV."],
    [[['update', 'i = 5 & 2.']], "3:13: error: Operands of '&' are integers; this is real."],
    [[['update', 'i = 5. | 2']], "3:9: error: Operands of '|' are integers; this is real."],
    [[['update', 'i = ok ^ 2']], "3:9: error: Operands of '^' are integers; this is boolean."],
    [[['update', 'i = 5 << 2.']], "3:14: error: Operands of '<<' are integers; this is real."],
    [[['update', 'i = u >> 2']], "3:9: error: Operands of '>>' are integers; this is mV."],
    [
      [['update', 'ok = 1 and true']],
      "3:10: error: Operands of 'and' are booleans; this is integer.",
    ],
    [[['update', 'ok = true and u']], "3:19: error: Operands of 'and' are booleans; this is mV."],
    [
      [['update', 'ok = 1 or true']],
      "3:10: error: Operands of 'or' are booleans; this is integer.",
    ],
    [[['update', 'ok = not 1.']], "3:14: error: The operand of 'not' is boolean; this is real."],
    [[['update', 'ok = u > 3']], '3:10: warning: The number is taken to be in mV.'],
    [
      [['update', 'ok = u > 2 ms']],
      "3:10: error: Operands of '>' are of one dimension; these are mV and ms.",
    ],
    [[['update', 'ok = u == 3']], '3:10: warning: The number is taken to be in mV.'],
    [
      [['update', 'ok = u == 2 ms']],
      "3:10: error: Operands of '==' are of one dimension; these are mV and ms.",
    ],
    [
      [['update', 'ok = true == 1']],
      "3:10: error: Operands of '==' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'ok = "a" == 1']],
      "3:10: error: Operands of '==' are numbers or quantities; this is string.",
    ],
    [
      [['update', 'ok = 1 == "a"']],
      "3:15: error: Operands of '==' are numbers or quantities; this is string.",
    ],
    [
      [['update', 'ok = "a" == true']],
      "3:10: error: Operands of '==' are numbers or quantities; this is string.",
    ],
    [
      [['update', 'ok = 1 < 2 < 3']],
      "3:10: error: Operands of '<' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'ok = ok < true']],
      "3:10: error: Operands of '<' are numbers or quantities; this is boolean.",
    ],
    [[['update', 'x = 1 ? 2. : 3.']], '3:9: error: A condition is boolean; this is integer.'],
    [
      [['update', 'x = ok ? 2 mV : 3 ms']],
      "3:9: error: Operands of '? :' are of one dimension; these are mV and ms.",
    ],
    [[['update', 'u = ok ? 2 mV : 3']], '3:9: warning: The number is taken to be in mV.'],
    [[['update', 'u = ok ? 2 : 3 mV']], '3:9: warning: The number is taken to be in mV.'],
    [
      [['update', 'x = ok ? 1 : "a"']],
      "3:9: error: Both values of '? :' are of one type; these are integer and string.",
    ],
    [
      [['update', 'x = ok ? true : 1']],
      "3:9: error: Both values of '? :' are of one type; these are boolean and integer.",
    ],
    [
      [['update', 'x = ok ? 1 : print("a")']],
      "3:9: error: Both values of '? :' are of one type; these are integer and void.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['update', 'u = 1 mV + 1 V']]],
    [[['update', 'print("a" + "b")']]],
    [[['update', 'i = 5 % i']]],
    [[['update', 'i = ~5 & 2 | 3 ^ 1 << 2 >> 1']]],
    [[['update', 'ok = u > 2 V']]],
    [[['update', 'ok = ok == true']]],
    [[['update', 'ok = "a" == "b"']]],
    [[['update', 'ok = 1 <> 2.']]],
    [[['update', 'u = ok ? 2 mV : 3 V']]],
    [[['update', 'x = ok ? 1 : 2.5']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('conditions and loops', () => {
  test.each<WrongText>([
    [[['update', 'if 1:', '  x = 1']], '3:8: error: A condition is boolean; this is integer.'],
    [
      [['update', 'if ok:', '  x = 1', 'elif u:', '  x = 2']],
      '5:10: error: A condition is boolean; this is mV.',
    ],
    [[['update', 'while "a":', '  x = 1']], '3:11: error: A condition is boolean; this is string.'],
    [[['onCondition(1)', 'x = 1']], '2:15: error: A condition is boolean; this is integer.'],
    [[['onCondition(u)', 'x = 1']], '2:15: error: A condition is boolean; this is mV.'],
    [
      [['update', 'for i in 0 ms ... 3 step 1:', '  x = 1']],
      '3:14: error: Bounds of a for are numbers; this is ms.',
    ],
    [
      [['update', 'for i in 0 ... 3 ms step 1:', '  x = 1']],
      '3:20: error: Bounds of a for are numbers; this is ms.',
    ],
    [
      [['update', 'for i in ok ... 3 step 1:', '  x = 1']],
      '3:14: error: Bounds of a for are numbers; this is boolean.',
    ],
    [
      [['update', 'for j in 0 ... 3 step 1:', '  x = 1']],
      "3:9: error: The variable of a 'for' is declared before it: j integer = 0.",
    ],
    [
      [['update', 'for j in 0 ... 3 step 1:', '  x += q ** j + v[j]']],
      "3:9: error: The variable of a 'for' is declared before it: j integer = 0.",
    ],
    [
      [['update', 'for u in 0 ... 3 step 1:', '  x = 1']],
      '3:9: error: A for counts with numbers; u is mV.',
    ],
    [
      [['update', 'for ok in 0 ... 3 step 1:', '  x = 1']],
      '3:9: error: A for counts with numbers; ok is boolean.',
    ],
    [
      [['update', 'for q in 0 ... 3 step 1:', '  x = 1']],
      "3:9: error: 'q' is a parameter, which only a user sets.",
    ],
    [
      [['update', 'for v in 0 ... 3 step 1:', '  x = 1']],
      "3:9: error: 'v' is a vector; one of it is v[0], say.",
    ],
    [[['update', 'for i in 0 ... 3 step 0:', '  x = 1']], '3:5: error: A step is not 0.'],
    [[['update', 'for x in 0 ... 3 step -0.0:', '  i = 1']], '3:5: error: A step is not 0.'],
    [
      [['update', 'for i in 0 ... 3 step 0.5:', '  x = 1']],
      "3:5: error: 'i' is an integer, which no step of 0.5 counts.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([[[['update', 'j real', 'for j in 3.5 ... 0 step -0.5:', '  x = j']]]])(
    '%j is right',
    (text) => {
      expect(toldOf(text)).toEqual([]);
    },
  );
});

describe('powers and units', () => {
  test.each<WrongText>([
    [
      [['update', 'x = u ** exp(2)']],
      '3:14: error: The exponent of a quantity is written as a number, so that the unit of the power is known.',
    ],
    [
      [['update', 'x = u ** q']],
      '3:14: error: The exponent of a quantity is written as a number, so that the unit of the power is known.',
    ],
    [
      [['update', 'x = u ** i']],
      '3:14: error: The exponent of a quantity is written as a number, so that the unit of the power is known.',
    ],
    [[['update', 'x = u ** inf']], '3:14: error: Exponents of quantities are at most 100 in size.'],
    [[['update', 'x = u ** 1e9']], '3:14: error: Exponents of quantities are at most 100 in size.'],
    [
      [['update', 'x = u ** (1 / 0)']],
      '3:14: error: Exponents of quantities are at most 100 in size.',
    ],
    [[['update', 'x = 2 ** (1 mV)']], '3:14: error: An exponent is a number; this is mV.'],
    [[['update', 'x = u ** u']], '3:14: error: An exponent is a number; this is mV.'],
    [
      [['update', 'x = ok ** 2']],
      "3:9: error: Operands of '**' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'x = 2 ** ok']],
      "3:14: error: Operands of '**' are numbers or quantities; this is boolean.",
    ],
    [[['update', 'z ns = 1 ns**1.5']], '3:12: error: z is ms; this is ms**1.5.'],
    [[['update', 'z ns**(1/2) = 1 ns**0.25']], '3:19: error: z is ms**0.5; this is ms**0.25.'],
    [[['update', 'z ms**101 = 1']], '3:11: error: Exponents of units are at most 100.'],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['update', 'u = ((4 mV)**2) ** ((1 + 2) / 6)']]],
    [[['update', 'u = u ** (5 % 2)']]],
    [[['update', 'x = u * u ** -(2 - 1)']]],
    [[['update', 'x = u / E * 2 / (1 ms) * tau']]],
    [[['update', 'z 1/ms = 2 / tau']]],
    [[['update', 'u = 2 * u * 3.']]],
    [[['update', 'z ns**(3/2) = 1 ns**1.5']]],
    [[['update', 'z ns**-(3/2) = 1 ns**-1.5']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('assignments, inline expressions, equations', () => {
  test.each<WrongText>([
    [
      [['update', 'u += 1 ms']],
      "3:10: error: Operands of '+=' are of one dimension; these are mV and ms.",
    ],
    [
      [['update', 'u -= 1 ms']],
      "3:10: error: Operands of '-=' are of one dimension; these are mV and ms.",
    ],
    [[['update', 'u += 1']], '3:10: warning: The number is taken to be in mV.'],
    [[['update', 'x += u']], '3:10: warning: The number is taken to be in mV.'],
    [[['update', 'u *= 2 ms']], '3:10: error: u is mV; it would become mV*ms.'],
    [[['update', 'u /= 2 mV']], '3:10: error: u is mV; it would become real.'],
    [
      [['update', 'ok += 1']],
      "3:5: error: Operands of '+=' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'x *= true']],
      "3:10: error: Operands of '*=' are numbers or quantities; this is boolean.",
    ],
    [
      [['update', 'x += "a"']],
      "3:10: error: Operands of '+=' are numbers or quantities; this is string.",
    ],
    [
      [['update', 'x = 3 q']],
      "3:11: error: 'q' is a variable here, and not a unit; write a sign between them: 3 * q.",
    ],
    [
      [['update', 'x = 3. i']],
      "3:12: error: 'i' is a variable here, and not a unit; write a sign between them: 3 * i.",
    ],
    [[['update', 'x = 3 nono']], "3:11: error: There is no unit or type 'nono'."],
    [
      [['update', "x = 3 mV'"]],
      '3:11: error: Behind a number stands a unit, which has no primes and no index.',
    ],
    [
      [['update', 'x = 3 mV[1]']],
      '3:11: error: Behind a number stands a unit, which has no primes and no index.',
    ],
    [[['equations', 'inline y pA = u']], '3:19: error: y is pA; this is mV.'],
    [[['equations', 'inline y integer = u']], '3:24: error: y is integer; this is mV.'],
    [[['equations', 'inline y boolean = x']], '3:24: error: y is boolean; this is real.'],
    [
      [
        ['equations', "x' = -x"],
        ['update', 'integrate_odes()'],
      ],
      "3:10: error: x' is 1/ms; this is real.",
    ],
    [
      [
        ['equations', "u' = (E - u) / tau**2"],
        ['update', 'integrate_odes()'],
      ],
      "3:10: error: u' is mV/ms; this is mV/ms**2.",
    ],
    [
      [
        ['state', 'x real = 0', "x' 1/ms = 0 / ms"],
        ['equations', "x'' = -x / tau"],
        ['update', 'integrate_odes()'],
      ],
      "6:11: error: x'' is 1/ms**2; this is 1/ms.",
    ],
    [
      [
        ['state', 'b boolean = true', 'x real = 0'],
        ['equations', "b' = 1 / ms"],
        ['update', 'integrate_odes()'],
      ],
      "6:5: error: 'b' is boolean; what has an equation is real or a quantity.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['update', 'u *= 2']]],
    [[['update', 'i /= 2']]],
    [[['update', 'x *= 2 mV']]],
    [[['equations', 'inline y real = u']]],
    [
      [
        ['equations', "x' = -x / (1 s)"],
        ['update', 'integrate_odes()'],
      ],
    ],
    [
      [
        ['state', 'x real = 0', "x' 1/s = 0 / ms"],
        ['equations', "x'' = -x / tau**2"],
        ['update', 'integrate_odes()'],
      ],
    ],
    [
      [
        ['state', 'r_ ms = 0 ms', 'x real = 0'],
        ['equations', "r_' = -1e3 * ms / s", "x' = (ok ? -1. : 2.) / s"],
        ['update', 'integrate_odes()'],
        ['parameters', 'tau ms = inf * 1 ms', 'ok boolean = true'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('calls', () => {
  test.each<WrongText>([
    [
      [
        [
          'update',
          'x = f(1.)',
          'x = f(1 ms)',
          'x = f(true)',
          'x = f()',
          'x = f(1 mV, 2)',
          'x = f(2 V)',
        ],
        ['function f(a mV) real', 'return a / mV'],
      ],
      '3:11: error: a is mV; this is real.',
      '4:11: error: a is mV; this is ms.',
      '5:11: error: a is mV; this is boolean.',
      '6:9: error: f takes 1 argument; here are 0.',
      '7:9: error: f takes 1 argument; here are 2.',
    ],
    [
      [
        ['update', 'x = f(u)', 'x = f(2)', 'x = f("a")'],
        ['function f(a real) real', 'return a'],
      ],
      '5:11: error: a is real; this is string.',
    ],
    [[['update', 'i = steps(2.)']], '3:15: error: An argument of steps is ms; this is real.'],
    [[['update', 'i = steps(2)']], '3:15: error: An argument of steps is ms; this is integer.'],
    [[['update', 'i = steps(u)']], '3:15: error: An argument of steps is ms; this is mV.'],
    [
      [['update', 'u = max(1 mV, 1 ms)']],
      '3:19: error: Arguments of max are of one type; these are mV and ms.',
    ],
    [[['update', 'u = max(2.5 mV, 1.)']], '3:21: warning: The number is taken to be in mV.'],
    [[['update', 'x = max(1., 2.5 mV)']], '3:13: warning: The number is taken to be in mV.'],
    [
      [['update', 'x = min(true, 1)']],
      '3:13: error: Arguments of min are numbers or quantities; this is boolean.',
    ],
    [
      [['update', 'u = clip(u, 1 mV, 3 ms)']],
      '3:23: error: Arguments of clip are of one type; these are mV and ms.',
    ],
    [[['update', 'u = clip(u, 1 mV, 3)']], '3:23: warning: The number is taken to be in mV.'],
    [[['update', 'x = exp(ok)']], '3:13: error: An argument of exp is real; this is boolean.'],
    [[['update', 'x = sin("a")']], '3:13: error: An argument of sin is real; this is string.'],
    [
      [['update', 'u = pow(ok, 2)']],
      '3:13: error: Arguments of pow are numbers or quantities; this is boolean.',
    ],
    [[['update', 'x = pow(2, ok)']], '3:16: error: An argument of pow is real; this is boolean.'],
    [
      [['update', 'x = abs("a")']],
      '3:13: error: Arguments of abs are numbers or quantities; this is string.',
    ],
    [
      [
        [
          'update',
          'x = max(1, 2, 3)',
          'x = max(1)',
          'x = exp()',
          'x = exp(1, 2)',
          'x = clip(1, 2)',
          'x = pow(2)',
          'x = steps()',
          'x = resolution(1)',
          'x = random_normal(0.)',
          'x = random_poisson()',
          'print()',
          'print("a", "b")',
          'x = timestep(1)',
          'i = random_uniform(0, 1, 2)',
        ],
      ],
      '3:9: error: max takes 2 arguments; here are 3.',
      '4:9: error: max takes 2 arguments; here are 1.',
      '5:9: error: exp takes 1 argument; here are 0.',
      '6:9: error: exp takes 1 argument; here are 2.',
      '7:9: error: clip takes 3 arguments; here are 2.',
      '8:9: error: pow takes 2 arguments; here are 1.',
      '9:9: error: steps takes 1 argument; here are 0.',
      '10:9: error: resolution takes 0 arguments; here are 1.',
      '11:9: error: random_normal takes 2 arguments; here are 1.',
      '12:9: error: random_poisson takes 1 argument; here are 0.',
      '13:5: error: print takes 1 argument; here are 0.',
      '14:5: error: print takes 1 argument; here are 2.',
      '15:9: error: timestep takes 0 arguments; here are 1.',
      '16:9: error: random_uniform takes 2 arguments; here are 3.',
    ],
    [
      [
        [
          'update',
          'x = emit_spike()',
          'x = integrate_odes()',
          'x = print("a")',
          'x = 1 + print("a")',
          'x = exp(info("a"))',
          'x = max(1, emit_spike())',
          'ok = print("a") == 1',
          'i = v[print("a")]',
          'ok = not warning("a")',
        ],
      ],
      '3:9: error: x is real; this is void.',
      '4:9: error: x is real; this is void.',
      '5:9: error: x is real; this is void.',
      "6:13: error: Operands of '+' are numbers or quantities; this is void.",
      '7:13: error: An argument of exp is real; this is void.',
      '8:16: error: Arguments of max are numbers or quantities; this is void.',
      "9:10: error: Operands of '==' are numbers or quantities; this is void.",
      '10:11: error: An index is an integer; this is void.',
      "11:14: error: The operand of 'not' is boolean; this is void.",
    ],
    [
      [
        ['update', 'x = f()', 'x = 1 + f()'],
        ['function f()', 'x = 1'],
      ],
      '3:9: error: x is real; this is void.',
      "4:13: error: Operands of '+' are numbers or quantities; this is void.",
    ],
    [
      [
        ['update', 'abs(x)', 'f()'],
        ['function f() real', 'return 1'],
      ],
      '3:5: warning: The value of abs is not used.',
      '4:5: warning: The value of f is not used.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['update', 'i = steps(0.002 s)']]],
    [[['update', 'u = max(1 mV, 1 V)']]],
    [[['update', 'x = max(0, 2.5) / 2']]],
    [[['update', 'x = exp(u)']]],
    [[['update', 'u = pow(u, 2)']]],
    [[['update', 'u = abs(u)']]],
    [[['update', 'u = floor(u)']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('texts that are printed', () => {
  test.each<WrongText>([
    [
      [['update', 'print(3)', 'println(u)', 'info(true)', 'warning(1 mV)']],
      '3:11: error: An argument of print is string; this is integer.',
      '4:13: error: An argument of println is string; this is mV.',
      '5:10: error: An argument of info is string; this is boolean.',
      '6:13: error: An argument of warning is string; this is mV.',
    ],
    [[['update', 'print("{nono}")']], "3:12: error: There is no variable 'nono'."],
    [
      [['update', 'println("x is {x}, { nono } and {u_}")']],
      "3:24: error: There is no variable 'nono'.",
      "3:37: error: There is no variable 'u_'; did you mean 'u'?",
    ],
    [[['update', 'print(("{nono}"))']], "3:13: error: There is no variable 'nono'."],
    [[['update', 'print("{x}" + "{nono}")']], "3:20: error: There is no variable 'nono'."],
    [[['update', 'info("{nono}")']], "3:11: error: There is no variable 'nono'."],
    [[['update', 'warning("{nono}")']], "3:14: error: There is no variable 'nono'."],
    [[['update', 'print("{x\'}")']], "3:12: error: There is no variable x'; did you mean 'x'?"],
    [[['update', 'print("{v}")']], "3:12: error: 'v' is a vector; one of it is v[0], say."],
    [
      [['update', 'print("{x[1]}")']],
      "3:12: error: 'x' is a state and no vector; it has no index.",
    ],
    [[['update', 'print("{z}")', 'z real = 1']], "3:12: error: There is no variable 'z'."],
    [[['update', 'print("\\"{nono}\\"")']], "3:14: error: There is no variable 'nono'."],
    [
      [['parameters', 'tau ms = 1 ms', 'label string = 1']],
      '4:20: error: label is string; this is integer.',
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['update', 'print("{v[1]}")']]],
    [[['update', 'z real = 1', 'print("{z}")']]],
    [[['update', 'print("{} {1 + 2} { x")']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});
