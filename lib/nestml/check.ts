import { checkBodies } from './check-bodies';
import { checkCycles } from './check-cycles';
import { checkDeclarations } from './check-declarations';
import { checkDialect } from './check-dialect';
import { checkEquations } from './check-equations';
import { checkKernelUse } from './check-kernels';
import { checkHandlers } from './check-handlers';
import { checkNames } from './check-names';
import { checkParts } from './check-parts';
import { CheckedModel } from './checked-model';
import { declareAll } from './declare';
import { parse } from './parse';
import type { Problems } from './source';

/** Texts that are loaded together, whose models have a name each. */
export interface TextsTogether {
  /** The file of this one. */
  readonly file?: string | undefined;
  /** Names of models in texts before, with their files; those of this one are added. */
  readonly taken: Map<string, string | undefined>;
}

/**
 * The models of a text, with the types of all expressions; what is wrong is told.
 * Source: NESTML 8 language documentation. What cannot work is refused, also where the reference takes it.
 */
export function check(
  text: string,
  problems: Problems,
  { file, taken }: TextsTogether = { taken: new Map() },
): CheckedModel[] {
  const models = parse(text, problems).map((model) => new CheckedModel(model, problems));
  for (const model of models) {
    const { name } = model.text;
    if (taken.has(name.text)) {
      const other = taken.get(name.text);
      const where = other === undefined || other === file ? '' : `, in ${other}`;
      problems.error(name, `There is a model '${name.text}' already${where}.`);
    } else {
      taken.set(name.text, file);
    }
    declareAll(model);
    checkDialect(model);
    checkNames(model);
    checkDeclarations(model);
    checkEquations(model);
    checkParts(model);
    checkHandlers(model);
    checkBodies(model);
    checkCycles(model);
    model.finish();
    // Where something is wrong, more may be meant to be used than is.
    if (!problems.hasErrors) checkKernelUse(model);
  }
  return models;
}
