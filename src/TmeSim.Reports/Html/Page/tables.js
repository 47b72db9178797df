// Tables: sorted by a click on a column's head, copied as CSV.

function setUpTable(table) {
  table.querySelectorAll('thead th').forEach((head, column) => {
    const sort = button('', () => sortTable(table, column));
    sort.className = 'sort';
    sort.append(...head.childNodes);
    head.append(sort);
  });
  const copy = button('Copy as CSV', () => copyBeside(copy, tableCsv(table), 'Table'));
  table.closest('.wide').after(make('div', { class: 'table-tools' }, copy));
}

function sortTable(table, column) {
  const heads = [...table.querySelectorAll('thead th')], body = table.tBodies[0];
  const ascending = heads[column].getAttribute('aria-sort') !== 'ascending';
  heads.forEach(head => head.removeAttribute('aria-sort'));
  heads[column].setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
  const cell = row => row.cells[column];
  const rows = [...body.rows], numeric = rows.some(row => cell(row).dataset.sort !== undefined);
  const missing = row => numeric ? cell(row).dataset.sort === undefined : cell(row).textContent === '';
  const compare = (a, b) => numeric ? Number(cell(a).dataset.sort) - Number(cell(b).dataset.sort) : cell(a).textContent.localeCompare(cell(b).textContent, 'en', { numeric: true });
  rows.sort((a, b) => missing(a) - missing(b) || (missing(a) ? 0 : compare(a, b) * (ascending ? 1 : -1)));
  body.append(...rows);
  say(`Sorted by ${heads[column].textContent}, ${ascending ? 'ascending' : 'descending'}`);
}

const csvField = text => /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;

/** The rows shown, in the order shown; minus signs as programs read them. */
function tableCsv(table) {
  const field = text => csvField(text.replace(/\u2212(?=\d)/g, '-'));
  return [...table.rows].filter(row => !row.hidden).map(row => [...row.cells].map(cell => field(cell.dataset.text ?? cell.textContent)).join(',')).join('\r\n') + '\r\n';
}

function hideTableRows(name, hidden) {
  for (const row of document.querySelectorAll('tr[data-arm]')) {
    if (row.dataset.arm === name) {
      row.hidden = hidden;
    }
  }
}
