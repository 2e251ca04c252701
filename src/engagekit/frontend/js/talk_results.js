/* The end of an attempt: agreement with the reference, each code, the confusions as a picture and in words. */
(function (ek) {
  "use strict";
  const { el, heading, button, quietly, uniqueId, count } = ek.dom;
  const state = ek.talkState;

  const percent = (share) => Math.round(share * 100) + " per cent";

  function fill(talk, section) {
    const title = heading(talk.level + 1, { class: "ek-results-title", tabindex: "-1", id: uniqueId("results") }, "Your results");
    section.setAttribute("aria-labelledby", title.id);
    const ready = talk.complete() || (talk.early && talk.mayPeek());
    section.replaceChildren(title, ...(ready ? report(talk) : waiting(talk)), ek.talkRecord.section(talk));
  }

  function waiting(talk) {
    const left = talk.uncoded().length;
    const parts = [el("p", {}, "They appear when every turn is coded. " + count(left, "turn") + " to go.")];
    if (left < talk.turns.length && talk.mayPeek()) {
      parts.push(button("Show my results so far", () => talk.showResults(), "quiet"));
    }
    return parts;
  }

  function report(talk) {
    const { exercise, attempt } = talk;
    const codes = state.codeIds(exercise);
    const scored = ek.agreement.compare(exercise.key, state.counted(exercise, attempt), codes);
    const after = ek.agreement.compare(exercise.key, attempt.latest, codes);
    const parts = [summary(talk, scored, after)];
    if (scored.compared > 0) {
      parts.push(...practice(talk, scored), ...perCode(talk, scored), ...ek.talkPicture.confusions(talk, scored));
    }
    parts.push(...ek.talkPicture.session(talk));
    return parts;
  }

  function summary(talk, scored, after) {
    const box = el("div", { class: "ek-summary" });
    if (scored.compared === 0) {
      box.append(el("p", {}, "No turn that counts has been coded yet, so there is nothing to compare."));
    } else {
      const share = el("p", { class: "ek-share" }, el("b", {}, percent(scored.percent)), " agreement with the reference");
      const basis = talk.exercise.use === "retest" ? "" : " on your first answers";
      const told = scored.agreed + " of " + count(scored.compared, "turn") + " agreed" + basis + ".";
      box.append(share, el("p", {}, told), kappa(scored));
    }
    const notes = [];
    if (after.agreed !== scored.agreed) {
      notes.push("After feedback, " + after.agreed + " of " + count(after.compared, "turn") + " agree.");
    }
    if (scored.discussion.length > 0) {
      notes.push(count(scored.discussion.length, "turn is", "turns are") + " for discussion and never counted.");
    }
    if (scored.missing.length > 0) notes.push(count(scored.missing.length, "turn has", "turns have") + " no code yet.");
    for (const note of notes) box.append(el("p", {}, note));
    return box;
  }

  function kappa(scored) {
    if (scored.kappa === null) {
      const why = "Agreement beyond chance: not enough variety to say. The codes given are too alike for chance to be told apart.";
      return el("p", {}, why);
    }
    const value = (Math.round(scored.kappa * 100) / 100).toFixed(2);
    const meaning = " 1 would be full agreement, 0 what chance alone would give. On so few turns it is a rough figure.";
    return el("p", {}, "Agreement beyond chance (Cohen's kappa): ", el("b", {}, value.replace("-", "\u2212")), ".", meaning);
  }

  /** The one or two codes to look at again, each with its definition and the turns it was missed in. */
  function practice(talk, scored) {
    const { exercise } = talk;
    const title = heading(talk.level + 2, {}, "What to practise next");
    if (scored.next.length === 0) {
      return [title, el("p", {}, "Nothing stands out: every code you gave agrees. Try the other interview, or the same one in a few weeks.")];
    }
    const given = state.counted(exercise, talk.attempt);
    const items = scored.next.map((next) => {
      const turns = talk.turns.filter((turn) => {
        const key = exercise.key[turn];
        return key.code === next.code && (key.also || []).length === 0 && given[turn] && given[turn] !== next.code;
      });
      const links = turns.map((turn) => {
        const number = talk.turns.indexOf(turn) + 1;
        return button(["Turn " + number, quietly(": look again")], () => talk.show(turn), "quiet");
      });
      const times = next.count === 1 ? "once" : next.count === 2 ? "twice" : next.count + " times";
      const taken = "coded as " + state.midSentence(exercise, next.confused_with) + ".";
      const told = " differed " + times + (next.count === 1 ? ", " : ", most often ") + taken;
      return el(
        "li",
        {},
        el("p", {}, el("b", {}, state.label(exercise, next.code)), told),
        el("p", { class: "ek-aside" }, state.definition(exercise, next.code)),
        el("div", { class: "ek-actions" }, links)
      );
    });
    return [title, el("ul", { class: "ek-practice" }, items)];
  }

  function perCode(talk, scored) {
    const head = ["Code", "Reference", "You", "Agreed"].map((word) => el("th", { scope: "col" }, word));
    const rows = scored.per_code.map((row) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, state.label(talk.exercise, row.code)),
        [row.reference, row.learner, row.agreed].map((number) => el("td", {}, String(number)))
      )
    );
    const caption = el("caption", {}, "How many turns have each code");
    return [
      heading(talk.level + 2, {}, "Code by code"),
      el("table", { class: "ek-table" }, caption, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)),
    ];
  }

  ek.talkResults = { fill, percent };
})((globalThis.engagekit = globalThis.engagekit || {}));
