import type { CheckedModel } from '../checked-model';
import { keyOf } from '../scope';
import type { SynapseRoles } from '../synapse-roles';
import type { Body, Expression, Statement } from '../syntax';
import { expressionsIn, expressionsOf } from '../walk';
import { assignedIn, functionNamed, functionsIn, namesOutside } from './functions';

// Where the states of a synapse live: what is the same for all synapses of a source, of a target or of
// a modulator is there once.

/** `row`: once for all synapses of a source (and of one delay). */
export type Place = 'synapse' | 'row' | 'target' | 'modulator';

/** What changes a state: time, or spikes of one kind. */
type Cause = 'time' | 'pre' | 'post' | 'modulator';

/** The place of states that are changed by one kind of spikes alone. */
const placeOfCause: Readonly<Record<Cause, Place>> = {
  ...{ time: 'synapse', pre: 'row', post: 'target', modulator: 'modulator' },
};

interface Change {
  readonly cause: Cause;
  /** All that the new value depends on: names, those of ports too. */
  readonly on: ReadonlySet<string>;
  readonly isDrawn: boolean;
}

/**
 * The place of each state of a synapse, found from what changes it and what it depends on: a state lives
 * in a row where spikes of the source alone change it, together with states that live there too. It is
 * the same for all synapses there as long as its parameters are.
 */
export function placesOf(model: CheckedModel, roles: SynapseRoles): Map<string, Place> {
  const changes = changesOf(model, roles);
  const places = new Map<string, Place>();
  for (const [name, ways] of changes) {
    const causes = new Set(ways.map(({ cause }) => cause));
    causes.delete('time');
    const [only] = causes;
    const isOwn = name === roles.weight || causes.size !== 1 || ways.some((one) => one.isDrawn);
    places.set(name, isOwn ? 'synapse' : placeOfCause[only!]);
  }
  const isTold = (name: string): boolean =>
    roles.postVariables.some(({ port }) => port.name.text === name);
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const [name, place] of places) {
      if (place === 'synapse') continue;
      const on = changes.get(name)!.flatMap((one) => [...one.on]);
      const stays = on.every((one) => (places.get(one) ?? place) === place && !isTold(one));
      if (stays) continue;
      places.set(name, 'synapse');
      isSettled = false;
    }
  }
  return places;
}

/** The ways in which each state is changed. */
function changesOf(model: CheckedModel, roles: SynapseRoles): Map<string, Change[]> {
  const states = model
    .declarations('state')
    .flatMap(({ variables }) => variables.map((one) => keyOf(one)));
  const changes = new Map<string, Change[]>(states.map((name) => [name, []]));
  const flow = new Flow(model, changes);
  for (const { body } of model.blocks('update')) flow.follow(body, 'time');
  for (const { port, body } of model.blocks('onReceive')) {
    flow.follow(body, causeOf(port.name.text, roles));
  }
  for (const equation of model.equations) {
    if (equation.is === 'ode') flow.equation(equation.variable.name.text, equation.value);
  }
  return changes;
}

function causeOf(port: string, { pre, modulator }: SynapseRoles): Cause {
  if (port === pre.name.text) return 'pre';
  return port === modulator?.name.text ? 'modulator' : 'post';
}

interface Sources {
  readonly on: ReadonlySet<string>;
  readonly isDrawn: boolean;
}

const NOTHING: Sources = { on: new Set(), isDrawn: false };

const together = (...all: readonly Sources[]): Sources => ({
  on: new Set(all.flatMap(({ on }) => [...on])),
  isDrawn: all.some(({ isDrawn }) => isDrawn),
});

/** Follows statements: what each assignment depends on, through locals and conditions. */
class Flow {
  readonly #model: CheckedModel;
  readonly #changes: ReadonlyMap<string, Change[]>;
  readonly #inlines = new Map<string, Expression>();

  constructor(model: CheckedModel, changes: ReadonlyMap<string, Change[]>) {
    this.#model = model;
    this.#changes = changes;
    for (const one of model.equations) {
      if (one.is === 'inline') this.#inlines.set(one.name.text, one.value);
    }
  }

