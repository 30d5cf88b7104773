import { format, inspect, isDeepStrictEqual } from 'node:util';
import { named } from './named';
import * as namespace from '../../lib';
import { native, type NativeKernelAttribute } from '../../lib/native';

const nest = namespace.default;
const attributes = native.kernelAttributes();
const settable = attributes.filter(({ role }) => role === 'parameter');

/** What cannot be set to itself alone. */
const together: Readonly<Record<string, string>> = {
  tics_per_ms: 'resolution',
  min_delay: 'max_delay',
  max_delay: 'min_delay',
};

type Properties = Record<string, unknown>;
const owners: readonly (readonly [name: string, make: () => Properties & namespace.Kernel])[] = [
  ['a kernel', () => new namespace.Kernel() as Properties & namespace.Kernel],
  ['the module', () => nest as unknown as Properties & namespace.Kernel],
];

const statusOf = (owner: namespace.Kernel, name: string): unknown =>
  owner.GetKernelStatus(name as keyof namespace.KernelStatus);

beforeEach(() => {
  nest.ResetKernel();
});

describe.each(owners)('%s', (_, make) => {
  const own = (): readonly NativeKernelAttribute[] =>
    attributes.filter(({ name }) => !Object.hasOwn(make(), name)); // lists that the module exports

  it('has all attributes', () => {
    const owner = make();
    expect(attributes.filter(({ name }) => !(name in owner))).toEqual([]);
    for (const { name } of own()) expect(owner[name]).toEqual(statusOf(owner, name));
  });

  it.each(settable.filter(({ name }) => !(name in together)))('takes $name', ({ name }) => {
    const owner = make();
    const value = owner[name];
    owner[name] = value;
    expect(statusOf(owner, name)).toEqual(value);
  });

  it.each(Object.entries(together))('takes %s only together with %s', (name, partner) => {
    const owner = make();
    const value = owner[name];
    const assign = () => (owner[name] = value);
    expect(assign).toThrow(named('BadProperty'));
    owner.set({ [name]: value, [partner]: owner[partner] });
    expect(owner[name]).toEqual(value);
  });

  it('refuses attributes that can only be read', () => {
    const owner = make();
    const readOnly = own().filter(({ role }) => role === 'readonly');
    expect(readOnly.length).toBeGreaterThan(10);
    for (const { name } of readOnly) {
      const value = owner[name];
      expect(() => (owner[name] = value)).toThrow(named('BadProperty', { parameter: name }));
    }
  });

  it('refuses what it takes, where the value is none', () => {
    const owner = make();
    expect(() => (owner.resolution = -1)).toThrow(named('BadProperty', { value: -1 }));
    expect(() => (owner.rng_seed = '7' as never)).toThrow(named('TypeMismatch'));
    owner.Create('parrot_neuron');
    expect(() => (owner.resolution = 0.5)).toThrow(named('KernelException'));
    expect(owner.resolution).toBe(0.1);
  });

  it('acts on the simulation', () => {
    const owner = make();
    owner.resolution = 0.5;
    owner.local_num_threads = 2;
    owner.rng_seed = 5;
    expect(owner.GetKernelStatus(['resolution', 'local_num_threads', 'rng_seed'])).toEqual([
      0.5, 2, 5,
    ]);
    owner.SimulateSync(2);
    expect(owner.biological_time).toBe(2);
    expect(owner.get('biological_time')).toBe(2);
    expect(owner.get(['biological_time', 'resolution'])).toEqual([2, 0.5]);
    expect(owner.get()).toMatchObject({ resolution: 0.5 });
    owner.ResetKernel();
    owner.set({ resolution: 0.2 });
    expect(owner.resolution).toBe(0.2);
  });

  it('refuses names that it does not have', () => {
    const owner = make();
    for (const [name, suggestion] of [
      ['resolutoin', 'resolution'],
      ['rngseed', 'rng_seed'],
      ['foo_bar_baz', undefined],
    ] as const) {
      const fields = { parameter: name, ...(suggestion && { suggestion }) };
      expect(() => (owner[name] = 1)).toThrow(named('UnaccessedDictionaryEntry', fields));
      expect(name in owner).toBe(false);
    }
    expect(() => owner.resolutoin).toThrow(
      named('UnaccessedDictionaryEntry', { suggestion: 'resolution' }),
    );
    // What is known is what users call.
    expect(() => (owner.foo_bar_baz = 1)).toThrow(/known: resolution,.* Connect,/);
    expect(() => (owner.foo_bar_baz = 1)).not.toThrow(/__v_skip|constructor|drawParameter/);
  });

  it('can be awaited, printed, compared and asked as any object', async () => {
    const owner = make();
    await expect(Promise.resolve(owner)).resolves.toBe(owner);
    expect(() => inspect(owner)).not.toThrow();
    expect(() => format('%o %j', owner, [owner].slice(1))).not.toThrow();
    expect(owner).toEqual(owner);
    expect(isDeepStrictEqual(owner, {})).toBe(false);
    expect(`${Object.prototype.toString.call(owner)}`).toBe('[object Object]');
    for (const name of [
      'then',
      'toJSON',
      '$$typeof',
      '__esModule_',
      'nodeType',
      'asymmetricMatch',
    ]) {
      expect(owner[name]).toBeUndefined();
    }
    expect(owner[Symbol.iterator as unknown as string]).toBeUndefined();
    expect('Simulat' in owner).toBe(false);
  });

  it('is refused while a simulation runs', async () => {
    const owner = make();
    const stop = new AbortController();
    const run = owner.Simulate(1e9, { signal: stop.signal });
    expect(() => (owner.rng_seed = 7)).toThrow(named('SimulationRunning'));
    expect(() => owner.network_size).toThrow(named('SimulationRunning'));
    stop.abort();
    await expect(run).rejects.toThrow(named('AbortError'));
  });
});

