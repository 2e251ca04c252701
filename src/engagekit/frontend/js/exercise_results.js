/* The end of an attempt: how far it agrees with the reference, and what to look at again. Lenses add their pictures. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, quietly, uniqueId, count } = ek.dom;
  const state = ek.exerciseState;

  const ENOUGH = 10; // fewer answers than this, and agreement beyond chance says nothing worth reading

  const FEW = 5; // of fewer answers than this a percentage would say more than there is to say

  const percent = (share) => Math.round(share * 100) + " per cent";

  function fill(view, section) {
    const title = heading(view.level + 1, { class: "ek-results-title", tabindex: "-1", id: uniqueId("results") }, view.words.results || "Your results");
    section.setAttribute("aria-labelledby", title.id + " " + view.titleId); // two exercises on a page have two results
    const ready = view.complete() || (view.early && view.mayPeek());
    section.replaceChildren(title, ...(ready ? report(view) : waiting(view)), ek.exerciseRecord.section(view));
  }

  function waiting(view) {
    const all = state.required(view.exercise).length;
    const left = all - view.done();
    const parts = [el("p", {}, "They appear when everything is " + view.words.done + ". " + count(left, view.words.noun, view.words.nouns) + " to go.")];
    if (left < all && view.mayPeek()) parts.push(button("Show my results so far", () => view.showResults(), "quiet"));
    return parts;
  }

  function report(view) {
    const { exercise, attempt } = view;
    const given = state.counted(exercise, attempt);
    const rows = state.scored(exercise, given);
    const parts = [];
    if (countable(exercise)) parts.push(summary(view, rows, given));
    const own = view.lens.results ? view.lens.results(view) : [];
    const details = rows.length > 0 ? [...again(view, rows), ...(view.lens.codes ? codeTables(view, given) : [])] : [];
    return [...parts, ...(view.lens.first ? [...own, ...details] : [...details, ...own])];
  }

  /** Does anything in this exercise count? A reply never does. */
  function countable(exercise) {
    return state.required(exercise).some((item) => item.kind === "choice" || item.kind === "set");
  }

  function summary(view, rows, given) {
    const { exercise, attempt } = view;
    const box = el("div", { class: "ek-summary" });
    const points = rows.reduce((sum, row) => sum + row.score, 0);
    if (rows.length === 0) {
      box.append(el("p", {}, "Nothing that counts is " + view.words.done + " yet, so there is nothing to compare."));
    } else {
      const half = rows.filter((row) => row.outcome === "nearly").length;
      const agreed = rows.filter((row) => row.outcome === "agrees").length;
      const basis = exercise.use === "retest" ? "" : " on your first answers";
      const nearly = half > 0 ? ", and " + half + " came near and count" + (half === 1 ? "s" : "") + " half" : "";
      box.append(
        rows.length < FEW ? "" : el("p", { class: "ek-share" }, el("b", {}, percent(points / rows.length)), " agreement with the reference"),
        el("p", {}, agreed + " of " + count(rows.length, view.words.noun, view.words.nouns) + " agreed" + basis + nearly + ".")
      );
      if (view.lens.codes) box.append(kappa(view, given));
    }
    for (const note of notes(view, rows, points)) box.append(el("p", {}, note));
    return box;
  }

  function notes(view, rows, points) {
    const { exercise, attempt } = view;
    const { noun, nouns } = view.words;
    const after = state.total(exercise, attempt.latest);
    const found = [];
    if (rows.length > 0 && after.points !== points) found.push("After feedback it is " + percent(after.share) + ".");
    const talked = state.required(exercise).filter((item) => state.outcome(exercise, item, attempt.latest[item.id] || "", false) === "discuss").length;
    if (talked > 0) found.push(count(talked, noun + " is", (nouns || noun + "s") + " are") + " for discussion and never counted.");
    const missing = state.required(exercise).length - view.done();
    if (missing > 0) found.push(count(missing, noun, nouns) + " still to go.");
    return found;
  }

  /** Kappa over the codes alone: what was pointed at is not part of it. */
  function kappa(view, given) {
    const scored = compared(view, given);
    if (scored.compared < ENOUGH) {
      return el("p", {}, "Agreement beyond chance: too few answers to say. It takes " + ENOUGH + " or more.");
    }
    if (scored.kappa === null) {
      return el("p", {}, "Agreement beyond chance: not enough variety to say. The codes given are too alike for chance to be told apart.");
    }
    const value = (Math.round(scored.kappa * 100) / 100).toFixed(2);
    const meaning = " 1 would be full agreement, 0 what chance alone would give. On so few answers it is a rough figure.";
    return el("p", {}, "Agreement beyond chance (Cohen's kappa): ", el("b", {}, value.replace("-", "\u2212")), ".", meaning);
  }

  /** The comparison of codes, for lenses whose items share one set of them. */
  function compared(view, given) {
    const { exercise } = view;
    const items = state.required(exercise).filter((item) => item.kind === "choice");
    const key = Object.fromEntries(items.map((item) => [item.id, exercise.key[item.id]]));
    const codes = Object.fromEntries(items.map((item) => [item.id, given[item.id] ? ek.scoring.parts(given[item.id]).code : ""]));
    return ek.agreement.compare(key, codes, shared(exercise).map((choice) => choice.id));
  }

  /** The set of codes that all items of an exercise share. */
  function shared(exercise) {
    return state.choices(exercise, state.required(exercise).find((item) => item.kind === "choice"));
  }

  /** The items that differed, each with a way back to it. */
  function again(view, rows) {
    const { exercise } = view;
    const title = heading(view.level + 2, {}, "What to look at again");
    const apart = rows.filter((row) => row.outcome !== "agrees");
    if (apart.length === 0) return [title, el("p", {}, "Nothing stands out: every answer that counts agrees. Try another one, or this one again in a few weeks.")];
    if (view.lens.codes) return [title, byCode(view, apart)];
    const items = apart.map((row) => {
      const key = exercise.key[row.item.id];
      const reference = ek.items.told(exercise, row.item, row.item.kind === "set" ? key.set.join(" ") || "none" : key.code);
      const line = el("p", {}, el("b", {}, view.lens.name(view, row.item)), ": you gave " + state.lower(ek.items.told(exercise, row.item, row.answer)) + "; the reference has " + state.lower(reference) + ".");
      return el("li", {}, line, button(["Look again", quietly(" at " + view.lens.name(view, row.item))], () => view.show(row.item.id), "quiet"));
    });
    return [title, el("ul", { class: "ek-practice" }, items)];
  }

  /** The one or two codes that were missed most, each with its meaning and the items it was missed in. */
  function byCode(view, apart) {
    const { exercise } = view;
    const codes = shared(exercise);
    const given = state.counted(exercise, view.attempt);
    const scored = compared(view, given);
    const label = (id) => (codes.find((code) => code.id === id) || { label: id }).label;
    const items = scored.next.map((next) => {
      const missed = apart.filter((row) => exercise.key[row.item.id].code === next.code && ek.scoring.parts(row.answer).code !== next.code);
      const links = missed.map((row) => button([view.lens.name(view, row.item), quietly(": look again")], () => view.show(row.item.id), "quiet"));
      const times = next.count === 1 ? "once" : next.count === 2 ? "twice" : next.count + " times";
      const words = " differed " + times + (next.count === 1 ? ", " : ", most often ") + "answered as " + state.lower(label(next.confused_with)) + ".";
      const meaning = view.lens.meaning ? view.lens.meaning(exercise, next.code) : state.definition(exercise, { choices: codes }, next.code);
      return el("li", {}, el("p", {}, el("b", {}, label(next.code)), words), meaning ? el("p", { class: "ek-aside" }, meaning) : null, el("div", { class: "ek-actions" }, links));
    });
    const pointed = apart.filter((row) => ek.scoring.parts(row.answer).code === exercise.key[row.item.id].code);
    if (pointed.length > 0) {
      const links = pointed.map((row) => button([view.lens.name(view, row.item), quietly(": look again")], () => view.show(row.item.id), "quiet"));
      items.push(el("li", {}, el("p", {}, el("b", {}, "Right answer, other words. "), "Look at which sentence shows it."), el("div", { class: "ek-actions" }, links)));
    }
    return el("ul", { class: "ek-practice" }, items);
  }

  /** How often each code came up on both sides, and which were taken for which. */
  function codeTables(view, given) {
    const codes = shared(view.exercise);
    const scored = compared(view, given);
    if (scored.compared === 0) return [];
    const label = (id) => (codes.find((code) => code.id === id) || { label: id }).label;
    const head = ["Code", "Reference", "You", "Agreed"].map((word) => el("th", { scope: "col" }, word));
    const rows = scored.per_code.map((row) =>
      el("tr", {}, el("th", { scope: "row" }, label(row.code)), [row.reference, row.learner, row.agreed].map((number) => el("td", {}, String(number))))
    );
    const caption = el("caption", {}, "How many " + (view.words.nouns || view.words.noun + "s") + " have each code");
    return [
      heading(view.level + 2, {}, "Code by code"),
      el("table", { class: "ek-table" }, caption, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)),
      ...ek.confusions(view.level + 2, scored, label),
    ];
  }

  ek.exerciseResults = { fill, percent, compared, FEW };
})((globalThis.engagekit = globalThis.engagekit || {}));
