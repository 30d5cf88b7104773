import type { Quantity } from '../cli/experiment';
import { compareActivity, ratioOf, type Agreement } from './agreement';
import type { Series } from './measure';

/** The same workload on two engines. */
export interface Comparison {
  readonly series: Series;
  readonly peer: Series;
  readonly agreement: Agreement;
  /** How many times as much the peer takes, round by round; to be told only where they agree. */
  readonly ratios: Readonly<
    Record<'wall_time' | 'build_time' | 'peak_memory', Pick<Quantity, 'value' | 'range'>>
  >;
}

/** Every series of `engine` beside those that others have of the same workload and threads. */
export function compareWith(engine: string, all: readonly Series[]): Comparison[] {
  return all
    .filter((series) => series.engine === engine)
    .flatMap((series) =>
      all
        .filter(
          (peer) =>
            peer.engine !== engine &&
            peer.workload === series.workload &&
            peer.threads === series.threads,
        )
        .map((peer) => {
          const [own, other] = [series, peer].map(({ runs }) => runs.map((run) => run.quantities));
          const ratio = (key: string) => ratioOf(own!, other!, key);
          return {
            series,
            peer,
            agreement: compareActivity(own!, other!),
            ratios: {
              wall_time: ratio('wall_time'),
              build_time: ratio('build_time'),
              peak_memory: ratio('peak_memory'),
            },
          };
        }),
    );
}
