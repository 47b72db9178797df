// Figures: values at the pointer and at the time cursor, picking a day, hiding what belongs to an arm.

const median = values => {
  const sorted = [...values].sort((a, b) => a - b), half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
};

class Charts {
  constructor() {
    this.hidden = new Set();
    this.figures = [...document.querySelectorAll('figure.plot')].map(figure => new Chart(figure, this));
    document.addEventListener('pointerdown', event => {
      if (!event.target.closest('figure.plot svg')) {
        this.figures.forEach(chart => chart.leave());
      }
    });
  }

  setDay(day) {
    this.day = day;
    this.figures.forEach(chart => chart.setDay(day));
  }

  setHidden(name, hidden) {
    hidden ? this.hidden.add(name) : this.hidden.delete(name);
    this.figures.forEach(chart => chart.hide());
  }
}

/** One figure: its drawing, a second one for narrow screens, and its values. */
class Chart {
  constructor(figure, charts) {
    const values = figure.querySelector('.values'), narrow = figure.querySelector('script.narrow');
    this.charts = charts;
    this.figure = figure;
    this.box = figure.querySelector('.wide');
    this.values = values && JSON.parse(values.textContent);
    this.areas = [];
    this.add(this.box.querySelector('svg'));
    this.timed = this.areas.filter(area => area.time && area.curves);
    if (narrow) {
      const screen = matchMedia('(max-width: 760px)'), unpack = () => screen.matches && this.unpack(narrow);
      screen.addEventListener('change', unpack);
      unpack();
    }
  }

  async unpack(source) {
    if (!this.box.classList.contains('has-narrow')) {
      this.box.classList.add('has-narrow');
      const text = new TextDecoder().decode(await inflate(source.textContent));
      const svg = document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true);
      svg.classList.add('narrow');
      this.box.append(svg);
      this.add(svg);
      this.hide();
      this.areas.forEach(area => area.setDay(this.charts.day));
    }
  }

  add(svg) {
    const areas = [...svg.querySelectorAll('[data-panel]')].map(group => new ChartArea(svg, group, this.values, this.charts.hidden));
    const at = event => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return [areas.find(area => area.holds(point)), point];
    };
    const show = event => {
      const [area, point] = at(event), rows = area?.show(point);
      areas.filter(other => other !== area).forEach(other => other.leave());
      if (rows?.length) {
        byId('tip').replaceChildren(...rows);
        placeTip(byId('tip'), { x: event.clientX, y: event.clientY });
      } else {
        byId('tip').hidden = true;
      }
    };
    svg.addEventListener('pointermove', show);
    svg.addEventListener('pointerdown', show);
    svg.addEventListener('pointerleave', event => event.pointerType === 'mouse' && this.leave());
    svg.addEventListener('click', event => {
      const [area, point] = at(event);
      if (area?.time) {
        this.charts.pick?.(area.dayAt(point.x));
      }
    });
    svg.classList.toggle('timed', areas.some(area => area.time));
    this.areas.push(...areas);
  }

  leave() {
    if (this.areas.filter(area => area.leave()).length) {
      byId('tip').hidden = true;
    }
  }

  hide() {
    for (const element of this.box.querySelectorAll('[data-group]')) {
      // An attribute, so that saved figures leave the arm out too.
      this.charts.hidden.has(element.dataset.group) ? element.setAttribute('display', 'none') : element.removeAttribute('display');
    }
    this.showValues();
  }

  setDay(day) {
    this.areas.forEach(area => area.setDay(day));
    this.showValues();
  }

  /** The values at the time cursor: a row for each arm or clone, a column for each panel that is not about one arm. */
  showValues() {
    const { day } = this.charts, heads = [], rows = new Map();
    if (day === undefined || !this.timed.length) {
      return;
    }
    for (const area of this.timed) {
      const { title, y } = area.panel, readings = area.readings(area.placeOf(day)), own = readings.every(reading => reading.label === title);
      const head = [...own || !title ? [] : [title], caption(y)].join(', ');
      for (const { label, color, values } of readings) {
        const row = rows.get(label) ?? { color, texts: new Map() };
        row.texts.set(head, readingText(values, ''));
        rows.set(label, row);
        heads.includes(head) || heads.push(head);
      }
    }
    this.shown ??= this.figure.appendChild(make('details', { class: 'readout', open: 'open' }, make('summary'), make('div', { class: 'wide', tabindex: '0', role: 'group', 'aria-label': `Values of ${this.figure.dataset.name}` })));
    this.shown.firstChild.textContent = `Values on ${dayText(day)}`;
    this.shown.lastChild.replaceChildren(make(
      'table', {}, make('thead', {}, make('tr', {}, make('td'), ...heads.map(head => make('th', { scope: 'col' }, head)))),
      make('tbody', {}, ...[...rows].map(([label, { color, texts }]) => make(
        'tr', {}, make('th', { scope: 'row' }, legendKey(label, color)), ...heads.map(head => make('td', {}, texts.get(head) ?? '\u2013')))))));
  }
}

const caption = ({ label, unit }) => unit ? `${label} [${unit}]` : label;

/** One value; of several their median and range. */
function readingText(values, unit) {
  const tail = unit && `\u00a0${unit}`, text = value => numberText(value) + tail;
  return values.length === 0 ? '\u2013' : values.length === 1 ? text(values[0]) : `${text(median(values))} (${numberText(Math.min(...values))} to ${numberText(Math.max(...values))})`;
}

