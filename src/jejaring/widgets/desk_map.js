// The map of the network desk, drawn by cytoscape.js, which comes packed and once per page: the first desk asks its kernel.
const cyto = (globalThis.jejaringCytoscape ??= (() => {
  let arrived;
  const ready = new Promise((resolve) => (arrived = resolve));
  return { ready, arrived, here: false, asked: new Set(), ids: 0 };
})());

async function unpackCytoscape(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  const source = await new Response(stream).text();
  const module = { exports: {} };
  // A module loader on the page must not catch it: no `define` in its scope.
  new Function("module", "exports", "define", source)(module, module.exports, undefined);
  return module.exports;
}

function fetchCytoscape(model, kernel) {
  if (cyto.here || cyto.asked.has(kernel)) return;
  cyto.asked.add(kernel);
  model.on("msg:custom", async (message, buffers) => {
    if (message?.cytoscape !== "gzip" || cyto.here) return;
    cyto.here = true;
    cyto.arrived(await unpackCytoscape(buffers[0]));
  });
  model.send({ need: "cytoscape" });
}

const MANY = 60; // people above whom only some names are written
const NAMED = 16; // of so many
// Okabe and Ito's colours; a group also has its own kind of border, brokers their own shape.
const FILLS = ["#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#F0E442", "#8C8C8C"];
const BORDERS = ["solid", "dashed", "double", "dotted", "solid", "dashed"];
const SHAPES = { none: "ellipse", between: "diamond", open: "rectangle", both: "star" };

// Circles and letters shrink as the crowd grows.
const scale = (count, width) => Math.max(0.28, Math.min(1, Math.sqrt((26 / Math.max(1, count)) * (width / 560))));

const groupsOf = (network) => [...new Set(network.people.map((person) => person.group).filter(Boolean))].sort();
const groupLook = (at) => ({ fill: FILLS[at % FILLS.length], border: BORDERS[at % BORDERS.length] });

function look(theme) {
  return [
    { selector: "node", style: {
      "width": "data(size)", "height": "data(size)", "shape": "data(shape)",
      "background-color": "data(fill)", "border-width": "data(edge)", "border-color": theme.ink, "border-style": "data(border)",
      "label": "data(label)", "color": theme.ink, "font-size": "data(letters)", "font-family": theme.font,
      "text-valign": "bottom", "text-margin-y": 3, "text-outline-color": theme.paper, "text-outline-width": 2.5,
      "min-zoomed-font-size": 6, "overlay-opacity": 0,
    } },
    { selector: "edge", style: {
      "width": "data(width)", "line-color": theme.line, "curve-style": "haystack", "haystack-radius": 0, "overlay-opacity": 0,
    } },
    { selector: "edge[?arrow]", style: {
      "curve-style": "straight", "target-arrow-shape": "triangle", "target-arrow-color": theme.line, "arrow-scale": "data(head)",
    } },
    { selector: "edge[?fresh]", style: {
      "line-color": theme.accent, "target-arrow-color": theme.accent, "line-style": "dashed", "curve-style": "straight",
    } },
    { selector: "node.chosen, node.link", style: { "underlay-color": theme.accent, "underlay-opacity": 0.35, "underlay-padding": 7, "z-index": 10 } },
    { selector: "edge.chosen", style: { "line-color": theme.accent, "target-arrow-color": theme.accent, "width": "data(bold)", "z-index": 10 } },
    { selector: "node.link", style: { "underlay-opacity": 0.55, "underlay-shape": "ellipse" } },
  ];
}

class NetworkMap {
  // `act` is what the hand can do here: choose(id), chooseTie(id), add(x, y), tie(from, to), moved()
  constructor(place, act) {
    this.place = place;
    this.act = act;
    this.linking = false; // whether dragging makes ties
    this.fresh = new Set();
    this.marks = new Map();
    this.sizes = [];
    this.frame = { width: 560, height: 400 }; // what 0 to 1 is on the map: the shape of its place, so that a phone's is tall
  }

  start(cytoscape) {
    this.cy = cytoscape({
      container: this.place,
      style: look(this.theme()),
      layout: { name: "preset" },
      userZoomingEnabled: false, // the wheel belongs to the page
      boxSelectionEnabled: false,
      selectionType: "single",
      autounselectify: true,
      minZoom: 0.05,
      maxZoom: 6,
      pixelRatio: Math.min(2, globalThis.devicePixelRatio || 1),
    });
    this.place.jejaringMap = this; // for tests
    this.listen();
  }

