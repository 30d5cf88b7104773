// The plain integration that compiled models are held to is right: it computes what NEST does.
import { fineModels } from './fine';
import { givenTo, libraryCases, numeric, tolerances, unlike } from './library';
import { courseOf } from './protocols';

const cases = libraryCases();

test('25 models, each with two or more sets of parameters', () => {
  expect(cases.length).toBe(68);
  expect(new Set(cases.map(({ model }) => model)).size).toBe(25);
  expect(cases.filter(({ spikes }) => spikes.length > 0).length).toBeGreaterThan(45);
});

test.each(cases)('$model, $case', (of) => {
  const neuron = fineModels[of.model](numeric(of.params_all), of.resolution);
  const substeps = (tolerances[of.model].states < 1e-9 ? 320 : 100) * of.resolution;
  const { states, spikes } = courseOf(neuron, givenTo(of), Math.round(substeps));
  expect(unlike(of, states, spikes)).toEqual([]);
});
