kinds.code = (api, root) => {
  const { signature, examples } = api.spec;
  // "index(seats, quota): seats lists …" is a call and what it means
  const [, call, meaning] = signature.match(/^(\w+\(.*?\)(?: -> [^:]+)?)(?::\s+([\s\S]+))?$/) ?? [, null, signature];
  if (call) {
    root.append(api.h("pre", { class: "jj-signature", tabIndex: 0, role: "region", "aria-label": api.words.signature },
      api.h("code", {}, call)));
  }
  if (meaning) root.append(api.h("div", { class: "jj-meaning" }, api.rich(meaning)));
  if (examples.length) {
    root.append(api.h("p", { class: "jj-caption" }, api.words.examples), api.h("ul", { class: "jj-examples" },
      ...examples.map((each) => api.h("li", {}, api.h("code", {}, `${api.spec.function}(${each.arguments})`),
        api.h("span", { class: "jj-gives" }, api.words.gives.trim()), api.h("code", {}, each.result)))));
  }
  root.append(api.h("p", { class: "jj-note" }, api.words.cell_below));
};