/** The plot area of one panel, and what it shows. */
class ChartArea {
  constructor(svg, group, values, hidden) {
    [this.left, this.right, this.top, this.bottom, this.x0, this.x1, this.y0, this.y1] = group.dataset.axes.split(' ').map(Number);
    this.time = group.dataset.timeAxis?.split(' ').slice(4).map(Number);
    this.hidden = hidden;
    this.panel = values?.panels[Number(group.dataset.panel)] ?? { series: [] };
    this.places = values?.places;
    this.curves = this.panel.series.some(({ kind }) => kind !== 'mark');
    const line = (name, attributes) => group.appendChild(makeSvg('line', { class: name, y1: this.top, y2: this.bottom, display: 'none', ...attributes }));
    this.pointer = this.curves ? line('pointer-mark', {}) : group.appendChild(makeSvg('circle', { class: 'pointer-mark', r: 7, display: 'none' }));
    this.cursor = this.time && line('time-cursor', {});
  }

  holds({ x, y }) { return x >= this.left && x <= this.right && y >= this.top && y <= this.bottom; }

  x(value) { return this.left + ((this.panel.x?.log ? Math.log10(value) : value) - this.x0) / (this.x1 - this.x0) * (this.right - this.left); }

  y(value) { return this.bottom - ((this.panel.y?.log ? Math.log10(value) : value) - this.y0) / (this.y1 - this.y0) * (this.bottom - this.top); }

  /** The value of the axis at a place in the drawing. */
  valueOf(x) {
    const value = this.x0 + (x - this.left) / (this.right - this.left) * (this.x1 - this.x0);
    return this.panel.x?.log ? 10 ** value : value;
  }

  dayAt(x) { return this.time[0] + (x - this.left) / (this.right - this.left) * (this.time[1] - this.time[0]); }

  placeOf(day) { return this.x0 + (day - this.time[0]) / (this.time[1] - this.time[0]) * (this.x1 - this.x0); }

  setDay(day) {
    if (this.cursor && day !== undefined) {
      const x = this.x(this.placeOf(day)), inside = x >= this.left - 1e-3 && x <= this.right + 1e-3;
      this.move(this.cursor, inside && { x1: x, x2: x });
      this.cursor.dataset.day = day;
    }
  }

  /** Puts a mark where it belongs, or away. */
  move(mark, place) {
    place ? mark.removeAttribute('display') : mark.setAttribute('display', 'none');
    Object.entries(place || {}).forEach(([name, value]) => mark.setAttribute(name, value));
  }

  leave() {
    const shown = !this.pointer.hasAttribute('display');
    this.move(this.pointer, null);
    return shown;
  }

  /** Marks what is at a point of the drawing and tells it. */
  show(point) {
    if (this.curves) {
      const at = this.valueOf(point.x), { x, y } = this.panel;
      this.move(this.pointer, { x1: point.x, x2: point.x });
      const head = this.time ? dayText(Math.round(this.dayAt(point.x) * 10) / 10) : `${x.label} ${readingText([at], x.unit)}`;
      return [make('b', {}, head), y.label, tipTable(this.readings(at).map(({ label, color, values }) => [legendKey(label, color), readingText(values, y.unit)]))];
    }
    const mark = this.nearest(point);
    this.move(this.pointer, mark && { cx: mark.at.x, cy: mark.at.y });
    return mark ? this.tell(mark) : [];
  }

  *shownSeries() { yield* this.panel.series.filter(({ group }) => !this.hidden.has(group)); }

  nearest(point) {
    let best = null;
    for (const series of this.shownSeries()) {
      this.places[series.x].forEach((value, i) => {
        const at = { x: this.x(value), y: this.y(series.y[i]) }, distance = Math.hypot(at.x - point.x, at.y - point.y);
        if (this.holds(at) && distance < (best?.distance ?? Infinity)) {
          best = { series, i, at, distance };
        }
      });
    }
    return best;
  }

  /** A mark in words: what it is, and its values on axes of numbers. */
  tell({ series, i }) {
    const { x, y, value } = this.panel, at = this.places[series.x][i], rows = [];
    for (const [axis, number, low, high] of [[x, at, series.xLow, series.xHigh], [y, series.y[i], series.low, series.high]]) {
      if (!axis.names && axis.label) {
        const ends = Number.isFinite(low?.[i]) && Number.isFinite(high?.[i]) ? ` (${numberText(low[i])} to ${numberText(high[i])})` : '';
        rows.push([axis.label, readingText([number], axis.unit) + ends]);
      }
    }
    rows.push(...Number.isFinite(series.value?.[i]) ? [[value, numberText(series.value[i])]] : []);
    const name = [y.names?.[Math.round(series.y[i])], x.names?.[Math.round(at)]].filter(Boolean).join(', ');
    return [make('b', {}, legendKey(name || series.label, series.color)), tipTable(rows)];
  }

  /** Values of all curves at a place, by name. */
  readings(at) {
    const rows = new Map();
    for (const { label, color, kind, x, y } of this.shownSeries()) {
      const row = rows.get(label) ?? { label, color, values: [] }, value = curveAt(this.places[x], y, at, kind === 'step', this.panel.y.log);
      row.values.push(...value === null ? [] : [value]);
      rows.set(label, row);
    }
    return [...rows.values()];
  }
}

/** Value of a curve at a place, along its straight piece or its step; null where it has none. */
function curveAt(x, y, at, step, log) {
  const near = 1e-5 * Math.max(Math.abs(x[0]), Math.abs(x.at(-1))), after = x.findIndex(place => place >= at - near);
  if (after < 0 || x[after] <= at + near) {
    return y[after] ?? null;
  }
  const before = y[after - 1] ?? null, next = y[after];
  if (step || before === null || next === null) {
    return step ? before : null;
  }
  const part = (at - x[after - 1]) / (x[after] - x[after - 1]);
  return log && before > 0 && next > 0 ? before * (next / before) ** part : before + (next - before) * part;
}

const tipTable = rows => make('table', {}, make('tbody', {}, ...rows.map(([name, text]) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, text)))));
