// The keyboard of a spreadsheet. A cell is "ready" when it has just been chosen: typing replaces what it says and
// arrows go on. While somebody types, arrows still go on; after F2 or a click inside, they move within the text.
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export const followKeys = (sheet, acts) => {
  let mode = "ready";
  let entered = null; // what the cell said when it was chosen
  let clicked = false;
  let column = null; // where a row of Tabs began: Enter returns there

  const isCell = (target) => sheet.places.has(target);

  const choose = (cell) => {
    mode = "ready";
    entered = sheet.read(cell);
    cell.select();
    acts.focused(cell);
  };

  const commit = (cell) => {
    const now = sheet.read(cell);
    if (entered && now.text !== entered.text) acts.take([{ cell, before: entered, after: now }]);
    entered = now;
    mode = "ready";
  };

  const restore = (cell) => {
    if (mode === "ready") {
      const { text, details } = sheet.saved(cell);
      acts.take([sheet.change(cell, text, details)].filter(Boolean));
    } else {
      sheet.write(cell, entered);
    }
    choose(cell);
  };

  const go = (event, cell, row, col) => {
    event.preventDefault();
    commit(cell);
    sheet.at(row, col)?.focus();
  };

  const enter = (event, cell) => {
    const [row, col] = sheet.placeOf(cell);
    const start = column ?? col;
    column = null;
    go(event, cell, row + (event.shiftKey ? -1 : 1), start);
  };

  const arrow = (event, cell) => {
    const [down, right] = ARROWS[event.key];
    if (mode === "editing" && right) return;
    const [row, col] = sheet.placeOf(cell);
    column = null;
    go(event, cell, row + down, col + right);
  };

  const edge = (event, cell) => {
    if (mode !== "ready") return;
    const [row] = sheet.placeOf(cell);
    const isEnd = event.key === "End";
    const line = event.ctrlKey ? (isEnd ? sheet.rows.length - 1 : 0) : row;
    go(event, cell, line, isEnd ? sheet.columns - 1 : 0);
  };

  const edit = (event, cell) => {
    event.preventDefault();
    if (event.shiftKey) {
      commit(cell);
      acts.details();
      return;
    }
    mode = "editing";
    cell.setSelectionRange(cell.value.length, cell.value.length);
  };

  const tab = (event, cell) => {
    column ??= sheet.placeOf(cell)[1];
  };

  const undo = (event, cell) => {
    event.preventDefault();
    if (event.shiftKey) return acts.redo();
    if (mode !== "ready" && cell.value !== entered.text) return restore(cell);
    acts.undo();
    choose(cell === document.activeElement ? cell : document.activeElement);
  };

  const KEYS = {
    Enter: enter, Tab: tab, F2: edit, Home: edge, End: edge,
    Escape: (event, cell) => restore(cell),
    ArrowUp: arrow, ArrowDown: arrow, ArrowLeft: arrow, ArrowRight: arrow,
  };
  const WITH_CONTROL = {
    z: undo,
    y: (event) => (event.preventDefault(), acts.redo()),
    Home: edge, End: edge,
  };

  sheet.form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!isCell(cell) || event.isComposing || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    (control ? WITH_CONTROL : KEYS)[key]?.(event, cell);
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (isCell(document.activeElement)) commit(document.activeElement);
    acts.save();
  });

  sheet.form.addEventListener("focusin", ({ target }) => isCell(target) && choose(target));
  sheet.form.addEventListener("focusout", ({ target }) => isCell(target) && commit(target));
  sheet.form.addEventListener("input", ({ target }) => {
    if (!isCell(target)) return;
    if (mode === "ready") mode = "typing";
    sheet.mark(target);
  });
  // The first click chooses a cell, the next one goes into its text.
  sheet.form.addEventListener("mousedown", ({ target }) => {
    clicked = isCell(target) && target !== document.activeElement;
    column = null;
  });
  sheet.form.addEventListener("click", ({ target }) => {
    if (!isCell(target)) return;
    if (clicked) target.select();
    else mode = "editing";
    clicked = false;
  });
  sheet.form.addEventListener("paste", (event) => {
    const cell = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isCell(cell) || (mode !== "ready" && !/[\t\r\n]/.test(text))) return;
    event.preventDefault();
    commit(cell);
    acts.paste(cell, text);
    choose(cell);
  });
};
