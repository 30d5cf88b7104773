import { named } from './named';
import { wrong } from './refused/network';
import * as nest from '../../lib';
import { native, type NativeKernelAttribute } from '../../lib/native';

interface Attribute extends NativeKernelAttribute {
  readonly name: keyof nest.KernelStatus;
}
const attributes = native.kernelAttributes() as Attribute[];
const settable = attributes.filter(({ role }) => role === 'parameter');
const readOnly = attributes.filter(({ role }) => role === 'readonly');

/** What is set, where it is not enough to set what a new kernel has. */
const settings: Readonly<Record<string, nest.KernelSettings>> = {
  resolution: { resolution: 0.5 },
  tics_per_ms: { tics_per_ms: 500, resolution: 0.2 },
  min_delay: { min_delay: 0.5, max_delay: 3 },
  max_delay: { min_delay: 0.5, max_delay: 3 },
  local_num_threads: { local_num_threads: 3 },
  rng_seed: { rng_seed: 7 },
  weight_precision: { weight_precision: 'single' },
  simd_level: { simd_level: 'baseline' },
};

const settingOf = ({ name }: Attribute): Record<string, unknown> => ({
  ...(settings[name] ?? { [name]: new nest.Kernel().GetKernelStatus(name) }),
});

const isNumber = ({ type }: Attribute): boolean => ['double', 'int'].includes(type);

/** Values of other types than the attribute's. */
const wrongValues = (attribute: Attribute): unknown[] => [
  isNumber(attribute) ? 'text' : 1,
  attribute.type === 'bool' ? 1 : true,
  [1, 2],
  ['text', 'text'],
  null,
  ...(attribute.type === 'int' ? [1.5] : []),
];

const settingsOf = (kernel: nest.Kernel): object =>
  kernel.GetKernelStatus(attributes.map((a) => a.name));

let kernel: nest.Kernel;
beforeEach(() => {
  kernel = new nest.Kernel();
});

it('names every attribute once', () => {
  expect(Object.keys(kernel.GetKernelStatus())).toEqual(attributes.map(({ name }) => name));
  expect(new Set(attributes.map(({ name }) => name)).size).toBe(attributes.length);
});

it.each(attributes)('$name has the type that is declared', (attribute) => {
  const value: unknown = kernel.GetKernelStatus(attribute.name);
  const types: Record<string, string> = { bool: 'boolean', string: 'string', strings: 'object' };
  expect(typeof value).toBe(isNumber(attribute) ? 'number' : types[attribute.type]);
  expect(attribute.type !== 'int' || Number.isInteger(value)).toBe(true);
  expect(Array.isArray(value)).toBe(attribute.type === 'strings');
});

it.each(settable)('$name can be set', (attribute) => {
  const setting = settingOf(attribute);
  kernel.SetKernelStatus(setting);
  expect(kernel.GetKernelStatus()).toMatchObject(setting);
});

it.each(settable)('$name takes no value of another type', (attribute) => {
  const before = settingsOf(kernel);
  for (const value of wrongValues(attribute)) {
    const setting = { ...settingOf(attribute), [attribute.name]: value };
    expect(() => kernel.SetKernelStatus(wrong(setting))).toThrow(
      named('TypeMismatch', { parameter: attribute.name }),
    );
    expect(settingsOf(kernel)).toEqual(before);
  }
});

it.each(settable.filter(({ choices }) => choices.length > 0))(
  '$name takes what it names, and nothing else',
  ({ name, choices, allowed }) => {
    for (const choice of choices) {
      kernel.SetKernelStatus({ [name]: choice });
      expect(kernel.GetKernelStatus(name)).toBe(choice);
      expect(allowed).toContain(`'${choice}'`);
    }
    expect(() => kernel.SetKernelStatus({ [name]: 'nothing' })).toThrow(
      `${name} must be ${allowed}, got 'nothing'.`,
    );
  },
);

it.each(readOnly)('$name can only be read', ({ name }) => {
  const before = settingsOf(kernel);
  const setting = { [name]: kernel.GetKernelStatus(name) };
  expect(() => kernel.SetKernelStatus(wrong(setting))).toThrow(
    `${name} of the kernel can only be read.`,
  );
  expect(settingsOf(kernel)).toEqual(before);
});
