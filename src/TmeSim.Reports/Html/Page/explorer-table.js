// The selected runs as a table, and as a file.

const MOST_ROWS = 200;
const SETTLE_MS = 60; // a drag would build the table over and over

class RunRows {
  constructor(explorer) {
    const { table } = explorer, text = axis => row => table.text(axis, table.values[axis][row]);
    this.explorer = explorer;
    this.sort = { column: null, ascending: true };
    const names = values => (a, b) => values(a).localeCompare(values(b), 'en', { numeric: true });
    const numbers = values => (a, b) => values[a] - values[b];
    this.columns = [
      { head: 'Run', text: row => table.runs[row], compare: names(row => table.runs[row]) },
      { head: 'Arm', text: row => table.arms[table.arm[row]].name, compare: numbers(table.arm), words: true },
      { head: 'Replicates', text: row => String(table.replicates[row]), compare: numbers(table.replicates) },
      ...table.axes.map((axis, i) => ({ head: axis.title, text: text(i), compare: numbers(table.values[i]), missing: row => Number.isNaN(table.values[i][row]), words: Boolean(axis.words) })),
    ];
    this.heads = this.columns.map((column, i) => {
      const sort = button(column.head, () => this.sortBy(i));
      sort.className = 'sort';
      return make('th', { scope: 'col', ...column.words && { class: 'words' } }, sort);
    });
    this.body = make('tbody');
    this.note = make('p', { class: 'note' });
    const table_ = make('table', {}, make('thead', {}, make('tr', {}, ...this.heads)), this.body);
    this.box = byId('explorer-table');
    this.box.append(make('div', { class: 'wide runs', tabindex: '0', role: 'group', 'aria-label': 'Selected runs' }, table_), this.note);
    this.body.addEventListener('pointerover', event => explorer.hover(Number(event.target.closest('tr').dataset.row)));
    this.body.addEventListener('pointerleave', () => explorer.hover(null));
  }

  sortBy(i) {
    this.sort = { column: i, ascending: this.sort.column !== i || !this.sort.ascending };
    this.heads.forEach(head => head.removeAttribute('aria-sort'));
    this.heads[i].setAttribute('aria-sort', this.sort.ascending ? 'ascending' : 'descending');
    this.show();
    say(`Sorted by ${this.columns[i].head}, ${this.sort.ascending ? 'ascending' : 'descending'}`);
  }

  /** Rows selected in the order of the table: missing values last, equal ones as given. */
  sorted() {
    const rows = this.explorer.selection.inOrder(), { column, ascending } = this.sort, by = this.columns[column];
    const missing = by?.missing ?? (() => false), compare = (a, b) => missing(a) - missing(b) || (missing(a) ? 0 : by.compare(a, b) * (ascending ? 1 : -1));
    return by ? [...rows].sort(compare) : rows;
  }

  showSoon() {
    clearTimeout(this.timer);
    delete this.box.dataset.rows;
    this.timer = setTimeout(() => this.show(), SETTLE_MS);
  }

  show() {
    clearTimeout(this.timer);
    const rows = this.sorted();
    this.body.replaceChildren(...Array.from(rows.slice(0, MOST_ROWS), row => make('tr', { 'data-row': row }, ...this.columns.map((column, i) =>
      i ? make('td', column.words ? { class: 'words' } : {}, column.text(row)) : make('th', { scope: 'row' }, column.text(row))))));
    this.note.textContent = rows.length > MOST_ROWS ? `The first ${MOST_ROWS} of ${grouped(rows.length)} selected runs; the CSV has all of them.` : rows.length ? '' : 'No run is selected.';
    this.box.dataset.rows = rows.length;
    this.mark(this.explorer.marked);
  }

  mark(row) {
    this.body.querySelector('.shown')?.classList.remove('shown');
    this.body.querySelector(`[data-row="${row}"]`)?.classList.add('shown');
  }

  /** All selected runs with the names of the axes as heads, in the order of the sweep. */
  csv() {
    const { table, selection } = this.explorer, line = fields => `${fields.map(csvField).join(',')}\r\n`;
    const rows = Array.from(selection.inOrder(), row => line([table.arms[table.arm[row]].name, table.runs[row], String(table.replicates[row]), ...table.axes.map((_, axis) => table.plain(axis, row))]));
    return line(['arm', 'run', 'replicates', ...table.axes.map(axis => axis.name)]) + rows.join('');
  }
}
