// The lines of the parallel coordinates, and what the views share in painting.

const SLICE_MS = 12;
const SLICE_ROWS = 1500;
const MOST_PALE = 6000; // unselected runs drawn; more would only be grey ground

/** A canvas over the whole of its box, in CSS pixels. */
class Layer {
  constructor() {
    this.canvas = make('canvas', { 'aria-hidden': 'true' });
    this.context = this.canvas.getContext('2d');
  }

  resize(width, height) {
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  clear() {
    this.context.save();
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.context.restore();
  }
}

/** Paints row after row, no longer than a part of a frame at a time. A new start ends the last one. */
class Slices {
  constructor() {
    this.run = 0;
    this.atOnce = false;
  }

  start(rows, paint, done) {
    const run = ++this.run;
    let at = 0;
    const slice = () => {
      const end = performance.now() + SLICE_MS;
      for (let left = SLICE_ROWS; run === this.run && at < rows.length && (this.atOnce || (left-- > 0 && performance.now() < end));) {
        paint(rows[at++]);
      }
      if (run === this.run) {
        at < rows.length ? requestAnimationFrame(slice) : done();
      }
    };
    slice();
  }
}

/** Lines of many runs lie above each other and are let through the more. */
const lineOpacity = count => clamp(14 / Math.sqrt(Math.max(1, count)), 0.1, 0.85);

class Lines {
  constructor(table) {
    this.table = table;
    this.pale = new Layer();
    this.bright = new Layer();
    this.top = new Layer();
    this.paleSlices = new Slices();
    this.brightSlices = new Slices();
  }

  get canvases() { return [this.pale.canvas, this.bright.canvas, this.top.canvas]; }

  /** Takes the places of the axes: [{ axis, x, inverted }], and top, height and where missing values go. */
  place(stands, top, height, missing, size) {
    Object.assign(this, { stands, topEdge: top, height, missing });
    [this.pale, this.bright, this.top].forEach(layer => layer.resize(...size));
  }

  y({ axis, inverted }, row) {
    const part = this.table.places[axis][row];
    return Number.isNaN(part) ? this.missing : this.topEdge + (inverted ? part : 1 - part) * this.height;
  }

  path(context, row) {
    const { stands } = this;
    context.beginPath();
    if (stands.length === 1) {
      const y = this.y(stands[0], row);
      context.moveTo(stands[0].x - 14, y);
      context.lineTo(stands[0].x + 14, y);
    }
    for (let i = 0; stands.length > 1 && i !== stands.length; i++) {
      context.lineTo(stands[i].x, this.y(stands[i], row));
    }
    context.stroke();
  }

  paintPale(rows) {
    const { context } = this.pale;
    this.pale.clear();
    context.strokeStyle = pageColor('pale');
    context.lineWidth = 1;
    this.paleSlices.start(rows.subarray(0, MOST_PALE), row => this.path(context, row), () => {});
  }

  paintBright(rows, colors, done) {
    const { context } = this.bright;
    this.bright.clear();
    context.lineWidth = rows.length < 400 ? 1.4 : 1;
    context.globalAlpha = lineOpacity(rows.length);
    this.brightSlices.start(rows, row => {
      context.strokeStyle = colors.of(row);
      this.path(context, row);
    }, done);
  }

  mark(row) {
    const { context } = this.top;
    this.top.clear();
    for (const [color, width] of row === null ? [] : [[pageColor('ground'), 5], [pageColor('ink'), 2.5]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      this.path(context, row);
    }
  }

  /** The row of those given whose line is nearest to a point, or null. */
  nearest(rows, x, y, reach) {
    const after = this.stands.findIndex(stand => stand.x >= x), right = this.stands[after], left = this.stands[after - 1];
    let best = null, least = reach;
    for (let i = 0; left && i !== rows.length; i++) {
      const from = this.y(left, rows[i]), to = this.y(right, rows[i]);
      const slope = (to - from) / (right.x - left.x), off = Math.abs(from + slope * (x - left.x) - y) / Math.hypot(1, slope);
      if (off < least) {
        [best, least] = [rows[i], off];
      }
    }
    return best;
  }
}
