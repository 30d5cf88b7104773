// Texts that can be read, but mean nothing: where, and what is said.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { blockText, modelText, told } from './told';

const blockOf = (name: string, lines: readonly string[]): string => blockText([name, ...lines]);

/** A model whose first block is that one, from line 2 on. */
const model = (name: string, ...lines: readonly string[]): string => modelText([name, ...lines]);

/** What is told of a first block. */
const toldOf = (name: string, ...lines: readonly string[]): string => told(model(name, ...lines));

test('the surroundings are right', () => {
  expect(toldOf('update', 'x = 1')).toBe('');
});

describe('in update', () => {
  test.each([
    // names
    ['x = nono', '3:9', "There is no variable 'nono'."],
    ['nono = 1', '3:5', "There is no variable 'nono'."],
    ['nono += 1', '3:5', "There is no variable 'nono'."],
    ['x = u_', '3:9', "There is no variable 'u_'; did you mean 'u'?"],
    ["x = x'", '3:9', `There is no variable x'; did you mean 'x'?`],
    ['x = ff(3)', '3:9', "There is no function 'ff'; did you mean 'erf'?"],
    ['x = expp(3)', '3:9', "There is no function 'expp'; did you mean 'exp'?"],
    ['e real = 1', '3:5', "'e' is a constant of the language, and cannot be declared."],
    ['y real = y + 1', '3:14', "There is no variable 'y'."],
    ['y mVV = 3', '3:7', "There is no unit or type 'mVV'; did you mean 'mV'?"],
    ['y void', '3:7', 'Only a function can be void; a variable has a type.'],
    ['x = 3 mVV', '3:11', "There is no unit or type 'mVV'; did you mean 'mV'?"],
    [
      'x = 3 q',
      '3:11',
      "'q' is a variable here, and not a unit; write a sign between them: 3 * q.",
    ],
    // assignments
    ['q = 2', '3:5', "'q' is a parameter, which only a user sets."],
    ['P += 2', '3:5', "'P' is an internal, and cannot be assigned to."],
    ['sp = 1 / s', '3:5', "'sp' is a port of spikes, and cannot be assigned to."],
    ['I = 1 pA', '3:5', "'I' is a continuous port, and cannot be assigned to."],
    ['t = 2 ms', '3:5', "'t' is a constant, and cannot be assigned to."],
    ['u = 3', '3:9', 'u is mV; this is integer.'],
    ['u = 3 ms', '3:9', 'u is mV; this is ms.'],
    ['i = 3 mV', '3:9', 'i is integer; this is mV.'],
    ['ok = 1', '3:10', 'ok is boolean; this is integer.'],
    ['ok = 1.', '3:10', 'ok is boolean; this is real.'],
    ['x = true', '3:9', 'x is real; this is boolean.'],
    ['x = "a"', '3:9', 'x is real; this is string.'],
    ['u *= 2 ms', '3:10', 'u is mV; it would become mV*ms.'],
    ['u += 1 ms', '3:10', "Operands of '+=' are of one dimension; these are mV and ms."],
    ['ok += 1', '3:5', "Operands of '+=' are numbers or quantities; this is boolean."],
    ['x = v', '3:9', "'v' is a vector; one of it is v[0], say."],
    ['v = 3', '3:5', "'v' is a vector; one of it is v[0], say."],
    ['x = x[1]', '3:9', "'x' is a state and no vector; it has no index."],
    ['x = v[1.5]', '3:11', 'An index is an integer; this is real.'],
    ['x = many', '3:9', "'many' is a vector; one of it is many[0], say."],
    // expressions
    ['x = 1 mV + 1 ms', '3:9', "Operands of '+' are of one dimension; these are mV and ms."],
    ['x = -true', '3:10', "The operand of '-' is a number or a quantity; this is boolean."],
    ['x = 5. % 2', '3:9', "Operands of '%' are integers; this is real."],
    ['x = ~1.', '3:10', "The operand of '~' is an integer; this is real."],
    ['x = 5 & 2.', '3:13', "Operands of '&' are integers; this is real."],
    ['ok = 1 and true', '3:10', "Operands of 'and' are booleans; this is integer."],
    ['ok = not 1.', '3:14', "The operand of 'not' is boolean; this is real."],
    ['ok = u > 2 ms', '3:10', "Operands of '>' are of one dimension; these are mV and ms."],
    ['ok = 1 < 2 < 3', '3:10', "Operands of '<' are numbers or quantities; this is boolean."],
    ['x = 1 ? 2. : 3.', '3:9', 'A condition is boolean; this is integer.'],
    ['x = ok ? 2 mV : 3 ms', '3:9', "Operands of '? :' are of one dimension; these are mV and ms."],
    [
      'x = u ** exp(2)',
      '3:14',
      'The exponent of a quantity is written as a number, so that the unit of the power is known.',
    ],
    ['x = 2 ** (1 mV)', '3:14', 'An exponent is a number; this is mV.'],
    // calls
    ['x = max(1, 2, 3)', '3:9', 'max takes 2 arguments; here are 3.'],
    ['x = exp()', '3:9', 'exp takes 1 argument; here are 0.'],
    ['u = max(1 mV, 1 ms)', '3:19', 'Arguments of max are of one type; these are mV and ms.'],
    ['x = max(1, true)', '3:16', 'Arguments of max are numbers or quantities; this is boolean.'],
    ['x = steps(2.)', '3:15', 'An argument of steps is ms; this is real.'],
    ['x = exp("a")', '3:13', 'An argument of exp is real; this is string.'],
    ['print(3)', '3:11', 'An argument of print is string; this is integer.'],
    ['x = emit_spike()', '3:9', 'x is real; this is void.'],
    [
      'emit_spike(1., 1 ms)',
      '3:20',
      'emit_spike takes a weight only; since NESTML 8.3 the delay is that of the connection.',
    ],
    ['x = delta(t)', '3:9', 'delta cannot be called in update, only in a kernel.'],
    ['x = convolve(sp, sp)', '3:18', 'convolve takes a kernel first.'],
    [
      'integrate_odes(2 * x)',
      '3:20',
      'integrate_odes takes names of states, without primes: all orders are integrated.',
    ],
    [
      "integrate_odes(x')",
      '3:20',
      'integrate_odes takes names of states, without primes: all orders are integrated.',
    ],
    ['x = u(t - 2 ms)', '3:9', 'u(t - …) stands in equations only.'],
    // statements
    ['return', '3:5', 'Only functions return; this is update.'],
    ['y real = 1 [[q]]', '', ''],
  ])('%s', (line, place, says) => {
    const expected = says === '' ? '' : `${place}: error: ${says}`;
    const errors = toldOf('update', line)
      .split('\n')
      .filter((one) => !one.includes(': warning: '));
    expect(errors.join('\n')).toBe(expected);
  });

  test.each([
    [['if 1:', '  x = 1'], '3:8', 'A condition is boolean; this is integer.'],
    [['while u:', '  x = 1'], '3:11', 'A condition is boolean; this is mV.'],
    [
      ['for i in 0 ms ... 3 step 1:', '  x = 1'],
      '3:14',
      'Bounds of a for are numbers; this is ms.',
    ],
    [
      ['for j in 0 ... 3 step 1:', '  x = j'],
      '3:9',
      "The variable of a 'for' is declared before it: j integer = 0.",
    ],
    [['for u in 0 ... 3 step 1:', '  x = 1'], '3:9', 'A for counts with numbers; u is mV.'],
    [['for i in 0 ... 3 step 0:', '  x = 1'], '3:5', 'A step is not 0.'],
    [
      ['if ok:', '  z real = 1', 'z real = 2'],
      '5:5',
      "'z' is declared already, as a local variable in line 4.",
    ],
    [['x = y', 'y real = 1'], '3:9', "There is no variable 'y'."],
  ])('%j', (lines, place, says) => {
    expect(toldOf('update', ...lines)).toBe(`${place}: error: ${says}`);
  });

  test.each([
    ['x = u + 2', '3:9', 'The number is taken to be in mV.'],
    ['ok = u > 3', '3:10', 'The number is taken to be in mV.'],
    ['abs(x)', '3:5', 'The value of abs is not used.'],
    [
      'ms real = 1',
      '3:5',
      "'ms' is also the name of a unit; an expression with ms means this one.",
    ],
    ['integrate_odes()', '3:5', 'There is no equation that integrate_odes could integrate.'],
  ])('%s is taken with a warning', (line, place, says) => {
    expect(toldOf('update', line)).toBe(`${place}: warning: ${says}`);
  });

  test.each([
    ['u = 3 V'],
    ['x = u'],
    ['i = 2.5'],
    ['u += max(1 mV, 2 V)'],
    ['x = u / (2 mV) + sp * s'],
    ['q real = 1'],
    ['x = clip(random_normal(0., 1.), -1, 1) ** 2'],
    ['emit_spike()'],
    ['println("u is {u}")'],
  ])('%s is right', (line) => {
    expect(toldOf('update', line)).toBe('');
  });
});

