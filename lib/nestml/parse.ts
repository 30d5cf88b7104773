import { block } from './blocks';
import { Cursor } from './cursor';
import { nameAt } from './expressions';
import { tokensOf } from './lexer';
import { type Problems, spanOf } from './source';
import { atOnce, type Steps } from './steps';
import type { Model } from './syntax';

const keywords = ['model', 'neuron', 'synapse'] as const;

/**
 * The models of a text, as it is written. What cannot be read is told and left out.
 * Source: NESTML 8 language documentation; `neuron`, `synapse` of NESTML 5 to 7.
 */
export const parse = (text: string, problems: Problems): Model[] =>
  atOnce(parseInSteps(text, problems));

/** The same with stops. */
export function* parseInSteps(text: string, problems: Problems): Steps<Model[]> {
  const cursor = new Cursor(yield* tokensOf(text, problems), problems);
  const models: Model[] = [];
  for (const one of cursor.eachLine('end of text', () => model(cursor))) {
    models.push(one);
    yield;
  }
  return models;
}

function model(cursor: Cursor): Model {
  const start = cursor.token;
  const keyword = keywords.find((one) => one === start.text);
  if (keyword === undefined) cursor.fail("Expected 'model' and its name", { among: keywords });
  cursor.take();
  const name = nameAt(cursor, 'the name of the model');
  const blocks = cursor.block(`'${keyword} ${name.text}'`, () => block(cursor));
  return { name, keyword, blocks, ...spanOf(start, name) };
}
