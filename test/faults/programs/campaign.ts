// Lets memory run out at the k-th allocation of calls, for several k or every one, and reports what
// was not as it should be: node campaign.js <library> <every | number of k> <seed> <operation> …
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { type Kernel, TegmentaError } from '../../../lib';
import { Draws } from '../../fuzz/draws';
import { type Failing, loadFailing } from './failing';
import { type Operation, operations, type Subject } from './operations';

export interface Outcome {
  operation: string;
  allocations: number;
  tried: number;
  failed: number;
  faults: string[];
}

/** Models whose defaults operations change. */
const MODELS = ['iaf_psc_exp', 'spike_generator', 'stdp_synapse', 'stdp_dopamine_synapse', 'dopa'];

/** A text for each part of what can be read from a kernel. */
function stateOf(kernel: Kernel, synapses: boolean): Record<string, string> {
  const state: Record<string, string> = {};
  if (synapses) {
    const all = kernel.GetConnections();
    const keys = ['source', 'target', 'synapse_model', 'weight', 'delay'];
    state.synapses = text(keys.map((key) => all.get(key)));
  }
  for (const [key, value] of Object.entries(kernel.GetKernelStatus())) {
    if (!/^(memory_|visits)/.test(key)) state[key] = text(value);
  }
  const known = new Set([...kernel.node_models, ...kernel.synapse_models]);
  const nodes = kernel.GetNodes();
  const models = (nodes.length > 0 ? [nodes.get('model')].flat() : []) as string[];
  for (const model of new Set(models)) {
    // It hears of weights under way as soon as synapses are looked at.
    if (!synapses && model === 'weight_recorder') continue;
    state[`nodes of ${model}`] = text(nodes.pick(models.map((x) => x === model)).get());
  }
  for (const model of MODELS.filter((name) => known.has(name))) {
    state[`defaults of ${model}`] = text(kernel.GetDefaults(model));
  }
  return state;
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, x: unknown) => {
    if (ArrayBuffer.isView(x)) {
      const bytes = new Uint8Array(x.buffer, x.byteOffset, x.byteLength);
      return `${String(x.byteLength)} bytes, ${createHash('sha1').update(bytes).digest('hex')}`;
    }
    return Object.is(x, -0) ? '-0' : typeof x === 'number' ? String(x) : x;
  });

function differences(a: Record<string, string>, b: Record<string, string>): string[] {
  return Object.keys({ ...a, ...b })
    .filter((key) => a[key] !== b[key])
    .map((key) => `${key}: ${String(a[key]).slice(0, 90)} → ${String(b[key]).slice(0, 90)}`);
}

/** Some k of 0 … n − 1: one in each of `count` equal parts. */
function chosen(n: number, count: number, d: Draws): number[] {
  if (n <= count) return Array.from({ length: n }, (_, i) => i);
  return d.list(count, (i) => Math.floor(((i + d.number()) * n) / count));
}

/** The state a little later, in which everything before shows. */
function endOf({ kernel }: Subject): Record<string, string> {
  if (kernel.GetKernelStatus('prepared')) kernel.Cleanup();
  kernel.SimulateSync(5);
  return stateOf(kernel, true);
}

async function failAt(
  failing: Failing,
  { subject, call, until, laysOut = false }: Operation,
  k: number,
  want: Record<string, string>,
): Promise<{ failed: boolean; faults: string[] }> {
  const on = subject();
  const before = stateOf(on.kernel, !laysOut);
  failing.arm('memory', k, false);
  let error: Error | undefined;
  try {
    await call(on);
  } catch (thrown) {
    error = thrown as Error;
  }
  const failed = failing.disarm().failed > 0;
  const faults: string[] = [];
  try {
    if (error) {
      const typed = error instanceof TegmentaError && error.name === 'OutOfMemory';
      if (!typed) faults.push(`another error: ${error.name} ${error.message}`);
      const changed = differences(before, stateOf(on.kernel, !laysOut));
      const advanced = changed.some((x) => x.startsWith('biological_time'));
      if (changed.length > 0 && !(until && advanced)) faults.push(`changed ${changed[0] ?? ''}`);
      if (!advanced || on.kernel.GetKernelStatus('biological_time') !== until) await call(on);
    }
    const different = differences(want, endOf(on));
    if (different.length > 0) faults.push(`differs afterwards: ${different[0] ?? ''}`);
  } catch (thrown) {
    faults.push(`fails afterwards: ${String(thrown)}`);
  }
  on.kernel.dispose();
  return { failed, faults };
}

async function campaign(failing: Failing, name: string, count: number, d: Draws): Promise<Outcome> {
  const operation = operations[name];
  if (!operation) throw new Error(`no operation ${name}`);
  const reference = operation.subject();
  stateOf(reference.kernel, !operation.laysOut);
  failing.arm('memory', Number.MAX_SAFE_INTEGER, false);
  await operation.call(reference);
  const { counted } = failing.disarm();
  const want = endOf(reference);
  reference.kernel.dispose();
  const outcome: Outcome = {
    operation: name,
    allocations: counted,
    tried: 0,
    failed: 0,
    faults: [],
  };
  for (const k of chosen(counted, count, d)) {
    // Where a crash ends the process, this is what it was.
    writeSync(2, `${name}: allocation ${String(k)} of ${String(counted)}\n`);
    const { failed, faults } = await failAt(failing, operation, k, want);
    outcome.tried++;
    if (failed) outcome.failed++;
    outcome.faults.push(...faults.map((fault) => `k = ${String(k)}: ${fault}`));
  }
  return outcome;
}

async function main(): Promise<void> {
  const [library = '', count = '20', seed = '0', ...names] = process.argv.slice(2);
  const failing = loadFailing(library);
  const d = new Draws(Number(seed));
  for (const name of names.length > 0 ? names : Object.keys(operations)) {
    const each = count === 'every' ? Infinity : Number(count);
    writeSync(1, `${JSON.stringify(await campaign(failing, name, each, d))}\n`);
  }
}

void main();