  theme() {
    const style = getComputedStyle(this.place);
    const [ink, paper] = [style.color, style.backgroundColor];
    const mix = (share) => {
      const [from, to] = [paper, ink].map((colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number));
      return `rgb(${from.map((part, at) => Math.round(part + (to[at] - part) * share)).join(",")})`;
    };
    const link = getComputedStyle(this.place.querySelector(".jj-desk-accent") ?? this.place).color;
    return { ink, paper, line: mix(0.42), accent: link, font: style.fontFamily };
  }

  dress() { this.cy?.style(look(this.theme())); }

  at({ x, y }) { return { x: x * this.frame.width, y: (1 - y) * this.frame.height }; }
  from({ x, y }) { return { x: +(x / this.frame.width).toFixed(4), y: +(1 - y / this.frame.height).toFixed(4) }; }

  // Brings the map to what the network is, touching only what differs.
  sync(network, names) {
    const { cy } = this;
    if (!cy) return;
    const many = network.people.length;
    const small = scale(many, this.frame.width);
    const groups = groupsOf(network);
    const order = network.people.map((_, at) => at).sort((a, b) => (this.sizes[b] ?? 0) - (this.sizes[a] ?? 0));
    const written = new Set(many > MANY ? order.slice(0, NAMED) : order);
    const strongest = Math.max(1e-9, ...network.ties.map((tie) => tie.strength));
    cy.batch(() => {
      const kept = new Set();
      network.people.forEach((person, at) => {
        const group = groups.indexOf(person.group);
        const mark = this.marks.get(at) ?? "none";
        const name = names(person);
        const data = {
          name, label: written.has(at) || this.chosen === person.id ? name : "",
          size: Math.round(small * (this.sizes.length ? 12 + 30 * Math.sqrt(this.sizes[at] ?? 0) : 24) * (mark === "both" ? 1.35 : 1)),
          letters: Math.round(Math.max(7, 14 * Math.sqrt(small))),
          ...groupLook(Math.max(0, group)),
          edge: +(small * (mark === "none" ? (group < 0 ? 1 : 2.5) : 3.5)).toFixed(2), shape: SHAPES[mark],
        };
        this.put(person.id, data, { group: "nodes", position: this.at(person) }, kept);
      });
      for (const tie of network.ties) {
        const width = +(Math.sqrt(small) * (1 + 3 * (tie.strength / strongest))).toFixed(2);
        const data = {
          source: tie.from, target: tie.to, width, bold: width + 2.5, arrow: network.directed, head: +(0.5 + small * 0.5).toFixed(2),
          fresh: this.fresh.has(tie.id),
        };
        this.put(tie.id, data, { group: "edges" }, kept);
      }
      cy.elements().forEach((element) => { if (!kept.has(element.id())) element.remove(); });
      cy.elements(".chosen").removeClass("chosen");
      if (this.chosen) cy.getElementById(this.chosen).addClass("chosen");
    });
  }

  put(id, data, rest, kept) {
    kept.add(id);
    const known = this.cy.getElementById(id);
    if (known.empty()) {
      this.cy.add({ ...rest, data: { id, ...data } });
      return;
    }
    const before = known.data();
    if (Object.keys(data).some((key) => before[key] !== data[key])) known.data(data);
    const { position } = rest;
    if (!position) return;
    const here = known.position();
    if (Math.abs(here.x - position.x) > 0.1 || Math.abs(here.y - position.y) > 0.1) known.position(position);
  }

  choose(id) {
    this.chosen = id;
    if (!this.cy) return;
    this.cy.batch(() => {
      this.cy.elements(".chosen").removeClass("chosen");
      const element = this.cy.getElementById(id ?? "");
      element.addClass("chosen");
      if (element.nonempty() && element.isNode() && !element.data("label")) element.data("label", element.data("name"));
    });
  }

  // Takes the shape of its place, and shows all of the network in it.
  fit(network, names) {
    if (!this.cy) return;
    this.frame = { width: Math.max(200, this.place.clientWidth - 70), height: Math.max(200, this.place.clientHeight - 80) };
    this.cy.resize();
    this.sync(network, names);
    if (this.cy.elements().empty()) return this.cy.viewport({ zoom: 1, pan: { x: 35, y: 40 } });
    this.cy.fit(undefined, 22);
    if (this.cy.zoom() > 1.2) this.cy.zoom(1.2);
    this.cy.center();
  }

