import type { Body, Call, Expression, Statement } from './syntax';

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
