/* Reply: write the next thing you would say. Rules name what they see and the words that made them see it; where two
   readings compete both are shown and the learner says which was meant. Nothing here is ever marked. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, uniqueId } = ek.dom;

  const words = {
    noun: "reply",
    nouns: "replies",
    done: "written",
    verb: "Write",
    change: "Write it again",
    results: "Your replies",
    practice:
      "Read what each person says, and write the next thing you would say, in the words you would use aloud. Then compare it with two replies of ours and with one that tempts. Nothing is marked.",
    retest: "Read what each person says, and write the next thing you would say.",
    basis: "Simple rules read what you write, and they can be wrong. They show the words they went by, so that you can judge them. Our replies are two of many good ones.",
  };

  const LABELS = {
    "open-question": "an open question",
    "closed-question": "a closed question",
    reflection: "a reflection",
    affirmation: "an affirmation",
    summary: "a summary",
    "autonomy-support": "support for their own choice",
    information: "information",
    authority: "a clear use of authority",
    other: "something else",
    advice: "advice without permission",
    confrontation: "a confrontation",
    warning: "a warning",
    arguing: "arguing",
    labelling: "a label",
    "false-praise": "empty praise",
  };
  const ROADBLOCKS = ["advice", "confrontation", "warning", "arguing", "labelling", "false-praise"];
  const called = (code) => LABELS[code] || code;

  /** Each prompt: who it is, what they say, and the place to write. */
  function layout(view, row) {
    const prompts = view.exercise.body.prompts;
    const rows = prompts.map((prompt, index) => {
      const said = [
        el("p", {}, prompt.situation),
        el("div", { class: "ek-says ek-says-practitioner" }, el("p", { class: "ek-speaker" }, prompt.name + ":"), el("p", { class: "ek-words" }, prompt.says)),
      ];
      const title = [prompt.name, el("span", { class: "ek-of" }, ", " + (index + 1) + " of " + prompts.length)];
      return row(prompt.id, { title, name: "a reply to " + prompt.name, before: said });
    });
    return el("ol", { class: "ek-transcript" }, rows);
  }

  function name(view, item) {
    return "Your reply to " + view.exercise.body.prompts.find((prompt) => prompt.id === item.id).name;
  }

  function remarks(view, item, answer) {
    const key = view.exercise.key[item.id];
    const read = ek.replyRules.read(answer, ek.cues.reply);
    const inner = view.level + 3;
    const seen = read.findings.map((finding) => remark(answer, finding));
    return [
      el("p", { class: "ek-aside" }, "You wrote:"),
      quote(answer, read.findings),
      seen.length > 0 ? el("ul", { class: "ek-remarks" }, seen) : null,
      ...read.notes.map((note) => el("p", { class: "ek-note" }, icon("note"), el("span", {}, note.text))),
      heading(inner, {}, "Two replies of ours"),
      ...key.exemplars.map((exemplar) => reply(exemplar.text, exemplar.why)),
      heading(inner, {}, "One that tempts"),
      reply(key.roadblock.text, key.roadblock.why, "It is " + called(key.roadblock.kind) + ". "),
    ].filter(Boolean);
  }

  function reply(text, why, lead) {
    return el("div", { class: "ek-reply" }, el("p", { class: "ek-quoted" }, text), el("p", {}, lead ? el("b", {}, lead) : null, why));
  }

  /** What was written, with the words that the rules went by marked in it. */
  function quote(answer, findings) {
    const marks = findings.flatMap((finding) => finding.words).sort((a, b) => a.start - b.start);
    const parts = [];
    let at = 0;
    for (const { start, end } of marks) {
      if (start < at) continue;
      parts.push(answer.slice(at, start), el("mark", {}, answer.slice(start, end)));
      at = end;
    }
    parts.push(answer.slice(at));
    return el("blockquote", { class: "ek-quoted" }, parts);
  }

  /** One finding in a sentence; where another reading is as fair, both, and a question. */
  function remark(answer, finding) {
    const part = answer.slice(finding.start, finding.end);
    const kind = ROADBLOCKS.includes(finding.code) ? "ek-roadblock" : "ek-move";
    const reads = finding.certain === "clear" ? " reads as " : " may be ";
    const lead = el("p", {}, "“" + part + "”" + reads, el("b", {}, called(finding.code)), ": " + ended(because(finding.reason)));
    if (!finding.other) return el("li", { class: kind }, lead);
    return el("li", { class: kind }, lead, el("p", {}, "Or it may be ", el("b", {}, called(finding.other.code)), ": " + ended(finding.other.reason)), meant(finding));
  }

  /** A reason as the end of a sentence that has named the code already. */
  const because = (reason) => reason.replace(/^(no question mark, but )?reads as [^,]*, because /, (_, unmarked) => (unmarked ? "there is no question mark, but " : ""));

  const ended = (text) => (/[.?!]”?$/.test(text) ? text : text + ".");

  /** Which of the two was meant? The answer is the learner's own, changes nothing and is not kept. */
  function meant(finding) {
    const told = el("p", { class: "ek-aside", "aria-live": "polite" });
    const choose = (code) => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each.value === code));
      told.textContent = "You meant " + called(code) + ". Would the person hear it so? Tone and the next breath decide.";
    };
    const buttons = [finding.code, finding.other.code].map((code) => {
      const each = button(called(code), () => choose(code), "plain", { "aria-pressed": "false" });
      each.value = code;
      return each;
    });
    const id = uniqueId("meant");
    return el("div", { role: "group", "aria-labelledby": id }, el("p", { id }, "Which did you mean?"), el("div", { class: "ek-actions" }, buttons), told);
  }

  /** At the end: every reply in one place, to read aloud. */
  function results(view) {
    const { exercise, attempt } = view;
    const lines = exercise.body.prompts.filter((prompt) => attempt.latest[prompt.id]).map((prompt) =>
      el("li", {}, el("p", { class: "ek-aside" }, prompt.name + ": " + prompt.says), el("p", { class: "ek-quoted" }, attempt.latest[prompt.id]))
    );
    return [el("p", {}, "Read them aloud. Which would you change, now that you have seen ours? Talk one over with somebody who does this work."), el("ul", { class: "ek-practice" }, lines)];
  }

  ek.lenses.reply = { words, layout, name, remarks, results };
})((globalThis.engagekit = globalThis.engagekit || {}));
