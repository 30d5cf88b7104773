import { plain, type ProgramBuilder, read, type Register, type Step, write } from './builder';

// Steps in a line: products join sums, and bodies become jumps.

export type Flat = Extract<Step, { readonly is: 'instruction' }>;

/** Instructions in their order, with the stretches that are repeated. */
export interface Line {
  readonly code: Flat[];
  readonly loops: { readonly first: number; readonly last: number }[];
}

export const registersOf = ({ fields }: Flat, is: 'read' | 'write'): Register[] =>
  fields.filter((field) => field.is === is).map(({ value }) => value);

/** Those of all instructions; masks are read. */
export function* registersIn(steps: readonly Step[], is: 'read' | 'write'): Generator<Register> {
  for (const step of steps) {
    if (step.is === 'instruction') {
      yield* registersOf(step, is);
      continue;
    }
    if (is === 'read') yield step.mask;
    yield* registersIn(step.body, is);
  }
}

/** All that it has to do with. */
export const allRegistersOf = ({ fields, also = [] }: Flat): Register[] => [
  ...fields.filter(({ is }) => is !== 'number').map(({ value }) => value),
  ...also,
];

/** How often each register is used. */
export class Uses {
  readonly #counts = new Map<Register, number>();

  count(steps: readonly Step[], results: readonly Register[]): void {
    for (const step of steps) {
      if (step.is === 'instruction') {
        for (const one of [...registersOf(step, 'read'), ...(step.also ?? [])]) this.#add(one);
      } else {
        this.#add(step.mask);
        this.count(step.body, []);
      }
    }
    for (const one of results) this.#add(one);
  }

  #add(one: Register, count = 1): void {
    this.#counts.set(one, this.of(one) + count);
  }

  /** An instruction is left out. */
  forget(flat: Flat): void {
    for (const one of registersOf(flat, 'read')) this.#add(one, -1);
  }

  of(one: Register): number {
    return this.#counts.get(one) ?? 0;
  }
}

export function flatten(
  steps: readonly Step[],
  builder: ProgramBuilder,
  uses: Uses,
  line: Line = { code: [], loops: [] },
): Line {
  for (const step of fused(needed(steps, builder, uses), builder, uses)) {
    if (step.is === 'instruction') {
      line.code.push(step);
      continue;
    }
    const first = line.code.length;
    if (step.is === 'skip') line.code.push(jump('skip_unless_any', 0, step.mask));
    flatten(step.body, builder, uses, line);
    const length = line.code.length - first;
    if (step.is === 'skip') {
      line.code[first] = jump('skip_unless_any', length - 1, step.mask);
    } else {
      line.code.push(jump('loop_while_any', length, step.mask));
      line.loops.push({ first, last: line.code.length - 1 });
    }
  }
  return line;
}

const jump = (
  operation: 'skip_unless_any' | 'loop_while_any',
  length: number,
  mask: Register,
): Flat => ({ is: 'instruction', operation, fields: [plain(length), read(mask)] });

/** Without what nobody uses. */
function needed(
  steps: readonly Step[],
  { holds, changing }: ProgramBuilder,
  uses: Uses,
): readonly Step[] {
  const isNeeded = (step: Step): boolean => {
    if (step.is !== 'instruction') return true;
    const written = registersOf(step, 'write');
    if (written.length === 0) return true;
    const isUsed = written.some(
      (one) => uses.of(one) > 0 || changing.has(one) || holds[one]!.is !== 'temporary',
    );
    if (!isUsed) uses.forget(step);
    return isUsed;
  };
  return [...steps].reverse().filter(isNeeded).reverse();
}

/** A product that is only added to something becomes one instruction with that. */
function fused(steps: readonly Step[], { changing }: ProgramBuilder, uses: Uses): Step[] {
  const products = new Map<Register, number>();
  const result: (Step | undefined)[] = [...steps];
  steps.forEach((step, at) => {
    if (step.is !== 'instruction') return;
    const [to, a, b] = step.fields.map(({ value }) => value) as [Register, Register, Register];
    if (step.operation === 'multiply') {
      const isSteady = [to, a, b].every((one) => !changing.has(one));
      if (isSteady && uses.of(to) === 1) products.set(to, at);
    }
    if (step.operation !== 'add') return;
    const product = [a, b].find((one) => products.has(one));
    if (product === undefined) return;
    const place = products.get(product)!;
    const factors = (steps[place] as Flat).fields.slice(1);
    result[place] = undefined;
    const fields = [write(to), ...factors, read(product === a ? b : a)];
    result[at] = { is: 'instruction', operation: 'multiply_add', fields };
  });
  return result.filter((step) => step !== undefined);
}
