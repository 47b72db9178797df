// Small helpers of the page.

const byId = id => document.getElementById(id);

/** An element with attributes; children are nodes or texts, so a name can never become markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function makeSvg(tag, attributes = {}) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return element;
}

function button(text, action, label) {
  const element = make('button', { type: 'button' }, text);
  if (label) {
    element.setAttribute('aria-label', label);
  }
  element.addEventListener('click', action);
  return element;
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** A number with a typographic minus and at most so many decimals. */
const fixed = (value, decimals) => value.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, '$1').replace('-', '\u2212');

/** "day 42", "day 10.5". */
const dayText = day => `day ${fixed(day, 2).replace(/\.?0+$/, '') || '0'}`;

/** Thousands apart with a thin space. */
const grouped = count => String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');

/** A colour of the page as it is now, light or dark. */
const pageColor = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** The colour of an arm on the paper of now. */
const armColor = color => pageColor(`arm-${color.slice(1)}`) || color;

function say(text) {
  byId('status').textContent = text;
}

/** Shows a word beside a button for a moment. */
function confirmBeside(element, text) {
  const said = element.parentElement.querySelector('.said') || make('span', { class: 'said' });
  element.parentElement.append(said);
  said.textContent = text;
  say(text);
  clearTimeout(said.timer);
  said.timer = setTimeout(() => { said.textContent = ''; }, 4000);
}

/** Copies a text; pages from disk may have no clipboard, so an invisible text box is the second way. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = make('textarea', { class: 'unseen', 'aria-hidden': 'true' });
    box.value = text;
    const focused = document.activeElement;
    document.body.append(box);
    box.select();
    const copied = document.execCommand('copy');
    box.remove();
    focused?.focus();
    return copied;
  }
}

async function copyBeside(element, text, what) {
  confirmBeside(element, await copyText(text) ? `${what} copied` : 'Copying is not allowed here');
}
