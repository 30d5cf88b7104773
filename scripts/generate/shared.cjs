'use strict';
// Interfaces of what several models declare alike: each declaration is written once.

const { pascalCase } = require('./text.cjs');

const isPartOf = (some, others) =>
  some.models.size < others.models.size &&
  [...some.models].every((name) => others.models.has(name));

/** Without those that another one extends anyhow. */
const nearest = (groups) =>
  groups.filter((group) => !groups.some((other) => isPartOf(other, group)));

/** Numbered: what several models have alike has no name of its own. */
const named = (groups, models, kind) => {
  const kindsOf = new Map(models.map((model) => [model.name, model.kind]));
  const numbers = {};
  return groups.map((group) => {
    const kinds = new Set([...group.models].map((name) => kindsOf.get(name)));
    const owner = kinds.size > 1 ? 'Device' : pascalCase([...kinds][0]);
    numbers[owner] = (numbers[owner] ?? 0) + 1;
    return { ...group, name: `${owner}${kind}${numbers[owner]}` };
  });
};

/** What the same models declare alike, with these models; only what several models have. */
const groupsOf = (models, kind) => {
  const declared = new Map();
  for (const { name, parameters } of models) {
    for (const parameter of parameters) {
      const key = JSON.stringify(parameter);
      const known = declared.get(key) ?? { parameter, models: new Set() };
      declared.set(key, { ...known, models: known.models.add(name) });
    }
  }
  const groups = new Map();
  for (const { parameter, models: owners } of declared.values()) {
    if (owners.size < 2) continue;
    const key = [...owners].join();
    const group = groups.get(key) ?? { models: owners, parameters: [] };
    group.parameters.push(parameter);
    groups.set(key, group);
  }
  return named([...groups.values()], models, kind);
};

/**
 * Interfaces of models and of what they share: `shared` and `own`, each with its name, its own
 * parameters and the names of what it extends. `kind` ends their names.
 */
function withShared(models, kind) {
  const groups = groupsOf(models, kind);
  const extended = (found) => nearest(found).map(({ name }) => name);
  const shared = groups.map((group) => ({
    ...group,
    parents: extended(groups.filter((other) => isPartOf(group, other))),
  }));
  const own = models.map((model) => {
    const having = groups.filter((group) => group.models.has(model.name));
    const known = new Set(
      having.flatMap(({ parameters }) => parameters.map((parameter) => JSON.stringify(parameter))),
    );
    return {
      model,
      name: `${pascalCase(model.name)}${kind}`,
      parameters: model.parameters.filter((one) => !known.has(JSON.stringify(one))),
      parents: extended(having),
    };
  });
  return { shared, own };
}

module.exports = { withShared };
