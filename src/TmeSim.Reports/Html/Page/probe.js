// What is at a site: the box beside the pointer, and the same in words for a screen reader.

/** A value with no more digits than its step allows. */
function valueText(value, half, unit) {
  const tail = unit ? `\u00a0${unit}` : '';
  const order = half > 0 ? Math.floor(Math.log10(2 * half)) : Math.floor(Math.log10(Math.abs(value) || 1)) - 5;
  const digits = Math.floor(Math.log10(Math.abs(value) || 1)) - order;
  const text = order < -6 && value !== 0 && Math.abs(value) < 1e-3
    ? value.toExponential(clamp(digits, 0, 5)).replace(/-/g, '\u2212')
    : fixed(value, clamp(-order, 0, 9));
  return text + tail;
}

class Probe {
  constructor(viewer) {
    this.viewer = viewer;
    this.tip = byId('tip');
    this.asked = 0;
  }

  hide() {
    this.asked++;
    this.tip.hidden = true;
    this.viewer.mark(null);
  }

  /** Shows what is at a site of a pane, beside a place on the screen. */
  async show(pane, site, near, aloud) {
    const asked = ++this.asked;
    this.viewer.mark(site, pane.lattice);
    const rows = await this.read(pane.frame, site);
    if (asked !== this.asked) {
      return;
    }
    const { day } = this.viewer.index.frames[pane.frame], { every, spacing } = pane.lattice;
    const place = `site ${site.x * every}, ${site.y * every}`;
    const body = make('tbody', {}, ...rows.map(row => make(
      'tr', row.shown ? { class: 'shown' } : {}, make('th', { scope: 'row' }, row.name),
      make('td', row.value === undefined ? { 'data-what': row.key } : { 'data-what': row.key, 'data-value': String(row.value), 'data-half': String(row.half) }, row.text))));
    this.tip.replaceChildren(
      make('b', {}, pane.name), `${dayText(day)}, ${place} (${fixed(site.x * spacing / 1000, 2)}, ${fixed(site.y * spacing / 1000, 2)} mm)`, make('table', {}, body));
    this.tip.dataset.site = `${site.x},${site.y}`;
    placeTip(this.tip, near);
    if (aloud) {
      say(`${place}: ${rows.filter((row, i) => row.shown || (i < 3 && row.text !== 'none')).map(row => `${row.name} ${row.text}`).join(', ')}`);
    }
  }

  async read(frame, { x, y }) {
    const { viewer } = this, { frames, index } = viewer, lattice = frames.lattice(frame), { layer, depth } = viewer.choice(lattice);
    const site = (depth * lattice.ny + y) * lattice.nx + x;
    const [parenchyma, immune, clones, vessels, fields, marks] = await Promise.all([
      frames.parenchyma(frame), frames.immune(frame), frames.clones(frame), frames.vessels(frame),
      Promise.all(index.fields.map((_, i) => frames.field(frame, i))), Promise.all(index.marks.map((_, i) => frames.mark(frame, i)))]);
    const code = parenchyma[site], clone = clones ? clones[site] : 0, vessel = vessels.sites.indexOf(site), [low, high] = index.frames[frame].perfusion;
    const rows = [
      { key: 'parenchyma', name: 'tissue', text: code === 5 ? 'septum or sinusoidal track' : index.parenchyma[code]?.name ?? String(code) },
      { key: 'immune', name: 'immune cell', text: index.immune[immune[site]]?.name ?? String(immune[site]) },
      vessel < 0 ? { key: 'vessel', name: 'vessel', text: 'none' }
        : { key: 'vessel', name: 'vessel', value: vessels.values[vessel], half: (high - low) / 510, text: `perfusion ${valueText(vessels.values[vessel], (high - low) / 510, '')}` },
    ];
    if (code === 2 && viewer.lesion().clones.length > 1) {
      rows.splice(1, 0, { key: 'clone', name: 'clone', text: index.clones[clone]?.name ?? String(clone), shown: layer === 'clones' });
    }
    // Traits of a cell stand under it; where the cell is not, only the one that is shown is told to be absent.
    marks.forEach((mark, i) => {
      const at = mark.sites.indexOf(site), { key, label, scale, cell } = index.marks[i], half = (scale.high - scale.low) / 510, shown = layer === `mark${i}`;
      if (at >= 0 || shown) {
        rows.push({ key, name: label, shown, ...at < 0 ? { text: `no ${cell}` } : { value: mark.values[at], half, text: valueText(mark.values[at], half, '') } });
      }
    });
    fields.forEach((field, i) => {
      const at = (depth * field.height + Math.floor(y / field.every)) * field.width + Math.floor(x / field.every);
      const value = field.values[at], { key, label, unit, absent, trait } = index.fields[i], shown = layer === String(i);
      if (!trait || shown || !Number.isNaN(value)) {
        rows.push({ key, name: label, value, half: field.half, text: Number.isNaN(value) ? absent : valueText(value, field.half, unit), shown });
      }
    });
    return rows;
  }
}

/** Shows the box beside a place on the screen. */
function placeTip(tip, { x, y }) {
  const gap = 16;
  tip.hidden = false;
  const { offsetWidth, offsetHeight } = tip;
  if (window.innerWidth < 600) {
    // No room beside a finger: the half of the screen that it is not in.
    const top = (byId('controls')?.getBoundingClientRect().bottom ?? 0) + 8;
    tip.style.left = '8px';
    tip.style.top = `${y > window.innerHeight / 2 ? Math.max(8, top) : window.innerHeight - offsetHeight - 8}px`;
    return;
  }
  const right = x + gap + offsetWidth < window.innerWidth;
  tip.style.left = `${Math.max(8, right ? x + gap : x - gap - offsetWidth)}px`;
  tip.style.top = `${clamp(y - offsetHeight / 2, 8, Math.max(8, window.innerHeight - offsetHeight - 8))}px`;
}
