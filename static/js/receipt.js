// Finds somebody's own ballot among the published rows. Everything happens here: the receipt is sent nowhere.
const form = document.querySelector("[data-receipt]");
const words = form.dataset;
const answer = form.querySelector("[data-answer]");
const [file, pasted] = [form.querySelector("[type=file]"), form.querySelector("textarea")];

class Unclear extends Error {}

// --- the leaf -----------------------------------------------------------------------------------
// As the server hashed it: keys sorted, no spaces, a zero byte in front.
const leafOf = async (receipt) => {
  const canonical = JSON.stringify(Object.fromEntries(Object.entries(receipt).sort()));
  const bytes = new TextEncoder().encode(`\0${canonical}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const read = async () => {
  const text = pasted.value.trim() || (await file.files[0]?.text());
  try {
    const receipt = JSON.parse(text);
    if (!Array.isArray(receipt.top3) || !receipt.nonce) throw new SyntaxError();
    return receipt;
  } catch {
    throw new Unclear(words.unreadable);
  }
};

// --- the published rows -------------------------------------------------------------------------
const linesOf = async (url) => {
  try {
    const response = await fetch(url, { credentials: "omit" });
    if (response.ok) return (await response.text()).split("\n");
  } catch {
    // No connection: the same answer.
  }
  throw new Unclear(words.offline);
};

const look = async (receipt) => {
  if (receipt.ronde !== words.round) return ["warn", words.otherRound];
  const leaf = await leafOf(receipt);
  const [rows, apart] = await Promise.all([linesOf(words.ballots), linesOf(words.apart)]);
  const row = rows.find((line) => line.startsWith(`${leaf};`));
  if (!row) return ["bad", words.missing];
  if (row.split(";")[2] !== receipt.top3.join(">")) return ["bad", words.different];
  return apart.includes(leaf) ? ["warn", words.setApart] : ["good", words.counted];
};

// --- the answer ---------------------------------------------------------------------------------
const say = (kind, text, receipt) => {
  const part = form.querySelector(`template[data-${kind}]`).content.cloneNode(true);
  part.querySelector("p").textContent = text;
  answer.replaceChildren(part);
  if (receipt) answer.append(...chosenBy(receipt));
  answer.focus();
};

const chosenBy = (receipt) => {
  const name = (code) => form.querySelector(`[data-code="${CSS.escape(code)}"]`)?.textContent ?? code;
  const names = receipt.top3.length ? receipt.top3.map(name) : [words.none];
  const [intro, list] = [document.createElement("p"), document.createElement("ol")];
  intro.className = "utrecht-paragraph";
  intro.textContent = words.chose;
  list.className = "hv-list";
  for (const text of names) list.append(Object.assign(document.createElement("li"), { textContent: text }));
  return [intro, list];
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!globalThis.crypto?.subtle) return say("warn", words.insecure);
  try {
    const receipt = await read();
    say(...(await look(receipt)), receipt);
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    say("warn", error.message);
  }
});

file.addEventListener("change", () => {
  pasted.value = "";
});

form.hidden = false;
