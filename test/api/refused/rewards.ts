import { type Network, type RefusedCall, wrong } from './network';

/** Adds synapses of both rules of reward in continuous time, and spikes that reach their reward. */
function rewarded(network: Network) {
  const { kernel, alpha, parrots } = network;
  const transmitter = kernel.Create('reward_transmitter', { A_1: 0.01, pulse: 0.1, kappa_plus: 1 });
  const bounds = { Wmin: 0, Wmax: 10, weight: 5, reward_transmitter: transmitter };
  kernel.CopyModel('stdp_reward_synapse', 'rewarded', bounds);
  kernel.CopyModel('stdp_reward_tsodyks2_synapse', 'releasing', bounds);
  for (const synapse_model of ['rewarded', 'releasing']) {
    kernel.Connect(parrots, alpha, 'all_to_all', { synapse_model, weight: 3 });
  }
  for (const receptor_type of [0, 1, 2]) {
    kernel.Connect(parrots, transmitter, 'all_to_all', { receptor_type });
  }
  kernel.SimulateSync(3);
  return { ...network, transmitter };
}

export { rewarded as addRewards };

export type RefusedRewardCall = Omit<RefusedCall, 'call'> & {
  readonly call: (network: ReturnType<typeof rewarded>) => unknown;
};

const model = 'reward_transmitter';

/** A parameter that is refused for its range. */
const outOfRange = (parameter: string, value: number, allowed: string): RefusedRewardCall => ({
  title: `${parameter} of ${value} for a reward_transmitter`,
  call: ({ transmitter }) => {
    transmitter.set(wrong({ [parameter]: value }));
  },
  error: 'BadProperty',
  message: `${parameter} of ${model} must be ${allowed}, got ${value}.`,
  fields: { model, parameter, value, allowed, node: 21 },
});

/** The same of a synapse model. */
const outOfRule = (
  synapse_model: string,
  parameter: string,
  value: number,
  allowed: string,
): RefusedRewardCall => ({
  title: `${parameter} of ${value} for ${synapse_model}`,
  call: ({ kernel }) => {
    kernel.SetDefaults(synapse_model, { [parameter]: value });
  },
  error: 'BadProperty',
  message: `${parameter} of ${synapse_model} must be ${allowed}, got ${value}.`,
  fields: { model: synapse_model, parameter, value, allowed },
});

const positive = 'finite and > 0';
const notNegative = 'finite and ≥ 0';
const any = 'a finite number';

