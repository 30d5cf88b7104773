import { checkBodies } from './check-bodies';
import { checkCycles } from './check-cycles';
import { checkDeclarations } from './check-declarations';
import { checkEquations } from './check-equations';
import { checkParts } from './check-parts';
import { CheckedModel } from './checked-model';
import { declareAll } from './declare';
import { parse } from './parse';
import type { Problems } from './source';

/**
 * The models of a text, with the types of all expressions; what is wrong is told.
 * Source: NESTML 8 language documentation. What cannot work is refused, also where the reference takes it.
 */
export function check(text: string, problems: Problems): CheckedModel[] {
  const models = parse(text, problems).map((model) => new CheckedModel(model, problems));
  const names = new Set<string>();
  for (const model of models) {
    const { name } = model.text;
    if (names.has(name.text)) problems.error(name, `There is a model '${name.text}' already.`);
    names.add(name.text);
    declareAll(model);
    checkDeclarations(model);
    checkEquations(model);
    checkParts(model);
    checkBodies(model);
    checkCycles(model);
  }
  return models;
}
