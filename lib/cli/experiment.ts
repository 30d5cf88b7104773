import type { SpikeEvents } from '../analysis';
import type { Figure } from '../plot';
import type { Streams } from '../server';
import type { Checkpoint } from './checkpoint';

/** A number that an experiment lets the user choose: `--scale <number>`. */
export interface NumberOption {
  readonly kind: 'number';
  readonly description: string;
  /** Without one, the value is undefined unless it is given. */
  readonly default?: number;
  /** Smallest and largest value allowed. */
  readonly min?: number;
  readonly max?: number;
  /** Whole multiples of this only; 1 for counts, the resolution for times. */
  readonly step?: number;
  /** Shown in the help in place of `number`: a unit, or what is counted. */
  readonly unit?: string;
  /** Other options of the experiment that say the same thing and must not be given as well. */
  readonly conflicts?: string | readonly string[];
}

/** One word out of a list: `--neuron <iaf_psc_delta|…>`. */
export interface ChoiceOption {
  readonly kind: 'choice';
  readonly description: string;
  readonly default: string;
  readonly choices: readonly string[];
}

/** Different numbers, separated by commas: `--neurons <n,n,…>`. */
export interface NumbersOption extends Pick<NumberOption, 'description' | 'min' | 'max' | 'step'> {
  readonly kind: 'numbers';
  readonly default: readonly number[];
}

/** As many words out of a list, separated by commas: `--players <name,name>`. */
export interface ChoicesOption extends Pick<ChoiceOption, 'description' | 'choices'> {
  readonly kind: 'choices';
  readonly default: readonly string[];
}

/** Given or not: `--quick`. */
export interface FlagOption extends Pick<NumberOption, 'description' | 'conflicts'> {
  readonly kind: 'flag';
  readonly default: false;
}

/** A file or a folder: `--data <folder>`; undefined unless it is given. */
export interface PathOption extends Pick<NumberOption, 'description'> {
  readonly kind: 'path';
  readonly of: 'file' | 'folder';
  /** Can be given without a path, `--nestml [file]`: true then. */
  readonly optional?: true;
  readonly default?: undefined;
}

/** The options of an experiment by name, as typed after the two dashes. */
export type OptionDeclarations = Readonly<
  Record<
    string,
    NumberOption | ChoiceOption | NumbersOption | ChoicesOption | FlagOption | PathOption
  >
>;

/** A value for any of them. */
export type OptionValue =
  number | string | boolean | readonly number[] | readonly string[] | undefined;

type ValueOf<Option> = Option extends { kind: 'choice'; choices: readonly (infer Choice)[] }
  ? Choice
  : Option extends {
        kind: 'choices';
        choices: readonly (infer Choice)[];
        default: infer Words extends readonly string[];
      }
    ? { readonly [I in keyof Words]: Choice }
    : Option extends { kind: 'numbers' }
      ? readonly number[]
      : Option extends { kind: 'flag' }
        ? boolean
        : Option extends { kind: 'path' }
          ? string | undefined | (Option extends { optional: true } ? true : never)
          : Option extends { default: number }
            ? number
            : number | undefined;

/** What an experiment gets for its declared options. */
export type OptionValues<Options> = { readonly [Name in keyof Options]: ValueOf<Options[Name]> };

/** What an experiment is asked to do. */
export interface ExperimentContext<Values> {
  /** Biological time to analyse, ms; what the experiment discards before comes on top. */
  readonly time: number;
  readonly threads: number;
  readonly seed: number;
  readonly options: Values;
  /** Aborted when the user interrupts: stop, and return what has been recorded so far. */
  readonly signal: AbortSignal;
  /** Tells the user what is being done, what fraction (0 … 1) of it is, and how it stands. */
  readonly progress: (phase: string, fraction: number, standing?: string) => void;
  /** Saves the run where that is asked for, and takes up one that was saved. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Where its results go, and what it keeps for another run may lie; none where nothing is written. */
  readonly folder?: string | undefined;
  /** Where to publish what is to be seen; only of an experiment that is `live`, with `--serve`. */
  readonly streams?: Streams | undefined;
}

/** One number of a result. */
export interface Quantity {
  /** Name in the JSON file. */
  readonly key: string;
  /** Name in the table. */
  readonly label: string;
  /** NaN where there is none: no spikes, no intervals. */
  readonly value: number;
  /** Why there is none: `no synaptic events`. */
  readonly note?: string;
  /** Empty for pure numbers. */
  readonly unit: string;
  /** Smallest and largest value where `value` is the median of several. */
  readonly range?: readonly [min: number, max: number];
}

/** `dividend` for each of so many `counted`, or that there were none of them. */
export const each = (
  dividend: number,
  count: number,
  counted: string,
): Pick<Quantity, 'value' | 'note'> =>
  count === 0 ? { value: NaN, note: `no ${counted}` } : { value: dividend / count };

/** Columns of equal length, on their way to a file: `<name>.csv`. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ArrayLike<number>>>;
}

export interface ExperimentResult {
  /** What was simulated, where options decide how much of it: instead of the summary. */
  readonly title?: string;
  /** What was simulated, derived values included, for the record. */
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly quantities: readonly Quantity[];
  readonly figures: readonly Figure[];
  /** All recorded spikes, ascending in time. */
  readonly spikes: SpikeEvents;
  /** What else was recorded over time. */
  readonly tables?: readonly Table[];
}

/** A network of the literature that the command line can run. */
export interface Experiment<Options extends OptionDeclarations = OptionDeclarations> {
  /** As typed after `tegmenta run`. */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** The paper it comes from. */
  readonly reference: string;
  /** Biological time analysed unless `--time` says otherwise, ms. */
  readonly defaultTime: number;
  /** Grid of the simulation, ms: `--time` must be a multiple of it. */
  readonly resolution: number;
  /** Threads unless `--threads` says otherwise: those of the machine, where this is not given. */
  readonly defaultThreads?: number;
  readonly options: Options;
  /** Has kernels, and can be saved and resumed: `--save-every`, `--resume`. */
  readonly resumable?: boolean;
  /** Publishes streams while it runs, and so has the option `--serve`. */
  readonly live?: boolean;
  /** Measures time: the runs of a sweep go one after the other. */
  readonly timed?: boolean;
  // A method, so that an Experiment with options of its own fits into a list of any.
  run(context: ExperimentContext<OptionValues<Options>>): Promise<ExperimentResult>;
}

/** Gives `run` the types of the options declared beside it. */
export function defineExperiment<const Options extends OptionDeclarations>(
  experiment: Experiment<Options>,
): Experiment<Options> {
  return experiment;
}
