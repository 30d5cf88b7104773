// What a circuit answers to utterances, trial by trial, every trial with noise of its own.
import { Kernel } from '../../../../lib';
import type { SpikeEvents } from '../../../../lib/analysis';
import { STEP } from '../step';
import { buildLiquid, type Liquid, type LiquidSettings } from './liquid-network';
import { INPUT, LIQUID, listeningTime } from './liquid-parameters';
import type { Utterance } from './utterances';

/** Spikes of the excitatory neurons in a trial. */
export interface Response {
  /** Steps from the begin of the trial. */
  readonly steps: Uint16Array;
  /** Places among the excitatory neurons. */
  readonly neurons: Uint16Array;
}

/** A trial: which utterance is heard, and the seed of the noise. */
export interface ListeningTrial {
  readonly utterance: number;
  readonly seed: number;
}

/** A circuit in a kernel of its own. */
export class ListeningLiquid {
  readonly #kernel = new Kernel();
  readonly #liquid: Liquid;
  readonly #utterances: readonly Utterance[];
  readonly #time: number;
  readonly #placeOf: ReadonlyMap<number, number>;

  constructor(settings: LiquidSettings, utterances: readonly Utterance[]) {
    this.#liquid = buildLiquid(this.#kernel, settings);
    this.#utterances = utterances;
    this.#time = listeningTime(utterances);
    this.#placeOf = new Map(Array.from(this.#liquid.excitatory, (id, place) => [id, place]));
  }

  /** Number of excitatory neurons. */
  get excitatory(): number {
    return this.#liquid.excitatory.length;
  }

  listen({ utterance, seed }: ListeningTrial): Response {
    this.#kernel.ResetState({ seed });
    this.#speak(this.#utterances[utterance]!);
    this.#kernel.SimulateSync(this.#time);
    const { times, senders } = this.#liquid.recorder.get('events') as unknown as SpikeEvents;
    return {
      steps: Uint16Array.from(times, (time) => Math.round(time / STEP)),
      neurons: Uint16Array.from(senders, (id) => this.#placeOf.get(id)!),
    };
  }

  dispose(): void {
    this.#kernel.dispose();
  }

  /** A spike of the first ms reaches the neurons after its delay. */
  #speak({ times, channels }: Utterance): void {
    const spike_times = Array.from({ length: INPUT.channels }, () => [] as number[]);
    times.forEach((time, i) => spike_times[channels[i]!]!.push(time + LIQUID.delay));
    this.#liquid.generators.set(spike_times.map((own) => ({ spike_times: own })));
  }
}