describe('declarations', () => {
  test.each([
    [
      'state',
      ['q real = 1', 'q real = 2'],
      '4:5',
      "'q' is declared already, as a state in line 3.",
    ],
    ['state', ['y real'], '3:5', 'A state has an initial value: y = …, say.'],
    ['state', ['y mV = 1 ms'], '3:12', 'y is mV; this is ms.'],
    ['state', ['y[0] real = 1'], '3:7', "The size of 'y' is a whole number, at least 1."],
    ['state', ['y[2.5] real = 1'], '3:7', "The size of 'y' is a whole number, at least 1."],
    [
      'state',
      ['y[q] real = 1'],
      '3:7',
      "The size of 'y' is a whole number, or an integer parameter or internal.",
    ],
    [
      'state',
      ['y[count + 1] real = 1'],
      '3:7',
      "The size of 'y' is a whole number, or an integer parameter or internal.",
    ],
    [
      'state',
      ['y real = random_normal(0., 1.)'],
      '3:14',
      'random_normal cannot be called in an initial value, only in update, onReceive, onCondition.',
    ],
    [
      'state',
      ['a real = b', 'b real = a'],
      '3:5',
      "The value of 'a' depends on itself: a → b → a.",
    ],
    ['parameters', ['p real = p + 1'], '3:5', "The value of 'p' depends on itself: p → p."],
    [
      'parameters',
      ['p real = x'],
      '3:14',
      "The value of a parameter cannot depend on 'x', a state.",
    ],
    ['parameters', ['p real = 1 [[p + 1]]'], '3:18', 'A guard is boolean; this is real.'],
    ['parameters', ['p real = 1 [[nono > 1]]'], '3:18', "There is no variable 'nono'."],
    ['internals', ['k ms = t'], '3:12', "The value of an internal cannot depend on 't', the time."],
    [
      'internals',
      ['k real = sp * s'],
      '3:14',
      "The value of an internal cannot depend on 'sp', a port of spikes.",
    ],
    [
      'input',
      ['p <- excitatory excitatory spike'],
      '3:21',
      'A port is excitatory or inhibitory, or neither for both.',
    ],
    [
      'input',
      ['p <- spike', 'p <- spike'],
      '4:5',
      "'p' is declared already, as a port of spikes in line 3.",
    ],
    ['input', ['p[0] <- spike'], '3:7', "The size of 'p' is a whole number, at least 1."],
    ['output', ['continuous'], '2:3', 'What a model gives are spikes: output: spike.'],
  ])('of %s: %j', (block, lines, place, says) => {
    const errors = toldOf(block, ...lines)
      .split('\n')
      .filter(
        (line) => line.includes(': error: ') && Number(line.split(':')[0]) < 3 + lines.length,
      );
    expect(errors).toEqual([`${place}: error: ${says}`]);
  });
});

