// The runs of the explorer: the counterpart of Explorer/ExplorerData.cs.

const MISSING_LEVEL = 255;
const MOST_LEVELS = 24; // of an axis that is shown level by level; others are cut into bins
const MOST_NAMED = 8;
const BINS = 12;

/** An array of numbers by place; `from` of typed arrays takes ten times as long. */
function filled(Type, count, value) {
  const array = new Type(count);
  for (let i = 0; i !== count; i++) {
    array[i] = value(i);
  }
  return array;
}

/** Numbers of a column, NaN for a missing one. */
function decodeColumn(bytes, { width, levels }) {
  if (levels) {
    return filled(Float64Array, bytes.length, row => bytes[row] === MISSING_LEVEL ? NaN : levels[bytes[row]]);
  }
  const count = bytes.length / width, plain = new Uint8Array(bytes.length);
  for (let plane = 0; plane !== width; plane++) {
    for (let row = 0; row !== count; row++) {
      plain[row * width + plane] = bytes[plane * count + row];
    }
  }
  const floats = width === 4 ? new Float32Array(plain.buffer) : null;
  return floats ? filled(Float64Array, count, row => shortest(floats[row])) : new Float64Array(plain.buffer);
}

/** The number with the fewest digits that a float stands for: 20.06, not 20.05999946594238. */
function shortest(value) {
  const places = 6 - Math.floor(Math.log10(Math.abs(value)));
  for (let digits = places; digits < places + 3 && digits >= 0 && digits <= 22; digits++) {
    const plain = Math.round(value * 10 ** digits) / 10 ** digits;
    if (Math.fround(plain) === value) {
      return plain;
    }
  }
  return value;
}

class RunTable {
  static async read(index) {
    const blocks = await Promise.all([...index.columns, null].map((_, i) => inflate(byId(`explorer-column${i}`).textContent)));
    const columns = index.columns.map((column, i) => decodeColumn(blocks[i], column));
    return new RunTable(index, columns, new TextDecoder().decode(blocks.at(-1)).split('\n'));
  }

  constructor(index, columns, runs) {
    this.count = index.rows;
    this.axes = index.axes;
    this.arms = index.arms.map(arm => ({ ...arm, color: armColor(arm.color) }));
    this.map = index.map.map(rgb);
    this.values = columns.slice(0, this.axes.length);
    [this.arm, this.replicates] = columns.slice(this.axes.length);
    this.runs = runs;
    this.places = this.values.map((column, axis) => filled(Float32Array, this.count, row => this.place(axis, column[row])));
    this.order = mixedOrder(this.count);
    this.bins = [];
    this.axes.forEach((axis, i) => {
      const { levels } = index.columns[i];
      axis.title = axis.unit ? `${axis.label} [${axis.unit}]` : axis.label;
      axis.missing = this.values[i].some(Number.isNaN);
      // An axis with few levels names them.
      axis.marks = axis.words || !levels?.length || levels.length > MOST_NAMED ? axis.ticks : levels.map(value => [this.place(i, value), numberText(value)]);
    });
  }

  /** Part of the length of an axis at which a value stands. */
  place(axis, value) {
    const { low, high, log } = this.axes[axis];
    return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  }

  /** The value at a part of the length of an axis, with no more digits than can be pointed at. */
  valueAt(axis, part) {
    const { low, high, log } = this.axes[axis];
    if (log) {
      return Number((low * (high / low) ** part).toPrecision(4));
    }
    const step = 10 ** (Math.floor(Math.log10(high - low)) - 3);
    return Number((Math.round((low + part * (high - low)) / step) * step).toPrecision(12));
  }

  /** A value in words. */
  text(axis, value) {
    const { words } = this.axes[axis];
    return Number.isNaN(value) ? '\u2013' : words ? words[value] : numberText(value);
  }

  /** A value as a file has it. */
  plain(axis, row) {
    const value = this.values[axis][row], { words } = this.axes[axis];
    return Number.isNaN(value) ? '' : words ? words[value] : String(value);
  }

  /** Where the rows stand when an axis is cut into its levels or into bins. */
  binned(axis) {
    return this.bins[axis] ??= this.cut(axis);
  }

  cut(axis) {
    const { words, ticks } = this.axes[axis], column = this.values[axis], places = this.places[axis];
    const levels = words ? words.map((_, i) => i) : [...new Set(column)].filter(value => !Number.isNaN(value)).sort((a, b) => a - b);
    if (levels.length > MOST_LEVELS) {
      const code = filled(Int16Array, this.count, row => Number.isNaN(places[row]) ? -1 : clamp(Math.floor(places[row] * BINS), 0, BINS - 1));
      return { count: BINS, code, centre: bin => (bin + 0.5) / BINS, ticks };
    }
    const at = new Map(levels.map((value, i) => [value, i]));
    return {
      count: Math.max(1, levels.length), code: filled(Int16Array, this.count, row => at.get(column[row]) ?? -1), centre: bin => this.place(axis, levels[bin]),
      ticks: levels.map((value, i) => [(i + 0.5) / levels.length, this.text(axis, value)]),
    };
  }
}

/** Four digits; powers of ten where a number is very large or small. */
function numberText(value) {
  const size = Math.abs(value);
  const text = size >= 1e6 || (size > 0 && size < 1e-4) ? value.toExponential(3).replace(/\.?0+e/, 'e').replace('e+', 'e')
    : size >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)));
  return (size >= 1e4 && size < 1e6 ? grouped(text) : text).replace(/-/g, '\u2212');
}

/** All rows in an order that spreads over the table, so that a picture half drawn looks like the whole. */
function mixedOrder(count) {
  let step = Math.max(1, Math.round(count * 0.618));
  const common = (a, b) => b ? common(b, a % b) : a;
  while (common(step, count) !== 1) {
    step++;
  }
  return filled(Uint32Array, count, i => i * step % count);
}
