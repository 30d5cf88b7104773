import type { KernelSettings } from './generated/kernel-status';
import type { NativeGuards, NativeProperties } from './native';
import { mismatch } from './forms';

// What a run must not exceed: options of Simulate and Run, and attributes of the kernel.

/** The names of the guards. */
export const guardNames = [
  'maxSpikeRate',
  'maxEvents',
  'maxWallTime',
  'maxMemory',
] as const satisfies readonly (keyof KernelSettings)[];

/** Limits of a run, in place of those of the kernel; Infinity: no limit. */
export type Guards = Readonly<Pick<KernelSettings, (typeof guardNames)[number]>>;

/** What parts of a call have used of its guards so far. @internal */
export class Used {
  #events = 0;
  #seconds = 0;

  add(events: number, seconds: number): void {
    this.#events += events;
    this.#seconds += seconds;
  }

  /** With the guards, as the core takes them. */
  with(guards: NativeProperties): NativeGuards {
    return [guards, this.#events, this.#seconds];
  }
}

/**
 * Guards as the core takes them.
 * @throws TypeMismatch; the core refuses what is out of range.
 * @internal
 */
export function nativeGuards(name: string, options: Guards): NativeProperties {
  const given: NativeProperties = {};
  for (const guard of guardNames) {
    const limit: unknown = options[guard];
    if (limit === undefined) continue;
    if (typeof limit !== 'number') throw mismatch(guard, 'a number', limit, name);
    given[guard] = limit;
  }
  return given;
}
