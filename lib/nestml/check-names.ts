import type { CheckedModel } from './checked-model';
import { elementNames, portNumbers } from './ports';
import type { Expression, Name } from './syntax';

/** Elements that all vectors of a model have together, at most. */
const MOST_ELEMENTS = 30_000;

/** A vector of the model, as it is declared. */
interface Vector {
  readonly name: Name;
  readonly size: Expression | undefined;
  /** Whether it is among what users set and read by name. */
  readonly isSeen: boolean;
}

/** Names that are made: those of elements of vectors, and of receptors. */
export function checkNames(model: CheckedModel): void {
  model.later(() => {
    const vectors = vectorsOf(model);
    if (!areFew(model, vectors)) return;
    for (const vector of vectors) if (vector.isSeen) checkElementNames(model, vector);
    checkPortNames(model);
  });
}

function vectorsOf(model: CheckedModel): Vector[] {
  const declared = (['state', 'parameters', 'internals'] as const).flatMap((kind) =>
    model
      .declarations(kind)
      .flatMap(({ variables }) =>
        variables.map(({ name, index }) => ({ name, size: index, isSeen: kind !== 'internals' })),
      ),
  );
  return [...declared, ...model.ports.map(({ name, size }) => ({ name, size, isSeen: false }))];
}

function areFew(model: CheckedModel, vectors: readonly Vector[]): boolean {
  let elements = 0;
  for (const { name, size } of vectors) {
    elements += model.values.sizeOf(size) ?? 0;
    if (elements <= MOST_ELEMENTS) continue;
    const most = `together at most ${MOST_ELEMENTS} elements`;
    model.problems.error(name, `The vectors of a model have ${most}; with this one they are more.`);
    return false;
  }
  return true;
}

/** Elements of vectors are seen as `v_0`, `v_1`, beside what has such a name already. */
function checkElementNames(model: CheckedModel, { name, size }: Vector): void {
  for (const element of elementNames(name.text, model.values.sizeOf(size) ?? 0)) {
    const other = model.scope.find(element);
    if (other?.declared === undefined) continue;
    const says = `'${element}' is also how an element of '${name.text}' is seen from outside`;
    model.problems.error(other.declared, `${says}; one of them needs another name.`);
  }
}

/** Ports are known by their names in upper case. */
function checkPortNames(model: CheckedModel): void {
  const { receptors, currents } = portNumbers(model);
  const check = (seen: Map<string, string>, name: string, port: Name): void => {
    const other = seen.get(name);
    seen.set(name, port.text);
    // The same name has been told.
    if (other === undefined || other === port.text) return;
    const says = `Ports are known from outside in upper case, so that this and '${other}'`;
    model.problems.error(port, `${says} are both ${name}.`);
  };
  const spikes = new Map<string, string>();
  for (const { inputs, names } of receptors) {
    inputs.forEach(({ port }, i) => check(spikes, names[i]!, port.name));
  }
  const continuous = new Map<string, string>();
  for (const { name, port } of currents) check(continuous, name, port.name);
}
