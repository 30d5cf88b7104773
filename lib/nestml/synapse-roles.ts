import { endWith, nearestName, quoted } from '../suggest';
import type { CheckedModel } from './checked-model';
import type { SynapseOptions } from './said';
import type { Block, Call, Port, Variable } from './syntax';
import { callStatementsIn } from './walk';

// What the ports and numbers of a synapse are to its connection: the language itself does not say it.

type Handler = Block & { readonly is: 'onReceive' };

/** A continuous port, and the variable of the target that it reads. */
export interface PostVariable {
  readonly port: Port;
  readonly variable: string;
}

export interface SynapseRoles {
  /** At which spikes of the source arrive. */
  readonly pre: Port;
  readonly posts: readonly Port[];
  readonly modulator: Port | undefined;
  readonly postVariables: readonly PostVariable[];
  /** A state or a parameter. */
  readonly weight: string;
  readonly delay: string | undefined;
}

const EMITTING: ReadonlySet<string> = new Set(['emit_spike', 'deliver_spike']);

/** The calls of a handler that send spikes on. */
export const emissionsIn = ({ body }: Handler): Call[] =>
  [...callStatementsIn(body)].filter(({ name }) => EMITTING.has(name.text));

/**
 * What the parts of a synapse model without errors are for; undefined where that is not known, which is
 * told. Source: NESTML 8 language documentation, "Synapses", and the options of its code generator.
 */
export function synapseRoles(
  model: CheckedModel,
  options: SynapseOptions = {},
): SynapseRoles | undefined {
  const found = new Roles(model, options).find();
  return model.problems.hasErrors ? undefined : found;
}

const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

class Roles {
  readonly #model: CheckedModel;
  readonly #options: SynapseOptions;
  readonly #handlers: readonly Handler[];

  constructor(model: CheckedModel, options: SynapseOptions) {
    this.#model = model;
    this.#options = options;
    this.#handlers = model.blocks('onReceive');
  }

