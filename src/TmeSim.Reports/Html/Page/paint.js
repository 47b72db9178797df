// Draws a frame into a canvas, in the manner of Domain/TissueRaster.cs and Domain/TumorOutline.cs.

const SMALLEST_SHAPE = 4; // device pixels per site; below, cells and vessels are plain squares
const OUTLINE_RADIUS = 2;
const STROMA_STEPS = 4; // as many shades of dense stroma as in figures
const HATCH_DISTANCE = 6; // CSS pixels along a row
const LABEL_FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";

const rgb = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
const mix = (a, b, part) => a.map((channel, i) => Math.round(channel + (b[i] - channel) * part));
const css = ([r, g, b]) => `rgb(${r} ${g} ${b})`;
const pixel = ([r, g, b]) => (255 << 24 | b << 16 | g << 8 | r) >>> 0;

/** The colour of a fraction of the colour map. */
function mapColor(stops, fraction) {
  const place = clamp(fraction, 0, 1) * (stops.length - 1), at = Math.min(Math.floor(place), stops.length - 2);
  return mix(stops[at], stops[at + 1], place - at);
}

/** A colour bar with its title and ticks, [part of the length, text]. */
function colorBar(title, description, ticks, stops) {
  const bar = make('canvas', { width: 256, height: 1, role: 'img', 'aria-label': description }), context = bar.getContext('2d');
  for (let i = 0; i < 256; i++) {
    context.fillStyle = css(mapColor(stops, i / 255));
    context.fillRect(i, 0, 1, 1);
  }
  const marks = ticks.map(([part, text]) => {
    const tick = make('span', {}, text);
    tick.style.left = `${part * 100}%`;
    return tick;
  });
  return make('span', { class: 'bar' }, make('b', {}, title), make('span', {}, bar, make('span', { class: 'ticks' }, ...marks)));
}

/** Colours of the index, read once. */
class Palette {
  constructor(index) {
    this.parenchyma = index.parenchyma.map(cell => rgb(cell.color));
    this.pale = this.parenchyma.map(color => mix(color, [255, 255, 255], 0.65));
    this.immune = index.immune.map(cell => rgb(cell.color));
    this.clones = index.clones.map(clone => rgb(clone.color));
    this.track = rgb(index.stroma.track);
    this.vessel = rgb(index.vessel);
    this.rim = rgb(index.rim);
    this.hatch = rgb(index.hatch);
    this.map = index.map.map(rgb);
  }
}

/** What one pane shows of a frame: one image pixel per site, and the shapes above it. */
async function preparePicture(frames, palette, frame, { layer, depth, immune, vessels }) {
  const lesion = frames.lesion(frame), lattice = frames.lattice(frame);
  const size = lattice.nx * lattice.ny, from = depth * size;
  const parenchyma = (await frames.parenchyma(frame)).subarray(from, from + size);
  const cells = (await frames.immune(frame)).subarray(from, from + size);
  const picture = { nx: lattice.nx, ny: lattice.ny, spacing: lattice.spacing, every: 1, fullPerfusion: lesion.fullPerfusion, counts: countCells(parenchyma, cells) };
  if (layer === 'cells') {
    picture.base = await tissueImage(frames, palette, frame, parenchyma, depth);
  } else if (layer === 'clones') {
    picture.base = cloneImage(palette, lattice, parenchyma, await frames.clones(frame), from);
  } else if (layer.startsWith('mark')) {
    const mark = Number(layer.slice(4));
    picture.base = siteImage(lattice.nx, lattice.ny, parenchyma, palette.pale.map(pixel));
    picture.outline = outline(parenchyma, lattice.nx, lattice.ny);
    picture.marks = { ...spotsOf(await frames.mark(frame, mark), from, size), scale: frames.index.marks[mark].scale };
  } else {
    const field = await frames.field(frame, Number(layer));
    picture.base = fieldImage(palette, field, lesion.scales[Number(layer)], depth);
    picture.every = field.every;
    picture.outline = outline(parenchyma, lattice.nx, lattice.ny);
    picture.isEmpty = field.values.every(Number.isNaN);
  }
  picture.empty = /^(cells|clones|mark)/.test(layer) && picture.counts.parenchyma[0] > 0 ? siteImage(lattice.nx, lattice.ny, parenchyma, [pixel([0, 0, 0])]) : null;
  picture.immune = immune ? cells : null;
  picture.vessels = vessels ? spotsOf(await frames.vessels(frame), from, size) : null;
  return picture;
}

