// Two axes against each other.

const PLOT = { left: 66, right: 14, top: 10, bottom: 46, inset: 8 };

/** A plot with ticks, titles and a rectangle that is dragged: what scatter plot and map share. */
class PlotBox {
  constructor(figure, name) {
    this.figure = figure;
    this.svg = makeSvg('svg', { 'aria-hidden': 'true', class: 'axis-marks' });
    this.area = make('div', { class: 'plot-area' });
    this.rect = make('div', { class: 'range', hidden: 'hidden' });
    this.area.append(this.rect);
    this.layers = [new Layer(), new Layer(), new Layer()];
    this.inside = make('div', { class: 'plot-inside', tabindex: '0', role: 'group', 'aria-label': name }, ...this.layers.map(layer => layer.canvas), this.svg, this.area);
    figure.append(this.inside);
  }

  layOut(inset) {
    const width = this.figure.clientWidth, height = Math.round(clamp(width * 0.66, 240, 400));
    this.inner = { left: PLOT.left + inset, top: PLOT.top + inset, width: Math.max(20, width - PLOT.left - PLOT.right - 2 * inset), height: height - PLOT.top - PLOT.bottom - 2 * inset };
    this.layers.forEach(layer => layer.resize(width, height));
    this.inside.style.height = `${height}px`;
    this.svg.setAttribute('width', width);
    this.svg.setAttribute('height', height);
    Object.assign(this.area.style, { left: `${PLOT.left}px`, top: `${PLOT.top}px`, width: `${width - PLOT.left - PLOT.right}px`, height: `${height - PLOT.top - PLOT.bottom}px` });
    this.inset = inset;
  }

  x(part) { return this.inner.left + part * this.inner.width; }

  y(part) { return this.inner.top + (1 - part) * this.inner.height; }

  /** Parts of both axes at a place on the screen. */
  parts(event) {
    const box = this.inside.getBoundingClientRect();
    return [(event.clientX - box.left - this.inner.left) / this.inner.width, 1 - (event.clientY - box.top - this.inner.top) / this.inner.height];
  }

  marks([across, acrossTicks], [up, upTicks]) {
    const { left, top, width, height } = this.inner, edge = { left: left - this.inset, bottom: top + height + this.inset };
    const text = (x, y, content, attributes = {}) => {
      const element = makeSvg('text', { x, y, ...attributes });
      element.textContent = content;
      return element;
    };
    const widest = Math.max(...acrossTicks.map(([, name]) => name.length), 1), cell = width / Math.max(1, acrossTicks.length), room = Math.max(26, Math.min(widest * 6.5 + 8, Math.max(cell, 70)));
    let lastX = -Infinity, lastY = Infinity;
    const xs = [...acrossTicks].sort((a, b) => a[0] - b[0]).filter(([part]) => this.x(part) - lastX >= room - 1 && (lastX = this.x(part), true));
    const ys = [...upTicks].sort((a, b) => a[0] - b[0]).filter(([part]) => lastY - this.y(part) >= 13 && (lastY = this.y(part), true));
    this.svg.replaceChildren(
      makeSvg('path', { d: `M${edge.left} ${top - this.inset}V${edge.bottom}H${left + width + this.inset}` }),
      ...xs.flatMap(([part, name]) => [makeSvg('path', { d: `M${this.x(part)} ${edge.bottom}v4` }), text(this.x(part), edge.bottom + 16, shorten(name, 11, room - 4), { 'text-anchor': 'middle' })]),
      ...ys.flatMap(([part, name]) => [makeSvg('path', { d: `M${edge.left} ${this.y(part)}h-4` }), text(edge.left - 7, this.y(part) + 3.5, shorten(name, 11, edge.left - 26), { 'text-anchor': 'end' })]),
      text(left + width / 2, edge.bottom + 37, shorten(across, 12, width), { 'text-anchor': 'middle', class: 'axis-title' }),
      text(0, 0, shorten(up, 12, height), { 'text-anchor': 'middle', class: 'axis-title', transform: `translate(13 ${top + height / 2}) rotate(-90)` }));
  }

  /** Shows a rectangle between parts of the axes; null for all of an axis. */
  showRect(across, up) {
    this.rect.hidden = !across && !up;
    const full = this.inset, [x0, x1] = (across ?? [0, 1]).map(part => this.x(part)), [y1, y0] = (up ?? [0, 1]).map(part => this.y(part));
    const left = across ? x0 : x0 - full, top = up ? y0 : y0 - full;
    Object.assign(this.rect.style, {
      left: `${left - PLOT.left}px`, top: `${top - PLOT.top}px`,
      width: `${Math.max(3, (across ? x1 : x1 + full) - left)}px`, height: `${Math.max(3, (up ? y1 : y1 + full) - top)}px`,
    });
  }

  /** Calls `drag(from, to, done)` with parts of the axes while the pointer is down, `click(at)` when it did not move. */
  onDrag(start, drag, click) {
    let begun = null;
    this.area.addEventListener('pointerdown', event => {
      if (event.button === 0) {
        this.area.setPointerCapture(event.pointerId);
        begun = { at: this.parts(event), x: event.clientX, y: event.clientY, moved: false, state: start(this.parts(event)) };
        this.inside.focus({ preventScroll: true });
        event.preventDefault();
      }
    });
    this.area.addEventListener('pointermove', event => {
      if (begun && (begun.moved ||= Math.hypot(event.clientX - begun.x, event.clientY - begun.y) > 3)) {
        drag(begun.at, this.parts(event), begun.state);
      }
    });
    this.area.addEventListener('pointerup', () => {
      if (begun && !begun.moved) {
        click(begun.at);
      }
      begun = null;
    });
    this.area.addEventListener('pointercancel', () => { begun = null; });
  }

  onClear(action) {
    this.inside.addEventListener('keydown', event => {
      if (event.target === this.inside && (event.key === 'Escape' || event.key === 'Delete' || event.key === 'Backspace')) {
        event.preventDefault();
        action();
      }
    });
  }
}

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
    context.fillStyle = PALE;
    this.paleSlices.start(table.order.filter(row => !this.explorer.selection.hiddenArms.has(table.arm[row])), row => this.dot(context, row, 1.6), () => {});
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
      const look = byArm ? table.arms[arm] : { color: '#1b1f24', dash: [] };
      for (const [color, width, dash] of [['#ffffff', 5, []], [look.color, 2.2, look.dash]]) {
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
    for (const [color, width] of row === null || !this.has(row) ? [] : [['#ffffff', 5], ['#1b1f24', 2.2]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(this.box.x(this.at[0][row]), this.box.y(this.at[1][row]), 6, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}

/** Fills a list with axes, parameters and outputs apart. */
function fillAxes(select, axes, chosen, action) {
  const group = (label, output) => {
    const options = axes.flatMap((axis, i) => axis && axis.output === output ? [make('option', { value: i }, axis.label)] : []);
    return options.length ? [make('optgroup', { label }, ...options)] : [];
  };
  select.append(...group('Parameters', false), ...group('Outputs', true));
  select.value = String(chosen);
  select.addEventListener('change', () => action(Number(select.value)));
}
