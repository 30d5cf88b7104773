import type { Model } from './syntax';

/** What a model is: the language itself does not say it. */
export const modelKinds = ['neuron', 'synapse'] as const;
export type ModelKind = (typeof modelKinds)[number];

/**
 * Whether a model is a neuron or a synapse: as it is said, else by the word in front of its name, which
 * NESTML 5 to 7 has, else a synapse where its name ends so.
 * @param said What a user says of it.
 */
export function kindOf({ keyword, name }: Model, said?: ModelKind): ModelKind {
  if (said !== undefined) return said;
  if (keyword !== 'model') return keyword;
  return name.text.endsWith('synapse') ? 'synapse' : 'neuron';
}
