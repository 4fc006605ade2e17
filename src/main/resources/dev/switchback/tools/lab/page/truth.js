/** Truth tables as a device writes them: a digit per row, `0110`; one per LED, `0110,0001`. */

const letters = 'ABCDEFGH';

/** Parses a table of the device; null if it is none. */
export function parseTruth(text) {
  const tables = String(text ?? '').split(',');
  const rows = tables[0].length;
  const inputs = Math.log2(rows);
  if (!Number.isInteger(inputs) || inputs < 1 || inputs > 8) {
    return null;
  }
  return tables.every((table) => table.length === rows && /^[01]+$/.test(table))
    ? { inputs, rows, leds: tables.length, tables }
    : null;
}

/** The answer of each LED in a row, such as `1,0`. */
export function answerOf(truth, row) {
  return truth.tables.map((table) => table[row]).join(',');
}

/** The same table with the answer of one LED in one row inverted. */
export function inverted(truth, row, led) {
  const tables = truth.tables.map((table, i) =>
    i === led ? table.slice(0, row) + (table[row] === '1' ? '0' : '1') + table.slice(row + 1) : table,
  );
  return { ...truth, tables };
}

export function truthText(truth) {
  return truth.tables.join(',');
}

export function levels(row, inputs) {
  return row.toString(2).padStart(inputs, '0');
}

/** Level of a switch in a row, 0 or 1; switch A is the most significant. */
export function level(row, index, inputs) {
  return (row >> (inputs - 1 - index)) & 1;
}

export function switchName(index) {
  return letters[index];
}

export function positionText(row, inputs) {
  return Array.from({ length: inputs }, (_, i) => `${letters[i]}=${level(row, i, inputs)}`).join(' ');
}

const rules = {
  AND: (ones, inputs) => ones === inputs,
  OR: (ones) => ones > 0,
  XOR: (ones) => ones % 2 === 1,
  NAND: (ones, inputs) => ones < inputs,
  majority: (ones, inputs) => 2 * ones > inputs,
};

function table(inputs, rule) {
  let digits = '';
  for (let row = 0; row < 1 << inputs; row++) {
    const ones = row.toString(2).replaceAll('0', '').length;
    digits += rules[rule](ones, inputs) ? '1' : '0';
  }
  return digits;
}

/** Lessons with a name, for so many switches and LEDs: [name, text] each. */
export function presets(inputs, leds) {
  if (inputs === 1) {
    return leds === 1 ? [['follow', '01'], ['invert', '10']] : [];
  }
  if (leds === 1) {
    return Object.keys(rules)
      .filter((rule) => rule !== 'majority' || inputs % 2 === 1)
      .map((rule) => [rule, table(inputs, rule)]);
  }
  if (leds === 2 && inputs === 2) {
    return [['half adder', `${table(2, 'XOR')},${table(2, 'AND')}`]];
  }
  return leds === 2 && inputs === 3
    ? [['full adder', `${table(3, 'XOR')},${table(3, 'majority')}`]]
    : [];
}

/** The name of a lesson, if it has one: `XOR 0110`. */
export function truthName(text) {
  const truth = parseTruth(text);
  const found = truth && presets(truth.inputs, truth.leds).find(([, digits]) => digits === text);
  return found ? `${found[0]} ${text}` : String(text);
}
