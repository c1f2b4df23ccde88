// A page that comes back with errors starts reading at the summary.
document.querySelector(".hv-errors")?.focus();
