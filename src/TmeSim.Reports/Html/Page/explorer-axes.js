// Parallel coordinates: the axes, their names and the ranges on them.

const AXIS_ROOM = 92; // px; with less, names and numbers would overlap

class ParallelAxes {
  constructor(explorer) {
    const { table } = explorer;
    this.explorer = explorer;
    this.lines = new Lines(table);
    this.order = table.axes.map((_, axis) => axis);
    this.hidden = new Set();
    this.inverted = new Set();
    this.box = byId('explorer-lines');
    this.svg = makeSvg('svg', { 'aria-hidden': 'true', class: 'axis-marks' });
    this.stands = table.axes.map((_, axis) => new AxisStand(this, axis));
    this.inside = make('div', { class: 'lines-inside' }, ...this.lines.canvases, this.svg);
    this.box.append(this.inside);
    this.inside.addEventListener('pointermove', event => this.point(event));
    this.inside.addEventListener('pointerleave', () => explorer.hover(null));
  }

  get shown() { return this.order.filter(axis => !this.hidden.has(axis)); }

  x(axis) { return this.stands[axis].x; }

  /** Puts axis number `axis` at a place among those shown. */
  move(axis, place) {
    const { shown } = this, other = shown[clamp(place, 0, shown.length - 1)];
    if (other !== axis) {
      const rest = this.order.filter(a => a !== axis), behind = shown.indexOf(axis) < place;
      rest.splice(rest.indexOf(other) + (behind ? 1 : 0), 0, axis);
      this.order = rest;
      this.layOut();
      say(`${this.explorer.table.axes[axis].label}: axis ${this.shown.indexOf(axis) + 1} of ${this.shown.length}`);
    }
  }

  setHidden(axis, hidden) {
    hidden ? this.hidden.add(axis) : this.hidden.delete(axis);
    if (hidden && this.explorer.selection.range(axis)) {
      this.explorer.selection.clear([axis]);
    }
    this.layOut();
  }

  invert(axis) {
    this.inverted.has(axis) ? this.inverted.delete(axis) : this.inverted.add(axis);
    this.layOut();
  }

  /** Places everything anew, for a width other than that of the box too. */
  layOut(width = this.box.clientWidth, room = AXIS_ROOM) {
    const { table, selection } = this.explorer, { shown } = this, missing = shown.some(axis => table.axes[axis].missing);
    const full = Math.max(width, shown.length * room), step = full / Math.max(1, shown.length), focused = document.activeElement;
    this.step = step;
    this.inside.style.width = `${full}px`;
    const heads = shown.map(axis => this.stands[axis].element);
    const same = [...this.inside.querySelectorAll('.axis')].every((element, i) => element === heads[i]) && this.inside.querySelectorAll('.axis').length === heads.length;
    if (!same) {
      // Moving an element takes the focus from it.
      this.inside.querySelectorAll('.axis').forEach(element => element.remove());
      this.inside.append(...heads);
      if (this.inside.contains(focused)) {
        focused.focus({ preventScroll: true });
      }
    }
    shown.forEach((axis, i) => this.stands[axis].place((i + 0.5) * step, step));
    this.top = Math.max(...shown.map(axis => this.stands[axis].head.offsetHeight)) + 8;
    shown.forEach(axis => this.stands[axis].lower(this.top));
    const bottom = this.top + AXIS_HEIGHT, height = bottom + (missing ? 34 : 12);
    this.inside.style.height = `${height}px`;
    this.svg.setAttribute('width', full);
    this.svg.setAttribute('height', height);
    this.lines.place(shown.map(axis => ({ axis, x: this.x(axis), inverted: this.inverted.has(axis) })), this.top, AXIS_HEIGHT, bottom + 18, [full, height]);
    this.svg.replaceChildren(...shown.flatMap(axis => this.stands[axis].marks(step)));
    byId('explorer-axes-shown').textContent = `${shown.length} of ${this.order.length}`;
    this.explorer.boxes?.forEach((box, axis) => { box.checked = !this.hidden.has(axis); });
    this.lines.paintPale(selection.shown());
    this.paint();
    this.stands.forEach(stand => stand.showRange());
  }

  paint() {
    const { selection, colors, marked } = this.explorer;
    delete this.box.dataset.rows;
    this.lines.paintBright(selection.rows, colors, () => { this.box.dataset.rows = selection.rows.length; });
    this.lines.mark(marked);
  }

  point(event) {
    const box = this.inside.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    const row = event.buttons || y < this.top ? null : this.lines.nearest(this.explorer.selection.rows, x, y, 8);
    this.explorer.hover(row, { x: event.clientX, y: event.clientY });
  }
}
