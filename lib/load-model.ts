import { BadParameterValue, BadProperty, NotImplemented, TypeMismatch } from './errors';
import { checkObject, mismatch } from './forms';
import type { LoadModelOptions, ModelSource } from './loaded-models';
import { textsOf } from './model-sources';
import { type CheckedText, checkTexts, compileTexts, hasErrors } from './nestml/compiled-texts';
import { type ModelKind, modelKinds } from './nestml/kind';
import { modelTextError } from './nestml/model-text-error';
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
  const { replace, kind } = checkedOptions(options);
  void session.open;
  const texts = await inTurns(checkTexts(await textsOf('LoadModel', source), kind && { kind }));
  refuseErrors(texts);
  refuseSynapses(texts);
  const compiled = await inTurns(compileTexts(texts, session.resolution));
  refuseErrors(texts);
  try {
    session.loadModels(
      compiled.map(({ code }) => code),
      replace,
    );
  } catch (error) {
    throw placed(error, texts);
  }
  warn(texts);
  return texts.flatMap(({ models }) => models.map(({ text }) => text.name.text));
}

const checkedOptions = (options: LoadModelOptions): { replace: boolean; kind?: ModelKind } => {
  checkObject(options, 'options', 'an object', 'LoadModel');
  checkKeys(options, ['replace', 'kind'], 'LoadModel has no option');
  const { replace = false, kind } = options;
  if (typeof replace !== 'boolean') throw mismatch('replace', 'a boolean', replace, 'LoadModel');
  if (kind === undefined) return { replace };
  if (typeof kind !== 'string') throw mismatch('kind', 'a text', kind, 'LoadModel');
  if (modelKinds.includes(kind)) return { replace, kind };
  const allowed = modelKinds.join(', ');
  throw new BadParameterValue(
    `LoadModel: kind must be one of ${allowed}, got '${kind as string}'.`,
    { parameter: 'kind', value: kind, allowed },
  );
};

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

/** @throws NotImplemented */
function refuseSynapses(texts: readonly CheckedText[]): void {
  for (const { models, file } of texts) {
    const synapse = models.find((model) => model.kind === 'synapse');
    if (synapse === undefined) continue;
    const model = synapse.text.name.text;
    throw new NotImplemented(
      `LoadModel: '${model}' is a synapse model; texts of neurons only can be loaded.`,
      { model, file },
    );
  }
}
