import type { NativeProperties } from './native';
import type { Session } from './session';

/** What a call of Run or Simulate asks of the core. @internal */
export interface AskedRun {
  readonly ms: number;
  readonly prepared: boolean;
  readonly guards: NativeProperties;
}

/** Refuses what the core would refuse, before anything has begun. @internal */
export function checkRun(session: Session, { ms, prepared, guards }: AskedRun): void {
  session.native.checkRun(ms, prepared, guards, 0, 0);
}
