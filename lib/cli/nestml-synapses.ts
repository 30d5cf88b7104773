import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CheckedModel } from '../nestml/checked-model';
import type { CompiledTexts } from '../nestml/compiled-texts';
import type { Cause, SynapseCode } from '../nestml/compiler/code';
import type { Place } from '../nestml/compiler/placement';
import { modelKinds } from '../nestml/kind';
import { keyOf } from '../nestml/scope';
import type { SynapseRoles } from '../nestml/synapse-roles';
import { columns } from './table';

// What the command says of synapse models, and what it is told of them.

const names = (text: string): string[] => text.split(',').map((name) => name.trim());

function pairs(text: string): Record<string, string> {
  return Object.fromEntries(
    names(text).map((pair) => {
      const [port = '', variable = '', ...more] = pair.split('=');
      if (port !== '' && variable !== '' && more.length === 0) return [port, variable];
      throw new InvalidArgumentError('Pairs are port=variable, with commas between.');
    }),
  );
}

/** Options by which a command is told what a text does not say of its models. */
export function addSaid(command: Command): Command {
  return command
    .addOption(
      new Option('--kind <kind>', 'what the models are (default: as their names say)').choices(
        modelKinds,
      ),
    )
    .option('--post-ports <ports>', 'ports at which spikes of the target arrive', names)
    .option('--modulator-ports <ports>', 'the port of a transmitter of dopamine or reward', names)
    .option('--post-variables <pairs>', 'what continuous ports read: port=variable,…', pairs)
    .option(
      '--weight <name>',
      'the state or parameter that is the weight (default: what is emitted)',
    )
    .option('--delay <name>', 'the parameter that is the delay (default: that with @nest::delay)');
}

/** What is known of a synapse model by its text. */
export interface SynapseDocument {
  readonly name: string;
  readonly kind: 'synapse';
  readonly ports: readonly { readonly port: string; readonly gets: string }[];
  readonly weight: string;
  readonly delay?: string;
  readonly states: readonly { readonly name: string; readonly lives_in: Place }[];
  /** Of one synapse: when time passes, and at spikes. */
  readonly operations: Readonly<Partial<Record<Cause | 'time', number>>>;
}

export function synapseDocument({
  model,
  places,
  declared,
  roles,
}: CompiledTexts['synapses'][number]): SynapseDocument {
  const states = model.declarations('state').flatMap(({ variables }) => variables.map(keyOf));
  return {
    ...{ name: model.text.name.text, kind: 'synapse', ports: portsOf(model, roles) },
    weight: roles.weight,
    ...(roles.delay !== undefined && { delay: roles.delay }),
    states: states.map((name) => ({ name, lives_in: places.get(name)! })),
    operations: operationsOf(declared),
  };
}

function operationsOf({ programs, handlers }: SynapseCode): SynapseDocument['operations'] {
  const counts: Partial<Record<Cause | 'time', number>> = { time: programs.update.main };
  for (const { cause, program } of handlers) counts[cause] = (counts[cause] ?? 0) + program.main;
  return counts;
}

function portsOf(
  { ports }: CheckedModel,
  { pre, posts, modulator, postVariables }: SynapseRoles,
): SynapseDocument['ports'] {
  return ports.map((port) => {
    const variable = postVariables.find((one) => one.port === port)?.variable;
    const isReward = port.kind === 'continuous';
    const gets =
      port === pre
        ? 'spikes of the source'
        : posts.includes(port)
          ? 'spikes of the target'
          : port === modulator
            ? `${isReward ? 'the reward of a reward_transmitter' : 'spikes of a volume_transmitter'}`
            : `${variable} of the target`;
    return { port: port.name.text, gets };
  });
}

const placeWords: Readonly<Record<Place, string>> = {
  synapse: 'each synapse',
  row: 'once for the synapses of a source',
  target: 'once for those of a target',
  modulator: 'once for all of its transmitter',
};

const causeWords: Readonly<Record<Cause | 'time', string>> = {
  time: 'when time passes',
  pre: 'at a spike of the source',
  post: 'at a spike of the target',
  modulator: 'at a spike of the transmitter',
};

export function synapseText(document: SynapseDocument): string {
  const { name, ports, weight, delay, states, operations } = document;
  const counts = Object.entries(operations).map(([cause, count]) => [
    causeWords[cause as Cause | 'time'],
    `${count}`,
  ]);
  const connection = [['weight', weight], ...(delay === undefined ? [] : [['delay', delay]])];
  return [
    `${name}, a synapse\n`,
    `Ports\n${columns([['port', 'gets'], ...ports.map((one) => [one.port, one.gets])])}`,
    `Of the connection\n${columns(connection)}`,
    ...(states.length === 0
      ? []
      : [
          `Where states live\n${columns(states.map((one) => [one.name, placeWords[one.lives_in]]))}`,
        ]),
    `Operations\n${columns(counts)}`,
  ].join('\n');
}
