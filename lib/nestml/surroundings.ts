import type { Values } from './constants';
import type { Place } from './functions';
import type { Reading } from './reading';
import type { NamedThing, Scope } from './scope';
import type { Problems } from './source';
import type { Type } from './types';

/** A function that a model declares. */
export interface OwnFunction {
  readonly parameters: readonly { readonly name: string; readonly type: Type | undefined }[];
  readonly returns: Type | undefined;
}

/** What expressions of one place know of. */
export interface Surroundings {
  readonly scope: Scope;
  readonly problems: Problems;
  readonly place: Place;
  readonly functions: ReadonlyMap<string, OwnFunction>;
  readonly reading: Reading;
  readonly values: Values;
  /** Whether the model is one of NESTML 5 to 7. */
  readonly isOlder: boolean;
  /** Does this once all types are known. */
  readonly later: (check: () => void) => void;
  /** The state whose equation it is. */
  readonly equationOf?: string;
  /** The vector whose equation it is: others stand in it for their elements. */
  readonly elements?: NamedThing;
  /** Things that cannot be used here, and why. */
  readonly refuses?: (thing: NamedThing) => string | undefined;
}