  /** An equation changes a state and its derivatives. */
  equation(name: string, value: Expression): void {
    const sources = this.#sourcesOf(value, new Map());
    for (const [state, ways] of this.#changes) {
      if (state.replaceAll("'", '') === name) ways.push({ cause: 'time', ...sources });
    }
  }

  follow(body: Body, cause: Cause): void {
    // What a round of a loop finds out, the next one may use.
    const locals = new Map<string, Sources>();
    this.#body(body, cause, locals, NOTHING);
    this.#body(body, cause, locals, NOTHING);
  }

  #body(body: Body, cause: Cause, locals: Map<string, Sources>, around: Sources): void {
    for (const statement of body) this.#statement(statement, cause, locals, around);
  }

  #statement(
    statement: Statement,
    cause: Cause,
    locals: Map<string, Sources>,
    around: Sources,
  ): void {
    const own = expressionsOf(statement).flatMap((one) => (one ? [one] : []));
    const read = together(around, ...own.map((one) => this.#sourcesOf(one, locals)));
    for (const tree of own) this.#effects(tree, cause, read);
    switch (statement.is) {
      case 'declaration':
        for (const name of statement.variables.map(keyOf)) {
          // What it held in the round before may have been of use.
          locals.set(name, together(locals.get(name) ?? NOTHING, read));
        }
        return;
      case 'assignment':
        this.#set(keyOf(statement.variable), read, cause, locals);
        return;
      case 'if': {
        for (const { body } of statement.branches) this.#body(body, cause, locals, read);
        if (statement.otherwise) this.#body(statement.otherwise, cause, locals, read);
        return;
      }
      case 'for':
        this.#set(statement.variable.text, read, cause, locals);
        this.#body(statement.body, cause, locals, read);
        return;
      case 'while':
        this.#body(statement.body, cause, locals, read);
        return;
      default:
    }
  }

  #set(name: string, sources: Sources, cause: Cause, locals: Map<string, Sources>): void {
    const local = locals.get(name);
    if (local !== undefined) {
      locals.set(name, together(local, sources));
      return;
    }
    this.#changes.get(name)?.push({ cause, ...sources });
  }

  /** Functions may change states, too. */
  #effects(tree: Expression, cause: Cause, sources: Sources): void {
    for (const name of this.#functionsIn(tree)) {
      const declared = functionNamed(this.#model, name)!;
      const outside = namesOutside(declared);
      for (const one of assignedIn(declared.body)) {
        if (outside.has(one)) this.#changes.get(one)?.push({ cause, ...sources });
      }
    }
  }

  #functionsIn(tree: Expression): Set<string> {
    const names = [...expressionsIn(tree)].flatMap((one) =>
      one.is === 'call' && this.#model.functions.has(one.name.text) ? [one.name.text] : [],
    );
    const inner = names.flatMap((name) => [
      ...functionsIn(functionNamed(this.#model, name)!.body, this.#model),
    ]);
    return new Set([...names, ...inner]);
  }

  #sourcesOf(tree: Expression, locals: ReadonlyMap<string, Sources>): Sources {
    const found: Sources[] = [];
    for (const one of expressionsIn(tree)) {
      if (one.is === 'variable') found.push(this.#sourcesOfName(keyOf(one), locals));
      else if (one.is === 'call') {
        found.push({ on: new Set(), isDrawn: one.name.text.startsWith('random_') });
      }
    }
    for (const name of this.#functionsIn(tree)) {
      found.push({ on: namesOutside(functionNamed(this.#model, name)!), isDrawn: false });
    }
    return together(...found);
  }

  #sourcesOfName(name: string, locals: ReadonlyMap<string, Sources>): Sources {
    const inline = this.#inlines.get(name);
    if (locals.has(name)) return locals.get(name)!;
    return inline === undefined
      ? { on: new Set([name]), isDrawn: false }
      : this.#sourcesOf(inline, new Map());
  }
}
