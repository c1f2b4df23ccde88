// What can be said of the chosen cell beside its text: status, reason, note, when it was measured.
const NAMES = ["status", "reason", "note", "measured", "why"];

export const openPanel = (panel, sheet, take) => {
  const fields = Object.fromEntries(NAMES.map((name) => [name, panel.querySelector(`[name=${name}]`)]));
  const link = panel.querySelector("[data-panel-history]");
  let chosen = null;

  const saved = (cell) => Object.fromEntries(NAMES.map((name) => [name, cell.dataset[name] ?? ""]));

  const show = (cell) => {
    chosen = cell;
    panel.querySelector("[data-panel-name]").textContent = cell.getAttribute("aria-label");
    panel.querySelector("[data-panel-measured]").hidden = "target" in cell.dataset;
    const { details } = sheet.read(cell);
    const said = details ? JSON.parse(details) : saved(cell);
    for (const name of NAMES) fields[name].value = said[name] ?? "";
    link.href = link.dataset.panelHistory.replace("/0/0/", `/${cell.dataset.series}/${cell.dataset.period}/`);
  };

  const said = () => Object.fromEntries(NAMES.map((name) => [name, fields[name].value]));

  const keep = () => {
    const now = said();
    const before = saved(chosen);
    const isSame = NAMES.every((name) => now[name].trim() === before[name]);
    take([sheet.change(chosen, chosen.value, isSame ? "" : JSON.stringify(now))].filter(Boolean));
  };

  panel.addEventListener("change", keep);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    // Leaving the field keeps what was typed in it.
    chosen.focus();
  });

  panel.hidden = false;
  show(sheet.cells[0]);
  return { show, focus: () => fields.status.focus() };
};
