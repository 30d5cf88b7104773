import type { Span } from './source';

// A text as a tree: what is written where, before anything is known of what it means.

/** A name, where it stands. */
export interface Name extends Span {
  readonly text: string;
}

/** A variable: `x`, `x'` (order 1), `x[2]`. */
export interface Variable extends Span {
  readonly is: 'variable';
  readonly name: Name;
  /** How often it is differentiated. */
  readonly order: number;
  readonly index: Expression | undefined;
}

export type UnaryOperator = '-' | '+' | '~' | 'not';

export type BinaryOperator =
  | '**'
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '<<'
  | '>>'
  | '&'
  | '^'
  | '|'
  | '<'
  | '<='
  | '=='
  | '!='
  | '>='
  | '>'
  | 'and'
  | 'or';

export interface NumberLiteral extends Span {
  readonly is: 'number';
  readonly value: number;
  readonly isInteger: boolean;
  /** The name directly behind it: `3 mV`. */
  readonly unit: Variable | undefined;
}

export interface BooleanLiteral extends Span {
  readonly is: 'boolean';
  readonly value: boolean;
}

export interface StringLiteral extends Span {
  readonly is: 'string';
  /** Without quotes, as it is written. */
  readonly value: string;
  /** Where it is, without quotes. */
  readonly content: Span;
}

export interface Call extends Span {
  readonly is: 'call';
  readonly name: Name;
  readonly arguments: readonly Expression[];
}

/** `x(t - d)` is a call, too, until it is known that x is a variable. */
export type Expression =
  | NumberLiteral
  | BooleanLiteral
  | StringLiteral
  | Variable
  | Call
  | (Span & {
      readonly is: 'unary';
      readonly operator: UnaryOperator;
      readonly operand: Expression;
    })
  | (Span & {
      readonly is: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Span & {
      readonly is: 'choice';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    });

/** A unit as a type: `mV`, `1/ms`, `nS * ms**(1/2)`. */
export type UnitText =
  | (Span & { readonly is: 'one' })
  | (Span & { readonly is: 'unit'; readonly name: string })
  | (Span & {
      readonly is: 'product';
      readonly operator: '*' | '/';
      readonly left: UnitText;
      readonly right: UnitText;
    })
  | (Span & { readonly is: 'power'; readonly base: UnitText; readonly exponent: number });

export type PlainType = 'integer' | 'real' | 'boolean' | 'string' | 'void';

export type TypeText =
  | (Span & { readonly is: 'plain'; readonly name: PlainType })
  | (Span & { readonly is: 'quantity'; readonly unit: UnitText });

/** `@homogeneous`, `@nest::delay`. */
export type Decorator = Name;

export interface Declaration extends Span {
  readonly is: 'declaration';
  readonly isRecordable: boolean;
  readonly variables: readonly Variable[];
  readonly type: TypeText;
  readonly value: Expression | undefined;
  /** `[[…]]` */
  readonly guard: Expression | undefined;
  readonly decorators: readonly Decorator[];
}

export interface Assignment extends Span {
  readonly is: 'assignment';
  readonly operator: '=' | '+=' | '-=' | '*=' | '/=';
  readonly variable: Variable;
  readonly value: Expression;
}

export type Statement =
  | Declaration
  | Assignment
  | (Span & { readonly is: 'call statement'; readonly call: Call })
  | (Span & { readonly is: 'return'; readonly value: Expression | undefined })
  | (Span & {
      readonly is: 'if';
      readonly branches: readonly { readonly condition: Expression; readonly body: Body }[];
      readonly otherwise: Body | undefined;
    })
  | (Span & { readonly is: 'while'; readonly condition: Expression; readonly body: Body })
  | (Span & {
      readonly is: 'for';
      readonly variable: Name;
      readonly from: Expression;
      readonly to: Expression;
      readonly step: number;
      readonly body: Body;
    });

export type Body = readonly Statement[];

export type Equation =
  | (Span & {
      readonly is: 'ode';
      readonly variable: Variable;
      readonly value: Expression;
      readonly decorators: readonly Decorator[];
    })
  | (Span & {
      readonly is: 'inline';
      readonly isRecordable: boolean;
      readonly name: Name;
      readonly type: TypeText;
      readonly value: Expression;
      readonly decorators: readonly Decorator[];
    })
  /** A function of t, or equations of a kernel and its derivatives. */
  | (Span & {
      readonly is: 'kernel';
      readonly parts: readonly { readonly variable: Variable; readonly value: Expression }[];
    });

export interface Port extends Span {
  readonly name: Name;
  readonly size: Expression | undefined;
  readonly kind: 'spike' | 'continuous';
  readonly qualifiers: readonly (Span & { readonly name: 'excitatory' | 'inhibitory' })[];
  /** Of continuous ports, and of spike ports in NESTML 5. */
  readonly type: TypeText | undefined;
}

export interface FunctionParameter extends Span {
  readonly name: Name;
  readonly type: TypeText;
}

/** `priority = 2` behind a port or a condition. */
export interface Constant extends Span {
  readonly name: Name;
  readonly value: NumberLiteral | BooleanLiteral | StringLiteral;
}

/** A part of a model, in the order of the text. */
export type Block =
  | (Span & {
      readonly is: 'state' | 'parameters' | 'internals';
      readonly declarations: readonly Declaration[];
    })
  | (Span & { readonly is: 'equations'; readonly equations: readonly Equation[] })
  | (Span & { readonly is: 'input'; readonly ports: readonly Port[] })
  | (Span & {
      readonly is: 'output';
      readonly kind: 'spike' | 'continuous';
      /** NESTML 8.0 to 8.2: `spike(weight real, delay ms)`. */
      readonly attributes: readonly FunctionParameter[];
    })
  | (Span & { readonly is: 'update'; readonly body: Body })
  | (Span & {
      readonly is: 'onReceive';
      readonly port: Variable;
      readonly constants: readonly Constant[];
      readonly body: Body;
    })
  | (Span & {
      readonly is: 'onCondition';
      readonly condition: Expression;
      readonly constants: readonly Constant[];
      readonly body: Body;
    })
  | (Span & {
      readonly is: 'function';
      readonly name: Name;
      readonly parameters: readonly FunctionParameter[];
      readonly returns: TypeText | undefined;
      readonly body: Body;
    });

export interface Model extends Span {
  readonly name: Name;
  /** The word in front of its name: `model` since NESTML 8. */
  readonly keyword: 'model' | 'neuron' | 'synapse';
  readonly blocks: readonly Block[];
}
