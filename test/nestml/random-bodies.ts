// Models whose bodies are drawn: statements of every kind, within one another.

/** Draws whole numbers below n. */
export type Draw = (n: number) => number;

const reals = ['a', 'b', 'c'];
const integers = ['n', 'm'];
const VECTOR = 3;

class BodyWriter {
  readonly #draw: Draw;
  readonly #lines: string[] = [];
  #locals = 0;
  #depth = 0;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#draw(items.length)]!;
  }

  #line(indent: number, text: string): void {
    this.#lines.push(`${'    '.repeat(indent)}${text}`);
  }

  /** One that is nested less deep, the deeper it stands. */
  #real(depth = 0): string {
    if (depth > 3 || this.#draw(3) === 0) {
      const literal = `${this.#draw(40) - 20}.${this.#draw(10)}`;
      return this.#pick([...reals, ...reals, 'p', `w[${this.#index()}]`, literal]);
    }
    const [x, y] = [this.#real(depth + 1), this.#real(depth + 1)];
    return this.#pick([
      ...[`(${x} + ${y})`, `(${x} - ${y})`, `(${x} * ${y})`, `(-${x})`, `abs(${x})`],
      ...[`(${x} / (abs(${y}) + 1.5))`, `min(${x}, ${y})`, `max(${x}, ${y})`, `floor(${x})`],
      ...[
        `(${this.#condition(depth + 1)} ? ${x} : ${y})`,
        `mixed(${x}, ${this.#integer(depth + 1)})`,
      ],
      ...[`clip(${x}, -3., 4.5)`, `searched(${y})`],
    ]);
  }

  #integer(depth = 0): string {
    if (depth > 3 || this.#draw(3) === 0) {
      return this.#pick([...integers, ...integers, String(this.#draw(9))]);
    }
    const [x, y] = [this.#integer(depth + 1), this.#integer(depth + 1)];
    return this.#pick([
      ...[`(${x} + ${y})`, `(${x} - ${y})`, `(${x} % (abs(${y}) + 1))`, `(${x} / (abs(${y}) + 1))`],
      ...[`(${x} & ${y})`, `(${x} | ${y})`, `(${x} ^ ${y})`, `max(${x}, ${y})`],
    ]);
  }

  #condition(depth = 0): string {
    const [x, y] = [this.#real(depth + 2), this.#real(depth + 2)];
    const [i, j] = [this.#integer(depth + 2), this.#integer(depth + 2)];
    const one = this.#pick([
      ...[`${x} < ${y}`, `${x} >= ${y}`, `${i} == ${j}`, `${i} != ${j}`, 'f', `${i} <= ${j}`],
    ]);
    if (depth > 2 || this.#draw(2) === 0) return `(${one})`;
    const other = this.#condition(depth + 1);
    return this.#pick([`(${one} and ${other})`, `(${one} or ${other})`, `(not (${one}))`]);
  }

  #index(): string {
    return this.#pick(['0', '1', '2', `abs(${this.#integer(2)}) % ${VECTOR}`]);
  }

  body(indent: number, most: number): void {
    for (let k = 1 + this.#draw(most); k > 0; k--) this.#statement(indent);
  }

  #statement(indent: number): void {
    const kinds = ['real', 'integer', 'flag', 'element', 'local', 'spike'];
    if (this.#depth < 3) kinds.push('if', 'if', 'while', 'for');
    this.#depth++;
    this[`_${this.#pick(kinds)}` as '_real'](indent);
    this.#depth--;
  }

  protected _real(indent: number): void {
    this.#line(indent, `${this.#pick(reals)} = clip(${this.#real()}, -100., 100.)`);
  }
  protected _integer(indent: number): void {
    this.#line(indent, `${this.#pick(integers)} = min(max(${this.#integer()}, -50), 50)`);
  }
  protected _flag(indent: number): void {
    this.#line(indent, `f = ${this.#condition()}`);
  }
  protected _element(indent: number): void {
    this.#line(indent, `w[${this.#index()}] = clip(${this.#real()}, -100., 100.)`);
  }
  protected _local(indent: number): void {
    const name = `local_${this.#locals++}`;
    this.#line(indent, `${name} real = ${this.#real(1)}`);
    this.#line(indent, `a = clip(${name} + ${this.#real(2)}, -100., 100.)`);
  }
  protected _spike(indent: number): void {
    this.#line(indent, `if ${this.#condition()}:`);
    this.#line(indent + 1, 'emit_spike()');
  }
  protected _if(indent: number): void {
    this.#line(indent, `if ${this.#condition()}:`);
    this.body(indent + 1, 2);
    for (let k = this.#draw(3); k > 1; k--) {
      this.#line(indent, `elif ${this.#condition()}:`);
      this.body(indent + 1, 2);
    }
    if (this.#draw(2) === 0) return;
    this.#line(indent, 'else:');
    this.body(indent + 1, 2);
  }
  protected _while(indent: number): void {
    const name = `count_${this.#locals++}`;
    this.#line(indent, `${name} integer = 0`);
    this.#line(indent, `while ${name} < ${this.#draw(5)} and ${this.#condition(1)}:`);
    this.body(indent + 1, 2);
    this.#line(indent + 1, `${name} += 1`);
  }
  protected _for(indent: number): void {
    const name = `i_${this.#locals++}`;
    this.#line(indent, `${name} integer = 0`);
    const bound = this.#pick(['3', '4', `abs(${this.#integer(2)}) % 5`]);
    this.#line(indent, `for ${name} in ${this.#draw(2)} ... ${bound} step ${1 + this.#draw(2)}:`);
    this.body(indent + 1, 2);
    this.#line(indent + 1, `w[abs(${name}) % ${VECTOR}] += ${name}`);
  }

  get text(): string {
    return this.#lines.join('\n');
  }
}

/** A model without equations. */
export function randomModel(draw: Draw): string {
  const update = new BodyWriter(draw);
  update.body(2, 6);
  const condition = new BodyWriter(draw);
  condition.body(2, 2);
  return `model drawn:
    state:
        a real = 0.5
        b real = -1.25
        c real = 2.
        n integer = 3
        m integer = -2
        w[${VECTOR}] real = 0.25
        f boolean = false
    parameters:
        p real = 1.5
    output:
        spike
    function mixed(x real, k integer) real:
        if x < p:
            return x + k
        elif k > 3:
            y real = x * 2
            if y > 10.:
                return 10.
            y -= k
            return y
        return -x
    function searched(x real) real:
        k integer = 0
        while k < 6:
            if k * k > x:
                return k
            k += 1
        return x / 2
    update:
${update.text}
    onCondition(a > b):
${condition.text}
`;
}
