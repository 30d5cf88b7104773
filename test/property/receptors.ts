// How neurons of any model are sent spikes: those with ports have receptors from 1 on, and take no
// negative weights.
import { models } from '../../lib/registry';

const hasPorts = (model: string): boolean =>
  models.get(model)?.parameters.some(({ name }) => name === 'n_receptors') ?? false;

/** Of connections to neurons of a model: their first receptor. */
export const firstReceptor = (model: string): { receptor_type?: number } =>
  hasPorts(model) ? { receptor_type: 1 } : {};

/** The same, and a weight that they take. */
export function toFirst<W extends number | number[]>(model: string, weight: W) {
  if (!hasPorts(model)) return { weight };
  const taken = Array.isArray(weight) ? weight.map(Math.abs) : Math.abs(weight);
  return { weight: taken as W, receptor_type: 1 };
}
