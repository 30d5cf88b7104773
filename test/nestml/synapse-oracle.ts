// A synapse that is told of its events one by one, in its own time: the order of events, written
// down once and plainly, to compare with what compiled synapses do.

/** Numbers by the names of the text. */
export type Numbers = Readonly<Record<string, number>>;

/** A spike as its handler sees it. */
export interface Moment {
  /** In ms: of spikes of the target that of its soma. */
  readonly t: number;
  /** The delay of the synapse, in ms. */
  readonly delay: number;
  /** The variable of the target at its latest spike, 0 before the first. */
  readonly seen: number;
}

/** A rule, with the numbers of one synapse. `P` are its parameters, `S` its states. */
export abstract class Oracle<P extends string = string, S extends string = string> {
  #before: Readonly<Record<S, number>>;

  constructor(
    readonly p: Readonly<Record<P, number>>,
    readonly s: Record<S, number>,
  ) {
    this.#before = { ...s };
  }

  /** Time passes: dt from t on, both in ms, under a constant reward. */
  abstract advance(dt: number, t: number, reward: number): void;
  /** A spike of the source. What is sent; undefined where nothing is. */
  abstract pre(spike: Moment): number | undefined;
  /** A spike of the target. */
  post?(spike: Moment): void;
  /** A spike of the modulator. */
  pulse?(spike: Moment): void;

  /** A spike of the target is the first of its time. */
  begin(): void {
    this.#before = { ...this.s };
  }
  /** No spike of the target is of this time. */
  pass(): void {
    this.#before = this.s;
  }
  /** A trace of the target as the source sees it: without spikes of the very same time. */
  protected earlier(trace: S): number {
    return this.#before[trace];
  }
}

/** What happens to a synapse, at a step of its own time. */
export type Event =
  | { readonly step: number; readonly kind: 'reward'; readonly value: number }
  | { readonly step: number; readonly kind: 'pulse' }
  | {
      readonly step: number;
      readonly kind: 'post';
      readonly seen: number;
    }
  | { readonly step: number; readonly kind: 'pre' };

/** Which of the events at one time come first: the larger. */
export type Priorities = Readonly<Record<'pulse' | 'post' | 'pre', number>>;
export const usualPriorities: Priorities = { pulse: 3, post: 2, pre: 1 };

export interface Sent {
  readonly step: number;
  readonly weight: number;
}

/** When a synapse is there, and how far it is. */
export interface Life {
  /** Steps in a ms. */
  readonly perMs: number;
  /** The step at which it is made. */
  readonly start: number;
  /** In steps. */
  readonly delay: number;
}

/** A synapse as time passes. */
export class Course {
  readonly sent: Sent[] = [];
  readonly #events: readonly Event[];
  #next = 0;
  #now: number;
  #lastPost = -1;
  #seen = 0;
  #reward = 0;

  /** @param make The rule with given numbers; `oracle` is one. */
  constructor(
    private readonly make: (p: Numbers, s: Record<string, number>) => Oracle,
    private oracle: Oracle,
    private readonly life: Life,
    events: readonly Event[],
    priorities: Priorities,
  ) {
    const rank = ({ kind }: Event): number => (kind === 'reward' ? Infinity : priorities[kind]);
    const { start } = life;
    const isSeen = ({ kind, step }: Event): boolean => kind === 'reward' || step > start;
    this.#events = events
      .filter(isSeen)
      .sort((a, b) => a.step - b.step || compare(rank(b), rank(a)));
    this.#now = start;
  }

  /** Everything up to a step. */
  goOn(step: number): void {
    for (; this.#next < this.#events.length; this.#next++) {
      const event = this.#events[this.#next]!;
      if (event.step > step) return;
      this.#pass(event.step);
      this.#happen(event);
    }
  }

  /** All numbers at a step, up to which all has happened. Nothing is changed by that. */
  read(step: number): Numbers {
    const { p, s } = this.oracle;
    const copy = this.make(p, { ...s });
    if (step > this.#now) copy.advance(...this.#stretch(step));
    return { ...p, ...copy.s };
  }

  /** Parameters or states get other values; a stretch ends there. */
  change(step: number, values: Numbers): void {
    this.#pass(step);
    const given = (own: Numbers): Record<string, number> =>
      Object.fromEntries(Object.entries(own).map(([name, value]) => [name, values[name] ?? value]));
    this.oracle = this.make(given(this.oracle.p), given(this.oracle.s));
  }

  #stretch(end: number): [dt: number, t: number, reward: number] {
    const { perMs } = this.life;
    return [(end - this.#now) / perMs, this.#now / perMs, this.#reward];
  }

  #pass(step: number): void {
    if (step <= this.#now) return;
    this.oracle.advance(...this.#stretch(step));
    this.#now = step;
  }

  #happen(event: Event): void {
    const { step, kind } = event;
    const { perMs, delay } = this.life;
    const moment = (at: number): Moment => ({
      ...{ t: at / perMs, delay: delay / perMs, seen: this.#seen },
    });
    switch (kind) {
      case 'reward':
        this.#reward = event.value;
        return;
      case 'pulse':
        this.oracle.pulse?.(moment(step));
        return;
      case 'post':
        if (step !== this.#lastPost) this.oracle.begin();
        this.#lastPost = step;
        this.#seen = event.seen;
        this.oracle.post?.(moment(step - delay));
        return;
      case 'pre': {
        if (step !== this.#lastPost) this.oracle.pass();
        const weight = this.oracle.pre(moment(step));
        if (weight !== undefined) this.sent.push({ step, weight });
      }
    }
  }
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
