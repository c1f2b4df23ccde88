// The ballot with a list, buttons, dragging and a memory of its own. The radios stay the truth: this only sets them.
const words = await (await fetch(document.querySelector("[rel=preload]").href)).json();
const form = document.querySelector(".hv-ballot");
const k = Number(form.dataset.k);
const [section, status] = form.querySelectorAll(":scope > section, [role=status]");
const heading = section.querySelector("h2");
const list = section.querySelector("ol");
const UP = "M12 20V5M5 12l7-7 7 7";
const DOWN = "M12 4v15M5 12l7 7 7-7";
const CROSS = "M6 6l12 12M18 6L6 18";
const DRAFT_LASTS = 24 * 60 * 60 * 1000; // Others may use this device tomorrow.

const say = (sentence, values = {}) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const announce = (sentence, values) => {
  const text = say(sentence, values);
  // The same words again are only read out when they are not quite the same.
  status.textContent = status.textContent === text ? `${text}\u00a0` : text;
};

const make = (tag, className, ...children) => {
  const element = Object.assign(document.createElement(tag), { className });
  element.append(...children);
  return element;
};

// What stands between [ and ] is seen, the rest only heard.
const label = (button, sentence, values) => {
  const parts = say(sentence, values).split(/[[\]]/);
  const texts = parts.map((text, i) => (i % 2 || !text ? text : make("span", "hv-vh", text)));
  button.replaceChildren(...button.querySelectorAll("svg"), ...texts);
};

const button = (kind, icon, act) => {
  const element = make("button", `utrecht-button utrecht-button--${kind}`);
  element.type = "button";
  if (icon) {
    element.innerHTML = `<svg class="hv-i" viewBox="0 0 24 24" aria-hidden="true"><path d="${icon}"/></svg>`;
    element.classList.add("hv-icon-button");
  }
  element.addEventListener("click", act);
  return element;
};

// --- the themes, and which of them are chosen ---------------------------------------------------
const themes = [...form.querySelectorAll(".hv-theme:has(fieldset)")].map((card) => {
  const radios = [...card.querySelectorAll("[type=radio]")];
  const theme = { name: card.querySelector("h3").textContent, radios, error: radios[0].id };
  theme.fieldset = card.querySelector("fieldset");
  theme.button = button("secondary-action", "", (event) => choose(theme, event));
  theme.fieldset.after(theme.button);
  return theme;
});
let ranking = [];

const numbers = () => themes.map((theme) => Number(theme.radios.find((radio) => radio.checked)?.value ?? 0));
const isInOrder = () => {
  const given = numbers().filter(Boolean).sort((a, b) => a - b);
  return given.every((number, i) => number === i + 1);
};

const readRadios = () => {
  const given = new Map(numbers().map((number, i) => [themes[i], number]));
  ranking = themes.filter((theme) => given.get(theme)).sort((a, b) => given.get(a) - given.get(b));
};

const setRadios = () => {
  for (const theme of themes) {
    const value = String(ranking.indexOf(theme) + 1 || "");
    theme.radios.find((radio) => radio.value === value).checked = true;
  }
};

// --- what is shown ------------------------------------------------------------------------------
const rowOf = (theme, i) => {
  const { name } = theme;
  const up = button("secondary-action", UP, () => move(theme, i - 1, "up"));
  const down = button("secondary-action", DOWN, () => move(theme, i + 1, "down"));
  const remove = button("subtle", CROSS, () => removeFromList(theme));
  [up.disabled, down.disabled] = [i === 0, i === ranking.length - 1];
  for (const [element, key] of [[up, "up"], [down, "down"], [remove, "remove"]]) label(element, words[key], { name });
  Object.assign(theme, { up, down, remove });
  const place = make("span", "hv-vh", `${say(words.place, { place: i + 1 })} `);
  theme.row = make("div", "hv-rank__row", make("b", "", place, name), make("div", "", up, down, remove));
  theme.row.dataset.code = "";
  if (theme === dragged) theme.row.classList.add("is-dragged");
  return theme.row;
};

const item = (row, i) => {
  const knot = make("span", "hv-knot", String(i + 1));
  knot.setAttribute("aria-hidden", "true");
  return make("li", row.classList.contains("is-empty") ? "is-next" : "", knot, row);
};

const show = () => {
  const free = Math.min(k, Math.max(ranking.length + 1, Math.min(k, 3))) - ranking.length;
  const invitation = ranking.length ? words.free : words.first;
  const empty = (_nothing, i) => make("div", "hv-rank__row is-empty", i ? words.later : invitation);
  const rows = [...ranking.map(rowOf), ...Array.from({ length: free }, empty)];
  list.replaceChildren(...rows.map(item));
  const next = ranking.length + 1;
  for (const theme of themes) {
    const place = ranking.indexOf(theme) + 1;
    const sentence = place ? words.drop : next > k ? words.choose_more : words.choose;
    label(theme.button, sentence, { name: theme.name, place: place || next });
  }
  form.querySelector("[data-count]").textContent = say(words.count, { count: ranking.length, k });
};

const update = () => {
  setRadios();
  show();
  save();
};

// --- choosing, moving, removing -----------------------------------------------------------------
const tellPlace = (theme) =>
  announce(words.moved, { name: theme.name, place: ranking.indexOf(theme) + 1, count: ranking.length });

const drop = (theme) => {
  ranking = ranking.filter((other) => other !== theme);
  update();
  announce(words.removed, { name: theme.name, count: ranking.length });
};

