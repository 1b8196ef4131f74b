// The keeper of an open notebook's answers. It knows every answer that this page has met, writes them into the notebook's
// metadata, saves, and calls an answer stored only when a finished save contained exactly that answer.
// One keeper per document: every widget has its own copy of this module, so the keepers live on globalThis.

const HOME = "jejaring";
const PAUSE = 250; // ms between two saves, and of rest after a typed letter
const GRACE = 1000; // ms left to the page where somebody answered to save it first, before other pages of the notebook do
const AFTERMATH = 800; // ms after a save in which the kernel's copy of the answer has reached the notebook
const PATIENCE = 5000; // ms that another's save may take before it must be waiting for somebody to answer a dialog

const later = (a, b) => !b || a.t > b.t || (a.t === b.t && (a.tries ?? 0) > (b.tries ?? 0));
const isTable = (thing) => thing !== null && typeof thing === "object" && !Array.isArray(thing);
const isAnswer = (thing) => isTable(thing) && Number.isFinite(thing.t) && thing.t > 0 && "value" in thing;
const answersIn = (metadata) => {
  const answers = isTable(metadata?.[HOME]) && isTable(metadata[HOME].answers) ? metadata[HOME].answers : {};
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => isAnswer(answer)));
};

class Keeper {
  constructor(context) {
    this.context = context;
    this.known = new Map(); // exercise id -> the newest answer this page has met
    this.file = new Map(); // exercise id -> t of the answer that the file is sure to hold
    this.members = new Set(); // one per widget
    this.failures = 0;
    this.contents = context._manager?.contents; // there is no public way to look at the file; without it all is saved unlooked
    this.learn(this.inModel());
    if (!context.model.dirty) this.known.forEach(({ t }, qid) => this.file.set(qid, t));
    this.listen();
    if (this.waiting()) this.save(PAUSE); // the notebook was changed before the first exercise was drawn
  }

  // ---- what is known

  get readOnly() { return this.context.model.readOnly || this.context.contentsModel?.writable === false; }

  inModel() { return this.context.isDisposed ? {} : answersIn({ [HOME]: this.context.model.getMetadata(HOME) }); }

  waiting() { return [...this.known].some(([qid, { t }]) => this.file.get(qid) !== t); }

  state(qid) {
    const answer = this.known.get(qid);
    if (!answer) return "empty";
    if (this.readOnly) return "readonly";
    if (this.file.get(qid) === answer.t) return answer.value === null ? "empty" : "stored";
    return this.failures ? "failed" : "storing";
  }

  learn(answers, from) {
    for (const [qid, { value, t, tries }] of Object.entries(answers)) {
      if (!later({ t, tries }, this.known.get(qid))) continue;
      this.known.set(qid, { value, t, tries: tries ?? 0 });
      for (const member of this.members) if (member !== from && member.qid === qid) member.take(this.known.get(qid));
    }
  }

  put(qid, answer, from, wait = 0) {
    this.learn({ [qid]: answer }, from);
    this.write();
    this.channel?.postMessage({ path: this.context.path, answers: { [qid]: answer } });
    this.tell();
    this.save(wait);
  }

  // Put into the open notebook what is known; return what it holds then. Synchronous: whoever saves, saves it.
  write() {
    const { model } = this.context;
    if (this.context.isDisposed || this.readOnly) return new Map();
    const held = this.inModel();
    const news = [...this.known].filter(([qid, answer]) => later(answer, held[qid]));
    if (news.length) {
      const home = model.getMetadata(HOME);
      const answers = { ...held, ...Object.fromEntries(news) };
      model.setMetadata(HOME, { ...(isTable(home) ? home : {}), answers });
      for (const member of this.members) member.written();
    }
    return new Map(Object.entries(this.inModel()).map(([qid, { t }]) => [qid, t]));
  }

  gather() {
    for (const member of this.members) member.flush();
    return this.write();
  }

  tell() { for (const member of this.members) member.tell(); }

  // ---- saving

  save(wait = 0) {
    if (this.readOnly || this.context.isDisposed) return;
    const due = Math.max(Date.now() + wait, (this.ended ?? 0) + PAUSE);
    if (this.timer && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => { this.timer = 0; this.flush(); }, due - Date.now());
  }

