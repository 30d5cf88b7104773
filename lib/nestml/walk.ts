import type { Block, Body, Call, Declaration, Expression, Statement } from './syntax';

/** An expression and all within it. */
export function* expressionsIn(tree: Expression): Generator<Expression> {
  yield tree;
  switch (tree.is) {
    case 'variable':
      if (tree.index) yield* expressionsIn(tree.index);
      return;
    case 'call':
      for (const argument of tree.arguments) yield* expressionsIn(argument);
      return;
    case 'unary':
      yield* expressionsIn(tree.operand);
      return;
    case 'binary':
      yield* expressionsIn(tree.left);
      yield* expressionsIn(tree.right);
      return;
    case 'choice':
      for (const part of [tree.condition, tree.yes, tree.no]) yield* expressionsIn(part);
  }
}

/** The statements of a body, those within others too. */
export function* statementsIn(body: Body): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    if (statement.is === 'if') {
      for (const branch of statement.branches) yield* statementsIn(branch.body);
      if (statement.otherwise) yield* statementsIn(statement.otherwise);
    }
    if (statement.is === 'while' || statement.is === 'for') yield* statementsIn(statement.body);
  }
}

/** Calls that are statements of a body. */
export function* callStatementsIn(body: Body): Generator<Call> {
  for (const statement of statementsIn(body)) {
    if (statement.is === 'call statement') yield statement.call;
  }
}

/** The expressions of a statement itself, without those of statements within it. */
export function expressionsOf(statement: Statement): (Expression | undefined)[] {
  switch (statement.is) {
    case 'declaration':
      return [...declared(statement)];
    case 'assignment':
      return [statement.variable, statement.value];
    case 'call statement':
      return [statement.call];
    case 'return':
      return [statement.value];
    case 'if':
      return statement.branches.map(({ condition }) => condition);
    case 'while':
      return [statement.condition];
    case 'for':
      return [statement.from, statement.to];
  }
}

const declared = ({ variables, value, guard }: Declaration): (Expression | undefined)[] => [
  ...variables.map(({ index }) => index),
  value,
  guard,
];

function expressionsOfBlock(block: Block): (Expression | undefined)[] {
  switch (block.is) {
    case 'state':
    case 'parameters':
    case 'internals':
      return block.declarations.flatMap(declared);
    case 'equations':
      return block.equations.flatMap((one) =>
        one.is === 'kernel' ? one.parts.map(({ value }) => value) : [one.value],
      );
    case 'input':
    case 'output':
      return [];
    default: {
      const condition = block.is === 'onCondition' ? [block.condition] : [];
      return [...condition, ...[...statementsIn(block.body)].flatMap(expressionsOf)];
    }
  }
}

/** All expressions of some blocks, with all within them. */
export function* expressionsOfBlocks(blocks: readonly Block[]): Generator<Expression> {
  for (const block of blocks) {
    for (const tree of expressionsOfBlock(block)) if (tree) yield* expressionsIn(tree);
  }
}
