import { encodeConnect, type Nodes } from './connect';
import { BadProperty, TypeMismatch } from './errors';
import type { AllToAllRule, OneToOneRule } from './generated/connection-rules';
import type { NativeSynapses } from './native';
import type { Session } from './session';
import { SynapseCollection } from './synapse-collection';
import { mismatch } from './forms';
import { encodeValue } from './values';

/** Which pairs Disconnect goes through: as in Connect, of the rules that draw nothing. */
export type DisconnectSpec = OneToOneRule | AllToAllRule;

/** Disconnect with what it was given. @internal */
export function disconnect(session: Session, args: readonly unknown[]): void {
  const [first, post, connSpec, synSpec] = args;
  if (args.length > 4) {
    throw new TypeMismatch(`Disconnect takes at most 4 arguments, got ${args.length}.`, {
      expected: 'at most 4 arguments',
      given: args.length,
    });
  }
  if (first instanceof SynapseCollection) {
    if (args.some((arg, i) => i > 0 && arg !== undefined)) {
      throw new BadProperty(
        'Disconnect takes a SynapseCollection alone: it says which connections are meant, without post, conn_spec and syn_spec.',
        { parameter: 'conn_spec', allowed: 'a SynapseCollection alone' },
      );
    }
    const { synapses } = encodeValue('connections', first, session) as { synapses: NativeSynapses };
    synapses.disconnect();
    return;
  }
  if (first === undefined) {
    throw mismatch('pre', 'a SynapseCollection, or the sources', first, 'Disconnect');
  }
  const given = encodeConnect(session, first as Nodes, post as Nodes, connSpec ?? 'one_to_one');
  session.native.disconnect(
    given.pre,
    given.post,
    given.conn,
    given.encodeSyn(synSpec ?? undefined),
  );
}
