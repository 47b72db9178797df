// The explorer: one selection of runs, shown by several views.

class Explorer {
  constructor(table) {
    this.table = table;
    this.selection = new Selection(table);
    this.colors = new RunColors(table);
    this.marked = null;
    this.wanted = new Set();
    byId('explorer-body').hidden = false;
    this.axes = new ParallelAxes(this);
    this.scatter = new Scatter(this);
    this.map = new ParameterMap(this);
    this.rows = new RunRows(this);
    this.filters = new Filters(this);
    this.bindTools();
    this.selection.onChange(() => this.refresh('paint'));
    new ResizeObserver(() => this.resized()).observe(byId('explorer-body'));
    window.addEventListener('beforeprint', () => this.layOut(true));
    window.addEventListener('afterprint', () => this.layOut());
    this.layOut();
  }

  bindTools() {
    const { table } = this, color = byId('explorer-color');
    color.append(make('option', { value: 'arm' }, 'Arm'));
    const first = table.axes.findIndex(axis => axis.output && !axis.words);
    fillAxes(color, table.axes, 'arm', () => {});
    color.addEventListener('change', () => this.colorBy(color.value));
    if (first >= 0 && new Set(table.arm).size === 1) {
      color.value = String(first);
    }
    this.colors.set(color.value);
    this.boxes = table.axes.map((axis, i) => {
      const box = make('input', { type: 'checkbox', checked: 'checked' });
      box.addEventListener('change', () => this.hideAxis(i, !box.checked));
      byId('explorer-axes').querySelector('fieldset').append(make('label', {}, box, make('span', {}, axis.title)));
      return box;
    });
    byId('explorer-axes').querySelector('fieldset').append(button('Show all', () => table.axes.forEach((_, i) => this.hideAxis(i, false))));
    bindMenu(byId('explorer-axes'));
    byId('explorer-reset').addEventListener('click', () => this.selection.clear());
    const save = byId('explorer-save'), link = byId('explorer-link');
    save.addEventListener('click', () => download(new Blob([this.rows.csv()], { type: 'text/csv' }), fileName('selected runs', 'csv')));
    link.addEventListener('click', () => copyBeside(link, `${location.href.split('#')[0]}#${this.address()}`, 'Link'));
  }

  /** At least one axis stays. */
  hideAxis(axis, hidden) {
    if (!hidden || this.axes.shown.length > 1) {
      this.axes.setHidden(axis, hidden);
    }
    this.boxes[axis].checked = !this.axes.hidden.has(axis);
  }

  colorBy(by) {
    this.colors.set(by);
    if (by !== 'arm') {
      this.map.show(Number(by));
    }
    this.refresh('paint');
  }

  hideArms(names) {
    this.selection.hideArms(names);
    this.refresh('layOut');
  }

  resized() {
    const width = byId('explorer-body').clientWidth, ratio = window.devicePixelRatio;
    if (width !== this.width || ratio !== this.ratio) {
      [this.width, this.ratio] = [width, ratio];
      this.refresh('layOut');
    }
  }

  /** Shows changes with the next frame, however many there are. */
  refresh(what) {
    this.wanted.add(what);
    this.frame ??= requestAnimationFrame(() => {
      const all = this.wanted.has('layOut');
      this.wanted.clear();
      this.frame = null;
      all ? this.layOut() : this.paint();
    });
  }

  /** Places and paints all views; on paper the axes share the width of a page, and nothing is left for later. */
  layOut(paper = false) {
    [this.axes.lines.paleSlices, this.axes.lines.brightSlices, this.scatter.paleSlices, this.scatter.brightSlices].forEach(slices => { slices.atOnce = paper; });
    paper ? this.axes.layOut(680, 30) : this.axes.layOut();
    this.scatter.layOut();
    this.map.layOut();
    this.showRest();
  }

  paint() {
    this.axes.paint();
    this.axes.stands.forEach(stand => stand.showRange());
    this.scatter.paint();
    this.map.paint();
    this.showRest();
  }

  showRest() {
    const { selection, colors } = this, { total } = selection, hidden = this.table.count - total;
    byId('explorer-count').textContent = `${grouped(selection.rows.length)} of ${grouped(total)} ${total === 1 ? 'run' : 'runs'} selected${hidden ? ` (${grouped(hidden)} in hidden arms)` : ''}`;
    byId('explorer-reset').disabled = selection.ranges.size === 0;
    byId('explorer-save').disabled = selection.rows.length === 0;
    byId('explorer-legend').replaceChildren(...colors.legend(selection.hiddenArms));
    this.filters.show();
    this.rows.showSoon();
  }

  /** Marks a run in all views, and says what it is beside a place on the screen. */
  hover(row, near) {
    if (row !== this.marked) {
      this.marked = row;
      this.axes.lines.mark(row);
      this.scatter.mark(row);
      this.map.mark(row);
      this.rows.mark(row);
    }
    const { table } = this;
    this.tip(row === null || !near ? null : [table.runs[row], [
      ['arm', table.arms[table.arm[row]].name], ['replicates', String(table.replicates[row])],
      ...this.axes.shown.map(axis => [table.axes[axis].title, table.text(axis, table.values[axis][row])]),
    ]], near);
  }

  /** Shows a title and rows of name and value beside a place; null for nothing. */
  tip(content, near) {
    const tip = byId('tip');
    tip.hidden = content === null;
    if (content) {
      const [title, rows] = content;
      tip.replaceChildren(make('b', {}, title), make('table', {}, make('tbody', {}, ...rows.map(([name, text]) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, text))))));
      delete tip.dataset.site;
      placeTip(tip, near);
    }
  }

  /** The ranges as a part of an address: axis~low~high, one after another. */
  address() {
    const end = value => Number.isFinite(value) ? String(value) : '';
    const ranges = [...this.selection.ranges].map(([axis, { low, high }]) => [this.table.axes[axis].name, end(low), end(high)].map(encodeURIComponent).join('~'));
    return new URLSearchParams({ explorer: ranges.join(' '), color: this.colors.axis === null ? 'arm' : this.table.axes[this.colors.axis].name }).toString();
  }

  /** Takes over ranges from an address; names and numbers that it does not know count for nothing. */
  showAddress(hash) {
    const wanted = new URLSearchParams(hash.slice(1));
    // "#explorer" alone is the place of the section.
    if (!wanted.get('explorer') && !wanted.has('color')) {
      return;
    }
    byId('explorer').scrollIntoView();
    const named = name => this.table.axes.findIndex(axis => axis.name === name), number = (text, open) => text !== '' && Number.isFinite(Number(text)) ? Number(text) : open;
    const ranges = wanted.get('explorer').split(' ').map(part => part.split('~').map(decodePart)).filter(([name, low, high]) => named(name) >= 0 && low !== undefined && high !== undefined);
    this.selection.set([...this.selection.ranges.keys()].map(axis => [axis, null]));
    this.selection.set(ranges.map(([name, low, high]) => [named(name), { low: number(low, -Infinity), high: number(high, Infinity) }]));
    const by = wanted.get('color') === 'arm' ? 'arm' : String(named(wanted.get('color')));
    if ([...byId('explorer-color').options].some(option => option.value === by)) {
      byId('explorer-color').value = by;
      this.colorBy(by);
    }
  }
}

function decodePart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function setUpExplorer() {
  const source = byId('explorer-index');
  if (!source) {
    return null;
  }
  const explorer = new Explorer(await RunTable.read(JSON.parse(source.textContent)));
  explorer.showAddress(location.hash);
  window.addEventListener('hashchange', () => explorer.showAddress(location.hash));
  return explorer;
}
