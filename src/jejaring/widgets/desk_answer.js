// The desk as a widget of its own, and what it is to the keeper of the notebook's answers: the drawing, stored like one.
const ALL = { samples: true, file: true, directed: null, fixed: false, measured: true, given: false, alone: true };

class DeskAnswer {
  constructor(model) {
    this.model = model;
    this.qid = model.get("qid");
    this.views = new Set();
    model.on("change:t", () => {
      if (this.setting) return;
      this.join();
      this.renew();
    });
  }

  get answer() { return { value: this.model.get("value") ?? null, t: this.model.get("t"), tries: 0 }; }

  get value() { return this.waiting ? this.waiting.value : this.answer.value; }
  of(drawn) { return drawn; }
  renew() { for (const view of this.views) view.renew(); }

  join() {
    const keeper = keeperOf(this.model);
    if (!keeper) return;
    this.keeper = keeper;
    keeper.members.add(this);
    const stored = keeper.known.get(this.qid);
    if (this.answer.t > 0 && later(this.answer, stored)) keeper.put(this.qid, this.answer, this, GRACE);
    else if (stored && later(stored, this.answer)) this.take(stored);
  }

  take({ value, t }) {
    this.set(value, t);
    this.renew();
  }

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

export default () => {
  let answer = null;
  return {
    initialize({ model }) {
      fetchCytoscape(model, model.get("kernel"));
      if (model.get("qid")) answer = new DeskAnswer(model);
      return () => answer?.leave();
    },
    render({ model, el }) {
      answer?.join(); // the document may not have been ready before
      const desk = new Desk(model, el, model.get("words"), answer, ALL);
      const heard = (message) => desk.heard(message);
      answer?.views.add(desk);
      model.on("msg:custom", heard);
      desk.start();
      desk.ask();
      desk.stored();
      return () => {
        model.off("msg:custom", heard);
        answer?.flush();
        answer?.views.delete(desk);
        desk.leave();
      };
    },
  };
};
