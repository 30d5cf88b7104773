// The module behaves as any other where it is mocked.
import * as nest from '../../lib';

jest.mock('../../lib');

it('can be mocked as a whole', () => {
  expect(jest.isMockFunction(nest.Create)).toBe(true);
  jest.mocked(nest.GetKernelStatus).mockReturnValue(5 as never);
  expect(nest.GetKernelStatus('rng_seed')).toBe(5);
});

it('can be replaced in parts', () => {
  jest.resetModules();
  jest.doMock('../../lib', () => ({
    ...jest.requireActual<typeof nest>('../../lib'),
    Simulate: jest.fn(),
  }));
  const partly = jest.requireMock<typeof nest>('../../lib');
  expect(jest.isMockFunction(partly.Simulate)).toBe(true);
  expect(partly.Create('parrot_neuron', 3)).toHaveLength(3);
});
