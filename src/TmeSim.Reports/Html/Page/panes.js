// One pane per arm: title, frame, counts.

class Pane {
  constructor(arm, name, swatch) {
    this.arm = arm;
    this.name = name;
    this.note = make('span', { class: 'pane-note', hidden: 'hidden' });
    this.canvas = make('canvas', { role: 'img', tabindex: '0' });
    this.cross = make('div', { class: 'cross', hidden: 'hidden' });
    this.missing = make('div', { class: 'empty', hidden: 'hidden' });
    this.frameBox = make('div', { class: 'frame' }, this.canvas, this.cross, this.missing);
    this.counts = make('p', { class: 'counts' });
    const title = make('figcaption', { class: 'pane-title', title: name }, ...(swatch ? [swatch] : []), make('b', {}, name), this.note);
    this.element = make('figure', { class: 'pane', 'data-arm': name }, title, this.frameBox, this.counts);
    this.picture = null;
  }

  /** Shows a frame; null for none. */
  async show(viewer, frame, day) {
    this.frame = frame;
    if (frame === null) {
      const { replicates } = viewer.index, none = replicates.length > 1 ? `no snapshots of ${viewer.replicateName()}` : 'no snapshots';
      this.showMissing(viewer.framesOf(this.arm).length ? `first snapshot: ${dayText(viewer.index.frames[viewer.framesOf(this.arm)[0]].day)}` : none);
      return;
    }
    this.lattice = viewer.frames.lattice(frame);
    const choice = viewer.choice(this.lattice);
    const key = JSON.stringify([frame, choice]);
    if (key !== this.key) {
      this.picture = await preparePicture(viewer.frames, viewer.palette, frame, choice);
      this.key = key;
      this.shown = choice;
    }
    this.missing.hidden = true;
    this.canvas.hidden = false;
    this.paint(viewer);
    this.describe(viewer, frame, day);
  }

  showMissing(text) {
    this.key = null;
    this.picture = null;
    this.missing.textContent = text;
    this.missing.hidden = false;
    this.canvas.hidden = true;
    this.cross.hidden = true;
    this.note.hidden = true;
    this.counts.textContent = '';
    delete this.element.dataset.day;
  }

  paint(viewer) {
    const ratio = window.devicePixelRatio || 1, { nx, ny } = this.picture;
    this.frameBox.style.width = '';
    const room = Math.floor(this.frameBox.clientWidth * ratio);
    const whole = Math.floor(room / nx) * nx;
    const width = whole >= room * 0.9 ? whole : room;
    if (this.canvas.width !== width || this.canvas.height !== Math.round(width * ny / nx)) {
      this.canvas.width = width;
      this.canvas.height = Math.round(width * ny / nx);
    }
    this.frameBox.style.width = `${width / ratio}px`;
    this.canvas.style.height = `${this.canvas.height / ratio}px`;
    this.window = viewer.window(this.lattice, width / nx);
    this.ratio = ratio;
    paintPicture(this.canvas, this.picture, viewer.palette, this.window, ratio, dayText(viewer.index.frames[this.frame].day));
    this.mark(viewer);
  }

  describe(viewer, frame, day) {
    const { immune, parenchyma } = this.picture.counts;
    const own = viewer.index.frames[frame].day, last = viewer.framesOf(this.arm).at(-1) === frame;
    const notes = [...own === day ? [] : [last ? `ended ${dayText(own)}` : `as on ${dayText(own)}`], ...this.picture.isEmpty ? ['no values of this layer'] : []];
    this.note.hidden = notes.length === 0;
    this.note.textContent = notes.join(', ');
    const { nx, ny, spacing, lesion } = this.lattice, several = viewer.index.lattices.filter(other => other.lesion === lesion).length > 1;
    this.counts.textContent = `${several ? `${lengthText(nx * spacing)} × ${lengthText(ny * spacing)} · ` : ''}Tumour ${grouped(parenchyma[2])} · CD8 ${grouped(immune[1] + immune[2])} (exhausted ${grouped(immune[2])}) · macrophages ${grouped(immune[3] + immune[4])} (CD163+ ${grouped(immune[4])})`;
    this.canvas.setAttribute('aria-label', `${this.name}, ${dayText(own)}, ${viewer.layerName()}: ${parenchyma[2]} tumour cells, ${immune[1] + immune[2]} CD8 T cells of which ${immune[2]} exhausted, ${immune[3] + immune[4]} macrophages of which ${immune[4]} CD163+. Arrow keys move a cross-hair.`);
    Object.assign(this.element.dataset, { day: own, layer: this.shown.layer, depth: this.shown.depth, lesion: this.lattice.lesion, replicate: viewer.index.frames[frame].replicate });
  }

  /** Frames the site that is pointed at, the same in all panes. */
  mark(viewer) {
    const site = this.picture && this.window && viewer.siteIn(this.lattice), inside = Boolean(site);
    this.cross.hidden = !inside;
    if (inside) {
      const { left, top, scale } = this.window, css = scale / this.ratio, size = Math.max(css, 7) + 4;
      this.cross.style.width = this.cross.style.height = `${size}px`;
      this.cross.style.left = `${(site.x + 0.5 - left) * css - size / 2}px`;
      this.cross.style.top = `${(site.y + 0.5 - top) * css - size / 2}px`;
    }
  }

  /** The site at a place on the screen, or null. */
  siteAt(clientX, clientY) {
    const box = this.canvas.getBoundingClientRect();
    const x = Math.floor((clientX - box.left) * this.ratio / this.window.scale + this.window.left);
    const y = Math.floor((clientY - box.top) * this.ratio / this.window.scale + this.window.top);
    return x >= 0 && y >= 0 && x < this.picture.nx && y < this.picture.ny ? { x, y } : null;
  }
}
