// Types of models that are made of texts. A file that `tegmenta nestml types` writes adds to these
// interfaces; without one such models take any parameter, as those that CopyModel makes do.
import type { SaidOfModels } from './nestml/said';

/** Models of texts, by name: the properties of their nodes. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
export interface LoadedModels<Many extends boolean> {}

/** The names of the models in each file, by the path that LoadModel is given. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface ModelFiles {}

/** A text in NESTML, or the path of a file that holds one. */
export type ModelSource = string | { readonly path: string };

/** How models are loaded. What a text does not say of its synapses is said here, of all of them. */
export interface LoadModelOptions extends SaidOfModels {
  /**
   * Whether a model takes the place of one that has its name and of which there are no nodes or
   * synapses; default: false, such a name is refused.
   */
  readonly replace?: boolean;
}

/** The names of the models that a source holds. */
type NamesIn<Source> = Source extends { readonly path: infer Path extends keyof ModelFiles }
  ? ModelFiles[Path]
  : readonly string[];

/** The names of all models of a source, or of several, in their order. */
export type LoadedNames<Sources> = Sources extends readonly [infer First, ...infer Others]
  ? [...NamesOf<First>, ...LoadedNames<Others>]
  : Sources extends readonly []
    ? []
    : Sources extends readonly unknown[]
      ? string[]
      : [...NamesOf<Sources>];

type NamesOf<Source> =
  NamesIn<Source> extends infer Names extends readonly string[] ? Names : never;

/** The names of what each model of a text has; a string where none is known. */
export type LoadedRecordable = {
  [M in keyof LoadedModels<false>]: LoadedModels<false>[M] extends {
    readonly recordables: readonly (infer Name extends string)[];
  }
    ? Name
    : never;
}[keyof LoadedModels<false>];

/** Whether two types are the same, `readonly` included: only then are these two functions. */
type IsSame<A, B> =
  (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;

/** The keys that can be set: those that have more than a getter. */
export type SettableKey<T> = {
  [K in keyof T]-?: IsSame<Pick<T, K>, Readonly<Pick<T, K>>> extends true ? never : K;
}[keyof T];