describe('equations', () => {
  const withUpdate = (...lines: readonly string[]): string =>
    told(`${model('equations', ...lines)}${blockOf('update', ['integrate_odes()'])}`);

  test.each([
    [['x = -x'], '3:5', "An equation is of a derivative: x' = …."],
    [["q' = -q / tau"], '3:5', "'q' is a parameter; only states have equations."],
    [["x'' = -x / tau**2"], '3:5', `The equation of x'' needs x' among the states.`],
    [["x' = -x / tau", "x' = x / tau"], '4:5', "'x' has an equation already."],
    [["x' = -x"], '3:10', "x' is 1/ms; this is real."],
    [["u' = (E - u) / tau**2"], '3:10', "u' is mV/ms; this is mV/ms**2."],
    [
      ["u' = (E - u) / resolution()"],
      '3:20',
      'resolution cannot be called in an equation, only in an initial value, a guard, update, onReceive, onCondition.',
    ],
    [["u' = u(t - 1 ms) / tau"], '3:10', "The equation of 'u' cannot look back at it."],
    [["x' = u(t + 1 ms) / tau / mV"], '3:12', 'A state is taken as u(t - d), with a delay d.'],
    [["x' = u(t - 1) / tau / mV"], '3:16', 'A delay is ms; this is integer.'],
    [["x' = u(t - 2 * tau) / tau / mV"], '3:16', 'A delay is a number or a parameter.'],
    [['inline y pA = u'], '3:19', 'y is pA; this is mV.'],
    [
      ['inline a real = b', 'inline b real = a'],
      '3:12',
      "The value of 'a' depends on itself: a → b → a.",
    ],
    [
      ['kernel k = exp(-t / tau) * pA'],
      '3:16',
      'A kernel has no unit, which is written at convolve; this is pA.',
    ],
    [['kernel k = exp(-x * t / tau)'], '3:21', "A kernel cannot depend on 'x', a state."],
    [
      ["kernel k' = -k / tau"],
      '3:12',
      "The kernel 'k' needs the initial value 'k' among the states.",
    ],
    [
      ['kernel k = exp(-t / tau)', 'inline y real = k'],
      '4:21',
      "'k' is a kernel, which is used in convolve only.",
    ],
    [
      ['kernel k = exp(-t / tau)', 'inline y pA = convolve(k, sp)'],
      '4:19',
      'y is pA; this is real.',
    ],
    [
      ['kernel k = exp(-t / tau)', 'inline y real = convolve(k)'],
      '4:21',
      'convolve takes 2 arguments; here are 1.',
    ],
    [
      ['kernel k = exp(-t / tau)', 'inline y real = convolve(k, I)'],
      '4:33',
      'convolve takes a port of spikes behind a kernel.',
    ],
    [['kernel k = delta(2 ms)'], '3:22', 'delta takes t, the time since a spike.'],
  ])('%j', (lines, place, says) => {
    const [first] = withUpdate(...lines).split('\n');
    expect(first).toBe(`${place}: error: ${says}`);
  });

  test('need somebody who integrates them', () => {
    expect(toldOf('equations', "x' = -x / tau")).toBe(
      '3:5: error: Equations are integrated by integrate_odes(), in update, say.',
    );
  });

  test.each([
    [["x' = -x / tau", "u' = (E - u) / tau + I / (250 pF)"]],
    [['kernel k = exp(-t / tau)', "u' = convolve(k, sp) * pA / (250 pF)"]],
    [['kernel k = delta(t)', "u' = -u / tau + convolve(k, many[1]) * mV / s"]],
    [['recordable inline y mV = u - E', "x' = y / mV / tau"]],
    [["x' = u(t - 2 ms) / mV / tau", "u' = (E - u(t - tau)) / tau"].slice(0, 1)],
  ])('%j are right', (lines) => {
    expect(withUpdate(...lines)).toBe('');
  });
});

