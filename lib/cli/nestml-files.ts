import { TegmentaError } from '../errors';
import { textOfFile } from '../model-sources';
import type { NativeModelDescription } from '../native';
import {
  type CheckedText,
  checkTexts,
  type CompiledTexts,
  compileTexts,
} from '../nestml/compiled-texts';
import { descriptionOf } from '../nestml/compiler/descriptions';
import { portNumbers } from '../nestml/ports';
import type { SaidOfModels } from '../nestml/said';
import { inTurns } from '../nestml/steps';
import { type ModelSummary, summaryOf } from '../nestml/summary';
import { Session } from '../session';
import { type SynapseDocument, synapseDocument } from './nestml-synapses';

// Files of models, as the command reads them: all that LoadModel would refuse is told.

/** A neuron that can be loaded. */
export interface LoadedModel {
  /** As of a built-in model. */
  readonly description: NativeModelDescription;
  readonly summary: ModelSummary;
  /** Of its values that are maps. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

export interface CheckedFile extends CheckedText {
  readonly file: string;
  /** Its neurons; none where it has errors. */
  readonly loaded: readonly LoadedModel[];
  /** Its synapses, likewise. */
  readonly synapses: readonly SynapseDocument[];
}

type CompiledNeuron = CompiledTexts['neurons'][number];

/**
 * Reads files, each for itself.
 * @param said What a user says of all models.
 * @throws IOError, BadParameterValue
 */
export async function checkedFiles(
  files: readonly string[],
  said?: SaidOfModels,
): Promise<CheckedFile[]> {
  const checked: CheckedFile[] = [];
  for (const file of files) {
    const [text] = await inTurns(checkTexts([await textOfFile('nestml', file)], said));
    checked.push({ ...text!, file, ...(await loadedOf(text!)) });
  }
  return checked;
}

async function loadedOf(text: CheckedText): Promise<Pick<CheckedFile, 'loaded' | 'synapses'>> {
  const nothing = { loaded: [], synapses: [] };
  if (text.problems.hasErrors) return nothing;
  const session = new Session();
  try {
    const { neurons, synapses } = await inTurns(compileTexts([text], session.resolution));
    if (text.problems.hasErrors) return nothing;
    const loaded = neurons.flatMap((neuron) => {
      if (!isLoaded(session, neuron)) return [];
      const declared = session.native.nodeModel(neuron.model.text.name.text);
      const said = descriptionOf(neuron.model, text.text);
      const description = { ...withGuards(declared, neuron), ...(said && { summary: said }) };
      return [{ description, summary: summaryOf(neuron), keys: keysOf(neuron) }];
    });
    const known = synapses.filter((one) => isLoaded(session, one));
    return { loaded, synapses: known.map((one) => synapseDocument(one)) };
  } finally {
    session.dispose();
  }
}

/** By which names connections reach the ports of a model. */
function keysOf({ model }: CompiledNeuron): LoadedModel['keys'] {
  const { receptors, currents } = portNumbers(model);
  return {
    receptor_types: receptors.flatMap(({ names }) => names),
    continuous_inputs: currents.map(({ name }) => name),
  };
}

/** The core takes any number for a parameter of a text, and asks its guards. */
function withGuards(
  model: NativeModelDescription,
  { declared: { parameters, guards } }: CompiledNeuron,
): NativeModelDescription {
  const own = new Set(parameters.map(({ name }) => name));
  const texts = new Map(guards.map(({ parameter, text }) => [parameters[parameter]!.name, text]));
  return {
    ...model,
    parameters: model.parameters.map((parameter) => {
      const { name, allowed } = parameter;
      if (!own.has(name)) return parameter;
      return { ...parameter, allowed: texts.get(name) ?? allowed, infinity: 0 };
    }),
  };
}

/** What the core refuses, as a default that a guard excludes, is told at the name of the model. */
function isLoaded(
  session: Session,
  { model, code }: Pick<CompiledNeuron, 'model' | 'code'>,
): boolean {
  const [neurons, synapses] = model.kind === 'neuron' ? [[code], []] : [[], [code]];
  try {
    session.loadModels(neurons, synapses, true);
    return true;
  } catch (error) {
    if (!(error instanceof TegmentaError)) throw error;
    model.problems.error(model.text.name, error.message);
    return false;
  }
}
