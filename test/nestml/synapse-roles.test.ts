// What the ports and numbers of a synapse are for, and where its states live.
import { check } from '../../lib/nestml/check';
import type { CheckedModel } from '../../lib/nestml/checked-model';
import { placesOf } from '../../lib/nestml/compiler/placement';
import type { SaidOfModels, SynapseOptions } from '../../lib/nestml/said';
import { Problems, problemsText } from '../../lib/nestml/source';
import { synapseRoles } from '../../lib/nestml/synapse-roles';
import { synapseText } from './synapse-texts';

function modelsOf(text: string, said: SaidOfModels): [CheckedModel[], Problems] {
  const problems = new Problems();
  return [
    check(text, problems, { taken: new Map(), said: { kind: 'synapse', ...said } }),
    problems,
  ];
}

/** What is wrong. */
function toldOf(text: string, said: SynapseOptions = {}): string {
  const [[model], problems] = modelsOf(text, said);
  synapseRoles(model!, said);
  return problemsText(problems.all.filter(({ level }) => level === 'error'));
}

/** `pre ← source, post ← target; weight w` */
function rolesOf(model: CheckedModel): string {
  const roles = synapseRoles(model, model.said)!;
  const parts = [
    `pre ${roles.pre.name.text}`,
    ...roles.posts.map(({ name }) => `post ${name.text}`),
    ...(roles.modulator ? [`modulator ${roles.modulator.name.text}`] : []),
    ...roles.postVariables.map(({ port, variable }) => `${port.name.text} = ${variable}`),
    `weight ${roles.weight}`,
    ...(roles.delay === undefined ? [] : [`delay ${roles.delay}`]),
  ];
  return parts.join(', ');
}

const placesIn = (model: CheckedModel): Record<string, string> =>
  Object.fromEntries(placesOf(model, synapseRoles(model, model.said)!));

const post: SynapseOptions = { postPorts: ['post'] };

describe('models of the literature', () => {
  const [row, target, synapse] = ['row', 'target', 'synapse'];
  const traces = { pre_trace: row, post_trace: target };
  test.each<[string, SynapseOptions, string, Record<string, string>[]]>([
    ['static', {}, 'pre pre, weight w, delay d', [{}]],
    ['stdp', post, 'pre pre, post post, weight w', [{ w: synapse, ...traces }]],
    [
      ...(['triplet', post, 'pre pre, post post, weight w'] as const),
      [{ w: synapse, r1: row, r2: row, o1: target, o2: target }],
    ],
    [
      ...(['nearest', post, 'pre pre, post post, weight w'] as const),
      [
        { w: synapse, ...traces },
        { w: synapse, ...traces, may_facilitate: synapse, may_depress: synapse },
        { w: synapse, ...traces, pre_trace: synapse },
      ],
    ],
    ['tsodyks', { weight: 'w' }, 'pre pre, weight w', [{ w: synapse, x: row, y: row, u: row }]],
    [
      'voltage',
      { ...post, postVariables: { V_post: 'V_m' } },
      'pre pre, post post, V_post = V_m, weight w',
      [{ w: synapse, pre_trace: row, seen: synapse }],
    ],
    [
      'mstdpet',
      { ...post, modulatorPorts: ['reward'] },
      'pre pre, post post, modulator reward, weight w',
      [{ w: synapse, P_plus: row, P_minus: target, z: synapse }],
    ],
    ...['neuromodulated_synapse', 'neuromodulated_synapse_5'].map(
      (name): [string, SynapseOptions, string, Record<string, string>[]] => [
        name,
        { postPorts: ['post_spikes'], modulatorPorts: ['mod_spikes'] },
        `pre pre_spikes, post post_spikes, modulator mod_spikes, weight w${name.endsWith('5') ? ', delay d' : ''}`,
        [{ w: synapse, n: 'modulator', c: synapse, pre_tr: row, post_tr: target }],
      ],
    ),
  ])('%s', (name, said, roles, places) => {
    const [models, problems] = modelsOf(synapseText(name), said);
    expect(problems.hasErrors).toBe(false);
    expect(models.map(rolesOf)).toEqual(models.map(() => roles));
    expect(models.map(placesIn)).toEqual(places);
  });
});

/** A synapse whose handlers are those, with states x and y. */
const written = (more: string, { update = 'x *= 0.5', ports = '' } = {}): string => `model tried:
  state:
    w, x, y real = 0
  parameters:
    p real = 1
  equations:
    inline twice real = 2 * y
  input:
    pre <- spike
    post <- spike
${ports}  output:
    spike
  update:
    ${update}
${more}`;

const emits = '  onReceive(pre):\n    emit_spike(w)\n';

