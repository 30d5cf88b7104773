import { printing } from '../printed-texts';
import { keyOf } from '../scope';
import type { Span } from '../source';
import type {
  Assignment,
  Body,
  Call,
  Declaration,
  Expression,
  Statement,
  Variable,
} from '../syntax';
import type { Type } from '../types';
import { expressionsIn, statementsIn } from '../walk';
import { plain, type ProgramBuilder, read, type Register, write } from './builder';
import { emit, remembering, type Setting } from './emit';
import { assignedIn, drawsIn, functionNamed, functionsIn, spikesOf, statesOf } from './functions';
import { asHeld, type Inside, type Local, type Lowering } from './lower';
import { elementsOf, type Entry, heldAs } from './names';
import {
  add,
  apply,
  callsIn,
  canAct,
  divide,
  multiply,
  number,
  ONE,
  symbol,
  type Term,
} from './terms';

// Statements for all lanes at once: what a condition keeps some lanes from is worked out all the
// same, or left out where no lane needs it, and chosen afterwards.

/** What only the program of a step can do. */
export interface Effects {
  readonly integrate: (states: readonly string[] | undefined) => void;
  /** The number of a text with which a simulation fails. */
  readonly failure: (text: string) => number;
  /** The number of a place where random numbers are drawn. */
  readonly drawSite: () => number;
  /** Sends a spike on with a weight; without it spikes are counted. */
  readonly emit?: (weight: Term) => void;
}

/** Names of values that no text can use. */
export const SPIKES = 'spikes of this step';
const DRAWS = 'draws of loops';

/** A function while it is run. */
interface Frame {
  readonly result: string;
  readonly returned: string;
  readonly isBoolean: boolean;
}

type For = Statement & { readonly is: 'for' };
type Loop = For | (Statement & { readonly is: 'while' });

type Locals = Map<string, Local>;

export class Bodies {
  readonly env = new Map<string, Register>();
  /** Lanes that what is emitted is for; undefined: all. */
  mask: Register | undefined;
  /** A solver runs it, which cannot fail by itself: an index that is wrong is the nearest. */
  isInSolver = false;
  readonly #lowering: Lowering;
  readonly #builder: ProgramBuilder;
  readonly #outer: (name: string) => Register;
  readonly #coefficientOf: ((term: Term) => Register | undefined) | undefined;
  readonly #effects: Effects | undefined;
  #frames = 0;
  #loops = 0;
  /** Loops around a statement, those that are written out too, and how often it is written. */
  #around = 0;
  #writtenOut = 1;

  constructor(
    lowering: Lowering,
    builder: ProgramBuilder,
    outer: (name: string) => Register,
    coefficientOf?: (term: Term) => Register | undefined,
    effects?: Effects,
  ) {
    this.#lowering = lowering;
    this.#builder = builder;
    this.#outer = outer;
    this.#coefficientOf = coefficientOf;
    this.#effects = effects;
  }

  /** What a name holds now. */
  valueOf(name: string): Register {
    return this.env.get(name) ?? this.#outer(name);
  }

  get setting(): Setting {
    return {
      builder: this.#builder,
      valueOf: (name) => this.valueOf(name),
      ...(this.#coefficientOf && { coefficientOf: this.#coefficientOf }),
      call: (name, operands) => this.#function(name, operands),
      draw: (term, operands) => this.#draw(term, operands),
      checkIndex: (index, size, name) => this.#checkIndex(index, size, name),
      within: (mask, work) => this.#within(mask, work),
    };
  }

  emit(term: Term): Register {
    return emit(term, remembering(term, this.setting));
  }

  /** The value that a declaration gives, as it is held. */
  initial({ value, declared, held, kind }: Entry): Register {
    if (value === undefined) return this.#builder.constant(0);
    const converted = this.#lowering.converted(value, this.#lowering.lower(value), declared.type);
    return this.emit(kind === 'boolean' ? apply('to_number', converted) : asHeld(converted, held));
  }

  condition(tree: Expression): Register {
    return this.emit(this.#lowering.lower(tree));
  }

  /** A body of update or of a handler. @param isAdvance Of a synapse's update. */
  run(body: Body, isAdvance = false): void {
    this.#body(body, { locals: new Map(), isAdvance }, undefined);
  }

  /** What is done for the lanes of a mask alone. */
  when(mask: Register, write: () => void): void {
    const done = this.#branch(mask, write);
    this.#choose(mask, done, new Map());
  }

  #within(mask: Register, work: () => Register): Register {
    let value: Register | undefined;
    this.when(mask, () => {
      value = work();
    });
    return value!;
  }

  #branch(mask: Register, write: () => void): Map<string, Register> {
    const [before, outer] = [new Map(this.env), this.mask];
    this.mask = outer === undefined ? mask : this.#builder.apply('both', outer, mask);
    this.#builder.under(this.mask, write);
    const after = new Map(this.env);
    this.#restore(before);
    this.mask = outer;
    return after;
  }

