import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const shipped = path.join(__dirname, '..', '..', 'benchmarks', 'experiments', 'nestml');

/** The file of a synapse: one that is shipped, or one of these tests. */
export function synapseFile(name: string): string {
  const file = path.join(shipped, `${name}.nestml`);
  return existsSync(file) ? file : path.join(__dirname, 'synapses', `${name}.nestml`);
}

export const synapseText = (name: string): string => readFileSync(synapseFile(name), 'utf8');