// A list that grows or shrinks above must not move the buttons from under the finger.
const choose = (theme, event) => {
  if (event.detail > 1) return; // A second tap at once is the first one again.
  const before = theme.button.getBoundingClientRect().top;
  if (ranking.includes(theme)) drop(theme);
  else if (ranking.length < k) {
    ranking.push(theme);
    update();
    tellPlace(theme);
  } else {
    announce(words.no_room);
    form.querySelector("[data-count]").textContent = words.no_room;
  }
  scrollBy({ top: theme.button.getBoundingClientRect().top - before, behavior: "instant" });
};

const place = (theme, i) => {
  ranking = ranking.filter((other) => other !== theme);
  ranking.splice(i, 0, theme);
  update();
};

const move = (theme, i, way) => {
  place(theme, i);
  // At the end of the list this way is closed; the other one is open.
  const same = theme[way];
  (same.disabled ? theme[way === "up" ? "down" : "up"] : same).focus();
  tellPlace(theme);
};

const removeFromList = (theme) => {
  const i = ranking.indexOf(theme);
  drop(theme);
  (ranking[Math.min(i, ranking.length - 1)]?.remove ?? heading).focus();
};

// --- dragging, an extra for a mouse on a wide screen ---------------------------------------------
let dragged;
const wide = matchMedia("(min-width: 48rem)");

list.addEventListener("pointerdown", (event) => {
  if (!wide.matches || event.pointerType !== "mouse" || event.button || event.target.closest("button")) return;
  dragged = ranking.find((theme) => theme.row.contains(event.target));
  if (!dragged) return;
  event.preventDefault();
  list.setPointerCapture(event.pointerId);
  show();
});

list.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const others = ranking.filter((theme) => theme !== dragged);
  const middle = ({ row }) => row.getBoundingClientRect().top + row.offsetHeight / 2;
  const i = others.filter((theme) => middle(theme) < event.clientY).length;
  if (i !== ranking.indexOf(dragged)) place(dragged, i);
});

for (const end of ["pointerup", "pointercancel"]) {
  list.addEventListener(end, () => {
    if (!dragged) return;
    tellPlace(dragged);
    dragged = undefined;
    show();
  });
}

// --- buttons or numbers -------------------------------------------------------------------------
const ways = make("p", "");
const otherWay = button("subtle", "", () => useButtons(!form.classList.contains("is-ranking")));

const useButtons = (wanted) => {
  form.classList.toggle("is-ranking", wanted);
  section.hidden = !wanted;
  label(otherWay, `[${wanted ? words.numbers : words.buttons}]`);
  for (const theme of themes.filter(({ error }) => error)) {
    // A link in the summary of faults leads to what can be seen.
    theme.radios[0].id = wanted ? "" : theme.error;
    theme.button.id = wanted ? theme.error : "";
    theme.button.setAttribute("aria-describedby", theme.fieldset.getAttribute("aria-describedby"));
  }
  form.querySelector("[data-count]").textContent = "";
  if (!wanted) return;
  readRadios();
  ranking = ranking.slice(0, k);
  setRadios();
  show();
};

// --- the draft: in this browser and nowhere else ------------------------------------------------
const { draft: key } = form.dataset;
const store = (() => {
  try {
    return localStorage;
  } catch {
    return undefined; // Forbidden in this browser: then there is no draft.
  }
})();
const asEntries = () =>
  [...new FormData(form)].filter(
    ([name, value]) => value && !["csrfmiddlewaretoken", "sinds", "toeval", "website"].includes(name)
  );
const erase = () => store?.removeItem(key);

const save = () => {
  if (!key || !store) return;
  const entries = asEntries();
  if (entries.length) store.setItem(key, JSON.stringify({ at: Date.now(), entries }));
  else erase();
};

const readDraft = () => {
  const { at, entries } = JSON.parse(store.getItem(key)) ?? {};
  if (Date.now() - at < DRAFT_LASTS) return entries;
  erase();
  return undefined;
};

const restore = (entries) => {
  const kept = new Map(entries);
  for (const element of form.querySelectorAll("[type=radio], [type=checkbox], textarea")) {
    const value = kept.get(element.name) ?? "";
    if (element.type === "textarea") element.value = value;
    else element.checked = element.value === value;
    if (value && element.type === "textarea") element.closest("details").open = true;
  }
  useButtons(isInOrder());
  save();
  announce(words.restored);
};

const offer = (entries) => {
  const card = make("div", "hv-card hv-card--sunken", make("p", "", words.begun));
  const leave = () => {
    card.remove();
    heading.focus();
  };
  const back = button("secondary-action", "", () => { restore(entries); leave(); });
  const anew = button("subtle", "", () => { erase(); leave(); announce(words.emptied); });
  label(back, `[${words.restore}]`);
  label(anew, `[${words.anew}]`);
  card.append(make("p", "hv-ballot__ways", back, anew));
  section.before(card);
};

// --- begin --------------------------------------------------------------------------------------
const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
form.append(Object.assign(make("input", ""), { type: "hidden", name: "toeval", value: bytes.join("") }));
ways.append(otherWay);
form.querySelector("h2 ~ p.hv-small").after(ways);
useButtons(isInOrder());
form.addEventListener("input", save);
for (const next of document.querySelectorAll("[data-next-voter]")) next.addEventListener("submit", erase);

if (key && store) {
  // What somebody else began on this device goes.
  for (const other of Object.keys(store)) if (other.startsWith("stembiljet-") && other !== key) store.removeItem(other);
  const entries = !document.querySelector(".hv-errors") && readDraft();
  if (entries && JSON.stringify(entries) !== JSON.stringify(asEntries())) offer(entries);
}
