// Unpacks frames: the counterpart of Viewer/PlaneCodec.cs.

const CELL_BLOCKS = 4; // parenchyma, immune cells, clones, vessels; marks and fields follow
const CACHE_BYTES = 128e6;

/** The frames of the page. Blocks are unpacked when they are first asked for, and the latest ones are kept. */
class Frames {
  constructor(index) {
    this.index = index;
    this.cache = new Map();
    this.bytes = 0;
  }

  lattice(frame) { return this.index.lattices[this.index.frames[frame].lattice]; }

  lesion(frame) { return this.index.lesions[this.lattice(frame).lesion]; }

  /** Codes of all sites of all layers. */
  parenchyma(frame) { return this.kept(frame, 'parenchyma', () => this.cells(frame, 0)); }

  immune(frame) { return this.kept(frame, 'immune', () => this.cells(frame, 1)); }

  /** Clone of every site, or null when all are founders. */
  clones(frame) {
    return this.kept(frame, 'clones', async () => {
      const bytes = await this.block(frame, 2);
      const sites = this.sites(frame);
      return bytes.length === 0 ? null : bytes.length === sites ? bytes : Uint16Array.from({ length: sites }, (_, i) => bytes[i] | (bytes[sites + i] << 8));
    });
  }

  /** Vessels: their sites in rising order and the perfusion of each as values. */
  vessels(frame) { return this.kept(frame, 'vessels', async () => decodeSpots(await this.block(frame, 3), this.index.frames[frame].perfusion)); }

  /** A trait of cells: the sites of those that have it in rising order, and its values. */
  mark(frame, mark) {
    const { low, high } = this.index.marks[mark].scale;
    return this.kept(frame, `mark${mark}`, async () => decodeSpots(await this.block(frame, CELL_BLOCKS + mark), [low, high]));
  }

  /** A field: values of the sites kept (NaN for a missing one), and half a step, within which they are right. */
  field(frame, field) {
    return this.kept(frame, field, async () => {
      const { nx, ny } = this.lattice(frame), { steps, every } = this.index.fields[field], range = this.index.frames[frame].ranges[field];
      const width = Math.ceil(nx / every), height = Math.ceil(ny / every);
      const values = decodeField(await this.block(frame, CELL_BLOCKS + this.index.marks.length + field), width, height, steps, range);
      return { values, width, height, every, half: (range[1] - range[0]) / steps / 2, byteLength: values.byteLength };
    });
  }

  sites(frame) {
    const { nx, ny, layers } = this.lattice(frame);
    return nx * ny * layers.length;
  }

  cells(frame, block) { return this.block(frame, block); }

  async block(frame, block) {
    const line = byId(`viewer-frame${frame}`).textContent.split('\n')[block];
    return line ? inflate(line) : new Uint8Array(0);
  }

  kept(frame, what, read) {
    const key = `${frame} ${what}`;
    let entry = this.cache.get(key);
    if (entry) {
      this.cache.delete(key);
    } else {
      entry = { promise: read(), bytes: 0 };
      entry.promise.then(value => {
        entry.bytes = value?.byteLength ?? 0;
        this.bytes += entry.bytes;
        this.forget();
      });
    }
    this.cache.set(key, entry);
    return entry.promise;
  }

  forget() {
    for (const [key, entry] of this.cache) {
      if (this.bytes < CACHE_BYTES) {
        return;
      }
      this.cache.delete(key);
      this.bytes -= entry.bytes;
    }
  }
}

async function inflate(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function decodeSpots(bytes, [low, high]) {
  // The gaps end where as many bytes follow as there are sites.
  const sites = [];
  let at = 0;
  for (let next = 0; at + sites.length < bytes.length; next++) {
    let gap = 0, shift = 0;
    for (; bytes[at] > 127; shift += 7) {
      gap += (bytes[at++] & 127) << shift;
    }
    gap += bytes[at++] << shift;
    next += gap;
    sites.push(next);
  }
  const values = sites.map((_, i) => low + bytes[at + i] / 255 * (high - low));
  return { sites, values, byteLength: 16 * sites.length };
}

const SPARSE_STEPS = 254;

/** Values of a field; a stride beyond 1 says that the sites between are interpolated (Viewer/SparseField.cs). */
function decodeField(block, nx, ny, steps, [low, high]) {
  const stride = block[0], bytes = block.subarray(1);
  if (stride === 1) {
    const codes = decodeCodes(bytes, nx, ny, steps > SPARSE_STEPS);
    return Float64Array.from(codes, code => code > steps ? NaN : low + code / steps * (high - low));
  }
  const width = Math.ceil((nx - 1) / stride) + 1, height = Math.ceil((ny - 1) / stride) + 1;
  const codes = decodeCodes(bytes, width, height, false), step = (high - low) / SPARSE_STEPS;
  const values = new Float64Array(codes.length / (width * height) * nx * ny);
  const columns = Array.from({ length: nx }, (_, x) => between(x, nx, stride));
  for (let row = 0, at = 0; at !== values.length; row++) {
    const plane = Math.floor(row / ny) * width * height, [above, below, down] = between(row % ny, ny, stride);
    for (const [left, right, along] of columns) {
      const upper = blend(codes[plane + above * width + left], codes[plane + above * width + right], along);
      const lower = blend(codes[plane + below * width + left], codes[plane + below * width + right], along);
      values[at++] = low + blend(upper, lower, down) * step;
    }
  }
  return values;
}

const blend = (a, b, part) => a + (b - a) * part;

/** The kept sites on both sides of a site, and its place between them. */
function between(site, size, stride) {
  const before = Math.floor(site / stride), start = before * stride, end = Math.min(start + stride, size - 1);
  return end > start ? [before, before + 1, (site - start) / (end - start)] : [before, before, 0];
}

/** Codes from their differences to what the neighbours foretell. */
function decodeCodes(bytes, nx, ny, wide) {
  const count = wide ? bytes.length / 2 : bytes.length;
  const codes = wide ? new Uint16Array(count) : new Uint8Array(count);
  for (let at = 0; at !== count; at++) {
    const site = at % (nx * ny), x = site % nx;
    let foretold = 0;
    if (site >= nx && x > 0) {
      const left = codes[at - 1], up = codes[at - nx];
      foretold = clamp(left + up - codes[at - nx - 1], Math.min(left, up), Math.max(left, up));
    } else if (site > 0) {
      foretold = site >= nx ? codes[at - nx] : codes[at - 1];
    }
    codes[at] = foretold + bytes[at] + (wide ? bytes[count + at] << 8 : 0);
  }
  return codes;
}
