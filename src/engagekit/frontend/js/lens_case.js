/* Stage and Desistance: two lenses on the same short case, whose sentences can be pointed at. */
(function (ek) {
  "use strict";
  const { el, heading, count, quietly } = ek.dom;
  const state = ek.exerciseState;

  /** The case to read, its sentences numbered as the questions name them. */
  function caseText(view) {
    const lines = view.exercise.body.sentences.map((sentence) => el("li", {}, sentence.text));
    return el("section", { class: "ek-case" }, heading(view.level + 1, {}, "The case"), el("ol", { class: "ek-case-text" }, lines));
  }

  const TITLES = { stage: "Stage", missing: "What is missing", next: "What to say next" };

  const stage = {
    words: {
      noun: "question",
      code: "stage",
      done: "answered",
      verb: "Answer",
      practice: "Read the case, then answer three questions about one change. Feedback comes at once. “Not enough information” is an answer like any other.",
      retest: "Read the case, then answer three questions about one change.",
    },
    unmarked: ["not-enough-information"],
    name: (view, item) => TITLES[item.id] || item.label,
    layout(view, row) {
      const list = el("ol", { class: "ek-transcript" });
      view.exercise.items.forEach((item, index) => {
        const title = [index + 1 + ". " + (TITLES[item.id] || item.label)];
        list.append(row(item.id, { title, name: "question " + (index + 1), before: item.id === "next" ? responses(view, item) : null }));
      });
      return el("div", {}, caseText(view), list);
    },
  };

  /** The possible next things to say, numbered, so that "Answer 2" can be looked up when the question is closed. */
  function responses(view, item) {
    item.numbered = true;
    const lines = state.choices(view.exercise, item).map((choice) => el("li", {}, choice.label));
    return el("ol", { class: "ek-responses" }, lines);
  }

  const desistance = {
    words: {
      noun: "factor",
      code: "factor",
      done: "answered",
      verb: "Answer",
      practice:
        "Read the case. For each factor say whether the words show it as present, as absent or as ambiguous, or do not state it, and mark the sentence that shows it. Feedback comes at once. The right answer with the wrong sentence counts half.",
      retest: "Read the case. For each factor give an answer and mark the sentence that shows it.",
    },
    unmarked: ["not-stated"],
    codes: true,
    meaning: () => "",
    name: (view, item) => item.label,
    layout(view, row) {
      const { exercise } = view;
      const groups = exercise.scheme.groups.map((group) => {
        const items = exercise.items.filter((item) => item.group === group.id);
        const asked = items.filter((item) => !item.optional);
        const rest = items.filter((item) => item.optional);
        const draw = (item) => row(item.id, { title: item.label, name: item.label, deeper: 1 });
        const title = heading(view.level + 1, { class: "ek-group-title" }, group.title);
        const more = rest.length === 0 ? null : el("details", { class: "ek-more" }, el("summary", {}, count(rest.length, "more factor") + " in this group", quietly(": " + group.title)), el("p", { class: "ek-aside" }, "Extra practice. These never count."), el("ol", { class: "ek-transcript" }, rest.map(draw)));
        return el("section", { class: "ek-group" }, title, el("ol", { class: "ek-transcript" }, asked.map(draw)), more);
      });
      return el("div", {}, caseText(view), groups);
    },
  };

  ek.lenses.stage = stage;
  ek.lenses.desistance = desistance;
})((globalThis.engagekit = globalThis.engagekit || {}));
