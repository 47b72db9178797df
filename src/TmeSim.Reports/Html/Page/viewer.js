// The tissue of all arms at one time: what is chosen, and the panes that show it.

const ZOOMS = [1, 1.5, 2, 3, 4, 6, 8, 12, 16];

class Viewer {
  constructor(index, arms) {
    this.index = index;
    this.frames = new Frames(index);
    this.palette = new Palette(index);
    this.days = [...new Set(index.frames.map(frame => frame.day))].sort((a, b) => a - b);
    this.time = 0;
    this.layer = 'cells';
    this.lesionIndex = Math.max(0, index.lesions.findIndex(lesion => lesion.scales.length));
    this.replicate = 0;
    this.depth = this.middle();
    this.zoom = 1;
    this.centre = { x: 0.5, y: 0.5 };
    this.site = null;
    this.above = { cells: { immune: true, vessels: true } };
    ['clones', 'field', 'mark'].forEach(kind => { this.above[kind] = { immune: false, vessels: false }; });
    this.panes = index.arms.map((name, i) => new Pane(i, name, arms.find(arm => arm.name === name)?.swatch.cloneNode(true)));
    this.probe = new Probe(this);
    this.wanted = 0;
    this.listeners = [];
    byId('panes').append(...this.panes.map(pane => pane.element));
  }

  get day() { return this.days[this.time]; }

  lesion() { return this.index.lesions[this.lesionIndex]; }

  /** The lattice that the depth is chosen in: of those of the lesion the first with most layers. */
  lattice() {
    const own = this.index.lattices.filter(({ lesion }) => lesion === this.lesionIndex);
    return own.reduce((best, lattice) => lattice.layers.length > best.layers.length ? lattice : best, own[0]);
  }

  /** The layer of a lattice that is shown: as deep as the one chosen. */
  depthIn(lattice) {
    const last = this.lattice().layers.length - 1;
    return last === 0 ? Math.floor(lattice.layers.length / 2) : Math.round(this.depth / last * (lattice.layers.length - 1));
  }

  /** The site of another lattice at the same distance from the middle; null outside. */
  siteIn(lattice) {
    if (!this.site) {
      return null;
    }
    const { x, y, of } = this.site, move = (at, size, other) => Math.floor((at + 0.5 - size / 2) * of.spacing / lattice.spacing + other / 2);
    const site = of === lattice ? { x, y } : { x: move(x, of.nx, lattice.nx), y: move(y, of.ny, lattice.ny) };
    return site.x >= 0 && site.y >= 0 && site.x < lattice.nx && site.y < lattice.ny ? site : null;
  }

  /** The layer that lesions are first shown in. */
  middle() { return Math.floor((this.lattice()?.layers.length ?? 1) / 2); }

  /** What is shown and where, in words. */
  title() {
    const { lesions, replicates } = this.index, { layers } = this.lattice();
    return [
      this.layerName(), ...lesions.length > 1 ? [this.lesion().name] : [], ...replicates.length > 1 ? [this.replicateName()] : [],
      ...layers.length > 1 ? [`layer ${layers[this.depth]}`] : [], dayText(this.day)].join(', ');
  }

  replicateName() { return `replicate ${this.index.replicates[this.replicate]}`; }

  kind() { return this.layer.startsWith('mark') ? 'mark' : this.layer === 'cells' || this.layer === 'clones' ? this.layer : 'field'; }

  choice(lattice) { return { layer: this.layer, depth: this.depthIn(lattice), ...this.above[this.kind()] }; }

  /** What the colours of the layer mean: its name, unit and scale; null for cells and clones. */
  coloured() {
    const { fields, marks } = this.index;
    return this.kind() === 'field' ? { ...fields[Number(this.layer)], scale: this.lesion().scales[Number(this.layer)] }
      : this.kind() === 'mark' ? { unit: '', ...marks[Number(this.layer.slice(4))] } : null;
  }

  layerName() { return this.coloured()?.label ?? this.layer; }

  /** Frames of an arm in the lesion and replicate shown, in order of time. */
  framesOf(arm) {
    this.byArm ??= new Map();
    const key = `${arm} ${this.lesionIndex} ${this.replicate}`, { frames, lattices, replicates } = this.index;
    if (!this.byArm.has(key)) {
      this.byArm.set(key, frames.map((_, i) => i).filter(i =>
        frames[i].arm === arm && lattices[frames[i].lattice].lesion === this.lesionIndex && frames[i].replicate === replicates[this.replicate]));
    }
    return this.byArm.get(key);
  }

