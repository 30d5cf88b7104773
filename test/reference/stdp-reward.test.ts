// stdp_reward_synapse and stdp_reward_tsodyks2_synapse against closed forms.
import { build, simulate } from '../property/stdp-reward-network';
import { closedForms, errorOf } from './stdp-reward-closed-forms';

test.each(closedForms)('%s', (_name, closedForm) => {
  const network = build(closedForm.plan);
  const { sent, states } = simulate(network);
  const own = { sent: sent[0]!, states: states.map(([only]) => only!) };
  expect(errorOf(closedForm, own)).toBeLessThanOrEqual(1e-12);
  network.kernel.dispose();
});
