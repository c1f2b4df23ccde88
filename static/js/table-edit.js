// A table of fields that works like a spreadsheet. Without this script it is a form like any other.
import { readBlock, fill } from "./table-edit/block.js";
import { followKeys } from "./table-edit/keys.js";
import { openPanel } from "./table-edit/panel.js";
import { Remarks } from "./table-edit/remarks.js";
import { Sheet } from "./table-edit/sheet.js";
import { Steps } from "./table-edit/steps.js";

const start = (form) => {
  const sheet = new Sheet(form);
  const remarks = new Remarks(form);
  const steps = new Steps((cell, state) => sheet.write(cell, state));
  const status = form.querySelector("[data-bar-status]");
  const note = form.querySelector("[data-bar-note]");
  const undo = form.querySelector("[data-undo]");
  const reason = form.querySelector("[data-bar-reason]");
  const reasonField = reason.querySelector("input");
  const words = status.dataset;
  let leaving = false;

  const tell = () => {
    const changed = sheet.changed();
    const text = changed.length === 1 ? words.one : words.more.replace("{n}", changed.length);
    const said = changed.length ? text : words.none;
    if (status.textContent !== said) status.textContent = said;
    undo.disabled = steps.isEmpty;
    reason.hidden = !changed.some((cell) => sheet.isRevision(cell)) && !reasonField.value;
    remarks.ask(changed);
  };

  const take = (changes) => {
    steps.push(changes);
    tell();
  };

  const panel = openPanel(document.querySelector("[data-panel]"), sheet, take);

  const step = (cells) => {
    tell();
    if (!cells.length) return;
    cells[0].focus();
    panel.show(cells[0]);
  };

  const paste = (cell, text) => {
    const [row, column] = sheet.placeOf(cell);
    const filled = fill(readBlock(text), { row, column, headed: sheet.headed, columns: sheet.columns });
    const changes = filled.texts.map(([r, c, printed]) => sheet.change(sheet.at(r, c), printed));
    take(changes.filter(Boolean));
    note.textContent = [
      filled.outside.length ? `${words.outside} ${filled.outside.join("; ")}.` : "",
      filled.skipped ? words.skipped : "",
    ].join(" ").trim();
    panel.show(cell);
  };

  const save = () => form.requestSubmit(form.querySelector("button[value=save]"));

  followKeys(sheet, {
    take,
    paste,
    save,
    undo: () => step(steps.undo()),
    redo: () => step(steps.redo()),
    focused: (cell) => panel.show(cell),
    details: () => panel.focus(),
  });

  undo.addEventListener("click", () => step(steps.undo()));
  form.addEventListener("submit", () => (leaving = true));
  // Only what changed is sent: a large table stays a small request.
  form.addEventListener("formdata", ({ formData }) => {
    for (const cell of sheet.cells) if (!sheet.isChanged(cell)) formData.delete(cell.name);
  });
  window.addEventListener("beforeunload", (event) => {
    if (sheet.changed().length && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => (leaving = false));

  undo.hidden = false;
  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
  form.classList.add("is-live");
  sheet.cells.forEach((cell) => sheet.mark(cell));
  tell();
};

const form = document.querySelector("[data-sheet]");
if (form) start(form);