function countCells(parenchyma, immune) {
  const counts = { parenchyma: new Array(256).fill(0), immune: new Array(256).fill(0) };
  for (let i = 0; i !== parenchyma.length; i++) {
    counts.parenchyma[parenchyma[i]]++;
    counts.immune[immune[i]]++;
  }
  return counts;
}

function siteImage(width, height, codes, colors) {
  const canvas = make('canvas', { width, height });
  const image = new ImageData(width, height), pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i !== pixels.length; i++) {
    pixels[i] = colors[codes[i]];
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

/** Cells above their matrix: dense stroma shows through living cells, septa are dense sites of their own. */
async function tissueImage(frames, palette, frame, parenchyma, depth) {
  const { nx, ny } = frames.lattice(frame), { stroma, fields } = frames.index, at = fields.findIndex(field => field.key === 'stroma');
  if (at < 0) {
    return siteImage(nx, ny, parenchyma, palette.parenchyma.map(pixel));
  }
  const { values, width, height, every } = await frames.field(frame, at), dense = palette.parenchyma[5], shades = new Map();
  const shade = (code, step) => {
    const share = step / STROMA_STEPS, color = palette.parenchyma[code] ?? [0, 0, 0];
    return pixel(code === 3 || code === 4 ? color : code === 5 ? mix(palette.track, dense, share) : mix(color, dense, code === 2 ? 0.6 * share : share));
  };
  const colors = Uint32Array.from(parenchyma, (code, site) => {
    const density = values[(depth * height + Math.floor(Math.floor(site / nx) / every)) * width + Math.floor(site % nx / every)];
    const step = density > stroma.least ? Math.round(Math.min(1, (density - stroma.least) / (stroma.full - stroma.least)) * STROMA_STEPS) : 0;
    const key = code * (STROMA_STEPS + 1) + step;
    shades.has(key) || shades.set(key, shade(code, step));
    return shades.get(key);
  });
  return siteImage(nx, ny, colors.map((_, i) => i), colors);
}

/** Tumour cells in the colour of their clone, other sites paler than usual. */
function cloneImage(palette, lattice, parenchyma, clones, from) {
  const others = palette.parenchyma.map((color, code) => pixel(code === 1 ? mix(color, [255, 255, 255], 0.5) : color));
  const own = palette.clones.map(pixel);
  const codes = Uint32Array.from(parenchyma, (code, i) => code === 2 ? own[(clones ? clones[from + i] : 0) % own.length] : others[code]);
  return siteImage(lattice.nx, lattice.ny, codes.map((_, i) => i), codes);
}

const SHADES = 1024;

function fieldImage(palette, field, scale, depth) {
  palette.shades ??= [...Array.from({ length: SHADES }, (_, i) => pixel(mapColor(palette.map, i / (SHADES - 1)))), 0];
  const size = field.width * field.height, values = field.values.subarray(depth * size, (depth + 1) * size);
  const shade = (SHADES - 1) / (scale.high - scale.low);
  const codes = Uint16Array.from(values, value => Number.isNaN(value) ? SHADES : clamp(Math.round((value - scale.low) * shade), 0, SHADES - 1));
  return siteImage(field.width, field.height, codes, palette.shades);
}

/** Vessels or marks of one layer: sites from 0, values. */
function spotsOf({ sites, values }, from, size) {
  const shown = { sites: [], values: [] };
  sites.forEach((site, i) => {
    if (site >= from && site < from + size) {
      shown.sites.push(site - from);
      shown.values.push(values[i]);
    }
  });
  return shown;
}

/** The outline of tumour, dying and necrotic sites: marching squares at one half on their mean over 5 × 5 sites, in site units. */
function outline(parenchyma, nx, ny) {
  const share = tumorShare(parenchyma, nx, ny);
  const at = (x, y) => x < 0 || y < 0 || x >= nx || y >= ny ? 0 : share[y * nx + x];
  const path = new Path2D();
  for (let y = -1; y < ny; y++) {
    for (let x = -1; x < nx; x++) {
      outlineCell(path, x + 0.5, y + 0.5, [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)]);
    }
  }
  return path;
}

