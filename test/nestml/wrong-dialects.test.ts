// Texts of other versions of NESTML: what is read, what is refused, where, and with which words.
import { type TextOf, toldOf, type WrongText } from './told';

describe('versions', () => {
  test.each<WrongText>([
    [
      'neuron s:\n  state:\n    x real = 0\n',
      "1:1: error: This is a neuron of NESTML 5 to 7, where spikes and kernels go on in integrate_odes() only; since NESTML 8 they do in every step, and a neuron is a 'model'. Look at its update, then write: model s.",
    ],
    [
      'synapse s:\n  state:\n    x real = 0\n',
      '1:1: error: A synapse of NESTML 5 to 7 has a parameter that is its delay: d ms = 1 ms @nest::delay.',
    ],
    [
      'synapse s:\n  parameters:\n    a ms = 1 ms @nest::delay\n  internals:\n    b ms = 1 ms @nest::delay\n',
      '5:17: error: One parameter of a synapse is its delay; this is another.',
    ],
    [
      [['update', 'deliver_spike(1, 1 ms)']],
      "3:5: error: 'deliver_spike' is of NESTML 5 to 7; since NESTML 8 it is emit_spike(weight).",
    ],
    [
      'synapse s:\n  parameters:\n    a ms = 1 ms @nest::delay\n  output:\n    spike\n  update:\n    deliver_spike(1.)\n',
      '7:5: error: deliver_spike takes 2 arguments; here are 1.',
    ],
    [
      'synapse s:\n  parameters:\n    a ms = 1 ms @nest::delay\n  equations:\n    kernel k = exp(-t / (2 ms))\n    inline b_ nS = convolve(k, p)\n    inline c_ nS = convolve(k, q)\n  input:\n    p nS <- spike\n    q <- spike\n',
      '7:20: error: c_ is nS; this is real.',
    ],
    [
      'model s:\n  parameters:\n    pi real = 3\n  function sin(a real) real:\n    return a * pi\n',
      "3:5: error: 'pi' is a constant of the language, and cannot be declared.",
      "4:12: error: There is a function 'sin' of the language already.",
    ],
    [
      'model s:\n  state:\n    x real = 1\n  end\n  update:\n    if x > 1:\n      x = 2\n    end\n  end\nend\n',
      "4:3: error: Since NESTML 5.3 blocks end where the indentation does, without 'end'.",
    ],
    [
      '"""\nWhat it is\n  for\n"""\nmodel a:\n  state:\n    x real = 0\n"""another"""\nmodel b:\n  state:\n    x real = x_\n',
      "11:14: error: There is no variable 'x_'; did you mean 'x'?",
    ],
    [
      '"""\nWhat\nmodel a:\n  state:\n    x real = 0\n',
      '1:1: error: The text in """ does not end.',
    ],
    [
      'model state:\n  state:\n    x real = 0\n',
      "1:7: error: Expected the name of the model, found 'state', which is a keyword.",
    ],
    [
      'model s_synapse:\n  state:\n    w real = 1\n  input:\n    V mV <- continuous\n    post <- spike\n  equations:\n    inline a mV = V\n  update:\n    w = V / mV\n    w = a / mV\n  onReceive(post):\n    w = V / mV\n',
      "5:5: warning: 'V' is also the name of a unit; an expression with V means this one.",
      "10:9: error: 'V' of a synapse has a value at spikes only, and cannot be read in update.",
      "11:9: error: 'V' of a synapse has a value at spikes only, and cannot be read in update. The inline expression 'a' reads it.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([
    [
      'synapse s:\n  state:\n    w real = 1\n  parameters:\n    a ms = 1 ms @nest::delay\n  input:\n    p nS <- spike\n  output:\n    spike\n  onReceive(p):\n    w += p / nS\n    deliver_spike(w, a)\n',
    ],
    [
      'synapse s:\n  parameters:\n    a ms = 1 ms @nest::delay\n    pi real = 3\n  function sin(a real) real:\n    return a * pi\n  update:\n    b_ real = sin(1.)\n',
    ],
  ])('%j is right', (text) => {
    expect(toldOf(text)).toEqual([]);
  });
});
