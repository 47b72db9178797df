// The ranges as numbers, for keyboards and screen readers.

class Filters {
  constructor(explorer) {
    this.explorer = explorer;
    this.fields = explorer.table.axes.map((axis, i) => axis.words ? this.words(axis, i) : this.numbers(axis, i));
    this.summary = byId('explorer-filters').querySelector('summary');
    byId('explorer-filters').append(make('div', { class: 'filter-grid' }, ...explorer.table.axes.map((axis, i) => {
      const { low, high } = this.fields[i];
      return make('fieldset', {}, make('legend', {}, axis.title), make('label', {}, 'from ', low), make('label', {}, 'to ', high));
    })));
    this.fields.forEach((field, axis) => {
      for (const input of [field.low, field.high]) {
        input.addEventListener('input', () => explorer.selection.set([[axis, this.read(axis)]]));
      }
    });
  }

  numbers(axis, i) {
    const field = (end, value) => make('input', { type: 'number', step: 'any', placeholder: String(Number(value.toPrecision(4))), 'data-axis': axis.name, 'data-end': end, 'aria-label': `${axis.label} ${end === 'low' ? 'from' : 'to'}` });
    return { low: field('low', axis.low), high: field('high', axis.high) };
  }

  words(axis) {
    const field = (end) => make(
      'select', { 'data-axis': axis.name, 'data-end': end, 'aria-label': `${axis.label} ${end === 'low' ? 'from' : 'to'}` },
      make('option', { value: '' }, 'any'), ...axis.words.map((word, i) => make('option', { value: i }, word)));
    return { low: field('low'), high: field('high') };
  }

  read(axis) {
    const { low, high } = this.fields[axis], end = (input, open) => input.value === '' ? open : Number(input.value);
    return { low: end(low, -Infinity), high: end(high, Infinity) };
  }

  show() {
    const { selection, table } = this.explorer, names = table.axes.filter((_, i) => selection.range(i)).map(axis => axis.label);
    this.fields.forEach((field, axis) => {
      const range = selection.range(axis), wrong = Boolean(range) && range.low > range.high;
      for (const end of ['low', 'high']) {
        const value = range && Number.isFinite(range[end]) ? String(range[end]) : '', input = field[end];
        input.setAttribute('aria-invalid', wrong);
        // What is being typed stays as it is: "1e" and "0.50" are no numbers of this program yet.
        if (input !== document.activeElement || Number(input.value || NaN) !== Number(value || NaN)) {
          if (!(input === document.activeElement && input.value === '' && value === '')) {
            input.value = value;
          }
        }
      }
    });
    this.summary.textContent = names.length ? `Filters: ${names.join(', ')}` : 'Filters';
  }
}
