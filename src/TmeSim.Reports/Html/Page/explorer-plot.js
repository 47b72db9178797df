// A plot with ticks, titles and a rectangle: what scatter plot and map share.

const PLOT = { left: 66, right: 14, top: 10, bottom: 46, inset: 8 };

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
