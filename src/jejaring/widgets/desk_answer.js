// What the desk is to the keeper of the notebook's answers: the drawing, stored like an answer.
class DeskAnswer {
  constructor(model) {
    this.model = model;
    this.qid = model.get("qid");
    this.views = new Set();
    model.on("change:t", () => { if (!this.setting) this.join(); });
  }

  get answer() { return { value: this.model.get("value") ?? null, t: this.model.get("t"), tries: 0 }; }

  join() {
    const keeper = keeperOf(this.model);
    if (!keeper) return;
    this.keeper = keeper;
    keeper.members.add(this);
    const stored = keeper.known.get(this.qid);
    if (this.answer.t > 0 && later(this.answer, stored)) keeper.put(this.qid, this.answer, this, GRACE);
    else if (stored && later(stored, this.answer)) this.take(stored);
  }

  take({ value, t }) { this.set(value, t); }

  change(value) {
    clearTimeout(this.timer);
    this.waiting = { value };
    this.timer = setTimeout(() => this.flush(), PAUSE);
    this.tell();
  }

  flush() {
    if (!this.waiting) return;
    const { value } = this.waiting;
    clearTimeout(this.timer);
    this.waiting = null;
    if (JSON.stringify(value) === JSON.stringify(this.answer.value)) return this.tell();
    this.set(value, Math.max(Date.now() / 1000, this.answer.t + 0.001));
    this.keeper?.put(this.qid, this.answer, this);
    this.tell();
  }

  set(value, t) {
    this.setting = true;
    this.model.set("value", value);
    this.model.set("t", t);
    this.setting = false;
    try {
      this.model.save_changes();
    } catch (error) {
      console.warn("jejaring: no kernel hears", error); // the page stores the answer all the same
    }
  }

  get state() { return this.waiting ? "storing" : this.keeper ? this.keeper.state(this.qid) : "kernel"; }

  tell() { for (const view of this.views) view.stored(); }
  written() {}
  addTo() {}
  leave() {
    this.flush();
    this.keeper?.members.delete(this);
  }
}
