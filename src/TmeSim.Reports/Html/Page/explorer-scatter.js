// Two axes against each other.

class Scatter {
  constructor(explorer) {
    const { table, selection } = explorer;
    this.explorer = explorer;
    this.box = new PlotBox(byId('explorer-scatter'), 'Scatter plot');
    this.note = make('p', { class: 'note' });
    this.box.figure.append(this.note);
    this.paleSlices = new Slices();
    this.brightSlices = new Slices();
    const parameter = table.axes.findIndex(axis => !axis.output), output = table.axes.findIndex(axis => axis.output);
    this.across = Math.max(0, parameter);
    this.up = output >= 0 ? output : table.axes.length - 1;
    fillAxes(byId('explorer-x'), table.axes, this.across, axis => { this.across = axis; this.layOut(); });
    fillAxes(byId('explorer-y'), table.axes, this.up, axis => { this.up = axis; this.layOut(); });
    const { box } = this;
    box.onDrag(at => this.grab(at), (from, to, parts) => this.drag(from, to, parts), () => selection.clear([this.across, this.up]));
    box.onClear(() => selection.clear([this.across, this.up]));
    box.area.addEventListener('pointermove', event => this.point(event));
    box.area.addEventListener('pointerleave', () => explorer.hover(null));
  }

  /** The rectangle, if a place is in one. */
  grab([x, y]) {
    const { selection } = this.explorer, across = selection.parts(this.across), up = selection.parts(this.up);
    return across && up && this.across !== this.up && x >= across[0] && x <= across[1] && y >= up[0] && y <= up[1] ? [across, up] : null;
  }

  drag(from, to, parts) {
    const { selection } = this.explorer;
    const ends = i => {
      const by = parts && clamp(to[i] - from[i], -parts[i][0], 1 - parts[i][1]);
      return parts ? parts[i].map(part => part + by) : [clamp(from[i], 0, 1), clamp(to[i], 0, 1)];
    };
    selection.set([[this.across, selection.between(this.across, ...ends(0))], [this.up, selection.between(this.up, ...ends(1))]]);
  }

  layOut() {
    const { table } = this.explorer, across = table.axes[this.across], up = table.axes[this.up];
    this.box.layOut(PLOT.inset);
    this.box.marks([across.title, across.marks], [up.title, up.marks]);
    this.at = [this.spread(this.across, 1), this.spread(this.up, 2)];
    const { context } = this.box.layers[0];
    this.box.layers[0].clear();
    context.fillStyle = pageColor('pale');
    this.paleSlices.start(this.explorer.selection.shown(), row => this.dot(context, row, 1.6), () => {});
    this.paint();
  }

  /** Parts of an axis; points of the same word lie beside each other, always in the same way. */
  spread(axis, salt) {
    const { words } = this.explorer.table.axes[axis], places = this.explorer.table.places[axis];
    return words ? places.map((part, row) => part + ((Math.imul(row * 2 + salt, 2654435761) >>> 8) / 16777216 - 0.5) * 0.6 / words.length) : places;
  }

  dot(context, row, radius) {
    const x = this.box.x(this.at[0][row]), y = this.box.y(this.at[1][row]);
    if (radius < 2) {
      context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    } else {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    }
  }

  has(row) { return !Number.isNaN(this.at[0][row]) && !Number.isNaN(this.at[1][row]); }

  paint() {
    const { selection, colors } = this.explorer, { layers, figure } = this.box, { context } = layers[1], rows = selection.rows.filter(row => this.has(row));
    const radius = rows.length < 300 ? 3.6 : rows.length < 4000 ? 2.6 : 1.5, left = selection.rows.length - rows.length;
    layers[1].clear();
    context.globalAlpha = clamp(lineOpacity(rows.length) * 1.6, 0.25, 0.9);
    delete figure.dataset.rows;
    this.brightSlices.start(rows, row => {
      context.fillStyle = colors.of(row);
      this.dot(context, row, radius);
    }, () => {
      figure.dataset.rows = rows.length;
      context.globalAlpha = 1;
      this.means(context);
    });
    this.note.textContent = left ? `${grouped(left)} selected ${left === 1 ? 'run has' : 'runs have'} no value on these axes.` : '';
    this.box.showRect(selection.parts(this.across), this.across === this.up ? null : selection.parts(this.up));
    this.mark(this.explorer.marked);
  }

  /** The mean of an output over a parameter: one line, or one for each arm when arms have the colours. */
  means(context) {
    const { table, selection, colors } = this.explorer;
    if (!table.axes[this.up].output || table.axes[this.across].output || table.axes[this.up].words) {
      return;
    }
    const { count, code, centre } = table.binned(this.across), byArm = colors.axis === null;
    const groups = new Map();
    for (const row of selection.rows) {
      if (this.has(row)) {
        const arm = byArm ? table.arm[row] : 0, sums = groups.get(arm) ?? groups.set(arm, Array.from({ length: count }, () => [0, 0])).get(arm);
        sums[code[row]][0] += table.values[this.up][row];
        sums[code[row]][1]++;
      }
    }
    for (const [arm, sums] of groups) {
      const points = sums.flatMap(([sum, n], bin) => n ? [[this.box.x(centre(bin)), this.box.y(table.place(this.up, sum / n))]] : []);
      const look = byArm ? table.arms[arm] : { color: pageColor('ink'), dash: [] };
      for (const [color, width, dash] of [[pageColor('ground'), 5, []], [look.color, 2.2, look.dash]]) {
        context.strokeStyle = color;
        context.lineWidth = width;
        context.setLineDash(dash);
        context.beginPath();
        points.forEach(point => context.lineTo(...point));
        context.stroke();
      }
      context.setLineDash([]);
    }
  }

  point(event) {
    const [x, y] = this.box.parts(event), { rows } = this.explorer.selection, { width, height } = this.box.inner;
    let best = null, least = 9;
    for (let i = 0; !event.buttons && i !== rows.length; i++) {
      const off = Math.hypot((this.at[0][rows[i]] - x) * width, (this.at[1][rows[i]] - y) * height);
      if (off < least) {
        [best, least] = [rows[i], off];
      }
    }
    this.box.area.style.cursor = this.grab([x, y]) ? 'move' : 'crosshair';
    this.explorer.hover(best, { x: event.clientX, y: event.clientY });
  }

  mark(row) {
    const [, , top] = this.box.layers, { context } = top;
    top.clear();
    for (const [color, width] of row === null || !this.has(row) ? [] : [[pageColor('ground'), 5], [pageColor('ink'), 2.2]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(this.box.x(this.at[0][row]), this.box.y(this.at[1][row]), 6, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}
