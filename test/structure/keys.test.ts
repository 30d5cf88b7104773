import { declaredNames, problemsAdded, repository } from './house';
import { spoilt } from './source-files';

const rule = 'the same names in C++, TypeScript and documents';
const declared = declaredNames();

it.each([
  ['lib/generated/kernel-status.ts', 'rng_seed', 'attribute of the kernel'],
  ['lib/generated/kernel-status.ts', 'visits', 'attribute of the kernel'],
  ['lib/generated/models.ts', 'izhikevich', 'node model'],
  ['lib/generated/models.ts', 'stdp_synapse', 'synapse model'],
])('%s without %s is found', (file, name, thing) => {
  const files = spoilt(repository, file, (text) =>
    text.replace(new RegExp(`^  ${name}\\??: [\\w<>]+;\n`, 'm'), ''),
  );
  expect(problemsAdded(rule, files)).toEqual([
    `${file}:1: Lacks the ${thing} '${name}', which the core declares.`,
  ]);
});

it.each([
  ['an error', { errors: [...declared.errors, 'MadeUp'] }, "error 'MadeUp'", 'errors'],
  [
    'an attribute of the kernel',
    { attributes: [...declared.attributes, 'made_up'] },
    "attribute of the kernel 'made_up'",
    'kernel-status',
  ],
])('%s that only the core declares is found', (_, more, thing, name) => {
  expect(problemsAdded(rule, repository, { ...declared, ...more })).toEqual([
    `lib/generated/${name}.ts:1: Lacks the ${thing}, which the core declares.`,
    `docs/${name}.md:1: Lacks the ${thing}, which the core declares.`,
  ]);
});

it('a connection rule that TypeScript does not know is found', () => {
  const more = { ...declared, connectionRules: [...declared.connectionRules, 'small_world'] };
  expect(problemsAdded(rule, repository, more)).toEqual([
    "lib/generated/connection-rules.ts:1: Lacks the connection rule 'small_world', which the core declares.",
    "docs/connections.md:1: Lacks the connection rule 'small_world', which the core declares.",
  ]);
});

it('a misspelt name is found twice', () => {
  const files = spoilt(repository, 'lib/generated/connection-rules.ts', (text) =>
    text.replace("rule: 'fixed_indegree'", "rule: 'fixed_in_degree'"),
  );
  expect(problemsAdded(rule, files)).toEqual([
    "lib/generated/connection-rules.ts:1: Lacks the connection rule 'fixed_indegree', which the core declares.",
    "lib/generated/connection-rules.ts:1: Has the connection rule 'fixed_in_degree', which the core does not declare.",
  ]);
});
