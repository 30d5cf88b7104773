/** What is made of what, in an order, and where it goes round in a circle. */
export interface DependencyOrder {
  /** Every name that is reached, behind all that it depends on, circles apart. */
  readonly order: readonly string[];
  /** From a name over others to itself again. */
  readonly cycles: readonly (readonly string[])[];
}

/** A name on the way, with what is left of its dependencies. */
interface Step {
  readonly name: string;
  readonly left: string[];
}

/**
 * Orders names by what they depend on. A chain of dependencies may be as long as the text, so that it
 * is followed without recursion.
 */
export function dependencyOrder(
  names: Iterable<string>,
  dependenciesOf: (name: string) => readonly string[],
): DependencyOrder {
  const order: string[] = [];
  const cycles: string[][] = [];
  const seen = new Set<string>();
  const open = new Set<string>();
  const path: Step[] = [];
  const enter = (name: string): void => {
    seen.add(name);
    open.add(name);
    path.push({ name, left: [...dependenciesOf(name)].reverse() });
  };
  for (const first of names) {
    if (!seen.has(first)) enter(first);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const next = step.left.pop();
      if (next === undefined) {
        order.push(step.name);
        open.delete(step.name);
        path.pop();
      } else if (open.has(next)) {
        const way = path.map(({ name }) => name);
        cycles.push([...way.slice(way.indexOf(next)), next]);
      } else if (!seen.has(next)) {
        enter(next);
      }
    }
  }
  return { order, cycles };
}
