/* Two pictures of an attempt, each with the same facts in words: which codes were confused, and the session's figures. */
(function (ek) {
  "use strict";
  const { el, heading, quietly, count } = ek.dom;
  const state = ek.talkState;

  /** The confusions: a square of counts (rows reference, columns learner), then each confusion as a sentence. */
  function confusions(talk, scored) {
    const { exercise } = talk;
    const used = scored.per_code.map((row) => row.code);
    const apart = scored.confusion.filter((cell) => cell.reference !== cell.learner);
    const parts = [heading(talk.level + 2, {}, "Where codes were confused"), square(talk, scored, used)];
    if (apart.length === 0) return [...parts, el("p", {}, "No code was taken for another.")];
    const sentences = [...apart]
      .sort((a, b) => b.count - a.count)
      .map((cell) => {
        const times = cell.count === 1 ? "once" : cell.count === 2 ? "twice" : cell.count + " times";
        return el("li", {}, state.label(exercise, cell.reference) + " coded as " + state.midSentence(exercise, cell.learner) + ": " + times + ".");
      });
    return [...parts, el("p", { class: "ek-aside" }, "The same in words:"), el("ul", { class: "ek-words-list" }, sentences)];
  }

  /** Columns carry the rows' numbers, so that eleven of them still fit on a narrow phone. */
  function square(talk, scored, used) {
    const most = Math.max(...scored.confusion.map((cell) => cell.count));
    const name = (code) => state.label(talk.exercise, code);
    const head = used.map((code, index) => el("th", { scope: "col" }, el("span", { "aria-hidden": "true" }, String(index + 1)), quietly(name(code))));
    const body = used.map((reference, index) => {
      const cells = used.map((learner) => {
        const found = scored.confusion.find((cell) => cell.reference === reference && cell.learner === learner);
        const same = reference === learner;
        if (!found) return el("td", { class: same ? "ek-same" : null }, quietly("none"));
        const depth = Math.min(4, Math.ceil((4 * found.count) / most));
        return el("td", { class: (same ? "ek-same ek-match" : "ek-apart") + " ek-depth-" + depth }, el("span", {}, String(found.count)));
      });
      return el("tr", {}, el("th", { scope: "row" }, el("span", { class: "ek-named" }, el("span", { class: "ek-number", "aria-hidden": "true" }, String(index + 1)), el("span", {}, name(reference)))), cells);
    });
    const caption = el(
      "caption",
      {},
      "Down: the reference. Across: your code, by the same numbers.",
      el("br"),
      el("span", { class: "ek-legend" }, el("span", { class: "ek-sample ek-match" }, "2"), "agreed"),
      " ",
      el("span", { class: "ek-legend" }, el("span", { class: "ek-sample ek-apart" }, "2"), "confused")
    );
    const corner = el("td", {}, quietly("Reference"));
    return el("table", { class: "ek-square" }, caption, el("thead", {}, el("tr", {}, corner, head)), el("tbody", {}, body));
  }

  const one = (ratio) => (ratio === null ? "no questions" : (Math.round(ratio * 10) / 10).toFixed(1) + " to 1");

  /** The session in figures, by the reference and by the learner, with the published bands as guides. */
  function session(talk) {
    const { exercise } = talk;
    if (!state.codeIds(exercise).includes("reflection")) return [];
    const theirs = ek.agreement.sessionFigures(state.referenceCoding(exercise));
    const mine = ek.agreement.sessionFigures(state.counted(exercise, talk.attempt));
    const rows = [
      ["Open questions", theirs.open, mine.open],
      ["Closed questions", theirs.closed, mine.closed],
      ["Reflections, summaries included", theirs.reflections, mine.reflections],
      ["Reflections to questions", one(theirs.ratio), one(mine.ratio)],
    ];
    const body = rows.map(([name, first, second]) =>
      el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, String(first)), el("td", {}, String(second)))
    );
    const head = el("tr", {}, ["What", "Reference", "You"].map((word) => el("th", { scope: "col" }, word)));
    const guide =
      "A published guide (MITI 4.2.1) calls one reflection to each question fair and two good. The bands are its authors' " +
      "expert opinion and have not been validated, so take them as a guide and never as a pass mark.";
    return [
      heading(talk.level + 2, {}, "The session in figures"),
      el("p", {}, "What " + exercise.people.practitioner + " did over " + count(talk.turns.length, "turn") + ", discussion turns included."),
      el("table", { class: "ek-table" }, el("caption", {}, "Questions and reflections"), el("thead", {}, head), el("tbody", {}, body)),
      el("p", { class: "ek-aside" }, guide),
    ];
  }

  ek.talkPicture = { confusions, session };
})((globalThis.engagekit = globalThis.engagekit || {}));
