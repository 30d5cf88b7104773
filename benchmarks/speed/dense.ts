import { medianOf } from '../../lib/statistics';
import { setImmediate } from 'node:timers/promises';
import { MSTDPETSynapse, REINFORCESynapse, TraceSTDPSynapse } from '../../lib';
import { defineExperiment } from '../../lib/cli/experiment';

/** Part of the inputs and outputs that fire in a step. */
const ACTIVE = 0.1;

/** What a step of the dense cables costs, calls included, on one thread. */
export const dense = defineExperiment({
  name: 'speed/dense',
  summary: 'steps of dense cables: MSTDPETSynapse, TraceSTDPSynapse, REINFORCESynapse',
  reference: `a tenth of the inputs and outputs fires; tau_elg 25 ms, batch of one`,
  defaultTime: 100,
  resolution: 1,
  options: {
    inputs: {
      kind: 'number',
      description: 'inputs of every cable',
      unit: 'n',
      default: 1000,
      min: 1,
      max: 100_000,
      step: 1,
    },
    outputs: {
      kind: 'number',
      description: 'outputs of every cable',
      unit: 'n',
      default: 1000,
      min: 1,
      max: 100_000,
      step: 1,
    },
  },

  async run({ time, seed, options, signal, progress }) {
    const { inputs, outputs } = options;
    const spikes = (n: number): Float64Array =>
      Float64Array.from({ length: n }, (_, k) => (k % (1 / ACTIVE) === 0 ? 1 : 0));
    const stdp = { shape: [inputs, outputs], A_plus: 0.01, A_minus: 0.01, seed } as const;
    const modulated = new MSTDPETSynapse({ ...stdp, tau_elg: 25 });
    const plain = new TraceSTDPSynapse({ ...stdp, eta: 0.01 });
    for (const synapse of [modulated, plain]) {
      synapse.inputs = synapse.preSpike = spikes(inputs);
      synapse.postSpike = spikes(outputs);
      synapse.preTrace = synapse.postTrace = 0.3;
    }
    modulated.modulator = 0.1;
    const policy = new REINFORCESynapse({ shape: [inputs, outputs], act_fx: 'tanh', seed });
    policy.inputs = 0.1;
    policy.rewards = 0.1;
    const steps: [key: string, label: string, step: () => void][] = [
      ['mstdpet_evolve', 'MSTDPETSynapse.evolve', () => modulated.evolve()],
      ['mstdpet_advance', 'MSTDPETSynapse.advance', () => modulated.advance()],
      ['trace_stdp_evolve', 'TraceSTDPSynapse.evolve', () => plain.evolve()],
      ['reinforce_advance', 'REINFORCESynapse.advance', () => policy.advance()],
      ['reinforce_evolve', 'REINFORCESynapse.evolve', () => policy.evolve()],
    ];
    const quantities = [];
    for (const [key, label, step] of steps) {
      progress(label, 0);
      const walls: number[] = [];
      step(); // the first touches memory that no one has used
      while (walls.length < time && !signal.aborted) {
        const startedAt = performance.now();
        step();
        walls.push(performance.now() - startedAt);
      }
      quantities.push({ key, label, unit: 'ms', ...medianOf(walls) });
      // Lets an interruption through.
      await setImmediate();
    }
    return {
      parameters: { inputs, outputs, active: ACTIVE },
      quantities,
      figures: [],
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
    };
  },
});
