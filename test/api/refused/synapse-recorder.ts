import { Kernel } from '../../../lib';
import { wrong } from './network';
import type { RefusedPlasticCall } from './plastic';

const model = 'synapse_recorder';

export const calls: readonly RefusedPlasticCall[] = [
  {
    title: 'a synapse_recorder as source',
    call: ({ kernel, sampler, alpha }) => {
      kernel.Connect(sampler, alpha);
    },
    error: 'IllegalConnection',
    message:
      'A synapse_recorder is not connected: give it the synapses to record, set({ connections: GetConnections(...) }).',
    fields: { model },
  },
  {
    title: 'a synapse_recorder as target',
    call: ({ kernel, sampler, alpha }) => {
      kernel.Connect(alpha, sampler);
    },
    error: 'IllegalConnection',
    message:
      'A synapse_recorder is not connected: give it the synapses to record, set({ connections: GetConnections(...) }).',
    fields: { model },
  },
  {
    title: 'no synapses to record',
    call: ({ sampler, dopamine }) => {
      sampler.set({ connections: dopamine.slice(0, 0) });
    },
    error: 'BadProperty',
    message: 'connections of synapse_recorder must be a collection of at least one synapse, got 0.',
    fields: {
      model,
      parameter: 'connections',
      value: 0,
      allowed: 'a collection of at least one synapse',
    },
  },
  {
    title: 'nodes for synapses',
    call: ({ sampler, alpha }) => {
      sampler.set(wrong({ connections: alpha }));
    },
    error: 'TypeMismatch',
    message:
      'connections of synapse_recorder must be a collection of synapses, got a collection of 10 nodes.',
    fields: {
      model,
      parameter: 'connections',
      expected: 'a collection of synapses',
      given: 'a collection of 10 nodes',
    },
  },
  {
    title: 'synapses for nodes',
    call: ({ weights, dopamine }) => {
      weights.set(wrong({ senders: dopamine }));
    },
    error: 'TypeMismatch',
    message:
      'senders of weight_recorder must be a collection of nodes, got a collection of 20 synapses.',
    fields: { model: 'weight_recorder', parameter: 'senders' },
  },
  {
    title: 'synapses of another kernel',
    call: ({ sampler }) => {
      sampler.set({ connections: new Kernel().GetConnections() });
    },
    error: 'StaleSynapseCollection',
    message: 'These synapses belong to another kernel.',
    fields: { expected: 'synapses of this kernel', given: 'synapses of another kernel' },
  },
  {
    title: 'synapses from before the network was changed',
    call: ({ sampler, synapses }) => {
      sampler.set({ connections: synapses });
    },
    error: 'StaleSynapseCollection',
    message:
      'The network has changed since this collection of synapses was made; call GetConnections again.',
    fields: {},
  },
  {
    title: 'synapses without the state',
    call: ({ sampler, pairs }) => {
      sampler.set({ connections: pairs });
    },
    error: 'BadProperty',
    message: "stdp_synapse has no recordable 'c'; known: weight, Kplus.",
    fields: { model, parameter: 'record_from', value: 'c' },
  },
  {
    title: 'static synapses with an eligibility trace',
    call: ({ sampler, kernel, noise }) => {
      sampler.set({ connections: kernel.GetConnections({ source: noise }) });
    },
    error: 'BadProperty',
    message: "static_synapse has no recordable 'c'; known: weight.",
    fields: { model, parameter: 'record_from', value: 'c' },
  },
  {
    title: 'a state that no synapse has',
    call: ({ sampler }) => {
      sampler.set({ record_from: [wrong<'weight'>('wieght')] });
    },
    error: 'BadProperty',
    message: "No synapse has a recordable 'wieght'; did you mean 'weight'?",
    fields: { model, parameter: 'record_from', value: 'wieght', suggestion: 'weight' },
  },
  {
    title: 'a state that is nothing like any',
    call: ({ sampler }) => {
      sampler.set({ record_from: [wrong<'weight'>('V_membrane')] });
    },
    error: 'BadProperty',
    message:
      "No synapse has a recordable 'V_membrane'; known: weight, c, Kplus, n, pre_tr, w, armed, Kplus_triplet, x, y, u, a, g.",
    fields: { model, parameter: 'record_from', value: 'V_membrane' },
  },
  {
    title: 'a parameter to record',
    call: ({ sampler }) => {
      sampler.set({ record_from: [wrong<'weight'>('tau_c')] });
    },
    error: 'BadProperty',
    message:
      "No synapse has a recordable 'tau_c'; known: weight, c, Kplus, n, pre_tr, w, armed, Kplus_triplet, x, y, u, a, g.",
    fields: { model, parameter: 'record_from', value: 'tau_c' },
  },
  {
    title: 'nothing to record',
    call: ({ sampler }) => {
      sampler.set({ record_from: [] });
    },
    error: 'BadProperty',
    message: 'record_from of synapse_recorder must be a list of at least one name, got 0.',
    fields: { model, parameter: 'record_from', value: 0, allowed: 'a list of at least one name' },
  },
  {
    title: 'the same state twice',
    call: ({ sampler }) => {
      sampler.set({ record_from: ['c', 'c'] });
    },
    error: 'BadProperty',
    message: "record_from of synapse_recorder must be a list of different names, got 'c'.",
    fields: { model, parameter: 'record_from', value: 'c', allowed: 'a list of different names' },
  },
  {
    title: 'an interval between grid points',
    call: ({ sampler }) => {
      sampler.set({ interval: 0.25 });
    },
    error: 'BadProperty',
    message:
      'interval of synapse_recorder must be a multiple of the resolution (0.1 ms), got 0.25.',
    fields: {
      model,
      parameter: 'interval',
      value: 0.25,
      allowed: 'a multiple of the resolution (0.1 ms)',
    },
  },
  {
    title: 'an interval of 0',
    call: ({ sampler }) => {
      sampler.set({ interval: 0 });
    },
    error: 'BadProperty',
    message: 'interval of synapse_recorder must be finite and > 0, got 0.',
    fields: { model, parameter: 'interval', value: 0 },
  },
  {
    title: 'a negative offset',
    call: ({ sampler }) => {
      sampler.set({ offset: -1 });
    },
    error: 'BadProperty',
    message: 'offset of synapse_recorder must be finite and ≥ 0, got -1.',
    fields: { model, parameter: 'offset', value: -1 },
  },
  {
    title: 'other connections after recording',
    call: ({ used, dopamine }) => {
      used.set({ connections: dopamine.slice(0, 1) });
    },
    error: 'BadProperty',
    message:
      'connections of synapse_recorder cannot be changed while it holds events; set n_events to 0 first.',
    fields: { model, parameter: 'connections' },
  },
  {
    title: 'another interval after recording',
    call: ({ used }) => {
      used.set({ interval: 5 });
    },
    error: 'BadProperty',
    message:
      'interval of synapse_recorder cannot be changed while it holds events; set n_events to 0 first.',
    fields: { model, parameter: 'interval' },
  },
  {
    title: 'another offset after recording',
    call: ({ used }) => {
      used.set({ offset: 0.5 });
    },
    error: 'BadProperty',
    message:
      'offset of synapse_recorder cannot be changed while it holds events; set n_events to 0 first.',
    fields: { model, parameter: 'offset' },
  },
  {
    title: 'another record_from after recording',
    call: ({ used }) => {
      used.set({ record_from: ['c'] });
    },
    error: 'BadProperty',
    message:
      'record_from of synapse_recorder cannot be changed while it holds events; set n_events to 0 first.',
    fields: { model, parameter: 'record_from' },
  },
  {
    title: 'a number of events',
    call: ({ used }) => {
      used.set({ n_events: 3 });
    },
    error: 'BadProperty',
    message: 'n_events of synapse_recorder must be 0 (which clears the events), got 3.',
    fields: { model, parameter: 'n_events', value: 3 },
  },
  {
    title: 'recording to a file',
    call: ({ sampler }) => {
      sampler.set({ record_to: 'ascii' });
    },
    error: 'BadProperty',
    message: "record_to of synapse_recorder must be 'memory', got 'ascii'.",
    fields: { model, parameter: 'record_to', value: 'ascii' },
  },
  {
    title: 'synapses in the defaults',
    call: ({ kernel, dopamine }) => {
      kernel.SetDefaults(model, { connections: dopamine });
    },
    error: 'BadProperty',
    message: 'connections of synapse_recorder belong to a node: give them to Create or set.',
    fields: { model, parameter: 'connections' },
  },
  {
    title: 'synapses in a copy of the model',
    call: ({ kernel, dopamine }) => {
      kernel.CopyModel(model, 'mine', { connections: dopamine });
    },
    error: 'BadProperty',
    message: 'connections of mine belong to a node: give them to Create or set.',
    fields: { model: 'mine', parameter: 'connections' },
  },
  {
    title: 'setting the events',
    call: ({ used }) => {
      used.set(wrong({ events: [] }));
    },
    error: 'BadProperty',
    message: 'events of synapse_recorder can only be read.',
    fields: { model, parameter: 'events' },
  },
];
