import type { CheckedModel } from '../checked-model';
import { keyOf } from '../scope';
import type { Equation, Expression } from '../syntax';
import { type ChainState, chainsOf } from './chains';
import { linearForm } from './linear';
import { add, symbol, type Term, ZERO } from './terms';

type Kernel = Equation & { readonly is: 'kernel' };

/** A kernel and a port whose spikes it is convolved with. */
export interface Convolution {
  /** As NEST names it: `kernel__X__port`. */
  readonly name: string;
  /** The sum of the weights that arrive. */
  readonly port: string;
  readonly states: readonly ChainState[];
  readonly value: Term;
  /** It jumps instead: its kernel is a delta function. */
  readonly isDelta: boolean;
}

/** Reads a kernel's expressions; `names` stand for other symbols. */
export type LowerKernel = (tree: Expression, names?: ReadonlyMap<string, string>) => Term;

/** All convolutions of a model, each once. */
export class Convolutions {
  readonly #model: CheckedModel;
  readonly #lower: LowerKernel;
  readonly #found = new Map<string, Convolution>();

  constructor(model: CheckedModel, lower: LowerKernel) {
    this.#model = model;
    this.#lower = lower;
  }

  get all(): Convolution[] {
    return [...this.#found.values()];
  }

  /** @param port The symbol of the port, or of one of a vector. */
  of(kernel: string, port: string): Convolution {
    const key = `${kernel} ${port}`;
    const found = this.#found.get(key);
    if (found !== undefined) return found;
    const name = `${kernel}__X__${port.replace(/\[(\d+)\]/, '_$1')}`;
    const made = this.#make(kernel, port, name);
    this.#found.set(key, made);
    return made;
  }

  #make(kernel: string, port: string, name: string): Convolution {
    const equation = this.#equationOf(kernel);
    const first = equation.parts[0]!;
    if (first.variable.order > 0) return this.#ofEquations(equation, kernel, port, name);
    const { value } = equation.parts.find(({ variable }) => variable.name.text === kernel)!;
    if (value.is === 'call' && value.name.text === 'delta') {
      const delta = symbol(`delta ${name}`);
      return { name, port, states: [], value: delta, isDelta: true };
    }
    return { port, name, isDelta: false, ...this.#ofFunction(value, name) };
  }

  #equationOf(kernel: string): Kernel {
    return this.#model.equations.find(
      (one): one is Kernel =>
        one.is === 'kernel' && one.parts.some(({ variable }) => variable.name.text === kernel),
    )!;
  }

  /** Σ c tᵐ e^(λ t): of each λ a chain, whose last number a spike adds to. */
  #ofFunction(tree: Expression, name: string): Pick<Convolution, 'states' | 'value'> {
    const chains = chainsOf(this.#lower(tree));
    if (chains === undefined) {
      this.#refuse(tree);
      return { states: [], value: ZERO };
    }
    const isPlain = chains.length === 1 && chains[0]!.length === 1;
    const parts = chains.map((chain, i) => chain.states(isPlain ? name : `${name} ${i}`));
    return {
      states: parts.flatMap(({ states }) => states),
      value: parts.map(({ value }) => value).reduce(add, ZERO),
    };
  }

  #refuse(tree: Expression): void {
    const forms = 'a sum of products of powers of t, exponentials, sines and cosines';
    this.#model.problems.error(
      tree,
      `A kernel solves linear equations with constant coefficients: it is ${forms}.`,
    );
  }

  #ofEquations({ parts }: Kernel, kernel: string, port: string, name: string): Convolution {
    const own = (key: string): string => (key === kernel ? name : `${name} ${key}`);
    const keys = parts.flatMap(({ variable }) =>
      Array.from({ length: variable.order }, (_, order) => keyOf({ name: variable.name, order })),
    );
    const names = new Map(keys.map((key) => [key, own(key)]));
    const states = parts.flatMap(({ variable, value }) =>
      Array.from({ length: variable.order }, (_, order): ChainState => {
        const key = keyOf({ name: variable.name, order });
        const isLast = order === variable.order - 1;
        const slope = isLast
          ? this.#lower(value, names)
          : symbol(own(keyOf({ name: variable.name, order: order + 1 })));
        if (linearForm(slope, new Set(names.values())) === undefined) this.#refuse(value);
        return { symbol: own(key), slope, jump: this.#initial(key) };
      }),
    );
    return { name, port, states, value: symbol(own(kernel)), isDelta: false };
  }

  /** The value that a kernel begins with. */
  #initial(key: string): Term {
    for (const { variables, value } of this.#model.declarations('state')) {
      if (variables.some((one) => keyOf(one) === key)) return value ? this.#lower(value) : ZERO;
    }
    return ZERO;
  }
}
