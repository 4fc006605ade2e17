/**
 * Makes an element. Functions among the properties are listeners (`onclick`), the others attributes.
 * Children are elements or texts: whatever a device says stays text.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') {
      made.addEventListener(name.slice(2), value);
    } else {
      attribute(made, name, value);
    }
  }
  made.append(...children);
  return made;
}

/** Sets an attribute if it differs, so that nothing is announced or drawn twice. */
export function attribute(target, name, value) {
  if (typeof value === 'boolean') {
    target.toggleAttribute(name, value);
  } else if (target.getAttribute(name) !== String(value)) {
    target.setAttribute(name, value);
  }
}

/** Sets the text if it differs. */
export function text(target, value) {
  if (target.textContent !== value) {
    target.textContent = value;
  }
}

export function button(label, action, properties = {}) {
  return element('button', { type: 'button', onclick: action, ...properties }, label);
}

/** A table; `unseen` captions are for screen readers. Rows are elements. */
export function table(caption, columns, rows, properties = { class: 'unseen' }) {
  return element(
    'table',
    {},
    element('caption', properties, caption),
    element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows),
  );
}

/** A labelled list to choose from; `options` are values, or [value, label]. */
export function choice(label, options, properties = {}) {
  const select = element('select', properties);
  for (const option of options) {
    const [value, shown] = Array.isArray(option) ? option : [option, option];
    select.append(element('option', { value }, shown));
  }
  return [element('label', {}, label, select), select];
}
