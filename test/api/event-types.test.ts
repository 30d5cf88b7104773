import type { EventsOf } from '../../lib/event-types';
import { Kernel } from '../../lib';

// The core says at run time only which columns there are.

/** All columns of a type, in any order: one that is missing or not there does not compile. */
type Columns<Events> = Record<Exclude<keyof Events, 'toArrow' | 'toCSV' | 'toJSON'>, true>;

const kernel = new Kernel();
const inSteps = { time_in_steps: true };

test.each<[string, { readonly events: object }, object]>([
  [
    'multimeter',
    kernel.Create('multimeter', { record_from: ['V_m', 'w'], ...inSteps }),
    { times: true, senders: true, offsets: true, V_m: true, w: true } satisfies Columns<
      EventsOf<'multimeter', 'V_m' | 'w'>
    >,
  ],
  [
    'voltmeter',
    kernel.Create('voltmeter', inSteps),
    { times: true, senders: true, offsets: true, V_m: true } satisfies Columns<
      EventsOf<'voltmeter', 'V_m'>
    >,
  ],
  [
    'spike_recorder',
    kernel.Create('spike_recorder', inSteps),
    { times: true, senders: true, offsets: true } satisfies Columns<EventsOf<'spike_recorder'>>,
  ],
  [
    'weight_recorder',
    kernel.Create('weight_recorder', inSteps),
    {
      ...{ times: true, senders: true, offsets: true },
      ...{ targets: true, weights: true, receptors: true, ports: true },
    } satisfies Columns<EventsOf<'weight_recorder'>>,
  ],
  [
    'synapse_recorder',
    kernel.Create('synapse_recorder', inSteps),
    { times: true, senders: true, offsets: true, targets: true, weight: true } satisfies Columns<
      EventsOf<'synapse_recorder', 'weight'>
    >,
  ],
])('events of a %s have the columns of their type', (_, { events }, columns) => {
  expect(Object.keys(events).sort()).toEqual(Object.keys(columns).sort());
});
