// Typing over a paper form: Enter goes to the next field, as on a calculator. At the end it reaches the button.
const form = document.querySelector("[data-paper]");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName === "BUTTON") return;
  event.preventDefault();
  const stops = [...form.querySelectorAll("input:not([type=hidden]), select, button:enabled")];
  stops[stops.indexOf(event.target) + 1].focus();
});