describe('handlers and functions', () => {
  const after = (block: string, ...lines: readonly string[]): string =>
    told(`${model('internals', 'P real = 1')}${blockOf(block, lines)}`)
      .split('\n')
      .map((line) => line.replace(/^\d+:/, ''))
      .join('\n');

  test.each([
    ['onReceive(nono)', ['x = 1'], "13: error: There is no variable 'nono'."],
    [
      'onReceive(I)',
      ['x = 1'],
      "13: error: 'I' is a continuous port; spikes are received at ports of spikes.",
    ],
    [
      'onReceive(many)',
      ['x = 1'],
      "13: error: 'many' is a vector of ports, which has no handler; loop over many[i] in update.",
    ],
    ['onReceive(sp, priority = 2.5)', ['x = 1'], '28: error: A priority is a whole number.'],
    ['onReceive(sp, other = 2)', ['x = 1'], "17: warning: 'other' has no effect here."],
    [
      'onReceive(sp)',
      ['x = timestep() / ms'],
      '9: error: timestep cannot be called in onReceive, only in update.',
    ],
    ['onCondition(1)', ['x = 1'], '15: error: A condition is boolean; this is integer.'],
    ['onCondition(nono > 1)', ['x = 1'], "15: error: There is no variable 'nono'."],
    ['onCondition(ok, priority = 2)', ['x = 1'], "19: warning: 'priority' has no effect here."],
    [
      'function exp(a real) real',
      ['return a'],
      "12: error: There is a function 'exp' of the language already.",
    ],
    [
      'function f(a real) real',
      ['x = a'],
      "12: error: The function 'f' is real, but not all of its paths return a value.",
    ],
    [
      'function f(a real) real',
      ['if a > 0:', '  return 1'],
      "12: error: The function 'f' is real, but not all of its paths return a value.",
    ],
    ['function f(a real) mV', ['return 1 ms'], '12: error: The function is mV; this is ms.'],
    [
      'function f(a real)',
      ['return a'],
      '12: error: The function has no type, and returns no value.',
    ],
    ['function f(a real) real', ['return'], '5: error: The function is real; a value is returned.'],
    [
      'function f(a real, a real) real',
      ['return a'],
      "22: error: 'a' is declared already, as an argument in line 21.",
    ],
    [
      'function f(a real) real',
      ['a real = 1', 'return a'],
      "5: error: 'a' is declared already, as an argument in line 21.",
    ],
    [
      'function f(a real) real',
      ['return a', 'x = 1'],
      '5: warning: Nothing comes here: the line before returns.',
    ],
    [
      'function f()',
      ['emit_spike()'],
      '5: error: emit_spike cannot be called in a function, only in update, onReceive, onCondition.',
    ],
    ['function f()', ['q = 1'], "5: error: 'q' is a parameter, which only a user sets."],
  ])('%s: %j', (block, lines, says) => {
    expect(after(block, ...lines)).toBe(says);
  });

  test.each([
    ['onReceive(sp)', ['x += sp * s']],
    ['function f(a real) real', ['if a > 0:', '  return 1', 'else:', '  return f2(a)']],
    ['function f(u ms)', ['x = u / ms']],
  ])('%s: %j is right', (block, lines) => {
    const other = blockOf('function f2(a real) real', ['return a']);
    expect(told(`${model('internals', 'P real = 1')}${other}${blockOf(block, lines)}`)).toBe('');
  });

  test('calls of own functions', () => {
    const f = blockOf('function f(a mV) real', ['return a / mV']);
    const of = (line: string): string => told(`${model('update', line)}${f}`);
    expect(of('x = f(1.)')).toBe('3:11: error: a is mV; this is real.');
    expect(of('x = f()')).toBe('3:9: error: f takes 1 argument; here are 0.');
    expect(of('x = f(2 V)')).toBe('');
  });
});