  find(): SynapseRoles | undefined {
    const { postPorts = [], modulatorPorts = [], postVariables = {} } = this.#options;
    this.#refuseVectors();
    this.#refuseConditions();
    const posts = this.#named('postPorts', postPorts, 'spike');
    const modulators = this.#named('modulatorPorts', modulatorPorts);
    if (modulators.length > 1) {
      this.#error(
        `modulatorPorts: '${this.#name}' can have one modulator, not ${modulators.length}.`,
      );
    }
    const pre = this.#pre(posts, modulators);
    this.#refuseOthers([...posts, ...modulators, ...(pre ? [pre] : [])]);
    const variables = this.#postVariables(postVariables, modulators);
    const weight = this.#weight(pre);
    const delay = this.#delay();
    if (pre === undefined || weight === undefined) return undefined;
    return { pre, posts, modulator: modulators[0], postVariables: variables, weight, delay };
  }

  get #name(): string {
    return this.#model.text.name.text;
  }

  #error(message: string, suggestion?: string): void {
    this.#model.problems.error(this.#model.text.name, message, suggestion);
  }

  #refuseVectors(): void {
    for (const { size, name } of this.#model.ports) {
      if (size === undefined) continue;
      this.#model.problems.error(name, `'${name.text}' is a vector; ports of synapses are none.`);
    }
  }

  #refuseConditions(): void {
    for (const block of this.#model.blocks('onCondition')) {
      const says = 'A synapse does something at spikes only';
      this.#model.problems.error(
        block,
        `${says}; what follows from a condition stands in a handler.`,
      );
    }
  }

  /** Ports by names that an option gives. */
  #named(option: string, names: readonly string[], kind?: Port['kind']): Port[] {
    const all = this.#model.ports.filter((port) => kind === undefined || port.kind === kind);
    const known = all.map(({ name }) => name.text);
    return names.flatMap((name) => {
      const port = all.find((one) => one.name.text === name);
      if (port !== undefined) return [port];
      const suggestion = nearestName(name, known);
      const what = kind === undefined ? 'port' : 'port of spikes';
      const ports = known.length === 0 ? 'it has none' : `it has ${listed(known)}`;
      const ends = suggestion === undefined ? `; ${ports}.` : endWith(suggestion);
      this.#error(`${option}: '${this.#name}' has no ${what} '${name}'${ends}`, suggestion);
      return [];
    });
  }

  get #spikePorts(): Port[] {
    return this.#model.ports.filter(({ kind }) => kind === 'spike');
  }

  /** The port whose handler sends spikes on. */
  #pre(posts: readonly Port[], modulators: readonly Port[]): Port | undefined {
    const sending = this.#handlers.filter((one) => emissionsIn(one).length > 0);
    const ports = sending.flatMap(({ port }) => this.#portOf(port) ?? []);
    const [first, second] = ports;
    if (first === undefined) {
      const example =
        'emit_spike(w) in the handler of the port at which spikes of the source arrive';
      this.#error(`A synapse sends spikes on: ${example}.`);
      return undefined;
    }
    if (second !== undefined) {
      const names = listed(ports.map(({ name }) => name.text));
      this.#error(`Spikes are sent on at one port, that of the source; here are ${names}.`);
      return undefined;
    }
    const taken = posts.includes(first) ? 'postPorts' : 'modulatorPorts';
    if (posts.includes(first) || modulators.includes(first)) {
      this.#error(`${taken}: '${first.name.text}' sends spikes on: it is the port of the source.`);
    }
    return first;
  }

  #portOf({ name }: Variable): Port | undefined {
    return this.#model.ports.find((port) => port.name.text === name.text);
  }

  /** Ports of spikes of which nobody has said what arrives there. */
  #refuseOthers(known: readonly Port[]): void {
    const others = this.#spikePorts.filter((port) => !known.includes(port));
    if (others.length === 0) return;
    const names = listed(others.map(({ name }) => name.text));
    const all = listed(this.#spikePorts.map(({ name }) => name.text));
    const options = 'postPorts: spikes of the target, or modulatorPorts';
    for (const { name } of others.slice(0, 1)) {
      this.#model.problems.error(
        name,
        `What arrives at ${names} must be said (${options}); ports of spikes are ${all}.`,
      );
    }
  }

  #postVariables(
    given: Readonly<Record<string, string>>,
    modulators: readonly Port[],
  ): PostVariable[] {
    this.#named('postVariables', Object.keys(given));
    const ports = this.#model.ports.filter(
      (port) => port.kind === 'continuous' && !modulators.includes(port),
    );
    return ports.flatMap((port) => {
      const { text } = port.name;
      if (Object.hasOwn(given, text)) return [{ port, variable: given[text]! }];
      const options = `postVariables: { ${text}: 'V_m' } of the target, or modulatorPorts`;
      this.#model.problems.error(port.name, `What '${text}' reads must be said: ${options}.`);
      return [];
    });
  }

  /** What is emitted, unless an option names something else. */
  #weight(pre: Port | undefined): string | undefined {
    const { weight } = this.#options;
    const candidates = this.#model.scope.names.filter((name) => this.#canBeWeight(name));
    if (weight !== undefined) {
      if (candidates.includes(weight)) return weight;
      const suggestion = nearestName(weight, candidates);
      const ends = suggestion === undefined ? '.' : endWith(suggestion);
      const what = 'no state or parameter that is a number';
      this.#error(`weight: '${this.#name}' has ${what} '${weight}'${ends}`, suggestion);
      return undefined;
    }
    const handler = this.#handlers.find(({ port }) => port.name.text === pre?.name.text);
    if (handler === undefined) return undefined;
    const emitted = emissionsIn(handler).map(({ arguments: [value] }) => value);
    const names = new Set(
      emitted.map((value) => (value?.is === 'variable' ? value.name.text : undefined)),
    );
    const [only] = names;
    if (names.size === 1 && only !== undefined && candidates.includes(only)) return only;
    const says = 'no state or parameter alone is emitted';
    const known = candidates.length === 0 ? 'there is none' : listed(candidates);
    this.#model.problems.error(
      handler.port,
      `Which number is the weight of the connection must be said (weight), as ${says}: ${known}.`,
    );
    return undefined;
  }

  #canBeWeight(name: string): boolean {
    const thing = this.#model.scope.find(name);
    if (thing?.kind !== 'state' && thing?.kind !== 'parameter') return false;
    const is = thing.type?.is;
    return !thing.isVector && !name.includes("'") && (is === 'real' || is === 'quantity');
  }

  #delay(): string | undefined {
    const { delay } = this.#options;
    const parameters = this.#model.declarations('parameters');
    const decorated = parameters.find(({ decorators }) =>
      decorators.some(({ text }) => text === 'nest::delay'),
    );
    if (delay === undefined) return decorated?.variables[0]?.name.text;
    const names = parameters.flatMap(({ variables }) => variables.map(({ name }) => name.text));
    if (names.includes(delay)) return delay;
    const suggestion = nearestName(delay, names);
    const ends = suggestion === undefined ? '.' : endWith(suggestion);
    this.#error(`delay: '${this.#name}' has no parameter '${delay}'${ends}`, suggestion);
    return undefined;
  }
}
