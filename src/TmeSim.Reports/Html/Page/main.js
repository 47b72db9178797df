// Puts the parts of the page together.

/** The legend of the layer shown: name and a sample drawn in 16 × 16. */
function legendKeys(viewer) {
  const { index, palette, layer } = viewer, { immune, vessels } = viewer.above[viewer.kind()], { clones } = viewer.lesion();
  const sample = (tag, attributes) => {
    const svg = makeSvg('svg', { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' });
    svg.append(makeSvg(tag, attributes));
    return svg;
  };
  const square = (fill, edge = '#7b848f', width = 1) => sample('rect', { x: 2, y: 2, width: 12, height: 12, fill, stroke: edge, 'stroke-width': width });
  const hatched = fill => {
    const svg = square(fill);
    svg.append(makeSvg('path', { d: 'M2 6L6 2M2 10L10 2M2 14L14 2M6 14L14 6M10 14L14 10', stroke: index.hatch }));
    return svg;
  };
  const disc = color => sample('circle', { cx: 8, cy: 8, r: 5.5, fill: css(color), stroke: css(mix(color, palette.rim, 0.7)), 'stroke-width': 1.2 });
  const keys = [];
  if (layer === 'clones') {
    keys.push(...clones.slice(0, 24).map(clone => ({ name: index.clones[clone]?.name ?? `clone ${clone}`, sample: square(css(palette.clones[clone % palette.clones.length])) })));
  }
  if (viewer.kind() !== 'field') {
    const colors = viewer.kind() === 'mark' ? palette.pale : palette.parenchyma;
    keys.push(...index.parenchyma.flatMap((cell, code) => layer === 'clones' && code === 2 ? [] : [{ name: cell.name, sample: (code === 0 ? hatched : square)(css(colors[code])) }]));
    if (index.stroma.tracks) {
      keys.push({ name: index.stroma.trackName, sample: square(index.stroma.track) });
    }
  }
  if (immune) {
    keys.push(...index.immune.slice(1).map((cell, i) => ({ name: cell.name, sample: disc(palette.immune[i + 1]) })));
  }
  if (vessels) {
    keys.push({ name: 'vessel, well perfused', sample: square(index.vessel, index.vessel, 2) });
    keys.push({ name: 'vessel, poorly perfused', sample: square(css(mix([255, 255, 255], palette.vessel, 0.1)), index.vessel, 2) });
  }
  return keys;
}

function showLegend(viewer) {
  const legend = byId('legend'), parts = [];
  if (viewer.coloured()) {
    const { label, unit, scale, cell } = viewer.coloured();
    parts.push(colorBar(unit ? `${label} [${unit}]` : cell ? `${label} of each ${cell}` : label, `Colours from ${scale.low} to ${scale.high} ${unit}`, scale.ticks, viewer.palette.map));
    const line = makeSvg('svg', { width: 24, height: 16, viewBox: '0 0 24 16', 'aria-hidden': 'true' });
    line.append(makeSvg('path', { d: 'M1 8H23', stroke: '#000000', 'stroke-width': 1.5 }));
    parts.push(make('span', { class: 'key' }, line, 'outline of the tumour'));
  }
  parts.push(...legendKeys(viewer).map(({ name, sample }) => make('span', { class: 'key' }, sample, name)));
  legend.replaceChildren(...parts);
  legend.hidden = false;
}

/** Shows the choices of the viewer in its controls. */
function showControls(viewer) {
  const slider = byId('time'), text = dayText(viewer.day), { layers, spacing, every } = viewer.lattice();
  slider.max = viewer.days.length - 1;
  slider.value = viewer.time;
  slider.setAttribute('aria-valuetext', text);
  byId('day').textContent = text;
  byId('back').disabled = viewer.time === 0;
  byId('forward').disabled = viewer.time === viewer.days.length - 1;
  byId('layer').value = viewer.layer;
  if (byId('replicate')) {
    byId('replicate').value = viewer.replicate;
  }
  byId('show-immune').checked = viewer.above[viewer.kind()].immune;
  byId('show-vessels').checked = viewer.above[viewer.kind()].vessels;
  byId('depth-choice').hidden = layers.length < 2;
  byId('depth').max = layers.length - 1;
  byId('depth').value = viewer.depth;
  const depth = `layer ${layers[viewer.depth]} (${lengthText(layers[viewer.depth] * spacing / every)})`;
  byId('depth-value').textContent = depth;
  byId('depth').setAttribute('aria-valuetext', depth);
  byId('zoom').textContent = `${viewer.zoom}×`;
  byId('zoom-out').disabled = viewer.zoom === ZOOMS[0];
  byId('zoom-in').disabled = viewer.zoom === ZOOMS.at(-1);
}

function bindControls(viewer, player) {
  const on = (id, event, action) => byId(id)?.addEventListener(event, action);
  on('time', 'input', event => viewer.set({ time: Number(event.target.value) }));
  on('back', 'click', () => viewer.set({ time: viewer.time - 1 }));
  on('forward', 'click', () => viewer.set({ time: viewer.time + 1 }));
  on('play', 'click', () => player.toggle());
  on('layer', 'change', event => viewer.set({ layer: event.target.value }));
  on('lesion', 'change', event => {
    viewer.lesionIndex = Number(event.target.value);
    viewer.set({ depth: viewer.middle() });
  });
  on('replicate', 'change', event => viewer.set({ replicate: Number(event.target.value) }));
  on('depth', 'input', event => viewer.set({ depth: Number(event.target.value) }));
  on('zoom-in', 'click', () => viewer.zoomStep(1));
  on('zoom-out', 'click', () => viewer.zoomStep(-1));
  for (const what of ['immune', 'vessels']) {
    on(`show-${what}`, 'change', event => {
      viewer.above[viewer.kind()][what] = event.target.checked;
      viewer.set({});
    });
  }
  on('save-view-svg', 'click', () => saveSvg(viewSvg(viewer), viewer.title()));
  on('save-view-png', 'click', () => savePng(viewSvg(viewer), viewer.title()));
  player.onChange = () => {
    byId('play').classList.toggle('playing', player.playing);
    byId('play-label').textContent = player.playing ? 'Pause' : 'Play';
  };
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    byId('speed').value = '1';
  }
}

/** Pointer and keys on the frame of a pane. */
function bindPane(viewer, pane) {
  const { canvas } = pane;
  let drag = null;
  const point = event => {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  const show = event => {
    const site = pane.picture && pane.siteAt(event.clientX, event.clientY);
    site ? viewer.probe.show(pane, site, { x: event.clientX, y: event.clientY }) : viewer.probe.hide();
  };
  canvas.addEventListener('pointerdown', event => {
    drag = viewer.zoom > 1 ? { from: point(event), centre: viewer.centre } : null;
    show(event);
  });
  canvas.addEventListener('pointermove', event => {
    if (drag && event.buttons) {
      const to = point(event);
      canvas.setPointerCapture(event.pointerId);
      viewer.moveTo({ x: drag.centre.x - (to.x - drag.from.x) / viewer.zoom, y: drag.centre.y - (to.y - drag.from.y) / viewer.zoom });
    }
    show(event);
  });
  canvas.addEventListener('pointerup', () => { drag = null; });
  canvas.addEventListener('pointerleave', event => event.pointerType === 'mouse' && viewer.probe.hide());
  canvas.addEventListener('wheel', event => {
    // Plain scrolling stays with the page; pinching a touch pad comes with ctrl.
    if (event.ctrlKey) {
      event.preventDefault();
      const at = point(event), part = 1 / viewer.zoom;
      viewer.zoomStep(event.deltaY < 0 ? 1 : -1, { x: viewer.centre.x + (at.x - 0.5) * part, y: viewer.centre.y + (at.y - 0.5) * part });
    }
  }, { passive: false });
  canvas.addEventListener('keydown', event => paneKey(viewer, pane, event));
  canvas.addEventListener('blur', () => viewer.probe.hide());
}

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function paneKey(viewer, pane, event) {
  const actions = {
    PageUp: () => viewer.set({ time: viewer.time - 1 }),
    PageDown: () => viewer.set({ time: viewer.time + 1 }),
    '+': () => viewer.zoomStep(1),
    '-': () => viewer.zoomStep(-1),
    Escape: () => viewer.probe.hide(),
  };
  if (MOVES[event.key] && pane.picture) {
    event.preventDefault();
    moveCross(viewer, pane, MOVES[event.key].map(step => step * (event.shiftKey ? 10 : 1)));
  } else if (actions[event.key] && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    actions[event.key]();
  }
}

function moveCross(viewer, pane, [dx, dy]) {
  const { nx, ny } = pane.lattice, from = viewer.siteIn(pane.lattice) ?? { x: Math.floor(viewer.centre.x * nx) - dx, y: Math.floor(viewer.centre.y * ny) - dy };
  const site = { x: clamp(from.x + dx, 0, nx - 1), y: clamp(from.y + dy, 0, ny - 1) };
  const part = 0.5 / viewer.zoom, at = { x: (site.x + 0.5) / nx, y: (site.y + 0.5) / ny };
  if (Math.abs(at.x - viewer.centre.x) > part || Math.abs(at.y - viewer.centre.y) > part) {
    viewer.moveTo(at);
  }
  const box = pane.canvas.getBoundingClientRect(), window_ = viewer.window(pane.lattice, box.width / nx);
  viewer.probe.show(pane, site, { x: box.left + (site.x + 0.5 - window_.left) * window_.scale, y: box.top + (site.y + 0.5 - window_.top) * window_.scale }, true);
}

/** Space and arrows work wherever they have no other meaning, while the viewer is in sight. */
function bindKeys(viewer, player) {
  const inSight = () => {
    const box = byId('viewer').getBoundingClientRect();
    return box.bottom > 0 && box.top < window.innerHeight;
  };
  document.addEventListener('keydown', event => {
    const near = event.target.closest('#controls, #viewer'), control = event.target.closest('input, select, button, summary, a, textarea, pre, .wide');
    const free = near ? !control : event.target === document.body && inSight();
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
      return;
    }
    const actions = {
      ' ': () => player.toggle(),
      ArrowLeft: () => viewer.set({ time: viewer.time - 1 }),
      ArrowRight: () => viewer.set({ time: viewer.time + 1 }),
      ...near && { Home: () => viewer.set({ time: 0 }), End: () => viewer.set({ time: viewer.days.length - 1 }) },
    };
    if (actions[event.key] && (free || (event.key === ' ' && event.target.matches('input[type=range]')))) {
      event.preventDefault();
      actions[event.key]();
    }
  });
}

/** A list that opens over the page: closed by Escape and by a click elsewhere. */
function bindMenu(menu) {
  document.addEventListener('click', event => {
    if (menu.open && !menu.contains(event.target)) {
      menu.open = false;
    }
  });
  menu.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}

function bindArms(arms, charts, viewer, explorer) {
  const show = () => {
    const shown = arms.filter(arm => arm.box.checked).length;
    byId('arms-shown').textContent = `${shown} of ${arms.length}`;
    for (const { name, box } of arms) {
      charts.setHidden(name, !box.checked);
      hideTableRows(name, !box.checked);
      viewer?.panes.filter(pane => pane.name === name).forEach(pane => { pane.element.hidden = !box.checked; });
    }
    viewer?.refresh();
    explorer.then(runs => runs?.hideArms(new Set(arms.filter(arm => !arm.box.checked).map(arm => arm.name))));
  };
  arms.forEach(arm => arm.box.addEventListener('change', show));
  byId('arms-all')?.addEventListener('click', () => {
    arms.forEach(arm => { arm.box.checked = true; });
    show();
  });
  if (arms.length) {
    bindMenu(byId('arms'));
    show();
  }
}

function setUpViewer(arms, charts) {
  const source = byId('viewer-index'), index = source && JSON.parse(source.textContent);
  if (!index?.frames.length) {
    return null;
  }
  const viewer = new Viewer(index, arms), player = new Player(viewer);
  byId('tools').hidden = false;
  bindControls(viewer, player);
  bindKeys(viewer, player);
  viewer.panes.forEach(pane => bindPane(viewer, pane));
  charts.pick = day => viewer.set({ time: viewer.nearest(day) });
  viewer.onChange(() => {
    showControls(viewer);
    showLegend(viewer);
    charts.setDay(viewer.day);
  });
  new ResizeObserver(() => viewer.refresh()).observe(byId('panes'));
  return viewer;
}

/** The address can point to a view: report.html#day=42&layer=oxygen&replicate=1. */
function showAddress(viewer) {
  const wanted = new URLSearchParams(location.hash.slice(1)), day = Number.parseFloat(wanted.get('day'));
  const { fields, marks, replicates } = viewer.index, named = list => list.findIndex(({ key }) => key === wanted.get('layer'));
  const layer = named(fields) >= 0 ? String(named(fields)) : named(marks) >= 0 ? `mark${named(marks)}` : wanted.get('layer');
  const replicate = replicates.indexOf(Number(wanted.get('replicate') ?? NaN));
  const known = [...byId('layer').options].some(option => option.value === layer);
  return viewer.set({ ...Number.isFinite(day) && { time: viewer.nearest(day) }, ...known && { layer }, ...replicate >= 0 && { replicate } });
}

function main() {
  document.documentElement.classList.add('scripted-page');
  const arms = [...document.querySelectorAll('[data-arm-name]')].map(box => ({ name: box.dataset.armName, box, swatch: box.parentElement.querySelector('.swatch') }));
  const charts = new Charts();
  document.querySelectorAll('figure.plot').forEach(setUpFigure);
  document.querySelectorAll('main table').forEach(setUpTable);
  const command = byId('command');
  const copy = button('Copy the command', () => copyBeside(copy, command.textContent, 'Command'));
  command.closest('.command').append(copy);
  const viewer = setUpViewer(arms, charts);
  bindArms(arms, charts, viewer, setUpExplorer());
  if (byId('controls')) {
    byId('controls').hidden = !viewer && arms.length < 2;
  }
  if (viewer) {
    showAddress(viewer);
    window.addEventListener('hashchange', () => showAddress(viewer));
  }
}

main();
