// Names, scopes, order; blocks and models: what is refused, where, and with which words.
import { type TextOf, toldOf, type WrongText } from './told';

describe('names', () => {
  test.each<WrongText>([
    [
      [
        ['state', 'q real = 1'],
        ['parameters', 'q real = 2', 'tau ms = 1 ms'],
      ],
      "5:5: error: 'q' is declared already, as a state in line 3.",
    ],
    [
      [
        ['parameters', 'q real = 1', 'tau ms = 1 ms'],
        ['internals', 'q real = 2'],
      ],
      "6:5: error: 'q' is declared already, as a parameter in line 3.",
    ],
    [
      [
        ['state', 'x real = 1'],
        ['equations', 'inline x real = 2'],
      ],
      "5:12: error: 'x' is declared already, as a state in line 3.",
    ],
    [
      [
        ['state', 'x real = 1'],
        ['equations', 'kernel x = exp(-t / tau)'],
      ],
      "5:12: error: 'x' is declared already, as a state in line 3.",
    ],
    [
      [
        ['parameters', 'tau ms = 1 ms', 'sp real = 1'],
        ['input', 'sp <- spike'],
      ],
      "6:5: error: 'sp' is declared already, as a parameter in line 4.",
    ],
    [[['state', 'a, a real = 1']], "3:8: error: 'a' is declared already, as a state in line 3."],
    [
      [['state', 'x real = 0', "x' 1/ms = 0 / ms", "x' 1/ms = 0 / ms"]],
      "5:5: error: x' is declared already, as a state in line 4.",
    ],
    [
      [['update', 'z real = 1', 'z real = 2']],
      "4:5: error: 'z' is declared already, as a local variable in line 3.",
    ],
    [
      [['update', 'if ok:', '  z real = 1', 'else:', '  z real = 2']],
      "6:7: error: 'z' is declared already, as a local variable in line 4.",
    ],
    [
      [['update', 'for i in 0 ... 3 step 1:', '  z real = 1', 'z real = 2']],
      "5:5: error: 'z' is declared already, as a local variable in line 4.",
    ],
    [
      [['update', 'while ok:', '  z real = 1', 'z real = 2']],
      "5:5: error: 'z' is declared already, as a local variable in line 4.",
    ],
    [
      [['state', 't ms = 1 ms']],
      "3:5: error: 't' is a constant of the language, and cannot be declared.",
    ],
    [
      [['parameters', 'e real = 1', 'tau ms = 1 ms']],
      "3:5: error: 'e' is a constant of the language, and cannot be declared.",
    ],
    [
      [['internals', 'pi real = 1']],
      "3:5: error: 'pi' is a constant of the language, and cannot be declared.",
    ],
    [
      [['update', 't real = 1']],
      "3:5: error: 't' is a constant of the language, and cannot be declared.",
    ],
    [
      [['function f(e real) real', 'return e']],
      "2:14: error: 'e' is a constant of the language, and cannot be declared.",
    ],
    [
      [['input', 'pi <- spike']],
      "3:5: error: 'pi' is a constant of the language, and cannot be declared.",
    ],
    [
      [['equations', 'inline e real = 1']],
      "3:12: error: 'e' is a constant of the language, and cannot be declared.",
    ],
    [
      [['parameters', 'tau ms = 1 ms', 'd ms = 1 ms']],
      "4:5: warning: 'd' is also the name of a unit; an expression with d means this one.",
    ],
    [
      [['input', 'sp <- spike', 'h <- spike']],
      "4:5: warning: 'h' is also the name of a unit; an expression with h means this one.",
    ],
    [
      [
        ['state', 'x real = 0', 'mol real = 1'],
        ['update', 'x = 3 mol'],
      ],
      "4:5: warning: 'mol' is also the name of a unit; an expression with mol means this one.",
      "6:11: error: 'mol' is a variable here, and not a unit; write a sign between them: 3 * mol.",
    ],
    [
      [
        ['state', 'x real = 0', 'mol real = 1'],
        ['update', 'x = mol'],
      ],
      "4:5: warning: 'mol' is also the name of a unit; an expression with mol means this one.",
    ],
    [
      [['function exp(x real) real', 'return x']],
      "2:12: error: There is a function 'exp' of the language already.",
    ],
    [
      [
        ['function f(a real) real', 'return a'],
        ['function f(a real, b real) real', 'return a'],
      ],
      "4:12: error: There is a function 'f' of the model already.",
    ],
    [
      [['internals', '__h ms = resolution()']],
      "3:5: error: '__h' has '__' in it, which is reserved for names made of others, such as kernel__X__port.",
    ],
    [
      [['update', 'a__b real = 1']],
      "3:5: error: 'a__b' has '__' in it, which is reserved for names made of others, such as kernel__X__port.",
    ],
    [
      [['input', 'a__b <- spike']],
      "3:5: error: 'a__b' has '__' in it, which is reserved for names made of others, such as kernel__X__port.",
    ],
    [
      [['function f(a__b real) real', 'return a__b']],
      "2:14: error: 'a__b' has '__' in it, which is reserved for names made of others, such as kernel__X__port.",
    ],
    [
      [['equations', 'inline k__X__sp real = 1']],
      "3:12: error: 'k__X__sp' has '__' in it, which is reserved for names made of others, such as kernel__X__port.",
    ],
    [[['update', 'in real = 1']], "3:5: error: Expected a statement, found 'in'."],
    [[['update', 'x = step']], "3:9: error: Expected an expression, found 'step'."],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['update', 'if ok:', '  z real = 1', 'x = z']]],
    [[['update', 'u real = 1', 'x = u']]],
    [
      [
        ['update', 'z real = 1'],
        ['onReceive(sp)', 'z mV = 1 mV'],
        ['onCondition(ok)', 'z ms = 1 ms'],
      ],
    ],
    [[['function f(x ms) ms', 'return x']]],
    [[['state', 'max real = 1', 'x real = max(max, 2)']]],
    [
      [
        ['state', 'f real = f(1)'],
        ['function f(a real) real', 'return a'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('names that there are not', () => {
  test.each<WrongText>([
    [[['update', 'x = nono']], "3:9: error: There is no variable 'nono'."],
    [[['update', 'x = v[nono]']], "3:11: error: There is no variable 'nono'."],
    [[['update', 'if nono > 1:', '  x = 1']], "3:8: error: There is no variable 'nono'."],
    [
      [['update', 'for i in nono ... 3 step 1:', '  x = 1']],
      "3:14: error: There is no variable 'nono'.",
    ],
    [[['update', 'nono = 1']], "3:5: error: There is no variable 'nono'."],
    [[['update', 'nono += 1']], "3:5: error: There is no variable 'nono'."],
    [[['onCondition(nono > 1)', 'x = 1']], "2:15: error: There is no variable 'nono'."],
    [
      [['parameters', 'p real = 1 [[nono > 1]]', 'tau ms = 1 ms']],
      "3:18: error: There is no variable 'nono'.",
    ],
    [
      [
        ['equations', "x' = nono / tau"],
        ['update', 'integrate_odes()'],
      ],
      "3:10: error: There is no variable 'nono'.",
    ],
    [[['equations', 'kernel k = exp(-t / nono)']], "3:25: error: There is no variable 'nono'."],
    [
      [
        ['equations', "x' = 1 / tau"],
        ['update', 'integrate_odes(nono)'],
      ],
      "5:20: error: There is no variable 'nono'.",
    ],
    [[['update', 'x = y', 'y real = 1']], "3:9: error: There is no variable 'y'."],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });
});

describe('values and what they are made of', () => {
  test.each<WrongText>([
    [
      [['parameters', 'tau ms = tau + 1 ms']],
      "3:5: error: The value of 'tau' depends on itself: tau → tau.",
    ],
    [
      [['state', 'x real = 0', "x' 1/ms = x' + 1/ms"]],
      "4:5: error: The value of x' depends on itself: x' → x'.",
    ],
    [
      [['update', 'q real = q + 1']],
      "3:14: error: The local variable 'q' cannot be made of another 'q'.",
    ],
    [
      [['parameters', 'tau ms = 1 ms', 'p2 real = p1', 'p1 real = p2']],
      "4:5: error: The value of 'p2' depends on itself: p2 → p1 → p2.",
    ],
    [
      [
        ['internals', 'k real = p1'],
        ['parameters', 'tau ms = 1 ms', 'p1 real = k'],
      ],
      "3:5: error: The value of 'k' depends on itself: k → p1 → k.",
    ],
    [
      [['state', 'x real = y', 'y real = x']],
      "3:5: error: The value of 'x' depends on itself: x → y → x.",
    ],
    [
      [
        ['state', 'x real = a'],
        ['equations', 'inline a real = x + 1'],
      ],
      "3:5: error: The value of 'x' depends on itself: x → a → x.",
    ],
    [
      [['equations', 'inline a real = b', 'inline b real = a', 'inline c_ real = a']],
      "3:12: error: The value of 'a' depends on itself: a → b → a.",
    ],
    [
      [
        ['equations', 'inline a real = f(1)'],
        ['function f(y real) real', 'return y * a'],
      ],
      "3:12: error: The value of 'a' depends on itself: a → f → a.",
    ],
    [
      [['internals', 'P real = x']],
      "3:14: error: The value of an internal cannot depend on 'x', a state.",
    ],
    [
      [['internals', 'P ms = t']],
      "3:12: error: The value of an internal cannot depend on 't', the time.",
    ],
    [
      [['internals', 'P real = sp * s']],
      "3:14: error: The value of an internal cannot depend on 'sp', a port of spikes.",
    ],
    [
      [['internals', 'P pA = I']],
      "3:12: error: The value of an internal cannot depend on 'I', a continuous port.",
    ],
    [
      [['parameters', 'tau ms = t']],
      "3:14: error: The value of a parameter cannot depend on 't', the time.",
    ],
    [
      [
        ['internals', 'P real = a'],
        ['equations', 'inline a real = x'],
      ],
      "3:14: error: The value of an internal cannot depend on 'x', a state. The inline expression 'a' reads it.",
    ],
    [
      [
        ['internals', 'P real = f(1)'],
        ['function f(y real) real', 'return y * x'],
      ],
      "3:14: error: The value of an internal cannot depend on 'x', a state. The function 'f' reads it.",
    ],
    [
      [['state', 'x real = sp * s']],
      "3:14: error: The initial value of a state cannot depend on 'sp', a port of spikes.",
    ],
    [
      [['state', 'x ms = t']],
      "3:12: error: The initial value of a state cannot depend on 't', the time.",
    ],
    [
      [
        ['state', 'x real = a'],
        ['equations', 'inline a real = sp * s'],
      ],
      "3:14: error: The initial value of a state cannot depend on 'sp', a port of spikes. The inline expression 'a' reads it.",
    ],
    [
      [['parameters', 'tau ms = 1 ms [[x > 0]]']],
      "3:21: error: A guard cannot depend on 'x', a state.",
    ],
    [
      [
        ['state', 'x real = 0', 'y real = f()'],
        ['function f() real', 'x = 1', 'return 1'],
      ],
      "4:14: error: 'f' changes 'x', and can be called in update, onReceive, onCondition, a function only.",
    ],
    [
      [
        ['equations', 'inline a real = f()'],
        ['function f() real', 'x = 1', 'return 1'],
      ],
      "3:21: error: 'f' changes 'x', and can be called in update, onReceive, onCondition, a function only.",
    ],
    [
      [
        ['equations', 'inline a real = g()'],
        ['function g() real', 'return f()'],
        ['function f() real', 'x = 1', 'return 1'],
      ],
      "3:21: error: 'g' changes 'x', and can be called in update, onReceive, onCondition, a function only.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        ['state', 'x real = a1'],
        ['equations', 'inline a1 real = b1', 'inline b1 real = q'],
      ],
    ],
    [
      [
        ['update', 'x = a1'],
        ['equations', 'inline a1 real = q'],
      ],
    ],
    [
      [
        ['state', 'x real = p1'],
        ['parameters', 'p1 real = p2', 'p2 real = P', 'tau ms = 1 ms'],
      ],
    ],
    [[['parameters', 'p1 real = 1 [[p1 < p2]]', 'p2 real = 2', 'tau ms = 1 ms']]],
    [
      [
        ['internals', 'P real = a'],
        ['equations', 'inline a real = q'],
      ],
    ],
    [
      [
        ['internals', 'P real = f(1)'],
        ['function f(y real) real', 'return y * q'],
      ],
    ],
    [
      [
        ['update', 'x = f()'],
        ['function f() real', 'x = 1', 'return 1'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('models, blocks, units', () => {
  test.each<WrongText>([
    [
      'model a:\n  state:\n    x real = 0\nmodel a:\n  state:\n    x real = 0\n',
      "4:7: error: There is a model 'a' already.",
    ],
    [
      'model a:\n  state:\n    x real = 0\n  state:\n    y real = 0\n  parameters:\n    p real\n  parameters:\n    p2 real\n  internals:\n    k real\n  internals:\n    k2 real\n  equations:\n    inline a real = 1\n  equations:\n    inline b real = 1\n  input:\n    s1 <- spike\n  input:\n    s2 <- spike\n  output:\n    spike\n  output:\n    spike\n  update:\n    x = 1\n  update:\n    x = 2\n',
      "4:3: error: A model has one block 'state'; this is another.",
      "8:3: error: A model has one block 'parameters'; this is another.",
      "12:3: error: A model has one block 'internals'; this is another.",
      "16:3: error: A model has one block 'equations'; this is another.",
      "20:3: error: A model has one block 'input'; this is another.",
      "24:3: error: A model has one block 'output'; this is another.",
      "28:3: error: A model has one block 'update'; this is another.",
    ],
    [[['update', 'x = ff(3)']], "3:9: error: There is no function 'ff'; did you mean 'erf'?"],
    [[['update', 'fff(3)']], "3:5: error: There is no function 'fff'; did you mean 'erf'?"],
    [[['state', 'x mVV = 3']], "3:7: error: There is no unit or type 'mVV'; did you mean 'mV'?"],
    [
      [['state', 'x 1/(ms*mVV) = 3']],
      "3:13: error: There is no unit or type 'mVV'; did you mean 'mV'?",
    ],
    [
      [['function f(a mVV) real', 'return 1']],
      "2:16: error: There is no unit or type 'mVV'; did you mean 'mV'?",
    ],
    [
      [['function f(a real) mVV', 'return 1']],
      "2:22: error: There is no unit or type 'mVV'; did you mean 'mV'?",
    ],
    [
      [['input', 'J pAA <- continuous']],
      "3:5: warning: 'J' is also the name of a unit; an expression with J means this one.",
      "3:7: error: There is no unit or type 'pAA'; did you mean 'pA'?",
    ],
    [
      [['equations', 'inline a mVV = 1']],
      "3:14: error: There is no unit or type 'mVV'; did you mean 'mV'?",
    ],
    [[['state', 'x M = 1']], "3:7: error: There is no unit or type 'M'; did you mean 'm'?"],
    [[['state', 'x min = 1']], "3:7: error: There is no unit or type 'min'; did you mean 'ms'?"],
    [[['state', 'x real']], '3:5: error: A state has an initial value: x = …, say.'],
    [[['state', 'x, y real']], '3:5: error: A state has an initial value: x, y = …, say.'],
    [
      "model m:\n  paramters:\n    tau ms = 10 ms\n    E mV = 1 mV\n  state:\n    x mV = E\n  equations:\n    x' = (E - x) / tau\n  update:\n    integrate_odes(x)\n    y mV = nono\n",
      "2:3: error: Expected a block: state, parameters, internals, equations, input, output, update, onReceive, onCondition, function, found 'paramters'; did you mean 'parameters'?",
      "11:12: error: There is no variable 'nono'.",
    ],
    [
      "model m:\n  state:\n    x real = (1\n    z real 3\n  equations:\n    x' = -x / (2 ms\n    kernel k = exp(-t / (2 ms)\n    inline a real = ) + 1\n  input:\n    sp < - spike\n  function f(y real) rea l:\n    return y\n  update:\n    integrate_odes(x)\n    z = a + f(1) + convolve(k, sp)\n  onReceive(sp):\n    x = 1\n",
      "3:14: error: The line ends before this is closed by ')'; a line goes on in the next one where it ends with \\.",
      "4:12: error: Expected the end of the line, found '3'.",
      "6:15: error: The line ends before this is closed by ')'; a line goes on in the next one where it ends with \\.",
      "7:19: error: The line ends before this is closed by ')'; a line goes on in the next one where it ends with \\.",
      "8:21: error: Expected an expression, found ')'.",
      "10:8: error: Expected a type: integer, real, boolean, string or a unit, found '<'.",
      "11:26: error: Expected ':' behind 'function', found 'l'.",
    ],
    [
      [['state', 'a_ Gy = 1', 'b_ Sv = 1', 'c_ kat = 1', 'd_ mmV = 1', 'e_ kmin = 1', 'f_ uh = 1']],
      "3:8: error: There is no unit or type 'Gy'; did you mean 'g'?",
      "4:8: error: There is no unit or type 'Sv'; did you mean 'mV'?",
      "5:8: error: There is no unit or type 'kat'; did you mean 'pA'?",
      "6:8: error: There is no unit or type 'mmV'; did you mean 'mV'?",
      "7:8: error: There is no unit or type 'kmin'.",
      "8:8: error: There is no unit or type 'uh'; did you mean 'H'?",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    ['model m:\n  state:\n    x real = 0\n'],
    [
      [
        ['onCondition(ok)', 'x = 1'],
        ['onCondition(x > 1)', 'x = 2'],
        ['function f()', 'x = 1'],
        ['function g()', 'x = 1'],
      ],
    ],
    [
      [
        ['parameters', 'tau ms', 'p integer', 'b boolean'],
        ['internals', 'k real'],
        ['update', 'z real', 'z2 boolean'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});
