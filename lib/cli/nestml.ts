import path from 'node:path';
import { type Command, Option } from 'commander';
import { NotImplemented } from '../errors';
import { type ModelKind, modelKinds } from '../nestml/kind';
import { modelTextError } from '../nestml/model-text-error';
import { problemsText } from '../nestml/source';
import type { ModelSummary } from '../nestml/summary';
import { jsonText, replaceFile } from './files';
import { ExitCode, type CliIO } from './io';
import { documentOf, documentText } from './model-text';
import { declarationsOf } from './model-types';
import { checkedFiles, type CheckedFile, type LoadedModel } from './nestml-files';
import { columns } from './table';

// What `tegmenta nestml` says of models in NESTML.

interface Options {
  readonly kind?: ModelKind;
}
interface Json extends Options {
  readonly json?: boolean;
}

/** Whether the models are neurons or synapses; by their names where it is left out. */
const kindOption = (): Option =>
  new Option('--kind <kind>', 'what the models are (default: as their names say)').choices(
    modelKinds,
  );

/** `tegmenta nestml check|info|types` */
export function addNestmlCommand(
  program: Command,
  io: CliIO,
  done: (code: ExitCode) => void,
): void {
  const nestml = program
    .command('nestml')
    .summary('check models written in NESTML, tell about them, declare their types')
    .description(
      'Check files of models in NESTML 8, tell what is in them, or declare their types.',
    );
  nestml
    .command('check')
    .summary('tell what is wrong in files')
    .description(
      'Tell what is wrong in files, a line each as compilers do: file:line:column. Exit code 1 if there is an error.',
    )
    .argument('<file...>', 'files in NESTML')
    .addOption(kindOption())
    .option('--json', 'print models and problems as JSON')
    .action(async (files: string[], options: Json) => done(await check(files, io, options)));
  nestml
    .command('info')
    .summary('tell all about the models of a file')
    .description(
      'Tell all about the models of a file: parameters with units and defaults, states, ports with their ' +
        'receptor numbers, recordables, how states are advanced, and operations in a step.',
    )
    .argument('<file>', 'file in NESTML')
    .addOption(kindOption())
    .option('--json', 'print it as JSON')
    .action(async (file: string, { json, kind }: Json) => {
      const models = await loadedModels(file, kind);
      io.stdout.write(
        json
          ? jsonText(models.map(modelDocument))
          : models.map((model) => modelText(model, io.stdout.columns ?? 100)).join('\n'),
      );
    });
  nestml
    .command('types')
    .summary('write a file of types for TypeScript')
    .description(
      'Declare the types of the models of a file, so that TypeScript and editors know their parameters. ' +
        'Where the program loads the file by the path given here, LoadModel gives their names.',
    )
    .argument('<file>', 'file in NESTML, as LoadModel gets it')
    .addOption(kindOption())
    .option('--out <file>', 'write them to a file instead of the standard output')
    .action(async (file: string, { out, kind }: Options & { readonly out?: string }) => {
      const text = declarationsOf(
        (await loadedModels(file, kind)).map(({ description, keys }) => ({ ...description, keys })),
        file,
      );
      if (out === undefined) io.stdout.write(text);
      else await writeTypes(out, text);
    });
}

/** @throws Error that names the file that was asked for, and what is wrong */
async function writeTypes(file: string, text: string): Promise<void> {
  try {
    await replaceFile(file, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      EISDIR: 'it is a folder',
      ENOENT: `there is no folder ${path.dirname(file)}`,
      ENOTDIR: `${path.dirname(file)} is no folder`,
    };
    const reason = reasons[code ?? ''] ?? code ?? String(cause);
    throw Object.assign(new Error(`${file} cannot be written: ${reason}.`, { cause }), { code });
  }
}

async function check(
  files: readonly string[],
  { stdout, stderr }: CliIO,
  { json, kind }: Json,
): Promise<ExitCode> {
  const checked = await checkedFiles(files, kind);
  if (json) stdout.write(jsonText(checked.map(checkDocument)));
  else {
    for (const file of checked) {
      const problems = problemsText(file.problems.all, file.file);
      if (problems !== '') stderr.write(`${problems}\n`);
      if (!file.problems.hasErrors) stdout.write(`${file.file}: ${namesText(file)}\n`);
    }
  }
  return checked.some(({ problems }) => problems.hasErrors) ? ExitCode.failed : ExitCode.done;
}

const namesText = ({ models }: CheckedFile): string =>
  models.map((model) => `${model.kind} ${model.text.name.text}`).join(', ');

const checkDocument = (file: CheckedFile): object => ({
  file: file.file,
  models: file.models.map((model) => ({ name: model.text.name.text, kind: model.kind })),
  problems: modelTextError([{ problems: file.problems.all }]).problems,
});

/**
 * The neurons of a file.
 * @throws ModelTextError; NotImplemented where there is a synapse model
 */
async function loadedModels(file: string, kind?: ModelKind): Promise<readonly LoadedModel[]> {
  const [checked] = await checkedFiles([file], kind);
  const { models, problems, loaded } = checked!;
  if (problems.hasErrors) throw modelTextError([{ file, problems: problems.all }]);
  const synapse = models.find((model) => model.kind === 'synapse')?.text.name.text;
  if (synapse !== undefined) {
    throw new NotImplemented(`'${synapse}' is a synapse model, of which only check knows so far.`, {
      ...{ model: synapse, file },
    });
  }
  return loaded;
}

const modelDocument = ({ description, summary }: LoadedModel): object => ({
  ...documentOf(description),
  ...summary,
});

const modelText = ({ description, summary }: LoadedModel, width: number): string =>
  [
    // What its equations are, and where it is from, the file says.
    documentText({ ...documentOf(description), equations: '', source: '' }, width),
    ...summarySections(summary),
  ].join('\n');

const weights = { positive: '> 0', negative: '< 0', all: 'all' };

function summarySections(summary: ModelSummary): string[] {
  const { spike_ports, continuous_ports, exact, numeric, operations } = summary;
  const spikes = spike_ports.map((one) => [one.port, `${one.receptor_type}`, weights[one.takes]]);
  const currents = continuous_ports.map((one) => [one.port, `${one.receptor_type}`, one.unit]);
  const solvers = [
    ...(exact.length > 0 ? [['exactly', exact.join(', ')]] : []),
    ...numeric.map((states) => ['by Runge-Kutta-Fehlberg', states.join(', ')]),
  ];
  const section = (heading: string, head: readonly string[], rows: string[][]): string[] =>
    rows.length === 0 ? [] : [`${heading}\n${columns(head.length > 0 ? [head, ...rows] : rows)}`];
  return [
    ...section('Ports of spikes', ['port', 'receptor_type', 'weights'], spikes),
    ...section('Continuous ports', ['port', 'receptor_type', 'unit'], currents),
    ...section('How states are advanced', [], solvers),
    ...section('Operations', [], [[`${operations} in a step of one neuron`]]),
  ];
}
