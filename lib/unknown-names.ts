// What an object says to names that it does not have: JavaScript would give undefined, or add a
// property that nothing reads.

/**
 * Names that the language and tools ask any object for, to find out what it is: a promise, a stream,
 * a URL, something with a text of its own.
 */
const askedOfAnything: ReadonlySet<string> = new Set(
  (
    'addEventListener asymmetricMatch buffer byteLength callee catch code default equals finally ' +
    'hasAttribute href isEqualNode isMockFunction name next ownerDocument ' +
    'inspect jasmineToString length message nodeName nodeType on pipe protocol size stack ' +
    'subscribe tagName then toJSON type'
  ).split(' '),
);

/** Whether somebody wrote that name, and not a tool: those use symbols, or signs before names. */
export function isWritten(name: string | symbol): name is string {
  return typeof name === 'string' && /^[a-z\d]/i.test(name) && !askedOfAnything.has(name);
}

/** What is done with a name that an object does not have. */
export interface Unknown<T> {
  /** Throws, or gives what is read. */
  readonly read: (object: T, name: string) => unknown;
  /** Throws, or writes. */
  readonly write: (object: T, name: string, value: unknown) => void;
}

/** Something to inherit from: it hears of names that are found nowhere before. */
export function hearingUnknown<T extends object>({ read, write }: Unknown<T>): object {
  return new Proxy(Object.create(Object.prototype) as object, {
    get(target, name, object: T): unknown {
      if (name in target || !isWritten(name)) return Reflect.get(target, name, object);
      return read(object, name);
    },
    set(_target, name, value: unknown, object: T) {
      if (isWritten(name)) {
        write(object, name, value);
        return true;
      }
      const property = { value, writable: true, enumerable: true, configurable: true };
      return Reflect.defineProperty(object, name, property);
    },
  });
}
