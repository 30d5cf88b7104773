// tegmenta/models: what is declared, against what kernels take.
import {
  BadProperty,
  Kernel,
  node_models,
  synapse_models,
  TypeMismatch,
  UnknownComponent,
} from '../../lib';
import { model, models, nodeAttributes, type ParameterDescription } from '../../lib/models';

const kernel = new Kernel();
afterAll(() => {
  kernel.dispose();
});
const defaultsOf = (name: string) => kernel.GetDefaults(name) as Record<string, unknown>;

test('names are those of Create and Connect', () => {
  const names = (synapses: boolean) =>
    models()
      .filter(({ kind }) => (kind === 'synapse') === synapses)
      .flatMap(({ name, variants }) => [name, ...variants])
      .sort();
  expect(names(false)).toEqual([...node_models].sort());
  expect(names(true)).toEqual([...synapse_models].sort());
  expect(models('recorder').map(({ name }) => name)).toContain('spike_recorder');
  expect(model('stdp_synapse_hpc')).toBe(model('stdp_synapse'));
});

test('all of it is frozen', () => {
  const open: string[] = [];
  const look = (value: unknown, where: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) open.push(where);
    for (const [key, part] of Object.entries(value)) look(part, `${where}.${key}`);
  };
  look(Object.freeze([models(), models('neuron'), nodeAttributes()]), 'models');
  expect(open).toEqual([]);
});

test.each(models().map((one) => [one.name, one] as const))('defaults of %s', (name, one) => {
  const defaults = defaultsOf(name);
  // Nodes and synapses have no default that could be written down; events are not among them.
  const told = one.parameters.filter((parameter) => parameter.default !== null);
  const read = told.map((parameter) => {
    const value = defaults[parameter.name];
    return [parameter.name, ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value];
  });
  expect(Object.fromEntries(read)).toEqual(
    Object.fromEntries(told.map((parameter) => [parameter.name, parameter.default])),
  );
  const untold = one.parameters.filter((parameter) => parameter.default === null);
  for (const { type } of untold) expect(['nodes', 'synapses', 'events']).toContain(type);
  expect(one.recordables).toEqual(defaults.recordables ?? []);
  expect(one.parameters.filter(({ recordable }) => recordable).map(({ name: key }) => key)).toEqual(
    expect.arrayContaining(
      one.recordables.filter((key) => one.parameters.some((p) => p.name === key)),
    ),
  );
});

/** What is just outside of a range, and its bounds. */
function beyond({ type, range, infinities }: ParameterDescription) {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = range!;
  const step = (x: number): number => (type === 'int' ? 1 : Math.max(1e-9, Math.abs(x) * 1e-9));
  const outside = [
    ...(minimum === undefined ? [] : [minimum - step(minimum)]),
    ...(maximum === undefined ? [] : [maximum + step(maximum)]),
    ...[exclusiveMinimum, exclusiveMaximum].filter((x) => x !== undefined),
    ...[Infinity, -Infinity].filter((x) => !infinities.includes(x)),
  ];
  const inside = [minimum, maximum].filter((x) => x !== undefined);
  return { outside, inside: [...inside, ...infinities] };
}

const settable = models().flatMap(({ name, parameters }) =>
  parameters
    .filter((p) => p.settable && (p.type === 'double' || p.type === 'int'))
    .map((parameter) => [name, parameter.name, parameter] as const),
);

test.each(settable)('the range of %s %s is that of the core', (name, key, parameter) => {
  const { outside, inside } = beyond(parameter);
  for (const value of outside) {
    expect(() => {
      kernel.SetDefaults(name, { [key]: value });
    }).toThrow(BadProperty);
  }
  for (const value of inside) {
    // Other parameters may forbid a bound; the error then does not name the range.
    try {
      kernel.SetDefaults(name, { [key]: value });
    } catch (error) {
      if (error instanceof BadProperty && error.parameter === key) {
        // eslint-disable-next-line jest/no-conditional-expect -- most bounds are taken
        expect(error.allowed).not.toBe(parameter.allowed);
      }
    } finally {
      kernel.SetDefaults(name, { [key]: parameter.default } as never);
    }
  }
});

test('every text of allowed values is understood', () => {
  const numbers = [...models().flatMap(({ parameters }) => parameters), ...nodeAttributes()].filter(
    ({ range }) => range !== undefined,
  );
  const texts = new Set(
    numbers
      .filter(({ range, infinities }) => Object.keys(range!).length + infinities.length === 0)
      .map(({ allowed }) => allowed),
  );
  expect([...texts]).toEqual(['']);
});

test.each([
  ['iaf_psc_exp', 'tau_m', { exclusiveMinimum: 0 }, []],
  ['iaf_psc_exp', 'V_th', {}, [Infinity]],
  ['tsodyks2_synapse', 'u', { minimum: 0, maximum: 1 }, []],
])('%s %s', (name, key, range, infinities) => {
  const parameter = model(name).parameters.find((one) => one.name === key);
  expect(parameter).toMatchObject({ range, infinities });
});

test('a name that is none is refused with the nearest', () => {
  expect(() => model('iaf_psc_ex')).toThrow(UnknownComponent);
  expect(() => model('iaf_psc_ex')).toThrow(
    "There is no model 'iaf_psc_ex'; did you mean 'iaf_psc_exp'?",
  );
  expect(() => model('nothing_like_it_at_all')).toThrow(/'nothing_like_it_at_all'\.$/);
  expect(() => model(5 as never)).toThrow(TypeMismatch);
  expect(() => models('neurons' as never)).toThrow("did you mean 'neuron'?");
  expect(() => models(1 as never)).toThrow(TypeMismatch);
});
