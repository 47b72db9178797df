// Which runs are selected: one range per axis, all of them together.

class Selection {
  constructor(table) {
    this.table = table;
    this.ranges = new Map();
    this.hiddenArms = new Set();
    this.listeners = [];
    this.update();
  }

  onChange(listener) { this.listeners.push(listener); }

  range(axis) { return this.ranges.get(axis) ?? null; }

  /** Sets ranges by axis; null, and a range without ends, select all. Ends count as inside. */
  set(changes) {
    for (const [axis, range] of changes) {
      if (range && (range.low > -Infinity || range.high < Infinity)) {
        this.ranges.set(axis, range);
      } else {
        this.ranges.delete(axis);
      }
    }
    this.update();
    this.listeners.forEach(listener => listener());
  }

  clear(axes = [...this.ranges.keys()]) { this.set(axes.map(axis => [axis, null])); }

  hideArms(names) {
    this.hiddenArms = new Set(this.table.arms.flatMap(({ name }, i) => names.has(name) ? [i] : []));
    this.set([]);
  }

  update() {
    this.chosen = this.without([]);
    this.rows = this.pick(this.chosen);
    this.total = this.hiddenArms.size ? this.shown().length : this.table.count;
  }

  /** Rows of a mask, mixed. */
  pick(mask) {
    const { order } = this.table, rows = new Uint32Array(order.length);
    let count = 0;
    for (let i = 0; i !== order.length; i++) {
      rows[count] = order[i];
      count += mask[order[i]];
    }
    return rows.slice(0, count);
  }

  /** Rows of the arms that are not hidden, mixed. */
  shown() { return this.pick(this.without([...this.ranges.keys()])); }

  /** The rows selected, in the order of the table; {@link rows} has them mixed. */
  inOrder() { return this.rows.slice().sort(); }

  /** 1 for every row that the ranges of other axes than these select. */
  without(axes) {
    const { table } = this, { arm } = table, visible = table.arms.map((_, i) => this.hiddenArms.has(i) ? 0 : 1);
    const chosen = filled(Uint8Array, table.count, row => visible[arm[row]]);
    for (const [axis, { low, high }] of this.ranges) {
      const column = table.values[axis];
      for (let row = 0; !axes.includes(axis) && row !== column.length; row++) {
        chosen[row] &= column[row] >= low && column[row] <= high;
      }
    }
    return chosen;
  }

  /** Parts of the length of an axis between which its range lies; null for none, or one that is the wrong way round. */
  parts(axis) {
    const range = this.range(axis);
    if (!range || range.low > range.high) {
      return null;
    }
    const half = this.table.axes[axis].words ? 0.5 : 0, part = value => clamp(this.table.place(axis, value), 0, 1);
    return [range.low === -Infinity ? 0 : part(range.low - half), range.high === Infinity ? 1 : part(range.high + half)];
  }

  /** The range between two parts of the length of an axis; at its ends it is open. */
  between(axis, a, b) {
    const { words } = this.table.axes[axis], from = Math.min(a, b), to = Math.max(a, b);
    if (words) {
      const last = words.length - 1, low = clamp(Math.floor(from * words.length + 1e-6), 0, last), high = clamp(Math.ceil(to * words.length - 1e-6) - 1, low, last);
      return { low: low === 0 ? -Infinity : low, high: high === last ? Infinity : high };
    }
    return { low: from <= 0 ? -Infinity : this.table.valueAt(axis, from), high: to >= 1 ? Infinity : this.table.valueAt(axis, to) };
  }

  /** A range in words. */
  text(axis) {
    const range = this.range(axis), say = value => this.table.text(axis, value);
    return !range ? 'all values'
      : range.low === -Infinity ? `up to ${say(range.high)}` : range.high === Infinity ? `from ${say(range.low)}` : `${say(range.low)} to ${say(range.high)}`;
  }
}