export const calls: readonly RefusedRewardCall[] = [
  ...['tau_1', 'tau_2', 'tau_kappa_1', 'tau_kappa_2'].flatMap((name) => [
    outOfRange(name, 0, positive),
    outOfRange(name, Infinity, positive),
  ]),
  ...['kappa_gap', 'kappa_window', 'kappa_delay'].map((name) => outOfRange(name, -1, notNegative)),
  ...['A_1', 'A_2', 'pulse', 'kappa_plus', 'kappa_minus', 'kappa_shift'].map((name) =>
    outOfRange(name, NaN, any),
  ),
  {
    title: 'a time as order to forget',
    call: ({ transmitter }) => transmitter.set(wrong({ clear: 3 })),
    error: 'TypeMismatch',
    message: 'clear of reward_transmitter must be a boolean, got a number.',
    fields: { model, parameter: 'clear' },
  },
  ...[3, -1].map((receptor_type): RefusedRewardCall => ({
    title: `receptor ${receptor_type} of a reward_transmitter`,
    call: ({ kernel, alpha, transmitter }) => {
      kernel.Connect(alpha, transmitter, 'all_to_all', { receptor_type });
    },
    error: 'UnknownReceptorType',
    message: `receptor_type of ${model} must be 0 to 2, got ${receptor_type}.`,
    fields: { model, parameter: 'receptor_type', value: receptor_type, allowed: '0 to 2' },
  })),
  {
    title: 'a generator of spikes before a reward_transmitter',
    call: ({ kernel, stimulus, transmitter }) => {
      kernel.Connect(stimulus, transmitter);
    },
    error: 'IllegalConnection',
    message:
      'spike_generator cannot drive a reward_transmitter directly; put a parrot_neuron in between.',
    fields: { model: 'spike_generator' },
  },
  {
    title: 'a Poisson generator before a reward_transmitter',
    call: ({ kernel, noise, transmitter }) => {
      kernel.Connect(noise, transmitter);
    },
    error: 'IllegalConnection',
    message:
      'poisson_generator cannot drive a reward_transmitter directly; put a parrot_neuron in between.',
    fields: { model: 'poisson_generator' },
  },
  {
    title: 'a current into a reward_transmitter',
    call: ({ kernel, dc, transmitter }) => {
      kernel.Connect(dc, transmitter);
    },
    error: 'IllegalConnection',
    message: 'reward_transmitter receives spikes of neurons only.',
    fields: { model: 'dc_generator' },
  },
  {
    title: 'a reward_transmitter as source',
    call: ({ kernel, alpha, transmitter }) => {
      kernel.Connect(transmitter, alpha);
    },
    error: 'IllegalConnection',
    message:
      'A reward_transmitter sends no spikes; give it to a synapse model, CopyModel(model, name, { reward_transmitter }).',
    fields: { model },
  },
  ...['stdp_synapse', 'rewarded', 'tsodyks2_synapse'].map((synapse_model): RefusedRewardCall => ({
    title: `${synapse_model} to a reward_transmitter`,
    call: ({ kernel, alpha, transmitter }) => {
      kernel.Connect(alpha, transmitter, 'all_to_all', { synapse_model });
    },
    error: 'IllegalConnection',
    message: `${synapse_model} connects neurons only, not iaf_psc_alpha to ${model}.`,
    fields: {},
  })),
  ...['stdp_reward_synapse', 'stdp_reward_tsodyks2_synapse'].flatMap(
    (rule): RefusedRewardCall[] => [
      {
        title: `${rule} without a transmitter`,
        call: ({ kernel, parrots, alpha }) => {
          kernel.Connect(parrots, alpha, 'all_to_all', { synapse_model: rule });
        },
        error: 'BadProperty',
        message: `No reward_transmitter has been assigned to ${rule}; set it with SetDefaults or CopyModel.`,
        fields: { model: rule, parameter: 'reward_transmitter' },
      },
      outOfRule(rule, 'tau_plus', 0, positive),
      outOfRule(rule, 'tau_c', -1, positive),
      outOfRule(rule, 'gap', -0.1, notNegative),
      outOfRule(rule, 'mu_plus', -1, notNegative),
      outOfRule(rule, 'mu_minus', -1, notNegative),
      outOfRule(rule, 'w_0', 0, positive),
      outOfRule(rule, 'learning_rate', NaN, any),
      outOfRule(rule, 'Wmin', 300, '≤ Wmax (200)'),
      {
        title: `powers of negative weights of ${rule}`,
        call: ({ kernel }) => {
          kernel.SetDefaults(rule, { mu_plus: 0.4, Wmin: -1 });
        },
        error: 'BadProperty',
        message: `Wmin of ${rule} must be ≥ 0 where mu_plus or mu_minus is set, got -1.`,
        fields: { model: rule, parameter: 'Wmin', value: -1 },
      },
      {
        title: `a number as alpha_kernel of ${rule}`,
        call: ({ kernel }) => {
          kernel.SetDefaults(rule, wrong({ alpha_kernel: 0.5 }));
        },
        error: 'TypeMismatch',
        message: `alpha_kernel of ${rule} must be a boolean, got a number.`,
        fields: { model: rule, parameter: 'alpha_kernel' },
      },
      {
        title: `a synapse of its own tau_c of ${rule}`,
        call: ({ kernel, parrots, alpha }) => {
          kernel.Connect(parrots, alpha, 'all_to_all', { synapse_model: rule, tau_c: 5 } as never);
        },
        error: 'NotImplemented',
        message: `tau_c of ${rule} belongs to the model; set it with SetDefaults or CopyModel, not in Connect.`,
        fields: {},
      },
    ],
  ),
  ...['rewarded', 'releasing'].map((synapse_model): RefusedRewardCall => ({
    title: `no transmitter for synapses of ${synapse_model}`,
    call: ({ kernel, alpha }) => {
      kernel.SetDefaults(synapse_model, { reward_transmitter: alpha.slice(0, 0) });
    },
    error: 'BadProperty',
    message: `${synapse_model} has synapses, which need a reward_transmitter.`,
    fields: { model: synapse_model, parameter: 'reward_transmitter' },
  })),
  {
    title: 'more than all resources',
    call: ({ kernel }) => {
      kernel.GetConnections({ synapse_model: 'releasing' }).set({ x: 1.5 });
    },
    error: 'BadProperty',
    message: 'x of releasing must be in [0, 1], got 1.5.',
    fields: { model: 'releasing', parameter: 'x', value: 1.5, allowed: 'in [0, 1]' },
  },
  {
    title: 'short-term dynamics of synapses without',
    call: ({ kernel }) => {
      kernel.GetConnections({ synapse_model: 'rewarded' }).set(wrong({ u: 0.5 }));
    },
    error: 'UnaccessedDictionaryEntry',
    message: "rewarded has no settable parameter 'u'; known: weight, delay, c, g.",
    fields: {},
  },
];
