import { onThemeChange } from './theme.mjs';

/** Draws on a canvas whose units are CSS pixels. */
export type Paint = (context: CanvasRenderingContext2D, width: number, height: number) => void;

const stale = new Set<Surface>();
let scheduled = false;

function drawStale(): void {
  scheduled = false;
  for (const surface of stale) surface.draw();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(drawStale);
}

/** A canvas as large as its place, sharp on any screen, drawn only when seen and changed. */
export class Surface {
  readonly element = document.createElement('div');
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d')!;
  #width = 0;
  #height = 0;
  #visible = true;

  constructor(
    label: string,
    private readonly paint: Paint,
  ) {
    this.element.className = 'plot';
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', label);
    this.element.append(this.#canvas);
    new ResizeObserver(() => {
      this.invalidate();
    }).observe(this.element);
    new IntersectionObserver(([entry]) => {
      this.#visible = entry?.isIntersecting ?? true;
      if (this.#visible && stale.has(this)) schedule();
    }).observe(this.element);
    onThemeChange(() => {
      this.invalidate();
    });
  }

  /** To be drawn with the next frame of the screen. */
  invalidate(): void {
    stale.add(this);
    if (this.#visible) schedule();
  }

  /** Tells where the pointer is, in CSS pixels; undefined when it has left. */
  onPointer(listener: (at: { x: number; y: number } | undefined) => void): void {
    this.#canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
      listener({ x: offsetX, y: offsetY });
    });
    this.#canvas.addEventListener('pointerleave', () => {
      listener(undefined);
    });
  }

  draw(): void {
    if (!this.#visible) return;
    stale.delete(this);
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    if (width === 0 || height === 0) return;
    this.#fit(width, height);
    this.#context.clearRect(0, 0, width, height);
    this.paint(this.#context, width, height);
  }

  #fit(width: number, height: number): void {
    const ratio = devicePixelRatio;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (w === this.#width && h === this.#height) return;
    this.#canvas.width = this.#width = w;
    this.#canvas.height = this.#height = h;
    this.#context.setTransform(w / width, 0, 0, h / height, 0, 0);
  }
}