  async flush() {
    if (this.busy || this.context.isDisposed) return;
    this.busy = true;
    this.refused = false; // a refused save puts up JupyterLab's own dialog, so it is not tried as often as looking is
    const before = this.failures;
    try {
      await this.alone(() => this.store());
      this.failures = 0;
    } catch (error) {
      console.warn("jejaring: not stored yet", error);
      this.failures = before + 1;
    }
    this.busy = false;
    this.ended = Date.now();
    if (this.context.isDisposed) return;
    this.tell();
    if (this.failures) this.save(Math.min(60, (this.refused ? 4 : 1) * 2 ** this.failures) * 1000);
    else if (this.waiting()) this.save();
    else this.follow();
  }

  // Two tabs of one browser store one after the other.
  async alone(act) {
    const name = `${HOME}:${this.address}:${this.context.path}`;
    return navigator.locks ? navigator.locks.request(name, act) : act();
  }

  async store() {
    const { context } = this;
    if (this.others) await Promise.race([this.others, pause(PATIENCE)]);
    const { path } = context;
    this.write();
    this.touched = false;
    if (await this.changedOnDisk(path)) return this.addTo(path);
    if (this.others) throw new Error("another save is still under way");
    const { held, broken } = await this.saveInTurn();
    if (context.path === path && !broken) held.forEach((t, qid) => this.file.set(qid, t));
  }

  // JupyterLab takes two saves at once for a conflict and asks which version to keep; so on this document they queue.
  takeTurns() {
    const { context } = this;
    const save = context.save.bind(context);
    let last = Promise.resolve();
    const inTurn = (act) => {
      const turn = last.then(act);
      last = turn.catch(() => {});
      return turn;
    };
    this.saveInTurn = () => inTurn(async () => {
      this.mine = { held: new Map(), broken: false };
      const { mine } = this;
      try {
        await save();
      } catch (error) {
        this.refused = true;
        throw error;
      } finally {
        this.mine = null;
      }
      return mine;
    });
    context.save = () => {
      const turn = inTurn(async () => {
        const held = this.gather();
        this.look(); // should it come to a dialog, its "Overwrite" must lose nobody's answer
        const saved = save();
        this.alone(() => Promise.race([saved.catch(() => {}), pause(PATIENCE)]));
        try {
          await saved;
        } finally {
          for (const [qid, { t }] of this.known) if (held.get(qid) !== t) this.file.delete(qid);
          if (this.others === settled) this.others = null;
          if (this.waiting()) this.save();
          this.tell();
        }
      });
      const settled = turn.catch(() => {});
      this.others = settled;
      return turn;
    };
  }

  // Whether somebody else wrote the file since this page read or saved it, judged as JupyterLab does before it asks what to do.
  async changedOnDisk(path) {
    if (!this.contents || this.context.model.collaborative) return false;
    let disk;
    try {
      disk = await this.contents.get(path, { content: false, hash: true });
    } catch (error) {
      if (error.response?.status !== 404) throw error;
      await pause(PAUSE); // in the middle of a renaming, or gone for good: then saving brings it back
      if (this.context.path !== path) throw error;
      return false;
    }
    const mine = this.context.contentsModel;
    if (mine?.hash && disk.hash) return mine.hash !== disk.hash;
    return Date.parse(disk.last_modified) - Date.parse(mine?.last_modified) > 500;
  }

  // Read the file and learn from it; what it lacks is not stored, whatever was said before.
  async read(path) {
    const { content } = await this.contents.get(path, { type: "notebook", format: "json", content: true });
    const held = answersIn(content.metadata);
    this.learn(held);
    this.write();
    for (const [qid, { t }] of this.known) held[qid]?.t === t ? this.file.set(qid, t) : this.file.delete(qid);
    return content;
  }

