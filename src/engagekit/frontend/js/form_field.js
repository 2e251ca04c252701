/* Pieces that the parts of the assignment form share: a written answer, a quotation, what somebody says. */
(function (ek) {
  "use strict";
  const { el, icon, button, quietly, announce, uniqueId, count } = ek.dom;
  const text = ek.formText;

  /** A line under a control that is empty until there is something to put right. */
  function faultLine() {
    const line = el("p", { class: "ek-form-fault", id: uniqueId("fault") });
    const say = (words) => line.replaceChildren(...(words ? [icon("note"), el("span", {}, words)] : []));
    return { line, say };
  }

  /**
   * A text area with its label, help, word count and fault, all tied together.
   *
   * `at` names the answer, `get` and `set` reach it. `fault` says what is not complete; it is shown after the learner has
   * asked for a check, or has left the box, except that nobody is told off for an empty box before a check. `patient` keeps
   * every fault until the check. `note` adds words to the count. `quiet` words are not among the answers.
   */
  function written(app, { at, label, help, rows, get, set, fault, note, patient, quiet, under }) {
    const counter = el("p", { class: "ek-form-count", id: uniqueId("count") });
    const { line, say } = faultLine();
    const helped = help ? el("p", { class: "ek-form-help", id: uniqueId("help") }, help) : null;
    const described = [helped && helped.id, counter.id, line.id].filter(Boolean).join(" ");
    const area = el("textarea", {
      class: "ek-form-area", id: uniqueId("answer"), rows: rows || 3, value: get(), "aria-describedby": described, "data-at": at, spellcheck: "true",
    });
    area.style.setProperty("--ek-rows", rows || 3);
    let left = false;
    const refresh = () => {
      const value = get();
      if (area.value !== value) area.value = value;
      const shown = text.tooLong(value) || (app.checked || (left && !patient && !text.isBlank(value)) ? fault(value) : "");
      counter.textContent = count(text.wordCount(value), "word") + (note && !shown ? note(value) : "");
      say(shown);
      if (shown) area.setAttribute("aria-invalid", "true");
      else area.removeAttribute("aria-invalid");
    };
    area.addEventListener("input", () => {
      set(area.value);
      if (!quiet) app.changed();
      refresh();
    });
    area.addEventListener("blur", () => {
      left = true;
      refresh();
    });
    refresh();
    const foot = el("div", { class: "ek-form-under" }, counter, under || null);
    const node = el("div", { class: "ek-form-field" }, el("label", { for: area.id }, label), helped, area, foot, line);
    return { node, area, refresh, focus: () => area.focus() };
  }

  /**
   * A text area for a quotation. `take` gives the words to put in, or says why there are none; what they take the place of
   * can be put back.
   */
  function quoted(app, options) {
    const { label, get, set } = options;
    const back = el("span", {});
    const put = (words, told) => {
      set(words);
      app.changed();
      field.refresh();
      field.focus();
      announce(app.status, told);
    };
    const use = () => {
      const { words, told } = options.take();
      if (!words) {
        announce(app.status, told);
        field.focus();
        return;
      }
      const before = get();
      put(words, count(text.wordCount(words), "word") + " put in " + label + ".");
      const undo = () => {
        back.replaceChildren();
        put(before, "The words that were there are back.");
      };
      back.replaceChildren(...(before && before !== words ? [button(["Put the old words back", quietly(" in " + label)], undo, "quiet")] : []));
    };
    const under = el("span", { class: "ek-actions" }, back, button([options.taking, quietly(" for " + label)], use, "quiet"));
    const field = written(app, Object.assign({ rows: 2, under }, options));
    return field;
  }

  /** Something that somebody says. */
  function speech(name, role, kind, words) {
    const tag = role ? el("span", { class: "ek-role" }, role) : null;
    return el(
      "div",
      { class: "ek-says ek-says-" + kind },
      el("p", { class: "ek-speaker" }, name, quietly(": "), tag),
      el("p", { class: "ek-words" }, words)
    );
  }

  function spoken(form, utterance) {
    const role = utterance.speaker === "practitioner" ? "practitioner" : null;
    return speech(form.case.people[utterance.speaker], role, utterance.speaker, utterance.text);
  }

  /** The codes with their meanings and the tie-breaks, folded away. */
  function codebook(form) {
    const entries = form.scheme.codes.map((code) => el("div", { class: "ek-code" }, el("dt", {}, code.label), el("dd", {}, code.definition)));
    const rules = form.scheme.rules || [];
    const ties = rules.length > 0 ? el("details", { class: "ek-codebook" }, el("summary", {}, "The tie-breaks"), el("ul", { class: "ek-form-rules" }, rules.map((rule) => el("li", {}, rule.text)))) : null;
    const codes = el("details", { class: "ek-codebook" }, el("summary", {}, "What the " + count(entries.length, "code") + " mean"), el("dl", {}, entries));
    return el("div", { class: "ek-form-books" }, codes, ties);
  }

  /** Setting, goal and introduction of the case. */
  function caseFacts(form) {
    const facts = [["Setting", form.case.setting], ["Change talked about", form.case.goal]].filter((fact) => fact[1]);
    const pairs = facts.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value)));
    return [el("p", { class: "ek-lead" }, form.case.introduction), el("dl", { class: "ek-facts" }, pairs)];
  }

  /** The same, folded away where the case was introduced before. */
  function caseAgain(form) {
    return el("details", { class: "ek-codebook" }, el("summary", {}, "About this session"), caseFacts(form));
  }

  ek.formField = { faultLine, written, quoted, speech, spoken, codebook, caseFacts, caseAgain };
})((globalThis.engagekit = globalThis.engagekit || {}));