describe('a kernel', () => {
  it('refuses to be read by a name that it does not have', () => {
    const kernel = new namespace.Kernel() as unknown as Properties;
    expect(() => kernel.foo).toThrow(named('UnaccessedDictionaryEntry', { parameter: 'foo' }));
    expect(() => kernel.Simulat).toThrow(
      named('UnaccessedDictionaryEntry', { suggestion: 'Simulate' }),
    );
  });

  it('has attributes of its own, none once it was disposed of', () => {
    const [one, other] = [new namespace.Kernel(), new namespace.Kernel()];
    one.rng_seed = 5;
    expect([one.rng_seed, other.rng_seed]).toEqual([5, 143202461]);
    one.dispose();
    expect(() => one.rng_seed).toThrow(named('KernelDisposed'));
    expect(() => (one.rng_seed = 6)).toThrow(named('KernelDisposed'));
  });

  it('can be extended and spied on', () => {
    class Named extends namespace.Kernel {
      title = 'mine';
    }
    const kernel = new Named();
    expect([kernel.title, kernel.resolution]).toEqual(['mine', 0.1]);
    const spied = jest.spyOn(kernel, 'Create');
    kernel.Create('parrot_neuron');
    expect(spied).toHaveBeenCalledTimes(1);
  });
});

describe('the module', () => {
  it('is its own default export', () => {
    expect(namespace.default).toBe(nest);
    expect(nest.Create).toBe(namespace.Create);
    // @ts-expect-error only to be read
    expect(() => (nest.network_size = 1)).toThrow(named('BadProperty'));
  });

  it('can be copied, mocked and asked for functions', () => {
    const copy: Properties = { ...nest };
    expect(copy.Create).toBe(nest.Create);
    expect('resolution' in copy).toBe(false);
    expect(Object.keys(nest)).not.toContain('resolution');
    const asked = nest as unknown as Properties;
    expect(typeof asked.TripartiteConnect).toBe('undefined');
    expect(typeof asked.Rank).toBe('undefined');
    const spied = jest.spyOn(nest, 'rng_seed', 'set');
    nest.rng_seed = 9;
    expect(spied).toHaveBeenCalledWith(9);
    spied.mockRestore();
    expect(nest.rng_seed).toBe(9);
  });
});
