import type { Argument, Command } from 'commander';
import { models, node_models, synapse_models } from '../registry';
import type { Experiment } from './experiment';
import { jsonText } from './files';
import type { CliIO } from './io';
import { kindHeadings, modelDocument, modelText } from './model-text';
import { NameArgument } from './names';
import { columns } from './table';

interface ListOptions {
  readonly models?: boolean;
  readonly json?: boolean;
}

/** `tegmenta list [model] [--models] [--json]` */
export function addListCommand(
  program: Command,
  io: CliIO,
  experiments: readonly Experiment[],
): void {
  program
    .command('list')
    .summary('list the experiments, with --models the models, or all about a model')
    .description(
      'List the experiments that `tegmenta run` knows, or the models, or tell all about one model: ' +
        'equations, parameters with their units, defaults and ranges, states, recordables, connections.',
    )
    .addArgument(modelArgument())
    .option('--models', 'list the neuron, device and synapse models instead')
    .option('--json', 'print the list as JSON')
    .action((name: string | undefined, options: ListOptions, command: Command) => {
      if (name !== undefined && options.models) {
        command.error("error: argument 'model' cannot be used with option '--models'");
      }
      io.stdout.write(
        name !== undefined
          ? aboutModel(name, options, io)
          : options.models
            ? modelList(options)
            : experimentList(experiments, options),
      );
    });
}

const modelArgument = (): Argument =>
  new NameArgument('[model]', 'a neuron, device or synapse model: all about it', {
    names: [...node_models, ...synapse_models],
    where: '`tegmenta list --models` names the models.',
  });

function aboutModel(name: string, { json }: ListOptions, { stdout }: CliIO): string {
  return json ? jsonText(modelDocument(name)) : modelText(name, stdout.columns ?? 100);
}

function experimentList(experiments: readonly Experiment[], { json }: ListOptions): string {
  if (json) return jsonText(experiments.map(experimentDocument));
  const rows = experiments.map(({ name, summary }) => [name, summary]);
  return `Experiments (tegmenta run <name>)\n${columns(rows)}`;
}

/** Times in ms. */
const experimentDocument = (experiment: Experiment): object => {
  const { name, summary, reference, defaultTime, resolution, options } = experiment;
  return { name, summary, reference, time: defaultTime, resolution, options };
};

function modelList({ json }: ListOptions): string {
  if (json) return jsonText([...models.keys()].map(modelDocument));
  return Object.entries(kindHeadings)
    .map(([kind, heading]) => {
      const rows = [...models.values()]
        .filter((model) => model.kind === kind)
        .map(({ name, summary }) => [name, summary]);
      return `${heading}\n${columns(rows)}`;
    })
    .join('\n');
}
