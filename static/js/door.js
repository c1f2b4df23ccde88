// The form at the door: what cannot be sent waits in this page and is sent again. Nothing is kept on the phone.
const form = document.querySelector("[data-door]");
const box = document.querySelector("[data-door-status]");
const retry = document.querySelector("[data-door-retry]");
const words = box.dataset;
const PAUSE = 10_000;
const DOUBLE_TAP = 700; // A second tap this soon is the first one again, not another door.
const PATIENCE = 15_000; // A weak connection may hang; the key makes it safe to try again.

const waiting = []; // Forms that the server has not confirmed, oldest first.
const refused = []; // Sentences about forms that the server will never take.
let isSending = false;
let obstacle = ""; // Why the server takes nothing from this phone for now; what waits stays.

class Refused extends Error {}

// --- sending ------------------------------------------------------------------------------------
const send = async (data) => {
  if (obstacle) data.set("csrfmiddlewaretoken", await freshToken());
  const response = await fetch(form.action, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  obstacle = response.redirected || (response.status === 403 && !isOurs(response)) ? words.signedOut : "";
  if (obstacle || response.status >= 500 || !isOurs(response)) throw new Error(String(response.status));
  const { text } = await response.json();
  if (response.status === 403) {
    obstacle = text;
    throw new Error("403");
  }
  if (!response.ok) throw new Refused(text);
};

const isOurs = (response) => (response.headers.get("Content-Type") ?? "").startsWith("application/json");

// Signing in again changes the token that the forms carry.
const freshToken = async () => {
  const page = await (await fetch(form.action)).text();
  const field = new DOMParser().parseFromString(page, "text/html").querySelector("[data-door] [name=csrfmiddlewaretoken]");
  if (!field) throw new Error("no form");
  form.elements.csrfmiddlewaretoken.value = field.value;
  return field.value;
};

// One at a time, in order; the key in each form sees to it that none is counted twice.
const sendAll = async () => {
  if (isSending) return;
  isSending = true;
  try {
    while (waiting.length) {
      try {
        await send(waiting[0]);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused.push(error.message);
      }
      waiting.shift();
    }
  } catch {
    // No connection, signed out, or no longer one of the volunteers: what waits stays.
  }
  isSending = false;
  report();
};

// --- what the volunteer sees --------------------------------------------------------------------
const show = (kind, ...sentences) => {
  box.className = `hv-door__status ${kind}`;
  box.replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence }))
  );
  box.hidden = false;
};

const report = () => {
  retry.hidden = waiting.length === 0;
  if (waiting.length) {
    show("is-waiting", obstacle || words.waiting, `${words.count}${waiting.length}`, ...refused);
  } else if (refused.length) show("is-wrong", ...refused);
  else show("", words.saved);
};

// --- the form -----------------------------------------------------------------------------------
const problem = (data) => {
  const hasAnswers = [...data].some(([name, value]) => name.startsWith("vraag-") && value);
  if (!data.get("buurt")) return words.buurt;
  if (data.get("outcome") === "answered") return hasAnswers ? "" : words.empty;
  return hasAnswers ? words.mixed : "";
};

const freshKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// The buurt stays: the next door is in the same street.
const nextDoor = () => {
  form.querySelectorAll(".is-none input").forEach((none) => { none.checked = true; });
  form.elements.resend_key.value = freshKey();
};

// Cold fingers tap twice.
const rest = () => {
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => { button.disabled = true; });
  setTimeout(() => buttons.forEach((button) => { button.disabled = false; }), DOUBLE_TAP);
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  if (!data.has("outcome")) data.set("outcome", "answered");
  const wrong = problem(data);
  document.querySelectorAll(".hv-errors, .hv-messages").forEach((old) => old.remove());
  if (wrong) {
    show("is-wrong", wrong);
  } else {
    refused.length = 0;
    waiting.push(data);
    nextDoor();
    rest();
    if (waiting.length === 1) show("is-waiting", words.sending);
    sendAll();
  }
  box.focus({ preventScroll: true });
  scrollTo(0, 0);
});

retry.addEventListener("click", sendAll);
addEventListener("online", sendAll);
setInterval(() => { if (waiting.length) sendAll(); }, PAUSE);
addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
