// Ports, handlers and events: what is refused or warned of, where, and with which words.
import { type TextOf, toldOf, type WrongText } from './told';

describe('ports', () => {
  test.each<WrongText>([
    [
      [['update', 'sp = 1 / s']],
      "3:5: error: 'sp' is a port of spikes, and cannot be assigned to.",
    ],
    [[['update', 'I += 1 pA']], "3:5: error: 'I' is a continuous port, and cannot be assigned to."],
    [
      [['update', 'many[0] = 1 / s']],
      "3:5: error: 'many' is a port of spikes, and cannot be assigned to.",
    ],
    [
      [['function f()', 'sp = 1 / s']],
      "3:5: error: 'sp' is a port of spikes, and cannot be assigned to.",
    ],
    [
      [['input', 'sp nS <- spike']],
      '3:8: error: Since NESTML 6 ports of spikes have no type; write sp <- spike, and the unit where it is used.',
    ],
    [
      [
        ['input', 'sp pA <- spike'],
        ['state', 'I_ pA = 0 pA'],
        ['equations', "I_' = -I_ / tau + sp"],
        ['update', 'integrate_odes()', 'I_ += sp', 'I_ += sp * s'],
        ['onReceive(sp)', 'I_ += sp * pA * s'],
      ],
      '3:8: error: Since NESTML 6 ports of spikes have no type; write sp <- spike, and the unit where it is used.',
    ],
    [
      [['input', 'sp real <- spike', 'many[2] <- spike']],
      '3:8: error: Since NESTML 6 ports of spikes have no type; write sp <- spike, and the unit where it is used.',
    ],
    [
      [['input', 'I <- continuous']],
      '3:5: error: A continuous port has a type: I pA <- continuous.',
    ],
    [
      [['input', 'I pA <- inhibitory continuous']],
      '3:13: error: Only ports of spikes are inhibitory.',
    ],
    [
      [['input', 'sp <- excitatory excitatory spike']],
      '3:22: error: A port is excitatory or inhibitory, or neither for both.',
    ],
    [
      [['input', 'sp <- excitatory inhibitory spike']],
      '3:22: error: A port is excitatory or inhibitory, or neither for both.',
    ],
    [
      [['input', 'sp <- spike', 'sp <- spike']],
      "4:5: error: 'sp' is declared already, as a port of spikes in line 3.",
    ],
    [
      [['input', 'sp <- excitatory spike', 'sp <- inhibitory spike']],
      "4:5: error: 'sp' is declared already, as a port of spikes in line 3.",
    ],
    [
      [['input', 'sp <- spike', 'sp pA <- continuous']],
      "4:5: error: 'sp' is declared already, as a port of spikes in line 3.",
    ],
    [
      [['input', 'sp[-2] <- spike']],
      "3:8: error: The size of 'sp' is a whole number, or an integer parameter or internal.",
    ],
    [[['input', 'sp[0] <- spike']], "3:8: error: The size of 'sp' is a whole number, at least 1."],
    [
      [['input', 'sp[2.5] <- spike']],
      "3:8: error: The size of 'sp' is a whole number, at least 1.",
    ],
    [
      [['input', 'sp[2 mV] <- spike']],
      "3:8: error: The size of 'sp' is a whole number, at least 1.",
    ],
    [
      [['input', 'sp[count + 1] <- spike']],
      "3:8: error: The size of 'sp' is a whole number, or an integer parameter or internal.",
    ],
    [
      [['input', 'sp[q] <- spike']],
      "3:8: error: The size of 'sp' is a whole number, or an integer parameter or internal.",
    ],
    [
      [['input', 'sp[i] <- spike']],
      "3:8: error: The size of 'sp' is a whole number, or an integer parameter or internal.",
    ],
    [[['input', 'sp[nono] <- spike']], "3:8: error: There is no variable 'nono'."],
    [
      [
        ['input', 'sp[n] <- spike'],
        ['parameters', 'tau ms = 1 ms', 'n integer = 0'],
      ],
      "3:8: error: The size of 'sp' is a whole number, at least 1; n is 0 by default.",
    ],
    [
      [
        ['input', 'sp[n] <- spike'],
        ['parameters', 'tau ms = 1 ms', 'n integer = steps(tau)'],
      ],
      "3:8: error: The size of 'sp' is a number that the text says; that of this default only comes out later.",
    ],
    [[['input', 'sp[10001] <- spike']], "3:8: error: The size of 'sp' is at most 10000."],
    [
      [['input', 'sp["a"] <- spike']],
      "3:8: error: The size of 'sp' is a whole number, or an integer parameter or internal.",
    ],
    [
      [
        ['input', 'sp[n] <- spike'],
        ['parameters', 'tau ms = 1 ms', 'n[2] integer = 1'],
      ],
      "3:8: error: The size of 'sp' is a whole number, or an integer parameter or internal.",
    ],
    [
      [['input', 'I[0] pA <- continuous']],
      "3:7: error: The size of 'I' is a whole number, at least 1.",
    ],
    [
      [
        [
          'input',
          'a_[10000] <- spike',
          'b_[10000] <- spike',
          'c_[10000] <- spike',
          'sp <- spike',
          'd_[1] <- spike',
        ],
      ],
      '5:5: error: The vectors of a model have together at most 30000 elements; with this one they are more.',
    ],
    [
      [['input', 'sp <- spike', 'SP <- spike']],
      "4:5: error: Ports are known from outside in upper case, so that this and 'sp' are both SP.",
    ],
    [
      [['input', 'sp[2] <- spike', 'sp_1 <- spike']],
      "4:5: error: Ports are known from outside in upper case, so that this and 'sp' are both SP_1.",
    ],
    [
      [['input', 'I pA <- continuous', 'J_ pA <- continuous', 'j_ pA <- continuous']],
      "5:5: error: Ports are known from outside in upper case, so that this and 'J_' are both J_.",
    ],
    [[['update', 'x = many[2] * s']], "3:14: error: 'many' has no element 2, only 0 to 1."],
    [[['update', 'x = many[-1] * s']], "3:14: error: 'many' has no element -1, only 0 to 1."],
    [[['update', 'x = many[1.] * s']], '3:14: error: An index is an integer; this is real.'],
    [[['update', 'x = many[1 ms] * s']], '3:14: error: An index is an integer; this is ms.'],
    [[['update', 'x = many * s']], "3:9: error: 'many' is a vector; one of it is many[0], say."],
    [
      [['update', 'x = sp[0] * s']],
      "3:9: error: 'sp' is a port of spikes and no vector; it has no index.",
    ],
    [[['update', 'x = many[1 + 1] * s']], "3:14: error: 'many' has no element 2, only 0 to 1."],
    [
      [
        ['input', 'sp[1] <- spike'],
        ['update', 'x = sp[1] * s'],
      ],
      "5:12: error: 'sp' has no element 1, only 0.",
    ],
    [
      [
        ['input', 'sp[count] <- spike'],
        ['update', 'x = sp[3] * s'],
      ],
      "5:12: error: 'sp' has no element 3, only 0 to 2.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['input', 'sp[count] <- spike']]],
    [[['input', 'sp <- spike', 'SP pA <- continuous']]],
    [[['update', 'x = many[i] * s']]],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('handlers', () => {
  test.each<WrongText>([
    [[['onReceive(nono)', 'x = 1']], "2:13: error: There is no variable 'nono'."],
    [
      [['onReceive(I)', 'x = 1']],
      "2:13: error: 'I' is a continuous port; spikes are received at ports of spikes.",
    ],
    [
      [['onReceive(x)', 'x = 1']],
      "2:13: error: 'x' is a state; spikes are received at ports of spikes.",
    ],
    [
      [
        ['onReceive(sp)', 'x = 1'],
        ['onReceive(sp)', 'x = 2'],
      ],
      "4:13: error: 'sp' has a handler already.",
    ],
    [
      [['onReceive(many)', 'x = 1']],
      "2:13: error: 'many' is a vector of ports, which has no handler; loop over many[i] in update.",
    ],
    [
      [['onReceive(many[1])', 'x = 1']],
      "2:13: error: 'many' is a vector of ports, which has no handler; loop over many[i] in update.",
    ],
    [
      [['onReceive(sp[0])', 'x = 1']],
      "2:16: error: 'sp' is a port of spikes and no vector; it has no index.",
    ],
    [[["onReceive(sp')", 'x = 1']], "2:13: error: There is no variable sp'; did you mean 'sp'?"],
    [
      [['onReceive(sp, priority = 2)', 'x = 1']],
      '2:17: error: Priorities order handlers: at least two have one, or none has; this is the only one.',
    ],
    [
      [
        ['input', 'a <- spike', 'b <- spike'],
        ['onReceive(a, priority = 2)', 'x = 1'],
        ['onReceive(b)', 'x = 1'],
      ],
      '5:16: error: Priorities order handlers: at least two have one, or none has; this is the only one.',
    ],
    [
      [
        ['input', 'a <- spike', 'b <- spike'],
        ['onReceive(a, priority = 2)', 'x = 1'],
        ['onReceive(b, priority = 2)', 'x = 1'],
      ],
      '7:16: error: The priority 2 is that of another handler.',
    ],
    [
      [
        ['input', 'a <- spike', 'b <- spike', 'c <- spike', 'd_ <- spike'],
        ['onReceive(a, priority = 2)', 'x = 1'],
        ['onReceive(b)', 'x = 1'],
        ['onReceive(c, priority = 10)', 'x = 1'],
        ['onReceive(d_)', 'x = 1'],
      ],
      '13:3: error: Only one handler, the last to run, can lack a priority.',
    ],
    [[['onReceive(sp, priority = 2.5)', 'x = 1']], '2:28: error: A priority is a whole number.'],
    [[['onReceive(sp, priority = true)', 'x = 1']], '2:28: error: A priority is a whole number.'],
    [[['onReceive(sp, priority = "a")', 'x = 1']], '2:28: error: A priority is a whole number.'],
    [[['onReceive(sp, priority = 2 ms)', 'x = 1']], '2:28: error: A priority is a whole number.'],
    [
      [['onReceive(sp, priority = 2, priority = 3)', 'x = 1']],
      '2:31: error: The priority is given already.',
    ],
    [[['onReceive(sp, other = 2)', 'x = 1']], "2:17: warning: 'other' has no effect here."],
    [[['onCondition(ok, priority = 2)', 'x = 1']], "2:19: warning: 'priority' has no effect here."],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      [
        ['input', 'a <- spike', 'b <- spike', 'c <- spike'],
        ['onReceive(a, priority = 2)', 'x = 1'],
        ['onReceive(b)', 'x = 1'],
        ['onReceive(c, priority = 10)', 'x = 1'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});

describe('events', () => {
  test.each<WrongText>([
    [
      [['update', 'emit_spike(1., 1 ms)']],
      '3:20: error: emit_spike takes a weight only; since NESTML 8.3 the delay is that of the connection.',
    ],
    [
      [['update', 'emit_spike(1., 1 ms, 2)']],
      '3:5: error: emit_spike takes 0 to 2 arguments; here are 3.',
    ],
    [[['update', 'emit_spike(1 mV)']], '3:16: error: emit_spike takes a number; this is mV.'],
    [[['update', 'emit_spike(true)']], '3:16: error: emit_spike takes a number; this is boolean.'],
    [
      'model m:\n  state:\n    x real = 0\n  update:\n    emit_spike()\n',
      "5:5: error: emit_spike needs a block 'output' with spike.",
    ],
    [
      [
        ['output', 'continuous'],
        ['update', 'emit_spike()'],
      ],
      '2:3: error: What a model gives are spikes: output: spike.',
    ],
    [
      [['function f()', 'emit_spike()']],
      '3:5: error: emit_spike cannot be called in a function, only in update, onReceive, onCondition.',
    ],
    [
      [['equations', 'inline a real = emit_spike()']],
      '3:21: error: emit_spike cannot be called in an equation, only in update, onReceive, onCondition.',
    ],
    [
      [
        ['output', 'spike(weight real)'],
        ['update', 'emit_spike(1., 1 ms)'],
      ],
      '5:20: error: emit_spike takes a weight only; since NESTML 8.3 the delay is that of the connection.',
    ],
    [
      [['output', 'spike(weight mV, delay real)']],
      '3:11: error: A spike has a weight real and a delay ms: spike(weight real, delay ms).',
      '3:22: error: A spike has a weight real and a delay ms: spike(weight real, delay ms).',
    ],
    [
      [['output', 'spike(weight real, delay ms, more real)']],
      '3:34: error: A spike has a weight real and a delay ms: spike(weight real, delay ms).',
    ],
    [
      [['output', 'spike(weight mVV)']],
      "3:18: error: There is no unit or type 'mVV'; did you mean 'mV'?",
    ],
    [
      [
        ['output', 'spike(weight real, delay ms)'],
        ['update', 'emit_spike(1., 1 mV)'],
      ],
      '5:20: error: An argument of emit_spike is ms; this is mV.',
    ],
    [
      [['update', 'x = sp']],
      "3:9: warning: 'sp' gives weights per second, a thousandth of them per ms; their sum is sp * s.",
    ],
    [
      [['update', 'x += sp']],
      "3:10: warning: 'sp' gives weights per second, a thousandth of them per ms; their sum is sp * s.",
    ],
    [
      [['update', 'x -= 2 * many[1]']],
      "3:10: warning: 'many' gives weights per second, a thousandth of them per ms; their sum is many * s.",
    ],
    [
      [['update', 'z real = sp']],
      "3:14: warning: 'sp' gives weights per second, a thousandth of them per ms; their sum is sp * s.",
    ],
    [
      [['equations', 'inline a real = sp * 2']],
      "3:21: warning: 'sp' gives weights per second, a thousandth of them per ms; their sum is sp * s.",
    ],
    [
      [['onReceive(sp)', 'x += sp']],
      "3:10: warning: 'sp' gives weights per second, a thousandth of them per ms; their sum is sp * s.",
    ],
    [
      [['function f() real', 'return sp']],
      "3:12: warning: 'sp' gives weights per second, a thousandth of them per ms; their sum is sp * s.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [[['update', 'emit_spike(2)', 'emit_spike(x)']]],
    [
      [
        ['output', 'spike(weight real, delay ms)'],
        ['update', 'emit_spike(1., 1 ms)'],
      ],
    ],
    [
      [
        ['output', 'spike(weight real)'],
        ['update', 'emit_spike(1.)'],
      ],
    ],
    [[['update', 'x += sp * s', 'z 1/s = sp', 'x = q / tau']]],
    [
      [
        ['equations', 'inline a real = sp * s'],
        ['update', 'x = a'],
      ],
    ],
    [
      [
        ['input', 'sp <- spike', 'sp2 <- spike'],
        ['onReceive(sp)', 'x += sp2 * s'],
      ],
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});
