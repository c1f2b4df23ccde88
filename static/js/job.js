// Follows a job: asks for the fragment until it says that the job is finished.
const status = document.querySelector("[data-job]");
const lookAgain = document.querySelector("[data-look-again]");
const PAUSE = 1500;

const follow = async () => {
  try {
    const response = await fetch(status.dataset.job, { headers: { "X-Fragment": "job" } });
    if (!response.ok) throw new Error(String(response.status));
    replace(await response.text());
  } catch {
    lookAgain.hidden = false; // No answer: the link still works.
  }
  if (!isFinished()) setTimeout(follow, PAUSE);
};

// A screen reader announces the region when it changes, so it must not change without reason.
const replace = (html) => {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#taak");
  if (fresh && fresh.outerHTML !== status.querySelector("#taak").outerHTML) status.replaceChildren(fresh);
};

const isFinished = () => status.querySelector("#taak").dataset.finished === "yes";

if (status && !isFinished()) {
  lookAgain.hidden = true;
  setTimeout(follow, PAUSE);
}
