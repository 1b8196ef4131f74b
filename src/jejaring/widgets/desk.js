// The network desk: native controls around the map. The page holds the drawing and draws at once; Python, asked once at
// a time, checks and measures it. It is a widget of its own (desk_answer.js) or stands in an exercise (kinds/network.js).
const LONGEST_NAME = 60;
const MOST_PEOPLE = 1000;
const MOST_BYTES = 5_000_000;
const STORED = { people: 500, ties: 5000 };
const MOST_LISTED = 300; // ties in a list
const DEAD = 10_000; // ms after which nobody seems to be there; a large network takes some seconds

function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const filled = (text, fields) => String(text ?? "").replace(/\{(\w+)\}/g, (all, name) => fields[name] ?? all);

// Parts of the page: native, each with a name.
const part = (className, ...children) => element("div", { className }, ...children);
const text = (className, said = "") => element("p", { className }, said);

function button(said, act, extra = {}) {
  const made = element("button", { type: "button", className: "jj-desk-button", ...extra }, said);
  made.addEventListener("click", act);
  return made;
}

function select(act) {
  const made = element("select", {});
  made.addEventListener("change", () => act(made.value));
  return made;
}

function entered(act, properties) {
  const made = element("input", properties);
  made.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) act(); });
  return made;
}

function check(label, act) {
  const input = element("input", { type: "checkbox" });
  input.addEventListener("change", () => act(input.checked));
  return [input, element("label", { className: "jj-desk-check" }, input, element("span", {}, label))];
}

function group(label, ...children) {
  const heading = element("div", { className: "jj-desk-heading", role: "heading", "aria-level": 4 }, label);
  return element("div", { className: "jj-desk-group", role: "group", "aria-label": label }, heading, ...children);
}

class Desk {
  // `answer` stores what is drawn; `may` says what can be done: { samples, file, directed, fixed, measured, given, alone }
  constructor(model, root, words, answer, may) {
    this.model = model;
    this.keeper = answer;
    this.words = words;
    this.may = may;
    this.id = `jj-desk-${++cyto.ids}`;
    this.network = new Network();
    this.names = {};
    this.asked = 0;
    this.wishes = [{ do: "hello", with: answer?.value ?? null }];
    this.look = {};
    this.build(root);
  }

  // ---- what it looks like

