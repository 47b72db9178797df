// Colours of the runs: by arm, or by the value on an axis.

const TONES = 64;
const NO_VALUE = '#8a8f96';

class RunColors {
  constructor(table) {
    this.table = table;
    this.set('arm');
  }

  /** Colours by 'arm' or by the number of an axis. */
  set(by) {
    const { table } = this;
    this.by = by;
    this.axis = by === 'arm' ? null : Number(by);
    this.palette = this.axis === null ? table.arms.map(arm => arm.color) : [...Array.from({ length: TONES }, (_, i) => this.tone(i / (TONES - 1))), NO_VALUE];
    this.code = this.axis === null ? Uint16Array.from(table.arm)
      : this.toneCodes(table.places[this.axis]);
  }

  toneCodes(places) { return filled(Uint8Array, places.length, row => Number.isNaN(places[row]) ? TONES : Math.round(clamp(places[row], 0, 1) * (TONES - 1))); }

  tone(part) { return css(mapColor(this.table.map, part)); }

  of(row) { return this.palette[this.code[row]]; }

  legend(hiddenArms) {
    const { table } = this, used = new Set(table.arm);
    if (this.axis === null) {
      return table.arms.flatMap((arm, i) => used.has(i) && !hiddenArms.has(i) ? [legendKey(arm.name, arm.color)] : []);
    }
    const { words, missing } = table.axes[this.axis];
    const keys = words ? words.map((word, i) => legendKey(word, this.palette[Math.round(table.place(this.axis, i) * (TONES - 1))])) : [this.bar(this.axis)];
    return missing ? [...keys, legendKey('missing', NO_VALUE)] : keys;
  }

  bar(axis) {
    const { title, low, high, ticks } = this.table.axes[axis];
    return colorBar(title, `Colours from ${numberText(low)} to ${numberText(high)}`, ticks, this.table.map);
  }
}

function legendKey(name, color) {
  const svg = makeSvg('svg', { width: 22, height: 12, viewBox: '0 0 22 12', 'aria-hidden': 'true' });
  svg.append(makeSvg('path', { d: 'M1 6H21', stroke: color, 'stroke-width': 4 }));
  return make('span', { class: 'key' }, svg, name);
}
