/* How each kind of item is asked. Every question gives its node, its answer as text, and what is still missing. */
(function (ek) {
  "use strict";
  const { el, uniqueId } = ek.dom;
  const state = ek.exerciseState;

  const LONGEST_TEXT = 2000; // characters of a written answer

  /** A draft of an item, kept while the learner looks elsewhere on the page. */
  function draftOf(view, item) {
    if (!view.drafts[item.id]) {
      const given = view.attempt.latest[item.id] || "";
      const { code, sentences } = ek.scoring.parts(given);
      view.drafts[item.id] = { code, sentences: new Set(sentences), picked: new Set(given ? given.split(" ") : []), text: given };
    }
    return view.drafts[item.id];
  }

  /** A box to tick or a dot to choose, as a label big enough for a thumb. */
  function option(type, name, choice, checked, onChange) {
    const input = el("input", { type, name, value: choice.id, checked, on: { change: onChange } });
    const words = el("span", {}, el("span", { class: "ek-choice-name" }, choice.label), choice.says ? el("span", { class: "ek-choice-says" }, choice.says) : null);
    return el("label", { class: "ek-choice" }, input, words);
  }

  /** One of several codes, and where it is wanted the sentences that show it. */
  function choice(view, item, { error }) {
    const { exercise } = view;
    const own = Boolean(item.choices && item.choices.length > 0);
    const options = state.choices(exercise, item);
    const draft = draftOf(view, item);
    const hint = own ? null : el("p", { class: "ek-hint", "aria-live": "polite" });
    const sentences = item.evidence ? sentencePicker(view, item, draft, error) : null;
    const show = () => {
      if (hint) hint.textContent = state.definition(exercise, item, draft.code);
      if (sentences) sentences.need(draft.code);
    };
    const pick = (id) => {
      draft.code = id;
      error.replaceChildren();
      show();
    };
    const name = uniqueId("code");
    const labels = options.map((each) => {
      const shown = { id: each.id, label: each.label, says: own ? each.definition : "" };
      return option("radio", name, shown, each.id === draft.code, () => pick(each.id));
    });
    const long = own && options.some((each) => each.definition || each.label.length > 30);
    const group = el(
      "fieldset",
      { class: "ek-question", "aria-describedby": error.id },
      el("legend", {}, item.question),
      el("div", { class: "ek-choices" + (long ? " ek-choices-long" : "") }, labels),
      hint
    );
    show();
    const node = sentences ? el("div", { class: "ek-with-case" }, group, sentences.node) : group;
    const problem = () => {
      if (!options.some((each) => each.id === draft.code)) {
        return { text: "Choose an answer first.", focus: group.querySelector("input"), after: group.querySelector("legend") };
      }
      if (sentences && sentences.wanted(draft.code) && draft.sentences.size === 0) {
        return { text: "Mark the sentence that shows it.", focus: sentences.node.querySelector("input"), after: sentences.node.querySelector("legend") };
      }
      return null;
    };
    const answer = () => [draft.code, ...(sentences && sentences.wanted(draft.code) ? sentences.marked() : [])].join(" ");
    return { node, problem, answer, after: own ? [] : ek.items.codebook(exercise) };
  }

  /** The case once more, each sentence with a box to mark it. */
  function sentencePicker(view, item, draft, error) {
    const { exercise } = view;
    const all = exercise.body.sentences;
    const unmarked = view.lens.unmarked || [];
    const note = el("p", { class: "ek-aside", "aria-live": "polite" });
    const boxes = all.map((sentence, index) => {
      const toggle = (event) => {
        if (event.target.checked) draft.sentences.add(sentence.id);
        else draft.sentences.delete(sentence.id);
        error.replaceChildren();
      };
      const box = el("input", { type: "checkbox", value: sentence.id, checked: draft.sentences.has(sentence.id), on: { change: toggle } });
      return el("label", { class: "ek-sentence" }, box, el("span", {}, el("span", { class: "ek-number" }, index + 1 + "."), " ", sentence.text));
    });
    const group = el("fieldset", { class: "ek-question ek-sentences", "aria-describedby": error.id }, el("legend", {}, "Mark the sentence that shows it"), note, boxes);
    const wanted = (code) => Boolean(code) && !unmarked.includes(code);
    const need = (code) => {
      note.textContent = code && !wanted(code) ? "This answer needs no sentence." : "One is enough.";
      group.classList.toggle("ek-unneeded", Boolean(code) && !wanted(code));
    };
    const marked = () => all.filter((sentence) => draft.sentences.has(sentence.id)).map((sentence) => sentence.id);
    return { node: group, wanted, need, marked };
  }

  /** Any of several, or none of them. */
  function set(view, item, { error }) {
    const options = state.choices(view.exercise, item);
    const draft = draftOf(view, item);
    const name = uniqueId("set");
    const none = option("checkbox", name, { id: "none", label: "None of these" }, draft.picked.has("none"), (event) => {
      draft.picked = new Set(event.target.checked ? ["none"] : []);
      for (const box of group.querySelectorAll("input")) if (box.value !== "none") box.checked = false;
      error.replaceChildren();
    });
    const labels = options.map((each) =>
      option("checkbox", name, { id: each.id, label: each.label, says: each.definition }, draft.picked.has(each.id), (event) => {
        if (event.target.checked) draft.picked.add(each.id);
        else draft.picked.delete(each.id);
        draft.picked.delete("none");
        none.querySelector("input").checked = false;
        error.replaceChildren();
      })
    );
    const group = el(
      "fieldset",
      { class: "ek-question", "aria-describedby": error.id },
      el("legend", {}, item.question),
      el("div", { class: "ek-choices ek-choices-long" }, labels, none)
    );
    const problem = () => (draft.picked.size === 0 ? { text: "Tick what applies, or “None of these”.", focus: group.querySelector("input"), after: group.querySelector("legend") } : null);
    const answer = () => (draft.picked.has("none") ? "none" : options.filter((each) => draft.picked.has(each.id)).map((each) => each.id).join(" "));
    return { node: group, problem, answer };
  }

  /** Words of the learner's own. */
  function text(view, item, { error }) {
    const draft = draftOf(view, item);
    const id = uniqueId("text");
    const type = (event) => {
      draft.text = event.target.value;
      error.replaceChildren();
    };
    const area = el("textarea", { id, rows: 3, maxlength: LONGEST_TEXT, value: draft.text, "aria-describedby": error.id, autocomplete: "off", on: { input: type } });
    const node = el("div", { class: "ek-question ek-writing" }, el("label", { for: id }, item.question), area);
    const problem = () => (draft.text.trim() === "" ? { text: "Write something first.", focus: area, after: area } : null);
    return { node, problem, answer: () => draft.text.trim() };
  }

  /** A few short texts that belong together. */
  function fields(view, item, { error }) {
    const draft = draftOf(view, item);
    draft.fields = draft.fields || parsed(draft.text);
    const inputs = item.fields.map((field) => {
      const id = uniqueId("field");
      const type = (event) => {
        draft.fields[field.id] = event.target.value;
        error.replaceChildren();
      };
      const box = el("textarea", { id, rows: 2, maxlength: 500, value: draft.fields[field.id] || "", "aria-describedby": id + "-hint " + error.id, autocomplete: "off", on: { input: type } });
      const hint = el("span", { class: "ek-field-hint", id: id + "-hint" }, field.hint);
      return { box, field, node: el("div", { class: "ek-writing" }, el("label", { for: id }, field.label), hint, box) };
    });
    const node = el("fieldset", { class: "ek-question" }, el("legend", {}, item.question), inputs.map((each) => each.node));
    const empty = () => inputs.find((each) => (draft.fields[each.field.id] || "").trim() === "");
    const problem = () => {
      const missing = empty();
      return missing ? { text: "Fill in “" + missing.field.label + "” first.", focus: missing.box, after: missing.box } : null;
    };
    const answer = () => JSON.stringify(Object.fromEntries(item.fields.map((field) => [field.id, draft.fields[field.id].trim()])));
    return { node, problem, answer };
  }

  /** What a fields answer holds; an answer that is no such object holds nothing. */
  function parsed(answer) {
    try {
      const value = JSON.parse(answer);
      const texts = Object.entries(value).filter((entry) => typeof entry[1] === "string");
      return Object.fromEntries(texts);
    } catch {
      return {};
    }
  }

  ek.questions = { choice, set, text, fields };
  ek.fieldsOf = parsed;
})((globalThis.engagekit = globalThis.engagekit || {}));
