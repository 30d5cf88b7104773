import { types } from 'node:util';
import { BadProperty, TypeMismatch } from './errors';
import { hearingUnknown } from './unknown-names';
import { typeName } from './words';

type Method = (this: object, ...args: unknown[]) => unknown;

/**
 * Makes the methods and accessors of a class refuse whatever is no object of it: a Proxy of one,
 * which has none of its private fields, or a method's `this` that was lost. What can only be read
 * says so where it is set. Called in a static block, which can ask for private fields.
 * @param what For error texts: `a Kernel`.
 * @param isOne Whether an object has the class's private fields.
 * @internal
 */
export function guardReceivers(
  owner: { readonly prototype: object },
  what: string,
  isOne: (value: object) => boolean,
): void {
  const check = (receiver: unknown): void => {
    if (typeof receiver === 'object' && receiver !== null && isOne(receiver)) return;
    throw foreign(what, receiver);
  };
  const guarded = (name: string | symbol, call: Method): Method => {
    const guard = function (this: object, ...args: unknown[]): unknown {
      check(this);
      return call.apply(this, args);
    };
    Object.defineProperty(guard, 'length', { value: call.length });
    return Object.defineProperty(guard, 'name', { value: call.name || String(name) });
  };
  const { prototype } = owner;
  for (const [name, property] of ownProperties(prototype)) {
    if (name === 'constructor') continue;
    const value: unknown = property.value;
    // Accessors are called with the receiver.
    const { get, set } = property as { readonly get?: Method; readonly set?: Method };
    if (name === inspect) guardInspection(prototype, what, isOne, value as Method);
    else if (typeof value === 'function') {
      Object.defineProperty(prototype, name, { value: guarded(name, value as Method) });
    } else if (get) {
      Object.defineProperty(prototype, name, {
        get: guarded(name, get),
        set: set ? guarded(name, set) : readOnly(name, what, check),
      });
    }
  }
  // Vue's reactive() hands such objects out as they are, instead of a Proxy.
  Object.defineProperty(prototype, '__v_skip', { value: true });
}

const inspect = Symbol.for('nodejs.util.inspect.custom');

const ownProperties = (object: object): [string | symbol, PropertyDescriptor][] =>
  Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)!]);

/** console.log shows everything, and must not throw. */
function guardInspection(
  prototype: object,
  what: string,
  isOne: (value: object) => boolean,
  show: Method,
): void {
  const value = function (this: object, ...args: unknown[]): unknown {
    return isOne(this) ? show.apply(this, args) : `[not ${what}]`;
  };
  Object.defineProperty(prototype, inspect, { value });
}

function readOnly(
  name: string | symbol,
  what: string,
  check: (receiver: unknown) => void,
): (this: object) => never {
  return function () {
    check(this);
    throw new BadProperty(`${String(name)} of ${what} can only be read.`, {
      parameter: String(name),
    });
  };
}

/**
 * guardReceivers, and names that the class does not have: they are read by `read`, and set as
 * properties that `set` knows. Called in a static block.
 * @internal
 */
export function guardCollection<T extends Settable>(
  owner: { readonly prototype: object },
  what: string,
  isOne: (value: object) => boolean,
  read: (collection: T, name: string) => unknown,
): void {
  guardReceivers(owner, what, isOne);
  const unknown = hearingUnknown<T>({
    read: (object, name) => (isOne(object) ? read(object, name) : undefined),
    write: (object, name, value) => {
      if (!isOne(object)) throw foreign(what, object);
      object.set({ [name]: value as number });
    },
  });
  Object.setPrototypeOf(owner.prototype, unknown);
}

interface Settable {
  set(values: Readonly<Record<string, number>>): void;
}

/** The error for a receiver that is something else. @internal */
export function foreign(what: string, receiver: unknown): TypeMismatch {
  const isProxy = types.isProxy(receiver);
  const given = isProxy ? 'a Proxy' : typeName(receiver);
  const advice = isProxy ? ' Use the object that the Proxy stands for.' : '';
  return new TypeMismatch(`This needs ${what}, got ${given}.${advice}`, { expected: what, given });
}

/**
 * The text of an object, where one is asked for; not for operators.
 * @throws TypeMismatch for `object + 1` and the like.
 * @internal
 */
export function primitive(
  object: { toString(): string },
  hint: string,
  what: string,
  instead: string,
): string {
  if (hint === 'string') return object.toString();
  throw new TypeMismatch(`Operators do not work on ${what}; use ${instead}`, {
    expected: 'number',
    given: typeName(object),
  });
}