  /** The frame of an arm at the time shown: its last one until then; null before its first. */
  frameOf(arm) {
    return this.framesOf(arm).findLast(frame => this.index.frames[frame].day <= this.day) ?? null;
  }

  /** The number of the time nearest to a day. */
  nearest(day) { return this.days.reduce((best, candidate, i) => Math.abs(candidate - day) < Math.abs(this.days[best] - day) ? i : best, 0); }

  onChange(listener) { this.listeners.push(listener); }

  /** Changes what is chosen and shows it; the promise is kept when all panes are painted. */
  set(changes) {
    Object.assign(this, changes);
    this.time = clamp(this.time, 0, this.days.length - 1);
    this.depth = clamp(this.depth, 0, Math.max(0, (this.lattice()?.layers.length ?? 1) - 1));
    this.replicate = clamp(this.replicate, 0, Math.max(0, this.index.replicates.length - 1));
    this.listeners.forEach(listener => listener());
    return this.refresh();
  }

  refresh() {
    this.wanted++;
    this.painting ??= this.paintAll();
    return this.painting;
  }

  async paintAll() {
    await null;
    for (let done = -1; done !== this.wanted;) {
      done = this.wanted;
      const shown = this.panes.filter(pane => !pane.element.hidden);
      this.layOut(shown.length);
      await Promise.all(shown.map(pane => pane.show(this, this.frameOf(pane.arm), this.day)));
    }
    this.painting = null;
  }

  layOut(count) {
    const box = byId('panes'), width = box.clientWidth;
    const most = width < 560 ? 1 : width < 860 ? 2 : width >= 1100 && count > 6 ? 4 : 3;
    const columns = count === 4 && most === 3 ? 2 : Math.max(1, Math.min(most, count));
    box.style.setProperty('--columns', columns);
    // One or two large frames would not fit the height of a screen.
    box.style.maxWidth = columns < 3 && width >= 560 ? `${columns * 40}rem` : '';
    box.classList.toggle('zoomed', this.zoom > 1);
  }

  /** The part of a lattice that its panes show, for a number of device pixels per site without zoom. */
  window({ nx, ny }, scale) {
    const part = 1 / this.zoom;
    return { left: (this.centre.x - part / 2) * nx, top: (this.centre.y - part / 2) * ny, scale: scale * this.zoom };
  }

  /** Zooms so that a point, in shares of the lattice, stays where it is. */
  zoomTo(zoom, point = this.centre) {
    const part = this.zoom / zoom;
    this.zoom = zoom;
    this.moveTo({ x: point.x + (this.centre.x - point.x) * part, y: point.y + (this.centre.y - point.y) * part });
  }

  moveTo({ x, y }) {
    const half = 0.5 / this.zoom;
    this.set({ centre: { x: clamp(x, half, 1 - half), y: clamp(y, half, 1 - half) } });
  }

  zoomStep(direction, point) {
    const at = ZOOMS.indexOf(this.zoom) + direction;
    if (ZOOMS[at]) {
      this.zoomTo(ZOOMS[at], point);
    }
  }

  /** Frames a site of a lattice in all panes; null for none. */
  mark(site, lattice) {
    this.site = site && { ...site, of: lattice };
    this.panes.forEach(pane => pane.mark(this));
  }
}

/** Plays the times one after another; never faster than they can be painted. */
class Player {
  constructor(viewer) {
    this.viewer = viewer;
    this.playing = false;
    this.onChange = () => {};
  }

  toggle() { return this.playing ? this.stop() : this.play(); }

  stop() {
    this.playing = false;
    this.onChange();
  }

  async play() {
    const { viewer } = this, last = viewer.days.length - 1;
    this.playing = true;
    this.onChange();
    if (viewer.time === last) {
      await viewer.set({ time: 0 });
    }
    while (this.playing && viewer.time < last) {
      const pause = 1000 / Number(byId('speed').value);
      await new Promise(done => setTimeout(done, pause));
      if (this.playing) {
        await viewer.set({ time: viewer.time + 1 });
      }
    }
    this.stop();
  }
}
