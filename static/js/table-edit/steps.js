// What was done since the page was opened, to go back and forth. A pasted block is one step.
export class Steps {
  #done = [];
  #undone = [];
  #write;

  constructor(write) {
    this.#write = write;
  }

  get isEmpty() {
    return !this.#done.length;
  }

  push(changes) {
    if (!changes.length) return;
    this.#done.push(changes);
    this.#undone = [];
  }

  // Both answer the cells that changed.
  undo() {
    return this.#go(this.#done, this.#undone, "before");
  }

  redo() {
    return this.#go(this.#undone, this.#done, "after");
  }

  #go(from, to, side) {
    const changes = from.pop();
    if (!changes) return [];
    to.push(changes);
    for (const change of changes) this.#write(change.cell, change[side]);
    return changes.map((change) => change.cell);
  }
}
