import * as nest from '../../lib';
import { calls as connect } from './refused/connect';
import { calls as create } from './refused/create';
import { calls as devices } from './refused/devices';
import { calls as models } from './refused/models';
import { buildNetwork, futureOf, type RefusedCall, snapshotOf } from './refused/network';
import { calls as neurons } from './refused/neurons';
import { calls as nodes } from './refused/nodes';
import { addPlastic, calls as plastic } from './refused/plastic';
import { calls as random } from './refused/random';
import { addRewards, calls as rewards } from './refused/rewards';
import { calls as settings } from './refused/settings';
import { calls as simulate } from './refused/simulate';
import { calls as recorder } from './refused/synapse-recorder';
import { calls as synapses } from './refused/synapses';

const untouched = buildNetwork();
const snapshot = snapshotOf(untouched);
const future = futureOf(untouched);

/** What a call throws or rejects with. */
async function failureOf(call: () => unknown): Promise<nest.TegmentaError> {
  try {
    await call();
  } catch (error) {
    return error as nest.TegmentaError;
  }
  throw new Error('nothing was thrown');
}

const codeOf = (name: string): string =>
  `ERR_TEGMENTA_${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`;

/** A pattern that only the whole text matches. */
const patternOf = (message: string | RegExp): RegExp =>
  typeof message === 'string'
    ? new RegExp(`^${message.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`)
    : message;

describe.each<[string, readonly RefusedCall[]]>([
  ['creating nodes', create],
  ['parameters of neurons', neurons],
  ['parameters of devices', devices],
  ['connecting', connect],
  ['synapses', synapses],
  ['collections of nodes', nodes],
  ['models', models],
  ['settings of the kernel', settings],
  ['simulating', simulate],
  ['random parameters', random],
])('%s', (_, calls) => {
  test.each(calls)('refuses $title', async ({ call, error, message, fields }) => {
    const network = buildNetwork();
    const failure = await failureOf(() => call(network));
    expect(failure).toBeInstanceOf(nest[error]);
    expect({ ...failure }).toMatchObject({ code: codeOf(error), ...fields });
    expect(failure.message).toMatch(patternOf(message));
    expect(snapshotOf(network)).toEqual(snapshot);
    expect(futureOf(network)).toBe(future);
  });
});

describe('plastic synapses', () => {
  const before = addPlastic(buildNetwork());
  const [plasticSnapshot, plasticFuture] = [snapshotOf(before), futureOf(before)];

  test.each([...plastic, ...recorder])(
    'refuses $title',
    async ({ call, error, message, fields }) => {
      const network = addPlastic(buildNetwork());
      const failure = await failureOf(() => call(network));
      expect(failure).toBeInstanceOf(nest[error]);
      expect({ ...failure }).toMatchObject({ code: codeOf(error), ...fields });
      expect(failure.message).toMatch(patternOf(message));
      expect(snapshotOf(network)).toEqual(plasticSnapshot);
      expect(futureOf(network)).toBe(plasticFuture);
    },
  );
});

describe('rewards in continuous time', () => {
  const before = addRewards(buildNetwork());
  const [snapshotBefore, futureBefore] = [snapshotOf(before), futureOf(before)];

  test.each(rewards)('refuses $title', async ({ call, error, message, fields }) => {
    const network = addRewards(buildNetwork());
    const failure = await failureOf(() => call(network));
    expect(failure).toBeInstanceOf(nest[error]);
    expect({ ...failure }).toMatchObject({ code: codeOf(error), ...fields });
    expect(failure.message).toMatch(patternOf(message));
    expect(snapshotOf(network)).toEqual(snapshotBefore);
    expect(futureOf(network)).toBe(futureBefore);
  });
});
