import { checkInSteps } from './check';
import type { CheckedModel } from './checked-model';
import { type CompiledModel, compileInSteps } from './compiler/compile';
import { type CompiledSynapse, synapseInSteps } from './compiler/synapse';
import type { SaidOfModels } from './said';
import { Problems } from './source';
import type { Steps } from './steps';
import { synapseRoles } from './synapse-roles';

// Texts whose models are to be loaded together: what is wrong with any of them is known before one
// of them is compiled.

/** A text, and the file that it comes from, if it does. */
export interface ModelText {
  readonly text: string;
  readonly file?: string;
  /** What it is called in messages: its file, or its place among several. */
  readonly origin?: string | undefined;
}

/** A text that was read and checked. */
export interface CheckedText extends ModelText {
  readonly models: readonly CheckedModel[];
  readonly problems: Problems;
}

/**
 * Checks texts. A name that two models have is wrong, too, as is a text without a model.
 * @param said What a user says of all models.
 */
export function* checkTexts(
  texts: readonly ModelText[],
  said?: SaidOfModels,
): Steps<CheckedText[]> {
  const checked: CheckedText[] = [];
  /** Names of models, with the files that they are in. */
  const taken = new Map<string, string | undefined>();
  for (const one of texts) {
    const problems = new Problems();
    const models = yield* checkInSteps(one.text, problems, { file: one.file, taken, said });
    checked.push({ ...one, models, problems });
    if (models.length === 0 && !problems.hasErrors) {
      const start = { line: 1, column: 1 };
      problems.error({ start, end: start }, 'There is no model in this text.');
    }
  }
  return checked;
}

interface OfModel {
  readonly model: CheckedModel;
}

/** The models of texts, and what they were compiled to. */
export interface CompiledTexts {
  readonly neurons: readonly (CompiledModel & OfModel)[];
  readonly synapses: readonly (CompiledSynapse & OfModel)[];
}

/**
 * The models of checked texts that have no errors; what is found in compiling is told, too.
 * @param resolution Of the kernel, in ms.
 */
export function* compileTexts(
  texts: readonly CheckedText[],
  resolution: number,
): Steps<CompiledTexts> {
  const neurons: (CompiledModel & OfModel)[] = [];
  const synapses: (CompiledSynapse & OfModel)[] = [];
  for (const { models, text } of texts) {
    for (const model of models) {
      if (model.kind === 'neuron') {
        const compiled = yield* compileInSteps(model, text, resolution);
        if (compiled !== undefined) neurons.push({ model, ...compiled });
      } else {
        const roles = synapseRoles(model, model.said);
        const compiled = roles && (yield* synapseInSteps(model, roles, text));
        if (compiled !== undefined) synapses.push({ model, ...compiled });
      }
      yield;
    }
  }
  return { neurons, synapses };
}

export const hasErrors = (texts: readonly CheckedText[]): boolean =>
  texts.some(({ problems }) => problems.hasErrors);