function outlineCell(path, x, y, shares) {
  const inside = shares.map(share => share > 0.5);
  if (inside[0] === inside[1] && inside[1] === inside[2] && inside[2] === inside[3]) {
    return;
  }
  const corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
  const cut = i => {
    const j = (i + 1) % 4, part = (0.5 - shares[i]) / (shares[j] - shares[i]);
    return [corners[i][0] + (corners[j][0] - corners[i][0]) * part, corners[i][1] + (corners[j][1] - corners[i][1]) * part];
  };
  for (let i = 0; i < 4; i++) {
    if (!inside[i] && inside[(i + 1) % 4]) {
      let j = i + 1;
      while (inside[(j + 1) % 4]) {
        j++;
      }
      path.moveTo(...cut(i));
      path.lineTo(...cut(j % 4));
    }
  }
}

function tumorShare(parenchyma, nx, ny) {
  // Sums over rectangles from the corner, so that a window costs four look-ups.
  const sums = new Int32Array((nx + 1) * (ny + 1));
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      sums[(y + 1) * (nx + 1) + x + 1] = (parenchyma[y * nx + x] >= 2 ? 1 : 0) + sums[y * (nx + 1) + x + 1] + sums[(y + 1) * (nx + 1) + x] - sums[y * (nx + 1) + x];
    }
  }
  const share = new Float32Array(nx * ny);
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      const left = Math.max(0, x - OUTLINE_RADIUS), right = Math.min(nx, x + OUTLINE_RADIUS + 1), top = Math.max(0, y - OUTLINE_RADIUS), bottom = Math.min(ny, y + OUTLINE_RADIUS + 1);
      const tumor = sums[bottom * (nx + 1) + right] - sums[top * (nx + 1) + right] - sums[bottom * (nx + 1) + left] + sums[top * (nx + 1) + left];
      share[y * nx + x] = tumor / ((right - left) * (bottom - top));
    }
  }
  return share;
}

/** Paints a picture. The window says which site is at the upper left and how many device pixels a site takes. */
function paintPicture(canvas, picture, palette, { left, top, scale }, ratio, label) {
  const context = canvas.getContext('2d');
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(picture.base, 0, 0, picture.base.width * picture.every, picture.base.height * picture.every);
  paintEmpty(context, canvas, picture, palette, { left, top, scale }, ratio);
  if (picture.outline) {
    stroke(context, picture.outline, '#ffffff', 3 * ratio / scale);
    stroke(context, picture.outline, '#000000', 1.3 * ratio / scale);
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  const place = site => [(site % picture.nx - left) * scale, (Math.floor(site / picture.nx) - top) * scale];
  const seen = ([x, y]) => x > -2 * scale && y > -2 * scale && x < canvas.width + scale && y < canvas.height + scale;
  paintVessels(context, picture, palette, scale, place, seen);
  paintImmune(context, picture, palette, scale, place, seen);
  paintMarks(context, picture, palette, scale, place, seen);
  paintLabel(context, canvas, ratio, label);
  paintScaleBar(context, canvas, picture.spacing, scale, ratio);
}

/** Slanting lines over sites without any cell, so that the place of a former tumour is told from paper. */
function paintEmpty(context, canvas, { empty }, palette, { left, top, scale }, ratio) {
  if (!empty) {
    return;
  }
  const lines = make('canvas', { width: canvas.width, height: canvas.height }), above = lines.getContext('2d');
  const [x, y] = [Math.round(left * scale), Math.round(top * scale)], step = Math.round(HATCH_DISTANCE * ratio);
  const codes = Uint8Array.from({ length: step * step }, (_, i) => (i % step + Math.floor(i / step)) % step < step / 3 ? 1 : 0);
  above.fillStyle = above.createPattern(siteImage(step, step, codes, [0, pixel(palette.hatch)]), 'repeat');
  above.translate(-x, -y);
  above.fillRect(x, y, canvas.width, canvas.height);
  above.globalCompositeOperation = 'destination-in';
  above.imageSmoothingEnabled = false;
  above.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
  above.drawImage(empty, 0, 0);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(lines, 0, 0);
  context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
}

function stroke(context, path, color, width) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.stroke(path);
}

function paintVessels(context, { vessels, fullPerfusion }, palette, scale, place, seen) {
  vessels?.sites.forEach((site, i) => {
    const at = place(site);
    if (seen(at)) {
      const level = fullPerfusion > 0 ? clamp(vessels.values[i] / fullPerfusion, 0, 1) : 0;
      const shapes = scale >= SMALLEST_SHAPE, rim = Math.max(1, Math.round(scale / 8));
      context.fillStyle = css(mix([255, 255, 255], palette.vessel, shapes ? level : 0.45 + 0.55 * level));
      context.fillRect(at[0], at[1], scale, scale);
      if (shapes) {
        context.strokeStyle = css(palette.vessel);
        context.lineWidth = rim;
        context.strokeRect(at[0] + rim / 2, at[1] + rim / 2, scale - rim, scale - rim);
      }
    }
  });
}

