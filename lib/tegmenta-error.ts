const codes = new Map<unknown, string>();
const ownByDefinition = new Set(['name', 'message', 'stack', 'code', 'cause']);

/** Base of every error of this package. Class names follow NEST's exceptions where NEST has one. */
export class TegmentaError extends Error {
  /** Stable identification, e.g. `ERR_TEGMENTA_BAD_PROPERTY`. */
  readonly code: string;
  /** Model concerned. */
  declare readonly model?: string;
  /** Connection rule concerned. */
  declare readonly rule?: string;
  /** Parameter, option or key concerned. */
  declare readonly parameter?: string;
  /** Value that was refused. */
  declare readonly value?: unknown;
  /** Values allowed, in words. */
  declare readonly allowed?: string;
  /** ID of the node concerned; for Create the ID that it would have got. */
  declare readonly node?: number;
  /** Nearest valid name. */
  declare readonly suggestion?: string;
  /** What was expected: a type, a size or a shape. */
  declare readonly expected?: unknown;
  /** What was given instead. */
  declare readonly given?: unknown;
  /** The file concerned. */
  declare readonly file?: string;
  /** What the system says of a file, e.g. `ENOENT`; why a state cannot be loaded. */
  declare readonly reason?: string;

  /** The fields become own enumerable properties; fields without a value are left out. */
  constructor(message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = codes.get(new.target) ?? 'ERR_TEGMENTA';
    for (const [key, value] of Object.entries(fields)) {
      if (value === undefined || ownByDefinition.has(key)) continue;
      Object.defineProperty(this, key, { value, enumerable: true });
    }
  }
}

// On the prototype, as for the built-in errors, so that it is not listed among the data.
const setName = (errorClass: typeof TegmentaError, name: string): void =>
  void Object.defineProperty(errorClass.prototype, 'name', { value: name });

setName(TegmentaError, 'TegmentaError');

/** Gives classes their names, and the codes made from these. */
export function nameErrors(classes: Readonly<Record<string, typeof TegmentaError>>): void {
  for (const [name, errorClass] of Object.entries(classes)) {
    setName(errorClass, name);
    const words = name.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toUpperCase();
    codes.set(errorClass, `ERR_TEGMENTA_${words}`);
  }
}
