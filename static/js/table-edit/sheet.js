// The cells of the table: what each says now, and whether that is what stood there.
export class Sheet {
  constructor(form) {
    this.form = form;
    this.words = form.querySelector("[data-bar-status]").dataset;
    const lines = [...form.querySelectorAll("tbody tr")].filter((line) => line.querySelector("[data-cell]"));
    this.rows = lines.map((line) => [...line.querySelectorAll("[data-cell]")]);
    this.headed = lines.map((line) => "headed" in line.dataset);
    this.cells = this.rows.flat();
    this.columns = this.rows[0]?.length ?? 0;
    this.places = new Map(this.rows.flatMap((row, r) => row.map((cell, c) => [cell, [r, c]])));
  }

  placeOf(cell) {
    return this.places.get(cell);
  }

  at(row, column) {
    return this.rows[row]?.[column];
  }

  // The text, and in JSON what was said of the cell beside it ("" if nothing changed there).
  read(cell) {
    return { text: cell.value, details: this.#hidden(cell)?.value ?? "" };
  }

  write(cell, { text, details }) {
    cell.value = text;
    this.#hold(cell, details);
    this.mark(cell);
  }

  // Gives the cell another text; answers the change for the list of steps, nothing if it said so already.
  change(cell, text, details) {
    const before = this.read(cell);
    const after = { text, details: details ?? before.details };
    if (before.text === after.text && before.details === after.details) return undefined;
    this.write(cell, after);
    return { cell, before, after };
  }

  saved(cell) {
    return { text: cell.dataset.before, details: "" };
  }

  isChanged(cell) {
    return cell.value.trim() !== cell.dataset.before.trim() || Boolean(this.#hidden(cell));
  }

  isRevision(cell) {
    const why = JSON.parse(this.#hidden(cell)?.value || "{}").why;
    return "figure" in cell.dataset && cell.value.trim() !== cell.dataset.before.trim() && !why;
  }

  changed() {
    return this.cells.filter((cell) => this.isChanged(cell));
  }

  mark(cell) {
    const place = cell.closest("td");
    const isChanged = this.isChanged(cell);
    place.classList.toggle("is-changed", isChanged);
    const was = `${this.words.was} ${cell.dataset.before || this.words.empty}`;
    place.querySelector("[data-was]").textContent = isChanged ? was : "";
    if (!isChanged) place.querySelector("[data-remark]").textContent = "";
  }

  #hidden(cell) {
    return cell.parentElement.querySelector("input[type=hidden]");
  }

  #hold(cell, details) {
    const held = this.#hidden(cell);
    if (!details) return held?.remove();
    const field = held ?? document.createElement("input");
    field.type = "hidden";
    field.name = `d:${cell.dataset.cell}`;
    field.value = details;
    if (!held) cell.after(field);
  }
}
