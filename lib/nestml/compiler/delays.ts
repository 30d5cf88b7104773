import type { Bodies } from './bodies';
import { plain, type ProgramBuilder, read, type Register, write } from './builder';
import type { Coefficients } from './coefficients';
import { type Lowering, RESOLUTION } from './lower';
import { apply, divide, symbol } from './terms';

// States as they were: a ring of what each was at the beginning of the last steps. Before a delay has
// passed it is 0. Source: NESTML 8 language documentation, "Delay differential equations".

/** A state that is looked back at. */
export interface DelayLine {
  /** By which terms know what it was. */
  readonly symbol: string;
  readonly state: string;
  /** Columns of the ring, and of the place in it that is written next. */
  readonly ring: readonly string[];
  readonly place: string;
}

/** A delay that can be set has room for so many steps at least, */
const LEAST_STEPS = 256;
/** or for so many times its default, */
const ROOM = 4;
/** unless that were more than this. */
const MOST_STEPS = 20_000;

/** The rings of a model. @param resolution Of the kernel, in ms. */
export function delayLines({ delays, model }: Lowering, resolution: number): DelayLine[] {
  return [...delays].map(([name, { state, tree }]) => {
    const delay = model.values.of(tree);
    const steps = typeof delay === 'number' ? Math.ceil(delay / resolution) : 0;
    const room = Math.max(LEAST_STEPS, Math.min(ROOM * steps, MOST_STEPS));
    const size = (tree.is === 'number' ? steps : Math.max(room, steps)) + 1;
    const ring = Array.from({ length: size }, (_, k) => `${name}, ${k} steps of the ring`);
    return { symbol: name, state, ring, place: `place of ${name}` };
  });
}

/** Notes what a state is, and finds what it was. */
export function lookBack(
  { symbol: name, state, ring, place }: DelayLine,
  lowering: Lowering,
  bodies: Bodies,
  builder: ProgramBuilder,
  coefficients: Coefficients,
  failure: (text: string) => number,
): void {
  const { delay } = lowering.delays.get(name)!;
  const steps = apply('round_half_away', divide(delay, symbol(RESOLUTION)));
  refuseLong(name, coefficients, ring.length, coefficients.emit(steps), failure);
  const [first] = ring.map((one) => bodies.valueOf(one)) as [Register];
  const at = bodies.valueOf(place);
  const size = builder.constant(ring.length);
  builder.do('store_at', [write(first), read(at), read(bodies.valueOf(state)), plain(ring.length)]);
  const back = builder.apply('subtract', at, coefficients.in(builder, steps) ?? bodies.emit(steps));
  const isBefore = builder.apply('less', back, builder.constant(0));
  const index = builder.apply('select', isBefore, builder.apply('add', back, size), back);
  const was = builder.fresh();
  builder.do('load_at', [write(was), read(first), read(index), plain(ring.length)]);
  bodies.env.set(name, was);
  const next = builder.apply('add', at, builder.constant(1));
  const isEnd = builder.apply('equal', next, size);
  bodies.env.set(place, builder.apply('select', isEnd, builder.constant(0), next));
}

function refuseLong(
  name: string,
  { builder }: Coefficients,
  size: number,
  steps: Register,
  failure: (text: string) => number,
): void {
  const isNegative = builder.apply('less', steps, builder.constant(0));
  const isLong = builder.apply('less_or_equal', builder.constant(size), steps);
  const isWrong = builder.apply('either', isNegative, isLong);
  const text = `the delay of ${name.replace(/\(.*/, '')} is not in 0 … ${size - 1} steps.`;
  builder.do('fail', [plain(failure(text)), read(isWrong)]);
}
