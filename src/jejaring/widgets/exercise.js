// The shell of every exercise: prompt, the kind's own controls, check button, status line, feedback and explanation.
// Python joins keeper.js, this file and exercises/kinds/*.js, where each kind adds itself to `kinds`.

const kinds = {};
let drawn = 0;
const page = Math.random().toString(36).slice(2); // each widget has its own copy of this module

function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name === "class") element.className = value;
    else if (name in element && name !== "list" && name !== "role") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// *word* is emphasis, a blank line makes a paragraph; nothing else is ever read as markup.
function rich(text) {
  const said = document.createDocumentFragment();
  const paragraphs = String(text ?? "").split(/\n\s*\n/);
  for (const paragraph of paragraphs) {
    const parts = paragraph.split(/\*([^*\n]+)\*/).map((part, n) => (n % 2 ? h("em", {}, part) : part));
    if (paragraphs.length > 1) said.append(h("p", {}, ...parts));
    else said.append(...parts);
  }
  return said;
}

const fill = (text, fields) => String(text ?? "").replace(/\{(\w+)\}/g, (all, name) => fields[name] ?? all);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// "Run all" leaves the reader at the end of the page. When that is how a page was started, bring them back to its beginning.
function backToStart(keeper) {
  const session = keeper.context.sessionContext;
  let timer;
  const settle = () => {
    clearTimeout(timer);
    if (session.session?.kernel?.status === "idle") timer = setTimeout(arrive, 600); // between two cells it is idle for less
  };
  const arrive = () => {
    session.statusChanged.disconnect(settle);
    const shown = [...keeper.members].flatMap((member) => [...member.views]).find((view) => view.el.isConnected);
    const notebook = keeper.members.size > 3 ? shown?.el.closest(".jp-Notebook") : null;
    if (!notebook?.querySelector(".jp-Cell:last-child.jp-mod-active")) return; // started by hand, cell by cell
    const first = notebook.querySelector(".jp-Cell");
    for (const kind of ["mousedown", "mouseup"]) first.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
    (notebook.querySelector(".jp-WindowedPanel-outer") ?? notebook).scrollTop = 0;
  };
  session.statusChanged.connect(settle);
}

// What a widget is to the keeper: it takes answers that come from elsewhere and gives its own at once when asked.
class Member {
  constructor(model) {
    this.model = model;
    this.qid = model.get("qid");
    this.views = new Set();
    for (const name of ["t", "tries"]) model.on(`change:${name}`, () => { if (!this.setting) this.fromPython(); });
    this.join();
  }

  get spec() { return this.model.get("spec"); }
  get answer() { return { value: this.model.get("value") ?? null, t: this.model.get("t"), tries: this.model.get("tries") }; }
  get value() { return this.pending ? this.pending.value : this.answer.value; }
  get now() { return Math.max(Date.now() / 1000, this.answer.t + 0.001); } // newer than what it replaces, whatever the clocks say

  get state() {
    if (this.spec.kind === "code") return "cell";
    if (this.pending) return "storing";
    if (this.keeper) return this.keeper.state(this.qid);
    return this.value === null ? "empty" : "kernel";
  }

  tell() { for (const view of this.views) view.status(); }

  join() {
    const keeper = keeperOf(this.model);
    if (!keeper || keeper === this.keeper) return;
    this.keeper = keeper;
    if (!keeper.members.size) backToStart(keeper);
    keeper.members.add(this);
    const stored = keeper.known.get(this.qid);
    if (later(this.answer, stored)) this.fromPython();
    else if (later(stored, this.answer)) this.take(stored);
    this.watchCell();
  }

  leave() {
    this.flush();
    this.keeper?.members.delete(this);
  }

  fromPython() {
    if (this.keeper && this.answer.t > 0 && later(this.answer, this.keeper.known.get(this.qid))) {
      this.keeper.put(this.qid, this.answer, this, GRACE);
    }
    this.redraw();
  }

  take({ value, t, tries }) {
    clearTimeout(this.timer);
    this.pending = null;
    const other = !same(value, this.answer.value);
    this.set(value, t, tries);
    if (other) this.redraw();
  }

  set(value, t, tries) {
    this.setting = true;
    const where = this.keeper && !this.keeper.readOnly ? "notebook" : "kernel";
    for (const [name, now] of Object.entries({ value, t, tries, where })) this.model.set(name, now);
    this.setting = false;
    try {
      this.model.save_changes();
    } catch (error) {
      console.warn("jejaring: no kernel hears", error); // the page stores the answer all the same
    }
    this.tell();
  }