  // Somebody else wrote the file: add the answers to it and leave the rest as it is, so that nobody has to choose between
  // two versions because of an answer. The server writes in place, and two machines can write at once: hence read it back.
  async addTo(path) {
    const content = await this.read(path).catch((error) => {
      if (error.response?.status !== 400 || this.failures < 2) throw error;
      return this.context.model.toJSON(); // damaged beyond reading, and not just being written: this page's version mends it
    });
    const held = answersIn(content.metadata);
    const news = [...this.known].filter(([qid, answer]) => later(answer, held[qid]));
    if (!this.failures && !news.length) return;
    const home = isTable(content.metadata[HOME]) ? content.metadata[HOME] : {};
    content.metadata[HOME] = { ...home, answers: { ...held, ...Object.fromEntries(news) } };
    for (const member of this.members) member.addTo(content.cells);
    await this.contents.save(path, { type: "notebook", format: "json", content });
    await pause(Math.random() * PAUSE);
    await this.read(path);
    if (this.context.path === path && this.waiting()) throw new Error("the file does not hold what was written");
  }

  async look() {
    if (this.context.isDisposed || this.readOnly) return;
    const { path } = this.context;
    try {
      if (await this.changedOnDisk(path)) await this.read(path);
      if (this.failures || this.waiting()) this.save();
    } catch {
      return; // the server is away; what waits is tried again anyway
    }
    this.tell();
  }

  // A moment later the kernel's copy of the answer has changed the notebook again: save that too, or leaving would ask.
  // And look whether somebody else wrote over it in the meantime.
  follow() {
    clearTimeout(this.second);
    this.second = setTimeout(() => (this.touched && !this.others ? this.flush() : this.look()), AFTERMATH);
  }

  // ---- what happens around it

  listen() {
    const { context } = this;
    this.address = this.contents?.serverSettings?.baseUrl ?? "";
    const saving = (_, state) => this.saving(state);
    const changed = () => this.modelChanged();
    const touched = () => { this.touched = true; };
    const moved = () => { this.file.clear(); this.tell(); this.save(); };
    context.saveState.connect(saving);
    context.model.metadataChanged.connect(changed);
    context.model.contentChanged.connect(touched);
    context.pathChanged.connect(moved);

    const leaving = new AbortController();
    const on = (target, event, act) => target.addEventListener(event, act, { signal: leaving.signal });
    const flush = () => { for (const member of this.members) member.flush(); if (this.waiting()) this.save(); };
    on(window, "focus", () => this.look());
    on(window, "online", () => this.look());
    on(window, "pagehide", flush);
    on(document, "visibilitychange", () => (document.hidden ? flush() : this.look()));
    if (globalThis.BroadcastChannel) {
      this.channel = new BroadcastChannel(`${HOME}:${this.address}`);
      on(this.channel, "message", ({ data }) => {
        if (data.path !== context.path) return;
        this.learn(Object.fromEntries(Object.entries(data.answers).filter(([, answer]) => isAnswer(answer))));
        this.write();
        this.save(GRACE);
        this.tell();
      });
    }
    this.takeTurns();
    context.disposed.connect(() => {
      leaving.abort();
      this.channel?.close();
      clearTimeout(this.timer);
      clearTimeout(this.second);
    });
  }

  // Whoever saves, saves all answers.
  saving(state) {
    if (state !== "started") return;
    const held = this.gather();
    this.touched = false;
    if (this.mine) this.mine.held = held;
  }

  // Reverted to the file, restored from a checkpoint, or changed by another person in the same document.
  modelChanged() {
    const held = this.inModel();
    this.learn(held);
    for (const [qid, { t }] of this.known) {
      if (held[qid]?.t === t) continue;
      this.file.delete(qid);
      if (this.mine) this.mine.broken = true;
    }
    if (this.waiting()) this.save(PAUSE);
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const keepers = (globalThis[Symbol.for("jejaring.keepers.1")] ??= new WeakMap());

// The open document, or null: VS Code hands out a dummy one, a console none.
function documentOf(model) {
  try {
    const { context } = model.widget_manager;
    const { cells, metadataChanged } = context.model;
    return context.isReady && context.path.endsWith(".ipynb") && cells.length > 0 && metadataChanged ? context : null;
  } catch {
    return null;
  }
}

function keeperOf(model) {
  const context = documentOf(model);
  if (!context) return null;
  if (!keepers.has(context)) keepers.set(context, new Keeper(context));
  return keepers.get(context);
}
