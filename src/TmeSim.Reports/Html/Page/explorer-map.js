// The mean of an output in cells of two parameters.

class ParameterMap {
  constructor(explorer) {
    const { table, selection } = explorer, all = table.axes.map((_, i) => i), numeric = all.filter(i => !table.axes[i].words);
    this.explorer = explorer;
    const parameters = all.filter(i => !table.axes[i].output), outputs = numeric.filter(i => table.axes[i].output);
    const sides = parameters.length > 1 ? parameters : all, values = outputs.length ? outputs : numeric;
    this.figure = byId('explorer-map');
    this.figure.hidden = values.length === 0 || all.length < 2;
    if (this.figure.hidden) {
      return;
    }
    this.box = new PlotBox(this.figure, 'Map of means');
    this.legend = make('div', { class: 'legend' });
    this.figure.append(this.legend);
    [this.across, this.up] = sides;
    this.mean = values[0];
    const only = kept => table.axes.map((axis, i) => kept.includes(i) ? axis : null);
    fillAxes(byId('explorer-map-x'), only(sides), this.across, axis => { this.across = axis; this.layOut(); });
    fillAxes(byId('explorer-map-y'), only(sides), this.up, axis => { this.up = axis; this.layOut(); });
    fillAxes(byId('explorer-mean'), only(values), this.mean, axis => this.show(axis));
    const { box } = this;
    box.onDrag(() => null, (from, to) => this.select(this.cell(from), this.cell(to)), at => this.click(this.cell(at)));
    box.onClear(() => selection.clear([this.across, this.up]));
    box.area.addEventListener('pointermove', event => this.point(event));
    box.area.addEventListener('pointerleave', () => explorer.tip(null));
  }

  /** Shows another output, if the list has it. */
  show(axis) {
    if (this.box && [...byId('explorer-mean').options].some(option => option.value === String(axis))) {
      this.mean = axis;
      byId('explorer-mean').value = String(axis);
      this.layOut();
    }
  }

  layOut() {
    if (this.box) {
      const { table, colors } = this.explorer, sides = this.sides();
      this.box.layOut(0);
      this.box.marks([table.axes[this.across].title, sides[0].ticks], [table.axes[this.up].title, sides[1].ticks]);
      this.legend.replaceChildren(colors.bar(this.mean));
      this.paint();
    }
  }

  sides() { return [this.explorer.table.binned(this.across), this.explorer.table.binned(this.up)]; }

  /** Sum and number of the rows of a mask by cell. */
  sums(chosen) {
    const [across, up] = this.sides(), values = this.explorer.table.values[this.mean];
    const sum = new Float64Array(across.count * up.count), count = new Int32Array(sum.length);
    for (let row = 0; row !== values.length; row++) {
      if (chosen[row] && across.code[row] >= 0 && up.code[row] >= 0 && !Number.isNaN(values[row])) {
        const cell = up.code[row] * across.count + across.code[row];
        sum[cell] += values[row];
        count[cell]++;
      }
    }
    return { sum, count };
  }

  paint() {
    if (!this.box) {
      return;
    }
    const { selection, table, colors } = this.explorer, [across] = this.sides();
    this.chosen = this.sums(selection.chosen);
    // What the ranges on the two sides leave out stays in sight, paler, or there would be nothing else to click on.
    this.around = selection.range(this.across) || selection.range(this.up) ? this.sums(selection.without([this.across, this.up])) : this.chosen;
    const { context } = this.box.layers[0];
    this.box.layers[0].clear();
    this.around.count.forEach((all, cell) => {
      const own = this.chosen.count[cell], mean = own ? this.chosen.sum[cell] / own : this.around.sum[cell] / all;
      if (all) {
        context.globalAlpha = own ? 1 : 0.25;
        context.fillStyle = colors.tone(table.place(this.mean, mean));
        context.fillRect(...this.frame(cell % across.count, Math.floor(cell / across.count)));
      }
    });
    context.globalAlpha = 1;
    this.figure.dataset.rows = this.chosen.count.reduce((sum, n) => sum + n, 0);
    this.outline();
    this.mark(this.explorer.marked);
  }