  redraw(except) {
    for (const view of this.views) if (view !== except) view.renew();
  }

  change(value, typing, from) {
    this.pending = { value, from };
    clearTimeout(this.timer);
    if (typing) this.timer = setTimeout(() => this.flush(), PAUSE);
    else this.flush();
    this.tell();
  }

  flush() {
    this.readCell();
    if (!this.pending) return;
    const { value, from } = this.pending;
    clearTimeout(this.timer);
    this.pending = null;
    if (!same(value, this.answer.value)) {
      this.set(value, this.now, this.answer.tries);
      this.keeper?.put(this.qid, this.answer, this);
      this.redraw(from);
    }
    this.tell();
  }

  // ---- an essay also stands in the Markdown cell of its name, where it can be read and written by hand

  isMine(type, nbgrader) { return this.spec.kind === "essay" && type === "markdown" && nbgrader?.grade_id === this.qid; }

  get text() { return this.keeper.known.get(this.qid)?.value || this.spec.stub; }

  watchCell() {
    const { cells } = this.keeper.context.model;
    for (let n = 0; n < cells.length && !this.cell; n++) {
      const cell = cells.get(n);
      if (this.isMine(cell.type, cell.getMetadata("nbgrader"))) this.cell = cell.sharedModel;
    }
    this.readCell();
    this.written();
    this.cell?.changed.connect(() => {
      clearTimeout(this.reading);
      this.reading = setTimeout(() => this.readCell(), PAUSE);
    });
  }

  readCell() {
    const text = this.cell?.getSource().trim();
    if (!text || text === this.spec.stub.trim() || text === this.text.trim() || this.pending) return;
    this.take({ value: this.cell.getSource(), t: this.now, tries: 0 });
    this.keeper.put(this.qid, this.answer, this);
  }

  written() {
    if (this.cell && this.keeper.known.has(this.qid) && this.cell.getSource() !== this.text) this.cell.setSource(this.text);
  }

  addTo(cells) {
    if (!this.keeper.known.has(this.qid)) return;
    for (const cell of cells) if (this.isMine(cell.cell_type, cell.metadata?.nbgrader)) cell.source = this.text;
  }
}

