import { Argument, InvalidArgumentError } from 'commander';
import { nearestName } from '../suggest';

/** Names that something can have. */
export interface KnownNames {
  readonly names: readonly string[];
  /** What to say of a name that is near none of them, where they are too many to tell. */
  readonly where?: string;
}

/**
 * The name, if it is one of those known.
 * @throws InvalidArgumentError naming the nearest one, or where they are to be found.
 */
export function knownName(name: string, { names, where }: KnownNames): string {
  if (names.includes(name)) return name;
  const nearest = nearestName(name, names);
  throw new InvalidArgumentError(
    nearest === undefined
      ? (where ?? `Allowed are ${names.join(', ')}.`)
      : `Did you mean ${nearest}?`,
  );
}

/** An argument that is the name of something known, which shells complete. */
export class NameArgument extends Argument {
  readonly names: readonly string[];

  constructor(flags: string, description: string, known: KnownNames) {
    super(flags, description);
    this.names = known.names;
    this.argParser((name: string) => knownName(name, known));
  }
}
