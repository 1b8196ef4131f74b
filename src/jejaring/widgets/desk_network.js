// What lies on the network desk.
const MOST_UNDO = 60;

// People and ties, by ids of the page's own, and what they were before.
class Network {
  constructor() {
    this.people = [];
    this.ties = [];
    this.directed = false;
    this.past = [];
    this.count = 0;
  }

  load({ people, ties, directed }) {
    const known = new Map(this.people.map((person) => [person.name, person.id])); // who stays keeps the id: the map moves less
    this.people = people.map(([name, x, y, group, key]) => ({ id: known.get(name) ?? `p${++this.count}`, name, x, y, group, key }));
    this.directed = directed;
    this.ties = ties.map(([one, other, strength]) => this.make(this.people[one].id, this.people[other].id, strength));
  }

  make(from, to, strength) { return { id: `${from}-${to}`, from, to, strength }; }

  page() {
    const place = new Map(this.people.map((person, at) => [person.id, at]));
    return {
      people: this.people.map(({ name, x, y, group, key }) => [name, x, y, group, key]),
      ties: this.ties.map(({ from, to, strength }) => [place.get(from), place.get(to), strength]),
      directed: this.directed,
    };
  }

  answer() {
    const { people, ties, directed } = this.page();
    return { people: people.map(([name]) => name), ties, directed };
  }

  keep() {
    this.past.push({ people: this.people.map((person) => ({ ...person })), ties: this.ties.map((tie) => ({ ...tie })), directed: this.directed });
    if (this.past.length > MOST_UNDO) this.past.shift();
  }

  undo() {
    const before = this.past.pop();
    if (before) Object.assign(this, before);
    return Boolean(before);
  }

  person(id) { return this.people.find((person) => person.id === id); }

  between(one, other) {
    return this.ties.find((tie) => (tie.from === one && tie.to === other) || (!this.directed && tie.from === other && tie.to === one));
  }

  turn(directed) {
    if (directed) this.ties = this.ties.flatMap(({ from, to, strength }) => [this.make(from, to, strength), this.make(to, from, strength)]);
    else {
      const kept = new Map();
      for (const tie of this.ties) {
        const back = kept.get(`${tie.to}-${tie.from}`);
        if (back) back.strength = Math.max(back.strength, tie.strength);
        else kept.set(tie.id, tie);
      }
      this.ties = [...kept.values()];
    }
    this.directed = directed;
  }
}
