kinds.code = (api, root) => {
  const { signature, examples } = api.spec;
  root.append(
    api.h("pre", { class: "jj-signature", tabIndex: 0, role: "region", "aria-label": api.words.signature }, api.h("code", {}, signature)));
  if (examples.length) {
    root.append(api.h("p", { class: "jj-caption" }, api.words.examples), api.h("ul", { class: "jj-examples" },
      ...examples.map((each) => api.h("li", {}, api.h("code", {}, `${api.spec.function}(${each.arguments})`),
        api.h("span", { class: "jj-gives" }, api.words.gives), api.h("code", {}, each.result)))));
  }
  root.append(api.h("p", { class: "jj-note" }, api.words.cell_below));
};