  #restore(before: ReadonlyMap<string, Register>): void {
    this.env.clear();
    for (const [name, value] of before) this.env.set(name, value);
  }

  #choose(
    mask: Register,
    yes: ReadonlyMap<string, Register>,
    no: ReadonlyMap<string, Register>,
  ): void {
    for (const name of new Set([...yes.keys(), ...no.keys()])) {
      const [a, b] = [yes, no].map((one) => one.get(name) ?? this.#before(name));
      this.env.set(name, this.#builder.apply('select', mask, a!, b!));
    }
  }

  /** A local that is declared in one branch alone is 0 in the other. */
  #before(name: string): Register {
    const known = this.env.get(name);
    if (known !== undefined) return known;
    const isOwn = name.includes('#') || name === DRAWS;
    return isOwn ? this.#builder.constant(0) : this.valueOf(name);
  }

  #body(body: Body, inside: Inside, frame: Frame | undefined): void {
    body.some((statement, i) => {
      this.#statement(statement, inside, frame);
      if (statement.is === 'return') return true;
      const rest = body.slice(i + 1);
      if (!frame || rest.length === 0 || !mayReturn(statement)) return false;
      const goesOn = this.#builder.apply('invert', this.valueOf(frame.returned));
      this.when(goesOn, () => this.#body(rest, inside, frame));
      return true;
    });
  }

  #statement(statement: Statement, inside: Inside, frame: Frame | undefined): void {
    switch (statement.is) {
      case 'declaration':
        this.#declaration(statement, inside);
        return;
      case 'assignment':
        this.#assignment(statement, inside);
        return;
      case 'call statement':
        this.#callStatement(statement.call, inside);
        return;
      case 'return':
        this.#return(statement.value, inside, frame!);
        return;
      case 'if':
        this.#if(statement, inside, frame);
        return;
      case 'while': {
        const { condition } = statement;
        const isThere = (): Register => this.emit(this.#lowering.lower(condition, inside));
        this.#loopWhile(isThere, statement, inside, frame, () => undefined);
        return;
      }
      case 'for':
        this.#for(statement, inside, frame);
    }
  }

  #declaration({ variables, type, value }: Declaration, inside: Inside): void {
    const given = value && this.#lowering.lower(value, inside);
    const { held, kind } = heldAs(type);
    for (const variable of variables) {
      const key = keyOf(variable);
      const local = this.#local(variable, key, type, inside);
      const converted = given && this.#lowering.converted(value, given, type);
      const register = this.#builder.constant(0);
      const start =
        converted === undefined
          ? register
          : this.emit(kind === 'boolean' ? apply('to_number', converted) : asHeld(converted, held));
      for (const name of namesOf(local)) this.env.set(name, start);
    }
  }

  #local(
    variable: Declaration['variables'][number],
    key: string,
    type: Declaration['type'],
    inside: Inside,
  ): Local {
    const locals = inside.locals as Locals;
    const known = locals.get(key);
    if (known) return known;
    const local: Local = {
      symbol: `${key}#${this.#frames++}`,
      type: type.is === 'plain' ? { is: type.name } : undefined,
      held: heldAs(type).held,
      size: this.#lowering.model.values.sizeOf(variable.index),
    };
    locals.set(key, local);
    return local;
  }

  /** What is assigned to: its symbol, how it is held, and its type. */
  #target(variable: Pick<Variable, 'name' | 'order'>, inside: Inside): Local {
    const key = keyOf(variable);
    const local = inside.locals?.get(key);
    if (local) return local;
    const { names } = this.#lowering;
    const size = names.sizes.get(key);
    const entry = names.state(size === undefined ? key : `${key}[0]`)!;
    return { symbol: key, type: kindAsType(entry.kind), held: entry.held, size };
  }

  #assignment(assigned: Assignment, inside: Inside): void {
    const { variable, operator, value } = assigned;
    const target = this.#target(variable, inside);
    const lowering = this.#lowering;
    const given = this.#beforehand(lowering.lower(value, inside));
    const now = lowering.lower(variable, inside);
    const isInteger = target.type?.is === 'integer';
    const result = ((): Term => {
      switch (operator) {
        case '=':
          return given;
        case '+=':
          return add(now, given);
        case '-=':
          return apply('subtract', now, given);
        case '*=':
          return multiply(now, given);
        case '/=':
          return divide(now, given);
      }
    })();
    const isWhole = isInteger && (operator === '/=' || lowering.mayHaveDecimals(value));
    const converted = isWhole ? apply('truncate', result) : result;
    const held =
      target.type?.is === 'boolean'
        ? apply('to_number', converted)
        : asHeld(converted, target.held);
    const place = lowering.placeOf(variable, target.symbol, target.size, inside);
    const register = this.emit(held);
    if (place.is === 'symbol') {
      this.env.set(place.name, register);
      return;
    }
    const at = this.emit(place.index);
    this.#checkIndex(at, place.of.length, place.name);
    place.of.forEach((name, k) => {
      const isHere = this.#builder.apply('equal', at, this.#builder.constant(k));
      this.env.set(name, this.#builder.apply('select', isHere, register, this.valueOf(name)));
    });
  }

  /** A function may change what is read beside it: its value is worked out first. */
  #beforehand(term: Term): Term {
    if (callsIn(term).size === 0) return term;
    const name = `value#${this.#frames++}`;
    this.env.set(name, this.emit(term));
    return symbol(name);
  }

  #callStatement(call: Call, inside: Inside): void {
    const name = call.name.text;
    if (name === 'integrate_odes') {
      if (this.#around > 0) this.#refuse(call, 'integrate_odes cannot stand in a loop.');
      else this.#effects?.integrate(statesOf(call));
    } else if (name === 'emit_spike' || name === 'deliver_spike') {
      if (this.#effects?.emit) {
        const [weight] = call.arguments;
        this.#effects.emit(weight ? this.#lowering.lower(weight, inside) : ONE);
        return;
      }
      for (const one of call.arguments) {
        const weight = this.#lowering.lower(one, inside);
        if (canAct(weight)) this.emit(weight);
      }
      this.env.set(SPIKES, this.emit(add(symbol(SPIKES), number(1))));
    } else if (this.#lowering.model.functions.has(name)) {
      this.emit(this.#lowering.lower(call, inside));
    } else if (printing.has(name)) {
      this.#warn(call, `${name} writes nothing here; a multimeter shows what changes.`);
    }
  }

  /** Once, also where bodies are written out several times. */
  #warn(at: Span, message: string): void {
    const { problems } = this.#lowering.model;
    const isTold = problems.all.some((one) => one.start === at.start && one.message === message);
    if (!isTold) problems.warning(at, message);
  }

  #refuse(at: Span, message: string): void {
    this.#lowering.model.problems.error(at, message);
  }

  #return(value: Expression | undefined, inside: Inside, frame: Frame): void {
    if (value) {
      const term = this.#lowering.lower(value, inside);
      this.env.set(frame.result, this.emit(frame.isBoolean ? apply('to_number', term) : term));
    }
    this.env.set(frame.returned, this.#builder.truth(true));
  }

  #if(
    { branches, otherwise }: Pick<Statement & { readonly is: 'if' }, 'branches' | 'otherwise'>,
    inside: Inside,
    frame: Frame | undefined,
  ): void {
    const [first, ...rest] = branches;
    const mask = this.emit(this.#lowering.lower(first!.condition, inside));
    const yes = this.#branch(mask, () => this.#body(first!.body, inside, frame));
    const others = rest.length > 0 || otherwise !== undefined;
    if (!others) {
      this.#choose(mask, yes, new Map());
      return;
    }
    const no = this.#branch(this.#builder.apply('invert', mask), () => {
      if (rest.length > 0) this.#if({ branches: rest, otherwise }, inside, frame);
      else this.#body(otherwise!, inside, frame);
    });
    this.#choose(mask, yes, no);
  }

  /** Loops that are short and go by numbers are written out. */
  #for(statement: For, inside: Inside, frame: Frame | undefined): void {
    const { variable, from, to, step, body } = statement;
    const { symbol: name, type } = this.#target({ name: variable, order: 0 }, inside);
    const lowering = this.#lowering;
    const isWhole = type?.is === 'integer';
    const start = lowering.lower(from, inside);
    const first = this.emit(
      isWhole && lowering.mayHaveDecimals(from) ? apply('truncate', start) : start,
    );
    this.env.set(name, first);
    const advance = (): void => {
      const next = this.#builder.apply('add', this.valueOf(name), this.#builder.constant(step));
      const isCut = isWhole && !Number.isInteger(step);
      this.env.set(name, isCut ? this.#builder.apply('truncate', next) : next);
    };
    const turns = this.#turnsOf(statement, first, inside);
    if (turns !== undefined) {
      const outer = this.#writtenOut;
      this.#writtenOut *= Math.max(turns, 1);
      this.#around++;
      for (let k = 0; k < turns; k++) {
        this.#body(body, inside, frame);
        advance();
      }
      this.#around--;
      this.#writtenOut = outer;
      return;
    }
    const isThere = (): Register => {
      const [at, end] = [this.valueOf(name), this.emit(this.#lowering.lower(to, inside))];
      return step > 0 ? this.#builder.apply('less', at, end) : this.#builder.apply('less', end, at);
    };
    this.#loopWhile(isThere, statement, inside, frame, advance);
  }

  /** How often a loop goes round that is written out; undefined for others. */
  #turnsOf(loop: For, first: Register, inside: Inside): number | undefined {
    const { variable, to, step, body } = loop;
    const { model } = this.#lowering;
    const size = [...statementsIn(body)].length * this.#writtenOut;
    if (size > MOST_STATEMENTS || body.some(mayReturn) || functionsIn([loop], model).size > 0) {
      return undefined;
    }
    const changed = assignedIn(body);
    const read = [...expressionsIn(to)].flatMap((one) => (one.is === 'variable' ? [one] : []));
    if ([variable.text, ...read.map(keyOf)].some((name) => changed.has(name))) return undefined;
    const last = this.emit(this.#lowering.lower(to, inside));
    const turns = countsOf(this.#builder.valueOf(first), this.#builder.valueOf(last), step);
    return turns !== undefined && turns * size <= MOST_STATEMENTS ? turns : undefined;
  }

  #loopWhile(
    isThere: () => Register,
    loop: Loop,
    inside: Inside,
    frame: Frame | undefined,
    advance: () => void,
  ): void {
    const { body } = loop;
    const builder = this.#builder;
    const goesOn = (): Register => {
      const there = isThere();
      if (!frame || !body.some(mayReturn)) return there;
      return builder.apply('both', there, builder.apply('invert', this.valueOf(frame.returned)));
    };
    const names = [...this.#changedBy([loop], inside, frame)];
    const first = goesOn();
    const mask = builder.changingFrom(
      this.mask === undefined ? first : builder.apply('both', this.mask, first),
    );
    const changing = names.map((name) => builder.changingFrom(this.#before(name)));
    names.forEach((name, i) => this.env.set(name, changing[i]!));
    const outer = this.mask;
    this.mask = mask;
    this.#loops++;
    this.#around++;
    builder.loop(mask, () => {
      this.#body(body, inside, frame);
      advance();
      // A condition may change something, too.
      const again = goesOn();
      const next = names.map((name, i) =>
        builder.apply('select', mask, this.valueOf(name), changing[i]!),
      );
      const stays = builder.apply('both', mask, again);
      next.forEach((value, i) => {
        if (value !== changing[i]) builder.assign(changing[i]!, value);
      });
      builder.assign(mask, stays);
    });
    this.#loops--;
    this.#around--;
    this.mask = outer;
    names.forEach((name, i) => this.env.set(name, changing[i]!));
  }

  /** Names whose values a body may change. */
  #changedBy(body: Body, inside: Inside, frame: Frame | undefined): Set<string> {
    const { model, names } = this.#lowering;
    const changed = new Set<string>();
    if (spikesOf(body) > 0) changed.add(SPIKES);
    if (drawsIn(body)) changed.add(DRAWS);
    if (frame) [frame.result, frame.returned].forEach((name) => changed.add(name));
    this.#declareAll(body, inside);
    for (const key of assignedIn(body)) {
      const local = inside.locals?.get(key);
      for (const name of namesOf(local ?? { symbol: key, size: names.sizes.get(key) })) {
        changed.add(name);
      }
    }
    for (const name of functionsIn(body, model)) {
      for (const key of assignedIn(functionNamed(model, name)!.body)) {
        const size = names.sizes.get(key);
        const isState = names.state(size === undefined ? key : `${key}[0]`) !== undefined;
        if (isState) namesOf({ symbol: key, size }).forEach((one) => changed.add(one));
      }
    }
    return changed;
  }

  #declareAll(body: Body, inside: Inside): void {
    for (const one of body) {
      if (one.is === 'declaration') {
        for (const variable of one.variables) {
          this.#local(variable, keyOf(variable), one.type, inside);
        }
      } else if (one.is === 'if') {
        for (const branch of one.branches) this.#declareAll(branch.body, inside);
        this.#declareAll(one.otherwise ?? [], inside);
      } else if (one.is === 'while' || one.is === 'for') this.#declareAll(one.body, inside);
    }
  }

  #function(name: string, operands: readonly Register[]): Register {
    this.#builder.spend();
    const declared = functionNamed(this.#lowering.model, name)!;
    const id = this.#frames++;
    const locals: Locals = new Map();
    declared.parameters.forEach((parameter, i) => {
      const { held, kind } = heldAs(parameter.type);
      const key = parameter.name.text;
      const local: Local = {
        ...{ symbol: `${key}#${id}`, type: kindAsType(kind), held, size: undefined },
      };
      locals.set(key, local);
      const isWhole = kind === 'integer';
      const given = isWhole ? this.#builder.apply('truncate', operands[i]!) : operands[i]!;
      this.env.set(local.symbol, given);
      this.env.set(local.symbol, this.emit(asHeld(symbol(local.symbol), held)));
    });
    const isBoolean = declared.returns?.is === 'plain' && declared.returns.name === 'boolean';
    const isInteger = declared.returns?.is === 'plain' && declared.returns.name === 'integer';
    const frame = { result: `result#${id}`, returned: `returned#${id}`, isBoolean };
    this.env.set(frame.result, this.#builder.constant(0));
    this.env.set(frame.returned, this.#builder.truth(false));
    this.#body(declared.body, { locals }, frame);
    const result = this.valueOf(frame.result);
    for (const { symbol: own, size } of locals.values()) {
      for (const one of namesOf({ symbol: own, size })) this.env.delete(one);
    }
    this.env.delete(frame.result);
    this.env.delete(frame.returned);
    return isInteger ? this.#builder.apply('truncate', result) : result;
  }

  #draw({ draw }: Term & { readonly is: 'draw' }, operands: readonly Register[]): Register {
    const builder = this.#builder;
    const isRepeated = this.#loops > 0;
    const ordinal = isRepeated ? this.#before(DRAWS) : builder.constant(0);
    if (isRepeated) this.env.set(DRAWS, builder.apply('add', ordinal, builder.constant(1)));
    const made = builder.fresh();
    const site = plain(this.#effects?.drawSite() ?? 0);
    builder.do(draw, [write(made), read(ordinal), site, ...operands.map(read)]);
    return made;
  }

  #checkIndex(index: Register, size: number, name: string): void {
    if (!this.#effects || this.isInSolver) return;
    const builder = this.#builder;
    const isBefore = builder.apply('less', index, builder.constant(0));
    const isBehind = builder.apply('less_or_equal', builder.constant(size), index);
    const isWrong = builder.apply('either', isBefore, isBehind);
    if (isWrong === builder.truth(false)) return;
    const mask = this.mask === undefined ? isWrong : builder.apply('both', this.mask, isWrong);
    const text = `an index of ${name.split('#')[0]} is not in 0 … ${size - 1}.`;
    builder.do('fail', [plain(this.#effects.failure(text)), read(mask)]);
  }
}

const mayReturn = (statement: Statement): boolean => {
  switch (statement.is) {
    case 'return':
      return true;
    case 'if':
      return (
        statement.branches.some(({ body }) => body.some(mayReturn)) ||
        (statement.otherwise ?? []).some(mayReturn)
      );
    case 'while':
    case 'for':
      return statement.body.some(mayReturn);
    default:
      return false;
  }
};

const namesOf = ({ symbol: name, size }: Pick<Local, 'symbol' | 'size'>): string[] =>
  size === undefined ? [name] : elementsOf(name, size);

const kindAsType = (kind: Entry['kind']): Type | undefined =>
  kind === 'real' ? undefined : { is: kind };

/** Most turns of a loop that are written out, and most statements of all turns. */
const MOST_TURNS = 64;
const MOST_STATEMENTS = 512;

/** How often a loop between two numbers goes round, if that is known and not too often. */
function countsOf(
  from: number | undefined,
  to: number | undefined,
  step: number,
): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  // What is added up of others is rounded.
  if (![from, to, step].every(Number.isInteger)) return undefined;
  const turns = Math.max(0, Math.ceil((to - from) / step));
  return turns <= MOST_TURNS ? turns : undefined;
}