test('a neuron without a fault', () => {
  const file = path.join(__dirname, 'texts', 'iaf_psc_exp_neuron.nestml');
  expect(told(readFileSync(file, 'utf8'))).toBe('');
});

describe('models', () => {
  test('have one block of a kind', () => {
    const text = `${model('update', 'x = 1')}${blockOf('update', ['x = 2'])}`;
    expect(told(text)).toMatch(/^\d+:3: error: A model has one block 'update'; this is another\.$/);
  });

  test('have priorities for all handlers or for none', () => {
    const handlers = (...priorities: readonly string[]): string => {
      const texts = priorities.map((priority, i) =>
        blockOf(`onReceive(p${i}${priority})`, ['x = 1']),
      );
      const ports = priorities.map((_, i) => `p${i} <- spike`);
      return told(`${model('input', ...ports)}${texts.join('')}`);
    };
    expect(handlers(', priority = 2', ', priority = 1')).toBe('');
    expect(handlers('', '')).toBe('');
    expect(handlers(', priority = 2', '')).toMatch(
      /^\d+:17: error: Priorities order handlers: at least two have one, or none has; this is the only one\.$/,
    );
    expect(handlers(', priority = 2', ', priority = 2')).toMatch(
      /The priority 2 is that of another handler\.$/,
    );
  });

  test('emit spikes where they have an output', () => {
    const text = 'model m:\n  update:\n    emit_spike()\n';
    expect(told(text)).toBe("3:5: error: emit_spike needs a block 'output' with spike.");
  });

  test('have a name each', () => {
    const one = 'model m:\n  state:\n    x real = 1\n';
    expect(told(one + one)).toBe("4:7: error: There is a model 'm' already.");
  });

  test('of NESTML 5 emit with a delay, and integrate by themselves', () => {
    const text = `synapse s:
  state:
    w real = 1
    y real = 0
  parameters:
    d_ ms = 1 ms @nest::delay
    tau ms = 20 ms
  equations:
    y' = -y / tau
  input:
    pre_spikes nS <- spike
  output:
    spike
  onReceive(pre_spikes):
    y += 1.
    deliver_spike(w, d_)
`;
    expect(told(text)).toBe('');
  });
});
