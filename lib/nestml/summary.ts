import type { CompiledTexts } from './compiled-texts';
import { heldAs } from './compiler/names';
import { portNumbers } from './ports';

/** A port of spikes, by which connections reach it. */
export interface SpikePortSummary {
  readonly port: string;
  readonly receptor_type: number;
  /** Weights of which sign it gets. */
  readonly takes: 'positive' | 'negative' | 'all';
}

/** A continuous port. */
export interface ContinuousPortSummary {
  readonly port: string;
  readonly receptor_type: number;
  readonly unit: string;
}

/** What the compiler made of a model, besides what the core knows of it. */
export interface ModelSummary {
  readonly name: string;
  readonly spike_ports: readonly SpikePortSummary[];
  readonly continuous_ports: readonly ContinuousPortSummary[];
  /** States that are advanced exactly. */
  readonly exact: readonly string[];
  /** States that the adaptive solver advances together, group by group. */
  readonly numeric: readonly (readonly string[])[];
  /** Of one neuron in a step, those within the solver counted once. */
  readonly operations: number;
}

/** `P`, `P[0]` */
const portName = (name: string, index: number | undefined): string =>
  index === undefined ? name : `${name}[${index}]`;

export function summaryOf({
  model,
  solvers,
  instructions,
}: CompiledTexts['neurons'][number]): ModelSummary {
  const { receptors, currents } = portNumbers(model);
  return {
    name: model.text.name.text,
    spike_ports: receptors.flatMap(({ number, inputs }) =>
      inputs.map(({ port, index, takes }) => ({
        ...{ port: portName(port.name.text, index), receptor_type: number, takes },
      })),
    ),
    continuous_ports: currents.map(({ number, port, index }) => ({
      ...{ port: portName(port.name.text, index), receptor_type: number },
      unit: heldAs(port.type!).unit,
    })),
    ...solvers,
    operations: instructions,
  };
}
