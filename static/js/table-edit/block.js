// A block copied from a spreadsheet. The server does the same for whoever has no script: indicators/pasting.py.
const FIELD = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\r|\n|$)/g;

// The lines of a block, each with its cells.
export const readBlock = (text) => {
  const lines = [];
  let cells = [];
  for (const [, field, end] of text.matchAll(FIELD)) {
    cells.push(plain(field));
    if (end === "\t") continue;
    lines.push(cells);
    cells = [];
    if (!end) break;
  }
  const last = lines.at(-1);
  return last.length === 1 && last[0] === "" ? lines.slice(0, -1) : lines;
};

const plain = (field) => {
  const quoted = field.length > 1 && field.startsWith('"') && field.endsWith('"');
  return (quoted ? field.slice(1, -1).replaceAll('""', '"') : field).replaceAll("\n", " ").replaceAll("\r", "").trim();
};

// Where the texts land: [row, column, text]. `outside` did not fit; `skipped` counts blank lines that fell on the
// heading of a group, where the spreadsheet had that heading too.
export const fill = (block, { row, column, headed, columns }) => {
  const lines = withoutHeadings(block, headed.slice(row + 1));
  const placed = lines.flatMap((line, r) => line.map((text, c) => [row + r, column + c, text]));
  const fits = ([r, c]) => r < headed.length && c < columns;
  return {
    texts: placed.filter(fits),
    outside: placed.filter((one) => !fits(one) && one[2]).map((one) => one[2]),
    skipped: block.length - lines.length,
  };
};

const withoutHeadings = (block, headed) => {
  const kept = [];
  let onHeading = false;
  for (const line of block) {
    if (onHeading && !line.some(Boolean)) {
      onHeading = false;
      continue;
    }
    kept.push(line);
    onHeading = headed[kept.length - 1] ?? false;
  }
  return kept;
};
