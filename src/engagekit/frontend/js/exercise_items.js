/* One item of an exercise: its question, its feedback, or one line that says how it went. Every lens uses these. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, quietly, uniqueId, focusOn, count, listed } = ek.dom;
  const state = ek.exerciseState;

  /** Term and value, side by side. */
  function pair(term, value) {
    return el("div", {}, el("dt", {}, term), el("dd", {}, value));
  }

  /** All codes with their meaning, folded away until it is wanted. */
  function codebook(exercise) {
    const { codes } = exercise.scheme;
    const named = ek.lenses[exercise.lens].words.code || "code";
    if (codes.length === 0) return null;
    const entries = codes.map((code) => el("div", { class: "ek-code" }, el("dt", {}, code.label), el("dd", {}, code.definition)));
    return el("details", { class: "ek-codebook" }, el("summary", {}, "What the " + count(codes.length, named) + " mean"), el("dl", {}, entries));
  }

  /** "sentence 4", "sentences 4 and 9": the numbers that the case shows. */
  function named(exercise, ids) {
    const numbers = ids.map((id) => exercise.body.sentences.findIndex((each) => each.id === id) + 1).filter((number) => number > 0);
    return numbers.length === 0 ? "" : (numbers.length === 1 ? "sentence " : "sentences ") + listed(numbers.map(String));
  }

  /** A reason names sentences by their ids; the page shows numbers. "(s02, s04)" becomes "(sentences 2 and 4)". */
  function numbered(exercise, text) {
    if (!exercise.body.sentences) return text;
    return text.replace(/\bs\d{2}\b(?:(?:, | and |, and )s\d{2}\b)*/g, (ids) => named(exercise, ids.match(/s\d{2}/g)) || ids);
  }

  /** An answer in words: its label, and the sentences pointed at. */
  function told(exercise, item, answer) {
    if (item.kind === "text" || item.kind === "fields") return "";
    if (item.kind === "set") {
      const ids = answer === "none" ? [] : answer.split(" ");
      const labels = ids.map((id, index) => (index === 0 ? state.label(exercise, item, id) : state.lower(state.label(exercise, item, id))));
      return labels.length === 0 ? "None of these" : listed(labels);
    }
    const { code, sentences } = ek.scoring.parts(answer);
    const where = item.evidence ? named(exercise, sentences) : "";
    const numbered = item.numbered ? "Answer " + (state.choices(exercise, item).findIndex((each) => each.id === code) + 1) : state.label(exercise, item, code);
    return numbered + (where ? ", shown by " + where : "");
  }

  /**
   * An item with its heading and its changing part. `settings` has the tag, the heading's text and what stands before
   * the question.
   */
  function row(view, item, settings) {
    const title = heading(view.level + 1 + (settings.deeper || 0), { class: "ek-turn-title", tabindex: "-1" }, settings.title);
    const work = el("div", { class: "ek-work" });
    const node = el(settings.tag || "li", { class: "ek-exchange" + (item.optional ? " ek-optional" : ""), "data-item": item.id }, title, settings.before, work);
    const name = settings.name;
    const fill = () => {
      const open = view.open === item.id;
      node.classList.toggle("ek-exchange-open", open);
      if (!open) work.replaceChildren(closed(view, item, name));
      else if (!view.attempt.latest[item.id] || view.changing) work.replaceChildren(question(view, item, name));
      else work.replaceChildren(feedback(view, item, name));
    };
    return { node, fill, work, focusTitle: () => focusOn(title) };
  }

  /** One line for an item that is not open: a button to answer it, or how it went and a button to look again. */
  function closed(view, item, name) {
    const answer = view.attempt.latest[item.id];
    const settings = { "aria-expanded": "false" };
    if (!answer) return button([view.words.verb, quietly(" " + name)], () => view.show(item.id), "quiet", settings);
    const kind = state.outcome(view.exercise, item, answer, view.withheld());
    const look = button(["Look again", quietly(" at " + name)], () => view.show(item.id), "quiet", settings);
    const line = el("p", { class: "ek-line ek-" + kind }, icon(state.OUTCOMES[kind].icon), el("b", {}, state.OUTCOMES[kind].word));
    const words = told(view.exercise, item, answer);
    if (words) line.append(el("span", { class: "ek-line-code" }, "You: " + words));
    return el("div", { class: "ek-closed" }, line, look);
  }

  /** The question of an item, and the button that checks the answer. */
  function question(view, item, name) {
    const error = el("p", { class: "ek-error", id: uniqueId("error"), role: "alert" });
    const asked = ek.questions[item.kind](view, item, { error, name });
    const check = (submitted) => {
      submitted.preventDefault();
      const given = wellFormed(asked.problem() ? "" : asked.answer());
      const problem = asked.problem() || tooLong(given, form);
      if (!problem) return view.answer(item.id, given);
      problem.after.after(error); // beside what is missing: the end of a long form may be out of sight
      error.replaceChildren(icon("note"), problem.text);
      problem.focus.focus();
    };
    const actions = el("div", { class: "ek-actions" }, el("button", { type: "submit", class: "ek-button ek-button-main" }, view.use === "retest" ? "Keep" : "Check"));
    if (view.changing) actions.append(button("Keep my answer", () => view.keep(item.id), "quiet"));
    const after = asked.after || [];
    const form = el("form", { class: "ek-form", novalidate: true, on: { submit: check } }, asked.node, error, actions, after);
    return form;
  }

  /** Half of a character that takes two, which a paste may leave behind, is no text that a file can hold. */
  function wellFormed(text) {
    return text.replace(/\p{Surrogate}/gu, "\ufffd");
  }

  /** Words are limited where they are typed; some characters take more room in the record than on the page. */
  function tooLong(text, form) {
    if ([...text].length <= ek.attempts.LONGEST_ANSWER) return null;
    const boxes = form.querySelectorAll("textarea");
    return { text: "This is too long to keep. Shorten it.", focus: boxes[0], after: boxes[boxes.length - 1] };
  }

  /** What the reference says about the answer just given, with the reason. */
  function feedback(view, item, name) {
    const { exercise } = view;
    const answer = view.attempt.latest[item.id];
    const kind = state.outcome(exercise, item, answer, view.withheld());
    const ids = [uniqueId("verdict"), uniqueId("why")];
    const title = heading(view.level + 2, { class: "ek-verdict", id: ids[0] }, icon(state.OUTCOMES[kind].icon), state.OUTCOMES[kind].title);
    const body = el("div", { id: ids[1], class: "ek-why" });
    if (kind === "kept") body.append(el("p", {}, keptWords(view, item, answer)));
    else if (kind === "read") body.append(...view.lens.remarks(view, item, answer));
    else body.append(...reasons(view, item, answer, kind));
    const first = view.attempt.first[item.id];
    if (kind !== "kept" && kind !== "read" && first !== answer && view.use !== "retest" && !item.optional) {
      const note = "Your first answer was: " + state.lower(told(exercise, item, first)) + ". First answers are what the score counts.";
      body.append(el("p", { class: "ek-aside" }, note));
    }
    const settings = { class: "ek-feedback ek-" + kind, role: "group", tabindex: "-1", "aria-labelledby": ids[0], "aria-describedby": kind === "read" ? null : ids[1] };
    return el("div", settings, title, body, steps(view, item));
  }

  function keptWords(view, item, answer) {
    const words = told(view.exercise, item, answer);
    return (words ? "You: " + words + ". " : "") + "Feedback comes when everything is " + view.words.done + ".";
  }

  function reasons(view, item, answer, kind) {
    const { exercise } = view;
    const key = exercise.key[item.id];
    if (item.kind === "set") return setReasons(exercise, item, answer, key);
    const { code } = ek.scoring.parts(answer);
    const reference = told(exercise, item, key.code);
    const facts = el("dl", { class: "ek-facts" }, pair("You", told(exercise, item, answer)));
    if (kind === "discuss" && (key.also || []).length > 0) {
      const others = key.also.map((id) => state.label(exercise, item, id));
      facts.append(pair("One reading", reference), pair(others.length > 1 ? "Other readings" : "Another", listed(others)));
    } else {
      facts.append(pair(kind === "discuss" ? "One reading" : "Reference", reference));
    }
    const parts = [facts];
    if (kind === "nearly") parts.push(el("p", {}, code === key.code ? "The answer is right. The reference points at other words:" : "One step away, so it counts half."));
    if (item.evidence && (key.shown_by || []).length > 0) parts.push(quoted(exercise, key.shown_by));
    const instead = key.instead || {};
    if (code !== key.code && Object.prototype.hasOwnProperty.call(instead, code)) {
      parts.push(el("p", {}, el("b", {}, "Your answer. "), numbered(exercise, instead[code])));
    }
    parts.push(el("p", {}, kind === "agrees" ? null : el("b", {}, reference + ". "), numbered(exercise, key.reason)));
    if (kind === "discuss" && key.discuss) parts.push(el("p", {}, el("b", {}, "Why readers differ. "), numbered(exercise, key.discuss)));
    const rule = state.ruleText(exercise, key.rule);
    if (rule) parts.push(el("p", { class: "ek-rule" }, el("b", {}, "Rule. "), rule));
    return parts;
  }

  /** The sentences that the reference points at, in full. */
  function quoted(exercise, ids) {
    const lines = ids.map((id) => {
      const index = exercise.body.sentences.findIndex((each) => each.id === id);
      return el("li", {}, el("span", { class: "ek-number" }, index + 1 + "."), " ", exercise.body.sentences[index].text);
    });
    const lead = ids.length > 1 ? "Any of these shows it:" : "These words show it:";
    return el("div", { class: "ek-shown" }, el("p", {}, lead), el("ul", {}, lines));
  }

  function setReasons(exercise, item, answer, key) {
    const mine = answer === "none" ? [] : answer.split(" ");
    const facts = el(
      "dl",
      { class: "ek-facts" },
      pair("You", told(exercise, item, answer)),
      pair("Reference", told(exercise, item, key.set.join(" ") || "none"))
    );
    const lines = state.choices(exercise, item)
      .filter((choice) => (key.reasons || {})[choice.id] && (key.set.includes(choice.id) || mine.includes(choice.id)))
      .map((choice) => el("li", {}, el("b", {}, choice.label + ". "), key.reasons[choice.id]));
    const parts = [facts];
    if (lines.length > 0) parts.push(el("ul", { class: "ek-words-list" }, lines));
    if (key.reason) parts.push(el("p", {}, numbered(exercise, key.reason)));
    return parts;
  }

  /** Where to go from the feedback. */
  function steps(view, item) {
    const next = state.nextOpen(view.exercise, view.attempt, item.id);
    const actions = el("div", { class: "ek-actions" });
    // Asked again when pressed: another tab may have answered the next one by then.
    const go = () => view.goTo(state.nextOpen(view.exercise, view.attempt, item.id) || next);
    if (next) actions.append(button("Next " + view.words.noun, go, "main"));
    else actions.append(button("See my results", () => view.showResults(), "main"));
    if (view.mayChange()) actions.append(button(view.words.change || "Change my answer", () => view.change(item.id), "quiet"));
    actions.append(button("Close", () => view.close(item.id), "quiet"));
    return [el("p", { class: "ek-count" }, view.progressWords()), actions];
  }

  ek.items = { row, pair, codebook, told };
})((globalThis.engagekit = globalThis.engagekit || {}));
