import { native } from '../../../lib/native';
import { type RefusedCall, wrong } from './network';

const known = native
  .models()
  .filter(({ kind }) => kind !== 'synapse')
  .map(({ name }) => name)
  .sort()
  .join(', ');

export const calls: readonly RefusedCall[] = [
  {
    title: 'an unknown model',
    call: ({ kernel }) => kernel.Create('my_neuron'),
    error: 'UnknownModelName',
    message: `There is no node model 'my_neuron'; known: ${known}.`,
    fields: { model: 'my_neuron' },
  },
  {
    title: 'a misspelt model',
    call: ({ kernel }) => kernel.Create('iaf_psc_alhpa'),
    error: 'UnknownModelName',
    message: "There is no node model 'iaf_psc_alhpa'; did you mean 'iaf_psc_alpha'?",
    fields: { model: 'iaf_psc_alhpa', suggestion: 'iaf_psc_alpha' },
  },
  {
    title: 'a synapse model',
    call: ({ kernel }) => kernel.Create('static_synapse'),
    error: 'UnknownModelName',
    message: `There is no node model 'static_synapse'; known: ${known}.`,
    fields: { model: 'static_synapse' },
  },
  {
    title: 'no nodes',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', 0),
    error: 'BadParameterValue',
    message: 'Create: n must be ≥ 1, got 0.',
    fields: { parameter: 'n', value: 0, allowed: '≥ 1' },
  },
  {
    title: 'fewer than no nodes',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', -3),
    error: 'BadParameterValue',
    message: 'Create: n must be ≥ 1, got -3.',
    fields: { parameter: 'n', value: -3, allowed: '≥ 1' },
  },
  {
    title: 'half a node',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', 2.5),
    error: 'TypeMismatch',
    message: 'Create: n must be an integer, got 2.5.',
    fields: { parameter: 'n', expected: 'an integer', given: 'number', value: 2.5 },
  },
  {
    title: 'NaN nodes',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', NaN),
    error: 'TypeMismatch',
    message: 'Create: n must be an integer, got NaN.',
    fields: { parameter: 'n', expected: 'an integer', given: 'number', value: NaN },
  },
  {
    title: 'more nodes than there are IDs',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', 5e9),
    error: 'BadParameterValue',
    message:
      'n of iaf_psc_exp must be a whole number of nodes, at least 1 and at most 4294967295, got 5000000000.',
    fields: {
      model: 'iaf_psc_exp',
      parameter: 'n',
      value: 5000000000,
      allowed: 'a whole number of nodes, at least 1 and at most 4294967295',
    },
  },
  {
    title: 'more nodes than fit into memory',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', 4e9),
    error: 'OutOfMemory',
    message: /^4000000000 nodes of iaf_psc_exp need about 352 GB, but only [\d.]+ GB are free\.$/,
    fields: { needed_bytes: 352000000000 },
  },
  {
    title: 'more devices than fit into memory',
    call: ({ kernel }) => kernel.Create('spike_recorder', 4e9),
    error: 'OutOfMemory',
    message:
      /^4000000000 nodes of spike_recorder need about 8000 GB, but only [\d.]+ GB are free\.$/,
    fields: { needed_bytes: 8000000000000 },
  },
  {
    title: 'a text as number of nodes',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', wrong<number>('10')),
    error: 'TypeMismatch',
    message: 'Create: n must be an integer, got string.',
    fields: { parameter: 'n', expected: 'an integer', given: 'string' },
  },
  {
    title: 'a number as model',
    call: ({ kernel }) => kernel.Create(wrong<string>(5)),
    error: 'TypeMismatch',
    message: 'Create: model must be a name, got 5.',
    fields: { parameter: 'model', expected: 'a name', given: 'number', value: 5 },
  },
  {
    title: 'a list of what are no parameters',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', 2, wrong([{}, [1]])),
    error: 'TypeMismatch',
    message: 'Create: values[1] must be an object of parameters, got Array.',
    fields: { parameter: 'values[1]', expected: 'an object of parameters', given: 'Array' },
  },
  {
    title: 'null as parameters',
    call: ({ kernel }) => kernel.Create('iaf_psc_exp', wrong<object>(null)),
    error: 'TypeMismatch',
    message: 'Create: values must be an object of parameters, got null.',
    fields: { parameter: 'values', expected: 'an object of parameters', given: 'null' },
  },
];
