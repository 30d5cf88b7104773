import { add, divide, isZero, multiply, negate, ONE, symbolsIn, type Term, ZERO } from './terms';

/** A term as Σ coefficient · name + rest, for some names. */
export interface LinearForm {
  readonly coefficients: ReadonlyMap<string, Term>;
  readonly rest: Term;
}

const onlyRest = (rest: Term): LinearForm => ({ coefficients: new Map(), rest });

/** Each part of a form, changed. */
const mapped = ({ coefficients, rest }: LinearForm, change: (term: Term) => Term): LinearForm => ({
  coefficients: new Map([...coefficients].map(([name, one]) => [name, change(one)])),
  rest: change(rest),
});

function sum(a: LinearForm, b: LinearForm): LinearForm {
  const coefficients = new Map(a.coefficients);
  for (const [name, one] of b.coefficients) {
    const before = coefficients.get(name);
    coefficients.set(name, before === undefined ? one : add(before, one));
  }
  return { coefficients, rest: add(a.rest, b.rest) };
}

/** The form of a term; undefined where it is not linear in the names. */
export function linearForm(term: Term, names: ReadonlySet<string>): LinearForm | undefined {
  const depends = (one: Term): boolean => [...symbolsIn(one)].some((name) => names.has(name));
  const known = new Map<Term, LinearForm | undefined>();
  const form = (one: Term): LinearForm | undefined => {
    if (!known.has(one)) known.set(one, formOf(one));
    return known.get(one);
  };
  const formOf = (one: Term): LinearForm | undefined => {
    if (!depends(one)) return onlyRest(one);
    if (one.is === 'symbol') return { coefficients: new Map([[one.name, ONE]]), rest: ZERO };
    if (one.is === 'scaled') {
      const inner = form(one.operand);
      const { decimals } = one;
      return (
        inner && mapped(inner, (part) => multiply(part, { is: 'scaled', decimals, operand: ONE }))
      );
    }
    return one.is === 'apply' ? ofOperation(one) : undefined;
  };
  const ofOperation = ({ operation, operands }: Term & { is: 'apply' }): LinearForm | undefined => {
    const [a, b] = operands as [Term, Term];
    switch (operation) {
      case 'negate': {
        const inner = form(a);
        return inner && mapped(inner, negate);
      }
      case 'add':
      case 'subtract': {
        const [left, right] = [form(a), form(b)];
        if (!left || !right) return undefined;
        return sum(left, operation === 'add' ? right : mapped(right, negate));
      }
      case 'multiply': {
        if (depends(a) && depends(b)) return undefined;
        const [factor, other] = depends(a) ? [b, a] : [a, b];
        const inner = form(other);
        return inner && mapped(inner, (part) => multiplied(factor, part));
      }
      case 'divide': {
        const inner = depends(b) ? undefined : form(a);
        return inner && mapped(inner, (part) => (isZero(part) ? part : divide(part, b)));
      }
      default:
        return undefined;
    }
  };
  return form(term);
}

const multiplied = (factor: Term, part: Term): Term =>
  isZero(part) ? part : multiply(factor, part);