function paintImmune(context, { immune }, palette, scale, place, seen) {
  const stamps = palette.immune.map(color => scale >= SMALLEST_SHAPE ? disc(scale, color, palette.rim) : null);
  for (let site = 0; immune && site !== immune.length; site++) {
    const code = immune[site];
    if (code > 0 && code < palette.immune.length) {
      const at = place(site);
      if (seen(at) && stamps[code]) {
        const reach = (stamps[code].width - scale) / 2;
        context.drawImage(stamps[code], Math.round(at[0] - reach), Math.round(at[1] - reach));
      } else if (seen(at)) {
        context.fillStyle = css(palette.immune[code]);
        context.fillRect(at[0], at[1], Math.max(scale, 1), Math.max(scale, 1));
      }
    }
  }
}

const MARK_SHADES = 32;

/** Cells in the colour of their value. */
function paintMarks(context, { marks }, palette, scale, place, seen) {
  const stamps = new Map();
  marks?.sites.forEach((site, i) => {
    const at = place(site);
    if (seen(at)) {
      const { low, high } = marks.scale, shade = Math.round(clamp((marks.values[i] - low) / (high - low), 0, 1) * MARK_SHADES);
      const color = mapColor(palette.map, shade / MARK_SHADES);
      if (scale >= SMALLEST_SHAPE) {
        stamps.has(shade) || stamps.set(shade, disc(scale, color, palette.rim));
        const stamp = stamps.get(shade), reach = (stamp.width - scale) / 2;
        context.drawImage(stamp, Math.round(at[0] - reach), Math.round(at[1] - reach));
      } else {
        context.fillStyle = css(color);
        context.fillRect(at[0], at[1], Math.max(scale, 2), Math.max(scale, 2));
      }
    }
  });
}

/** A cell that reaches a little over its site. */
function disc(scale, color, rim) {
  const radius = scale * 0.72, size = Math.ceil(2 * radius + 1), line = clamp(scale / 8, 1, 3);
  const stamp = make('canvas', { width: size, height: size }), context = stamp.getContext('2d');
  context.beginPath();
  context.arc(size / 2, size / 2, radius - line / 2, 0, 2 * Math.PI);
  context.fillStyle = css(color);
  context.fill();
  context.strokeStyle = css(mix(color, rim, 0.7));
  context.lineWidth = line;
  context.stroke();
  return stamp;
}

function paintLabel(context, canvas, ratio, label) {
  const size = 12 * ratio, pad = 4 * ratio;
  context.font = `bold ${size}px ${LABEL_FONT}`;
  context.fillStyle = 'rgb(255 255 255 / 85%)';
  context.fillRect(0, 0, context.measureText(label).width + 3 * pad, size + 2 * pad);
  context.fillStyle = '#1b1f24';
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(label, 1.5 * pad, pad + 0.5 * ratio);
}

/** A round length, at most a third of the width. */
function scaleBarLength(width) {
  const target = width / 3, power = 10 ** Math.floor(Math.log10(target)), share = target / power;
  return (share >= 5 ? 5 : share >= 2 ? 2 : 1) * power;
}

const lengthText = um => um >= 1000 ? `${Number((um / 1000).toPrecision(3))} mm` : `${Number(um.toPrecision(3))} µm`;

function paintScaleBar(context, canvas, spacing, scale, ratio) {
  const length = scaleBarLength(canvas.width / scale * spacing), width = length / spacing * scale;
  const size = 11 * ratio, pad = 4 * ratio, thick = 3 * ratio;
  const height = size + thick + 3.5 * pad, boxWidth = width + 4 * pad;
  const x = canvas.width - boxWidth, y = canvas.height - height;
  context.fillStyle = 'rgb(255 255 255 / 85%)';
  context.fillRect(x, y, boxWidth, height);
  context.fillStyle = '#1b1f24';
  context.font = `${size}px ${LABEL_FONT}`;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.fillText(lengthText(length), x + boxWidth / 2, y + pad);
  context.fillRect(x + 2 * pad, canvas.height - thick - pad * 1.2, width, thick);
}
