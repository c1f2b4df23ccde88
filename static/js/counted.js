// The ballot was counted: what this browser kept of it goes, and the receipt can be printed with a button.
const receipt = document.querySelector("[data-draft]");
const printing = receipt.querySelector("[data-print]");
printing.hidden = false;
printing.querySelector("button").addEventListener("click", () => print());
localStorage.removeItem(receipt.dataset.draft);
