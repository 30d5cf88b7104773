// Names that README gives for what there is: functions, classes, models, presets.
import * as nest from '../../lib';
import { textOf } from './blocks';

const prose = textOf('README.md').replace(/^```[^]*?^```$/gm, '');
const names = new Set(Array.from(prose.matchAll(/`([A-Za-z]\w*)`/g), ([, name]) => name!));

const known = new Set([
  ...Object.keys(nest),
  ...nest.node_models,
  ...nest.synapse_models,
  ...Object.values(nest.presets).flatMap((presets) => Object.keys(presets)),
]);

it('README names systems by what is here of them', () => {
  expect([...names]).toEqual(
    expect.arrayContaining(['neuromodulated_stdp_synapse', 'MSTDPETSynapse', 'Simulate']),
  );
});

it.each([...names])('%s is there', (name) => {
  expect([...known]).toContain(name);
});