  build(root) {
    const { words, id, may } = this;
    const measures = this.buildMeasures(), redesign = this.buildRedesign(), downloads = this.buildDownloads();
    this.kept = element("div", { className: "jj-desk-kept", role: "status" });
    this.problem = element("div", { className: "jj-desk-problem", role: "alert" });
    this.hands = [this.buildSources(), part("jj-desk-body", this.buildMap(), this.buildTools())];
    for (const place of this.hands) place.inert = true; // until Python has said what lies here
    const [sources, body] = this.hands;
    const title = element("div", { className: "jj-panel-title", id: `${id}-title`, role: "heading", "aria-level": 3 }, words.title);
    this.section = element("section", { className: `jj-panel jj-desk ${may.alone ? "jj-live" : ""}`, "aria-label": words.title },
      ...(may.alone ? [title] : []), ...(may.samples || may.file ? [sources] : []), this.buildPrivacy(), this.problem, body,
      ...this.fold(may.measured ? [part("jj-desk-results", ...measures), part("jj-desk-results", redesign, downloads)] : [downloads]), this.kept);
    // JupyterLab's command-mode keys (d d deletes the cell, arrows leave it) must not fire in here; its chords may.
    this.section.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    });
    root.append(this.section);
    this.map = new NetworkMap(this.canvas, {
      choose: (person) => this.choose(person),
      chooseTie: (tied) => this.chooseTie(tied),
      add: (place) => this.add("", place),
      tie: (one, other) => this.tie(one, other, this.network.between(one, other)?.strength ?? 1),
      wait: (person) => this.say(filled(words.from_here, { name: this.called(person) })),
      moved: (person, place) => this.moved(person, place),
    });
    this.refresh();
  }

  // In an exercise the drawing comes first; what is measured stands folded below it, open where it compares with what was given.
  fold(results) {
    const { alone, measured, given } = this.may;
    if (alone || !measured) return results;
    return [element("details", { className: "jj-desk-more", open: given }, element("summary", {}, this.words.more), ...results)];
  }

  field(name, label, control) {
    control.id = `${this.id}-${name}`;
    return part("jj-desk-field", element("label", { htmlFor: control.id }, label), control);
  }

  buildSources() {
    const { words, id } = this;
    this.source = select((name) => { if (name !== "csv") this.wish("load", name); });
    this.file = element("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain", "aria-describedby": `${id}-file-hint` });
    this.file.addEventListener("change", () => this.open());
    this.relation = select((name) => this.wish("relation", name));
    this.relationField = this.field("relation", words.relation, this.relation);
    const source = this.field("source", words.source, this.source);
    return part("jj-desk-sources", ...(this.may.samples ? [source] : []), this.relationField,
      element("label", { className: "jj-desk-button jj-desk-file" }, element("span", {}, words.file), this.file),
      element("small", { id: `${id}-file-hint` }, words.file_hint));
  }

  buildPrivacy() {
    const [real, field] = check(this.words.real_names, (on) => this.wish("names", on));
    this.real = real;
    this.law = text("jj-desk-law");
    this.privacy = part("jj-desk-privacy", field, this.law);
    return this.privacy;
  }

  buildMap() {
    const { words } = this;
    this.canvas = element("div", { className: "jj-desk-map", tabIndex: 0, role: "application", "aria-label": words.map });
    this.canvas.append(element("span", { className: "jj-desk-accent" })); // its colour is read by the map
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.mode = button(words.tie_mode, () => this.toggleMode(), { "aria-pressed": "false" });
    this.undoButton = button(words.undo, () => this.undo());
    const sign = (mark, label, act) => button(mark, act, { "aria-label": label, title: label, className: "jj-desk-button jj-desk-sign" });
    const zoom = part("jj-desk-zoom", sign("−", words.zoom_out, () => this.map.zoom(0.8)),
      sign("+", words.zoom_in, () => this.map.zoom(1.25)), sign("⤢", words.fit, () => this.fit()));
    const bar = part("jj-desk-bar", this.mode, this.undoButton, button(words.arrange, () => this.wish("arrange")), zoom);
    this.status = element("div", { className: "jj-desk-status", role: "status" });
    this.groups = text("jj-desk-groups");
    this.legend = text("jj-desk-legend");
    this.hint = text("jj-desk-hint", this.hints);
    this.count = text("jj-desk-count");
    return part("jj-desk-view", this.canvas, bar, this.status, this.count, this.groups, this.legend, this.hint);
  }

  get hints() { return this.may.fixed ? this.words.hint_fixed : this.words.hint; }

  buildTools() {
    const { words, may } = this;
    const quiet = { className: "jj-desk-button jj-desk-quiet" };
    return part("jj-desk-tools", this.buildPeople(), this.buildTies(), may.given
      ? button(words.restart, () => this.wish("load", "given"), quiet)
      : button(words.clear, () => this.clear(), quiet));
  }

  buildPeople() {
    const { words } = this;
    const named = { type: "text", maxLength: LONGEST_NAME, autocomplete: "off", spellcheck: false };
    const add = () => this.add(this.newName.value), rename = () => this.rename(this.chosen, this.name.value);
    this.newName = entered(add, named);
    this.people = select((value) => this.choose(value || null));
    this.name = entered(rename, named);
    this.renameButton = button(words.rename, rename);
    this.removeButton = button(words.remove_person, () => this.remove(this.chosen));
    const pick = this.field("people", words.pick_person, this.people);
    if (this.may.fixed) return group(words.person, pick);
    return group(words.person, part("jj-desk-row", this.field("new", words.new_person, this.newName), button(words.add, add)),
      pick, part("jj-desk-row", this.field("name", words.new_name, this.name), this.renameButton, this.removeButton));
  }

  buildTies() {
    const { words } = this;
    const tie = () => this.tie(this.from.value, this.to.value, this.strength.value);
    this.from = select(() => this.ends());
    this.to = select(() => this.ends());
    this.strength = entered(tie, { type: "text", inputMode: "decimal", value: "1", autocomplete: "off", size: 4 });
    this.tieButton = button(words.make_tie, tie);
    this.cutButton = button(words.cut_tie, () => this.cut(this.network.between(this.from.value, this.to.value)?.id));
    this.ties = select((value) => this.chooseTie(value));
    const [directed, field] = check(words.directed, (on) => this.turn(on));
    this.directed = directed;
    return group(words.tie,
      part("jj-desk-row jj-desk-ends", this.field("from", words.from, this.from), this.field("to", words.to, this.to)),
      part("jj-desk-row", this.field("strength", words.strength, this.strength), this.tieButton, this.cutButton),
      this.field("ties", words.ties, this.ties), ...(this.may.directed === null ? [field] : []));
  }

  buildMeasures() {
    const { words } = this;
    this.measure = select((value) => this.see({ measure: value }));
    this.meaning = text("jj-desk-meaning");
    this.reading = element("p", { className: "jj-desk-reading", "aria-live": "polite" });
    this.table = part("jj-desk-table");
    this.whole = element("dl", { className: "jj-desk-numbers" });
    const [, brokers] = check(words.brokers, (on) => this.see({ brokers: on }));
    const measures = part("jj-desk-measures", this.field("measure", words.measure, this.measure), this.meaning, brokers, this.table, this.reading);
    return [measures, group(words.whole, this.whole)];
  }

  buildRedesign() {
    const { words, id } = this;
    this.freezeButton = button(words.freeze, () => this.wish(this.state?.frozen ? "thaw" : "freeze"));
    this.backButton = button(words.back, () => this.wish("back"));
    this.suggestCount = select(() => {});
    for (const count of [1, 2, 3, 4, 5]) this.suggestCount.append(new Option(String(count), count));
    const suggest = button(words.suggest, () => this.wish("suggest", Number(this.suggestCount.value)), { "aria-describedby": `${id}-suggest-note` });
    this.compared = part("jj-desk-compared");
    return group(words.redesign, text("jj-desk-meaning", words.redesign_hint),
      part("jj-desk-row", this.freezeButton, this.backButton),
      part("jj-desk-row", this.field("suggest", words.suggest_count, this.suggestCount), suggest),
      element("small", { id: `${id}-suggest-note` }, words.suggest_note), this.compared);
  }

  buildDownloads() {
    const { words } = this;
    return group(words.download, part("jj-desk-row",
      button(words.download_csv, () => this.wish("download", "csv")),
      button(words.download_graphml, () => this.wish("download", "graphml")),
      button(words.download_png, () => this.png())));
  }

  // The map needs a size: a detached or hidden cell has none.
  async start() {
    const cytoscape = await cyto.ready;
    await new Promise((ok) => {
      const sized = new ResizeObserver(() => {
        if (!this.canvas.clientWidth || !this.canvas.clientHeight) return;
        sized.disconnect();
        ok();
      });
      sized.observe(this.canvas);
    });
    if (this.gone) return;
    this.map.start(cytoscape);
    let width = this.canvas.clientWidth; // drawing may change it: what is beside the map gets its room then
    this.fit();
    this.canvas.dataset.drawn = 1;
    this.dressed = new MutationObserver(() => requestAnimationFrame(() => this.map.dress()));
    this.dressed.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
    this.sized = new ResizeObserver(() => {
      if (!this.canvas.clientWidth || this.canvas.clientWidth === width) return;
      width = this.canvas.clientWidth;
      this.fit();
    });
    this.sized.observe(this.canvas);
  }

  leave() {
    this.gone = true;
    clearTimeout(this.patience);
    clearTimeout(this.slow);
    this.dressed?.disconnect();
    this.sized?.disconnect();
    this.map.cy?.destroy();
  }

  // ---- what it says

  label(person) { return (person.key && this.names[person.name]) || person.name; }
  called(id) { const person = this.network.person(id); return person ? this.label(person) : ""; }

  say(text) {
    this.status.textContent = text;
    this.problem.replaceChildren();
  }

  refuse({ text, list = [] }) {
    this.status.textContent = "";
    const lines = list.map(([place, trouble]) => element("li", {}, ...(place ? [element("b", {}, `${place}: `)] : []), trouble));
    this.problem.replaceChildren(element("p", {}, text), ...(lines.length ? [element("ul", {}, ...lines)] : []));
  }

  fit() { this.map.fit(this.network, (person) => this.label(person)); }

  number(value) { return String(Math.round(value * 1000) / 1000).replace(".", this.words.decimal); }

  stored() {
    const { words, keeper } = this;
    if (!keeper) return;
    const said = { storing: words.storing, stored: words.stored, failed: words.not_stored, kernel: words.kernel_only, readonly: words.kernel_only };
    const text = this.tooLarge ? words.too_large_to_store : said[keeper.state] ?? "";
    if (this.kept.textContent !== text) this.kept.textContent = text;
    this.section.dataset.state = this.tooLarge ? "large" : keeper.state;
  }

  // ---- asking Python: one question is under way at a time

  wish(name, what = null, buffers) {
    this.wishes.push({ do: name, with: what, buffers });
    this.ask();
  }

  see(look) {
    Object.assign(this.look, look);
    this.looked = true;
    this.ask();
  }

  changed() {
    this.dirty = true;
    this.ask();
    this.store();
  }

  get drawn() { return this.keeper.of(this.network.answer()); }

  store() {
    if (!this.keeper) return;
    this.tooLarge = this.network.people.length > STORED.people || this.network.ties.length > STORED.ties;
    if (!this.tooLarge) this.keeper.change(this.drawn);
    this.stored();
  }

  // A newer answer than the one drawn here came from elsewhere.
  renew() {
    if (JSON.stringify(this.drawn) !== JSON.stringify(this.keeper.value)) this.wish("hello", this.keeper.value);
  }

  ask() {
    if (this.waiting || !(this.dirty || this.looked || this.wishes.length)) return;
    const { buffers, ...wish } = this.wishes.shift() ?? {};
    const message = { asked: `${this.id} ${++this.asked}`, ...this.look, person: this.network.person(this.chosen)?.name ?? null, ...wish };
    if (this.dirty) message.network = this.network.page();
    this.waiting = message.asked;
    this.dirty = this.looked = false;
    try {
      this.model.send(message, undefined, buffers);
    } catch (error) {
      console.warn("jejaring: no kernel hears", error);
    }
    clearTimeout(this.patience);
    clearTimeout(this.slow);
    this.slow = setTimeout(() => this.section.classList.add("jj-desk-slow"), 250);
    this.slowSaid = setTimeout(() => { this.reading.textContent = this.words.computing; }, 700);
    this.patience = setTimeout(() => {
      this.late = true; // an answer that comes after all is taken
      this.refuse({ text: this.words.dead });
    }, DEAD);
  }

  heard(message) {
    if (!this.waiting || message?.answered !== this.waiting) return;
    for (const place of this.hands) place.inert = false;
    clearTimeout(this.patience);
    clearTimeout(this.slow);
    clearTimeout(this.slowSaid);
    this.section.classList.remove("jj-desk-slow");
    this.waiting = null;
    if (this.late) this.problem.replaceChildren();
    this.late = false;
    this.names = message.names ?? {};
    if (message.network && !(message.fresh && this.dirty)) this.replace(message, message.fresh); // what was edited since is newer
    if (message.places) this.arrange(message.places);
    this.report = message.report;
    this.state = message.state;
    if (message.add) this.addTies(message.add);
    if (message.said) this.say(message.said);
    if (message.problem) this.refuse(message.problem);
    if (message.file) this.save(message.file.name, new Blob([message.file.text], { type: "text/plain;charset=utf-8" }));
    this.refresh();
    this.section.dataset.answered = (Number(this.section.dataset.answered) || 0) + 1;
    this.ask();
  }

  replace({ network }, fresh) {
    if (!fresh) this.network.keep();
    this.network.load(network);
    this.chosen = null;
    this.map.choose(null);
    this.map.sizes = [];
    this.map.marks = new Map();
    this.fit();
    if (!fresh) this.store();
  }

  arrange(places) {
    this.network.keep();
    for (const person of this.network.people) if (places[person.name]) [person.x, person.y] = places[person.name];
    this.fit();
  }

  addTies(pairs) {
    const id = new Map(this.network.people.map((person) => [person.name, person.id]));
    this.network.keep();
    for (const [one, other] of pairs) this.network.ties.push(this.network.make(id.get(one), id.get(other), 1));
    this.changed();
  }

  // ---- edits: each is drawn at once, can be undone, and is then told to Python

  edit(change) {
    this.network.keep();
    change();
    this.edited();
  }

  edited() {
    this.refresh();
    this.changed();
  }

  free(name, except) {
    const plain = name.toLocaleLowerCase();
    return !this.network.people.some((person) => person.id !== except && person.name.toLocaleLowerCase() === plain);
  }

  // A name that can be used, or null and the reason said.
  proper(text, except) {
    const name = text.normalize("NFC").replace(/\p{C}/gu, "").split(/\s+/).filter(Boolean).join(" ");
    const trouble = !name ? this.words.name_needed
      : name.length > LONGEST_NAME ? filled(this.words.name_long, { most: LONGEST_NAME })
      : this.free(name, except) ? null : filled(this.words.name_taken, { name });
    if (trouble) this.refuse({ text: trouble });
    return trouble ? null : name;
  }

  add(text, place) {
    const { network, words } = this;
    if (this.may.fixed) return this.say(words.people_fixed);
    if (network.people.length >= MOST_PEOPLE) return this.refuse({ text: filled(words.full, { most: MOST_PEOPLE }) });
    let name = text;
    for (let n = network.people.length + 1; place && (!name || !this.free(name)); n++) name = filled(words.default_name, { n });
    name = this.proper(name);
    if (!name) return this.newName.focus();
    const id = `p${++network.count}`;
    this.chosen = id;
    this.chosenTie = null;
    this.map.choose(id);
    const first = !network.people.length;
    this.edit(() => network.people.push({ id, name, ...(place ?? this.map.room(network)), group: "", key: "" }));
    if (first && !place) this.fit();
    this.newName.value = "";
    this.say(filled(words.added, { name }));
    if (!place) return;
    this.name.focus(); // and can be named at once
    this.name.select();
  }

  rename(id, text) {
    const person = this.network.person(id);
    const name = person && this.proper(text, id);
    if (!name || name === person.name) return;
    const was = this.label(person);
    this.edit(() => Object.assign(person, { name }));
    this.say(filled(this.words.renamed, { was, name }));
  }

  remove(id) {
    const person = this.network.person(id);
    if (!person) return;
    if (this.may.fixed) return this.say(this.words.people_fixed);
    const name = this.label(person);
    this.chosen = null;
    this.map.choose(null);
    this.edit(() => {
      this.network.people = this.network.people.filter((each) => each.id !== id);
      this.network.ties = this.network.ties.filter(({ from, to }) => from !== id && to !== id);
    });
    this.say(filled(this.words.removed, { name }));
  }

  tie(one, other, typed) {
    const { network, words } = this;
    const strength = Number(String(typed).trim().replace(",", "."));
    if (!network.person(one) || !network.person(other) || one === other) return this.refuse({ text: words.two_needed });
    if (!(strength > 0 && strength <= 1e6)) return this.refuse({ text: words.strength_needed });
    const known = network.between(one, other);
    if (known?.strength !== strength) this.edit(() => {
      if (known) known.strength = strength;
      else network.ties.push(network.make(one, other, strength));
    });
    this.chooseTie(network.between(one, other).id, false);
    this.say(filled(words.tied, { one: this.called(one), other: this.called(other), strength: this.number(strength) }));
  }

  cut(id) {
    const tie = this.network.ties.find((each) => each.id === id);
    if (!tie) return;
    this.chosenTie = null;
    this.map.choose(null);
    this.edit(() => { this.network.ties = this.network.ties.filter((each) => each !== tie); });
    this.say(filled(this.words.cut, { one: this.called(tie.from), other: this.called(tie.to) }));
  }

  turn(directed) {
    this.edit(() => this.network.turn(directed));
    this.say(directed ? this.words.now_directed : this.words.now_undirected);
  }

  clear() {
    if (!this.network.people.length) return;
    this.chosen = this.chosenTie = null;
    this.map.choose(null);
    this.edit(() => Object.assign(this.network, { people: [], ties: [] }));
    this.say(this.words.cleared);
    this.newName.focus();
  }

  moved(id, place) {
    this.network.keep();
    Object.assign(this.network.person(id), place);
    this.dirty = true;
    this.undoButton.disabled = false;
    this.ask();
  }

  undo() {
    if (!this.network.undo()) return this.say(this.words.nothing_to_undo);
    if (!this.network.person(this.chosen)) this.choose(null, false);
    this.edited();
    this.say(this.words.undone);
  }

  // ---- choosing

  choose(id, speak = true) {
    this.chosen = id;
    this.chosenTie = null;
    this.map.choose(id);
    this.refresh();
    if (id && speak) this.say(filled(this.words.chosen, { name: this.called(id) }));
    if (id && speak) this.see({});
  }

  chooseTie(id, speak = true) {
    const tie = this.network.ties.find((each) => each.id === id);
    if (!tie) return;
    this.chosenTie = id;
    this.chosen = null;
    this.map.choose(id);
    [this.from.value, this.to.value, this.strength.value] = [tie.from, tie.to, this.number(tie.strength)];
    this.refresh();
    const fields = { one: this.called(tie.from), other: this.called(tie.to), strength: this.number(tie.strength) };
    if (speak) this.say(filled(this.words.chosen_tie, fields));
  }

  ends() {
    const known = this.network.between(this.from.value, this.to.value);
    if (known) this.strength.value = this.number(known.strength);
    this.tieButton.textContent = known ? this.words.set_tie : this.words.make_tie;
    this.cutButton.disabled = !known;
  }

  toggleMode() {
    const on = !this.map.linking;
    this.map.linking = on;
    this.mode.setAttribute("aria-pressed", String(on));
    this.hint.textContent = on ? this.words.hint_ties : this.hints;
    this.canvas.classList.toggle("jj-desk-linking", on);
  }

  key(event) {
    const { key } = event;
    const stop = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") {
      stop();
      return this.undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !this.map.cy) return;
    if (key === "Delete" || key === "Backspace") {
      stop();
      if (this.chosenTie) this.cut(this.chosenTie);
      else this.remove(this.chosen);
    } else if (key.startsWith("Arrow") && this.network.people.length) {
      stop();
      const person = this.network.person(this.chosen);
      if (!event.shiftKey || !person) return this.choose(this.map.towards(this.chosen, key));
      const step = { ArrowLeft: [-0.03, 0], ArrowRight: [0.03, 0], ArrowUp: [0, 0.04], ArrowDown: [0, -0.04] }[key];
      this.moved(person.id, { x: +(person.x + step[0]).toFixed(4), y: +(person.y + step[1]).toFixed(4) });
      this.map.sync(this.network, (each) => this.label(each));
    } else if (key === "Escape" && this.map.linking) {
      stop();
      this.toggleMode();
    }
  }

  // ---- files

  async open() {
    const file = this.file.files[0];
    this.file.value = ""; // the same file, mended, can be opened again
    if (!file) return;
    if (file.size > MOST_BYTES) return this.refuse({ text: this.words.file_large });
    this.say(this.words.computing);
    this.wish("csv", file.name, [await file.arrayBuffer()]);
  }

  save(name, blob) {
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async png() {
    if (!this.map.cy || !this.network.people.length) return;
    const name = `${this.words.png_name}.png`;
    this.save(name, await this.map.cy.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 4000, maxHeight: 4000, bg: this.map.theme().paper }));
    this.say(filled(this.words.saved, { name }));
  }

  // ---- showing what is

  refresh() {
    const { network, words, report = {}, state = {} } = this;
    const current = report.sizes?.length === network.people.length; // else it speaks of another network
    if (current) {
      this.map.sizes = report.sizes;
      this.map.marks = this.marked(report.brokers);
      this.map.fresh = this.freshTies(report.compare);
    }
    this.map.sync(network, (person) => this.label(person));
    this.lists();
    this.origin(state);
    this.undoButton.disabled = !network.past.length;
    this.directed.checked = network.directed;
    this.canvas.setAttribute("aria-description", report.twin ?? "");
    this.count.textContent = this.may.measured ? "" : report.twin ?? report.reading ?? "";
    if (current || !network.people.length) this.results(report);
    this.freezeButton.textContent = state.frozen ? words.thaw : words.freeze;
    this.backButton.hidden = !state.frozen;
    this.groups.replaceChildren(...groupsOf(network).map((name, at) => {
      const swatch = element("i", {});
      const { fill, border } = groupLook(at);
      Object.assign(swatch.style, { background: fill, borderStyle: border });
      return element("span", {}, swatch, name);
    }));
    const legend = [];
    if (report.brokers) legend.push(words.broker_between, words.broker_open, words.broker_both);
    if (this.map.fresh.size) legend.push(words.new_ties);
    this.legend.textContent = legend.join(" · ");
  }

  marked(brokers) {
    const marks = new Map();
    for (const at of brokers?.[0] ?? []) marks.set(at, "between");
    for (const at of brokers?.[1] ?? []) marks.set(at, marks.has(at) ? "both" : "open");
    return marks;
  }

  freshTies(compare) {
    const id = new Map(this.network.people.map((person) => [person.name, person.id]));
    return new Set((compare?.fresh ?? []).map(([one, other]) => this.network.between(id.get(one), id.get(other))?.id));
  }

  options(select, entries, value) {
    const key = JSON.stringify(entries);
    if (select.dataset.key !== key) {
      select.replaceChildren(...entries.map(([id, text]) => new Option(text, id)));
      select.dataset.key = key;
    }
    if (value !== undefined && select.value !== value) select.value = value;
  }

  lists() {
    const { network, words } = this;
    const people = network.people.map((person) => [person.id, this.label(person)]);
    const [from, to] = [this.from.value, this.to.value];
    this.options(this.people, [["", people.length ? words.nobody : words.none], ...people], this.chosen ?? "");
    for (const [end, was] of [[this.from, from], [this.to, to]]) this.options(end, people, network.person(was) ? was : undefined);
    if (this.chosen && this.chosen !== this.followed) this.from.value = this.chosen; // the likeliest next is a tie of theirs
    this.followed = this.chosen;
    if (this.to.value === this.from.value && people.length > 1) this.to.value = people.find(([id]) => id !== this.from.value)[0];
    const name = new Map(people);
    const sign = network.directed ? "→" : "–";
    const own = this.chosen ? network.ties.filter((tie) => tie.from === this.chosen || tie.to === this.chosen) : network.ties;
    const listed = own.slice(0, MOST_LISTED).map((tie) => [tie.id, `${name.get(tie.from)} ${sign} ${name.get(tie.to)} (${this.number(tie.strength)})`]);
    this.options(this.ties, [["", words.nobody], ...listed], this.chosenTie ?? "");
    this.section.querySelector(`label[for="${this.ties.id}"]`).textContent = this.chosen ? filled(words.ties_of, { name: this.called(this.chosen) }) : words.ties;
    const person = network.person(this.chosen);
    if (this.named !== `${person?.id} ${person?.name}`) this.name.value = person ? this.label(person) : "";
    this.named = `${person?.id} ${person?.name}`;
    for (const control of [this.name, this.renameButton, this.removeButton]) control.disabled = !person;
    this.ends();
  }

  origin(state) {
    const { words } = this;
    const samples = state.source === "csv" ? [...words.samples, ["csv", words.own_file]] : words.samples;
    this.options(this.source, samples, state.source ?? "empty");
    this.relationField.hidden = !state.relations?.length;
    if (state.relations?.length) this.options(this.relation, state.relations, state.relation);
    this.privacy.hidden = !state.coded;
    this.real.checked = Boolean(state.named);
    this.law.textContent = state.named ? words.law : words.hidden_names;
  }

  results(report) {
    const { words } = this;
    this.options(this.measure, report.measures ?? [], report.measure);
    this.meaning.textContent = report.meaning ? `${report.meaning} ${words.measure_note}` : "";
    this.reading.textContent = report.reading ?? "";
    this.whole.replaceChildren(...(report.numbers ?? []).map(([name, value, note]) =>
      element("div", note ? { title: note } : {}, element("dt", {}, name), element("dd", {}, value), ...(note ? [element("dd", { className: "jj-desk-note" }, note)] : []))));
    const focus = this.table.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const rows = (report.table ?? []).map(([at, rank, name, value]) => {
      const id = this.network.people[at]?.id;
      const pick = element("button", { type: "button", className: "jj-desk-pick" }, name);
      pick.dataset.at = at;
      pick.addEventListener("click", () => this.choose(id));
      return element("tr", { className: id === this.chosen ? "jj-desk-chosen" : "" }, element("td", {}, rank), element("th", { scope: "row" }, pick), element("td", {}, value));
    });
    this.table.replaceChildren(...(rows.length ? [this.tabled(words.highest, [words.rank, words.person, words.value], rows)] : []));
    if (focus) this.table.querySelector(`[data-at="${focus}"]`)?.focus();
    const compare = report.compare;
    const facts = (compare?.rows ?? []).map(([name, was, now]) => element("tr", { className: was === now ? "" : "jj-desk-differs" },
      element("th", { scope: "row" }, name), element("td", {}, was), element("td", {}, now)));
    this.compared.replaceChildren(...(compare ? [this.tabled(words.compared, [words.what, words.before, words.after], facts),
      element("p", { className: "jj-desk-reading", role: "status" }, compare.sentence)] : []));
  }

  tabled(caption, columns, rows) {
    return element("table", {}, element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...columns.map((text) => element("th", { scope: "col" }, text)))), element("tbody", {}, ...rows));
  }
}
