import { Kernel, random } from '../../../lib';
import { type RefusedCall, wrong } from './network';

export const calls: readonly RefusedCall[] = [
  {
    title: 'a recorder as source',
    call: ({ kernel, recorder, alpha }) => kernel.Connect(recorder, alpha),
    error: 'IllegalConnection',
    message: 'spike_recorder sends no output; connect the nodes to be recorded to it.',
    fields: { model: 'spike_recorder' },
  },
  {
    title: 'a multimeter as target',
    call: ({ kernel, meter, alpha }) => kernel.Connect(alpha, meter),
    error: 'IllegalConnection',
    message: 'multimeter cannot be a target; connect it to the nodes: Connect(multimeter, nodes).',
    fields: { model: 'multimeter' },
  },
  {
    title: 'a generator as target',
    call: ({ kernel, noise, alpha }) => kernel.Connect(alpha, noise),
    error: 'IllegalConnection',
    message: 'poisson_generator receives no input from iaf_psc_alpha.',
    fields: { model: 'poisson_generator' },
  },
  {
    title: 'currents to a recorder',
    call: ({ kernel, dc, recorder }) => kernel.Connect(dc, recorder),
    error: 'IllegalConnection',
    message: 'dc_generator sends currents, which spike_recorder cannot record.',
    fields: { model: 'dc_generator' },
  },
  {
    title: 'currents to parrots',
    call: ({ kernel, dc, parrots }) => kernel.Connect(dc, parrots),
    error: 'IllegalConnection',
    message: 'parrot_neuron does not accept currents.',
    fields: { model: 'parrot_neuron' },
  },
  {
    title: 'a recorder among sources of several kinds',
    call: ({ kernel, alpha, noise, recorder }) =>
      kernel.Connect(alpha.concat(noise).concat(recorder), alpha),
    error: 'IllegalConnection',
    message:
      'spike_recorder sends no output; connect the nodes to be recorded to it. It is about the part from spike_recorder to iaf_psc_alpha; nothing was connected.',
    fields: { model: 'spike_recorder', source: 19, target: 1 },
  },
  {
    title: 'a generator among targets of several kinds',
    call: ({ kernel, alpha, noise, recorder }) =>
      kernel.Connect(alpha, alpha.concat(noise).concat(recorder)),
    error: 'IllegalConnection',
    message:
      'poisson_generator receives no input from iaf_psc_alpha. It is about the part from iaf_psc_alpha to poisson_generator; nothing was connected.',
    fields: { model: 'poisson_generator', source: 1, target: 15 },
  },
  {
    title: 'no sources',
    call: ({ kernel, alpha }) => kernel.Connect(alpha.slice(2, 2), alpha),
    error: 'IllegalConnection',
    message: 'Connect needs at least one source; the collection is empty.',
    fields: {},
  },
  {
    title: 'no targets',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha.slice(2, 2)),
    error: 'IllegalConnection',
    message: 'Connect needs at least one target; the collection is empty.',
    fields: {},
  },
  {
    title: 'an empty list of IDs',
    call: ({ kernel, alpha }) => kernel.Connect([], alpha),
    error: 'IllegalConnection',
    message: 'Connect needs at least one source; the collection is empty.',
    fields: {},
  },
  {
    title: 'an ID that does not exist',
    call: ({ kernel, alpha }) => kernel.Connect([1, 999], alpha),
    error: 'UnknownNode',
    message: 'There is no node 999; there are 20 nodes.',
    fields: { node: 999 },
  },
  {
    title: 'an ID of 0',
    call: ({ kernel, alpha }) => kernel.Connect([0, 1], alpha),
    error: 'TypeMismatch',
    message: 'pre[0] must be a node ID (integer ≥ 1), got 0.',
    fields: { parameter: 'pre[0]', expected: 'a node ID (integer ≥ 1)', given: 'number', value: 0 },
  },
  {
    title: 'a negative ID',
    call: ({ kernel, alpha }) => kernel.Connect([-1], alpha),
    error: 'TypeMismatch',
    message: 'pre[0] must be a node ID (integer ≥ 1), got -1.',
    fields: {
      parameter: 'pre[0]',
      expected: 'a node ID (integer ≥ 1)',
      given: 'number',
      value: -1,
    },
  },
  {
    title: 'half an ID',
    call: ({ kernel, alpha }) => kernel.Connect([1.5], alpha),
    error: 'TypeMismatch',
    message: 'pre[0] must be a node ID (integer ≥ 1), got 1.5.',
    fields: {
      parameter: 'pre[0]',
      expected: 'a node ID (integer ≥ 1)',
      given: 'number',
      value: 1.5,
    },
  },
  {
    title: 'an ID of NaN',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, [NaN]),
    error: 'TypeMismatch',
    message: 'post[0] must be a node ID (integer ≥ 1), got NaN.',
    fields: {
      parameter: 'post[0]',
      expected: 'a node ID (integer ≥ 1)',
      given: 'number',
      value: NaN,
    },
  },
  {
    title: 'unsorted IDs',
    call: ({ kernel, alpha }) => kernel.Connect([2, 1], alpha),
    error: 'BadProperty',
    message: 'Node IDs must ascend without repeats, but 2 is followed by 1.',
    fields: { value: 1, expected: 'ascending IDs' },
  },
  {
    title: 'IDs that repeat',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, [1, 1]),
    error: 'BadProperty',
    message: 'Node IDs must ascend without repeats, but 1 is followed by 1.',
    fields: { value: 1, expected: 'ascending IDs' },
  },
  {
    title: 'a text as nodes',
    call: ({ kernel, alpha }) => kernel.Connect(wrong<number[]>('alpha'), alpha),
    error: 'TypeMismatch',
    message: 'pre must be a NodeCollection or an array of node IDs, got string.',
    fields: {
      parameter: 'pre',
      expected: 'a NodeCollection or an array of node IDs',
      given: 'string',
    },
  },
  {
    title: 'a single ID',
    call: ({ kernel, alpha }) => kernel.Connect(wrong<number[]>(1), alpha),
    error: 'TypeMismatch',
    message: 'pre must be a NodeCollection or an array of node IDs, got 1.',
    fields: {
      parameter: 'pre',
      expected: 'a NodeCollection or an array of node IDs',
      given: 'number',
      value: 1,
    },
  },
  {
    title: 'nodes of another kernel',
    call: ({ kernel, alpha }) => kernel.Connect(new Kernel().Create('iaf_psc_alpha', 3), alpha),
    error: 'InvalidNodeCollection',
    message: 'These nodes belong to another kernel.',
    fields: { expected: 'nodes of this kernel', given: 'nodes of another kernel' },
  },
  {
    title: 'an unknown rule',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, wrong<'one_to_one'>('all_to_one')),
    error: 'BadProperty',
    message: "There is no connection rule 'all_to_one'; did you mean 'all_to_all'?",
    fields: { rule: 'all_to_one', suggestion: 'all_to_all' },
  },
  {
    title: 'no rule',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, wrong({ indegree: 3 })),
    error: 'BadProperty',
    message: "conn_spec must name a rule, e.g. { rule: 'all_to_all' }.",
    fields: { parameter: 'rule', expected: 'a rule' },
  },
  {
    title: 'a number as rule',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, wrong<'one_to_one'>(3)),
    error: 'TypeMismatch',
    message: 'conn_spec must be the name of a rule or an object with a rule, got 3.',
    fields: {
      parameter: 'conn_spec',
      expected: 'the name of a rule or an object with a rule',
      given: 'number',
      value: 3,
    },
  },
  {
    title: 'a misspelt parameter of a rule',
    call: ({ kernel, alpha }) =>
      kernel.Connect(
        alpha,
        alpha,
        wrong({ rule: 'fixed_indegree', indegree: 2, allow_autapse: false }),
      ),
    error: 'UnaccessedDictionaryEntry',
    message: "fixed_indegree has no parameter 'allow_autapse'; did you mean 'allow_autapses'?",
    fields: { parameter: 'allow_autapse', suggestion: 'allow_autapses', rule: 'fixed_indegree' },
  },
  {
    title: 'a parameter of another rule',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, wrong({ rule: 'all_to_all', p: 0.1 })),
    error: 'UnaccessedDictionaryEntry',
    message:
      "all_to_all has no parameter 'p'; known: rule, allow_autapses, allow_multapses, make_symmetric.",
    fields: { parameter: 'p', rule: 'all_to_all' },
  },
  {
    title: 'a rule without its parameter',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, wrong({ rule: 'fixed_indegree' })),
    error: 'BadProperty',
    message: "The rule fixed_indegree needs the parameter 'indegree'.",
    fields: { parameter: 'indegree', rule: 'fixed_indegree' },
  },
  {
    title: 'a negative indegree',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'fixed_indegree', indegree: -1 }),
    error: 'BadProperty',
    message: 'indegree of fixed_indegree must be an integer in [0, 4294967295], got -1.',
    fields: {
      rule: 'fixed_indegree',
      parameter: 'indegree',
      value: -1,
      allowed: 'an integer in [0, 4294967295]',
    },
  },
  {
    title: 'half an indegree',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'fixed_indegree', indegree: 1.5 }),
    error: 'TypeMismatch',
    message: 'indegree of fixed_indegree must be an integer, got 1.5.',
    fields: { rule: 'fixed_indegree', parameter: 'indegree', value: 1.5, allowed: 'an integer' },
  },
  {
    title: 'an outdegree of NaN',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'fixed_outdegree', outdegree: NaN }),
    error: 'BadProperty',
    message: 'outdegree of fixed_outdegree must be a number, got NaN.',
    fields: { rule: 'fixed_outdegree', parameter: 'outdegree', value: NaN, allowed: 'a number' },
  },
  {
    title: 'a drawn indegree below 0',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'fixed_indegree', indegree: random.uniform(-9, -5) }),
    error: 'BadProperty',
    message: 'indegree of fixed_indegree must be in [0, 4294967295], got -6.',
    fields: {
      rule: 'fixed_indegree',
      parameter: 'indegree',
      value: -6,
      allowed: 'in [0, 4294967295]',
    },
  },
  {
    title: 'more sources than there are, without multapses',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, {
        rule: 'fixed_indegree',
        indegree: 11,
        allow_multapses: false,
      }),
    error: 'BadProperty',
    message: 'indegree of fixed_indegree must be ≤ 10 without multapses, got 11.',
    fields: {
      rule: 'fixed_indegree',
      parameter: 'indegree',
      value: 11,
      allowed: '≤ 10 without multapses',
    },
  },
  {
    title: 'more targets than there are, without autapses and multapses',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, {
        rule: 'fixed_outdegree',
        outdegree: 10,
        allow_autapses: false,
        allow_multapses: false,
      }),
    error: 'BadProperty',
    message: 'outdegree of fixed_outdegree must be ≤ 9 without multapses, got 10.',
    fields: {
      rule: 'fixed_outdegree',
      parameter: 'outdegree',
      value: 10,
      allowed: '≤ 9 without multapses',
    },
  },
  {
    title: 'a total number without multapses',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'fixed_total_number', N: 5, allow_multapses: false }),
    error: 'NotImplemented',
    message:
      'fixed_total_number cannot forbid multapses; use pairwise_bernoulli, or fixed_indegree with allow_multapses false.',
    fields: { parameter: 'allow_multapses' },
  },
  {
    title: 'a negative total number',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'fixed_total_number', N: -5 }),
    error: 'BadProperty',
    message: 'N of fixed_total_number must be an integer in [0, 9007199254740992], got -5.',
    fields: {
      rule: 'fixed_total_number',
      parameter: 'N',
      value: -5,
      allowed: 'an integer in [0, 9007199254740992]',
    },
  },
  {
    title: 'a probability above 1',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'pairwise_bernoulli', p: 1.5 }),
    error: 'BadProperty',
    message: 'p of pairwise_bernoulli must be in [0, 1], got 1.5.',
    fields: { rule: 'pairwise_bernoulli', parameter: 'p', value: 1.5, allowed: 'in [0, 1]' },
  },
  {
    title: 'a negative probability',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'pairwise_bernoulli', p: -0.1 }),
    error: 'BadProperty',
    message: 'p of pairwise_bernoulli must be in [0, 1], got -0.1.',
    fields: { rule: 'pairwise_bernoulli', parameter: 'p', value: -0.1, allowed: 'in [0, 1]' },
  },
  {
    title: 'a probability of NaN',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'pairwise_bernoulli', p: NaN }),
    error: 'BadProperty',
    message: 'p of pairwise_bernoulli must be a number, got NaN.',
    fields: { rule: 'pairwise_bernoulli', parameter: 'p', value: NaN, allowed: 'a number' },
  },
  {
    title: 'a drawn probability above 1',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'pairwise_bernoulli', p: random.uniform(2, 3) }),
    error: 'BadProperty',
    message: 'p of pairwise_bernoulli must be in [0, 1], got 2.0568297776965796.',
    fields: {
      rule: 'pairwise_bernoulli',
      parameter: 'p',
      value: 2.0568297776965796,
      allowed: 'in [0, 1]',
    },
  },
  {
    title: 'a negative mean number',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'pairwise_poisson', pairwise_avg_num_conns: -1 }),
    error: 'BadProperty',
    message: 'pairwise_avg_num_conns of pairwise_poisson must be in [0, 1000000000], got -1.',
    fields: {
      rule: 'pairwise_poisson',
      parameter: 'pairwise_avg_num_conns',
      value: -1,
      allowed: 'in [0, 1000000000]',
    },
  },
  {
    title: 'pairwise_poisson without multapses',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, {
        rule: 'pairwise_poisson',
        pairwise_avg_num_conns: 1,
        allow_multapses: false,
      } as never),
    error: 'BadProperty',
    message: 'allow_multapses of pairwise_poisson must be true, got false.',
    fields: {
      rule: 'pairwise_poisson',
      parameter: 'allow_multapses',
      value: false,
      allowed: 'true',
    },
  },
  {
    title: 'a symmetric rule with autapses',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, {
        rule: 'symmetric_pairwise_bernoulli',
        p: 0.5,
        make_symmetric: true,
      } as never),
    error: 'BadProperty',
    message: 'allow_autapses of symmetric_pairwise_bernoulli must be false, got true.',
    fields: {
      rule: 'symmetric_pairwise_bernoulli',
      parameter: 'allow_autapses',
      value: true,
      allowed: 'false',
    },
  },
  {
    title: 'a symmetric rule that is not made symmetric',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, {
        rule: 'symmetric_pairwise_bernoulli',
        p: 0.5,
        allow_autapses: false,
      } as never),
    error: 'BadProperty',
    message: 'make_symmetric of symmetric_pairwise_bernoulli must be true, got false.',
    fields: {
      rule: 'symmetric_pairwise_bernoulli',
      parameter: 'make_symmetric',
      value: false,
      allowed: 'true',
    },
  },
  {
    title: 'a symmetric rule with certainty',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, {
        rule: 'symmetric_pairwise_bernoulli',
        p: 1,
        allow_autapses: false,
        make_symmetric: true,
      }),
    error: 'BadProperty',
    message: 'p of symmetric_pairwise_bernoulli must be in [0, 1), got 1.',
    fields: {
      rule: 'symmetric_pairwise_bernoulli',
      parameter: 'p',
      value: 1,
      allowed: 'in [0, 1)',
    },
  },
  {
    title: 'make_symmetric with fixed_indegree',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, {
        rule: 'fixed_indegree',
        indegree: 2,
        make_symmetric: true,
      } as never),
    error: 'NotImplemented',
    message:
      'make_symmetric works with one_to_one, all_to_all and symmetric_pairwise_bernoulli, not with fixed_indegree.',
    fields: { parameter: 'make_symmetric' },
  },
  {
    title: 'make_symmetric with random weights',
    call: ({ kernel, alpha }) =>
      kernel.Connect(
        alpha,
        alpha,
        { rule: 'one_to_one', make_symmetric: true },
        { weight: random.uniform() },
      ),
    error: 'NotImplemented',
    message: 'make_symmetric cannot repeat random parameters; give numbers or arrays.',
    fields: { parameter: 'make_symmetric' },
  },
  {
    title: 'make_symmetric with a random parameter of plastic synapses',
    call: ({ kernel, alpha }) =>
      kernel.Connect(
        alpha,
        alpha,
        { rule: 'one_to_one', make_symmetric: true },
        { synapse_model: 'stdp_synapse', alpha: random.uniform() },
      ),
    error: 'NotImplemented',
    message: 'make_symmetric cannot repeat random parameters; give numbers or arrays.',
    fields: { parameter: 'make_symmetric' },
  },
  {
    title: 'make_symmetric with a random trace',
    call: ({ kernel, alpha }) =>
      kernel.Connect(
        alpha,
        alpha,
        { rule: 'all_to_all', make_symmetric: true },
        { synapse_model: 'stdp_synapse', Kplus: random.uniform() },
      ),
    error: 'NotImplemented',
    message: 'make_symmetric cannot repeat random parameters; give numbers or arrays.',
    fields: { parameter: 'make_symmetric' },
  },
  {
    title: 'make_symmetric with a generator',
    call: ({ kernel, noise, alpha }) =>
      kernel.Connect(noise, alpha, { rule: 'all_to_all', make_symmetric: true }),
    error: 'IllegalConnection',
    message: 'make_symmetric connects neurons only.',
    fields: { parameter: 'make_symmetric' },
  },
  {
    title: 'a number for a flag',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'all_to_all', allow_autapses: wrong<boolean>(0) }),
    error: 'TypeMismatch',
    message: 'allow_autapses of all_to_all must be a boolean, got a number.',
    fields: {
      parameter: 'allow_autapses',
      expected: 'a boolean',
      given: 'a number',
      rule: 'all_to_all',
    },
  },
  {
    title: 'sizes that differ in one_to_one',
    call: ({ kernel, alpha, aeif }) => kernel.Connect(alpha, aeif, 'one_to_one'),
    error: 'DimensionMismatch',
    message: 'one_to_one needs as many sources as targets, got 10 and 2.',
    fields: { expected: 10, given: 2 },
  },
  {
    title: 'a recorder by fixed_indegree',
    call: ({ kernel, alpha, recorder }) =>
      kernel.Connect(alpha, recorder, { rule: 'fixed_indegree', indegree: 2 }),
    error: 'IllegalConnection',
    message: 'The rule fixed_indegree cannot connect recorders; use all_to_all or one_to_one.',
    fields: { rule: 'fixed_indegree' },
  },
  {
    title: 'an unknown synapse model',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', 'static_synapes'),
    error: 'UnknownSynapseType',
    message: "There is no synapse model 'static_synapes'; did you mean 'static_synapse'?",
    fields: { model: 'static_synapes', suggestion: 'static_synapse' },
  },
  {
    title: 'a neuron as synapse model',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, 'all_to_all', { synapse_model: 'iaf_psc_exp' }),
    error: 'UnknownSynapseType',
    message:
      "There is no synapse model 'iaf_psc_exp'; known: bernoulli_synapse, excitatory, mstdp_synapse, mstdpet_synapse, neuromodulated_stdp_synapse, quantal_stp_synapse, shared, static_synapse, static_synapse_hom_w, stdp_dopamine_synapse, stdp_nn_pre_centered_synapse, stdp_nn_restr_synapse, stdp_nn_symm_synapse, stdp_pl_synapse_hom, stdp_reward_synapse, stdp_reward_tsodyks2_synapse, stdp_synapse, stdp_synapse_hom, stdp_triplet_synapse, tsodyks2_synapse, tsodyks_synapse, tsodyks_synapse_hom, vogels_sprekeler_synapse.",
    fields: { model: 'iaf_psc_exp' },
  },
  {
    title: 'a misspelt parameter of a synapse',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { wieght: 3 } as never),
    error: 'UnaccessedDictionaryEntry',
    message: "static_synapse has no parameter 'wieght'; did you mean 'weight'?",
    fields: { parameter: 'wieght', suggestion: 'weight', model: 'static_synapse' },
  },
  {
    title: 'a number as synapse',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', wrong<string>(3)),
    error: 'TypeMismatch',
    message: 'syn_spec must be the name of a synapse model or an object, got 3.',
    fields: {
      parameter: 'syn_spec',
      expected: 'the name of a synapse model or an object',
      given: 'number',
      value: 3,
    },
  },
  {
    title: 'a weight of NaN',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { weight: NaN }),
    error: 'BadProperty',
    message: 'weight of static_synapse must be a number, got NaN.',
    fields: { model: 'static_synapse', parameter: 'weight', value: NaN, allowed: 'a number' },
  },
  {
    title: 'a weight of Infinity in an array',
    call: ({ kernel, aeif }) => kernel.Connect(aeif, aeif, 'one_to_one', { weight: [1, Infinity] }),
    error: 'BadProperty',
    message: 'weight of static_synapse must be finite numbers, got Infinity.',
    fields: {
      model: 'static_synapse',
      parameter: 'weight',
      value: Infinity,
      allowed: 'finite numbers',
    },
  },
  {
    title: 'a drawn weight that is not finite',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, 'all_to_all', { weight: random.normal().div(0) }),
    error: 'BadProperty',
    message: 'weight of static_synapse must be a finite number, got -Infinity.',
    fields: {
      model: 'static_synapse',
      parameter: 'weight',
      value: -Infinity,
      allowed: 'a finite number',
    },
  },
  {
    title: 'a text as weight',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, 'all_to_all', { weight: wrong<number>('strong') }),
    error: 'TypeMismatch',
    message: "weight of static_synapse must be a number, got the string 'strong'.",
    fields: {
      parameter: 'weight',
      expected: 'a number',
      given: "the string 'strong'",
      model: 'static_synapse',
    },
  },
  {
    title: 'a delay below the resolution',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { delay: 0.04 }),
    error: 'BadDelay',
    message: 'delay of static_synapse must be ≥ half the resolution (0.05 ms), got 0.04.',
    fields: {
      model: 'static_synapse',
      parameter: 'delay',
      value: 0.04,
      allowed: '≥ half the resolution (0.05 ms)',
    },
  },
  {
    title: 'a delay of zero',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { delay: 0 }),
    error: 'BadDelay',
    message: 'delay of static_synapse must be ≥ half the resolution (0.05 ms), got 0.',
    fields: {
      model: 'static_synapse',
      parameter: 'delay',
      value: 0,
      allowed: '≥ half the resolution (0.05 ms)',
    },
  },
  {
    title: 'a delay of NaN',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { delay: NaN }),
    error: 'BadProperty',
    message: 'delay of static_synapse must be a number, got NaN.',
    fields: { model: 'static_synapse', parameter: 'delay', value: NaN, allowed: 'a number' },
  },
  {
    title: 'a delay of Infinity',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { delay: Infinity }),
    error: 'BadProperty',
    message: 'delay of static_synapse must be a finite number, got Infinity.',
    fields: {
      model: 'static_synapse',
      parameter: 'delay',
      value: Infinity,
      allowed: 'a finite number',
    },
  },
  {
    title: 'a delay longer than delays can be',
    call: ({ kernel, noise, alpha }) => kernel.Connect(noise, alpha, 'all_to_all', { delay: 1e9 }),
    error: 'BadDelay',
    message: 'delay of static_synapse must be < 209715.2 ms, got 1000000000.',
    fields: {
      model: 'static_synapse',
      parameter: 'delay',
      value: 1000000000,
      allowed: '< 209715.2 ms',
    },
  },
  {
    title: 'a bad delay among good ones',
    call: ({ kernel, aeif }) => kernel.Connect(aeif, aeif, 'one_to_one', { delay: [1, 0.01] }),
    error: 'BadDelay',
    message: 'delay of static_synapse must be ≥ half the resolution (0.05 ms), got 0.01.',
    fields: {
      model: 'static_synapse',
      parameter: 'delay',
      value: 0.01,
      allowed: '≥ half the resolution (0.05 ms)',
    },
  },
  {
    title: 'a drawn delay below the resolution',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, 'all_to_all', { delay: random.uniform(0, 0.01) }),
    error: 'BadDelay',
    message:
      'delay of static_synapse must be ≥ half the resolution (0.05 ms), got 0.009215975735885246.',
    fields: {
      model: 'static_synapse',
      parameter: 'delay',
      value: 0.009215975735885246,
      allowed: '≥ half the resolution (0.05 ms)',
    },
  },
  {
    title: 'too few weights',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'one_to_one', { weight: [1, 2, 3] }),
    error: 'DimensionMismatch',
    message: 'weight needs one value or 10, one a connection; got 3.',
    fields: { parameter: 'weight', expected: 10, given: 3 },
  },
  {
    title: 'weights of another shape',
    call: ({ kernel, alpha, aeif }) =>
      kernel.Connect(alpha, aeif, 'all_to_all', {
        weight: [
          [1, 2],
          [3, 4],
        ],
      }),
    error: 'DimensionMismatch',
    message: 'weight must be 2 × 10 for this rule, got 2 × 2.',
    fields: { parameter: 'weight', expected: '2 × 10', given: '2 × 2' },
  },
  {
    title: 'weights of rows that differ',
    call: ({ kernel, aeif }) => kernel.Connect(aeif, aeif, 'all_to_all', { weight: [[1, 2], [3]] }),
    error: 'DimensionMismatch',
    message: 'weight must be 2 × 2 for this rule, got rows of different lengths.',
    fields: { parameter: 'weight', expected: '2 × 2', given: 'rows of different lengths' },
  },
  {
    title: 'an array of weights for a rule that draws',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'pairwise_bernoulli', p: 0.5 }, { weight: [1, 2] }),
    error: 'TypeMismatch',
    message:
      'Arrays of weights or delays cannot be used with the rule pairwise_bernoulli; give a number or a random parameter.',
    fields: { rule: 'pairwise_bernoulli', expected: 'a number or a random parameter' },
  },
  {
    title: 'the weight of a model with one weight',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, 'all_to_all', {
        synapse_model: 'static_synapse_hom_w',
        weight: 3,
      } as never),
    error: 'NotImplemented',
    message:
      'The weight of static_synapse_hom_w belongs to the model; set it with SetDefaults, not in Connect.',
    fields: { model: 'static_synapse_hom_w', parameter: 'weight' },
  },
  {
    title: 'a receptor that the target lacks',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { receptor_type: 1 }),
    error: 'UnknownReceptorType',
    message: 'receptor_type of iaf_psc_alpha must be 0, got 1.',
    fields: { model: 'iaf_psc_alpha', parameter: 'receptor_type', value: 1, allowed: '0' },
  },
  {
    title: 'a negative receptor',
    call: ({ kernel, parrots }) =>
      kernel.Connect(parrots, parrots, 'all_to_all', { receptor_type: -1 }),
    error: 'UnknownReceptorType',
    message: 'receptor_type of parrot_neuron must be 0 or 1, got -1.',
    fields: { model: 'parrot_neuron', parameter: 'receptor_type', value: -1, allowed: '0 or 1' },
  },
  {
    title: 'half a receptor',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { receptor_type: 0.5 }),
    error: 'TypeMismatch',
    message: 'receptor_type of static_synapse must be an integer, got 0.5.',
    fields: {
      model: 'static_synapse',
      parameter: 'receptor_type',
      value: 0.5,
      allowed: 'an integer',
    },
  },
  {
    title: 'a receptor of a recorder',
    call: ({ kernel, alpha, recorder }) =>
      kernel.Connect(alpha, recorder, 'all_to_all', { receptor_type: 1 }),
    error: 'UnknownReceptorType',
    message: 'receptor_type must be 0, got 1.',
    fields: { parameter: 'receptor_type', value: 1, allowed: '0' },
  },
  {
    title: 'a negative label',
    call: ({ kernel, alpha }) => kernel.Connect(alpha, alpha, 'all_to_all', { synapse_label: -5 }),
    error: 'BadProperty',
    message: 'synapse_label of static_synapse must be an integer in [0, 2147483647], got -5.',
    fields: {
      model: 'static_synapse',
      parameter: 'synapse_label',
      value: -5,
      allowed: 'an integer in [0, 2147483647]',
    },
  },
  {
    title: 'an unknown precision',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, 'all_to_all', { weight_precision: 'half' } as never),
    error: 'BadProperty',
    message: "weight_precision of static_synapse must be 'single' or 'double', got 'half'.",
    fields: {
      model: 'static_synapse',
      parameter: 'weight_precision',
      value: 'half',
      allowed: "'single' or 'double'",
    },
  },
  {
    title: 'a recordable that the neuron lacks',
    call: ({ kernel, meter, parrots }) => kernel.Connect(meter, parrots),
    error: 'IllegalConnection',
    message: "parrot_neuron has no recordable 'V_m'.",
    fields: { parameter: 'V_m', model: 'parrot_neuron', node: 11 },
  },
  {
    title: 'a multimeter to a node that it samples already',
    call: ({ kernel, meter, alpha }) => kernel.Connect(meter, alpha.at(3)),
    error: 'IllegalConnection',
    message: 'multimeter 20 is connected to node 4 already.',
    fields: { node: 4, model: 'multimeter' },
  },
  {
    title: 'more synapses than fit into memory',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha, { rule: 'fixed_indegree', indegree: 4e9 }),
    error: 'OutOfMemory',
    message: /^40000000000 synapses need about 96 GB, but only [\d.]+ GB are free\.$/,
    fields: { needed_bytes: 96000000000 },
  },
  {
    title: 'more synapses than can be counted',
    call: ({ kernel, alpha }) =>
      kernel.Connect(alpha, alpha.slice(0, 8), { rule: 'fixed_indegree', indegree: 2 ** 53 }),
    error: 'BadProperty',
    message:
      'indegree of fixed_indegree must be an integer in [0, 4294967295], got 9007199254740992.',
    fields: {
      rule: 'fixed_indegree',
      parameter: 'indegree',
      value: 9007199254740992,
      allowed: 'an integer in [0, 4294967295]',
    },
  },
  {
    title: 'more connections of a generator than fit into memory',
    call: ({ kernel, noise, alpha }) =>
      kernel.Connect(noise, alpha, { rule: 'fixed_indegree', indegree: 4e9 }),
    error: 'OutOfMemory',
    message:
      /^40000000000 connections of devices need about 1600 GB, but only [\d.]+ GB are free\.$/,
    fields: { needed_bytes: 1600000000000 },
  },
];
