// Asks the server how it reads what was typed, so that there is one grammar of cells.
const PAUSE = 150;

export class Remarks {
  #known = new Map();
  #timer = 0;
  #form;

  constructor(form) {
    this.#form = form;
  }

  ask(cells) {
    clearTimeout(this.#timer);
    const texts = new Map(cells.map((cell) => [cell, [cell.value.trim(), "target" in cell.dataset]]));
    const unknown = [...texts.values()].filter((one) => !this.#known.has(String(one)));
    this.#show(texts);
    if (unknown.length) this.#timer = setTimeout(() => this.#fetch(unknown, texts), PAUSE);
  }

  async #fetch(unknown, texts) {
    try {
      const response = await fetch(this.#form.dataset.remarks, {
        method: "POST",
        headers: { "X-CSRFToken": this.#form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ texts: unknown }),
      });
      if (!response.ok) return;
      const { remarks } = await response.json();
      unknown.forEach((one, place) => this.#known.set(String(one), remarks[place]));
      this.#show(texts);
    } catch {
      // No answer: the page says it when the cells are saved.
    }
  }

  #show(texts) {
    for (const [cell, one] of texts) {
      if (cell.value.trim() !== one[0]) continue;
      cell.closest("td").querySelector("[data-remark]").textContent = this.#known.get(String(one)) ?? "";
    }
  }
}
