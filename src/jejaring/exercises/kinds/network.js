// A network: the desk inside the exercise, and what is asked of the network above it.
kinds.network = (api, root) => {
  const { requirements, directed, fixed, measures: measured, start, desk: { words, kernel } } = api.spec;
  const remarks = new Map(requirements.map(({ id }) => [id, api.h("div", { class: "jj-remark" })]));
  root.append(api.h("div", { class: "jj-asked" }, api.h("p", { class: "jj-caption" }, api.words.requirements),
    api.h("ul", {}, ...requirements.map(({ id, text }) => api.h("li", {}, api.rich(text), remarks.get(id))))));

  // the given network, untouched, is no answer, whatever the order of its people
  const plain = ({ people, ties, directed: arrows }) => JSON.stringify([[...people].sort(), ties.map(([one, other, strength]) =>
    [...(arrows ? [people[one], people[other]] : [people[one], people[other]].sort()), strength].join("\n")).sort(), arrows]);
  const untouched = start && plain(start);

  const answer = {
    state: "told by the shell",
    get value() { return api.value; },
    of: (drawn) => (drawn.people.length && plain(drawn) !== untouched ? drawn : null),
    change: (value) => {
      remarks.forEach((remark) => api.remark(remark));
      api.change(value);
    },
  };
  fetchCytoscape(api.model, kernel);
  const desk = new Desk(api.model, root, words, answer,
    { samples: false, file: !start, directed, fixed, measured, given: Boolean(start), alone: false });
  const heard = (message) => desk.heard(message);
  api.model.on("msg:custom", heard);
  desk.start();
  desk.ask();
  return {
    feedback: (items) => remarks.forEach((remark, id) => api.remark(remark, items[id])),
    focus: () => desk.canvas.focus(),
    renew: () => desk.renew(),
    leave: () => {
      api.model.off("msg:custom", heard);
      desk.leave();
    },
  };
};
