/** One figure of the page. */
export interface Panel {
  readonly element: HTMLElement;
  /** Forgets its data: a new connection brings them again. */
  clear(): void;
}

/** Least time between two changes of a number that is read, ms. */
const readingInterval = 250;

/** A text beside a figure that changes slowly enough to be read. */
export class Reading {
  #text = '';
  #waiting = false;

  constructor(readonly element: HTMLElement) {}

  set(text: string): void {
    this.#text = text;
    if (this.#waiting) return;
    this.#show();
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#show();
    }, readingInterval);
  }

  #show(): void {
    if (this.element.textContent !== this.#text) this.element.textContent = this.#text;
  }
}

/** An element with a class and a text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.textContent = text;
  return element;
}

/** What tells by their colours which marks are whose, and their latest numbers. */
export class Legend {
  readonly element = make('ul', 'legend');

  add(label: string, color: string, style: 'solid' | 'dashed' | 'dotted' = 'solid'): Reading {
    const swatch = make('span', 'swatch');
    swatch.style.borderTopColor = `var(--${color})`;
    swatch.style.borderTopStyle = style;
    const entry = make('li');
    const latest = make('output');
    entry.append(swatch, make('span', '', label), latest);
    this.element.append(entry);
    return new Reading(latest);
  }
}

/** A figure with its title, an empty reading beside it, and a note beneath where there is one. */
export function makeFigure(
  kind: string,
  name: string,
  title: string,
  note?: string,
): { figure: HTMLElement; reading: Reading } {
  const figure = make('figure', 'panel');
  figure.dataset.kind = kind;
  figure.dataset.stream = name;
  const caption = make('figcaption');
  const reading = make('p', 'reading');
  caption.append(make('h2', '', title), reading);
  figure.append(caption);
  if (note !== undefined) figure.append(make('p', 'note', note));
  return { figure, reading: new Reading(reading) };
}
