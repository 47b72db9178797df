// One axis of the parallel coordinates: its name with two buttons, and the track on which a range is drawn.

const AXIS_HEIGHT = 290;
const GRIP = 7; // px around the end of a range
const TRACK = 30; // px

class AxisStand {
  constructor(parent, axis) {
    const { table } = parent.explorer, { title, label, output } = table.axes[axis];
    Object.assign(this, { parent, axis, table });
    this.name = make('button', { type: 'button', class: 'axis-name', title, 'aria-description': 'Arrow keys move this axis' }, title);
    this.flip = button('\u21c5', () => parent.invert(axis), `Turn ${label} over`);
    this.drop = button('\u00d7', () => parent.explorer.hideAxis(axis, true), `Hide ${label}`);
    this.range = make('div', { class: 'range', hidden: 'hidden' });
    this.track = make('div', { class: 'track', tabindex: '0', role: 'group' }, this.range);
    this.head = make('div', { class: 'axis-head' }, this.name, make('div', { class: 'axis-buttons' }, this.flip, this.drop));
    this.element = make('div', { class: output ? 'axis output' : 'axis' }, this.head, this.track);
    this.track.style.height = `${AXIS_HEIGHT}px`;
    this.track.style.width = `${TRACK}px`;
    this.bindName();
    this.bindTrack();
  }

  place(x, step) {
    this.x = x;
    this.element.style.left = `${x - step / 2}px`;
    this.element.style.width = `${step}px`;
    this.flip.setAttribute('aria-pressed', this.parent.inverted.has(this.axis));
  }

  /** Puts the track under the highest of all heads. */
  lower(top) {
    this.element.style.paddingTop = `${top - 8 - this.head.offsetHeight}px`;
    this.track.style.top = `${top}px`;
  }

  /** Distance from the top of the track. */
  y(part) { return (this.parent.inverted.has(this.axis) ? part : 1 - part) * AXIS_HEIGHT; }

  /** Line, ticks and numbers. */
  marks(step) {
    const { marks: ticks, missing } = this.table.axes[this.axis], { x, parent: { top } } = this, below = top + AXIS_HEIGHT + 18;
    const text = (y, content) => {
      const element = makeSvg('text', { x: x + 8, y: y + 3.5 }), short = shorten(content, 11, step - 16);
      element.textContent = short;
      return [makeSvg('rect', { x: x + 6, y: y - 6.5, width: textWidth(short, 11) + 4, height: 13, rx: 2 }), element];
    };
    let last = -Infinity;
    const apart = [...ticks].sort((a, b) => this.y(a[0]) - this.y(b[0])).filter(([part]) => this.y(part) - last > 12 && (last = this.y(part), true));
    const marks = apart.flatMap(([part, content]) => [makeSvg('path', { d: `M${x} ${top + this.y(part)}h5` }), ...text(top + this.y(part), content)]);
    const gone = missing ? [makeSvg('path', { d: `M${x - 5} ${below}h10` }), ...text(below, 'missing')] : [];
    return [makeSvg('path', { d: `M${x} ${top}v${AXIS_HEIGHT}` }), ...marks, ...gone];
  }

  showRange() {
    const { selection } = this.parent.explorer, parts = selection.parts(this.axis);
    this.range.hidden = !parts;
    if (parts) {
      const [a, b] = parts.map(part => this.y(part)).sort((p, q) => p - q);
      this.range.style.top = `${a}px`;
      this.range.style.height = `${Math.max(b - a, 3)}px`;
    }
    this.track.setAttribute('aria-label', `${this.table.axes[this.axis].label}: ${selection.text(this.axis)}`);
  }

  bindName() {
    const { parent, axis, name } = this, moves = { ArrowLeft: -1, ArrowRight: 1 };
    name.addEventListener('pointerdown', event => event.button === 0 && name.setPointerCapture(event.pointerId));
    name.addEventListener('pointermove', event => {
      if (name.hasPointerCapture(event.pointerId)) {
        const x = event.clientX - parent.inside.getBoundingClientRect().left;
        this.element.classList.add('moving');
        parent.move(axis, Math.floor(x / parent.step));
        // An element that was put elsewhere has lost the pointer.
        name.setPointerCapture(event.pointerId);
      }
    });
    ['pointerup', 'pointercancel'].forEach(end => name.addEventListener(end, () => this.element.classList.remove('moving')));
    name.addEventListener('keydown', event => {
      if (moves[event.key]) {
        event.preventDefault();
        parent.move(axis, parent.shown.indexOf(axis) + moves[event.key]);
        name.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    });
  }

  bindTrack() {
    const { track, axis } = this, { selection } = this.parent.explorer;
    let drag = null;
    const part = event => {
      const y = clamp((event.clientY - track.getBoundingClientRect().top) / AXIS_HEIGHT, 0, 1);
      return this.parent.inverted.has(axis) ? y : 1 - y;
    };
    track.addEventListener('pointerdown', event => {
      if (event.button === 0) {
        track.setPointerCapture(event.pointerId);
        drag = { ...this.grab(part(event)), from: part(event), y: event.clientY, moved: false };
        track.focus({ preventScroll: true });
        event.preventDefault();
      }
    });
    track.addEventListener('pointermove', event => {
      if (!drag) {
        track.style.cursor = { end: 'ns-resize', all: 'move', none: 'crosshair' }[this.grab(part(event)).what];
        return;
      }
      drag.moved ||= Math.abs(event.clientY - drag.y) > 2;
      if (drag.moved) {
        this.drag(drag, part(event));
      }
    });
    track.addEventListener('pointerup', () => {
      if (drag && !drag.moved && drag.what === 'none') {
        selection.clear([axis]);
      }
      drag = null;
    });
    track.addEventListener('pointercancel', () => { drag = null; });
    track.addEventListener('keydown', event => this.key(event));
  }

  /** What is at a place of the track: an end of the range, all of it, or none. */
  grab(part) {
    const parts = this.parent.explorer.selection.parts(this.axis), reach = GRIP / AXIS_HEIGHT;
    if (!parts || part < parts[0] - reach || part > parts[1] + reach) {
      return { what: 'none', fixed: part };
    }
    const [low, high] = parts, nearLow = Math.abs(part - low) <= Math.abs(part - high);
    return Math.min(Math.abs(part - low), Math.abs(part - high)) <= Math.min(reach, (high - low) / 3 + reach / 3) ? { what: 'end', fixed: nearLow ? high : low } : { what: 'all', parts };
  }

  drag({ what, fixed, parts, from }, to) {
    const { selection } = this.parent.explorer;
    if (what === 'all') {
      const [low, high] = parts, by = clamp(to - from, -low, 1 - high);
      selection.set([[this.axis, selection.between(this.axis, low + by, high + by)]]);
    } else {
      selection.set([[this.axis, selection.between(this.axis, fixed, to)]]);
    }
  }

  key(event) {
    const { selection } = this.parent.explorer, step = this.table.axes[this.axis].words ? 1 / this.table.axes[this.axis].words.length : 0.02;
    const up = { ArrowUp: step, ArrowDown: -step }[event.key] * (this.parent.inverted.has(this.axis) ? -1 : 1);
    if (event.key === 'Escape' || event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      selection.clear([this.axis]);
    } else if (up) {
      event.preventDefault();
      const [low, high] = selection.parts(this.axis) ?? [0.25, 0.75];
      event.shiftKey ? this.drag({ what: 'end', fixed: low }, clamp(high + up, low, 1)) : this.drag({ what: 'all', parts: [low, high], from: 0 }, up);
      say(`${this.table.axes[this.axis].label}: ${selection.text(this.axis)}`);
    }
  }
}
