import { BadParameterValue, BadProperty, TypeMismatch } from './errors';
import { checkObject, mismatch } from './forms';
import type { LoadModelOptions, ModelSource } from './loaded-models';
import { textsOf } from './model-sources';
import { type CheckedText, checkTexts, compileTexts, hasErrors } from './nestml/compiled-texts';
import { modelKinds } from './nestml/kind';
import { modelTextError } from './nestml/model-text-error';
import type { SaidOfModels } from './nestml/said';
import { problemsText } from './nestml/source';
import { inTurns } from './nestml/steps';
import type { Session } from './session';
import { checkKeys } from './suggest';

/**
 * Loads the models of texts, all of them or none, and gives their names.
 * @internal
 */
export async function loadModels(
  session: Session,
  source: ModelSource | readonly ModelSource[],
  options: LoadModelOptions,
): Promise<string[]> {
  const { replace, said } = checkedOptions(options);
  void session.open;
  const texts = await inTurns(checkTexts(await textsOf('LoadModel', source), said));
  refuseErrors(texts);
  const { neurons, synapses } = await inTurns(compileTexts(texts, session.resolution));
  refuseErrors(texts);
  try {
    session.loadModels(
      neurons.map(({ code }) => code),
      synapses.map(({ code }) => code),
      replace,
    );
  } catch (error) {
    throw placed(error, texts);
  }
  warn(texts);
  return texts.flatMap(({ models }) => models.map(({ text }) => text.name.text));
}

/** Forms of the options, by name. */
const optionForms: {
  readonly [K in keyof LoadModelOptions]-?: (value: unknown) => string | undefined;
} = {
  replace: (value) => (typeof value === 'boolean' ? undefined : 'a boolean'),
  kind: (value) => (typeof value === 'string' ? undefined : 'a text'),
  postPorts: (value) => (isListOfTexts(value) ? undefined : 'a list of names'),
  modulatorPorts: (value) => (isListOfTexts(value) ? undefined : 'a list of names'),
  postVariables: (value) => (isTextByName(value) ? undefined : 'an object of names by ports'),
  weight: (value) => (typeof value === 'string' ? undefined : 'a text'),
  delay: (value) => (typeof value === 'string' ? undefined : 'a text'),
};

const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const isTextByName = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  isListOfTexts(Object.values(value));

function checkedOptions(options: LoadModelOptions): { replace: boolean; said: SaidOfModels } {
  checkObject(options, 'options', 'an object', 'LoadModel');
  checkKeys(options, Object.keys(optionForms), 'LoadModel has no option');
  const { replace = false, ...said } = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as LoadModelOptions;
  for (const [name, value] of Object.entries({ replace, ...said })) {
    const expected = optionForms[name as keyof LoadModelOptions](value);
    if (expected !== undefined) throw mismatch(name, expected, value, 'LoadModel');
  }
  const { kind } = said;
  if (kind === undefined || modelKinds.includes(kind)) return { replace, said };
  const allowed = modelKinds.join(', ');
  throw new BadParameterValue(
    `LoadModel: kind must be one of ${allowed}, got '${kind as string}'.`,
    { parameter: 'kind', value: kind, allowed },
  );
}

/** What the core has against a model, with the place in its text. */
function placed(error: unknown, texts: readonly CheckedText[]): unknown {
  if (!(error instanceof BadProperty || error instanceof TypeMismatch)) return error;
  for (const { models, origin, file } of texts) {
    const model = models.find(({ text }) => text.name.text === error.model);
    if (model === undefined) continue;
    const names = [error.parameter, error.value];
    const declared = (['parameters', 'state', 'internals'] as const)
      .flatMap((kind) => model.declarations(kind))
      .flatMap(({ variables }) => variables);
    const about = declared.find(({ name }) => names.includes(name.text)) ?? model.text.name;
    const { line, column } = about.start;
    const place = `${origin === undefined ? '' : `${origin}:`}${line}:${column}`;
    const OwnClass = error instanceof BadProperty ? BadProperty : TypeMismatch;
    return new OwnClass(`${place}: ${error.message}`, { ...error, file, line, column });
  }
  return error;
}

/** Tells of warnings as Node.js does: once a text. */
function warn(texts: readonly CheckedText[]): void {
  for (const { problems, origin } of texts) {
    if (problems.all.length === 0) continue;
    process.emitWarning(problemsText(problems.all, origin), {
      ...{ type: 'TegmentaWarning', code: 'TEGMENTA_MODEL_TEXT' },
    });
  }
}

/** @throws ModelTextError */
function refuseErrors(texts: readonly CheckedText[]): void {
  if (!hasErrors(texts)) return;
  throw modelTextError(texts.map((text) => ({ ...text, problems: text.problems.all })));
}
