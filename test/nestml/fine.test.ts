// The plain integration that compiled models are held to is right: it computes what NEST does.
import { fineModels } from './fine';
import { givenTo, libraryCases, unlike } from './library';
import { courseOf } from './protocols';

const cases = libraryCases();

test('23 models, each with two or more sets of parameters', () => {
  expect(cases.length).toBe(56);
  expect(new Set(cases.map(({ model }) => model)).size).toBe(23);
  expect(cases.filter(({ spikes }) => spikes.length > 0).length).toBeGreaterThan(40);
});

test.each(cases)('$model, $case', (of) => {
  const neuron = fineModels[of.model](of.params_all, of.resolution);
  const { states, spikes } = courseOf(neuron, givenTo(of), Math.round(320 * of.resolution));
  expect(unlike(of, states, spikes)).toEqual([]);
});
