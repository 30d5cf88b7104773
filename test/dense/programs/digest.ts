import { createHash } from 'node:crypto';
import {
  LIFCell,
  MSTDPETSynapse,
  REINFORCESynapse,
  TraceSTDPSynapse,
  VarTrace,
  type MSTDPETOptions,
} from '../../../lib';

// Prints a digest of what all dense components compute at this process's instruction-set level.

const hash = createHash('sha256');
const digest = (...arrays: Float64Array[]): void => {
  for (const values of arrays) hash.update(values);
};

function run(options: Partial<MSTDPETOptions>): void {
  const shape = [37, 29] as const;
  const common = { shape, A_plus: 0.3, A_minus: 0.25, seed: 5, batch_size: 2, p_conn: 0.8 };
  const modulated = new MSTDPETSynapse({ ...common, tau_elg: 25, tau_w: 100, ...options });
  const plain = new TraceSTDPSynapse({ ...common, eta: 0.01, ...options });
  const pre = new VarTrace({ n_units: 37, batch_size: 2, tau_tr: 20, a_delta: 1 });
  const post = new VarTrace({ n_units: 29, batch_size: 2, tau_tr: 30, a_delta: 0.7 });
  const cells = new LIFCell({ n_units: 29, batch_size: 2, tau_m: 8, one_spike: true });
  for (let step = 0; step < 60; step++) {
    pre.inputs = Float64Array.from({ length: 74 }, (_, j) => ((j * 7 + step * 5) % 11 < 3 ? 1 : 0));
    pre.advance(0.5);
    modulated.inputs = pre.inputs;
    modulated.advance();
    cells.j = modulated.outputs.map((x) => 40 * x);
    cells.advance(0.5);
    post.inputs = cells.s;
    post.advance(0.5);
    for (const synapse of [modulated, plain]) {
      synapse.preSpike = pre.inputs;
      synapse.postSpike = cells.s;
      synapse.preTrace = pre.trace;
      synapse.postTrace = post.trace;
    }
    modulated.modulator = [Math.cos(step), 0.3];
    modulated.evolve(0.5);
    plain.evolve();
    digest(cells.v, cells.s, modulated.outputs);
  }
  digest(modulated.weights, modulated.eligibility, modulated.dWeights);
  digest(plain.weights, plain.dWeights, cells.thr_theta, pre.trace, post.trace);
}

run({});
run({ mu: 0.6 });

for (const mu_act_fx of ['tanh', 'softmax', 'gelu', 'telu', 'softplus', 'sine'] as const) {
  const cable = new REINFORCESynapse({
    shape: [11, 5],
    batch_size: 3,
    act_fx: 'sigmoid',
    mu_act_fx,
    eta: 5,
  });
  for (let step = 0; step < 20; step++) {
    cable.inputs = Float64Array.from({ length: 33 }, (_, j) => ((j * 13 + step) % 17) / 8 - 1);
    cable.advance();
    cable.rewards = cable.outputs.slice(0, 3);
    cable.evolve();
  }
  digest(cable.weights, cable.outputs, cable.dWeights, cable.accumulated_gradients);
  hash.update(String(cable.objective));
}

console.log(hash.digest('hex'));
