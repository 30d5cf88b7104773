import type { NativeModelDescription } from '../lib/native';

/** Path of the generated file. */
export const output: string;
/** Its text for these models. */
export function generate(models: readonly NativeModelDescription[]): string;
