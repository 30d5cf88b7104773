import type { ValueDescription } from '../protocol.js';
import { make, makeFigure, type Panel } from './panel.mjs';
import { numberText } from './scale.mjs';

/** A panel that shows the latest of a value. */
export interface ValuePanel extends Panel {
  receive(value: unknown): void;
}

/** Any value as names and texts. */
export class TextPanel implements ValuePanel {
  readonly element: HTMLElement;
  readonly #list = make('dl', 'values');

  constructor(stream: ValueDescription) {
    const { figure } = makeFigure('value', stream.name, stream.label, stream.note);
    figure.append(this.#list);
    this.element = figure;
  }

  clear(): void {
    this.#list.replaceChildren();
  }

  receive(value: unknown): void {
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    const entries = isRecord ? Object.entries(value) : [['value', value] as const];
    this.#list.replaceChildren(
      ...entries.flatMap(([name, entry]) => [make('dt', '', name), make('dd', '', textOf(entry))]),
    );
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return JSON.stringify(value);
}
