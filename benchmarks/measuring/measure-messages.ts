import type { OptionValue, Quantity } from '../../lib/cli/experiment';

// What the process that measures and its parent say to each other.

/** What the parent asks for. */
export type Request =
  | {
      readonly kind: 'measure';
      readonly experiment: string;
      readonly options: Readonly<Record<string, OptionValue>>;
      readonly time: number;
      readonly threads: number;
      readonly seed: number;
    }
  | {
      readonly kind: 'bandwidth';
      readonly threads: number;
      readonly bytes: number;
      readonly passes: number;
    };

/** What it hears. */
export type Reply =
  | { readonly kind: 'progress'; readonly phase: string; readonly fraction: number }
  | { readonly kind: 'measured'; readonly quantities: readonly Quantity[] }
  | { readonly kind: 'bandwidth'; readonly value: number }
  | { readonly kind: 'failed'; readonly message: string };
