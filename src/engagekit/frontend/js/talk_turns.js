/* The conversation: each practitioner turn with its question, its feedback, or one line that says how it went. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, quietly, uniqueId, focusOn, count } = ek.dom;
  const state = ek.talkState;

  /** Something that somebody said. */
  function speech(talk, utterance) {
    const person = talk.exercise.people[utterance.speaker];
    const role = utterance.speaker === "practitioner" ? el("span", { class: "ek-role" }, ", practitioner") : null;
    return el(
      "div",
      { class: "ek-says ek-says-" + utterance.speaker },
      el("p", { class: "ek-speaker" }, person, role, quietly(": ")),
      el("p", { class: "ek-words" }, utterance.text)
    );
  }

  /** All codes with their meaning, folded away until it is wanted. */
  function codebook(exercise) {
    const entries = exercise.scheme.codes.map((code) =>
      el("div", { class: "ek-code" }, el("dt", {}, code.label), el("dd", {}, code.definition))
    );
    return el(
      "details",
      { class: "ek-codebook" },
      el("summary", {}, "What the " + count(exercise.scheme.codes.length, "code") + " mean"),
      el("dl", {}, entries)
    );
  }

  /** The exchange as a list item; `fill` draws its changing part. */
  function exchange(talk, row) {
    const parts = row.before.map((utterance) => speech(talk, utterance));
    if (!row.turn) return { item: el("li", { class: "ek-exchange ek-exchange-last" }, parts), fill: () => {} };
    const title = heading(
      talk.level + 1,
      { class: "ek-turn-title", tabindex: "-1" },
      "Turn " + row.number,
      el("span", { class: "ek-of" }, " of " + talk.turns.length)
    );
    const work = el("div", { class: "ek-work" });
    const item = el("li", { class: "ek-exchange" }, title, parts, speech(talk, row.turn), work);
    const fill = () => {
      const open = talk.open === row.turn.id;
      const coded = Boolean(talk.attempt.latest[row.turn.id]);
      item.classList.toggle("ek-exchange-open", open);
      if (!open) work.replaceChildren(closed(talk, row));
      else if (!coded || talk.changing) work.replaceChildren(question(talk, row));
      else work.replaceChildren(feedback(talk, row));
    };
    return { item, fill, focusTitle: () => focusOn(title), work };
  }

  /** One line for a turn that is not open: a button to code it, or how it went and a button to look again. */
  function closed(talk, row) {
    const code = talk.attempt.latest[row.turn.id];
    if (!code) {
      return button("Code turn " + row.number, () => talk.show(row.turn.id), "quiet", { "aria-expanded": "false" });
    }
    const kind = state.outcome(talk.exercise, row.turn.id, code, talk.withheld());
    const look = button(["Look again", quietly(" at turn " + row.number)], () => talk.show(row.turn.id), "quiet", {
      "aria-expanded": "false",
    });
    const line = el("p", { class: "ek-line ek-" + kind }, icon(state.OUTCOMES[kind].icon), el("b", {}, state.OUTCOMES[kind].word));
    line.append(el("span", { class: "ek-line-code" }, "You: " + state.label(talk.exercise, code)));
    return el("div", { class: "ek-closed" }, line, look);
  }

  /** The question: one radio per code, a line that explains the chosen one, and the button that checks it. */
  function question(talk, row) {
    const { exercise } = talk;
    const turn = row.turn.id;
    const name = uniqueId("code");
    const hint = el("p", { class: "ek-hint", "aria-live": "polite" });
    const error = el("p", { class: "ek-error", id: uniqueId("error"), role: "alert" });
    const now = talk.drafts[turn] || talk.attempt.latest[turn];
    const explain = (id) => {
      hint.textContent = state.definition(exercise, id);
    };
    const pick = (id) => {
      talk.drafts[turn] = id;
      error.replaceChildren();
      explain(id);
    };
    const choices = exercise.scheme.codes.map((code) => {
      const radio = el("input", { type: "radio", name, value: code.id, checked: code.id === now });
      radio.addEventListener("change", () => pick(code.id));
      return el("label", { class: "ek-choice" }, radio, el("span", {}, code.label));
    });
    const group = el(
      "fieldset",
      { class: "ek-question", "aria-describedby": error.id },
      el("legend", {}, "What is " + exercise.people.practitioner + " doing in this turn?"),
      el("div", { class: "ek-choices" }, choices)
    );
    const check = (submitted) => {
      submitted.preventDefault();
      const chosen = group.querySelector("input:checked");
      if (chosen) {
        talk.answer(turn, chosen.value);
      } else {
        error.replaceChildren(icon("note"), "Choose a code first, then check it.");
        group.querySelector("input").focus();
      }
    };
    const actions = el("div", { class: "ek-actions" }, el("button", { type: "submit", class: "ek-button ek-button-main" }, "Check"));
    if (talk.changing) actions.append(button("Keep my code", () => talk.show(turn), "quiet"));
    if (now) explain(now);
    return el("form", { class: "ek-form", novalidate: true, on: { submit: check } }, group, hint, error, actions, codebook(exercise));
  }

  /** Term and value, side by side. */
  function pair(term, value) {
    return el("div", {}, el("dt", {}, term), el("dd", {}, value));
  }

  /** What the reference says about the code just given, with the reason. */
  function feedback(talk, row) {
    const { exercise } = talk;
    const turn = row.turn.id;
    const code = talk.attempt.latest[turn];
    const key = exercise.key[turn];
    const kind = state.outcome(exercise, turn, code, talk.withheld());
    const named = uniqueId("verdict");
    const why = uniqueId("why");
    const title = heading(talk.level + 2, { class: "ek-verdict", id: named }, icon(state.OUTCOMES[kind].icon), state.OUTCOMES[kind].title);
    const body = el("div", { id: why, class: "ek-why" });
    if (kind === "kept") body.append(el("p", {}, "You chose " + state.midSentence(exercise, code) + ". Feedback comes when every turn is coded."));
    else body.append(...reasons(exercise, key, kind, code));
    const first = talk.attempt.first[turn];
    if (kind !== "kept" && first !== code) {
      const note = "Your first answer was " + state.midSentence(exercise, first) + ". First answers are what the score counts.";
      body.append(el("p", { class: "ek-aside" }, note));
    }
    const settings = { class: "ek-feedback ek-" + kind, role: "group", tabindex: "-1", "aria-labelledby": named, "aria-describedby": why };
    return el("div", settings, title, body, steps(talk, row));
  }

  function reasons(exercise, key, kind, code) {
    const parts = [];
    const reference = state.label(exercise, key.code);
    const facts = el("dl", { class: "ek-facts" }, pair("You", state.label(exercise, code)));
    if (kind === "discuss") {
      const others = key.also.map((id) => state.label(exercise, id));
      facts.append(pair("One reading", reference), pair(others.length > 1 ? "Other readings" : "Another", ek.dom.listed(others)));
    } else {
      facts.append(pair("Reference", reference));
    }
    parts.push(facts);
    const instead = key.instead || {};
    if (kind !== "agrees" && Object.prototype.hasOwnProperty.call(instead, code)) {
      parts.push(el("p", {}, el("b", {}, "Your code. "), instead[code]));
    }
    parts.push(el("p", {}, kind === "agrees" ? null : el("b", {}, reference + ". "), key.reason));
    if (kind === "discuss" && key.discuss) parts.push(el("p", {}, el("b", {}, "Why readers differ. "), key.discuss));
    const rule = state.ruleText(exercise, key.rule);
    if (rule) parts.push(el("p", { class: "ek-rule" }, el("b", {}, "Rule. "), rule));
    return parts;
  }

  /** Where to go from the feedback. */
  function steps(talk, row) {
    const turn = row.turn.id;
    const next = state.nextUncoded(talk.exercise, talk.attempt, turn);
    const done = talk.turns.length - talk.uncoded().length;
    const actions = el("div", { class: "ek-actions" });
    if (next) actions.append(button("Next turn", () => talk.goTo(next), "main"));
    else actions.append(button("See my results", () => talk.showResults(), "main"));
    if (talk.mayChange()) actions.append(button("Change my code", () => talk.change(turn), "quiet"));
    actions.append(button("Close", () => talk.close(turn), "quiet"));
    return [el("p", { class: "ek-count" }, done + " of " + count(talk.turns.length, "turn") + " coded"), actions];
  }

  ek.talkTurns = { exchange, codebook, pair };
})((globalThis.engagekit = globalThis.engagekit || {}));
