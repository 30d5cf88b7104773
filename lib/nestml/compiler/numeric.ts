import type { Bodies } from './bodies';
import { plain, type ProgramBuilder, read, type Register, type Step } from './builder';
import type { Coefficients } from './coefficients';
import { emit, remembering } from './emit';
import { registersIn } from './flatten';
import type { Component } from './plans';
import { ABSOLUTE_ERROR, RELATIVE_ERROR } from './solver-names';
import { TIME } from './chains';
import { callsIn, partsOf, symbol, symbolsIn, type Term } from './terms';

// Equations that an adaptive solver advances, by code for their slopes.

/** A system as it is written, in registers. */
export interface NumericSystem {
  readonly names: readonly string[];
  readonly steps: readonly Step[];
  readonly values: readonly Register[];
  readonly slopes: readonly Register[];
  readonly held: readonly Register[];
  readonly time: Register;
  readonly absolute: Register;
  readonly relative: Register;
}

/** Writes a system and its call; its values are there afterwards. */
export function integrateNumerically(
  components: readonly Component[],
  number: number,
  bodies: Bodies,
  builder: ProgramBuilder,
  coefficients: Coefficients,
): NumericSystem {
  const names = components.map((one) => one.symbol);
  const values = names.map((name) => builder.changingFrom(bodies.valueOf(name)));
  const time = builder.changingFrom(bodies.valueOf(TIME));
  const inside = new Set([...names, TIME]);
  const setting = { ...bodies.setting, hasReciprocals: true };
  const known = new Map<Term, Register>();
  for (const { slope } of components)
    findHeld(slope, inside, known, (term) => emit(term, remembering(term, setting)));
  const tolerance = (name: string): Register => coefficients.in(builder, symbol(name))!;
  const [absolute, relative] = [tolerance(ABSOLUTE_ERROR), tolerance(RELATIVE_ERROR)];
  const before = new Map(bodies.env);
  names.forEach((name, i) => bodies.env.set(name, values[i]!));
  bodies.env.set(TIME, time);
  const slopes: Register[] = [];
  bodies.isInSolver = true;
  const steps = builder.apart(() => {
    for (const { slope } of components) slopes.push(emitKnown(slope, known, setting));
  });
  bodies.isInSolver = false;
  bodies.env.clear();
  for (const [name, value] of before) bodies.env.set(name, value);
  const isOwn = (one: Register): boolean => values.includes(one) || one === time;
  const from = [...registersIn(steps, 'read'), ...slopes];
  const written = new Set(registersIn(steps, 'write'));
  const held = [...new Set(from)].filter(
    (one) => !isOwn(one) && !written.has(one) && builder.valueOf(one) === undefined,
  );
  const mask = bodies.mask ?? builder.truth(true);
  const also = [...held, ...values, time, absolute, relative];
  builder.do('integrate', [plain(number), read(mask)], also);
  return { names, steps, values, slopes, held, time, absolute, relative };
}

/** What does not change within a step is worked out before it. */
function findHeld(
  term: Term,
  inside: ReadonlySet<string>,
  known: Map<Term, Register>,
  emitted: (term: Term) => Register,
  seen = new Set<Term>(),
): void {
  if (term.is === 'number' || term.is === 'truth' || seen.has(term)) return;
  seen.add(term);
  const depends = [...symbolsIn(term)].some((name) => inside.has(name));
  if (!depends && !hasCall(term)) known.set(term, emitted(term));
  else if (term.is === 'element') findHeld(term.index, inside, known, emitted, seen);
  else for (const part of partsOf(term)) findHeld(part, inside, known, emitted, seen);
}

/** A function may look at states that its arguments do not name. */
const hasCall = (term: Term): boolean => callsIn(term).size > 0;

function emitKnown(
  term: Term,
  known: ReadonlyMap<Term, Register>,
  setting: Parameters<typeof emit>[1],
): Register {
  const coefficientOf = (one: Term): Register | undefined =>
    known.get(one) ?? setting.coefficientOf?.(one);
  return emit(term, remembering(term, { ...setting, coefficientOf }));
}
