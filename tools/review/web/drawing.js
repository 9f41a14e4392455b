// What all drawings of the page share: a canvas in device pixels, the colours of the theme, and the time axis.

/** The context of a canvas whose bitmap has the size that it has on the screen; null if it is not shown. */
export function prepare(canvas) {
  const width = Math.round(canvas.clientWidth * devicePixelRatio);
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  if (width === 0 || height === 0) return null;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, width, height);
  return context;
}

/** A colour of the design system by the name of its variable. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** [red, green, blue] of "#rrggbb" */
export const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** Seconds to pixels. */
export const xOf = (range, width) => (t) => ((t - range.from) / (range.to - range.from)) * width;
export const timeOf = (range, width) => (x) => range.from + (x / width) * (range.to - range.from);

/**
 * Marks the moments that differ. A short moment in a long track still gets a visible mark.
 * @param share  of the height, at the upper and the lower edge; 1 fills the whole height
 */
export function drawSpans(context, range, spans, share = 1) {
  const { width, height } = context.canvas;
  const x = xOf(range, width);
  const least = 3 * devicePixelRatio;
  context.fillStyle = colour("span");
  for (const span of spans) {
    const left = x(span.start);
    const length = Math.max(least, x(span.start + span.length) - left);
    context.fillRect(left, 0, length, height * share);
    context.fillRect(left, height * (1 - share), length, height * share);
  }
}

/** Times along the axis: as many as have room. */
export function drawAxis(canvas, range) {
  const context = prepare(canvas);
  if (!context) return;
  const { width, height } = canvas;
  const room = 70 * devicePixelRatio; // of one label
  const steps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600];
  const wanted = ((range.to - range.from) * room) / width;
  const step = steps.find((step) => step >= wanted) ?? steps[steps.length - 1];
  const x = xOf(range, width);
  context.fillStyle = colour("soft");
  context.font = `${11 * devicePixelRatio}px ${getComputedStyle(canvas).fontFamily}`;
  context.textBaseline = "bottom";
  for (let t = Math.ceil(Math.max(0, range.from) / step) * step; t < range.to; t += step) {
    const whole = step >= 1;
    const s = whole ? String(Math.round(t) % 60).padStart(2, "0") : (t % 60).toFixed(1).padStart(4, "0");
    context.fillRect(x(t), 0, devicePixelRatio, 3 * devicePixelRatio);
    const text = `${Math.floor(t / 60)}:${s}`;
    if (x(t) + context.measureText(text).width + 3 * devicePixelRatio < width) {
      context.fillText(text, x(t) + 3 * devicePixelRatio, height);
    }
  }
}
