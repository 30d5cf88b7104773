import { check, type TextsTogether } from '../../lib/nestml/check';
import type { ModelKind } from '../../lib/nestml/kind';
import { Problems, problemsText } from '../../lib/nestml/source';

const modelOf = (name: string, keyword = 'model'): string =>
  `${keyword} ${name}:\n  parameters:\n    a ms = 1 ms @nest::delay\n`;

function checked(texts: readonly (readonly [text: string, file?: string])[]): string[] {
  const taken: TextsTogether['taken'] = new Map();
  return texts.map(([text, file]) => {
    const problems = new Problems();
    check(text, problems, { file, taken });
    return problemsText(problems.all, file);
  });
}

test('models of texts that are loaded together have a name each', () => {
  expect(checked([[modelOf('a'), 'a.nestml'], [modelOf('b'), 'b.nestml'], [modelOf('c')]])).toEqual(
    ['', '', ''],
  );
  expect(
    checked([
      [modelOf('a'), 'a.nestml'],
      [modelOf('b') + modelOf('a'), 'b.nestml'],
      [modelOf('b')],
      [modelOf('c') + modelOf('c'), 'c.nestml'],
    ]),
  ).toEqual([
    '',
    "b.nestml:4:7: error: There is a model 'a' already, in a.nestml.",
    "1:7: error: There is a model 'b' already, in b.nestml.",
    "c.nestml:4:7: error: There is a model 'c' already.",
  ]);
  expect(checked([[modelOf('a')], [modelOf('a'), 'a.nestml']])).toEqual([
    '',
    "a.nestml:1:7: error: There is a model 'a' already.",
  ]);
});

test('what is read in update depends on what a model is', () => {
  const text =
    'model a_synapse:\n  state:\n    x real = 0\n  input:\n    J_ mV <- continuous\n  update:\n    x = J_ / mV\n';
  const toldAs = (said?: ModelKind): string => {
    const problems = new Problems();
    check(text, problems, { taken: new Map(), said: said && { kind: said } });
    return problemsText(problems.all);
  };
  expect(toldAs('neuron')).toBe('');
  expect(toldAs()).toBe(
    "7:9: error: 'J_' of a synapse has a value at spikes only, and cannot be read in update.",
  );
});

test.each([
  ['model', 'iaf', 'neuron'],
  ['model', 'stdp_synapse', 'synapse'],
  ['model', 'synapse_of_a_neuron', 'neuron'],
  ['synapse', 'stdp', 'synapse'],
  ['neuron', 'with_synapse', 'neuron'],
])('%s %s is a %s, unless it is said', (keyword, name, kind) => {
  const kindSaid = (said?: ModelKind): ModelKind | undefined => {
    const [model] = check(modelOf(name, keyword), new Problems(), {
      taken: new Map(),
      said: said && { kind: said },
    });
    return model?.kind;
  };
  expect(kindSaid()).toBe(kind);
  expect(kindSaid('neuron')).toBe('neuron');
  expect(kindSaid('synapse')).toBe('synapse');
});
