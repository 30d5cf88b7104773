// Networks of stdp_reward_synapse and stdp_reward_tsodyks2_synapse that are changed while spikes and
// rewards are under way, against all synapses at every event.
import { Program } from './stdp-reward-program';

// Threads that have to wait for processors are slow.
jest.setTimeout(120_000);

test.each(Array.from({ length: 10 }, (_, i) => i + 1))('random program %d', (seed) => {
  const program = new Program(seed, 2500, () => 1 + (seed % 3));
  program.run(40);
  expect(program.compared).toBeGreaterThan(300);
  program.kernel.dispose();
});
