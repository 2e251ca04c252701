/* Talk: a transcript. Each practitioner turn gets one code; what the person said may be read too, as discussion. */
(function (ek) {
  "use strict";
  const { el, heading, quietly, count } = ek.dom;
  const state = ek.exerciseState;

  const words = {
    noun: "turn",
    done: "coded",
    verb: "Code",
    change: "Change my code",
    practice:
      "Give each practitioner turn one code and check it. Feedback comes at once. You may change a code later, but your first answers are what the score counts.",
    retest: "Give each practitioner turn one code.",
    basis: "The reference codes are the authors' own, each with a reason. They are not an official key: a good reader may argue with some.",
  };

  /** Something that somebody said. */
  function speech(view, utterance) {
    const person = view.exercise.body.people[utterance.speaker];
    const role = utterance.speaker === "practitioner" ? el("span", { class: "ek-role" }, ", practitioner") : null;
    return el(
      "div",
      { class: "ek-says ek-says-" + utterance.speaker },
      el("p", { class: "ek-speaker" }, person, role, quietly(": ")),
      el("p", { class: "ek-words" }, utterance.text)
    );
  }

  /** Number of each practitioner turn: the first is 1. */
  function numbers(exercise) {
    const turns = exercise.body.utterances.filter((each) => each.speaker === "practitioner");
    return new Map(turns.map((turn, index) => [turn.id, index + 1]));
  }

  /** The conversation as exchanges: what the person said, then the practitioner's turn and its question. */
  function layout(view, row) {
    const { exercise } = view;
    const number = numbers(exercise);
    const list = el("ol", { class: "ek-transcript" });
    let before = [];
    for (const utterance of exercise.body.utterances) {
      const item = state.itemOf(exercise, utterance.id);
      if (utterance.speaker === "person") {
        before.push(speech(view, utterance));
        if (item) before.push(aside(view, row, utterance));
        continue;
      }
      const title = ["Turn " + number.get(utterance.id), el("span", { class: "ek-of" }, " of " + number.size)];
      list.append(row(utterance.id, { title, name: "turn " + number.get(utterance.id), before: [...before, speech(view, utterance)] }));
      before = [];
    }
    if (before.length > 0) list.append(el("li", { class: "ek-exchange ek-exchange-last" }, before));
    return list;
  }

  /** A question about what the person said, folded away: it is for discussion and never counts. */
  function aside(view, row, utterance) {
    const start = utterance.text.split(/\s+/).slice(0, 4).join(" ");
    const node = row(utterance.id, { tag: "div", title: "What is " + view.exercise.body.people.person + " saying about the change?", name: "what was said: " + start, deeper: 1 });
    return el("details", { class: "ek-person-talk" }, el("summary", {}, "For discussion: is this change talk?", quietly(" (" + start + " …)")), node);
  }

  function name(view, item) {
    const number = numbers(view.exercise).get(item.id);
    return number ? "Turn " + number : "What the person said";
  }

  const one = (ratio) => (ratio === null ? "no questions" : (Math.round(ratio * 10) / 10).toFixed(1) + " to 1");

  /** The session in figures, by the reference and by the learner, with the published bands as guides. */
  function results(view) {
    const { exercise } = view;
    if (!state.order(exercise).includes("reflection")) return [];
    const turns = state.required(exercise).map((item) => item.id);
    const given = state.counted(exercise, view.attempt);
    const theirs = ek.agreement.sessionFigures(Object.fromEntries(turns.map((id) => [id, exercise.key[id].code])));
    const mine = ek.agreement.sessionFigures(Object.fromEntries(turns.filter((id) => given[id]).map((id) => [id, given[id]])));
    const rows = [
      ["Open questions", theirs.open, mine.open],
      ["Closed questions", theirs.closed, mine.closed],
      ["Reflections, summaries included", theirs.reflections, mine.reflections],
      ["Reflections to questions", one(theirs.ratio), one(mine.ratio)],
      ["Advice without permission", theirs.advice, mine.advice],
    ];
    const body = rows.map(([label, first, second]) => el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, String(first)), el("td", {}, String(second))));
    const head = el("tr", {}, ["What", "Reference", "You"].map((word) => el("th", { scope: "col" }, word)));
    const guide =
      "A published guide (MITI 4.2.1) calls one reflection to each question fair and two good. The bands are its authors' " +
      "expert opinion and have not been validated, so take them as a guide and never as a pass mark.";
    return [
      heading(view.level + 2, {}, "The session in figures"),
      el("p", {}, "What " + exercise.body.people.practitioner + " did over " + count(turns.length, "turn") + ", discussion turns included."),
      el("table", { class: "ek-table" }, el("caption", {}, "Questions and reflections"), el("thead", {}, head), el("tbody", {}, body)),
      el("p", { class: "ek-aside" }, guide),
    ];
  }

  ek.lenses.talk = { words, layout, name, results, codes: true };
})((globalThis.engagekit = globalThis.engagekit || {}));
