import { MSTDPETSynapse, REINFORCESynapse, RewardErrorCell, VarTrace, LIFCell } from '../../../lib';

// Prints by how much the heap and all memory grow at least over many steps of dense components, in bytes.
// Needs --expose-gc.

declare const gc: () => void;

const synapse = new MSTDPETSynapse({ shape: [100, 20], A_plus: 0.1, A_minus: 0.1, tau_elg: 20 });
const trace = new VarTrace({ n_units: 100, tau_tr: 20, a_delta: 1 });
const cells = new LIFCell({ n_units: 20, tau_m: 10 });
const error = new RewardErrorCell({ alpha: 0.1 });
const policy = new REINFORCESynapse({ shape: [100, 2], batch_size: 4 });
const spikes = Float64Array.from({ length: 100 }, (_, j) => (j % 9 === 0 ? 1 : 0));

function steps(n: number): void {
  for (let k = 0; k < n; k++) {
    trace.inputs = spikes;
    trace.advance();
    synapse.inputs = spikes;
    synapse.advance();
    cells.j = synapse.outputs;
    cells.advance();
    error.reward = k % 5;
    error.advance();
    synapse.preSpike = spikes;
    synapse.postSpike = cells.s;
    synapse.preTrace = trace.trace;
    synapse.postTrace = 0.1;
    synapse.modulator = error.rpe;
    synapse.evolve();
    policy.advance();
    policy.evolve();
  }
}

const used = (): number => {
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

// Compiled code and the like may come at any time, once; what leaks comes every time.
steps(2000);
const grown = Array.from({ length: 3 }, () => {
  const before = used();
  steps(20_000);
  return used() - before;
});
console.log(JSON.stringify({ grown: Math.min(...grown) }));
