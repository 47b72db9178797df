// Saves figures, and what the viewer shows, as SVG and PNG.

const PNG_SCALE = 2;

const slug = text => text.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 80).toLowerCase() || 'figure';

const fileName = (name, type) => `${slug(document.title)}-${slug(name)}.${type}`;

function download(blob, name) {
  const link = make('a', { download: name, href: URL.createObjectURL(blob) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** The text of an SVG element as a file of its own, without the marks of cursor and pointer. */
function svgText(svg) {
  const copy = svg.cloneNode(true);
  copy.querySelectorAll('[data-panel]').forEach(panel => panel.replaceChildren());
  copy.removeAttribute('class');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

const saveSvg = (svg, name) => download(new Blob([svgText(svg)], { type: 'image/svg+xml' }), fileName(name, 'svg'));

async function savePng(svg, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await image.decode();
  const canvas = make('canvas', { width: image.naturalWidth * PNG_SCALE, height: image.naturalHeight * PNG_SCALE });
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  download(await new Promise(done => canvas.toBlob(done, 'image/png')), fileName(name, 'png'));
}

function setUpFigure(figure) {
  const svg = figure.querySelector('svg'), { name } = figure.dataset;
  const png = button('PNG', () => savePng(svg, name).catch(() => confirmBeside(png, 'This figure is too large for a PNG')), `Save ${name} as PNG`);
  const tools = make('div', { class: 'figure-tools' }, button('SVG', () => saveSvg(svg, name), `Save ${name} as SVG`), png);
  figure.querySelector('.wide').after(tools);
}

/** The panes shown as one figure with their legend. */
function viewSvg(viewer) {
  const shown = viewer.panes.filter(pane => !pane.element.hidden && pane.picture);
  const columns = Math.min(shown.length, Number(byId('panes').style.getPropertyValue('--columns')) || 1) || 1;
  const width = 400, gap = 20, titleHeight = 22, ratio = ({ nx, ny }) => ny / nx, height = width * Math.max(...shown.map(pane => ratio(pane.lattice)), 0), rows = Math.ceil(shown.length / columns);
  const total = { width: Math.max(columns * (width + gap) + gap, 560), height: 44 + rows * (height + titleHeight + gap) + 90 };
  const svg = makeSvg('svg', { xmlns: 'http://www.w3.org/2000/svg', width: total.width, height: total.height, viewBox: `0 0 ${total.width} ${total.height}`, 'font-family': LABEL_FONT });
  const text = (x, y, size, content, attributes = {}) => {
    const element = makeSvg('text', { x, y, 'font-size': size, fill: '#1b1f24', ...attributes });
    element.textContent = content;
    svg.append(element);
  };
  svg.append(makeSvg('rect', { width: total.width, height: total.height, fill: '#ffffff' }));
  text(gap, 28, 16, shorten(`${document.title}: ${viewer.title()}`, 16, total.width - 2 * gap), { 'font-weight': 'bold' });
  shown.forEach((pane, i) => {
    const x = gap + i % columns * (width + gap), y = 44 + Math.floor(i / columns) * (height + titleHeight + gap);
    text(x, y + 15, 13, shorten(pane.name + (pane.note.hidden ? '' : ` (${pane.note.textContent})`), 13, width));
    svg.append(
      makeSvg('image', { x, y: y + titleHeight, width, height: width * ratio(pane.lattice), preserveAspectRatio: 'none', href: pane.canvas.toDataURL('image/png') }),
      makeSvg('rect', { x, y: y + titleHeight, width, height: width * ratio(pane.lattice), fill: 'none', stroke: '#7b848f' }));
  });
  const top = 44 + rows * (height + titleHeight + gap);
  viewer.coloured() ? drawBar(svg, viewer, gap, top, text) : drawKeys(viewer, svg, gap, top, total.width, text);
  return svg;
}

const ruler = make('canvas').getContext('2d');

/** Width of a text in bold letters [px]. */
function textWidth(content, size) {
  ruler.font = `bold ${size}px ${LABEL_FONT}`;
  return ruler.measureText(content).width;
}

/** A text cut to a width [px]. */
function shorten(content, size, width) {
  let cut = content;
  while (cut.length > 1 && textWidth(cut, size) > width) {
    cut = [...cut.replace(/\u2026$/, '')].slice(0, -1).join('') + '\u2026';
  }
  return cut;
}

function drawKeys(viewer, svg, left, top, width, text) {
  const context = make('canvas').getContext('2d');
  context.font = `12px ${LABEL_FONT}`;
  let x = left, y = top + 14;
  for (const { name, sample } of legendKeys(viewer)) {
    const room = context.measureText(name).width + 40;
    if (x + room > width && x > left) {
      x = left;
      y += 22;
    }
    const group = makeSvg('g', { transform: `translate(${x} ${y - 11})` });
    group.append(...sample.cloneNode(true).childNodes);
    svg.append(group);
    text(x + 22, y, 12, name);
    x += room;
  }
}

function drawBar(svg, viewer, left, top, text) {
  const { label, unit, scale } = viewer.coloured(), width = 320;
  text(left, top + 12, 12, unit ? `${label} [${unit}]` : label);
  for (let i = 0; i < 160; i++) {
    svg.append(makeSvg('rect', { x: left + i * width / 160, y: top + 20, width: width / 160 + 0.3, height: 14, fill: css(mapColor(viewer.palette.map, i / 159)) }));
  }
  for (const [part, name] of scale.ticks) {
    svg.append(makeSvg('line', { x1: left + part * width, x2: left + part * width, y1: top + 34, y2: top + 38, stroke: '#7b848f' }));
    text(left + part * width, top + 50, 11, name, { 'text-anchor': 'middle' });
  }
}
