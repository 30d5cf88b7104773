// Texts that cannot be read: where, and what is said.
import { parse } from '../../lib/nestml/parse';
import { Problems, problemsText } from '../../lib/nestml/source';

function told(text: string): string {
  const problems = new Problems();
  parse(text, problems);
  return problemsText(problems.all);
}

/** Lines of a block of a model. */
const within = (block: string, ...lines: readonly string[]): string =>
  `model m:\n  ${block}:\n${lines.map((line) => `    ${line}\n`).join('')}`;

describe.each<[what: string, text: string, place: string, says: string]>([
  ['no model', 'state:\n', '1:1', "Expected 'model' and its name, found 'state'."],
  [
    'a word like model',
    'modell m:\n',
    '1:1',
    "Expected 'model' and its name, found 'modell'; did you mean 'model'?",
  ],
  ['a model without a name', 'model:\n', '1:6', "Expected the name of the model, found ':'."],
  [
    'a model without a colon',
    'model m\n',
    '1:8',
    "Expected ':' behind 'model m', found the end of line.",
  ],
  [
    'a model without blocks',
    'model m:\n',
    '1:9',
    "Nothing is indented below 'model m'; a block has at least one line.",
  ],
  [
    'a block that there is not',
    'model m:\n  paramters:\n    x real\n',
    '2:3',
    "Expected a block: state, parameters, internals, equations, input, output, update, onReceive, onCondition, function, found 'paramters'; did you mean 'parameters'?",
  ],
  [
    'the end of NESTML 5.0',
    'model m:\n  update:\n    x = 1\n  end\n',
    '4:3',
    "Since NESTML 5.3 blocks end where the indentation does, without 'end'.",
  ],
  [
    'an empty block',
    'model m:\n  state:\n  update:\n    x = 1\n',
    '2:9',
    "Nothing is indented below 'state'; a block has at least one line.",
  ],
  [
    'a block of comments',
    'model m:\n  state:\n    # nothing\n',
    '2:9',
    "Nothing is indented below 'state'; a block has at least one line.",
  ],
  [
    'a line indented between',
    within('update', 'if a:', '    x = 1', '  x = 2'),
    '5:1',
    'The line is indented by 6 columns, the blocks around it by 0, 2, 4.',
  ],
  [
    'a line indented without need',
    within('update', 'x = 1', '  x = 2'),
    '4:1',
    'Expected a statement, found a line that is indented further.',
  ],
  ['a character that is none', within('update', 'x = 1 § 2'), '3:11', "There is no '§' in NESTML."],
  ['a character of two units', within('update', 'x = 😀'), '3:9', "There is no '😀' in NESTML."],
  [
    'a backslash within a line',
    within('update', 'x = \\ 1'),
    '3:9',
    "There is no '\\' in NESTML; a line goes on in the next one only where it ends with \\.",
  ],
  [
    'a text in quotes without an end',
    within('update', 'print("x)'),
    '3:11',
    'The text in quotes does not end in its line.',
  ],
  [
    'a keyword as a name',
    within('state', 'step real = 1'),
    '3:5',
    "Expected the name of a variable, found 'step', which is a keyword.",
  ],
  [
    'no type',
    within('state', 'x = 1'),
    '3:7',
    "Expected a type: integer, real, boolean, string or a unit, found '='.",
  ],
  [
    'a numerator that is not 1',
    within('state', 'x 2/ms = 1'),
    '3:7',
    "The numerator of a unit is 1, as in 1/ms; found '2'.",
  ],
  [
    'an exponent that is none',
    within('state', 'x ms**a = 1'),
    '3:11',
    "Expected an exponent, found 'a'.",
  ],
  [
    'an exponent divided by 0',
    within('state', 'x ms**(1/0) = 1'),
    '3:14',
    'An exponent is not divided by 0.',
  ],
  [
    'a decorator that there is not',
    within('state', 'x real = 1 @foo'),
    '3:17',
    'There is no decorator @foo; allowed are @homogeneous, @heterogeneous and @space::name.',
  ],
  [
    'a guard without an end',
    within('parameters', 'x real = 1 [[x > 0'),
    '3:23',
    "Expected ']]', found the end of line.",
  ],
  [
    'two statements in a line',
    within('update', 'x = 1 y = 2'),
    '3:13',
    "Expected the end of the line, found '='.",
  ],
  [
    'an assignment that is none',
    within('update', 'x == 1'),
    '3:7',
    "'==' compares; a statement assigns with '='.",
  ],
  [
    'a variable alone',
    within('update', 'x'),
    '3:6',
    "Expected '=' and a value, or a type, found the end of line.",
  ],
  [
    'a value that is not used',
    within('update', 'f(1) + 2'),
    '3:5',
    'The value of this expression is not used; a statement assigns or calls.',
  ],
  [
    'an expression without an end',
    within('update', 'x = 1 +'),
    '3:12',
    'Expected an expression, found the end of line.',
  ],
  [
    'a parenthesis without an end',
    within('update', 'x = (1 + 2'),
    '3:9',
    "The line ends before this is closed by ')'; a line goes on in the next one where it ends with \\.",
  ],
  [
    'a call over two lines',
    within('update', 'x = f(1,', '  2)'),
    '3:10',
    "The line ends before this is closed by ')'; a line goes on in the next one where it ends with \\.",
  ],
  [
    'a choice without the other',
    within('update', 'x = a ? 1'),
    '3:14',
    "Expected ':' and what holds otherwise, found the end of line.",
  ],
  [
    'an else without an if',
    within('update', 'else:', '  x = 1'),
    '3:5',
    "There is no 'if' that this 'else' is of.",
  ],
  [
    'an if without a colon',
    within('update', 'if a', '  x = 1'),
    '3:9',
    "Expected ':' behind 'if' and its condition, found the end of line.",
  ],
  [
    'an if without statements',
    within('update', 'if a:', 'x = 1'),
    '3:10',
    "Nothing is indented below 'if' and its condition; a block has at least one line.",
  ],
  [
    'a for without a step',
    within('update', 'for i in 0 ... 3:', '  x = 1'),
    '3:21',
    "Expected 'step' and a number, found ':'.",
  ],
  [
    'a for without an end',
    within('update', 'for i in 0 step 1:', '  x = 1'),
    '3:16',
    "Expected '...' and the end, found 'step'.",
  ],
  [
    'a step that is no number',
    within('update', 'for i in 0 ... 3 step n:', '  x = 1'),
    '3:27',
    "Expected a number, found 'n'.",
  ],
  [
    'an equation in update',
    within('update', "x' = 1 +"),
    '3:13',
    'Expected an expression, found the end of line.',
  ],
  [
    'a statement in equations',
    within('equations', 'x += 1'),
    '3:7',
    "Expected '=' and the right side of the equation, found '+='.",
  ],
  [
    'an inline without a value',
    within('equations', 'inline a real'),
    '3:18',
    "Expected '=' and an expression, found the end of line.",
  ],
  [
    'an inline of two names',
    within('equations', 'inline a, b real = 1'),
    '3:13',
    "Expected a type: integer, real, boolean, string or a unit, found ','.",
  ],
  [
    'a recordable that is no inline',
    within('equations', 'recordable x real = 1'),
    '3:16',
    "Expected 'inline', found 'x'.",
  ],
  [
    'a kernel without a value',
    within('equations', 'kernel k'),
    '3:13',
    "Expected '=' and a function of t or the right side of an equation, found the end of line.",
  ],
  [
    'a continuous port without a type',
    within('input', 'I <- continuous'),
    '3:5',
    'A continuous port has a type: I pA <- continuous.',
  ],
  [
    'a qualified continuous port',
    within('input', 'I pA <- excitatory continuous'),
    '3:13',
    'Only ports of spikes are excitatory.',
  ],
  [
    'a port of nothing',
    within('input', 'I pA <- spikes'),
    '3:13',
    "Expected spike or continuous, found 'spikes'.",
  ],
  [
    'a port without an arrow',
    within('input', 'I pA'),
    '3:9',
    "Expected '<-' and spike or continuous, found the end of line.",
  ],
  [
    'an output of something else',
    within('output', 'current'),
    '3:5',
    "Expected spike or continuous, found 'current'.",
  ],
  ['two outputs', within('output', 'spike', 'spike'), '4:5', 'A model has one output.'],
  [
    'a handler without a port',
    'model m:\n  onReceive:\n    x = 1\n',
    '2:12',
    "Expected '(' and the name of a port, found ':'.",
  ],
  [
    'a priority below 0',
    'model m:\n  onReceive(p, priority = -2):\n    x = 1\n',
    '2:27',
    "Expected a number without a sign, a text, true or false, found '-'.",
  ],
  [
    'a condition without an end',
    'model m:\n  onCondition(a > 1:\n    x = 1\n',
    '2:20',
    "Expected ')', found ':'.",
  ],
  [
    'a function without parameters',
    'model m:\n  function f:\n    return\n',
    '2:13',
    "Expected '(' and parameters, found ':'.",
  ],
  [
    'a parameter without a type',
    'model m:\n  function f(x):\n    return\n',
    '2:15',
    "Expected a type: integer, real, boolean, string or a unit, found ')'.",
  ],
  [
    'a vector as a parameter',
    'model m:\n  function f(x[3] real):\n    return\n',
    '2:15',
    "Expected a type: integer, real, boolean, string or a unit, found '['.",
  ],
  [
    'an expression that is too long',
    within('update', `x = 1${' + 1'.repeat(2001)}`),
    '3:8011',
    'The expression has more than 2000 operations.',
  ],
  [
    'an expression that is too deep',
    within('update', `x = ${'('.repeat(500)}1${')'.repeat(500)}`),
    '3:209',
    'The expression is nested more than 200 times.',
  ],
])('%s', (_what, text, place, says) => {
  test('is told where it is', () => {
    expect(told(text)).toBe(`${place}: error: ${says}`);
  });

  test('and what stands around it is read', () => {
    const problems = new Problems();
    const models = parse(
      `model before:\n  update:\n    x = 1\n${text}\nmodel after:\n  update:\n    x = 1\n`,
      problems,
    );
    const names = models.map(({ name }) => name.text);
    expect([names[0], names.at(-1)]).toEqual(['before', 'after']);
    expect(problems.all.map(({ message }) => message)).toContain(says);
  });
});

test('all problems of a text are told, in its order', () => {
  const text = within('update', 'x = 1 +', 'y = 2', 'z = ) 3', 'if a', '  u = 1', 'v = (');
  expect(told(text).split('\n')).toHaveLength(4);
  expect(told(text)).toMatch(/^3:12: .*\n5:9: .*\n6:9: .*\n8:10: /);
});

test('of many problems the first are told', () => {
  const lines = Array.from({ length: 50 }, () => 'x = +');
  expect(told(within('update', ...lines))).toMatch(/\n… and 30 more$/);
});
