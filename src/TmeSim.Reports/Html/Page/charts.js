// Figures: the time cursor, and hiding what belongs to an arm.

class Charts {
  constructor() {
    this.axes = [...document.querySelectorAll('[data-time-axis]')].map(group => new ChartTime(group));
  }

  setDay(day) { this.axes.forEach(axis => axis.setDay(day)); }

  /** Calls back with the day that was clicked in a chart. */
  onPick(pick) { this.axes.forEach(axis => axis.onPick(pick)); }

  setHidden(name, hidden) {
    for (const element of document.querySelectorAll('[data-group]')) {
      if (element.dataset.group === name) {
        // An attribute, so that saved figures leave the arm out too.
        hidden ? element.setAttribute('display', 'none') : element.removeAttribute('display');
      }
    }
  }
}

/** The time axis of one panel. */
class ChartTime {
  constructor(group) {
    this.svg = group.ownerSVGElement;
    [this.left, this.right, this.top, this.bottom, this.first, this.last] = group.dataset.timeAxis.split(' ').map(Number);
    this.line = makeSvg('line', { class: 'time-cursor', y1: this.top, y2: this.bottom, stroke: '#0a5a8c', 'stroke-width': 1.5, display: 'none', 'pointer-events': 'none' });
    group.append(this.line);
    this.svg.classList.add('timed');
  }

  setDay(day) {
    const part = (day - this.first) / (this.last - this.first);
    if (part >= -1e-6 && part <= 1 + 1e-6) {
      const x = this.left + part * (this.right - this.left);
      this.line.setAttribute('x1', x);
      this.line.setAttribute('x2', x);
      this.line.removeAttribute('display');
    } else {
      this.line.setAttribute('display', 'none');
    }
    this.line.dataset.day = day;
  }

  onPick(pick) {
    this.svg.addEventListener('click', event => {
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
      if (x >= this.left && x <= this.right && y >= this.top && y <= this.bottom) {
        pick(this.first + (x - this.left) / (this.right - this.left) * (this.last - this.first));
      }
    });
  }
}
