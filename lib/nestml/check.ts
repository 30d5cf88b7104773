import { checkBodies } from './check-bodies';
import { checkCycles } from './check-cycles';
import { checkDeclarations } from './check-declarations';
import { checkDialect } from './check-dialect';
import { checkEquations } from './check-equations';
import { checkHandlers } from './check-handlers';
import { checkKernelUse } from './check-kernels';
import { checkNames } from './check-names';
import { checkParts } from './check-parts';
import { CheckedModel } from './checked-model';
import { declareAll } from './declare';
import { parseInSteps } from './parse';
import type { SaidOfModels } from './said';
import type { Problems } from './source';
import { atOnce, type Steps } from './steps';

/** All that is checked, in this order. */
const checks: readonly ((model: CheckedModel) => void)[] = [
  declareAll,
  checkDialect,
  checkNames,
  checkDeclarations,
  checkEquations,
  checkParts,
  checkHandlers,
  checkBodies,
  checkCycles,
  (model) => model.finish(),
];

/** Texts that are loaded together, whose models have a name each. */
export interface TextsTogether {
  /** The file of this one. */
  readonly file?: string | undefined;
  /** Names of models in texts before, with their files; those of this one are added. */
  readonly taken: Map<string, string | undefined>;
  readonly said?: SaidOfModels | undefined;
}

/**
 * The models of a text, with the types of all expressions; what is wrong is told.
 * Source: NESTML 8 language documentation. What cannot work is refused, also where the reference takes it.
 */
export const check = (text: string, problems: Problems, together?: TextsTogether): CheckedModel[] =>
  atOnce(checkInSteps(text, problems, together));

/** The same with stops. */
export function* checkInSteps(
  text: string,
  problems: Problems,
  { file, taken, said }: TextsTogether = { taken: new Map() },
): Steps<CheckedModel[]> {
  const trees = yield* parseInSteps(text, problems);
  const models = trees.map((model) => new CheckedModel(model, problems, said));
  for (const model of models) {
    const { name } = model.text;
    if (taken.has(name.text)) {
      const other = taken.get(name.text);
      const where = other === undefined || other === file ? '' : `, in ${other}`;
      problems.error(name, `There is a model '${name.text}' already${where}.`);
    } else {
      taken.set(name.text, file);
    }
    for (const checkPart of checks) {
      checkPart(model);
      yield;
    }
    // Where something is wrong, more may be meant to be used than is.
    if (!problems.hasErrors) checkKernelUse(model);
  }
  return models;
}