class View {
  constructor(member, el) {
    this.member = member;
    this.model = member.model;
    this.el = el;
    this.name = `jj-${page}-${++drawn}`;
    el.classList.add("jj-exercise");
    el.dataset.qid = member.qid;
    // JupyterLab's command-mode keys (d d deletes the cell, arrows leave it) must not fire in here; its chords may
    el.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation(); });
    el.addEventListener("focusout", () => member.flush());
    this.draw();
  }

  get spec() { return this.model.get("spec"); }
  get words() { return this.spec.words; }

  // The answer is another one: a kind that can take it in does so, all others are drawn anew.
  renew() {
    if (!this.hand?.renew) return this.draw();
    this.hand.renew();
    this.status();
  }

  leave() { this.hand?.leave?.(); }

  draw() {
    this.leave();
    const { spec, words } = this;
    const focused = this.el.contains(document.activeElement);
    const body = h("div", { class: "jj-body" });
    this.line = h("div", { class: "jj-status", role: "status" });
    this.voice = h("div", { class: "jj-voice", role: "status" }); // its own, or "stored" would cut it short
    this.said = h("div", { class: "jj-feedback", role: "status" });
    this.explained = h("div", { class: "jj-explained" });
    this.button = null;
    const foot = h("div", { class: "jj-foot" });
    if (spec.mode === "lesson" && spec.checks) {
      this.button = h("button", { type: "button", class: "jj-button", onclick: () => this.ask() }, words.check);
      foot.append(this.button);
    }
    foot.append(this.line, this.voice);
    const points = spec.points === null || spec.points === undefined ? null
      : h("span", { class: "jj-worth" }, fill(words.points, { points: spec.points }));
    const prompt = h("legend", { class: "jj-prompt" }, rich(spec.prompt), points);
    const inside = spec.wait ? h("p", { class: "jj-note" }, spec.wait) : body;
    this.el.replaceChildren(h("fieldset", {}, prompt, inside), ...(spec.wait ? [] : [foot, this.said, this.explained]));
    this.hand = spec.wait ? null : kinds[spec.kind](this.api(body), body) ?? {};
    this.status();
    this.feedback();
    if (focused) this.hand?.focus?.();
  }

  api() {
    const view = this;
    return {
      model: this.model,
      spec: this.spec,
      words: this.words,
      h,
      rich,
      get value() { return view.member.value; },
      change: (value) => view.change(value),
      uid: (name) => `${this.name}-${name}`,
      say: (text) => { this.voice.textContent = text; },
      remark: (element, remark) => this.remark(element, remark),
    };
  }

  // A remark beside an item: right or wrong in a word, then why. Nothing given: emptied.
  remark(element, remark) {
    element.replaceChildren();
    delete element.dataset.right;
    if (!remark) return;
    const verdict = remark.right ? this.words.right : remark.partly ? this.words.partly : this.words.wrong;
    element.dataset.right = String(remark.right);
    element.append(h("span", { class: "jj-verdict" }, `${remark.right ? "\u2713" : remark.partly ? "\u25d0" : "\u2717"} ${verdict}`));
    if (remark.text) element.append(" ", rich(remark.text));
  }

  change(value) {
    const focus = document.activeElement;
    const typing = this.el.contains(focus) && focus.matches("textarea, input:not([type=radio], [type=checkbox], [type=range])");
    this.stale = true;
    this.said.replaceChildren();
    this.member.change(value, typing, this);
  }

  // ---- what the page says

  status() {
    const { words } = this;
    const { state } = this.member;
    this.el.dataset.state = state;
    const text = {
      empty: words.unanswered,
      storing: words.saving,
      stored: words.stored,
      failed: words.not_stored,
      kernel: words.known_to_python,
      readonly: words.read_only,
      cell: words.in_cell,
    }[state];
    const { answered, total } = this.count();
    const counted = total > 1 && state !== "empty" ? `${fill(words.answered, { answered, total })} · ` : "";
    const said = counted + text;
    if (this.line.textContent !== said) this.line.textContent = said;
    this.button?.toggleAttribute("disabled", this.member.value === null);
  }

  // How many of its items are answered, by the shape of the answer.
  count() {
    const { value } = this.member;
    const total = this.spec.total ?? 1;
    const filled = (part) => part !== null && part !== undefined && part !== "" && part.length !== 0;
    if (!isTable(value)) return { answered: filled(value) ? total : 0, total };
    const facets = this.spec.facets?.length ?? 1; // an item counts once it has a class in each
    const full = (part) => (isTable(part) ? Object.values(part).filter(filled).length >= facets : filled(part));
    return { answered: Math.min(total, Object.values(value).filter(full).length), total };
  }

  // ---- lessons: check

  ask() {
    const { member, model, words } = this;
    member.flush();
    const kernel = member.keeper?.context.sessionContext.session?.kernel;
    if (member.keeper && (!kernel || kernel.status === "dead")) return this.answer(words.no_kernel);
    model.set("asked", model.get("asked") + 1);
    model.save_changes();
    this.answer(words.checking);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.answer(kernel?.status === "busy" ? words.kernel_busy : words.no_kernel), 3000);
  }

  answer(text) { this.said.replaceChildren(h("p", {}, text)); }

  feedback(fresh = false) {
    const feedback = this.model.get("feedback");
    if (fresh) {
      clearTimeout(this.waiting);
      this.stale = false;
    }
    if (!this.hand || this.stale) return;
    this.said.replaceChildren(...(feedback.message ? [h("p", {}, rich(feedback.message))] : []));
    if (feedback.message) this.hand.feedback?.(feedback.items ?? {}, feedback.extra ?? {});
    this.explained.replaceChildren(...(feedback.explain
      ? [h("p", { class: "jj-caption" }, this.words.explanation), h("div", {}, rich(feedback.explain))] : []));
  }
}

export default () => {
  let member;
  return {
    initialize({ model }) {
      member = new Member(model);
      return () => member.leave();
    },
    render({ model, el }) {
      member.join(); // the document may not have been ready before
      const view = new View(member, el);
      const redraw = () => view.draw();
      const feedback = () => view.feedback(true);
      model.on("change:spec", redraw);
      model.on("change:feedback", feedback);
      member.views.add(view);
      member.tell();
      return () => {
        model.off("change:spec", redraw);
        model.off("change:feedback", feedback);
        member.flush();
        member.views.delete(view);
        view.leave();
      };
    },
  };
};