  /** Frames the cells in which something is selected, when not all are. */
  outline() {
    const { selection } = this.explorer, [across, up] = this.sides();
    const cells = [...this.chosen.count.keys()].filter(cell => this.chosen.count[cell] > 0);
    const ends = (axis, at, count) => selection.range(axis) && cells.length ? [Math.min(...cells.map(at)) / count, (Math.max(...cells.map(at)) + 1) / count] : null;
    this.box.showRect(ends(this.across, cell => cell % across.count, across.count), ends(this.up, cell => Math.floor(cell / across.count), up.count));
  }

  /** Place of a cell [CSS px]; a hair's breadth between cells shows where they end. */
  frame(column, row) {
    const [across, up] = this.sides(), left = this.box.x(column / across.count), right = this.box.x((column + 1) / across.count);
    const top = this.box.y((row + 1) / up.count), bottom = this.box.y(row / up.count), gap = right - left > 8 && bottom - top > 8 ? 1 : 0;
    return [left + gap / 2, top + gap / 2, right - left - gap, bottom - top - gap];
  }

  cell([x, y]) {
    const [across, up] = this.sides();
    return [clamp(Math.floor(x * across.count), 0, across.count - 1), clamp(Math.floor(y * up.count), 0, up.count - 1)];
  }

  /** The values of an axis that lie in cells, as a range; undefined for none. */
  range(axis, from, to) {
    const { count } = this.explorer.table.binned(axis), ends = this.bounds(axis, from, to);
    return ends && { low: from === 0 ? -Infinity : ends[0], high: to === count - 1 ? Infinity : ends[1] };
  }

  /** Ranges that select a block of cells; undefined where no run is. */
  block(a, b) {
    const ranges = [this.across, this.up].map((axis, i) => [axis, this.range(axis, Math.min(a[i], b[i]), Math.max(a[i], b[i]))]);
    return ranges.every(([, range]) => range) ? ranges : undefined;
  }

  select(a, b) {
    const block = this.block(a, b);
    if (block) {
      this.explorer.selection.set(block);
    }
  }

  click(cell) {
    const { selection } = this.explorer, block = this.block(cell, cell);
    const same = block?.every(([axis, range]) => selection.range(axis)?.low === range.low && selection.range(axis)?.high === range.high);
    !block || same ? selection.clear([this.across, this.up]) : selection.set(block);
  }

  point(event) {
    const { table } = this.explorer, [column, row] = this.cell(this.box.parts(event)), [across, up] = this.sides(), cell = row * across.count + column;
    const { sum, count } = this.chosen.count[cell] ? this.chosen : this.around, value = this.explorer.table.axes[this.mean];
    const span = (axis, bin) => {
      const range = this.bounds(axis, bin, bin);
      return range ? [...new Set(range.map(end => table.text(axis, end)))].join(' to ') : '\u2013';
    };
    this.explorer.tip([
      'Mean of runs', [
        [table.axes[this.across].title, span(this.across, column)], [table.axes[this.up].title, span(this.up, row)],
        [value.title, count[cell] ? numberText(sum[cell] / count[cell]) : '\u2013'], [this.chosen.count[cell] || !count[cell] ? 'runs selected' : 'runs, none selected', grouped(count[cell])],
      ],
    ], { x: event.clientX, y: event.clientY });
  }

  /** Lowest and highest value in the bins from one to another; undefined for none. */
  bounds(axis, from, to) {
    const { code } = this.explorer.table.binned(axis), column = this.explorer.table.values[axis];
    let low = Infinity, high = -Infinity;
    code.forEach((bin, row) => {
      if (bin >= from && bin <= to) {
        low = Math.min(low, column[row]);
        high = Math.max(high, column[row]);
      }
    });
    return low > high ? undefined : [low, high];
  }

  mark(row) {
    if (this.box) {
      const [, , top] = this.box.layers, { context } = top, [across, up] = this.sides();
      top.clear();
      if (row !== null && across.code[row] >= 0 && up.code[row] >= 0) {
        const [x, y, width, height] = this.frame(across.code[row], up.code[row]);
        for (const [color, line] of [[pageColor('ground'), 4], [pageColor('ink'), 2]]) {
          context.strokeStyle = color;
          context.lineWidth = line;
          context.strokeRect(x, y, width, height);
        }
      }
    }
  }
}