  zoom(by) {
    const { cy } = this;
    cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  // A place with room, for somebody who is added without a hand pointing: as far from all others as can be.
  room(network) {
    const spots = [];
    for (let x = 0.08; x < 1; x += 0.12) for (let y = 0.1; y < 1; y += 0.16) spots.push({ x, y });
    const gap = (spot) => Math.min(9, ...network.people.map((person) => Math.hypot(person.x - spot.x, 0.7 * (person.y - spot.y))));
    const middle = (spot) => Math.hypot(spot.x - 0.5, spot.y - 0.5);
    const score = (spot) => Math.min(gap(spot), 0.3) - 0.15 * middle(spot);
    return spots.reduce((best, spot) => (score(spot) > score(best) ? spot : best));
  }

  // Who is nearest in the direction of an arrow key.
  towards(id, key) {
    const { cy } = this;
    const here = cy.getElementById(id ?? "");
    if (here.empty() || !here.isNode()) return cy.nodes().first().id();
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const { x, y } = here.position();
    let best = null, least = Infinity;
    cy.nodes().forEach((node) => {
      const right = node.position().x - x, down = node.position().y - y;
      const along = right * dx + down * dy, across = Math.abs(right * dy) + Math.abs(down * dx);
      if (along > 1 && along + 2 * across < least) [best, least] = [node.id(), along + 2 * across];
    });
    return best ?? here.id();
  }

  listen() {
    const { cy, place, act } = this;
    cy.on("tap", (event) => {
      if (this.busy) return;
      if (event.target === cy) act.choose(null);
      else if (event.target.isNode()) act.choose(event.target.id());
      else act.chooseTie(event.target.id());
    });
    cy.on("dbltap", (event) => { if (event.target === cy && !this.busy) act.add(this.from(event.position)); });
    cy.on("dragfree", "node", (event) => act.moved(event.target.id(), this.from(event.target.position())));
    cy.on("mouseover", "node", (event) => { event.target.data("label", event.target.data("name")); });

    // Ties by hand: with Shift, or while ties are drawn, a drag from person to person; or two taps.
    const line = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    line.setAttribute("class", "jj-desk-line");
    line.setAttribute("aria-hidden", "true");
    line.innerHTML = "<line/>";
    place.append(line);
    const spot = (event) => {
      const box = place.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const under = ({ x, y }) => {
      let best = null, least = 14; // a finger is not a needle
      cy.nodes().forEach((node) => {
        const at = node.renderedPosition();
        const gap = Math.hypot(at.x - x, at.y - y) - node.renderedWidth() / 2;
        if (gap < least) [best, least] = [node, gap];
      });
      return best;
    };
    const leave = () => {
      cy.autoungrabify(false);
      cy.userPanningEnabled(true);
      line.firstChild.removeAttribute("x1");
      line.classList.remove("on");
      this.start_ = null;
      setTimeout(() => (this.busy = false), 350); // the tap that follows is part of it
    };
    place.addEventListener("pointerdown", (event) => {
      if (!(this.linking || event.shiftKey) || event.button) return;
      const node = under(spot(event));
      if (!node) return;
      this.busy = true;
      this.start_ = { node, at: spot(event) };
      cy.autoungrabify(true);
      cy.userPanningEnabled(false);
    }, true);
    place.addEventListener("pointermove", (event) => {
      if (!this.start_) return;
      const at = spot(event), from = this.start_.node.renderedPosition(), end = line.firstChild;
      line.classList.add("on");
      for (const [name, value] of Object.entries({ x1: from.x, y1: from.y, x2: at.x, y2: at.y })) end.setAttribute(name, value);
    }, true);
    place.addEventListener("pointerup", (event) => {
      if (!this.start_) return;
      const { node } = this.start_, end = under(spot(event)), waiting = this.waiting;
      cy.nodes(".link").removeClass("link");
      this.waiting = null;
      if (end && end.id() !== node.id()) act.tie(node.id(), end.id());
      else if (end && waiting && waiting !== node.id()) act.tie(waiting, node.id());
      else if (end && waiting !== node.id()) {
        this.waiting = node.id();
        node.addClass("link");
        act.wait(node.id());
      }
      leave();
    }, true);
    place.addEventListener("pointercancel", () => { if (this.start_) leave(); }, true);
  }
}
