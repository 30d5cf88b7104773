import type {
  NativeAddon,
  NativeConnectionPair,
  NativeConnectionRule,
  NativeErrorDescription,
  NativeKernelAttribute,
  NativeModelDescription,
} from '../lib/native';

export interface Declarations {
  readonly attributes: readonly NativeKernelAttribute[];
  readonly errors: readonly NativeErrorDescription[];
  readonly models: readonly NativeModelDescription[];
  readonly pairs: readonly NativeConnectionPair[];
  readonly rules: readonly NativeConnectionRule[];
}

/** What an addon declares. */
export function declarationsOf(addon: NativeAddon): Declarations;
/** Every generated file: its path from the root, and its text. */
export function generate(declarations: Declarations): Record<string, string>;
/** The files that are not what these declarations make. */
export function stale(declarations: Declarations): string[];
