import { checkObject, isList, mismatch } from '../forms';
import { type AbortSignalLike, checkSignal } from '../signal';
import { checkKeys } from '../suggest';
import { checkFinite, checkOptions, checkPositive, checkText, checkUnit } from './checks';
import { type CommonOptions, refused } from './checks';
import type { ControlDescription, ServerMessage } from './protocol';
import { latestOnly, Stream, type Feed, type Place } from './stream';

interface ControlCommon extends CommonOptions {
  /** Key that works the control on the page, as KeyboardEvent.key names it: `' '`, `'n'`. */
  readonly shortcut?: string;
}

/** A switch. */
export interface ToggleOptions extends ControlCommon {
  /** What it is. */
  readonly kind: 'toggle';
  /** Whether it is on at first. */
  readonly initial: boolean;
}

/** A slider. */
export interface RangeOptions extends ControlCommon {
  /** What it is. */
  readonly kind: 'range';
  /** The value at first, from `min` to `max`. */
  readonly initial: number;
  /** The smallest value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** Distance of the values that the slider offers; default: 100 values in all. */
  readonly step?: number;
  /** `log` needs a positive `min`; default `linear`. */
  readonly scale?: 'linear' | 'log';
  /** Unit of the value; default none. */
  readonly unit?: string;
}

/** One of several words. */
export interface ChoiceOptions extends ControlCommon {
  /** What it is. */
  readonly kind: 'choice';
  /** The word at first, one of `choices`. */
  readonly initial: string;
  /** The words. */
  readonly choices: readonly string[];
}

/** What ends the wait for a change, besides the change. */
export interface ChangeOptions {
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignalLike;
  /** ms */
  readonly timeout?: number;
}

/** What a control is, and its value at first. */
export type ControlOptions = ToggleOptions | RangeOptions | ChoiceOptions;
type ControlValue = boolean | number | string;

const caller = 'control';
const keys = {
  toggle: [],
  range: ['min', 'max', 'step', 'scale', 'unit'],
  choice: ['choices'],
} as const;

/** Something that viewers can set. All of them and the simulation see the same value. */
export class Control<Value extends ControlValue = ControlValue> extends Stream {
  /** @internal */
  readonly description: ControlDescription;
  #value: Value;
  #version = 1;
  readonly #waiting = new Set<() => void>();

  /** @internal */
  constructor(place: Place, options: ControlOptions) {
    super(place);
    this.description = describe(place, options);
    checkValue(this.description, 'initial', options.initial);
    this.#value = options.initial as Value;
  }

  /** The present value. Setting it shows it to all viewers. */
  get value(): Value {
    return this.#value;
  }

  /** @throws TypeMismatch, BadParameterValue */
  set value(value: Value) {
    checkValue(this.description, 'value', value);
    if (value === this.#value) return;
    this.#value = value;
    this.#version++;
    this.announce();
    for (const resolve of [...this.#waiting]) resolve();
  }

  /**
   * Resolves when the value changes next, whoever changes it, and before that when `signal` is
   * aborted or `timeout` ms have passed.
   */
  changed(options: ChangeOptions = {}): Promise<void> {
    checkKeys(
      checkObject(options, 'options', 'an object', 'changed'),
      ['signal', 'timeout'],
      'changed has no option',
    );
    const { signal, timeout } = options;
    checkSignal('changed', signal);
    if (timeout !== undefined) checkFinite('changed', 'timeout', timeout);
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = timeout === undefined ? undefined : setTimeout(done, timeout);
      this.#waiting.add(done);
      signal?.addEventListener('abort', done, { once: true });
      if (signal?.aborted === true) done();
    });
  }

  /**
   * What a viewer asks for.
   * @throws TypeMismatch, BadParameterValue
   * @internal
   */
  accept(value: unknown): void {
    this.value = value as Value;
  }

  /** @internal */
  feed(): Feed {
    return latestOnly(
      () => this.#version,
      () => this.#message(),
    );
  }

  #message(): string {
    const message: ServerMessage = {
      type: 'value',
      id: this.description.id,
      value: this.#value,
    };
    return JSON.stringify(message);
  }
}

function describe({ id, name }: Place, options: ControlOptions): ControlDescription {
  const kinds = Object.keys(keys).join(', ');
  checkText(caller, 'kind', options.kind);
  if (!Object.hasOwn(keys, options.kind)) throw refused(caller, 'kind', options.kind, kinds);
  checkOptions(caller, options, ['kind', 'initial', 'shortcut', ...keys[options.kind]]);
  if (options.shortcut !== undefined) checkText(caller, 'shortcut', options.shortcut);
  const { label, note, shortcut } = options;
  const common = {
    ...({ kind: 'control', id, name, label } as const),
    ...(note !== undefined && { note }),
    ...(shortcut !== undefined && { shortcut }),
  };
  if (options.kind === 'toggle') return { ...common, control: 'toggle' };
  if (options.kind === 'range') return { ...common, ...describeRange(options) };
  return { ...common, control: 'choice', choices: checkedChoices(options.choices) };
}

function describeRange({ min, max, step, scale = 'linear', unit = '' }: RangeOptions) {
  checkFinite(caller, 'min', min);
  checkFinite(caller, 'max', max);
  if (max <= min) throw refused(caller, 'max', max, `above min, ${min}`);
  if (step !== undefined) checkPositive(caller, 'step', step);
  if (scale !== 'linear' && scale !== 'log') throw refused(caller, 'scale', scale, 'linear, log');
  if (scale === 'log' && min <= 0) throw refused(caller, 'min', min, 'above 0 where scale is log');
  checkUnit(caller, unit);
  return { control: 'range', min, max, scale, unit, ...(step !== undefined && { step }) } as const;
}

function checkedChoices(choices: unknown): string[] {
  if (!isList(choices)) throw mismatch('choices', 'an array of texts', choices, caller);
  if (choices.length === 0) throw refused(caller, 'choices', choices, 'at least one text');
  for (const [i, choice] of choices.entries()) checkText(caller, `choices[${i}]`, choice);
  return choices.slice() as string[];
}

/** @throws TypeMismatch, BadParameterValue */
function checkValue(control: ControlDescription, key: string, value: unknown): void {
  if (control.control === 'toggle') {
    if (typeof value !== 'boolean') throw mismatch(key, 'true or false', value, caller);
  } else if (control.control === 'range') {
    const { min, max } = control;
    checkFinite(caller, key, value);
    if ((value as number) >= min && (value as number) <= max) return;
    throw refused(caller, key, value, `a number from ${min} to ${max}`);
  } else if (!control.choices.includes(value as string)) {
    throw refused(caller, key, value, control.choices.join(', '));
  }
}