describe('a state lives with all that it depends on', () => {
  test.each([
    ['what changes it', '    x += 1\n', 'row'],
    ['another state', '    x += y\n', 'synapse'],
    ['an inline expression', '    x += twice\n', 'synapse'],
    ['a condition', '    if y > 0:\n      x += 1\n', 'synapse'],
    [
      'a local variable',
      '    found real = y\n    other real = found + 1\n    x += other\n',
      'synapse',
    ],
    [
      'a local variable that a condition changes',
      '    k real = 0\n    if y > 0:\n      k = 1\n    x += k\n',
      'synapse',
    ],
    ['a loop', '    k real = 0\n    while k < y:\n      k += 1\n      x += 1\n', 'synapse'],
    [
      'a loop, in the round before',
      '    k, j real = 0\n    for j in 0 ... 3 step 1:\n      x += k\n      k = y\n',
      'synapse',
    ],
    ['a function', '    x += of_y(1)\n', 'synapse'],
    ['a function that changes it', '    grow()\n', 'row'],
    ['chance', '    x += random_normal(0., 1.)\n', 'synapse'],
    ['parameters and time', '    x += p * t / ms\n', 'row'],
  ])('%s', (_, changes, place) => {
    const functions =
      '  function of_y(k real) real:\n    return k * y\n  function grow():\n    x += 1\n';
    const text = written(`  onReceive(pre):\n${changes}    emit_spike(w)\n${functions}`);
    const handled = text + '  onReceive(post):\n    y += 1\n';
    const [[model], problems] = modelsOf(handled, post);
    expect(problemsText(problems.all.filter(({ level }) => level === 'error'))).toBe('');
    expect(placesIn(model!)).toMatchObject({ x: place, y: 'target', w: 'synapse' });
  });

  test('what only time changes is of each synapse, as is what nothing does', () => {
    const [[model]] = modelsOf(written(emits), post);
    expect(placesIn(model!)).toEqual({ w: 'synapse', x: 'synapse', y: 'synapse' });
  });
});

describe('what must be said, or is said wrongly', () => {
  test.each<[string, SynapseOptions, string]>([
    [
      ...([written(emits), {}] as const),
      "10:5: error: What arrives at 'post' must be said (postPorts: spikes of the target, or modulatorPorts); ports of spikes are 'pre', 'post'.",
    ],
    [
      ...([written(emits, { ports: '    mod <- spike\n' }), {}] as const),
      "10:5: error: What arrives at 'post', 'mod' must be said (postPorts: spikes of the target, or modulatorPorts); ports of spikes are 'pre', 'post', 'mod'.",
    ],
    [
      ...([written(emits), { postPorts: ['psot'] }] as const),
      "1:7: error: postPorts: 'tried' has no port of spikes 'psot'; did you mean 'post'?\n" +
        "10:5: error: What arrives at 'post' must be said (postPorts: spikes of the target, or modulatorPorts); ports of spikes are 'pre', 'post'.",
    ],
    [
      ...([written(emits), { ...post, modulatorPorts: ['reward'] }] as const),
      "1:7: error: modulatorPorts: 'tried' has no port 'reward'; it has 'pre', 'post'.",
    ],
    [
      ...([
        written(emits, { ports: '    a <- spike\n    b <- spike\n' }),
        { ...post, modulatorPorts: ['a', 'b'] },
      ] as const),
      "1:7: error: modulatorPorts: 'tried' can have one modulator, not 2.",
    ],
    [
      ...([written(emits), { postPorts: ['pre', 'post'] }] as const),
      "1:7: error: postPorts: 'pre' sends spikes on: it is the port of the source.",
    ],
    [
      ...([written('  onReceive(pre):\n    x = 1\n'), post] as const),
      '1:7: error: A synapse sends spikes on: emit_spike(w) in the handler of the port at which spikes of the source arrive.\n' +
        "9:5: error: What arrives at 'pre' must be said (postPorts: spikes of the target, or modulatorPorts); ports of spikes are 'pre', 'post'.",
    ],
    [
      ...([`${written(emits)}  onReceive(post):\n    emit_spike(w)\n`, {}] as const),
      "1:7: error: Spikes are sent on at one port, that of the source; here are 'pre', 'post'.\n" +
        "9:5: error: What arrives at 'pre', 'post' must be said (postPorts: spikes of the target, or modulatorPorts); ports of spikes are 'pre', 'post'.",
    ],
    [
      ...([written('  onReceive(pre):\n    emit_spike(w * x)\n'), post] as const),
      "15:13: error: Which number is the weight of the connection must be said (weight), as no state or parameter alone is emitted: 'w', 'x', 'y', 'p'.",
    ],
    [
      ...([written(emits), { ...post, weight: 'v' }] as const),
      "1:7: error: weight: 'tried' has no state or parameter that is a number 'v'.",
    ],
    [
      ...([written(emits), { ...post, delay: 'd' }] as const),
      "1:7: error: delay: 'tried' has no parameter 'd'.",
    ],
    [
      ...([written(emits, { ports: '    V_post mV <- continuous\n' }), post] as const),
      "11:5: error: What 'V_post' reads must be said: postVariables: { V_post: 'V_m' } of the target, or modulatorPorts.",
    ],
    [
      ...([written(emits), { ...post, postVariables: { V: 'V_m' } }] as const),
      "1:7: error: postVariables: 'tried' has no port 'V'; it has 'pre', 'post'.",
    ],
    [
      ...([
        written(emits, { ports: '    many[2] <- spike\n' }),
        { postPorts: ['post', 'many'] },
      ] as const),
      "11:5: error: 'many' is a vector; ports of synapses are none.",
    ],
    [
      ...([`${written(emits)}  onCondition(x > 1):\n    x = 0\n`, post] as const),
      '17:3: error: A synapse does something at spikes only; what follows from a condition stands in a handler.',
    ],
  ])('%# %j', (text, said, told) => {
    expect(toldOf(text, said)).toBe(told);
  });
});
